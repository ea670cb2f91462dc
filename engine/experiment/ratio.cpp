// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/ratio.hpp"

#include <algorithm>
#include <cmath>

namespace rehearse::experiment {

Result<RatioEstimate> ratio_of(std::span<const double> numerators,
                               std::span<const double> denominators) {
  if (numerators.size() != denominators.size())
    return fail(Code::invalid_argument, "{} numerators and {} denominators", numerators.size(),
                denominators.size());
  const auto x = sample_of(numerators);
  if (!x) return at("numerators", Result<RatioEstimate>(fail(x.error())));
  const auto y = sample_of(denominators);
  if (!y) return at("denominators", Result<RatioEstimate>(fail(y.error())));
  if (y->mean == 0)
    return fail(Code::bad_data, "the denominators sum to 0, so the ratio is undefined");
  double covariance = 0;
  for (std::size_t i = 0; i < numerators.size(); ++i)
    covariance += (numerators[i] - x->mean) * (denominators[i] - y->mean);
  RatioEstimate estimate;
  estimate.users = x->n;
  estimate.ratio = x->mean / y->mean;
  if (x->n > 1) covariance /= x->n - 1;
  const double spread =
      x->variance - 2 * estimate.ratio * covariance + estimate.ratio * estimate.ratio * y->variance;
  // Where all users have the same ratio the three terms cancel to a rounding error.
  const double scale = x->variance + estimate.ratio * estimate.ratio * y->variance;
  const double settled = std::abs(spread) <= 1e-14 * scale ? 0 : spread;
  estimate.variance = settled / (x->n * y->mean * y->mean);
  return estimate;
}

Result<Contrast> ratio_contrast(const UserTotals& control, const UserTotals& treatment,
                                double level) {
  const auto c = ratio_of(control.numerators, control.denominators);
  if (!c) return at("control", Result<Contrast>(fail(c.error())));
  const auto t = ratio_of(treatment.numerators, treatment.denominators);
  if (!t) return at("treatment", Result<Contrast>(fail(t.error())));
  Estimated e;
  e.control = c->ratio, e.treatment = t->ratio, e.absolute = t->ratio - c->ratio;
  e.control_variance = c->variance, e.treatment_variance = t->variance;
  e.standard_error = std::sqrt(c->variance + t->variance);
  return contrast_of(e, level);
}

}  // namespace rehearse::experiment
