// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a log tells about a key (a user, a community, a pair) at the moment of each of its rows:
// how many rows it had, and what their values sum to, as far as that was known then. Time-aware
// target encodings, windows of counts and rates, recency and cold-start priors are all read off it.
//
// With t the row's time, w the wait and N the window, row j of the same key counts for the row at t
//
//   as a row     when  t_j + w < t                        and  t_j ≥ t - N
//   by its value when  t_j + w < t  and  known_j ≤ t      and  t_j ≥ t - N
//
// so that rows of one instant (a slate) never see each other, and a click counts from its arrival
// on. Until then its row stands as a row without a click, as it does in every live system: with
// clicks that are slow and a wait of 0, fresh rates are a little low.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::features {

inline constexpr std::int64_t kNeverKnown = std::numeric_limits<std::int64_t>::max();
inline constexpr std::int64_t kNoRowBefore = std::numeric_limits<std::int64_t>::min();

// Parallel arrays, a place a row, in any order of time; microseconds.
struct HistoryLog {
  std::span<const std::int64_t> time;
  std::span<const std::int64_t> known;  // when the value is known; kNeverKnown: not in this log
  std::span<const double> value;        // finite
  std::span<const std::int32_t> key;    // 0 … keys - 1
  std::size_t keys = 0;
};
struct HistoryOptions {
  std::int64_t window = 0;  // N; 0: all that was before
  std::int64_t wait = 0;    // w ≥ 0
};

// A place a row.
struct History {
  std::vector<double> rows, sum;          // of the row's key
  std::vector<double> all_rows, all_sum;  // of all keys together
  std::vector<std::int64_t> last;         // time of the key's latest row that counts, whatever
                                          // the window; kNoRowBefore if there is none
};

// O(n log n). A value of 0 needs no arrival: it changes no sum. Sums of whole numbers are exact;
// others lose a few last digits as values leave the window.
// Errors: cancelled.
Result<History> known_before(const HistoryLog& log, const HistoryOptions& options,
                             const Progress& progress = {});

// The estimate of a group's mean from `sum` over `rows`, drawn towards a prior that weighs as much
// as `strength` rows (Micci-Barreca 2001; the m-estimate of Cestnik 1990).
inline double m_estimate(double sum, double rows, double prior, double strength) {
  return rows + strength > 0 ? (sum + strength * prior) / (rows + strength) : prior;
}

}  // namespace rehearse::features
