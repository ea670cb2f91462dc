// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/value_report.hpp"

#include <fmt/ranges.h>

#include <cmath>
#include <functional>
#include <map>
#include <optional>

#include "engine/base/view_data.hpp"
#include "engine/metrics/metric_name.hpp"
#include "engine/metrics/regression.hpp"

namespace rehearse::metrics {
namespace {

constexpr const char* kNoMedian = "the true median is not known for this data";
constexpr const char* kNoNoise = "the truth leaves no uncertainty, so the best possible is 0";
constexpr double kAnyUpper = 1e12;

struct ValueFunction {
  std::function<Measure(const Valued&, const ValueTruth&, double)> call;
  std::optional<double> argument = {};  // its default, for metrics that take one
  double low = 0, high = 1;             // and its range
};

template <class F>
ValueFunction plain(F function) {
  return {[function](const Valued& d, const ValueTruth&, double) {
    if constexpr (std::is_same_v<decltype(function(d)), double>)
      return Measure{function(d), ""};
    else
      return function(d);
  }};
}

// A metric of the truth itself, in place of the model's predictions.
template <class F>
ValueFunction of_mean(F function) {
  return {[function](const Valued& d, const ValueTruth& t, double) {
    if (t.mean.empty()) return undefined(view_data::kNoTruth);
    return Measure(function(d.with_predictions(t.mean)));
  }};
}
template <class F>
ValueFunction of_median(F function) {
  return {[function](const Valued& d, const ValueTruth& t, double) {
    if (t.median.empty()) return undefined(kNoMedian);
    return Measure{function(d.with_predictions(t.median)), ""};
  }};
}

double mean_weighted(const Valued& data, std::span<const double> values) {
  double sum = 0;
  for (std::size_t i = 0; i < data.size(); ++i) sum += data.weight(i) * values[i];
  return sum / data.total_weight();
}

// Mean of (f - μ)²: what the model misses of the mean, without the noise of the draws.
double squared_miss(const Valued& data, std::span<const double> mean) {
  double sum = 0;
  for (std::size_t i = 0; i < data.size(); ++i) {
    const double d = data.predictions()[i] - mean[i];
    sum += data.weight(i) * d * d;
  }
  return sum / data.total_weight();
}

Measure excess_squared(const Valued& data, const ValueTruth& truth, bool root) {
  if (truth.mean.empty()) return undefined(view_data::kNoTruth);
  const double noise = mean_squared_error(data.with_predictions(truth.mean));
  if (noise <= 0) return undefined(kNoNoise);
  const double ratio = squared_miss(data, truth.mean) / noise;
  return {root ? std::sqrt(1 + ratio) - 1 : ratio, ""};
}

Measure excess_absolute(const Valued& data, const ValueTruth& truth) {
  if (truth.median.empty()) return undefined(kNoMedian);
  const double best = mean_absolute_error(data.with_predictions(truth.median));
  if (best <= 0) return undefined(kNoNoise);
  return {mean_absolute_error(data) / best - 1, ""};
}

const std::map<std::string, ValueFunction, std::less<>>& value_functions() {
  using D = const Valued&;
  using T = const ValueTruth&;
  static const std::map<std::string, ValueFunction, std::less<>> all = {
      {"mse", plain(mean_squared_error)},
      {"rmse", plain(root_mean_squared_error)},
      {"mae", plain(mean_absolute_error)},
      {"median_ae", plain(median_absolute_error)},
      {"max_error", plain(max_error)},
      {"mean_error", plain(mean_error)},
      {"r2", plain(r_squared)},
      {"mape", plain(mean_absolute_percentage_error)},
      {"rmsle", plain(root_mean_squared_log_error)},
      {"pinball",
       {[](D d, T, double q) {
          return Measure{pinball_loss(d, q), ""};
        },
        0.5, 0, 1}},
      {"coverage", plain(share_at_or_below)},
      {"poisson_deviance", plain(poisson_deviance)},
      {"nb_deviance",
       {[](D d, T, double a) { return negative_binomial_deviance(d, a); }, 1.0, 0, kAnyUpper}},
      {"calibration_ratio", plain(value_ratio)},
      {"mean_prediction", plain([](D d) { return mean_weighted(d, d.predictions()); })},
      {"mean_label", plain([](D d) { return mean_weighted(d, d.labels()); })},
      {"best_mse", of_mean([](D d) {
         return Measure{mean_squared_error(d), ""};
       })},
      {"best_rmse", of_mean([](D d) {
         return Measure{root_mean_squared_error(d), ""};
       })},
      {"best_r2", of_mean(r_squared)},
      {"best_poisson_deviance", of_mean(poisson_deviance)},
      {"best_mae", of_median(mean_absolute_error)},
      {"best_pinball",
       {[](D d, T t, double q) {
          if (q != 0.5) return undefined("the truth knows the median only: best_pinball_50");
          if (t.median.empty()) return undefined(kNoMedian);
          return Measure{pinball_loss(d.with_predictions(t.median), q), ""};
        },
        0.5, 0, 1}},
      {"excess_mse", {[](D d, T t, double) { return excess_squared(d, t, false); }}},
      {"excess_rmse", {[](D d, T t, double) { return excess_squared(d, t, true); }}},
      {"excess_mae", {[](D d, T t, double) { return excess_absolute(d, t); }}},
      {"rmse_to_truth", {[](D d, T t, double) {
         return t.mean.empty() ? undefined(view_data::kNoTruth)
                               : Measure{std::sqrt(squared_miss(d, t.mean)), ""};
       }}},
  };
  return all;
}

}  // namespace

const std::vector<std::string>& value_metric_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const auto& [name, function] : value_functions()) all.push_back(name);
    return all;
  }();
  return names;
}

Result<Measure> value_metric(std::string_view name, const Valued& data, const ValueTruth& truth) {
  const auto parsed = parse_metric_name(name);
  if (!parsed) return fail(parsed.error());
  const auto found = value_functions().find(parsed->base);
  if (found == value_functions().end())
    return fail(Code::invalid_argument, "there is no metric `{}` of values; there are {}", name,
                fmt::join(value_metric_names(), ", "));
  const ValueFunction& function = found->second;
  if (parsed->argument && !function.argument)
    return fail(Code::invalid_argument, "the metric `{}` takes no argument", parsed->base);
  const double argument = parsed->argument.value_or(function.argument.value_or(0));
  if (parsed->argument && (argument < function.low || argument > function.high))
    return fail(Code::invalid_argument, "the metric `{}`: its argument lies in [{:g}, {:g}]", name,
                function.low, function.high);
  return function.call(data, truth, argument);
}

}  // namespace rehearse::metrics
