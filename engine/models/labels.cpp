// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/labels.hpp"

#include <cmath>

namespace rehearse::models {

Result<const Column*> label_column(const Frame& rows, std::string_view name) {
  if (!name.empty()) return rows.require(name);
  const Column* found = nullptr;
  for (std::size_t i = 0; i < rows.columns(); ++i) {
    const Column& column = rows.column(i);
    if (column.role() != Role::label) continue;
    if (found)
      return fail(Code::invalid_argument,
                  "columns `{}` and `{}` are both labels; say which to learn", found->name(),
                  column.name());
    found = &column;
  }
  if (!found)
    return fail(Code::invalid_argument, "no column has the role label; name the label's column");
  return found;
}

Result<std::vector<std::uint8_t>> binary_labels(const Column& column) {
  if (!column.numeric())
    return fail(Code::bad_data, "label column `{}` is text; labels are 0 or 1", column.name());
  std::vector<std::uint8_t> labels(column.size());
  for (std::size_t row = 0; row < labels.size(); ++row) {
    const double value = column.number(row);
    if (value != 0 && value != 1)
      return fail(Code::bad_data, "row {}: label `{}` is {}; labels are 0 or 1", row, column.name(),
                  column.cell(row).empty() ? "missing" : column.cell(row));
    labels[row] = value == 1;
  }
  return labels;
}

Result<std::vector<double>> value_labels(const Column& column) {
  if (!column.numeric())
    return fail(Code::bad_data, "label column `{}` is text; this model learns numbers",
                column.name());
  std::vector<double> labels = column.numbers();
  for (std::size_t row = 0; row < labels.size(); ++row)
    if (!std::isfinite(labels[row]))
      return fail(Code::bad_data, "row {}: label `{}` is {}; drop the row or mend it", row,
                  column.name(), std::isnan(labels[row]) ? "missing" : "infinite");
  return labels;
}

Result<std::vector<double>> count_labels(const Column& column) {
  auto labels = value_labels(column);
  if (!labels) return labels;
  for (std::size_t row = 0; row < labels->size(); ++row)
    if (!((*labels)[row] >= 0 && (*labels)[row] == std::floor((*labels)[row])))
      return fail(Code::bad_data, "row {}: label `{}` is {}; counts are 0, 1, 2 …", row,
                  column.name(), column.cell(row));
  return labels;
}

}  // namespace rehearse::models
