// SPDX-License-Identifier: GPL-3.0-or-later
//
// Target encoding: a value of a column with many levels becomes the mean label of its rows, drawn
// towards the overall mean (Micci-Barreca 2001):
//
//   encoded = (Σ y + m · prior) / (n + m)        n rows of that value, prior the mean of all rows
//
// One number in place of ten thousand weights: it works with any model and generalises from the
// first row on. But it is made of labels, so the question is whose:
//
//   naive   all fitting rows, the encoded row's own label among them. With few rows a value the
//           encoding is the label in disguise: splendid in training, gone when live.
//   folds   the other folds' labels (out-of-fold); Σ, n and prior leave the row's own fold out.
//           Rows of other tables are encoded from all fitting rows.
//   time    the labels that had arrived before the row's time, in this table or an earlier one
//           (history.hpp). What a live system does; the only one that cannot see the future.
//
// Use it from about 20 levels on; below, one-hot (one_hot.hpp) asks for no labels. In an
// exponential family its log-odds are the natural input of a linear model.
#pragma once

#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"
#include "engine/features/time_scope.hpp"

namespace rehearse::features {

enum class TargetMethod { naive, folds, time };
Result<TargetMethod> parse_target_method(const std::string& name);
TimeScope time_scope(TargetMethod method);

struct TargetOptions {
  std::vector<std::string> columns;  // each is encoded by itself; cross them first for pairs
  std::string label;
  TargetMethod method = TargetMethod::time;
  double smoothing = 20;     // m ≥ 0, in rows
  int folds = 5;             // ≥ 2
  std::string fold_by = {};  // rows with the same value stay in one fold; empty: each by itself
  std::string suffix = "_target";
  bool log_odds = false;  // ln(p / (1 - p)) of the encoding; labels must be 0 or 1
  std::string time = "time";
  std::string arrival = {};  // when a label of 1 became known; empty: at the row's own time
  double wait_hours = 0;     // a row counts from this age on (method time)
  bool allow_leak = false;   // needed by naive, and by folds for rows from before their end
  std::uint64_t seed = 1;    // of the folds: the same rows stand together in every run
};

// What one row's encoding was computed from.
struct Encoding {
  std::vector<double> rows, sum, prior, value;
};

// The tables with columns `<column><suffix>` (role feature), fitted on the first. With method
// `time` all tables are one history. O(rows log rows) a column. Errors: no tables or no fitting
// rows; a column is not there; a label is missing or not finite (the row is named) in a table whose
// labels are needed; method naive without allow_leak; log_odds of labels that are not 0 or 1; an
// arrival before the row's time; cancelled.
Result<std::vector<Frame>> encode_target(std::span<const Frame> tables,
                                         const TargetOptions& options,
                                         const Progress& progress = {});
// The arithmetic of one column, table by table.
Result<std::vector<Encoding>> target_encoding(std::span<const Frame> tables,
                                              const std::string& column,
                                              const TargetOptions& options,
                                              const Progress& progress = {});

// The fold of each row, in [0, folds): by a stream of its own for each row, or for each value of
// `by`.
Result<std::vector<int>> folds_of(const Frame& rows, int folds, const std::string& by,
                                  std::uint64_t seed);

}  // namespace rehearse::features
