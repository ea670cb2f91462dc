// SPDX-License-Identifier: GPL-3.0-or-later
//
// Gaussian process regression (Rasmussen, Williams 2006, algorithm 2.1): what a few costly
// evaluations say of a function between them, with how sure they are.
//
// Points lie in the unit cube. The prior mean is `mean`; the covariance of the values at x and x'
// is variance · k(r), r² = Σ ((x_d - x'_d) / length_d)², and each observation has noise:
//
//   Matérn 5/2   (1 + √5 r + 5r²/3) exp(-√5 r)      rough enough for what training loss does
//   RBF          exp(-r²/2)                         for very smooth functions only
//
// Expected improvement over the least value seen, `best` (Mockus 1978; Jones et al. 1998): with
// z = (best - ξ - μ)/σ it is (best - ξ - μ) Φ(z) + σ φ(z), and 0 where σ = 0 and μ is not lower.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::validation {

using Point = std::vector<double>;

enum class Covariance { matern52, rbf };

struct Kernel {
  Covariance covariance = Covariance::matern52;
  std::vector<double> length = {};  // one a dimension
  double variance = 1, noise = 1e-6, mean = 0;
};
// Correlation at scaled distance r ≥ 0.
double correlation(Covariance covariance, double r);

struct Prediction {
  double mean = 0, sd = 0;  // of the function, without the noise of another observation
};

class GaussianProcess {
 public:
  // Sizes agree, 1 to 1000 points of one dimension d ≥ 1, lengths, variance > 0, noise ≥ 0.
  // Errors: otherwise, a value is not finite, or points so alike that they contradict each other
  // (raise the noise). O(n³).
  static Result<GaussianProcess> fit(std::vector<Point> points, std::span<const double> values,
                                     Kernel kernel);
  // As fit, with lengths, variance and noise that make the values most likely, by coordinate search
  // over a grid of lengths (0.1 to 3.2) and of noise (1e-6 to 0.3 of the variance); variance and
  // mean follow in closed form. Deterministic.
  static Result<GaussianProcess> fit_by_likelihood(std::vector<Point> points,
                                                   std::span<const double> values,
                                                   Covariance covariance = Covariance::matern52);

  Prediction at(const Point& point) const;  // O(n²)
  double log_marginal_likelihood() const;
  const Kernel& kernel() const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

double expected_improvement(const Prediction& prediction, double best, double margin = 0);

}  // namespace rehearse::validation
