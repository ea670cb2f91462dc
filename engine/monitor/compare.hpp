// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two tables compared column by column: which inputs have moved, by how much, and whether that is
// more than chance. Read the effect size (PSI, KS distance, Cramér's V) before the p-value: with
// enough rows every p-value is tiny.
#pragma once

#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/json.hpp"
#include "engine/base/stop.hpp"
#include "engine/monitor/psi.hpp"

namespace rehearse::monitor {

struct DriftOptions {
  int bins = 10;
  double false_discovery_rate = 0.05;
  std::uint64_t seed = 1;
};

// Levels that one of the tables does not have: how many, and the most frequent 20 of them, by count
// and then by name.
struct Levels {
  std::size_t count = 0;
  std::vector<std::string> named;
};

// NaN where a statistic is not for this type of column.
struct ColumnDrift {
  std::string name, type;  // numeric | categorical
  double psi = 0, ks = 0, ks_p = 0, chi2 = 0, chi2_p = 0, cramers_v = 0, wasserstein = 0, kl = 0,
         js = 0;
  double missing_reference = 0, missing_current = 0;
  double adjusted_p = 0;  // of KS or χ², across columns (Benjamini, Hochberg)
  NoiseFloor noise_floor;
  Levels new_levels, vanished_levels;  // of categorical columns
  bool alert = false;
  std::string why;  // of the alert, or why nothing could be compared
};

struct DriftReport {
  std::vector<ColumnDrift> columns;
};

// Columns of both tables with the same name; ids, times and truth are left out by role. A column is
// an alert when its PSI is above the 95% point of its noise floor and its adjusted p below the
// rate, or when the share of its missing values moved by a point or more and a χ² test of that,
// adjusted across columns too, is below the rate. A column without one value is of the other's
// kind. Errors: no column in common, a column that is text in one and numbers in the other, no
// rows. O(n log n) a column.
Result<DriftReport> compare(const Frame& reference, const Frame& current,
                            const DriftOptions& options = {}, const Progress& progress = {});

// The keys of `analyze drift`.
Json to_json(const DriftReport& report);
Frame to_frame(const DriftReport& report);

// PSI of one numeric column day by day against a reference: day, rows, psi, noise_mean, noise_95,
// alarm. At most `max_rows` of each day (and of the reference) are used, by a seeded draw.
// Errors: no such column, not numeric, no column `day`.
struct DailyPsiOptions {
  int bins = 10;
  std::size_t max_rows = 1000000;
  std::uint64_t seed = 1;
};
Result<Frame> psi_by_day(const Frame& reference, const Frame& log, const std::string& column,
                         const DailyPsiOptions& options = {});

}  // namespace rehearse::monitor
