// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sample ratio mismatch: are the arms as large as they were planned to be? χ² of the counts against
// the planned weights, with (arms - 1) degrees of freedom (Fabijan et al. 2019). Users are assigned
// by a coin that does not know the outcome; if the coin's counts are off, something removed users
// from one arm (a crash, a redirect, a bot filter, a broken join), and those removed are seldom
// like those left. So p < 0.001 blocks the verdict: no effect is read before the cause is found.
#pragma once

#include <span>
#include <string>

#include "engine/base/error.hpp"

namespace rehearse::experiment {

inline constexpr double kSrmLevel = 0.001;

struct SampleRatio {
  double statistic = 0, p = 1;
  int degrees = 0;
  bool blocked() const { return p < kSrmLevel; }
};
// Weights need not sum to 1; empty means equal. An arm of weight 0 must have no units.
// Errors: fewer than two arms, sizes differ, a count or weight negative or not finite, all counts
// 0, all weights 0, units in an arm of weight 0.
Result<SampleRatio> sample_ratio(std::span<const double> counts,
                                 std::span<const double> weights = {});

}  // namespace rehearse::experiment
