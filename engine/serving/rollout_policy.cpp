// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a rollout may be asked: its policy, its site and its faults.
#include <fmt/ranges.h>

#include <algorithm>

#include "engine/serving/rollout.hpp"

namespace rehearse::serving {

const std::vector<std::string>& deploy_faults() {
  static const std::vector<std::string> kinds = {"none",     "crash", "leak",  "slow",
                                                 "overload", "skew",  "worse", "cohort"};
  return kinds;
}

double usual_size(const std::string& kind) {
  if (kind == "none") return 0;
  if (kind == "slow" || kind == "overload") return 0.06;
  if (kind == "skew" || kind == "worse") return 0.1;
  return 0.03;
}

Result<void> check(const DeployFault& fault) {
  const auto& kinds = deploy_faults();
  if (std::find(kinds.begin(), kinds.end(), fault.kind) == kinds.end())
    return fail(Code::invalid_argument, "`{}` is no fault of a deploy; there are {}", fault.kind,
                fmt::join(kinds, ", "));
  if (!(fault.size >= 0 && fault.size <= 1))
    return fail(Code::invalid_argument, "a fault of size {}; give 0 to 1", fault.size);
  return {};
}

Result<void> check(const RolloutPolicy& p) {
  if (p.stages.empty()) return fail(Code::invalid_argument, "a rollout needs at least one stage");
  double before = 0;
  for (const Stage& stage : p.stages) {
    if (!(stage.share > 0 && stage.share <= 1) || stage.share < before)
      return fail(Code::invalid_argument,
                  "a stage's share is {}; shares grow from stage to stage, above 0 and up to 1",
                  stage.share);
    if (stage.minutes < 1 || stage.minutes > 10000)
      return fail(Code::invalid_argument, "a stage of {} minutes; give 1 to 10,000", stage.minutes);
    before = stage.share;
  }
  if (!(p.failures > 0) || !(p.slow > 0) || !(p.conversion > 0))
    return fail(Code::invalid_argument, "the thresholds are {}, {} and {}; each must be above 0",
                p.failures, p.slow, p.conversion);
  if (p.window_minutes < 1 || p.window_minutes > 1440 || p.sustained < 1 || p.sustained > 1440 ||
      p.rollback_minutes < 0 || p.rollback_minutes > 1440)
    return fail(Code::invalid_argument,
                "a window of {} minutes, sustained for {}, rolled back in {}; each is a number of "
                "minutes up to 1440",
                p.window_minutes, p.sustained, p.rollback_minutes);
  if (p.shadow_minutes < 0 || p.shadow_minutes > 10000 ||
      (p.shadow_minutes > 0 && !(p.shadow_share > 0 && p.shadow_share <= 1)))
    return fail(Code::invalid_argument,
                "a shadow of {} minutes with a share of {}; give up to 10,000 minutes and a share "
                "above 0 and up to 1",
                p.shadow_minutes, p.shadow_share);
  return {};
}

Result<void> check(const Site& s) {
  if (!(s.requests_per_minute > 0 && s.requests_per_minute <= 1e9))
    return fail(Code::invalid_argument, "{} requests a minute; give a number above 0, up to 1e9",
                s.requests_per_minute);
  for (const double rate : {s.failures, s.slow, s.conversion, s.weather})
    if (!(rate >= 0 && rate < 1))
      return fail(Code::invalid_argument, "a rate of the site is {}; it must lie in [0, 1)", rate);
  if (s.horizon < 1 || s.horizon > 100000)
    return fail(Code::invalid_argument, "a horizon of {} minutes; give 1 to 100,000", s.horizon);
  return {};
}

int minutes_to_complete(const RolloutPolicy& policy) {
  int minutes = policy.shadow_minutes;
  for (const Stage& stage : policy.stages) minutes += stage.minutes;
  return minutes;
}

}  // namespace rehearse::serving
