// SPDX-License-Identifier: GPL-3.0-or-later
//
// Groups: the rows of a table by what a column says, the cohorts that a diagnosis compares.
//
// A text, boolean or label column groups by its values; a numeric feature with many values by its
// quantiles. Groups are in order of their values; beyond `most` the largest are kept and the rest
// are `other`. Rows without a value form the group `missing`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::diagnose {

struct Groups {
  std::vector<std::string> names;
  std::vector<std::uint32_t> of;  // by row: index into names
  std::vector<std::vector<std::uint32_t>> rows() const;
};

struct GroupOptions {
  std::size_t most = 12;
  int quantiles = 5;  // of a numeric column with more than `most` values
};

// An empty `column` is one group, `all`. Errors: no such column, no rows. O(n log n).
Result<Groups> groups_of(const Frame& rows, const std::string& column,
                         const GroupOptions& options = {});

// The column's present, finite values among the rows given.
std::vector<double> values_at(const Column& column, const std::vector<std::uint32_t>& rows);

}  // namespace rehearse::diagnose
