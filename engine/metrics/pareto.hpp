// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which of several options nobody beats: the Pareto front (Pareto 1896; the algorithm for two
// objectives is that of Kung, Luccio, Preparata 1975). One option beats another when it is at least
// as good in every objective and better in one. Use it where objectives pull apart and nobody has
// said what one is worth in units of another; once somebody has, a weighted sum is simpler. Options
// that are equal in everything do not beat each other: all of them are on the front.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::metrics {

enum class Better { high, low };

struct Objective {
  std::span<const double> values;  // a number for each option
  Better better = Better::high;
};

// 1 where the option is on the front. An option with an undefined (NaN) objective is not on it and
// beats nobody; infinities count as they stand. O(n log n) for one and two objectives, O(n²) per
// objective for more. Errors: no objective; their lengths differ.
Result<std::vector<std::uint8_t>> pareto_front(std::span<const Objective> objectives);

}  // namespace rehearse::metrics
