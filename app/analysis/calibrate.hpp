// SPDX-License-Identifier: GPL-3.0-or-later
//
// A calibration map fitted on the first rows of a table and measured on the others, before and
// after. The rows are taken in their order, since a map is fitted on the past and serves the
// future.
#pragma once

#include <string>
#include <vector>

#include "engine/base/document.hpp"
#include "engine/calibration/map.hpp"
#include "engine/metrics/report.hpp"

namespace rehearse::analysis {

struct CalibrateOptions {
  std::string label, score;
  std::string method;        // platt, platt-raw, isotonic, temperature, beta, histogram
  std::string on = "score";  // platt: score or logit
  std::size_t fit_rows = 0;  // from the top; at least one, and at least one is left
  int bins = 10;             // of the curve, and of histogram
  bool logits = false;       // scores pass through the sigmoid first
};

struct Calibrated {
  std::vector<double> scores, labels, mapped;  // of every row
  calibration::MapPtr map;
  Json parameters = Json::object();
  // Before is an error where scores are no probabilities; they may still be calibrated.
  Result<metrics::ProbabilityReport> before = fail(Code::internal, "not measured"), after = before;
};

// Errors: a column is missing, empty in a row or of texts; no row is left to fit or to measure on;
// a score is not finite; what the method says.
Result<Calibrated> calibrate(const Frame& table, const CalibrateOptions& options);

// What the map did to log loss on rows that it did not see.
std::string reading_of(const Calibrated& calibrated);

Document document_of(const std::string& file, const CalibrateOptions& options,
                     const Calibrated& calibrated);

}  // namespace rehearse::analysis
