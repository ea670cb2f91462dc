// SPDX-License-Identifier: GPL-3.0-or-later
//
// Transforms of a skewed label before a linear fit, and the way back.
//
//   log1p     u = ln(1 + y)                    y > -1
//   box_cox   u = ((y + s)^λ - 1) / λ, or ln(y + s) at λ = 0 (Box, Cox 1964); λ by maximum
//             likelihood of the label as normal, s a shift that makes y + s positive
//
// The mean of a curve is not the curve of the mean: carrying the predicted u straight back gives
// (for a symmetric error) the median of y, which lies below its mean. Duan's smearing estimate
// (1983) averages the way back over the residuals of the fit, mean_i g(η + e_i), and estimates the
// mean without assuming their distribution. More than 512 residuals are stood for by 512 quantiles
// at (i + ½) / 512, so that a prediction stays cheap.
//
// Use it for errors that multiply. Where the label has zeros in plenty, no transform helps: see
// hurdle.hpp. Where the tail matters, model quantiles: they pass through any increasing map.
#pragma once

#include <span>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::models {

enum class TransformKind { none, log1p, box_cox };

struct Transform {
  TransformKind kind = TransformKind::none;
  double lambda = 1, shift = 0;  // of box_cox
  double most = 0;               // the largest label of the fit, of box_cox

  double forward(double y) const;
  // The inverse. Box-Cox values have an end at u = -1/λ: beyond it (λ > 0) the answer is -shift;
  // before it (λ < 0) y runs off to infinity, so it goes no further than `most`.
  double back(double u) const;
};

// Box-Cox λ in [-5, 5] that maximizes (λ - 1) Σ ln x - n/2 ln var(x^(λ)), to 1e-8, by Brent's
// method as SciPy's boxcox. Errors: a value ≤ 0 or not finite (its row); constant; fewer than 2.
Result<double> box_cox_lambda(std::span<const double> positive);

// The transform fitted to labels. box_cox without a shift given takes s = 0 where all are positive,
// and s = 1 where the least is in (-1, 0]. Errors: a label out of the transform's domain.
Result<Transform> fit_transform(TransformKind kind, std::span<const double> labels);

// Carries predictions of u back: plainly, or smeared over residuals.
class Back {
 public:
  explicit Back(Transform transform, std::vector<double> residuals = {});
  double operator()(double u) const;
  double forward(double y) const { return transform_.forward(y); }
  const Transform& transform() const { return transform_; }
  std::size_t bytes() const { return residuals_.capacity() * sizeof(double); }

 private:
  Transform transform_;
  std::vector<double> residuals_;  // empty: plainly
  double smear_ = 1;               // mean e^residual, all that log1p needs
};

}  // namespace rehearse::models
