// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/detect.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace rehearse::monitor {
namespace {

constexpr std::size_t kLeastBaseline = 10;

Result<void> check_series(const SignalSeries& series, std::size_t begin) {
  if (begin < kLeastBaseline || begin == series.at.size())
    return fail(Code::invalid_argument,
                "the baseline holds {} of {} observations; it needs at least {}, and some must be "
                "left to watch",
                begin, series.at.size(), kLeastBaseline);
  for (std::size_t i = 0; i < series.value.size(); ++i)
    if (!std::isfinite(series.value[i]))
      return fail(Code::bad_data, "observation {} is {}; a detector cannot skip it", i + 1,
                  std::isnan(series.value[i]) ? "missing" : "infinite");
  for (const double n : series.trials)
    if (!(n >= 1) || !std::isfinite(n))
      return fail(Code::bad_data, "a rate of {:g} trials is no rate; it needs at least one", n);
  return {};
}

// The level of each kind of the season in the baseline; of all, where there is no season.
Result<std::vector<double>> levels_of(const SignalSeries& series, std::size_t begin) {
  std::map<double, std::pair<double, double>> sums;
  const auto kind = [&](std::size_t i) { return series.season.empty() ? 0.0 : series.season[i]; };
  const auto weight = [&](std::size_t i) { return series.trials.empty() ? 1 : series.trials[i]; };
  for (std::size_t i = 0; i < begin; ++i) {
    auto& [total, n] = sums[kind(i)];
    total += series.value[i] * weight(i), n += weight(i);
  }
  std::vector<double> levels;
  for (std::size_t i = 0; i < series.value.size(); ++i) {
    const auto found = sums.find(kind(i));
    if (found == sums.end())
      return fail(Code::bad_data,
                  "the season's value {:g} of observation {} does not occur in the baseline; make "
                  "the baseline longer",
                  kind(i), i + 1);
    levels.push_back(found->second.first / found->second.second);
  }
  return levels;
}

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return sum / static_cast<double>(values.size());
}

Result<std::vector<double>> standardised(const SignalSeries& series, std::size_t begin) {
  auto levels = levels_of(series, begin);
  if (!levels) return levels;
  std::vector<double> z;
  for (std::size_t i = 0; i < series.value.size(); ++i) {
    double scale = 1;
    if (!series.trials.empty()) {
      const double p = (*levels)[i];
      scale = std::sqrt(std::max(p * (1 - p), 1e-12) / series.trials[i]);
    }
    z.push_back((series.value[i] - (*levels)[i]) / scale);
  }
  // Each level was fitted to the baseline and has taken a degree of freedom with it.
  const std::size_t kinds = series.season.empty() ? 1 : [&] {
    std::vector<double> seen(series.season.begin(),
                             series.season.begin() + static_cast<std::ptrdiff_t>(begin));
    std::sort(seen.begin(), seen.end());
    return static_cast<std::size_t>(std::unique(seen.begin(), seen.end()) - seen.begin());
  }();
  double squares = 0;
  for (std::size_t i = 0; i < begin; ++i) squares += z[i] * z[i];
  const double freedom = static_cast<double>(begin) - static_cast<double>(kinds),
               deviation = freedom > 0 ? std::sqrt(squares / freedom) : 0;
  if (!(deviation > 0) || !std::isfinite(deviation))
    return fail(Code::bad_data,
                "the baseline does not vary, so no shift can be measured in deviations; take a "
                "longer one");
  for (double& one : z) one /= deviation;
  return z;
}

// What is in control for this detector: standardised values, or a rate.
Result<InControl> in_control_of(const SignalSeries& series, std::size_t begin, bool rates) {
  if (!rates) return InControl{};
  const std::span<const double> baseline(series.value.data(), begin);
  const double p = mean_of(baseline);
  if (series.trials.empty() || !(p > 0 && p < 1))
    return fail(Code::invalid_argument,
                "ddm watches a rate of outcomes of 0 or 1 (`trials`, or a batch of them), and in "
                "the baseline it must be above 0 and below 1");
  const double n = std::max(1.0, std::floor(mean_of({series.trials.data(), begin})));
  return InControl{p, std::sqrt(p * (1 - p) / n), n};
}

}  // namespace

Result<Detection> detect(const SignalSeries& series, const DetectOptions& options,
                         const Progress& progress) {
  Detection found;
  while (found.begin < series.at.size() && series.at[found.begin] < options.baseline_until)
    ++found.begin;
  if (auto fine = check_series(series, found.begin); !fine) return fail(fine.error());
  auto z = standardised(series, found.begin);
  if (!z) return fail(z.error());
  const bool rates = options.detector == "ddm";
  auto in_control = in_control_of(series, found.begin, rates);
  if (!in_control) return fail(in_control.error());
  auto tuned = tuned_for(options.detector, options.shift, *in_control);
  if (!tuned) return fail(tuned.error());
  RunLengthOptions simulation;
  simulation.seed = options.seed;
  auto chosen = threshold_for(*tuned, options.arl0, *in_control, simulation, progress);
  if (!chosen) return fail(chosen.error());
  found.detector = *chosen;

  const auto watcher = make_detector(found.detector);
  const bool learns = options.detector != "cusum" && options.detector != "ewma";
  const auto take = [&](std::size_t i) {
    return watcher->add(rates ? series.value[i] : (*z)[i],
                        series.trials.empty() ? 1 : series.trials[i]);
  };
  for (std::size_t i = 0; learns && i < found.begin; ++i) take(i);
  for (std::size_t i = found.begin; i < series.value.size(); ++i) {
    const Reading reading = take(i);
    found.z.push_back((*z)[i]);
    found.report.readings.push_back(reading);
    if (reading.signal == Signal::warning) found.report.warnings.push_back(i - found.begin);
    if (reading.signal != Signal::alarm) continue;
    found.report.alarms.push_back(i - found.begin);
    found.report.directions.push_back(reading.direction);
  }
  return found;
}

}  // namespace rehearse::monitor
