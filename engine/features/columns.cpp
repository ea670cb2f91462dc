// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/columns.hpp"

#include <cmath>

#include "engine/features/keys.hpp"

namespace rehearse::features {
namespace {

constexpr double kMicrosPerSecond = 1e6;
constexpr double kMostSeconds = 9e12;  // past it microseconds do not fit 64 bits

}  // namespace

Result<Frame> with_all(const Frame& rows, std::span<const Column> columns) {
  Frame out = rows;
  for (const Column& column : columns) {
    auto with = out.with(column);
    if (!with) return with;
    out = std::move(*with);
  }
  return out;
}

Result<const Column*> encodable(const Frame& rows, const std::string& column) {
  auto found = rows.require(column);
  if (!found) return found;
  const Role role = (*found)->role();
  if (role == Role::truth || role == Role::label)
    return fail(Code::invalid_argument,
                "the column `{}` is a {}: encoded as a feature it would tell the model the answer",
                column, role_name(role));
  return found;
}

Result<std::vector<std::int64_t>> times_of(const Frame& rows, const std::string& column) {
  auto found = rows.require(column);
  if (!found) return fail(found.error());
  const Column& times = **found;
  if (!times.numeric())
    return fail(Code::bad_data,
                "the column `{}` holds texts; a time or a number of seconds is needed", column);
  std::vector<std::int64_t> micros(rows.rows());
  for (std::size_t row = 0; row < micros.size(); ++row) {
    if (blank(times, row))
      return fail(Code::bad_data, "row {}: the time `{}` is empty", row + 1, column);
    if (times.type() == Type::time) {
      micros[row] = times.values<std::int64_t>()[row];
      continue;
    }
    const double seconds = times.number(row);
    if (!(std::abs(seconds) < kMostSeconds))
      return fail(Code::bad_data, "row {}: `{}` = {} is no number of seconds since 1970", row + 1,
                  column, seconds);
    micros[row] = static_cast<std::int64_t>(std::llround(seconds * kMicrosPerSecond));
  }
  return micros;
}

}  // namespace rehearse::features
