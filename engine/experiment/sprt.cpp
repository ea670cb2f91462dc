// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/sprt.hpp"

#include <boost/math/tools/roots.hpp>
#include <cmath>

namespace rehearse::experiment {
namespace {

bool inside_unit(double p) { return p > 0 && p < 1; }

// ln E[exp(h step)] for a step that is `success` with probability p and else `failure`.
double log_moment(double p, double success, double failure, double h) {
  const double a = std::log(p) + h * success, b = std::log1p(-p) + h * failure;
  const double most = std::max(a, b);
  return most + std::log(std::exp(a - most) + std::exp(b - most));
}

// The root h ≠ 0 of log_moment, which is convex with a root at 0; `mean` is its slope there.
double second_root(double p, double success, double failure, double mean) {
  const auto f = [&](double h) { return log_moment(p, success, failure, h); };
  const double sign = mean < 0 ? 1 : -1;
  double near = sign * 1e-9, far = sign;
  while (f(far) < 0 && std::abs(far) < 1e9) near = far, far *= 2;
  // From 0 the function falls before it rises; look for a place where it is below 0.
  if (near == sign * 1e-9)
    for (near = far / 2; f(near) > 0 && std::abs(near) > 1e-12; near /= 2) far = near;
  std::uintmax_t steps = 100;
  const auto root =
      boost::math::tools::toms748_solve(f, std::min(near, far), std::max(near, far),
                                        boost::math::tools::eps_tolerance<double>(44), steps);
  return (root.first + root.second) / 2;
}

}  // namespace

Result<Sprt> Sprt::of(double p0, double p1, double alpha, double beta) {
  if (!inside_unit(p0) || !inside_unit(p1) || p0 == p1)
    return fail(Code::invalid_argument,
                "the two rates are {} and {}; they must differ and lie between 0 and 1", p0, p1);
  if (!(alpha > 0 && alpha < 0.5) || !(beta > 0 && beta < 0.5))
    return fail(Code::invalid_argument, "alpha is {} and beta {}; each must lie between 0 and 0.5",
                alpha, beta);
  Sprt test;
  test.success_ = std::log(p1 / p0), test.failure_ = std::log1p(-p1) - std::log1p(-p0);
  test.upper_ = std::log((1 - beta) / alpha), test.lower_ = std::log(beta / (1 - alpha));
  return test;
}

double Sprt::statistic(double successes, double trials) const {
  return successes * success_ + (trials - successes) * failure_;
}

Sprt::Decision Sprt::decide(double statistic) const {
  if (statistic >= upper_) return Decision::accept_alternative;
  return statistic <= lower_ ? Decision::accept_null : Decision::go_on;
}

Result<Sprt::Characteristic> Sprt::at(double p) const {
  if (!inside_unit(p))
    return fail(Code::invalid_argument, "a rate of {} is not between 0 and 1", p);
  const double mean = p * success_ + (1 - p) * failure_;
  const double square = p * success_ * success_ + (1 - p) * failure_ * failure_;
  // Near the rate where the walk has no drift both formulas are 0/0; their limits are a random
  // walk's.
  if (std::abs(mean) < 1e-7 * std::sqrt(square))
    return Characteristic{upper_ / (upper_ - lower_), -upper_ * lower_ / square};
  const double h = second_root(p, success_, failure_, mean);
  // (e^{hU} - 1) / (e^{hU} - e^{hL}), without overflow.
  const double accept =
      h > 0 ? (1 - std::exp(-h * upper_)) / (1 - std::exp(h * (lower_ - upper_)))
            : std::expm1(h * upper_) / (std::exp(h * upper_) - std::exp(h * lower_));
  const double safe = std::isfinite(accept) ? accept : 0;
  return Characteristic{safe, (safe * lower_ + (1 - safe) * upper_) / mean};
}

}  // namespace rehearse::experiment
