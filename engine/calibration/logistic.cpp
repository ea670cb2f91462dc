// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/logistic.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/metrics/probability.hpp"

namespace rehearse::calibration {
namespace {

constexpr int kMostSteps = 100;
constexpr double kDiagonal = 1e-12, kShortestStep = 1e-9, kWorthwhile = 1e-13;

double linear(const LogisticProblem& problem, const Terms& theta, std::size_t row) {
  double z = problem.offset.empty() ? 0 : problem.offset[row];
  for (std::size_t k = 0; k < problem.terms; ++k) z += theta[k] * problem.x[row][k];
  return z;
}

double penalized_loss(const LogisticProblem& problem, const Terms& theta) {
  double sum = logistic_loss(problem, theta) * static_cast<double>(problem.x.size());
  for (std::size_t k = 0; k < problem.terms; ++k)
    sum += problem.penalty[k] * theta[k] * theta[k] / 2;
  return sum;
}

struct Curvature {
  Terms gradient = {};
  std::array<Terms, kMostTerms> hessian = {};
};

Curvature curvature(const LogisticProblem& problem, const Terms& theta) {
  Curvature c;
  for (std::size_t i = 0; i < problem.x.size(); ++i) {
    const double p = metrics::sigmoid(linear(problem, theta, i)), slope = p - problem.labels[i],
                 weight = p * (1 - p);
    for (std::size_t k = 0; k < problem.terms; ++k) {
      c.gradient[k] += slope * problem.x[i][k];
      for (std::size_t l = 0; l <= k; ++l)
        c.hessian[k][l] += weight * problem.x[i][k] * problem.x[i][l];
    }
  }
  for (std::size_t k = 0; k < problem.terms; ++k) {
    c.gradient[k] += problem.penalty[k] * theta[k];
    c.hessian[k][k] += problem.penalty[k] + kDiagonal * (1 + c.hessian[k][k]);
  }
  return c;
}

// Solves H d = -g by Cholesky; H is positive definite by its diagonal.
Terms newton_direction(const Curvature& c, std::size_t terms) {
  std::array<Terms, kMostTerms> l = {};
  for (std::size_t i = 0; i < terms; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = c.hessian[i][j];
      for (std::size_t k = 0; k < j; ++k) sum -= l[i][k] * l[j][k];
      l[i][j] = i == j ? std::sqrt(std::max(sum, kDiagonal)) : sum / l[j][j];
    }
  Terms d = {};
  for (std::size_t i = 0; i < terms; ++i) {
    double sum = -c.gradient[i];
    for (std::size_t k = 0; k < i; ++k) sum -= l[i][k] * d[k];
    d[i] = sum / l[i][i];
  }
  for (std::size_t i = terms; i-- > 0;) {
    double sum = d[i];
    for (std::size_t k = i + 1; k < terms; ++k) sum -= l[k][i] * d[k];
    d[i] = sum / l[i][i];
  }
  return d;
}

}  // namespace

double logistic_loss(const LogisticProblem& problem, const Terms& theta) {
  double sum = 0;
  for (std::size_t i = 0; i < problem.x.size(); ++i) {
    const double z = linear(problem, theta, i), y = problem.labels[i];
    sum += metrics::log_loss_of_logit(z, y);
  }
  return sum / static_cast<double>(problem.x.size());
}

Terms fit_logistic(const LogisticProblem& problem, Terms theta, double bound) {
  assert(problem.terms >= 1 && problem.terms <= kMostTerms && !problem.x.empty());
  assert(problem.labels.size() == problem.x.size());
  assert(problem.offset.empty() || problem.offset.size() == problem.x.size());
  double loss = penalized_loss(problem, theta);
  for (int iteration = 0; iteration < kMostSteps; ++iteration) {
    const Curvature c = curvature(problem, theta);
    const Terms d = newton_direction(c, problem.terms);
    double descent = 0;
    for (std::size_t k = 0; k < problem.terms; ++k) descent += c.gradient[k] * d[k];
    const auto moved = [&](double step) {
      Terms next = theta;
      for (std::size_t k = 0; k < problem.terms; ++k)
        next[k] = std::clamp(theta[k] + step * d[k], -bound, bound);
      return next;
    };
    if (-descent <= kWorthwhile * (1 + loss)) return moved(1);
    double step = 1;
    for (; step >= kShortestStep; step /= 2) {
      const Terms next = moved(step);
      const double reached = penalized_loss(problem, next);
      if (!(reached < loss + 1e-4 * step * descent)) continue;
      theta = next, loss = reached;
      break;
    }
    if (step < kShortestStep) break;
  }
  return theta;
}

}  // namespace rehearse::calibration
