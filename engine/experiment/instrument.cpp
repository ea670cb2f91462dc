// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/instrument.hpp"

#include <cmath>
#include <vector>

namespace rehearse::experiment {
namespace {

// Means, variances and covariance of taking and outcome in one arm.
struct ArmMoments {
  Sample taken, outcome;
  double covariance = 0;
};

Result<ArmMoments> moments_of(const Compliance& data, std::uint8_t arm) {
  std::vector<double> taken, outcome;
  for (std::size_t i = 0; i < data.assigned.size(); ++i)
    if ((data.assigned[i] != 0) == (arm != 0))
      taken.push_back(data.taken[i]), outcome.push_back(data.outcome[i]);
  if (taken.size() < 2)
    return fail(Code::bad_data, "{} has {} units; two are the least",
                arm ? "the treatment" : "the control", taken.size());
  const auto d = sample_of(taken), y = sample_of(outcome);
  if (!d) return fail(d.error());
  if (!y) return fail(y.error());
  ArmMoments moments{*d, *y, 0};
  for (std::size_t i = 0; i < taken.size(); ++i)
    moments.covariance += (taken[i] - d->mean) * (outcome[i] - y->mean) / (d->n - 1);
  return moments;
}

// Two groups chosen by a condition; undefined where one has fewer than two units.
template <class InFirst, class InSecond>
Contrast two_groups(const Compliance& data, InFirst control, InSecond treatment, double level) {
  std::vector<double> groups[2];
  for (std::size_t i = 0; i < data.outcome.size(); ++i) {
    if (control(i)) groups[0].push_back(data.outcome[i]);
    if (treatment(i)) groups[1].push_back(data.outcome[i]);
  }
  Contrast none;
  none.why = none.relative_why = "nobody is in one of the two groups";
  if (groups[0].size() < 2 || groups[1].size() < 2) return none;
  return welch(groups[0], groups[1], level).value_or(none);
}

// {b : (Dy - b Dd)² ≤ q² (Vyy - 2 b Vyd + b² Vdd)}.
void add_anderson_rubin(Instrumented& result, double dy, double dd, double vyy, double vyd,
                        double vdd, double quantile) {
  const double q = quantile * quantile, a = dd * dd - q * vdd, b = dy * dd - q * vyd,
               c = dy * dy - q * vyy, inside = b * b - a * c;
  result.anderson_rubin_bounded = a > 0 && inside >= 0;
  if (!result.anderson_rubin_bounded) return;
  result.anderson_rubin_low = (b - std::sqrt(inside)) / a;
  result.anderson_rubin_high = (b + std::sqrt(inside)) / a;
}

}  // namespace

Result<Instrumented> instrumented(const Compliance& data, double level) {
  const std::size_t n = data.outcome.size();
  if (data.assigned.size() != n || data.taken.size() != n)
    return fail(Code::invalid_argument, "{} outcomes, {} assignments and {} takings", n,
                data.assigned.size(), data.taken.size());
  for (std::size_t i = 0; i < n; ++i)
    if (!std::isfinite(data.outcome[i]) || !std::isfinite(data.taken[i]))
      return fail(Code::bad_data, "unit {}: outcome {} and taking {} must be finite", i + 1,
                  data.outcome[i], data.taken[i]);
  const auto quantile = two_sided_quantile(level);
  if (!quantile) return fail(quantile.error());
  const auto c = moments_of(data, 0), t = moments_of(data, 1);
  if (!c) return fail(c.error());
  if (!t) return fail(t.error());
  Instrumented result;
  auto intention = welch(c->outcome, t->outcome, level), first = welch(c->taken, t->taken, level);
  if (!intention) return fail(intention.error());
  if (!first) return fail(first.error());
  result.intention = *intention, result.first_stage = *first;
  const double dd = first->absolute;
  if (dd == 0)
    return fail(Code::bad_data,
                "both arms take the treatment equally often: the assignment is no instrument");
  result.per_protocol = two_groups(
      data, [&](auto i) { return !data.assigned[i] && data.taken[i] == 0; },
      [&](auto i) { return data.assigned[i] && data.taken[i] != 0; }, level);
  result.as_treated = two_groups(
      data, [&](auto i) { return data.taken[i] == 0; }, [&](auto i) { return data.taken[i] != 0; },
      level);
  const double vyy = c->outcome.variance / c->outcome.n + t->outcome.variance / t->outcome.n,
               vdd = c->taken.variance / c->taken.n + t->taken.variance / t->taken.n,
               vyd = c->covariance / c->taken.n + t->covariance / t->taken.n;
  const double effect = intention->absolute / dd;
  Estimated e;
  e.control = e.treatment = Contrast::kUndefined;
  e.absolute = effect;
  e.standard_error =
      std::sqrt(std::max(0.0, vyy - 2 * effect * vyd + effect * effect * vdd)) / std::abs(dd);
  auto compliers = contrast_of(e, level);
  if (!compliers) return fail(compliers.error());
  result.compliers = std::move(*compliers);
  result.compliers.relative_why = "an effect on compliers has no baseline that was seen";
  result.first_stage_f = vdd > 0 ? dd * dd / vdd : std::numeric_limits<double>::infinity();
  result.weak = result.first_stage_f < 10;
  add_anderson_rubin(result, intention->absolute, dd, vyy, vyd, vdd, *quantile);
  return result;
}

}  // namespace rehearse::experiment
