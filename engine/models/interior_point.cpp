// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/interior_point.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/models/gram.hpp"

namespace rehearse::models {
namespace {

constexpr int kMostSteps = 100;
constexpr double kGap = 1e-11;       // per row, in deviations of y
constexpr double kInside = 0.99995;  // of the way to the boundary

using Numbers = std::vector<double>;

// The primal a with its slack s = 1 - a, the multipliers z, v of both bounds, and the weights -d.
class QuantileProgram {
 public:
  QuantileProgram(const EncodedRows& x, std::size_t parameters, const Numbers& y, double level)
      : x_(x), parameters_(parameters), n_(y.size()), y_(y) {
    a_.assign(n_, 1 - level), s_.assign(n_, level);
    d_ = weighted_least_squares(x, parameters, y, {}, 0);
    for (double& weight : d_) weight = -weight;
    z_.resize(n_), v_.resize(n_);
    double size = 0;
    for (std::size_t i = 0; i < n_; ++i) size += std::abs(-y[i] - x.dot(i, d_));
    const double inside = 0.01 * size / static_cast<double>(n_) + 1e-6;
    for (std::size_t i = 0; i < n_; ++i) {
      const double r = -y[i] - x.dot(i, d_);  // = z - v
      z_[i] = std::max(r, 0.0) + inside, v_[i] = std::max(-r, 0.0) + inside;
    }
    da_.resize(n_), dz_.resize(n_), dv_.resize(n_), q_.resize(n_), right_.resize(n_);
  }

  // The complementarity, which is the gap while both programs are feasible.
  double gap() const {
    double sum = 0;
    for (std::size_t i = 0; i < n_; ++i) sum += z_[i] * a_[i] + v_[i] * s_[i];
    return sum;
  }

  void step() {
    for (std::size_t i = 0; i < n_; ++i) q_[i] = 1 / (z_[i] / a_[i] + v_[i] / s_[i]);
    direct(0, false);
    double primal = 1, dual = 1;
    lengths(primal, dual);
    if (std::min(primal, dual) < 1) {
      const double before = gap();
      double after = 0;
      for (std::size_t i = 0; i < n_; ++i)
        after += (z_[i] + dual * dz_[i]) * (a_[i] + primal * da_[i]) +
                 (v_[i] + dual * dv_[i]) * (s_[i] - primal * da_[i]);
      const double mu = before * std::pow(after / before, 3) / (2 * static_cast<double>(n_));
      direct(mu, true);
      lengths(primal, dual);
    }
    for (std::size_t i = 0; i < n_; ++i) {
      a_[i] += primal * da_[i], s_[i] -= primal * da_[i];
      z_[i] += dual * dz_[i], v_[i] += dual * dv_[i];
    }
    for (std::size_t j = 0; j < parameters_; ++j) d_[j] += dual * dd_[j];
  }

  Numbers weights() const {
    Numbers w = d_;
    for (double& weight : w) weight = -weight;
    return w;
  }

 private:
  // Newton's direction for complementarity mu; `correct` adds the second order of the last one.
  void direct(double mu, bool correct) {
    for (std::size_t i = 0; i < n_; ++i) {
      const double second = correct ? da_[i] * dz_[i] / a_[i] + da_[i] * dv_[i] / s_[i] : 0;
      right_[i] = z_[i] - v_[i] + second - mu * (1 / a_[i] - 1 / s_[i]);
    }
    dd_ = weighted_least_squares(x_, parameters_, right_, q_, 0);
    for (std::size_t i = 0; i < n_; ++i) {
      const double second_z = correct ? da_[i] * dz_[i] / a_[i] : 0;
      const double second_v = correct ? -da_[i] * dv_[i] / s_[i] : 0;
      const double da = q_[i] * (x_.dot(i, dd_) - right_[i]);
      dz_[i] = (mu - z_[i] * da) / a_[i] - z_[i] - second_z;
      dv_[i] = (mu + v_[i] * da) / s_[i] - v_[i] - second_v;
      da_[i] = da;
    }
  }

  // How far each program may go and stay inside its bounds.
  void lengths(double& primal, double& dual) const {
    double p = 1e20, d = 1e20;
    for (std::size_t i = 0; i < n_; ++i) {
      if (da_[i] < 0) p = std::min(p, -a_[i] / da_[i]);
      if (da_[i] > 0) p = std::min(p, s_[i] / da_[i]);
      if (dz_[i] < 0) d = std::min(d, -z_[i] / dz_[i]);
      if (dv_[i] < 0) d = std::min(d, -v_[i] / dv_[i]);
    }
    primal = std::min(1.0, kInside * p), dual = std::min(1.0, kInside * d);
  }

  const EncodedRows& x_;
  std::size_t parameters_, n_;
  const Numbers& y_;
  Numbers a_, s_, z_, v_, d_, da_, dz_, dv_, dd_, q_, right_;
};

}  // namespace

QuantileSolution solve_quantile(const EncodedRows& x, std::size_t parameters, const Numbers& y,
                                double level, const Progress& progress) {
  assert(level > 0 && level < 1 && y.size() == x.rows && !y.empty());
  QuantileProgram program(x, parameters, y, level);
  QuantileSolution solution;
  const double enough = kGap * static_cast<double>(y.size());
  Numbers last = program.weights();
  while (solution.iterations < kMostSteps) {
    const double gap = program.gap();
    if (!std::isfinite(gap)) break;  // the last step lost its footing: what was before it stands
    last = program.weights();
    if (gap <= enough) {
      solution.converged = true;
      break;
    }
    if (!progress.report(static_cast<double>(solution.iterations) / kMostSteps)) {
      solution.stopped = true;
      break;
    }
    program.step();
    ++solution.iterations;
  }
  solution.weights = std::move(last);
  return solution;
}

}  // namespace rehearse::models
