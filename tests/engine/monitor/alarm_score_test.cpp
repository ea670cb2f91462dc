// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/alarm_score.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

namespace rehearse::monitor {
namespace {

TEST_CASE("alarm score: alarms before the change are false, the first one after it is the delay") {
  const std::vector<double> day = {7, 8, 9, 10, 11, 12}, alarm = {0, 1, 0, 0, 1, 1};
  const AlarmScore score = score_alarms(day, alarm, true, 10);
  CHECK(score.first_alarm_delay == 1);
  CHECK(score.detected == 1);
  CHECK(score.false_alarms == 1);
  CHECK(score.quiet == 3);
  CHECK(score.false_alarm_rate == Approx(1.0 / 3));
}

TEST_CASE("alarm score: a change never seen counts to one step beyond the end") {
  const std::vector<double> hour = {0, 2, 4, 6}, none(4, 0);
  const AlarmScore score = score_alarms(hour, none, true, 3, 2);
  CHECK(score.detected == 0);
  CHECK(score.first_alarm_delay == 5);
}

TEST_CASE("alarm score: without a change every alarm is false and there is no delay") {
  const std::vector<double> day = {1, 2, 2, 3}, alarm = {1, 0, 1, 0};
  const AlarmScore score = score_alarms(day, alarm, false, 0);
  CHECK(score.false_alarm_rate == 0.5);
  CHECK(std::isnan(score.first_alarm_delay));
  CHECK(std::isnan(score.detected));
  CHECK(std::isnan(score_alarms(day, alarm, true, 1).false_alarm_rate));  // nothing was quiet
}

}  // namespace
}  // namespace rehearse::monitor
