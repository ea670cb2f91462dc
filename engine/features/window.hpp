// SPDX-License-Identifier: GPL-3.0-or-later
//
// Windows: what a key did lately, as it was known at the time of each row. How many rows a user had
// in the last 24 hours, the click rate of a post in the last week, the hours since a user was last
// here. They are the features that go stale, hence the ones for which training and serving differ:
// see store.hpp. Definitions of what counts stand in history.hpp. TimeScope::known_before.
#pragma once

#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::features {

struct WindowOptions {
  std::vector<std::string> by = {};              // columns that make the key
  std::vector<double> hours = {24};              // lengths; 0: all that was before
  std::vector<std::string> measures = {"rows"};  // rows, sum, rate, hours_since
  std::string of = {};    // the column that sum and rate are of; may be a label
  double smoothing = 20;  // of a rate: weight, in rows, of the rate of all keys in the window
  std::string time = "time";
  std::string arrival = {};  // when a value of `of` became known; empty: at the row's own time
  double wait_hours = 0;
};

// The tables, taken as one history, with columns of role feature: `<key>_rows_24h`,
// `<key>_<of>_sum_24h`, `<key>_<of>_rate_24h` for each length (`_ever` for 0), and
// `<key>_hours_since`, missing where the key was never seen; a key of several columns is their
// names joined by `_x_`. O(n log n) a length. Errors: nothing to measure or an unknown measure; a
// length below 0; no `of` for sum or rate; a column is not there or not what is needed; cancelled.
Result<std::vector<Frame>> windows(std::span<const Frame> tables, const WindowOptions& options,
                                   const Progress& progress = {});

// Cold start: the best prior for a row, from the finest level that knows anything. Levels go from
// fine to coarse (user_id, community); the mean of all rows stands behind the last.
//
//   m_L = (Σ y_L + k · m_{L+1}) / (n_L + k)      from the coarsest level L down to the finest
//
// so that a user of two rows is nearly the community, one of two thousand nearly himself: the
// shrinkage of hierarchical models (Gelman, Hill 2006, ch. 12) with the strength k given and not
// fitted. TimeScope::known_before.
struct FallbackOptions {
  std::vector<std::string> levels = {};
  std::string label = {};
  double strength = 20;     // k ≥ 0, in rows
  double enough_rows = 20;  // a level knows a key from so many rows on
  bool shrink = true;       // false: the plain mean of the finest level that knows the key
  std::string name = "prior";
  std::string time = "time";
  std::string arrival = {};
};
// Columns `<name>_rate` and `<name>_level` (the finest level with enough rows, or `everybody`),
// both of role feature. Errors: no levels, more than 8; those of windows.
Result<std::vector<Frame>> fallback(std::span<const Frame> tables, const FallbackOptions& options,
                                    const Progress& progress = {});

}  // namespace rehearse::features
