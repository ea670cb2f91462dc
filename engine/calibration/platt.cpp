// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/platt.hpp"

#include <algorithm>
#include <cmath>

#include "engine/calibration/validate.hpp"
#include "engine/metrics/probability.hpp"

namespace rehearse::calibration {
namespace {

constexpr double kRidge = 1e-12, kLeastStep = 1e-10;
// A predicted gain below this share of the loss is lost in the rounding of its sum.
constexpr double kLeastGain = 1e-12;
constexpr int kMostIterations = 200;

double feature(double score, PlattInput on) {
  return on == PlattInput::score ? score : clipped_logit(score);
}

struct Problem {
  std::vector<double> f, t;

  // Negative log likelihood, written so that no exponential overflows.
  double loss(double a, double b) const {
    double sum = 0;
    for (std::size_t i = 0; i < f.size(); ++i) {
      const double z = a * f[i] + b;
      sum +=
          z >= 0 ? t[i] * z + std::log1p(std::exp(-z)) : (t[i] - 1) * z + std::log1p(std::exp(z));
    }
    return sum;
  }
};

struct Derivatives {
  double h11 = kRidge, h22 = kRidge, h21 = 0, g1 = 0, g2 = 0;
};

Derivatives derivatives(const Problem& problem, double a, double b) {
  Derivatives d;
  for (std::size_t i = 0; i < problem.f.size(); ++i) {
    const double p = metrics::sigmoid(-(a * problem.f[i] + b)), curve = p * (1 - p),
                 slope = problem.t[i] - p;
    d.h11 += problem.f[i] * problem.f[i] * curve;
    d.h22 += curve;
    d.h21 += problem.f[i] * curve;
    d.g1 += problem.f[i] * slope;
    d.g2 += slope;
  }
  return d;
}

// Newton's method with a backtracking line search (Lin, Lin, Weng 2007).
std::pair<double, double> minimize(const Problem& problem, double a, double b) {
  double loss = problem.loss(a, b);
  for (int iteration = 0; iteration < kMostIterations; ++iteration) {
    const Derivatives d = derivatives(problem, a, b);
    const double determinant = d.h11 * d.h22 - d.h21 * d.h21;
    const double da = -(d.h22 * d.g1 - d.h21 * d.g2) / determinant,
                 db = -(-d.h21 * d.g1 + d.h11 * d.g2) / determinant;
    const double descent = d.g1 * da + d.g2 * db;
    if (-descent <= kLeastGain * (1 + loss)) return {a + da, b + db};
    double step = 1;
    for (; step >= kLeastStep; step /= 2) {
      const double next = problem.loss(a + step * da, b + step * db);
      if (next > loss + 1e-4 * step * descent) continue;
      a += step * da, b += step * db, loss = next;
      break;
    }
    if (step < kLeastStep) break;
  }
  return {a, b};
}

}  // namespace

double PlattMap::operator()(double score) const {
  return metrics::sigmoid(-(a_ * feature(score, on_) + b_));
}

std::vector<std::pair<std::string, double>> PlattMap::arithmetic(double score) const {
  const double f = feature(score, on_);
  return {{"score s", score},
          {on_ == PlattInput::score ? "f = s" : "f = ln(s / (1 - s))", f},
          {"A", a_},
          {"B", b_},
          {"A f + B", a_ * f + b_},
          {"probability p = 1 / (1 + exp(A f + B))", (*this)(score)}};
}

Result<std::shared_ptr<const PlattMap>> fit_platt(std::span<const double> scores,
                                                  std::span<const double> labels,
                                                  const PlattOptions& options) {
  if (auto valid = validate_fit(scores, labels); !valid) return fail(valid.error());
  double positives = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    positives += labels[i];
    if (options.on == PlattInput::logit && (scores[i] < 0 || scores[i] > 1))
      return fail(
          Code::bad_data,
          "row {}: the score {} is not a probability, so it has no logit; fit on the score instead",
          i + 1, scores[i]);
  }
  const double negatives = static_cast<double>(scores.size()) - positives;
  if (!options.smoothed && (positives == 0 || negatives == 0))
    return fail(Code::bad_data,
                "all labels are alike: without smoothing Platt scaling has no finite solution; use "
                "`platt`");
  const double high = options.smoothed ? (positives + 1) / (positives + 2) : 1,
               low = options.smoothed ? 1 / (negatives + 2) : 0;
  Problem problem;
  problem.f.reserve(scores.size());
  problem.t.reserve(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    problem.f.push_back(feature(scores[i], options.on));
    problem.t.push_back(labels[i] == 1 ? high : low);
  }
  const auto [a, b] = minimize(problem, 0, std::log((negatives + 1) / (positives + 1)));
  return std::make_shared<const PlattMap>(a, b, options.on);
}

}  // namespace rehearse::calibration
