// SPDX-License-Identifier: GPL-3.0-or-later
//
// A column of a table of the user's as texts, where every row has to have one: identifiers,
// questions, documents. Numbers are written as they would be shown.
#pragma once

#include <string>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse {

// Errors: the column is not there, an empty cell (which row).
inline Result<std::vector<std::string>> texts_of(const Frame& table, const std::string& name) {
  auto column = table.require(name);
  if (!column) return fail(column.error());
  std::vector<std::string> texts;
  texts.reserve(table.rows());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if ((*column)->missing(row))
      return fail(Code::bad_data, "row {}: the column `{}` is empty", row + 1, name);
    texts.push_back((*column)->cell(row));
  }
  return texts;
}

}  // namespace rehearse
