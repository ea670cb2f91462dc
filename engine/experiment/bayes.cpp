// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/bayes.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <cassert>
#include <cmath>
#include <numbers>

#include "engine/base/random.hpp"
#include "engine/experiment/tails.hpp"

namespace rehearse::experiment {
namespace {

struct Beta {
  double a, b;
  double mean() const { return a / (a + b); }
  double variance() const { return a * b / ((a + b) * (a + b) * (a + b + 1)); }
  double cdf(double x) const { return x <= 0 ? 0 : x >= 1 ? 1 : boost::math::ibeta(a, b, x); }
};

// E[g(X); from ≤ X ≤ to] in the angle, where the density of every Beta with parameters of at least
// 1/2 is smooth and about 1/(2 √(a + b)) wide. g must be smooth between the two.
template <class Function>
double expectation(const Beta& x, double from, double to, Function g) {
  const double middle = std::asin(std::sqrt(x.mean())), half = 11 / (2 * std::sqrt(x.a + x.b));
  const double low = std::max(std::asin(std::sqrt(std::clamp(from, 0.0, 1.0))), middle - half),
               high = std::min(std::asin(std::sqrt(std::clamp(to, 0.0, 1.0))), middle + half);
  if (!(low < high)) return 0;
  constexpr int kPanels = 6;
  double sum = 0;
  for (int panel = 0; panel < kPanels; ++panel) {
    const double begin = low + (high - low) * panel / kPanels,
                 end = low + (high - low) * (panel + 1) / kPanels;
    sum += boost::math::quadrature::gauss<double, 20>::integrate(
        [&](double angle) {
          const double s = std::sin(angle), c = std::cos(angle), value = s * s;
          if (value <= 0 || value >= 1) return 0.0;
          return boost::math::ibeta_derivative(x.a, x.b, value) * 2 * s * c * g(value);
        },
        begin, end);
  }
  return sum;
}

// P(x - y ≤ d), over the narrower of the two: the other's distribution function is then smooth, but
// for its ends, which bound the integral.
double difference_cdf(const Beta& x, const Beta& y, double d) {
  if (x.a + x.b > y.a + y.b)
    return x.cdf(d) + expectation(x, d, 1 + d, [&](double value) { return 1 - y.cdf(value - d); });
  return (1 - y.cdf(1 - d)) +
         expectation(y, -d, 1 - d, [&](double value) { return x.cdf(value + d); });
}

double difference_quantile(const Beta& x, const Beta& y, double p) {
  double low = -1, high = 1;
  // A guess by the normal, then a bracket around it that is widened where it does not hold.
  const double sd = std::sqrt(x.variance() + y.variance());
  const double guess = x.mean() - y.mean() + normal_quantile(p) * sd;
  if (guess - sd > low && difference_cdf(x, y, guess - sd) < p) low = guess - sd;
  if (guess + sd < high && difference_cdf(x, y, guess + sd) > p) high = guess + sd;
  for (int step = 0; step < 60 && high - low > 1e-10; ++step) {
    const double middle = (low + high) / 2;
    (difference_cdf(x, y, middle) < p ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

double probability_greater(double a1, double b1, double a2, double b2) {
  assert(a1 >= 0.5 && b1 >= 0.5 && a2 >= 0.5 && b2 >= 0.5);
  return std::clamp(1 - difference_cdf({a1, b1}, {a2, b2}, 0), 0.0, 1.0);
}

Result<ArmsPosterior> posterior_of_rates(Successes control, Successes treatment, BetaPrior prior,
                                         double level) {
  if (!(prior.a >= 0.5 && prior.b >= 0.5) || !std::isfinite(prior.a) || !std::isfinite(prior.b))
    return fail(Code::invalid_argument,
                "the prior Beta({}, {}) must have parameters of at least 0.5", prior.a, prior.b);
  for (const Successes& arm : {control, treatment})
    if (!std::isfinite(arm.trials) || arm.successes < 0 || !(arm.successes <= arm.trials))
      return fail(Code::invalid_argument, "{} successes of {} trials", arm.successes, arm.trials);
  const auto quantile = two_sided_quantile(level);
  if (!quantile) return fail(quantile.error());
  const Beta c{prior.a + control.successes, prior.b + control.trials - control.successes},
      t{prior.a + treatment.successes, prior.b + treatment.trials - treatment.successes};
  ArmsPosterior posterior;
  posterior.control = c.mean(), posterior.treatment = t.mean();
  posterior.mean_difference = t.mean() - c.mean();
  posterior.low = difference_quantile(t, c, (1 - level) / 2);
  posterior.high = difference_quantile(t, c, (1 + level) / 2);
  posterior.probability_better = probability_greater(t.a, t.b, c.a, c.b);
  posterior.loss_if_shipped =
      std::max(0.0, c.mean() * probability_greater(c.a + 1, c.b, t.a, t.b) -
                        t.mean() * probability_greater(c.a, c.b, t.a + 1, t.b));
  posterior.loss_if_kept = std::max(0.0, posterior.mean_difference + posterior.loss_if_shipped);
  return posterior;
}

Result<ArmsPosterior> posterior_of_effect(const Contrast& contrast, NormalPrior prior,
                                          double level) {
  if (!(contrast.standard_error > 0) || !std::isfinite(contrast.standard_error))
    return fail(Code::bad_data, "the effect has no standard error: {}",
                contrast.why.empty() ? "it must be above 0" : contrast.why);
  if (!(prior.sd > 0) || !std::isfinite(prior.mean))
    return fail(Code::invalid_argument, "the prior has mean {} and standard deviation {}",
                prior.mean, prior.sd);
  const auto quantile = two_sided_quantile(level);
  if (!quantile) return fail(quantile.error());
  const double seen = 1 / (contrast.standard_error * contrast.standard_error),
               believed = std::isinf(prior.sd) ? 0 : 1 / (prior.sd * prior.sd);
  const double sd = 1 / std::sqrt(seen + believed),
               mean = (seen * contrast.absolute + believed * prior.mean) * sd * sd, z = mean / sd;
  ArmsPosterior posterior;
  posterior.control = contrast.control, posterior.treatment = contrast.control + mean;
  posterior.mean_difference = mean;
  posterior.low = mean - *quantile * sd, posterior.high = mean + *quantile * sd;
  posterior.probability_better = normal_cdf(z);
  posterior.loss_if_shipped = std::max(0.0, sd * normal_density(z) - mean * normal_cdf(-z));
  posterior.loss_if_kept = std::max(0.0, sd * normal_density(z) + mean * normal_cdf(z));
  return posterior;
}

}  // namespace rehearse::experiment
