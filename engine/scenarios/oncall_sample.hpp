// SPDX-License-Identifier: GPL-3.0-or-later
//
// What rows would tell an on-call: click rates by any grouping of the traffic (version, arm,
// country, a holdout), and request logs kept at 1% with the feature as it was served and as it is
// computed offline. The operations world is hourly; these draw the rows behind an hour from its
// rates, so that aggregates and rows agree within the noise of their counts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/frame.hpp"

namespace rehearse::scenarios {

struct Grouping {
  std::string by = "group";        // head of the first column
  std::vector<std::string> names;  // one to 40
  std::vector<double> shares;      // of traffic, positive
  std::vector<double> damage;      // how hard each is hit, against the others; ≥ 0
  int hours = 3;                   // back from the end of the tables, [1, 48]
  double kept = 1;                 // share of rows counted, (0, 1]
};

// A table: the group, impressions, clicks, usual CTR, CTR, low and high (95%, Wilson), change in %.
// The whole click rate of `broken` less that of `clean` is divided among the groups so that the
// weighted mean of `damage` is 1. Both tables end at the same hour and have their truth column or
// not. Errors: lists of different lengths, shares or damage out of range, no damage at all.
Result<Frame> group_rates(const Frame& broken, const Frame& clean, const Grouping& grouping,
                          std::uint64_t seed);

// What a row of a broken feature looks like.
enum class RowFault {
  none,
  null,     // online it is missing
  unit,     // online it is 1000 times the offline value
  stale,    // online it is what it was a day ago
  renamed,  // online it is a level that the encoder has never seen
  clipped   // online code clips at 30, training did not
};
// "none", "null", … Errors: another name.
Result<RowFault> parse_row_fault(const std::string& name);

struct SampleOptions {
  std::string column = "user_tenure_days";
  RowFault fault = RowFault::none;
  double affected = 0;  // share of rows, [0, 1]
  std::string segment;  // struck alone, then `affected` counts within it; empty: all
  int rows = 12;        // shown, [1, 200]
  double kept = 0.01;   // share of requests that are logged in full
};

struct LogSample {
  Frame lines;    // request, segment, online, offline, same, score
  Frame summary;  // segment, rows, "online missing, %", "differs, %"
};
// Of the last hour of the table.
Result<LogSample> sample_logs(const Frame& seen, const SampleOptions& options, std::uint64_t seed);

}  // namespace rehearse::scenarios
