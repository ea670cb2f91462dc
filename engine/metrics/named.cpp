// SPDX-License-Identifier: GPL-3.0-or-later
//
// Metrics of probabilities by their name: the table behind metrics::metric.
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>

#include "engine/base/view_data.hpp"
#include "engine/metrics/best_possible.hpp"
#include "engine/metrics/discrimination.hpp"
#include "engine/metrics/metric_name.hpp"
#include "engine/metrics/probability.hpp"
#include "engine/metrics/report.hpp"
#include "engine/metrics/threshold.hpp"

namespace rehearse::metrics {
namespace {

struct NamedCall {
  const Scored& data;
  std::span<const double> truth;
  int bins;
  Binning binning;
  double argument;
};

struct NamedMetric {
  std::function<Measure(const NamedCall&)> call;
  std::optional<double> argument = {};  // its default, for metrics that take one
  double low = 0, high = 1;             // and its range
};

using Table = std::map<std::string, NamedMetric, std::less<>>;

constexpr double kDefaultThreshold = 0.5, kDefaultShare = 0.1, kMostBins = 10000;

// Of the data alone.
template <class F>
NamedMetric of_data(F function) {
  return {[function](const NamedCall& c) {
    if constexpr (std::is_same_v<decltype(function(c.data)), double>)
      return Measure{function(c.data), ""};
    else
      return function(c.data);
  }};
}

// Of the truth, which must be known.
template <class F>
NamedMetric of_truth(F function) {
  return {[function](const NamedCall& c) {
    return c.truth.empty() ? undefined(view_data::kNoTruth) : Measure(function(c));
  }};
}

// What another metric gives for the truth in the place of the scores, on these labels.
template <class F>
NamedMetric shown_by_truth(F function) {
  return of_truth([function](const NamedCall& c) {
    const auto scored = Scored::of(c.truth, c.data.labels(), c.data.weights());
    if (!scored) return undefined(scored.error().message);
    return Measure(function(NamedCall{*scored, c.truth, c.bins, c.binning, c.argument}));
  });
}

// Of the reliability curve; the argument is the number of bins.
template <class F>
NamedMetric of_curve(F function) {
  return {[function](const NamedCall& c) {
            return Measure{function(reliability_curve(c.data, c.bins, c.binning)), ""};
          },
          10, 1, kMostBins};
}

Measure ece_quantile(const NamedCall& c) {
  return {expected_calibration_error(reliability_curve(c.data, c.bins, Binning::quantile)), ""};
}

Measure excess_over(double expected, double best) {
  if (best <= 0) return undefined("the truth leaves no uncertainty, so the best possible is 0");
  return {expected / best - 1, ""};
}

Measure missed(const Measure& best, const Measure& reached) {
  if (!best.defined()) return best;
  if (!reached.defined()) return reached;
  return {best.value - reached.value, ""};
}

void add_plain(Table& all) {
  all["log_loss"] = of_data(log_loss);
  all["brier"] = of_data(brier);
  all["mean_score"] = of_data(mean_score);
  all["base_rate"] = of_data([](const Scored& d) { return d.base_rate(); });
  all["normalized_entropy"] = of_data(normalized_entropy);
  all["calibration_ratio"] = of_data(calibration_ratio);
  all["roc_auc"] = of_data([](const Scored& d) { return roc_auc(d); });
  all["average_precision"] = of_data([](const Scored& d) { return average_precision(d); });
  all["ks"] = of_data([](const Scored& d) { return kolmogorov_smirnov(d); });
  all["lift"] = {[](const NamedCall& c) { return lift(OrderedScores(c.data), c.argument); },
                 kDefaultShare, 1e-9, 1};
  all["gain"] = {[](const NamedCall& c) { return gain(OrderedScores(c.data), c.argument); },
                 kDefaultShare, 1e-9, 1};
  for (const char* name : {"accuracy", "balanced_accuracy", "precision", "recall", "specificity",
                           "selected_share", "mcc", "f1", "f2", "f0.5"})
    all[name] = {[name](const NamedCall& c) {
                   return *decision_metric(name, confusion_at(c.data, c.argument));
                 },
                 kDefaultThreshold, 0, 1};
}

void add_calibration(Table& all) {
  all["ece"] = of_curve(expected_calibration_error);
  all["mce"] = of_curve(maximum_calibration_error);
  all["ace"] = of_curve(average_calibration_error);
  all["ece_quantile"] = {ece_quantile, 10, 1, kMostBins};
  all["ece_floor"] = {[](const NamedCall& c) {
                        return Measure{calibration_error_floor(c.data, c.bins, c.binning), ""};
                      },
                      10, 1, kMostBins};
  all["ece_quantile_floor"] = {
      [](const NamedCall& c) {
        return Measure{calibration_error_floor(c.data, c.bins, Binning::quantile), ""};
      },
      10, 1, kMostBins};
  all["true_ece"] = of_truth([](const NamedCall& c) {
    return Measure{true_calibration_error(c.data, c.truth, c.bins, c.binning), ""};
  });
  all["true_ece_quantile"] = of_truth([](const NamedCall& c) {
    return Measure{true_calibration_error(c.data, c.truth, c.bins, Binning::quantile), ""};
  });
  all["best_ece"] = shown_by_truth([](const NamedCall& c) {
    return Measure{expected_calibration_error(reliability_curve(c.data, c.bins, c.binning)), ""};
  });
  all["best_ece_quantile"] = shown_by_truth(ece_quantile);
  all["best_calibration_ratio"] =
      shown_by_truth([](const NamedCall& c) { return calibration_ratio(c.data); });
}

void add_best(Table& all) {
  all["best_log_loss"] = of_truth([](const NamedCall& c) {
    return Measure{best_log_loss(c.truth, c.data.weights()), ""};
  });
  all["best_normalized_entropy"] = of_truth([](const NamedCall& c) {
    Measure ratio = normalized_entropy(c.data);
    if (ratio.defined()) ratio.value *= best_log_loss(c.truth, c.data.weights()) / log_loss(c.data);
    return ratio;
  });
  all["excess_log_loss"] = of_truth([](const NamedCall& c) {
    return excess_over(expected_log_loss(c.data.scores(), c.truth, c.data.weights()),
                       best_log_loss(c.truth, c.data.weights()));
  });
  all["best_brier"] = of_truth([](const NamedCall& c) {
    return Measure{best_brier(c.truth, c.data.weights()), ""};
  });
  all["excess_brier"] = of_truth([](const NamedCall& c) {
    const double best = best_brier(c.truth, c.data.weights());
    return excess_over(best + brier_above_best(c.data.scores(), c.truth, c.data.weights()), best);
  });
  all["best_roc_auc"] = of_truth(
      [](const NamedCall& c) { return expected_roc_auc(c.truth, c.truth, c.data.weights()); });
  all["missed_roc_auc"] = of_truth([](const NamedCall& c) {
    return missed(expected_roc_auc(c.truth, c.truth, c.data.weights()),
                  expected_roc_auc(c.data.scores(), c.truth, c.data.weights()));
  });
  all["best_average_precision"] = of_truth([](const NamedCall& c) {
    return expected_average_precision(c.truth, c.truth, c.data.weights());
  });
  all["missed_average_precision"] = of_truth([](const NamedCall& c) {
    return missed(expected_average_precision(c.truth, c.truth, c.data.weights()),
                  expected_average_precision(c.data.scores(), c.truth, c.data.weights()));
  });
}

const Table& named_metrics() {
  static const Table all = [] {
    Table table;
    add_plain(table);
    add_calibration(table);
    add_best(table);
    return table;
  }();
  return all;
}

}  // namespace

Result<Measure> metric(std::string_view name, const Scored& data, std::span<const double> truth,
                       const MetricOptions& options) {
  const auto parsed = parse_metric_name(name);
  if (!parsed) return fail(parsed.error());
  const auto found = named_metrics().find(parsed->base);
  if (found == named_metrics().end())
    return fail(Code::invalid_argument, "there is no metric `{}`; there are {}", name,
                fmt::join(metric_names(), ", "));
  const NamedMetric& one = found->second;
  if (parsed->argument && !one.argument)
    return fail(Code::invalid_argument, "the metric `{}` takes no argument", parsed->base);
  const double argument = parsed->argument.value_or(one.argument.value_or(0));
  if (parsed->argument && (argument < one.low || argument > one.high))
    return fail(Code::invalid_argument, "the metric `{}`: its argument lies in [{:g}, {:g}]", name,
                one.low, one.high);
  const bool binned = parsed->argument && one.high == kMostBins;
  return one.call(
      {data, truth, binned ? static_cast<int>(argument) : options.bins, options.binning, argument});
}

const std::vector<std::string>& metric_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const auto& [name, one] : named_metrics()) all.push_back(name);
    return all;
  }();
  return names;
}

}  // namespace rehearse::metrics
