// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/crossing.hpp"

#include <boost/math/tools/roots.hpp>
#include <cassert>
#include <cmath>
#include <numbers>
#include <numeric>

#include "engine/base/random.hpp"
#include "engine/experiment/tails.hpp"

namespace rehearse::experiment {
namespace {

// Beyond these the density is taken as zero: 1e-21 for a region without a bound.
constexpr double kUnboundedDeviations = 9.5, kFarthestBound = 38, kLeastSpend = 1e-250;
constexpr std::size_t kLeastPoints = 24, kMostPoints = 3000;
constexpr double kPointsPerDeviation = 6;

// Nodes and weights of Gauss and Legendre on [-1, 1], by Newton's method on P_n.
struct GaussRule {
  std::vector<double> node, weight;
};

GaussRule gauss_rule(std::size_t n) {
  GaussRule rule{std::vector<double>(n), std::vector<double>(n)};
  for (std::size_t i = 0; i < (n + 1) / 2; ++i) {
    double x = std::cos(std::numbers::pi * (static_cast<double>(i) + 0.75) /
                        (static_cast<double>(n) + 0.5));
    double slope = 1;
    for (int step = 0; step < 100; ++step) {
      double p = 1, before = 0;
      for (std::size_t j = 0; j < n; ++j) {
        const double k = static_cast<double>(j),
                     next = ((2 * k + 1) * x * p - k * before) / (k + 1);
        before = p, p = next;
      }
      slope = static_cast<double>(n) * (x * p - before) / (x * x - 1);
      const double move = p / slope;
      x -= move;
      if (std::abs(move) < 1e-15) break;
    }
    rule.node[i] = -x, rule.node[n - 1 - i] = x;
    rule.weight[i] = rule.weight[n - 1 - i] = 2 / ((1 - x * x) * slope * slope);
  }
  return rule;
}

// What has not stopped before a look: its density on the nodes of that look's region, times the
// weights, so that a sum over the nodes is the integral.
struct Survivors {
  std::vector<double> at, mass;
};

struct Region {
  double low = 0, high = 0;
};

Region region_of(const Bounds& bounds, double information, double drift) {
  const double sd = std::sqrt(information), mean = drift * information;
  const auto edge = [&](double bound, double sign) {
    if (std::isfinite(bound) && std::abs(bound) <= kFarthestBound) return bound * sd;
    return sign * (kUnboundedDeviations * sd + std::max(0.0, sign * mean));
  };
  return {edge(bounds.lower, -1), edge(bounds.upper, 1)};
}

class Integration {
 public:
  Integration(std::span<const double> information, double drift)
      : information_(information), drift_(drift) {}

  // Probability that the look `k` finds B at or above (sign 1), or at or below (sign -1) `bound`.
  double beyond(std::size_t k, double bound, double sign) const {
    if (std::isinf(bound)) return 0;
    const double sd = std::sqrt(step(k)), edge = bound * std::sqrt(information_[k]);
    if (k == 0) return normal_cdf(sign * (drift_ * information_[0] - edge) / sd);
    double sum = 0;
    for (std::size_t i = 0; i < now_.at.size(); ++i)
      sum += now_.mass[i] * normal_cdf(sign * (now_.at[i] + drift_ * step(k) - edge) / sd);
    return sum;
  }

  // Goes on inside the bounds of look k. Errors: too many points.
  Result<void> advance(std::size_t k, const Bounds& bounds) {
    const Region region = region_of(bounds, information_[k], drift_);
    const double finest =
        std::sqrt(k + 1 < information_.size() ? std::min(step(k), step(k + 1)) : step(k));
    const double half = (region.high - region.low) / 2;
    const auto wanted = kPointsPerDeviation * half / finest;
    if (wanted > static_cast<double>(kMostPoints))
      return fail(Code::invalid_argument,
                  "looks {} and {} lie too close together for the integral; leave one out", k + 1,
                  k + 2);
    const GaussRule rule = gauss_rule(kLeastPoints + static_cast<std::size_t>(wanted));
    Survivors next;
    const double sd = std::sqrt(step(k));
    for (std::size_t j = 0; j < rule.node.size(); ++j) {
      const double b = region.low + half * (1 + rule.node[j]);
      next.at.push_back(b);
      next.mass.push_back(density(k, b, sd) * rule.weight[j] * half);
    }
    now_ = std::move(next);
    return {};
  }

 private:
  double step(std::size_t k) const {
    return k == 0 ? information_[0] : information_[k] - information_[k - 1];
  }
  double density(std::size_t k, double b, double sd) const {
    const double shift = b - drift_ * step(k), scale = 1 / sd;
    if (k == 0) return normal_density(shift * scale) * scale;
    double sum = 0;
    for (std::size_t i = 0; i < now_.at.size(); ++i) {
      const double z = (shift - now_.at[i]) * scale;
      sum += now_.mass[i] * std::exp(-0.5 * z * z);
    }
    return sum * scale * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
  }

