// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/parity.hpp"

#include <cmath>

#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

// The first day on which a sampled row differs, after the day of the change.
double first_difference(const Frame& by_day, double drift_day) {
  double first = INFINITY, last = drift_day;
  for (std::size_t row = 0; row < by_day.rows(); ++row) {
    const double day = by_day.find("day")->number(row);
    last = std::max(last, day);
    if (day >= drift_day && by_day.find("differs")->number(row) > 0) first = std::min(first, day);
  }
  return (std::isfinite(first) ? first : last + 1) - drift_day;
}

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
  const double delay = call.boolean("drift")
                           ? first_difference(found->by_day, call.number("drift_day"))
                           : std::nan("");
  Frame::Builder builder;
  for (const auto& [name, value] : {std::pair{"columns_differing", differing},
                                    {"rows_compared", found->joined},
                                    {"first_alarm_delay", delay}})
    builder.add(name, std::vector<double>(table.rows(), value));
  auto extra = std::move(builder).build();
  if (!extra) return fail(extra.error());
  Result<Frame> whole = std::move(table);
  for (std::size_t c = 0; whole && c < extra->columns(); ++c) whole = whole->with(extra->column(c));
  return one(std::move(whole));
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
    .parameters = {{.name = "key",
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
                    .sentence = "a row a day and column, instead of a row a column"},
                   {.name = "drift",
                    .type = ParameterType::boolean,
                    .initial = false,
                    .sentence = "whether serving really broke"},
                   {.name = "drift_day",
                    .initial = 0.0,
                    .low = 0,
                    .high = 366,
                    .unit = "days",
                    .sentence = "the day on which it did"}},
    .run = run_monitor_parity,
}};

}  // namespace
}  // namespace rehearse::steps
