// SPDX-License-Identifier: GPL-3.0-or-later
//
// Crossing probabilities of a test that is looked at several times: with which probability does the
// statistic first leave its bounds at each look? By numerical integration over what has not stopped
// yet (Armitage, McPherson, Rowe 1969; Jennison, Turnbull 2000, chapter 19).
//
// Let t_k be the information at look k as a share of what the longest test has, and
// B(t_k) = Z_k √t_k. Whatever is tested (a mean, a difference of rates), B has independent normal
// increments of variance t_k - t_{k-1} and mean θ (t_k - t_{k-1}), where the drift θ is the mean of
// Z at t = 1: 0 without an effect, z_{1-α/2} + z_{1-β} for the effect that a fixed test finds with
// power 1 - β. So every rule that stops by Z, however it was derived, has an exact price: its false
// positives are the crossings under θ = 0, its power and its duration those under θ > 0.
//
// The integral is Gauss's on each look's region; the integrand is analytic, so a few points for
// each standard deviation of an increment give twelve digits. O(Σ n_k n_{k-1}), n_k ~ 6 × (width of
// the region over the standard deviation of the smaller neighbouring increment).
//
// Use it where information is known at each look. Where data may be read after every single event,
// use an always-valid rule (always_valid.hpp), which needs no list of looks.
#pragma once

#include <limits>
#include <span>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::experiment {

// Bounds of Z at one look; crossing either stops the test.
struct Bounds {
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();
};
// The same bound on both sides.
std::vector<Bounds> two_sided(std::span<const double> z);

// For each look the probability to stop there, and not before, by either bound.
struct Crossing {
  std::vector<double> upper, lower;

  double total_upper() const;
  double total() const;                    // either bound, at any look
  std::vector<double> cumulative() const;  // either bound, up to each look
};

// Errors: no looks, another number of bounds, information not increasing in (0, 1], a lower bound
// not below its upper one, a drift not finite or beyond ±50, looks so close together that the
// integral would need more than 3,000 points.
Result<Crossing> crossing(std::span<const double> information, std::span<const Bounds> bounds,
                          double drift = 0);

// Expected information when the test ends, as a share of the longest: Σ t_k P(stop at k), the last
// look ends it in any case. Sizes must agree (asserted).
double expected_information(std::span<const double> information, const Crossing& crossing);

// The drift at which the upper bounds are crossed with probability `power`.
// Errors: those of crossing; a power not between the false positive rate and 0.9999.
Result<double> drift_for_power(std::span<const double> information, std::span<const Bounds> bounds,
                               double power);

// k / K for k = 1 … K. K ≥ 1 (asserted).
std::vector<double> equal_looks(int looks);

// For each look the least c ≥ 0 such that what has not stopped before leaves ±c there with
// probability spends[k]; infinite where that is too small to be represented (below 1e-250).
// Errors: those of crossing; a spend outside [0, 1), or more than has not stopped yet.
Result<std::vector<double>> bounds_that_spend(std::span<const double> information,
                                              std::span<const double> spends);

}  // namespace rehearse::experiment
