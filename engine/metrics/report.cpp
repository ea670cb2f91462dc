// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/report.hpp"

#include <fmt/ranges.h>

#include <functional>
#include <map>

#include "engine/base/view_data.hpp"
#include "engine/metrics/discrimination.hpp"
#include "engine/metrics/probability.hpp"

namespace rehearse::metrics {
namespace {

using Truth = std::span<const double>;
using Function = std::function<Measure(const Scored&, Truth, const MetricOptions&)>;

Measure defined(double value) { return {value, ""}; }

Measure best(const Scored& data, Truth truth) {
  return truth.empty() ? undefined(view_data::kNoTruth)
                       : defined(best_log_loss(truth, data.weights()));
}

Measure excess(const Scored& data, Truth truth) {
  if (truth.empty()) return undefined(view_data::kNoTruth);
  const double least = best_log_loss(truth, data.weights());
  if (least <= 0) return undefined("the truth leaves no uncertainty, so the best log loss is 0");
  return defined(expected_log_loss(data.scores(), truth, data.weights()) / least - 1);
}

const std::map<std::string, Function, std::less<>>& functions() {
  static const std::map<std::string, Function, std::less<>> all = {
      {"log_loss",
       [](const Scored& d, Truth, const MetricOptions&) { return defined(log_loss(d)); }},
      {"brier", [](const Scored& d, Truth, const MetricOptions&) { return defined(brier(d)); }},
      {"mean_score",
       [](const Scored& d, Truth, const MetricOptions&) { return defined(mean_score(d)); }},
      {"base_rate",
       [](const Scored& d, Truth, const MetricOptions&) { return defined(d.base_rate()); }},
      {"roc_auc", [](const Scored& d, Truth, const MetricOptions&) { return roc_auc(d); }},
      {"average_precision",
       [](const Scored& d, Truth, const MetricOptions&) { return average_precision(d); }},
      {"ks", [](const Scored& d, Truth, const MetricOptions&) { return kolmogorov_smirnov(d); }},
      {"normalized_entropy",
       [](const Scored& d, Truth, const MetricOptions&) { return normalized_entropy(d); }},
      {"calibration_ratio",
       [](const Scored& d, Truth, const MetricOptions&) { return calibration_ratio(d); }},
      {"ece",
       [](const Scored& d, Truth, const MetricOptions& o) {
         return defined(expected_calibration_error(reliability_curve(d, o.bins, o.binning)));
       }},
      {"mce",
       [](const Scored& d, Truth, const MetricOptions& o) {
         return defined(maximum_calibration_error(reliability_curve(d, o.bins, o.binning)));
       }},
      {"ace",
       [](const Scored& d, Truth, const MetricOptions& o) {
         return defined(average_calibration_error(reliability_curve(d, o.bins, o.binning)));
       }},
      {"best_log_loss", [](const Scored& d, Truth t, const MetricOptions&) { return best(d, t); }},
      {"excess_log_loss",
       [](const Scored& d, Truth t, const MetricOptions&) { return excess(d, t); }},
  };
  return all;
}

void put(Json& json, const std::string& key, const Measure& measure) {
  json[key] = number_or_null(measure.value);
  if (!measure.defined()) json[key + "_why"] = measure.why;
}

}  // namespace

ProbabilityReport report(const Scored& data, int bins, Binning binning) {
  ProbabilityReport r;
  r.rows = data.size();
  r.positives = data.positive_weight();
  r.base_rate = data.base_rate();
  r.mean_score = mean_score(data);
  r.calibration_ratio = calibration_ratio(data);
  r.log_loss = log_loss(data);
  r.brier = brier(data);
  r.roc_auc = roc_auc(data);
  r.average_precision = average_precision(data);
  r.ks = kolmogorov_smirnov(data);
  r.normalized_entropy = normalized_entropy(data);
  r.bins = reliability_curve(data, bins, binning);
  r.ece = expected_calibration_error(r.bins);
  r.mce = maximum_calibration_error(r.bins);
  r.ace = average_calibration_error(r.bins);
  return r;
}

Json to_json(const ProbabilityReport& r) {
  Json json = {{"rows", r.rows},
               {"positives", r.positives},
               {"base_rate", r.base_rate},
               {"mean_score", r.mean_score}};
  put(json, "calibration_ratio", r.calibration_ratio);
  json["log_loss"] = r.log_loss;
  json["brier"] = r.brier;
  put(json, "roc_auc", r.roc_auc);
  put(json, "average_precision", r.average_precision);
  put(json, "ks", r.ks);
  put(json, "normalized_entropy", r.normalized_entropy);
  json["ece"] = r.ece;
  json["mce"] = r.mce;
  json["ace"] = r.ace;
  Json bins = Json::array();
  for (const Bin& bin : r.bins)
    bins.push_back({{"lower", bin.lower},
                    {"upper", bin.upper},
                    {"count", bin.weight},
                    {"mean_score", bin.mean_score},
                    {"mean_label", bin.mean_label}});
  json["bins"] = std::move(bins);
  return json;
}

Result<Measure> metric(std::string_view name, const Scored& data, std::span<const double> truth,
                       const MetricOptions& options) {
  const auto found = functions().find(name);
  if (found == functions().end())
    return fail(Code::invalid_argument, "there is no metric `{}`; there are {}", name,
                fmt::join(metric_names(), ", "));
  return found->second(data, truth, options);
}

const std::vector<std::string>& metric_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const auto& [name, function] : functions()) all.push_back(name);
    return all;
  }();
  return names;
}

}  // namespace rehearse::metrics
