// SPDX-License-Identifier: GPL-3.0-or-later
//
// Nested records as a flat table: {"user": {"id": 7}} becomes the column user.id. Arrays become
// their length (`tags.count`), one text (`a|b`), or, for one array, a row an item.
//
// Types come from the schema where it names a path, else from the values: whole numbers until one
// is not, numbers, booleans; a path that mixes types is text, and is told.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/diagnose/schema.hpp"

namespace rehearse::diagnose {

enum class ArrayRule { count, join };

struct FlattenOptions {
  ArrayRule arrays = ArrayRule::count;
  std::string explode;  // the path of one array that becomes a row an item
};

// Collects records and makes the table of them. Paths in order of first appearance.
class Flattener {
 public:
  // `schema` may be null; it must outlive the flattener.
  Flattener(const JsonSchema* schema, FlattenOptions options);
  ~Flattener();

  // The number of rows that the record became: 1, or the items of the exploded array (an empty or
  // absent one: 1 row in which they are missing).
  // A fault: two paths that flatten to one column, a column too many.
  tl::expected<std::size_t, Fault> add(const Record& record);

  std::size_t rows() const;
  // Paths whose values were of several types and therefore are text.
  std::vector<std::string> mixed() const;
  Result<Frame::Builder> build() &&;

  static constexpr std::size_t kMostColumns = 5000;
  static constexpr std::size_t kMostCells = 200'000'000;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rehearse::diagnose
