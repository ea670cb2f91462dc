// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/transform.hpp"

#include <algorithm>
#include <boost/math/tools/minima.hpp>
#include <cmath>

namespace rehearse::models {
namespace {

constexpr std::size_t kMostResiduals = 512;

double box_cox(double x, double lambda) {
  return lambda == 0 ? std::log(x) : std::expm1(lambda * std::log(x)) / lambda;
}

}  // namespace

double Transform::forward(double y) const {
  switch (kind) {
    case TransformKind::none: return y;
    case TransformKind::log1p: return std::log1p(y);
    case TransformKind::box_cox: return box_cox(y + shift, lambda);
  }
  return y;
}

double Transform::back(double u) const {
  switch (kind) {
    case TransformKind::none: return u;
    case TransformKind::log1p: return std::expm1(u);
    case TransformKind::box_cox: {
      if (lambda == 0) return std::exp(u) - shift;
      const double inner = lambda * u;
      if (inner <= -1) return lambda > 0 ? -shift : most;
      const double y = std::exp(std::log1p(inner) / lambda) - shift;
      return lambda > 0 ? y : std::min(y, most);
    }
  }
  return u;
}

Result<double> box_cox_lambda(std::span<const double> positive) {
  if (positive.size() < 2)
    return fail(Code::bad_data, "Box-Cox needs two values or more, and there are {}",
                positive.size());
  double log_sum = 0;
  bool constant = true;
  for (std::size_t i = 0; i < positive.size(); ++i) {
    if (!(positive[i] > 0) || std::isinf(positive[i]))
      return fail(Code::bad_data, "row {}: {} is not positive, and Box-Cox needs that; shift it", i,
                  positive[i]);
    log_sum += std::log(positive[i]);
    constant = constant && positive[i] == positive[0];
  }
  if (constant)
    return fail(Code::bad_data, "all values are {}; no transform changes their shape", positive[0]);
  const double n = static_cast<double>(positive.size());
  const auto minus_likelihood = [&](double lambda) {
    double mean = 0, square = 0, count = 0;
    for (double x : positive) {
      const double u = box_cox(x, lambda), apart = u - mean;
      mean += apart / ++count;
      square += apart * (u - mean);
    }
    return n / 2 * std::log(square / n) - (lambda - 1) * log_sum;
  };
  return boost::math::tools::brent_find_minima(minus_likelihood, -5.0, 5.0, 40).first;
}

Result<Transform> fit_transform(TransformKind kind, std::span<const double> labels) {
  Transform transform{kind};
  if (kind == TransformKind::none || labels.empty()) return transform;
  const double least = *std::min_element(labels.begin(), labels.end());
  if (least <= -1 || (kind == TransformKind::log1p && !(least > -1)))
    return fail(Code::bad_data, "the label falls to {}; log1p and Box-Cox need values above -1",
                least);
  if (kind == TransformKind::log1p) return transform;
  transform.shift = least > 0 ? 0 : 1;
  transform.most = *std::max_element(labels.begin(), labels.end());
  std::vector<double> shifted(labels.begin(), labels.end());
  for (double& y : shifted) y += transform.shift;
  auto lambda = box_cox_lambda(shifted);
  if (!lambda) return fail(lambda.error());
  transform.lambda = std::abs(*lambda) < 1e-9 ? 0 : *lambda;
  return transform;
}

Back::Back(Transform transform, std::vector<double> residuals) : transform_(transform) {
  if (residuals.empty()) return;
  smear_ = 0;
  for (double e : residuals) smear_ += std::exp(e) / static_cast<double>(residuals.size());
  if (residuals.size() > kMostResiduals) {
    std::sort(residuals.begin(), residuals.end());
    for (std::size_t i = 0; i < kMostResiduals; ++i)
      residuals_.push_back(residuals[(2 * i + 1) * residuals.size() / (2 * kMostResiduals)]);
  } else {
    residuals_ = std::move(residuals);
  }
}

double Back::operator()(double u) const {
  if (residuals_.empty()) return transform_.back(u);
  if (transform_.kind == TransformKind::log1p) return std::exp(u) * smear_ - 1;
  double sum = 0;
  for (double e : residuals_) sum += transform_.back(u + e);
  return sum / static_cast<double>(residuals_.size());
}

}  // namespace rehearse::models
