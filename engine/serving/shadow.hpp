// SPDX-License-Identifier: GPL-3.0-or-later
//
// Shadow: the candidate scores the same requests as the model in service, and nobody sees its
// answers. What can be learned that way is how far the two agree, whether the candidate fails or is
// slow, and whether it is fed what it was trained on. What cannot be learned is what users would
// do: a model that everyone will dislike agrees with its own offline evaluation perfectly.
//
//   same decision     share of rows where both scores are on the same side of the threshold
//   rank correlation  Spearman's ρ, ties at their mean rank
//   differences       candidate minus live: mean, and quantiles (type 7)
//
// A copied request costs a second inference; the price is the share copied times the traffic.
#pragma once

#include <span>
#include <string>

#include "engine/base/error.hpp"

namespace rehearse::serving {

struct Agreement {
  std::size_t rows = 0;
  double same_decision = 0;
  double rank_correlation = 0;  // NaN where one of both is constant
  double mean_difference = 0;
  double p01 = 0, p05 = 0, p50 = 0, p95 = 0, p99 = 0;  // of the difference
  double greatest = 0;                                 // |difference|
};

// O(n log n). Errors: sizes differ, empty, a score is not finite (which row).
Result<Agreement> agreement(std::span<const double> live, std::span<const double> candidate,
                            double threshold);

// Spearman's ρ; NaN where one of both is constant. Sizes must agree (asserted). O(n log n).
double rank_correlation(std::span<const double> a, std::span<const double> b);

}  // namespace rehearse::serving
