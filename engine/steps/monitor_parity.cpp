// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/parity.hpp"

#include "engine/monitor/alarm_score.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_monitor_parity(const StepCall& call, const StepContext& context) {
  monitor::ParityOptions options;
  options.key = call.text("key"), options.sample = call.number("sample");
  options.columns = call.texts("columns"), options.seed = context.seed;
  auto found =
      monitor::parity(call.input("offline")->as_frame(), call.input("on")->as_frame(), options);
  if (!found) return fail(found.error());
  const bool daily = call.boolean("by_day");
  if (daily && found->by_day.rows() == 0)
    return fail(Code::invalid_argument, "the offline table has no column `day` to go by");
  Frame table = daily ? found->by_day : monitor::to_frame(*found);
  double differing = 0;
  for (const auto& column : found->columns) differing += column.differs > 0;
  monitor::AlarmScore score;
  if (const Column* day = found->by_day.find("day"))
    score = monitor::score_alarms(day->numbers(), found->by_day.find("differs")->numbers(),
                                  call.boolean("drift"), call.number("drift_day"));
  return one(with_constants(std::move(table), {{"columns_differing", differing},
                                               {"rows_compared", found->joined},
                                               {"first_alarm_delay", score.first_alarm_delay}}));
}

const StepRegistration kMonitorParity{{
    .name = "monitor.parity",
    .sentence = "The same events as training computes and as serving saw their features, compared "
                "cell by cell on a sample.",
    .example = "monitor.parity { warehouse, on = served, sample = 0.01 }",
    .inputs = {{.name = "offline",
                .kind = Kind::frame,
                .sentence = "the events with features as training computes them"},
               {.name = "on",
                .kind = Kind::frame,
                .sentence = "the same events as they were served",
                .named = true}},
    .outputs = {{.name = "parity", .kind = Kind::frame}},
    .parameters =
        joined_parameters({{.name = "key",
                            .type = ParameterType::text,
                            .initial = std::string("impression_id"),
                            .sentence = "the column that names an event"},
                           {.name = "sample",
                            .initial = 0.01,
                            .low = 1e-6,
                            .high = 1,
                            .sentence = "share of the events, drawn by a hash of the key"},
                           {.name = "columns",
                            .type = ParameterType::texts,
                            .initial = std::vector<std::string>(),
                            .sentence = "which; none named: all features"},
                           {.name = "by_day",
                            .type = ParameterType::boolean,
                            .initial = false,
                            .sentence = "a row a day and column, instead of a row a column"}},
                          drift_parameters("whether serving really broke", 366, "days")),
    .run = run_monitor_parity,
}};

}  // namespace
}  // namespace rehearse::steps
