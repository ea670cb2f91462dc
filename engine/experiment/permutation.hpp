// SPDX-License-Identifier: GPL-3.0-or-later
//
// Permutation test of the difference of means (Fisher 1935): if the treatment does nothing, the
// labels of the arms are arbitrary, so deal them again and count how often the difference is at
// least as large. It needs no distribution and no large sample, only that units were assigned one
// by one; with unequal variances it tests 'nothing happens to anybody', not 'the means are equal'.
//
//   sampled      p = (#{|T*| ≥ |T|} + 1) / (B + 1)   (Phipson, Smyth 2010: never 0)
//   enumerated   p = #{|T*| ≥ |T|} / C(n, m)         all splits, the observed one included
//
// Differences that are equal but for rounding count as equal.
#pragma once

#include <cstdint>
#include <span>

#include "engine/base/error.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::experiment {

struct PermutationTest {
  double observed = 0;  // mean of the treatment minus mean of the control
  double p = 1;
  std::uint64_t at_least = 0, splits = 0;  // counted, without the + 1
  bool enumerated = false;
};

inline constexpr std::uint64_t kMostSplits = 2'000'000;
// C(n, m), or kMostSplits + 1 where it is more than that.
std::uint64_t splits_of(std::uint64_t n, std::uint64_t m);

// Split b depends on (seed, b) alone. O(splits · smaller arm).
// Errors: an arm is empty, a value not finite, no splits, cancelled.
Result<PermutationTest> permutation_test(std::span<const double> control,
                                         std::span<const double> treatment, std::uint64_t splits,
                                         std::uint64_t seed, const Progress& progress = {});
// Errors: as above; more than kMostSplits splits.
Result<PermutationTest> exact_permutation_test(std::span<const double> control,
                                               std::span<const double> treatment,
                                               const Progress& progress = {});

}  // namespace rehearse::experiment
