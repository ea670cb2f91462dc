// SPDX-License-Identifier: GPL-3.0-or-later
//
// Feature hashing (Weinberger et al. 2009; the signless form of the Criteo baselines): a row
// becomes one coordinate per column, FNV-1a of the text `name=value` modulo 2^bits, and one for
// `bias`.
//
// The text of a value:
//   empty cell, NaN           NA
//   text, boolean             the cell's text (`true`, `false`)
//   number v ≤ 2              S and the cell's text: `S0`, `S-3`, `S0.1`
//   number v > 2              floor(ln(v + 1)²): `1` for 3, `5` for 10, `21` for 99; `inf`
//
// A cell's text is what Column::cell writes, hence CSV: the shortest digits that read back as the
// same number of the column's own type (float32 0.1 is `0.1`, a whole number in a float column is
// `1`). Numbers above 2 are so binned by order of magnitude, finely enough for counts and ages.
// Continuous columns with many digits below 2 make a feature per value: round them first.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::models {

// Which columns a model may learn from.
struct FeatureChoice {
  // Empty: every column of role feature that is available, in the frame's order.
  std::vector<std::string> columns = {};
  std::vector<std::string> exclude = {};  // left out of those
  // Not known when the prediction is made, whatever their role. A name that no column has is fine.
  std::vector<std::string> unavailable = {"click_arrival"};
  // Learn from truth, label and unavailable columns if they are named: on purpose, to show what a
  // leak does.
  bool allow_leak = false;
};

// The names of the columns to learn from.
// Errors: none are left; a name is not there (the nearest is given); a column has role truth or
// label, or is unavailable, and allow_leak is not set.
Result<std::vector<std::string>> choose_features(const Frame& rows, const FeatureChoice& choice,
                                                 std::string_view label);

// `name=value`, by the rules above. row < column.size() (asserted).
std::string feature_text(const Column& column, std::size_t row);
// FNV-1a of the text, modulo 2^bits.
std::uint32_t feature_index(std::string_view text, int bits);

// Hashes rows of one frame column by column: what does not depend on the row (the levels of a text
// column, small whole numbers, orders of magnitude) is hashed once. Holds the columns it needs. Not
// thread-safe: use one a thread.
class RowHasher {
 public:
  // Errors: a column is not in the frame.
  static Result<RowHasher> create(const Frame& rows, const std::vector<std::string>& columns,
                                  int bits);
  // Coordinates a row: the bias, then the columns.
  std::size_t width() const { return encoders_.size() + 1; }
  // Writes the coordinates of rows[i] to out[i * width() …]. Rows < frame.rows() (not checked).
  void hash(std::span<const std::uint32_t> rows, std::uint32_t* out);

 private:
  // Writes one coordinate per row, `stride` apart.
  using Encoder = std::function<void(std::span<const std::uint32_t> rows, std::uint32_t* out,
                                     std::size_t stride)>;
  std::uint32_t bias_ = 0;
  std::vector<Encoder> encoders_;
};

}  // namespace rehearse::models
