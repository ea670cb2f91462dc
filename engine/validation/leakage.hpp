// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tests for leakage: does a column know what could not be known when the prediction was made? No
// test proves that it does; each is a symptom with a reason, and the reason is what you look up in
// the pipeline that makes the column.
//
//   alone       its AUC by itself, out of fold. Honest features of a rare click stay far below 0.9.
//   late        moments in the column that lie after the row's own time.
//   lagged      for a column about the user: its AUC alone, now and as it was in the user's
//               earlier session. What keeps its power was known before; what loses it is of the
//               moment, or of after it.
//   permuted    how much the metric suffers when the column is shuffled (Breiman 2001; Fisher,
//               Rudin, Dominici 2019), whole users at a time where rows of one user share it.
//
// Dropping a column and training again (ablation) needs a trainer: see leakage_hunt in scenarios.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/metrics/scored.hpp"

namespace rehearse::validation {

// AUC of one column's power alone: values become at most 32 bins of equal counts (levels, where it
// is a text; missing cells are one more), each bin the smoothed mean label of the *other* half of
// the rows (halves by user where `clusters` is given), so that a column of many levels earns
// nothing by remembering. Undefined with one class. Labels 0 or 1, as many as rows (asserted).
Result<metrics::Measure> auc_alone(const Column& column, std::span<const double> labels,
                                   std::span<const std::uint64_t> clusters, std::uint64_t seed);

// Share of rows whose moment in `column` is later than the row's `time`; nothing where the column
// holds no moments or the table no `time`. A missing moment is not late.
std::optional<double> late_share(const Frame& rows, const Column& column);

// For each row the last earlier row of the same cluster at another moment, or none. Rows in order
// of time (that is not checked). `times` empty: each row is a moment of its own.
std::vector<std::optional<std::uint32_t>> earlier_rows(std::span<const std::uint64_t> clusters,
                                                       std::span<const std::int64_t> times);

// Whether at least 98% of the rows agree in `column` with the row before of the same cluster and
// moment: a column about the user (or session) and not about what was shown.
bool about_cluster(const Column& column, std::span<const std::uint64_t> clusters,
                   std::span<const std::int64_t> times);

// The table with one column shuffled over its rows; with `clusters`, the values of a cluster's rows
// go together to another cluster's (the i-th row takes the i-th, again from the first where that
// has fewer). Errors: no such column.
Result<Frame> with_shuffled(const Frame& rows, const std::string& column,
                            std::span<const std::uint64_t> clusters, std::uint64_t seed,
                            std::uint64_t repeat);

}  // namespace rehearse::validation
