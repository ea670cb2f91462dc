// SPDX-License-Identifier: GPL-3.0-or-later
//
// Regression of a value on the columns of a row, for three different questions:
//
//   train_linear    the mean: least squares with a ridge (Hoerl, Kennard 1970), in closed form
//   train_huber     the mean of what is not an outlier: Huber's M-estimator (1964), δ times a
//   robust
//                   scale (1.4826 · median |residual|, found anew each time), by iteratively
//                   reweighted least squares
//   train_quantile  the τ quantile (Koenker, Bassett 1978), exactly, by the interior point method
//                   of Portnoy and Koenker (1997)
//
// Squared error pays for the square of a miss, so one outlier of a hundred weighs as ten thousand
// rows; it is right where the mean is what is paid for. The median pays for the miss itself. Choose
// by the cost of a miss, not by habit.
#pragma once

#include "engine/models/linear_model.hpp"

namespace rehearse::models {

struct LinearOptions {
  double l2 = 1e-4;                               // [0, 1e6] of the mean of half squares: n·l2 is
                                                  // scikit-learn's alpha
  TransformKind transform = TransformKind::none;  // of the label, before the fit
  bool smearing = true;                           // Duan's way back; else plainly
  std::string label = {};
  EncodingOptions encoding = {};
  std::string name = {};
};
// Facts: rows_trained, parameters, residual_sd (n - parameters below), train_rmse (of the label
// itself), and box_cox_lambda, box_cox_shift where there is one.
// Errors: those of Encoding::fit, value_labels, fit_transform; no rows; more than 2000 parameters.
Result<LinearModelPtr> train_linear(const Frame& rows, const LinearOptions& options = {});

struct HuberOptions {
  double delta = 1.345;  // [0.01, 100] robust deviations: 95% as good as least squares on a normal
  double l2 = 0;         // [0, 1e6]
  int iterations = 200;  // [1, 10000]
  std::string label = {};
  EncodingOptions encoding = {};
  std::string name = {};
};
// Facts: rows_trained, parameters, iterations, converged, scale, outliers (rows beyond δ).
Result<Training<LinearModel>> train_huber(const Frame& rows, const HuberOptions& options = {},
                                          const Progress& progress = {});

struct QuantileOptions {
  double level = 0.5;  // [0.001, 0.999]: τ
  std::string label = {};
  EncodingOptions encoding = {};
  std::string name = {};  // empty: "median regression", "quantile 0.9"
};
// Facts: rows_trained, parameters, iterations, converged, level, pinball (mean, of the rows), below
// (share of the rows under the fitted quantile).
Result<Training<LinearModel>> train_quantile(const Frame& rows, const QuantileOptions& options = {},
                                             const Progress& progress = {});

}  // namespace rehearse::models
