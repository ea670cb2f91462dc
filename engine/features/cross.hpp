// SPDX-License-Identifier: GPL-3.0-or-later
//
// Crosses: the values of several columns together as one text, `ios × games`. A linear model has a
// weight for iOS and one for games, and none for what they mean together; a cross gives it one. The
// number of values multiplies, so cross columns of few values, or hash and encode what comes out.
// TimeScope::row_alone.
//
// With one column the cross is its value as a text: an id that is a name and no number.
#pragma once

#include <string>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::features {

struct CrossOptions {
  std::vector<std::string> columns = {};
  std::string name = {};       // empty: the columns' names joined by `_x_`
  std::size_t most = 1000000;  // combinations; more are refused
};

// The table with a text column of role feature; a missing part is written `missing`. Its privacy is
// the strictest of its parts. O(rows · columns). Errors: no columns, one is not there, or is a
// truth or a label; more combinations than `most`.
Result<Frame> cross(const Frame& rows, const CrossOptions& options);

// Bins of about equal mass: edges are the type-7 quantiles 1/bins … (bins-1)/bins of the fitting
// rows, equal edges once; a value belongs to the bin of the last edge ≤ it. Hashing models, which
// see a number as a name, learn a step function of a binned one. TimeScope::fit_rows.
struct BinOptions {
  std::vector<std::string> columns = {};
  int bins = 20;       // ≥ 2
  bool means = false;  // numbers instead of texts: the mean of the bin's fitting rows
};
class Binner {
 public:
  // Errors: a column is not there, holds texts, is a truth or a label, or has no finite value.
  static Result<Binner> fit(const Frame& rows, const BinOptions& options);
  // Text columns `<name>_bin`, role feature: `01 < 0.021`, `02 0.021 – 0.034`, …; `missing`.
  // With `means`, numbers; a missing value stays missing.
  Result<Frame> apply(const Frame& rows) const;
  std::span<const double> edges(std::size_t column) const { return columns_[column].edges; }

 private:
  struct Cut {
    std::string column;
    std::vector<double> edges;
    std::vector<std::string> names;  // one more than edges, and so are
    std::vector<double> means;
  };
  std::vector<Cut> columns_;
  bool means_ = false;
};

}  // namespace rehearse::features
