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

ProbabilityReport report(const Scored& data, int bins = 10, Binning binning = Binning::width);

// The keys of `analyze calibration`; an undefined value is null beside `<key>_why`.
Json to_json(const ProbabilityReport& report);

// A metric by name: log_loss, brier, roc_auc, average_precision, ks, normalized_entropy,
// calibration_ratio, ece, mce, ace, mean_score, base_rate, and, where the truth is given,
// best_log_loss and excess_log_loss (expected log loss over the best possible, minus 1).
// `truth` may be empty. Error: no such metric (they are listed).
struct MetricOptions {
  int bins = 10;
  Binning binning = Binning::width;
};
Result<Measure> metric(std::string_view name, const Scored& data, std::span<const double> truth,
                       const MetricOptions& options = {});
const std::vector<std::string>& metric_names();

}  // namespace rehearse::metrics
