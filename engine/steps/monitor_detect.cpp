// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/monitor/alarm_score.hpp"
#include "engine/monitor/detect.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

// Rows in order, `batch` of them averaged into one observation, which stands where its last row
// stands; an incomplete batch at the end is left out.
Result<monitor::SignalSeries> observed(const Frame& rows, const StepCall& call) {
  auto column = rows.require(call.text("column")), at = rows.require(call.text("by"));
  if (!column) return fail(column.error());
  if (!at) return fail(at.error());
  const Column *trials = nullptr, *season = nullptr;
  for (auto [name, found] : {std::pair{"trials", &trials}, {"season", &season}}) {
    if (!call.given(name)) continue;
    auto given = rows.require(call.text(name));
    if (!given) return fail(given.error());
    *found = *given;
  }
  for (const Column* one : {*column, *at, trials, season})
    if (one && !one->numeric())
      return fail(Code::invalid_argument, "the column `{}` holds texts; a detector needs numbers",
                  one->name());
  const auto batch = static_cast<std::size_t>(call.integer("batch"));
  monitor::SignalSeries series;
  bool binary = !trials && batch > 1;
  for (std::size_t begin = 0; begin + batch <= rows.rows(); begin += batch) {
    double sum = 0, n = 0;
    for (std::size_t row = begin; row < begin + batch; ++row) {
      const double weight = trials ? trials->number(row) : 1, x = (*column)->number(row);
      sum += x * weight, n += weight;
      binary = binary && (x == 0 || x == 1);
    }
    series.value.push_back(sum / n);
    series.at.push_back((*at)->number(begin + batch - 1));
    series.trials.push_back(n);
    if (season) series.season.push_back(season->number(begin + batch - 1));
  }
  if (!trials && !binary) series.trials.clear();
  return series;
}

Result<Outputs> run_monitor_detect(const StepCall& call, const StepContext& context) {
  auto series = observed(call.input("rows")->as_frame(), call);
  if (!series) return fail(series.error());
  monitor::DetectOptions options;
  options.detector = call.text("detector");
  options.arl0 = call.number("arl"), options.shift = call.number("shift");
  options.baseline_until = call.number("baseline_until");
  options.seed = context.seed;
  auto found = monitor::detect(*series, options, context.progress);
  if (!found) return fail(found.error());
  const std::size_t n = found->z.size();
  std::vector<double> at, value, statistic, limit, ratio, alarm(n, 0), warning(n, 0);
  std::vector<std::string> direction(n);
  for (std::size_t i = 0; i < n; ++i) {
    const monitor::Reading& reading = found->report.readings[i];
    at.push_back(series->at[found->begin + i]), value.push_back(series->value[found->begin + i]);
    statistic.push_back(reading.statistic), limit.push_back(reading.limit);
    ratio.push_back(reading.limit > 0 ? reading.statistic / reading.limit : std::nan(""));
    alarm[i] = reading.signal == monitor::Signal::alarm;
    warning[i] = reading.signal == monitor::Signal::warning;
    if (alarm[i] == 1) direction[i] = monitor::direction_name(reading.direction);
  }
  const double step = n > 1 ? at[n - 1] - at[n - 2] : 1;
  const monitor::AlarmScore score =
      monitor::score_alarms(at, alarm, call.boolean("drift"), call.number("drift_day"), step);
  Frame::Builder builder;
  builder.add(call.text("by"), std::move(at))
      .add("value", std::move(value))
      .add("z", std::move(found->z))
      .add("statistic", std::move(statistic))
      .add("limit", std::move(limit))
      .add("ratio", std::move(ratio));
  builder.add("alarm", std::move(alarm)).add("warning", std::move(warning));
  builder.add("direction", direction);
  auto readings = std::move(builder).build();
  if (!readings) return fail(readings.error());
  const double threshold = monitor::threshold_of(found->detector);
  return one(with_constants(
      *std::move(readings),
      {{"threshold", call.text("detector") == "adwin" ? std::exp(-threshold) : threshold},
       {"alarms", static_cast<double>(found->report.alarms.size())},
       {"first_alarm_delay", score.first_alarm_delay},
       {"detected", score.detected},
       {"false_alarms", score.false_alarms},
       {"false_alarm_rate", score.false_alarm_rate},
       {"expected_false_alarms", score.quiet / options.arl0}}));
}

std::vector<plan::Parameter> detect_parameters() {
  return joined_parameters(
      {{.name = "column", .type = ParameterType::text, .sentence = "what is watched"},
       {.name = "detector",
        .type = ParameterType::choice,
        .initial = std::string("cusum"),
        .choices = monitor::detector_names(),
        .sentence = "which detector"},
       {.name = "arl",
        .initial = 1000.0,
        .low = 2,
        .high = 1e6,
        .unit = "observations",
        .sentence = "accepted mean run to a false alarm; the threshold follows from it"},
       {.name = "shift",
        .initial = 1.0,
        .low = 0.01,
        .high = 100,
        .unit = "sigma",
        .sentence = "the shift that the detector is made for"},
       {.name = "by",
        .type = ParameterType::text,
        .initial = std::string("day"),
        .sentence = "the column of the moment, ascending"},
       {.name = "baseline_until",
        .initial = 7.0,
        .low = 0,
        .high = 1e6,
        .sentence = "moments before it give level and deviation"},
       {.name = "batch",
        .type = ParameterType::integer,
        .initial = std::int64_t{1},
        .low = 1,
        .high = 1e6,
        .unit = "rows",
        .sentence = "rows averaged into one observation"},
       {.name = "trials",
        .type = ParameterType::text,
        .sentence = "the column with the number of outcomes behind each rate",
        .optional = true},
       {.name = "season",
        .type = ParameterType::text,
        .sentence = "the column whose values have a level of their own (the hour of the day)",
        .optional = true}},
      drift_parameters("whether something really changed", 1e6, ""));
}

const StepRegistration kMonitorDetect{{
    .name = "monitor.detect",
    .sentence = "A change detector over a signal, its threshold chosen from the false alarms that "
                "are accepted.",
    .example = "monitor.detect { hours, column = \"rate\", trials = \"trials\", detector = "
               "\"cusum\", arl = 1000 }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the signal, in order of time"}},
    .outputs = {{.name = "readings", .kind = Kind::frame}},
    .parameters = detect_parameters(),
    .run = run_monitor_detect,
}};

}  // namespace
}  // namespace rehearse::steps
