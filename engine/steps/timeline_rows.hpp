// SPDX-License-Identifier: GPL-3.0-or-later
//
// What view.timeline reads of a table and makes of it: the strips, and the rows that are drawn.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "engine/steps/marshal.hpp"

namespace rehearse::steps {

// The rows of a timeline (engine/base/view_data.hpp).
struct TimelineRows {
  std::vector<std::string> strip, group, unit, series, style, label;
  std::vector<double> x, y, low, high, end;

  struct Row {
    std::string strip, group, unit, series, style = view_data::kSeries, label;
    double x = std::nan(""), y = std::nan(""), low = std::nan(""), high = std::nan(""),
           end = std::nan("");
  };
  void add(const Row& row);
  Result<Frame> build() &&;
};

// What of the table is one strip: its rows and the columns of its values.
struct StripSource {
  std::string name, group, unit;
  std::vector<std::size_t> rows;
  const Column* y = nullptr;
};

// A column of numbers. Errors: there is none, it holds texts.
Result<const Column*> timeline_numbers(const Frame& table, const std::string& name);

// A column that is drawn where there is one, and must be there where the design names it.
Result<const Column*> named_or_usual(const StepCall& call, const Frame& table,
                                     const std::string& parameter, const char* usual);

// In words or digits; `otherwise` where the column is null or the cell missing.
std::string cell_or(const Column* column, std::size_t row, const std::string& otherwise = {});

// A strip for each of `columns` (wide), or for each value of `by` (long); those of a group stand
// together, in order of first appearance.
// Errors: a column that is not there or holds texts, more than 16 strips, as many `groups` not as
// `columns`.
Result<std::vector<StripSource>> timeline_strips(const StepCall& call, const Frame& table);

}  // namespace rehearse::steps
