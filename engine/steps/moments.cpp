// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/moments.hpp"

#include <cmath>

#include "engine/sim/site.hpp"

namespace rehearse::steps {

Result<Time> start_of_day(const Frame& rows, double day) {
  auto time = rows.require("time");
  auto days = rows.require("day");
  if (!time) return fail(time.error());
  if (!days) return fail(days.error());
  if ((*time)->type() != Type::time || !(*days)->numeric())
    return fail(Code::bad_data, "the column `time` holds moments and `day` whole days");
  if (rows.rows() == 0) return fail(Code::bad_data, "the log has no rows");
  const std::int64_t first = (*time)->values<std::int64_t>()[0],
                     midnight = first - (first % sim::kMicrosPerDay + sim::kMicrosPerDay) %
                                            sim::kMicrosPerDay;
  return Time{midnight +
              static_cast<std::int64_t>(std::llround((day - (*days)->number(0)) *
                                                     static_cast<double>(sim::kMicrosPerDay)))};
}

}  // namespace rehearse::steps
