// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/alarm_score.hpp"

#include <algorithm>
#include <cassert>

namespace rehearse::monitor {

AlarmScore score_alarms(std::span<const double> at, std::span<const double> alarm, bool changed,
                        double change, double step) {
  assert(at.size() == alarm.size());
  AlarmScore score;
  double last = change, first = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < at.size(); ++i) {
    last = std::max(last, at[i]);
    if (!changed || at[i] < change)
      score.quiet += 1, score.false_alarms += alarm[i] > 0;
    else if (alarm[i] > 0)
      first = std::min(first, at[i]);
  }
  if (score.quiet > 0) score.false_alarm_rate = score.false_alarms / score.quiet;
  if (!changed) return score;
  score.detected = first <= last;
  score.first_alarm_delay = (first <= last ? first : last + step) - change;
  return score;
}

}  // namespace rehearse::monitor
