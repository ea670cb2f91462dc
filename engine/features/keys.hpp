// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys: the values of a column (or of several together) as dense numbers 0, 1, …, the same across
// tables. Encoders count by them: a text column whose dictionaries differ between two weeks, a user
// id and a pair of columns all become one array index. A missing cell is a value like any other.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::features {

class Keys {
 public:
  // In order of first appearance, table by table. O(rows · columns). Errors: no columns, one is not
  // there, one is text in one table and numbers in another.
  static Result<Keys> of(std::span<const Frame> tables, const std::vector<std::string>& columns);

  std::size_t count() const { return first_.size(); }
  // One key per row of tables[table].
  std::span<const std::int32_t> table(std::size_t table) const { return codes_[table]; }
  // Where a key stood first: its text can be read there.
  struct Place {
    std::uint32_t table = 0, row = 0;
  };
  Place first(std::int32_t key) const { return first_[static_cast<std::size_t>(key)]; }

 private:
  std::vector<std::vector<std::int32_t>> codes_;
  std::vector<Place> first_;
};

// A cell as a level's name: its text, or `missing`.
std::string level_text(const Column& column, std::size_t row);
// Missing, or NaN.
bool blank(const Column& column, std::size_t row);

}  // namespace rehearse::features
