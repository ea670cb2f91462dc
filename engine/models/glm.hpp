// SPDX-License-Identifier: GPL-3.0-or-later
//
// Regression of counts on a row's columns, with the logarithm as link (Nelder, Wedderburn 1972):
//
//   poisson            y ~ Poisson(μ), ln μ = x·w         variance μ
//   negative_binomial  y ~ NB2(μ, α)                      variance μ + αμ² (Cameron, Trivedi 1986)
//
// Use them where y is 0, 1, 2 … : a straight line predicts negative counts and lets the busiest
// posts decide. Poisson finds the mean even where its variance is wrong, but its intervals are then
// too narrow: the dispersion fact (Pearson's χ² over the degrees of freedom) is near 1 if Poisson
// is right, and above where counts come in bursts; then take the negative binomial, whose α is
// estimated with the weights by maximum likelihood.
//
// The deviance is twice the log likelihood lost against a model with a parameter a row: lower is
// better, and it is the squared error of counts.
#pragma once

#include "engine/models/linear_model.hpp"

namespace rehearse::models {

struct CountOptions {
  double l2 = 1e-6;      // [0, 1e6], of the mean loss
  int iterations = 300;  // [1, 10000]
  double tolerance = 1e-8;
  std::string label = {};
  EncodingOptions encoding = {};
  std::string name = {};
};

// Facts: rows_trained, parameters, iterations, converged, deviance (mean, a row), null_deviance (of
// the constant), dispersion.
// Errors: those of Encoding::fit; a label that is no count, or no label above 0.
Result<Training<LinearModel>> train_poisson(const Frame& rows, const CountOptions& options = {},
                                            const Progress& progress = {});

// As train_poisson, with the fact alpha; deviances are those of NB2 at that α. The search keeps α
// in [1e-8, 1e6].
Result<Training<LinearModel>> train_negative_binomial(const Frame& rows,
                                                      const CountOptions& options = {},
                                                      const Progress& progress = {});

// What one row adds to the deviance. y ≥ 0, μ > 0, α ≥ 0 (0: Poisson).
double count_deviance(double y, double mu, double alpha);

}  // namespace rehearse::models
