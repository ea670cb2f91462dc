// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/sim/impressions.hpp"

namespace rehearse::sim {
namespace {

bool differ(const Column& column, std::size_t a, std::size_t b) {
  return column.numeric() ? column.number(a) != column.number(b) : column.text(a) != column.text(b);
}

}  // namespace

Result<std::vector<Frame>> split_by_day(const Frame& log, std::span<const int> marks,
                                        std::string_view column) {
  auto day = log.require(column);
  if (!day) return fail(day.error());
  if (!(*day)->numeric())
    return fail(Code::invalid_argument, "the column `{}` holds texts; a split needs whole days",
                column);
  for (std::size_t i = 1; i < marks.size(); ++i)
    if (marks[i] <= marks[i - 1])
      return fail(Code::invalid_argument, "the days of a split ascend: {} stands after {}",
                  marks[i], marks[i - 1]);
  std::vector<Frame> parts;
  std::size_t begin = 0, row = 0;
  for (const int mark : marks) {
    for (; row < log.rows() && (*day)->number(row) < mark; ++row)
      if (row > 0 && (*day)->number(row) < (*day)->number(row - 1))
        return fail(Code::bad_data, "row {}: the rows are not in order of `{}`", row + 1, column);
    parts.push_back(log.slice(begin, row));
    begin = row;
  }
  for (; row < log.rows(); ++row) {
    if (std::isnan((*day)->number(row)))
      return fail(Code::bad_data, "row {}: the column `{}` is empty", row + 1, column);
    if (row > 0 && (*day)->number(row) < (*day)->number(row - 1))
      return fail(Code::bad_data, "row {}: the rows are not in order of `{}`", row + 1, column);
  }
  parts.push_back(log.slice(begin, log.rows()));
  return parts;
}

Result<Frame> labels_known_at(const Frame& log, Time at, std::string_view label,
                              std::string_view arrival) {
  auto clicks = log.require(label);
  if (!clicks) return fail(clicks.error());
  const Column* arrived = log.find(arrival);
  if (!arrived) return log;
  std::vector<std::uint8_t> known, valid;
  std::vector<std::int64_t> when;
  const auto times = arrived->values<std::int64_t>();
  for (std::size_t row = 0; row < log.rows(); ++row) {
    const bool seen = !arrived->missing(row) && times[row] <= at.micros;
    known.push_back(seen && (*clicks)->number(row) == 1);
    valid.push_back(seen);
    when.push_back(seen ? times[row] : 0);
  }
  Frame::Builder builder;
  builder.add(std::string(label), std::move(known), (*clicks)->info());
  builder.add_time(std::string(arrival), std::move(when), arrived->info())
      .missing(std::move(valid));
  auto columns = std::move(builder).build();
  if (!columns) return columns;
  auto with = log.with(columns->column(0));
  return with ? with->with(columns->column(1)) : with;
}

Result<Frame> one_row_per(const Frame& log, std::string_view column) {
  auto id = log.require(column);
  if (!id) return fail(id.error());
  std::vector<std::uint32_t> rows;
  for (std::size_t row = 0; row < log.rows(); ++row)
    if (row == 0 || differ(**id, row, row - 1)) rows.push_back(static_cast<std::uint32_t>(row));
  return log.take(rows);
}

}  // namespace rehearse::sim
