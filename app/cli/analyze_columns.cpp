// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/analyze_columns.hpp"

namespace rehearse::cli {

Result<std::vector<double>> full_numbers(const Frame& table, const std::string& name) {
  auto column = table.require(name);
  if (!column) return fail(column.error());
  if (!(*column)->numeric())
    return fail(Code::bad_data, "the column `{}` holds text; it must be numbers", name);
  for (std::size_t row = 0; (*column)->has_missing() && row < (*column)->size(); ++row)
    if ((*column)->missing(row))
      return fail(Code::bad_data, "row {}: the column `{}` is empty; fill it or leave the row out",
                  row + 1, name);
  return (*column)->numbers();
}

}  // namespace rehearse::cli
