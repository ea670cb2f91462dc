// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a slower and better model is worth: conversions gained by its quality against conversions
// lost by the wait. With the relative gain g of the model, Δ more milliseconds and an elasticity e
// (the share of conversions lost for each 100 ms),
//
//   rate = base (1 + g) (1 - e Δ / 100),   break-even  Δ* = 100 / e · (1 - 1 / (1 + g))
//
// e is measured by a slowdown experiment: arms that differ in nothing but an added delay. It costs
// the conversions it drives away, and gives e with the error of a weighted regression on the
// relative loss (Kohavi, Tang, Xu 2020, chapter 5).
//
// Model quality grows with the logarithm of its size and time with its size: gain
// g = a ln(1 + size), Δ = c · size. So there is a best size, and it is smaller the more a wait
// costs.
#pragma once

#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::serving {

struct LatencyLaw {
  double base = 0.2;         // conversion without delay, of the smallest model
  double elasticity = 0.01;  // of conversions, for each 100 ms
  double gain = 0.02;        // a: relative gain of a model of size e - 1 times the smallest
  double ms_per_size = 10;   // c
};

// Relative gain over the model of size 0. size ≥ 0 (asserted).
double quality_gain(const LatencyLaw& law, double size);
// Net relative change of conversions at that size; the elasticity may be another than the law's.
double net_gain(const LatencyLaw& law, double size, double elasticity);
// The size in [0, most] at which net_gain is greatest, by golden section (it has one maximum).
double best_size(const LatencyLaw& law, double elasticity, double most);
// Milliseconds that a relative gain pays for.
double break_even_ms(double gain, double elasticity);

struct SlowdownArm {
  double delay_ms = 0, users = 0, converted = 0;
};
struct Elasticity {
  double value = 0, standard_error = 0, low = 0, high = 0;  // 95%
};
// Conversions of `users` in each arm, drawn by the law. The first arm has no delay.
// Errors: no users, a delay negative or not finite, conversions that would fall below 0.
Result<std::vector<SlowdownArm>> simulate_slowdown(const LatencyLaw& law,
                                                   const std::vector<double>& delays_ms,
                                                   std::int64_t users, std::uint64_t seed,
                                                   std::uint64_t replicate = 0);
// Errors: fewer than two arms, the first with a delay, no other with one, an arm without
// conversions.
Result<Elasticity> estimate_elasticity(const std::vector<SlowdownArm>& arms);

}  // namespace rehearse::serving
