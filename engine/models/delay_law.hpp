// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long clicks take to become known, learned from clicks that did.
//
// The trap is truncation: a click of an hour ago can only be in the data if its delay was below an
// hour, so the delays one sees are too short, and the shorter the younger the rows are. Two ways
// out: the law without a form, by the reverse product-limit of right-truncated data (Lagakos,
// Barraj, De Gruttola 1988), and a Weibull law fitted jointly with the clicks still expected
// (delayed.hpp):
//
//   P(delay > t) = exp(-(rate t)^shape)      shape 1: exponential, Chapelle's (2014)
//
// Hours throughout.
#pragma once

#include <span>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::models {

struct DelayLaw {
  double rate = 1.0 / 6, shape = 1;
  // P(delay > hours); 1 for hours ≤ 0.
  double still_waiting(double hours) const;
  double mean_hours() const;
  // log density at hours > 0.
  double log_density(double hours) const;
};

// Maximizes Σ_clicks log f(delay) + Σ_others weight · log S(elapsed): an M step, with the weights
// the belief that the click is still on the way. Free shape in [0.2, 5] by golden section, or
// fixed; the rate in closed form. Delays of 0 count as a second.
// Errors: no delay, sizes that differ, a delay or elapsed time that is negative or not finite.
Result<DelayLaw> fit_delay_law(std::span<const double> delays, std::span<const double> elapsed,
                               std::span<const double> weights, bool free_shape);

// P(delay ≤ t | delay ≤ longest elapsed), a step function that is right for truncated data.
class TruncatedDelays {
 public:
  // delay ≤ elapsed for each click. Errors: no clicks, sizes differ, delay above elapsed. O(n log
  // n).
  static Result<TruncatedDelays> of(std::span<const double> delays,
                                    std::span<const double> elapsed);
  double arrived_within(double hours) const;

 private:
  std::vector<double> at_, share_;  // ascending; share_[i] holds from at_[i] on
};

}  // namespace rehearse::models
