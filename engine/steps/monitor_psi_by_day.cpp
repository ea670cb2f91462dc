// SPDX-License-Identifier: GPL-3.0-or-later
//
// PSI by day with its noise floor, and, since the day of the change is known, how late the first
// alarm came and how often an alarm meant nothing.
#include <cmath>
#include <limits>

#include "engine/monitor/compare.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

struct Verdict {
  double delay = std::numeric_limits<double>::quiet_NaN(),
         false_rate = std::numeric_limits<double>::quiet_NaN();
};

Verdict judge_alarms(const Frame& days, bool changed, double change_day) {
  double quiet = 0, false_alarms = 0, first = std::numeric_limits<double>::quiet_NaN(), last = 0;
  for (std::size_t row = 0; row < days.rows(); ++row) {
    const double day = days.find("day")->number(row);
    const bool alarm = days.find("alarm")->number(row) == 1;
    last = day;
    if (!changed || day < change_day)
      quiet += 1, false_alarms += alarm;
    else if (alarm && std::isnan(first))
      first = day;
  }
  Verdict verdict;
  if (quiet > 0) verdict.false_rate = false_alarms / quiet;
  // Never seen counts as one day after the log ends.
  if (changed) verdict.delay = (std::isnan(first) ? last + 1 : first) - change_day;
  return verdict;
}

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
  const Verdict verdict = judge_alarms(*days, call.boolean("drift"), call.number("drift_day"));
  double rows = 0;
  for (const double n : days->find("rows")->numbers()) rows += n;
  Frame::Builder builder;
  const std::size_t n = days->rows();
  builder.add("first_alarm_delay", std::vector<double>(n, verdict.delay))
      .add("false_alarm_rate", std::vector<double>(n, verdict.false_rate));
  builder.add("rows_per_day", std::vector<double>(n, n ? rows / static_cast<double>(n) : 0));
  auto extra = std::move(builder).build();
  if (!extra) return fail(extra.error());
  Result<Frame> whole = *days;
  for (std::size_t c = 0; whole && c < extra->columns(); ++c) whole = whole->with(extra->column(c));
  return one(std::move(whole));
}

const StepRegistration kMonitorPsiByDay{{
    .name = "monitor.psi_by_day",
    .sentence = "PSI of a column by day against a reference, with the noise floor of each day.",
    .example = "monitor.psi_by_day { reference, on = later, column = \"user_activity\" }",
    .inputs = {{.name = "reference", .kind = Kind::frame, .sentence = "the rows to compare with"},
               {.name = "on", .kind = Kind::frame, .sentence = "the days to watch", .named = true}},
    .outputs = {{.name = "days", .kind = Kind::frame}},
    .parameters = {{.name = "column", .type = ParameterType::text, .sentence = "a numeric column"},
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
                    .sentence = "rows of a day at most, by a seeded draw"},
                   {.name = "drift",
                    .type = ParameterType::boolean,
                    .initial = false,
                    .sentence = "whether something really changed"},
                   {.name = "drift_day",
                    .initial = 0.0,
                    .low = 0,
                    .high = 366,
                    .unit = "days",
                    .sentence = "the day on which it did"}},
    .run = run_monitor_psi_by_day,
}};

}  // namespace
}  // namespace rehearse::steps
