// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/columns.hpp"

#include <cmath>

#include "engine/features/keys.hpp"

namespace rehearse::features {
namespace {

constexpr double kMicrosPerSecond = 1e6;
constexpr double kMostSeconds = 4e12;  // differences of microseconds still fit 64 bits

Result<std::int64_t> moment_of(const Column& times, std::size_t row) {
  if (blank(times, row))
    return fail(Code::bad_data, "row {}: the time `{}` is empty", row + 1, times.name());
  if (times.type() == Type::time) return times.values<std::int64_t>()[row];
  if (!times.numeric()) {
    const auto parsed = parse_time(times.text(row));
    if (parsed) return parsed->micros;
    return fail(Code::bad_data,
                "row {}: `{}` = \"{}\" is no time: write 2026-06-15T08:30:00Z, or "
                "seconds since 1970",
                row + 1, times.name(), times.text(row));
  }
  if (times.type() == Type::int64 || times.type() == Type::int32) {
    const auto seconds = static_cast<std::int64_t>(times.number(row));
    if (std::abs(times.number(row)) < kMostSeconds) return seconds * 1000000;
  }
  const double seconds = times.number(row);
  if (std::abs(seconds) < kMostSeconds)
    return static_cast<std::int64_t>(std::llround(seconds * kMicrosPerSecond));
  return fail(Code::bad_data, "row {}: `{}` = {} is no number of seconds since 1970", row + 1,
              times.name(), seconds);
}

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
  std::vector<std::int64_t> micros(rows.rows());
  for (std::size_t row = 0; row < micros.size(); ++row) {
    auto moment = moment_of(times, row);
    if (!moment) return fail(moment.error());
    micros[row] = *moment;
  }
  return micros;
}

}  // namespace rehearse::features