  std::span<const double> information_;
  double drift_;
  Survivors now_;
};

Result<void> check_looks(std::span<const double> information) {
  if (information.empty()) return fail(Code::invalid_argument, "a test needs at least one look");
  double before = 0;
  for (std::size_t k = 0; k < information.size(); ++k) {
    if (!(information[k] > before) || !(information[k] <= 1 + 1e-12))
      return fail(Code::invalid_argument,
                  "the information at look {} is {}; it must grow from look to look, as a share of "
                  "the longest test (up to 1)",
                  k + 1, information[k]);
    before = information[k];
  }
  return {};
}

Result<void> check_bounds(std::span<const Bounds> bounds) {
  for (std::size_t k = 0; k < bounds.size(); ++k)
    if (!(bounds[k].lower < bounds[k].upper))
      return fail(Code::invalid_argument, "at look {} the lower bound {} is not below the upper {}",
                  k + 1, bounds[k].lower, bounds[k].upper);
  return {};
}

// The bound of look k where `integration` has come to it.
Result<double> bound_that_spends(const Integration& integration, std::size_t k, double spend) {
  if (!(spend >= 0 && spend < 1))
    return fail(Code::invalid_argument, "cannot spend {} at look {}", spend, k + 1);
  if (spend < kLeastSpend) return std::numeric_limits<double>::infinity();
  if (k == 0) return -normal_quantile(spend / 2);
  // In logarithms: the tail falls over hundreds of orders of magnitude.
  const auto excess = [&](double c) {
    const double p = integration.beyond(k, c, 1) + integration.beyond(k, -c, -1);
    return std::log(std::max(p, 1e-300)) - std::log(spend);
  };
  if (excess(0) < 0)
    return fail(Code::invalid_argument, "cannot spend {} at look {}: less has not stopped", spend,
                k + 1);
  std::uintmax_t steps = 100;
  const auto root = boost::math::tools::toms748_solve(
      excess, 0.0, kFarthestBound, boost::math::tools::eps_tolerance<double>(48), steps);
  return (root.first + root.second) / 2;
}

}  // namespace

std::vector<Bounds> two_sided(std::span<const double> z) {
  std::vector<Bounds> bounds;
  for (const double c : z) bounds.push_back({-c, c});
  return bounds;
}

double Crossing::total_upper() const { return std::accumulate(upper.begin(), upper.end(), 0.0); }

double Crossing::total() const {
  return std::accumulate(lower.begin(), lower.end(), total_upper());
}

std::vector<double> Crossing::cumulative() const {
  std::vector<double> sums;
  double sum = 0;
  for (std::size_t k = 0; k < upper.size(); ++k) sums.push_back(sum += upper[k] + lower[k]);
  return sums;
}

Result<Crossing> crossing(std::span<const double> information, std::span<const Bounds> bounds,
                          double drift) {
  if (auto sound = check_looks(information); !sound) return fail(sound.error());
  if (auto sound = check_bounds(bounds); !sound) return fail(sound.error());
  if (bounds.size() != information.size())
    return fail(Code::invalid_argument, "{} bounds for {} looks", bounds.size(),
                information.size());
  if (!(std::abs(drift) <= 50))
    return fail(Code::invalid_argument, "a drift of {} is not between -50 and 50", drift);
  Integration integration(information, drift);
  Crossing result;
  for (std::size_t k = 0; k < information.size(); ++k) {
    result.upper.push_back(integration.beyond(k, bounds[k].upper, 1));
    result.lower.push_back(integration.beyond(k, bounds[k].lower, -1));
    if (k + 1 == information.size()) break;
    if (auto gone_on = integration.advance(k, bounds[k]); !gone_on) return fail(gone_on.error());
  }
  return result;
}

double expected_information(std::span<const double> information, const Crossing& crossing) {
  assert(information.size() == crossing.upper.size());
  double sum = 0, stopped = 0;
  for (std::size_t k = 0; k + 1 < information.size(); ++k) {
    const double here = crossing.upper[k] + crossing.lower[k];
    sum += information[k] * here, stopped += here;
  }
  return sum + information.back() * (1 - stopped);
}

Result<double> drift_for_power(std::span<const double> information, std::span<const Bounds> bounds,
                               double power) {
  auto null = crossing(information, bounds);
  if (!null) return fail(null.error());
  if (!(power > null->total_upper() && power <= 0.9999))
    return fail(Code::invalid_argument,
                "a power of {} is not between the false positive rate and 0.9999", power);
  double low = 0, high = 1;
  const auto excess = [&](double drift) {
    return crossing(information, bounds, drift)->total_upper() - power;
  };
  while (excess(high) < 0 && high < 40) low = high, high *= 1.5;
  if (excess(high) < 0)
    return fail(Code::bad_data, "no effect of a plausible size is found with power {}", power);
  std::uintmax_t steps = 60;
  const auto root = boost::math::tools::toms748_solve(
      excess, low, high, boost::math::tools::eps_tolerance<double>(40), steps);
  return (root.first + root.second) / 2;
}

std::vector<double> equal_looks(int looks) {
  assert(looks >= 1);
  std::vector<double> information;
  for (int k = 1; k <= looks; ++k) information.push_back(static_cast<double>(k) / looks);
  return information;
}

Result<std::vector<double>> bounds_that_spend(std::span<const double> information,
                                              std::span<const double> spends) {
  if (auto sound = check_looks(information); !sound) return fail(sound.error());
  if (spends.size() != information.size())
    return fail(Code::invalid_argument, "{} spends for {} looks", spends.size(),
                information.size());
  Integration integration(information, 0);
  std::vector<double> bounds;
  for (std::size_t k = 0; k < spends.size(); ++k) {
    auto bound = bound_that_spends(integration, k, spends[k]);
    if (!bound) return fail(bound.error());
    bounds.push_back(*bound);
    if (k + 1 == spends.size()) break;
    if (auto gone_on = integration.advance(k, {-*bound, *bound}); !gone_on)
      return fail(gone_on.error());
  }
  return bounds;
}

}  // namespace rehearse::experiment
