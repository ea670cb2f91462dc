// SPDX-License-Identifier: GPL-3.0-or-later
//
// Platt scaling: p = 1 / (1 + exp(A f + B)), two numbers fitted by maximum likelihood (Platt 1999)
// with Newton's method and backtracking (Lin, Lin, Weng 2007). Smoothed targets (N₊+1)/(N₊+2) and
// 1/(N₋+2) keep it finite on separable data.
//
// Use it with few held-out rows (about a hundred positives) or when the distortion is a sigmoid; on
// a probability prefer the logit as f: then A = -1, B = 0 is the identity and downsampling is a
// shift of B. See isotonic.hpp for any other shape.
#pragma once

#include <span>

#include "engine/calibration/map.hpp"

namespace rehearse::calibration {

enum class PlattInput {
  score,
  logit
};  // logit: scores are probabilities, clipped to [1e-12, 1 - 1e-12]

struct PlattOptions {
  PlattInput on = PlattInput::score;
  bool smoothed = true;  // false: targets 0 and 1 (platt-raw)
};

class PlattMap : public CalibrationMap {
 public:
  PlattMap(double a, double b, PlattInput on) : a_(a), b_(b), on_(on) {}
  double operator()(double score) const override;
  std::string name() const override { return "platt"; }
  std::vector<std::pair<std::string, double>> parameters() const override {
    return {{"A", a_}, {"B", b_}};
  }
  std::vector<std::pair<std::string, double>> arithmetic(double score) const override;
  double a() const { return a_; }
  double b() const { return b_; }

 private:
  double a_, b_;
  PlattInput on_;
};

// O(n) a Newton step, usually under ten. Errors: sizes differ, empty, a score is not finite (or, on
// the logit, outside [0, 1]), a label is not 0 or 1; unsmoothed: one class only.
Result<std::shared_ptr<const PlattMap>> fit_platt(std::span<const double> scores,
                                                  std::span<const double> labels,
                                                  const PlattOptions& options = {});

}  // namespace rehearse::calibration
