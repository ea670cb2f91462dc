// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows of a table as dense numbers of like size: the encoding of tree_encoding.hpp (texts one-hot
// or by frequency), then (x - mean) / sd of the training rows; a missing number becomes 0, the
// mean. A column that never varies becomes 0. For networks and linear scorers, whose step is one
// for all columns.
#pragma once

#include "engine/models/tree_encoding.hpp"

namespace rehearse::models {

class StandardizedRows {
 public:
  // Errors: those of TreeEncoding::fit and matrix; no rows.
  static Result<StandardizedRows> fit(const Frame& rows, const std::vector<std::string>& columns);
  std::size_t width() const { return encoding_.width(); }
  const TreeEncoding& encoding() const { return encoding_; }
  // Row-major. Errors: those of TreeEncoding::matrix.
  Result<std::vector<double>> matrix(const Frame& rows) const;
  std::size_t bytes() const { return encoding_.bytes() + 16 * mean_.capacity(); }

 private:
  TreeEncoding encoding_;
  std::vector<double> mean_, scale_;  // scale 0: the column never varies
};

}  // namespace rehearse::models
