// SPDX-License-Identifier: GPL-3.0-or-later
//
// Performance expected from scores alone, day by day, beside what labels say: those that have
// arrived so far, and all of them.
#include <cmath>

#include "engine/monitor/expected_performance.hpp"
#include "engine/sim/impressions.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

struct DayRange {
  double day;
  std::size_t begin, end;
};

Result<std::vector<DayRange>> day_ranges(const Frame& on) {
  auto day = on.require("day");
  if (!day) return fail(day.error());
  std::vector<DayRange> all;
  for (std::size_t row = 0; row < on.rows(); ++row) {
    const double at = (*day)->number(row);
    if (all.empty() || all.back().day != at) all.push_back({at, row, row + 1});
    all.back().end = row + 1;
  }
  return all;
}

struct Lines {
  std::vector<double> day, value, low, high;
  std::vector<std::string> series;
  void add(double at, const char* name, double v, double l = NAN, double h = NAN) {
    day.push_back(at), series.emplace_back(name), value.push_back(v), low.push_back(l),
        high.push_back(h);
  }
};

double realised(const std::string& metric, const Judged& rows, std::size_t begin, std::size_t end) {
  const auto part = [&](const std::vector<double>& all) {
    return std::vector<double>(all.begin() + static_cast<std::ptrdiff_t>(begin),
                               all.begin() + static_cast<std::ptrdiff_t>(end));
  };
  auto value = metric_of(metric, {part(rows.scores), part(rows.labels), {}});
  return value && value->defined() ? value->value : NAN;
}

Result<Outputs> run_monitor_cbpe(const StepCall& call, const StepContext& context) {
  const Frame& on = call.input("on")->as_frame();
  const Scorer& model = *call.input("model")->scorer();
  auto rows = judge(model, on);
  if (!rows) return fail(rows.error());
  if (!rows->probabilistic)
    return fail(Code::invalid_argument, "only probabilities say what they expect of themselves");
  auto what = monitor::parse_performance(call.text("metric"));
  if (!what) return fail(what.error());
  const double threshold = call.number("threshold");
  const std::string metric = *what == monitor::Performance::accuracy
                                 ? fmt::format("accuracy@{:g}", threshold)
                                 : call.text("metric");
  std::vector<double> so_far;
  if (call.given("known_day")) {
    const auto days = std::llround(call.number("known_day"));
    auto start = on.require("time");
    if (!start) return fail(start.error());
    const auto first_day = std::llround(on.find("day") ? on.find("day")->number(0) : 0);
    const std::int64_t midnight = on.rows() ? static_cast<std::int64_t>((*start)->number(0)) /
                                                  sim::kMicrosPerDay * sim::kMicrosPerDay
                                            : 0;
    auto known = sim::labels_known_at(on, Time{midnight + (days - first_day) * sim::kMicrosPerDay});
    if (!known) return fail(known.error());
    auto labels = labels_of(*known, model.label());
    if (!labels) return fail(labels.error());
    so_far = std::move(*labels);
  }
  auto days = day_ranges(on);
  if (!days) return fail(days.error());
  Lines lines;
  Judged early{rows->scores, so_far, {}};
  for (const DayRange& one : *days) {
    auto expected = monitor::expected_performance(
        std::span(rows->scores).subspan(one.begin, one.end - one.begin), *what, threshold,
        context.seed, static_cast<std::uint64_t>(std::max(0.0, one.day)));
    if (!expected) return fail(expected.error());
    lines.add(one.day, "expected from scores alone", expected->value, expected->interval.low,
              expected->interval.high);
    if (!so_far.empty() && one.day < call.number("known_day"))
      lines.add(one.day, "from the clicks that have arrived",
                realised(metric, early, one.begin, one.end));
    lines.add(one.day, "truth: every click in", realised(metric, *rows, one.begin, one.end));
  }
  Frame::Builder b;
  b.add("day", std::move(lines.day)).add("series", lines.series);
  b.add("value", std::move(lines.value)).add("low", std::move(lines.low));
  b.add("high", std::move(lines.high));
  return one(std::move(b).build());
}

const StepRegistration kMonitorCbpe{{
    .name = "monitor.cbpe",
    .sentence = "Performance by day expected from calibrated scores alone, beside what labels say.",
    .example = "monitor.cbpe { model, on = live, metric = \"roc_auc\" }",
    .inputs =
        {{.name = "model", .kind = Kind::model, .sentence = "a calibrated model"},
         {.name = "on", .kind = Kind::frame, .sentence = "rows in order of day", .named = true}},
    .outputs = {{.name = "days", .kind = Kind::frame}},
    .parameters = {choice_parameter("metric", "roc_auc",
                                    {"roc_auc", "log_loss", "brier", "accuracy", "base_rate"},
                                    "what is estimated"),
                   number_parameter("threshold", 0.5, 0, 1, "of accuracy"),
                   {.name = "known_day",
                    .low = 0,
                    .high = 3660,
                    .unit = "days",
                    .sentence = "also from the clicks that had arrived by midnight before that day",
                    .optional = true}},
    .run = run_monitor_cbpe,
}};

}  // namespace
}  // namespace rehearse::steps
