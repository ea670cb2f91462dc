// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/gather.hpp"

#include <cassert>

namespace rehearse::features {
namespace {

template <class T>
std::vector<T> picked(const Column& column, std::span<const std::int64_t> rows, T gap) {
  const auto values = column.values<T>();
  std::vector<T> out(rows.size(), gap);
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i] >= 0) out[i] = values[static_cast<std::size_t>(rows[i])];
  return out;
}

std::vector<std::uint8_t> marks_of(const Column& column, std::span<const std::int64_t> rows) {
  std::vector<std::uint8_t> valid(rows.size(), 1);
  bool gaps = false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    assert(rows[i] < static_cast<std::int64_t>(column.size()));
    valid[i] = rows[i] >= 0 && !column.missing(static_cast<std::size_t>(rows[i]));
    gaps = gaps || !valid[i];
  }
  if (!gaps) valid.clear();
  return valid;
}

void add_picked(Frame::Builder& builder, const Column& column, std::span<const std::int64_t> rows) {
  const std::string& name = column.name();
  const ColumnInfo& info = column.info();
  switch (column.type()) {
    case Type::float64: builder.add(name, picked<double>(column, rows, 0), info); return;
    case Type::float32: builder.add(name, picked<float>(column, rows, 0), info); return;
    case Type::int64: builder.add(name, picked<std::int64_t>(column, rows, 0), info); return;
    case Type::int32: builder.add(name, picked<std::int32_t>(column, rows, 0), info); return;
    case Type::uint8: builder.add(name, picked<std::uint8_t>(column, rows, 0), info); return;
    case Type::boolean:
      builder.add_boolean(name, picked<std::uint8_t>(column, rows, 0), info);
      return;
    case Type::time: builder.add_time(name, picked<std::int64_t>(column, rows, 0), info); return;
    case Type::dictionary:
      builder.add_dictionary(name, picked<std::int32_t>(column, rows, -1),
                             std::make_shared<const std::vector<std::string>>(column.dictionary()),
                             info);
      return;
  }
}

}  // namespace

Column gathered(const Column& column, std::span<const std::int64_t> rows) {
  Frame::Builder builder;
  add_picked(builder, column, rows);
  std::vector<std::uint8_t> valid = marks_of(column, rows);
  if (!valid.empty()) builder.missing(std::move(valid));
  const Result<Frame> table = std::move(builder).build();
  return table->column(0);
}

}  // namespace rehearse::features
