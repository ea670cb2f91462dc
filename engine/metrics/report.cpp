// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/report.hpp"

#include "engine/metrics/discrimination.hpp"
#include "engine/metrics/probability.hpp"

namespace rehearse::metrics {
namespace {

void put(Json& json, const std::string& key, const Measure& measure) {
  json[key] = number_or_null(measure.value);
  if (!measure.defined()) json[key + "_why"] = measure.why;
}

}  // namespace

ProbabilityReport report(const OrderedScores& ordered, int bins, Binning binning) {
  const Scored& data = ordered.data();
  ProbabilityReport r;
  r.rows = data.size();
  r.positives = data.positive_weight();
  r.base_rate = data.base_rate();
  r.mean_score = mean_score(data);
  r.calibration_ratio = calibration_ratio(data);
  r.log_loss = log_loss(data);
  r.brier = brier(data);
  r.roc_auc = roc_auc(ordered);
  r.average_precision = average_precision(ordered);
  r.ks = kolmogorov_smirnov(ordered);
  // As normalized_entropy(data), without the logarithms a second time.
  r.normalized_entropy = r.base_rate > 0 && r.base_rate < 1
                             ? Measure{r.log_loss / bernoulli_entropy(r.base_rate), ""}
                             : normalized_entropy(data);
  r.bins = reliability_curve(ordered, bins, binning);
  r.ece = expected_calibration_error(r.bins);
  r.mce = maximum_calibration_error(r.bins);
  r.ace = average_calibration_error(r.bins);
  return r;
}

ProbabilityReport report(const Scored& data, int bins, Binning binning) {
  return report(OrderedScores(data), bins, binning);
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

}  // namespace rehearse::metrics
