// SPDX-License-Identifier: GPL-3.0-or-later
//
// The intercept of a logistic law whose mean is given: of worlds that are a table of pairs. A log
// of impressions, where rows are examined or not, has its own (intercept.hpp).
#pragma once

#include <span>

namespace rehearse::sim {

// b with Σ_i weight_i σ(b + log_odds_i) = mean Σ_i weight_i, by bisection to the last bits; -40 or
// 40 where it lies beyond. Sizes equal, not empty, mean in (0, 1) (asserted). O(60 n).
double intercept_of_mean(std::span<const double> log_odds, std::span<const double> weights,
                         double mean);

}  // namespace rehearse::sim
