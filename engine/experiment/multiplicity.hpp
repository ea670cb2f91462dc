// SPDX-License-Identifier: GPL-3.0-or-later
//
// Many comparisons: adjusted p-values, to be compared with α as they stand.
//
//   Bonferroni          m p                              any dependence; the family-wise error
//   Holm (1979)         max_{j ≤ i} (m - j + 1) p_(j)    the same promise, never weaker: prefer it
//   Benjamini-Hochberg  min_{j ≥ i} m p_(j) / j          the share of false findings among findings
//
// Holm for a decision by segment (one false ship is too many), Benjamini-Hochberg for a list of
// candidates that will be tested again. NaN stays NaN and does not count to m. Ties get the same
// value. O(m log m). Benjamini-Hochberg itself stands in engine/metrics/distance.hpp.
#pragma once

#include <span>
#include <vector>

namespace rehearse::experiment {

std::vector<double> bonferroni(std::span<const double> p);
std::vector<double> holm(std::span<const double> p);

}  // namespace rehearse::experiment
