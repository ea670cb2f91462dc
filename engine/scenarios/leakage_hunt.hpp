// SPDX-License-Identifier: GPL-3.0-or-later
//
// A leakage hunt: one model, every column under every test of validation/leakage.hpp, and trained
// again without each column. What comes out is a list of suspects, each with its reason.
//
// A column is suspected when
//   its moments lie after the row's own;
//   alone it ranks better than `alone_limit` (0.9): no honest feature of a click does;
//   it carries more than `share_limit` (half) of what all columns together are worth when shuffled;
//   it is about the user, ranks above 0.55 now, and in the user's earlier session has lost more
//   than half of what it had above 0.5.
#pragma once

#include <string>
#include <vector>

#include "engine/scenarios/fitting.hpp"

namespace rehearse::scenarios {

struct HuntOptions {
  std::vector<std::string> columns;  // at least two
  std::string label = "click";
  std::string user = "user_id";  // empty, or not there: rows are taken as independent
  int repeats = 2;               // shuffles a column, [1, 50]
  bool ablate = true;            // train again without each column
  double alone_limit = 0.9, share_limit = 0.5;
  std::uint64_t seed = 1;
};

// From the rows and the columns to learn from, a model.
using ColumnFit = std::function<Result<ScorerPtr>(
    const Frame& rows, const std::vector<std::string>& columns, const Progress& progress)>;

struct Hunt {
  // A row a column, the most suspicious first: column, suspect bool, alone (AUC), importance (loss
  // added when shuffled), share (of all importances), ablation (loss added when trained without),
  // lagged (AUC alone of the user's earlier value; missing where the test does not apply), late
  // (share of rows with a later moment; missing where there are none), reason text.
  // Losses are the yardstick's on `test`.
  Frame columns;
  std::vector<std::string> suspects;
  double loss = 0;  // of the model with all columns
};

// Errors: a column, the label or fewer than two columns are missing, labels not 0 or 1, those of
// `fit` and the yardstick, cancelled.
Result<Hunt> leakage_hunt(const Frame& train, const Frame& test, const ColumnFit& fit,
                          const Yardstick& yardstick, const HuntOptions& options,
                          const Progress& progress = {});

}  // namespace rehearse::scenarios
