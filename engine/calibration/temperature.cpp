// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/temperature.hpp"

#include <algorithm>

#include "engine/calibration/logistic.hpp"
#include "engine/calibration/validate.hpp"
#include "engine/metrics/probability.hpp"

namespace rehearse::calibration {
namespace {

constexpr double kGreatestSlope = 1000;  // 1 / T

}  // namespace

double TemperatureMap::operator()(double score) const {
  return metrics::sigmoid(clipped_logit(score) / temperature_);
}

std::vector<std::pair<std::string, double>> TemperatureMap::arithmetic(double score) const {
  const double z = clipped_logit(score);
  return {{"score s", score},
          {"z = ln(s / (1 - s))", z},
          {"T", temperature_},
          {"z / T", z / temperature_},
          {"probability p = σ(z / T)", (*this)(score)}};
}

Result<std::shared_ptr<const TemperatureMap>> fit_temperature(std::span<const double> scores,
                                                              std::span<const double> labels) {
  if (auto valid = validate_probabilities(scores, labels); !valid) return fail(valid.error());
  if (auto both = validate_both_classes(labels, "a temperature"); !both) return fail(both.error());
  LogisticProblem problem{.terms = 1, .labels = labels};
  problem.x.reserve(scores.size());
  for (const double score : scores) problem.x.push_back({clipped_logit(score)});
  const double slope = fit_logistic(problem, {1.0}, kGreatestSlope)[0];
  return std::make_shared<const TemperatureMap>(1 / std::max(slope, 1 / kGreatestSlope));
}

}  // namespace rehearse::calibration
