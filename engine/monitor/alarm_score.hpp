// SPDX-License-Identifier: GPL-3.0-or-later
//
// How alarms look to one who knows when the change began: how late the first one came, and how many
// came for nothing. Moments may be days, hours or rows; delays are in their unit.
#pragma once

#include <limits>
#include <span>

namespace rehearse::monitor {

struct AlarmScore {
  static constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
  // From the change to the first alarm at it or after; never seen: to one step beyond the last
  // moment. NaN without a change.
  double first_alarm_delay = kUndefined;
  double detected = kUndefined;          // 1 or 0; NaN without a change
  double false_alarms = 0, quiet = 0;    // alarms, and moments, before the change
  double false_alarm_rate = kUndefined;  // false_alarms / quiet; NaN where no moment is quiet
};

// An alarm is a moment whose `alarm` is above 0. Sizes equal (asserted); moments in any order.
AlarmScore score_alarms(std::span<const double> at, std::span<const double> alarm, bool changed,
                        double change, double step = 1);

}  // namespace rehearse::monitor
