// SPDX-License-Identifier: GPL-3.0-or-later
//
// One-hot encoding: a column of 0 or 1 for each value of a column. Use it for few values, say below
// 20: every level is a weight of its own and needs rows of its own to be learned from. For more,
// pool the rare ones, hash (hash_report.hpp) or encode by the label (target.hpp).
// TimeScope::fit_rows: a value that first appears later is no column.
#pragma once

#include <string>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::features {

struct OneHotOptions {
  std::vector<std::string> columns = {};
  std::size_t most = 20;      // levels of a column; more are refused, unless rare ones are pooled
  std::size_t min_count = 1;  // levels with fewer fitting rows are rare
  bool pool_rare = false;     // rare levels and unseen values share a column `<name>=other`; else
                              // their row is 0 in all
};

class OneHot {
 public:
  // Levels in order of text. With pool_rare, of the levels that are not rare only the `most` with
  // the most rows keep a column. Errors: a column is not there, or is a truth or a label; it has
  // more levels than `most` and pool_rare is not set. O(rows).
  static Result<OneHot> fit(const Frame& rows, const OneHotOptions& options);
  // Columns `<name>=<level>` of bytes, role feature, after those there are.
  Result<Frame> apply(const Frame& rows) const;
  // The levels of each column, without `other`.
  struct Levels {
    std::string column;
    std::vector<std::string> names;
  };
  const std::vector<Levels>& levels() const { return levels_; }

 private:
  std::vector<Levels> levels_;
  bool pool_rare_ = false;
};

}  // namespace rehearse::features
