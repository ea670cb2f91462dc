// SPDX-License-Identifier: GPL-3.0-or-later
//
// The worst slices of a model, searched for and not only listed: every level of every segment
// column and every pair of levels of two columns, each tested for predictions that do not sum to
// its outcomes. Use it when the whole looks right. With thousands of candidates the largest gap is
// always large, so the test pays for the search, and small slices are shrunk.
//
//   gap      mean(y - c p) in the slice, c = Σy / Σp of all rows (1 where `relative` is false):
//            what the slice has that the whole has not
//   z        gap · n / √V, V = Σ_u (Σ_{i of u} (y_i - c p_i))², by owner where rows have owners
//            (rows of one user know each other), but no less than Σ c p (1 - c p)
//   adjusted p   Benjamini-Hochberg (1995) over all candidates of at least `least_rows` rows
//   shrunk gap   gap · τ² / (τ² + V / n²), τ² by the method of moments over the candidates
//                (DerSimonian, Laird 1986)
//
// Slices overlap: a broken `ios × video` also moves `ios` and `video`. So the list is peeled: the
// worst is taken, its rows are set aside, and the search goes on among the rest; what was only its
// parent then no longer stands out.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::monitor {

struct SliceOptions {
  std::vector<std::string> columns;  // texts as they are, numbers by quartile; [1, 12]
  int depth = 2;                     // conditions of a slice at most, 1 or 2
  double least_rows = 200;
  int most = 8;  // slices found, [1, 100]
  double false_discovery_rate = 0.05;
  bool relative = true;
};

struct Slice {
  std::string name;  // "platform = ios, media = video"
  std::size_t rows = 0;
  double expected = 0, observed = 0;  // outcomes; expected is c Σp
  double gap = 0, low = 0, high = 0;  // per row, 95%
  double ratio = 0, shrunk_gap = 0;   // observed over expected (NaN where nothing is expected)
  double z = 0, p = 1, adjusted_p = 1;
  double true_gap = 0;  // NaN where the truth is not known
  bool significant = false;
};

struct SliceReport {
  std::vector<Slice> peeled;   // one after the other, each of the rows that the ones before left
  std::vector<Slice> by_size;  // the same number, the largest single levels: what a dashboard lists
  std::size_t candidates = 0;
  double spread = 0;  // τ
};

// Scores are probabilities, outcomes 0 or 1. `owner` (may be empty) is an id a row; `truth` (may be
// empty) the probability of each outcome. A missing text is a level of its own, `(missing)`.
// O(rows · pairs of columns · slices found).
// Errors: sizes differ; a score is no probability, an outcome not 0 or 1 (the row is named); no
// such column; an option out of its range; no candidate has the least rows; no outcome at all.
Result<SliceReport> find_slices(const Frame& rows, std::span<const double> scores,
                                std::span<const double> outcomes, std::span<const double> truth,
                                std::span<const std::int64_t> owner, const SliceOptions& options,
                                const Progress& progress = {});

}  // namespace rehearse::monitor
