// SPDX-License-Identifier: GPL-3.0-or-later
//
// Temperature scaling: p = σ(logit(s) / T), one number fitted by log loss (Guo, Pleiss, Sun,
// Weinberger 2017). T > 1 makes a model that is too sure of itself milder; the order and what is
// above ½ stay as they are.
//
// Use it for deep networks that are overconfident on balanced classes. It cannot move the base
// rate: after negative downsampling it is the wrong tool, and Platt on the logit the right one.
#pragma once

#include <span>

#include "engine/calibration/map.hpp"

namespace rehearse::calibration {

class TemperatureMap : public CalibrationMap {
 public:
  explicit TemperatureMap(double temperature) : temperature_(temperature) {}
  double operator()(double score) const override;
  std::string name() const override { return "temperature"; }
  std::vector<std::pair<std::string, double>> parameters() const override {
    return {{"temperature", temperature_}};
  }
  std::vector<std::pair<std::string, double>> arithmetic(double score) const override;
  double temperature() const { return temperature_; }

 private:
  double temperature_;
};

// Scores are probabilities, clipped to [1e-12, 1 - 1e-12]. T lies in [0.001, 1000]; scores that
// point away from the labels get the flattest map there is, T = 1000.
// Errors: those of validate_fit, a score outside [0, 1], one class only.
Result<std::shared_ptr<const TemperatureMap>> fit_temperature(std::span<const double> scores,
                                                              std::span<const double> labels);

}  // namespace rehearse::calibration
