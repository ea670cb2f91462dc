// SPDX-License-Identifier: GPL-3.0-or-later
//
// Distributions by cohort: the curves to look at first, and the distances that say how far apart
// they are. Look before you test: with a hundred thousand rows every difference is significant, and
// only its size decides what to do.
//
// For two logs of different weeks, with noise floors and alerts, see monitor/compare.hpp.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/base/stop.hpp"
#include "engine/diagnose/groups.hpp"

namespace rehearse::diagnose {

// series, x, y: F(x) = share of the group's values ≤ x, at most `points` + 1 points a group, the
// least and the greatest value among them. Missing values do not count.
// Errors: no such column, texts, no value at all.
Result<Frame> ecdf_table(const Frame& rows, const std::string& column, const std::string& by,
                         std::size_t points = 200);

// series, lower, upper, x (the middle), y: share of the group's values in each of `bins` equal bins
// between the 0.5% and 99.5% quantile of all (values beyond are counted in the outer bins); with
// `log`, equal in ln and between the least and the greatest. Each group sums to 1, so that groups
// of different size can be laid over each other. Errors: as above; log and a value that is not
// positive.
Result<Frame> histogram_table(const Frame& rows, const std::string& column, const std::string& by,
                              int bins = 30, bool log = false);

// level, series, x (place of the level), count, share, low, high: the share of each level within
// each group, with its Wilson interval; the `most` largest levels and `other`. Any type of column.
Result<Frame> share_table(const Frame& rows, const std::string& column, const std::string& by,
                          std::size_t most = 12);

// One column in one group against all other groups (two groups: against the other, once).
// NaN where a statistic is not for this type.
struct GroupDistance {
  std::string column, type, group;
  std::size_t rows = 0, other_rows = 0;  // with a value
  double mean = 0, other_mean = 0;
  double ks = 0, cramers_v = 0, statistic = 0, p = 1, adjusted_p = 1;
  double wasserstein = 0, wasserstein_sd = 0;  // in the unit, and over the pooled deviation
  double js = 0;                               // bits, over deciles of the rest or over levels
  double missing = 0, other_missing = 0;       // shares
};

struct CompareOptions {
  std::string by;
  std::vector<std::string> columns;  // empty: all features, or all columns but ids, times, truth
  GroupOptions groups;
};
// KS with its p for numbers, χ² with Cramér's V for texts; p adjusted over all rows of the result
// (Benjamini, Hochberg). Rows are taken as independent: give one row a session.
// Errors: fewer than two groups, no column to compare. O(columns · groups · n log n).
Result<std::vector<GroupDistance>> compare_groups(const Frame& rows, const CompareOptions& options,
                                                  const Progress& progress = {});
Frame to_frame(const std::vector<GroupDistance>& distances);

// How unequal the classes of a 0/1 label are, and what a model that learned nothing would score:
// rows, positives, rate, imbalance_ratio (majority over minority), accuracy_of_never,
// average_precision_of_chance, log_loss_of_base_rate, rows_for_10_percent (rows until the rate is
// known to within a tenth of itself, one standard error). Errors: a label that is not 0 or 1, one
// class only.
Result<Frame> imbalance_table(std::span<const double> labels);

}  // namespace rehearse::diagnose
