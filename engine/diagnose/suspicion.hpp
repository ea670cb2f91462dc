// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rules behind a profile's suspicions (profile.hpp lists them). Used by profile.cpp alone.
#pragma once

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/diagnose/profile.hpp"

namespace rehearse::diagnose {

// Looks at columns one after the other, and remembers what it has seen for duplicates.
class SuspicionFinder {
 public:
  SuspicionFinder(const Frame& table, std::string label)
      : table_(table), label_(std::move(label)) {}

  // `sorted`: the column's finite numbers, ascending; empty for texts.
  void look(const ColumnProfile& p, const Column& column, std::span<const double> sorted,
            std::vector<Suspicion>& into);

 private:
  const Frame& table_;
  std::string label_;
  std::unordered_map<std::uint64_t, std::size_t> seen_;  // content hash to column
  std::size_t next_ = 0;
};

// Two heaps of positive values a hundredfold or more apart: the ratio of their medians and the
// share of the upper one; ratio 0 where there are none.
struct UnitJump {
  double ratio = 0, share = 0;
};
UnitJump unit_jump(std::span<const double> ascending);

}  // namespace rehearse::diagnose
