// SPDX-License-Identifier: GPL-3.0-or-later
//
// Splits: which rows teach and which examine.
//
// A split is a model of the future. Ask what will be new when the model serves (days, users, both)
// and hold out exactly that: a split that holds out less flatters, one that holds out more scolds.
//
//   random      K folds of shuffled rows. Only for rows that are exchangeable: a log that drifts,
//               or users who come back, put tomorrow and the same user into the training rows.
//   stratified  as random, each class apart: every fold has the base rate to within a row.
//   blocked     K runs of neighbouring days; `gap_days` around the test are given up.
//   forward     K test blocks at the end of the log, each after all of its training rows (what
//               scikit-learn calls TimeSeriesSplit), `gap_days` between them for labels that come
//               late (embargo; López de Prado 2018).
//   rolling     as forward, but trained on the last `window_days` before the gap only.
//   user        each user in one fold, by a hash of the id: a user keeps his fold whatever rows or
//               users are added. Sizes are equal in expectation only.
//
// Nested: inner folds of each outer training part, so that what chooses a setting never sees the
// rows that judge it (Stone 1974; Cawley, Talbot 2010).
//
// All draws are keyed by (seed, "validation.split", replicate, row or user). Rows stand in the
// order of the table within each part.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::validation {

using Rows = std::vector<std::uint32_t>;

struct Fold {
  Rows train, test;
};

enum class Split { random, stratified, blocked, forward, rolling, user };
// "random", "stratified", …
const char* split_name(Split split);
Result<Split> parse_split(std::string_view name);
const std::vector<std::string>& split_names();

struct SplitOptions {
  Split split = Split::forward;
  int folds = 5;           // [2, 100]
  double gap_days = 0;     // [0, 366]: blocked, forward, rolling
  double window_days = 7;  // (0, 366]: rolling
  std::uint64_t seed = 1, replicate = 0;
  std::string day = "day";       // blocked, forward, rolling: numbers that ascend with time
  std::string user = "user_id";  // user
  std::string label = "click";   // stratified
};

// `folds` folds, none with an empty part.
// With D distinct days forward tests on blocks of floor(D / (folds + 1)) days, the last ending with
// the log; blocked on runs of days, the first D mod folds of which hold one more.
// Errors: an option out of range; a column missing, of texts where days are needed, or with an
// empty cell (the row is named); too few rows, days, users or positives for the folds.
// O(rows · log rows + rows · folds).
Result<std::vector<Fold>> make_folds(const Frame& rows, const SplitOptions& options);

struct NestedFold {
  Fold outer;
  std::vector<Fold> inner;  // rows of the whole table, all of them in outer.train
};
// Inner folds by the same rule, `inner_folds` of them.
Result<std::vector<NestedFold>> make_nested_folds(const Frame& rows, const SplitOptions& options,
                                                  int inner_folds);

// One cut: `share` of the rows (random), of the users (user), or the last rows whose share is
// nearest to it without cutting through a moment (time).
enum class Holdout { random, time, user };
Result<Holdout> parse_holdout(std::string_view name);
struct HoldoutOptions {
  Holdout by = Holdout::time;
  double share = 0.2;  // (0, 1)
  std::uint64_t seed = 1;
  std::string time = {};  // empty: `time`, else `day`
  std::string user = "user_id";
};
// Errors: as make_folds; a part would be empty.
Result<Fold> make_holdout(const Frame& rows, const HoldoutOptions& options);

// round(share · rows) rows of the table, the same whatever else is asked: those kept at 5% are
// among those kept at 10%. share in (0, 1].
Result<Rows> sample_rows(const Frame& rows, double share, std::uint64_t seed);

// A number for each row that says which user (or whatever the column holds) it is of: equal cells
// have equal keys. Error: no such column, an empty cell.
Result<std::vector<std::uint64_t>> entity_keys(const Frame& rows, const std::string& column);

}  // namespace rehearse::validation
