// SPDX-License-Identifier: GPL-3.0-or-later
//
// PSI by day with its noise floor, and, since the day of the change is known, how late the first
// alarm came and how often an alarm meant nothing.
#include "engine/monitor/alarm_score.hpp"
#include "engine/monitor/compare.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_monitor_psi_by_day(const StepCall& call, const StepContext& context) {
  monitor::DailyPsiOptions options;
  options.bins = static_cast<int>(call.integer("bins"));
  options.max_rows = static_cast<std::size_t>(call.integer("max_rows"));
  options.seed = context.seed;
  auto reference = independent_rows(call.input("reference")->as_frame()),
       current = independent_rows(call.input("on")->as_frame());
  if (!reference) return fail(reference.error());
  if (!current) return fail(current.error());
  auto days = monitor::psi_by_day(*reference, *current, call.text("column"), options);
  if (!days) return fail(days.error());
  const auto alarm = days->find("alarm")->numbers(), day = days->find("day")->numbers();
  const monitor::AlarmScore score =
      monitor::score_alarms(day, alarm, call.boolean("drift"), call.number("drift_day"));
  double rows = 0;
  for (const double n : days->find("rows")->numbers()) rows += n;
  const std::size_t n = days->rows();
  return one(with_constants(*days, {{"first_alarm_delay", score.first_alarm_delay},
                                    {"false_alarm_rate", score.false_alarm_rate},
                                    {"rows_per_day", n ? rows / static_cast<double>(n) : 0}}));
}

const StepRegistration kMonitorPsiByDay{{
    .name = "monitor.psi_by_day",
    .sentence = "PSI of a column by day against a reference, with the noise floor of each day.",
    .example = "monitor.psi_by_day { reference, on = later, column = \"user_activity\" }",
    .inputs = {{.name = "reference", .kind = Kind::frame, .sentence = "the rows to compare with"},
               {.name = "on", .kind = Kind::frame, .sentence = "the days to watch", .named = true}},
    .outputs = {{.name = "days", .kind = Kind::frame}},
    .parameters = joined_parameters(
        {{.name = "column", .type = ParameterType::text, .sentence = "a numeric column"},
         {.name = "bins",
          .type = ParameterType::integer,
          .initial = std::int64_t{10},
          .low = 2,
          .high = 100,
          .sentence = "number of bins"},
         {.name = "max_rows",
          .type = ParameterType::integer,
          .initial = std::int64_t{1000000},
          .low = 10,
          .high = 100000000,
          .sentence = "rows of a day at most, by a seeded draw"}},
        drift_parameters("whether something really changed", 366, "days")),
    .run = run_monitor_psi_by_day,
}};

}  // namespace
}  // namespace rehearse::steps
