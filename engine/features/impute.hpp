// SPDX-License-Identifier: GPL-3.0-or-later
//
// Missing values filled in, and remembered. A value may be missing because nothing was measured,
// because a pipeline broke, or because of the very value it would have had; a filled-in number
// looks like all others and hides which. So keep the indicator: a column `<name>_missing` of 0 or
// 1, which lets a model learn what absence means (Little, Rubin 2002, ch. 3, on what single
// imputation biases; Josse et al. 2019 on why a constant with an indicator is consistent for
// prediction).
//
// The filling is fitted on one table (the training weeks) and applied to any: the median of the
// live week is not known while it is served. TimeScope::fit_rows.
#pragma once

#include <string>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::features {

enum class Filling {
  none,         // leave the cell empty (for an indicator alone)
  zero,         // as if missing meant zero: right for counts that were not kept, else a bias
  constant,     // a number outside the range, say -1: trees can cut it off
  mean,         // of the fitting rows; keeps their mean, shrinks their variance
  median,       // of the fitting rows; between the two middle ones where their number is even
  most_common,  // of the fitting rows; the smallest where several are
};
// "none", "zero", …; error: none of these.
Result<Filling> parse_filling(const std::string& name);

struct ImputeOptions {
  std::vector<std::string> columns = {};  // empty: every feature with a missing cell in any table
  Filling filling = Filling::median;
  double constant = -1;
  int digits = -1;  // the filling rounded to so many decimals; -1: as it is
  bool indicator = true;
};

// What was fitted for a column.
struct Filler {
  std::string column;
  bool text = false;
  double number = 0;
  std::string word;
  bool fills = true;
  std::size_t fitted_on = 0, missing = 0;  // cells of the fitting rows, by what they are
};

class Imputer {
 public:
  // Text columns take most_common, or the word `missing` where a filling is for numbers.
  // Errors: a column is not there, or is a truth or a label; it has no value at all among the
  // fitting rows and the filling needs one. O(rows log rows).
  static Result<Imputer> fit(const Frame& rows, const ImputeOptions& options);
  // Filled columns are double (or text) in the place of the old; indicators come last.
  Result<Frame> apply(const Frame& rows) const;
  const std::vector<Filler>& fillers() const { return fillers_; }

 private:
  ImputeOptions options_;
  std::vector<Filler> fillers_;
};

// Features that have a missing cell in one of the tables: what an empty `columns` means.
std::vector<std::string> columns_with_missing(std::span<const Frame> tables);

}  // namespace rehearse::features
