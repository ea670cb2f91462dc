// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ranked lists judged with their doubt: nDCG of each list, the mean with a bootstrap interval over
// lists, and what the difference of two scorers on the same lists is worth.
//
//   difference = mean_l (nDCG_a(l) - nDCG_b(l))        paired, since lists differ more than scorers
//   lists needed = (z_{α/2} + z_β)² sd² / difference²  for α = .05 and a power of .8
//
// sd is that of the paired differences: how many lists it takes to see a difference as large as the
// one measured (Sakai 2014). A difference that was itself found with few lists makes a poor guess.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/metrics/scored.hpp"

namespace rehearse::recommend {

// nDCG@k of each list (gain 2^rel - 1), NaN for one without a relevant candidate; `list` is a code
// a row, in any order; `lists` are how many there are. Ties by row order. Sizes equal, codes below
// `lists` (asserted). O(n log n).
std::vector<double> ndcg_by_list(std::span<const std::uint32_t> list, std::size_t lists,
                                 std::span<const double> relevance, std::span<const double> scores,
                                 std::size_t k);

struct MeanWithInterval {
  double mean = 0, low = 0, high = 0;  // percentiles 2.5 and 97.5 of resampled means
  double standard_deviation = 0;       // of the values, ddof 1
  std::size_t lists = 0;               // that count: NaN are left out
};
// Resampled with the same draws whatever the values, so that two scorers meet the same lists.
// Errors: fewer than 2 values that are not NaN, no resample. O(resamples · values).
Result<MeanWithInterval> mean_with_interval(std::span<const double> values, int resamples,
                                            std::uint64_t seed);

// How many lists show a mean difference of `difference` with the power above; infinite for 0.
double lists_needed(double difference, double standard_deviation);

}  // namespace rehearse::recommend
