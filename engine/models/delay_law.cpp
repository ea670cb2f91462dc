// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/delay_law.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace rehearse::models {
namespace {

constexpr double kLeastDelay = 1.0 / 3600, kLeastShape = 0.2, kMostShape = 5;

struct DelayData {
  std::span<const double> delays, elapsed, weights;
  double log_delays = 0;  // Σ ln delay
};

double floored_delay(double hours) { return std::max(hours, kLeastDelay); }

// (rate^shape) that is best for a shape.
double best_delay_scale(const DelayData& given, double shape) {
  double exposure = 0;
  for (const double delay : given.delays) exposure += std::pow(floored_delay(delay), shape);
  for (std::size_t i = 0; i < given.elapsed.size(); ++i)
    exposure += given.weights[i] * std::pow(std::max(0.0, given.elapsed[i]), shape);
  return static_cast<double>(given.delays.size()) / exposure;
}

// Log likelihood at the best rate of a shape, without what does not depend on the shape.
double delay_profile(const DelayData& given, double shape) {
  const auto n = static_cast<double>(given.delays.size());
  return n * std::log(shape) + n * std::log(best_delay_scale(given, shape)) +
         (shape - 1) * given.log_delays;
}

double best_delay_shape(const DelayData& given) {
  constexpr double kGolden = 0.6180339887498949;
  double low = std::log(kLeastShape), high = std::log(kMostShape);
  double a = high - kGolden * (high - low), b = low + kGolden * (high - low);
  double at_a = delay_profile(given, std::exp(a)), at_b = delay_profile(given, std::exp(b));
  while (high - low > 1e-4) {
    if (at_a > at_b) {
      high = b, b = a, at_b = at_a;
      a = high - kGolden * (high - low), at_a = delay_profile(given, std::exp(a));
    } else {
      low = a, a = b, at_a = at_b;
      b = low + kGolden * (high - low), at_b = delay_profile(given, std::exp(b));
    }
  }
  return std::exp(0.5 * (low + high));
}

Result<void> all_delay_times(std::span<const double> hours, const char* what) {
  for (std::size_t i = 0; i < hours.size(); ++i)
    if (!(hours[i] >= 0) || !std::isfinite(hours[i]))
      return fail(Code::bad_data, "{} {} is {:g} hours; it is at least 0", what, i + 1, hours[i]);
  return {};
}

}  // namespace

double DelayLaw::still_waiting(double hours) const {
  return hours <= 0 ? 1 : std::exp(-std::pow(rate * hours, shape));
}

double DelayLaw::mean_hours() const { return std::tgamma(1 + 1 / shape) / rate; }

double DelayLaw::log_density(double hours) const {
  return std::log(shape) + shape * std::log(rate) + (shape - 1) * std::log(hours) -
         std::pow(rate * hours, shape);
}

Result<DelayLaw> fit_delay_law(std::span<const double> delays, std::span<const double> elapsed,
                               std::span<const double> weights, bool free_shape) {
  if (delays.empty()) return fail(Code::bad_data, "no click has arrived: its delay is unknown");
  if (elapsed.size() != weights.size())
    return fail(Code::internal, "{} elapsed times and {} weights", elapsed.size(), weights.size());
  if (auto fine = all_delay_times(delays, "delay"); !fine) return fail(fine.error());
  if (auto fine = all_delay_times(elapsed, "elapsed time"); !fine) return fail(fine.error());
  DelayData given{delays, elapsed, weights};
  for (const double delay : delays) given.log_delays += std::log(floored_delay(delay));
  DelayLaw law;
  law.shape = free_shape ? best_delay_shape(given) : 1;
  law.rate = std::pow(best_delay_scale(given, law.shape), 1 / law.shape);
  return law;
}

Result<TruncatedDelays> TruncatedDelays::of(std::span<const double> delays,
                                            std::span<const double> elapsed) {
  if (delays.empty()) return fail(Code::bad_data, "no click has arrived: its delay is unknown");
  if (delays.size() != elapsed.size())
    return fail(Code::internal, "{} delays and {} elapsed times", delays.size(), elapsed.size());
  for (std::size_t i = 0; i < delays.size(); ++i)
    if (!(delays[i] >= 0 && delays[i] <= elapsed[i]))
      return fail(Code::bad_data, "click {} took {:g} of {:g} hours; a delay lies within", i + 1,
                  delays[i], elapsed[i]);
  std::vector<double> sorted(delays.begin(), delays.end()), bounds(elapsed.begin(), elapsed.end());
  std::sort(sorted.begin(), sorted.end());
  std::sort(bounds.begin(), bounds.end());
  // From the longest delay down: of the clicks that could have shown a delay of u (delay ≤ u ≤
  // elapsed), the share that did not.
  TruncatedDelays law;
  double share = 1;
  for (std::size_t end = sorted.size(); end > 0;) {
    const double u = sorted[end - 1];
    std::size_t begin = end;
    while (begin > 0 && sorted[begin - 1] == u) --begin;
    law.at_.push_back(u), law.share_.push_back(share);
    const auto too_young = static_cast<std::size_t>(
        std::lower_bound(bounds.begin(), bounds.end(), u) - bounds.begin());
    const double at_risk = static_cast<double>(end) - static_cast<double>(too_young);
    share *= 1 - static_cast<double>(end - begin) / at_risk;
    end = begin;
  }
  std::reverse(law.at_.begin(), law.at_.end());
  std::reverse(law.share_.begin(), law.share_.end());
  return law;
}

double TruncatedDelays::arrived_within(double hours) const {
  const auto above = std::upper_bound(at_.begin(), at_.end(), hours);
  return above == at_.begin() ? 0 : share_[static_cast<std::size_t>(above - at_.begin()) - 1];
}

}  // namespace rehearse::models
