// SPDX-License-Identifier: GPL-3.0-or-later
//
// Always-valid inference: p-values and intervals that hold however often one looks, and whenever
// one stops. The mixture sequential probability ratio test (Robbins 1970; Johari, Koomen, Pekelis,
// Walsh 2017) averages the likelihood ratio over effects from N(0, τ²). With an estimate d whose
// variance is V now (and shrinks as data comes in)
//
//   Λ = √(V / (V + τ²)) exp(τ² d² / (2 V (V + τ²))),   p = min over all looks of min(1, 1 / Λ)
//   |d - δ| ≤ √(2 V (V + τ²) / τ² · (ln(1/α) + ln(1 + τ²/V) / 2))   at all times, with 1 - α
//
// the second being the confidence sequence: intervals that cover the truth at every look at once.
// By Ville's inequality a true null is rejected with probability at most α even on an infinite
// stream. The price is a wider interval at any one look than a plan of K looks would need.
//
// Use it where people will look at a dashboard every hour whatever the plan says. Where looks are
// few and planned, spending.hpp has more power. τ should be about the size of effects that are
// expected; what matters is the information at which the interval is narrowest (`tuned_mixture`).
#pragma once

#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::experiment {

// All: variance > 0, mixture (τ) > 0, alpha in (0, 1) (asserted).

// ln Λ for an estimate and its variance.
double mixture_log_ratio(double estimate, double variance, double mixture);
// The bound of |Z| = |d| / √V that the rule Λ ≥ 1/α sets at this variance.
double mixture_bound(double variance, double mixture, double alpha);
// Half-width of the confidence sequence: mixture_bound × √V.
double mixture_half_width(double variance, double mixture, double alpha);
// τ for which the interval is narrowest where the estimate's variance is `variance`:
// τ² / V = -W₋₁(-α² / e) - 1, Lambert's function (Howard, Ramdas, McAuliffe, Sekhon 2021).
double tuned_mixture(double variance, double alpha);

struct AlwaysValid {
  std::vector<double> p;          // never rises
  std::vector<double> low, high;  // running intersection of the intervals
};
// One estimate with its variance for each look, in order. O(n).
// Errors: sizes differ, a variance not above 0, an estimate not finite, mixture not above 0, alpha
// outside (0, 1).
Result<AlwaysValid> always_valid(const std::vector<double>& estimate,
                                 const std::vector<double>& variance, double mixture, double alpha);

}  // namespace rehearse::experiment
