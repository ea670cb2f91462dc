// SPDX-License-Identifier: GPL-3.0-or-later
//
// Do the scores of a model mean what they say? Every metric of probabilities of a table with a
// score and a label a row, its reliability curve, and the same for each segment.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "engine/base/document.hpp"
#include "engine/metrics/interval.hpp"
#include "engine/metrics/report.hpp"

namespace rehearse::analysis {

struct CalibrationOptions {
  std::string label, score, segment, weight;  // columns; the last two may be empty
  int bins = 10;
  metrics::Binning binning = metrics::Binning::width;
  bool logits = false;     // scores pass through the sigmoid first
  bool intervals = false;  // also the interval of ROC AUC
};

struct Calibration {
  // DeLong's, with rows as independent; empty unless asked for.
  std::optional<Result<metrics::Estimate>> auc;
  metrics::ProbabilityReport whole;
  std::map<std::string, metrics::ProbabilityReport> segments;  // by value; empty without a segment
};

// Errors: a column is missing, empty in a row or of texts; a score is no probability; a label is
// neither 0 nor 1; more than 1,000 segments. O(n log n).
Result<Calibration> measure_calibration(const Frame& table, const CalibrationOptions& options);

// One sentence that a person can act on.
std::string reading_of(const metrics::ProbabilityReport& report);

// The picture, the numbers, what they mean and what to look at next.
Document document_of(const std::string& file, const CalibrationOptions& options,
                     const Calibration& calibration);

}  // namespace rehearse::analysis
