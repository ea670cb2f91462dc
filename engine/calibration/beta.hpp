// SPDX-License-Identifier: GPL-3.0-or-later
//
// Beta calibration: p = 1 / (1 + 1 / (e^c s^a / (1-s)^b)), the right family when the scores of each
// class follow a beta distribution (Kull, Silva Filho, Flach 2017). Platt on the logit is a = b.
//
// Use it where a sigmoid bends one end of the scores and not the other; three numbers, so about as
// frugal as Platt. a and b are kept at 0 or more, so that the map never falls.
#pragma once

#include <span>

#include "engine/calibration/map.hpp"

namespace rehearse::calibration {

class BetaMap : public CalibrationMap {
 public:
  BetaMap(double a, double b, double c) : a_(a), b_(b), c_(c) {}
  double operator()(double score) const override;
  std::string name() const override { return "beta"; }
  std::vector<std::pair<std::string, double>> parameters() const override {
    return {{"a", a_}, {"b", b_}, {"c", c_}};
  }
  std::vector<std::pair<std::string, double>> arithmetic(double score) const override;
  double a() const { return a_; }
  double b() const { return b_; }
  double c() const { return c_; }

 private:
  double a_, b_, c_;
};

// By maximum likelihood on ln s and -ln(1-s); where a or b would be negative it is left out and the
// rest fitted again, as its authors do. Scores are clipped to [1e-12, 1 - 1e-12].
// Errors: those of validate_fit, a score outside [0, 1], one class only.
Result<std::shared_ptr<const BetaMap>> fit_beta(std::span<const double> scores,
                                                std::span<const double> labels);

}  // namespace rehearse::calibration
