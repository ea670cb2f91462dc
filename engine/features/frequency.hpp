// SPDX-License-Identifier: GPL-3.0-or-later
//
// Frequency and ordinal encoding: a value of a column becomes how often it stood in the fitting
// rows, or its place in an order. Neither reads a label, so neither can leak one. Frequency says
// how well known a value is, which is often what matters of an id; a number per value in an
// arbitrary order is for trees, never for a linear model. TimeScope::fit_rows.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::features {

enum class FrequencyKind {
  count,    // fitting rows with that value; 0 where it is new
  share,    // of all fitting rows; 0 where it is new
  rank,     // 1 for the most frequent value, ties by text; missing where it is new
  ordinal,  // 0, 1, … in order of first appearance; missing where it is new
};
Result<FrequencyKind> parse_frequency_kind(const std::string& name);
const char* name_of(FrequencyKind kind);

class Frequency {
 public:
  // Errors: no columns, one is not there, or is a truth or a label; no rows. O(rows).
  static Result<Frequency> fit(const Frame& rows, const std::vector<std::string>& columns,
                               FrequencyKind kind);
  // Columns `<name>_<kind>`, role feature.
  Result<Frame> apply(const Frame& rows) const;

 private:
  struct Table {
    std::string column;
    std::unordered_map<std::string, double> value;
  };
  FrequencyKind kind_ = FrequencyKind::count;
  std::vector<Table> tables_;
};

}  // namespace rehearse::features
