// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything that is said of a set of scored rows at once, and single metrics by name.
#pragma once

#include <string>
#include <vector>

#include "engine/base/json.hpp"
#include "engine/metrics/reliability.hpp"
#include "engine/metrics/scored.hpp"

namespace rehearse::metrics {

struct ProbabilityReport {
  std::size_t rows = 0;
  double positives = 0, base_rate = 0, mean_score = 0, log_loss = 0, brier = 0, ece = 0, mce = 0,
         ace = 0;
  Measure calibration_ratio, roc_auc, average_precision, ks, normalized_entropy;
  std::vector<Bin> bins;
};

ProbabilityReport report(const OrderedScores& data, int bins = 10,
                         Binning binning = Binning::width);
ProbabilityReport report(const Scored& data, int bins = 10, Binning binning = Binning::width);

// The keys of `analyze calibration`; an undefined value is null beside `<key>_why`.
Json to_json(const ProbabilityReport& report);

// A metric by name, an argument behind an @ where it takes one:
//
//   probabilities  log_loss, brier, normalized_entropy, calibration_ratio, mean_score, base_rate,
//                  ece@bins, mce, ace, ece_quantile (bins of equal share), ece_floor and
//                  ece_quantile_floor (what noise alone would show)
//   order          roc_auc, average_precision, ks, lift@share, gain@share (default 0.1)
//   decisions      accuracy@threshold, balanced_accuracy, precision, recall, specificity, f1, f2,
//                  f0.5, mcc, selected_share (default 0.5)
//   with truth     best_log_loss, best_brier, best_normalized_entropy, best_roc_auc,
//                  best_average_precision; best_ece, best_ece_quantile and best_calibration_ratio
//                  (what the truth itself shows on these labels); excess_log_loss, excess_brier
//                  (expected loss over the best, minus 1); missed_roc_auc and
//                  missed_average_precision (best minus expected); true_ece, true_ece_quantile
//
// `truth` may be empty: then what needs it is undefined. Errors: no such metric (they are listed),
// an argument out of its range.
struct MetricOptions {
  int bins = 10;
  Binning binning = Binning::width;
};
Result<Measure> metric(std::string_view name, const Scored& data, std::span<const double> truth,
                       const MetricOptions& options = {});
const std::vector<std::string>& metric_names();

}  // namespace rehearse::metrics
