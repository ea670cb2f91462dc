// SPDX-License-Identifier: GPL-3.0-or-later
//
// A rollout, minute by minute: shadow first, then stages of a growing share (canary, ramp), with
// guardrails that roll back by themselves. Replayed on deploys whose fault is known, so that every
// policy shows what it would have caught, how long that took and how many requests were hurt.
//
// Three guardrails, each a rate in a sliding window: requests that failed, requests that were slow,
// and conversions. A guardrail is an absolute difference between canary and control (the rest of
// the traffic in the same minutes; once everybody is moved, the hour before the deploy), not a
// p-value: it is breached when the difference exceeds the threshold in a window with enough
// requests, and rolls back when it is breached for `sustained` minutes on end. That takes
// `rollback_minutes` more, in which the fault goes on: one minute for a switch between blue and
// green, thirty to deploy the old version again.
//
// The common weather (a slow wave in conversions that both versions ride) is what makes the
// comparison with the hour before worse than that with the control.
//
// Counts are Poisson with the known rates, drawn from streams keyed by (deploy, minute, version,
// rate). A fault that no stage catches hurts until `horizon` minutes after the deploy.
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::serving {

struct Stage {
  double share = 1;
  int minutes = 60;
};

// Faults, and what their size means:
//   none       nothing is wrong
//   crash      failures rise by `size` at once
//   leak       failures rise to `size` over three hours
//   slow       slow requests rise by `size`
//   overload   slow requests rise by `size` from a share of 30% on
//   skew       conversions fall by the share `size`, and decisions differ from what was evaluated
//   worse      conversions fall by the share `size`; the candidate is simply worse
//   cohort     failures rise by `size` for a tenth of the users
struct DeployFault {
  std::string kind = "none";
  double size = 0;
};
const std::vector<std::string>& deploy_faults();
// Sizes that hurt without being absurd: 3% failures, 6% slow, 10% of conversions.
double usual_size(const std::string& kind);
// Errors: no such kind, a size outside [0, 1].
Result<void> check(const DeployFault& fault);

struct RolloutPolicy {
  std::vector<Stage> stages = {{0.01, 30}, {0.05, 30}, {0.25, 60}, {1, 180}};
  int shadow_minutes = 0;
  double shadow_share = 0.05;     // of the traffic that is copied
  double least_agreement = 0.97;  // share of same decisions; below it the shadow refuses
  // Absolute differences that breach.
  double failures = 0.01, slow = 0.03, conversion = 0.03;
  int window_minutes = 10, sustained = 3;
  int least_requests = 200;  // of the canary in a window
  int rollback_minutes = 5;
  bool against_control = true;  // false: against the hour before the deploy
};

struct Site {
  double requests_per_minute = 600;
  double failures = 0.004, slow = 0.03, conversion = 0.2;
  double agreement = 0.995;  // same decisions of a sound candidate
  double weather = 0.02;     // sd of the common wave, as a share of conversions
  int horizon = 1440;
};

// Errors: no stages; a share outside (0, 1] or falling; minutes below 1 or above 10,000; a
// threshold not above 0; a window, sustained or rollback time out of range.
Result<void> check(const RolloutPolicy& policy);
// Errors: no traffic, a rate outside [0, 1), a horizon out of range.
Result<void> check(const Site& site);

// One minute of both sides, smoothed over the window.
struct RolloutMinute {
  int minute = 0;  // since the first stage began
  double share = 0;
  double canary[3] = {}, control[3] = {};  // failures, slow, conversion; NaN without requests
  double truth[3] = {};                    // of the canary
  bool breached = false;
};

struct DeployOutcome {
  bool refused_by_shadow = false, rolled_back = false;
  std::string guardrail;  // "failures", "slow", "conversion", "agreement"; empty: none
  int minute = 0;         // of the decision; of the end where there was none
  double share = 0;       // exposed at that minute
  double exposed = 0;     // requests that the new version answered up to the end
  double hurt = 0;        // expected requests that failed, were slow or lost a conversion
};

struct Deploy {
  DeployOutcome outcome;
  std::vector<RolloutMinute> minutes;  // empty unless asked for
};

// Errors: those of the three checks.
Result<Deploy> simulate_deploy(const RolloutPolicy& policy, const Site& site,
                               const DeployFault& fault, std::uint64_t seed, std::uint64_t deploy,
                               bool keep_minutes = false);

// Many deploys of one fault.
struct FaultReport {
  DeployFault fault;
  double caught = 0, in_shadow = 0;  // shares of deploys
  double minutes = 0;                // until caught, mean; NaN where none was
  double share = 0;                  // exposed when caught, mean; NaN where none was
  double hurt = 0;                   // mean
  double hurt_unguarded = 0;         // everybody at once, until the horizon
};
Result<std::vector<FaultReport>> replay_faults(const RolloutPolicy& policy, const Site& site,
                                               const std::vector<DeployFault>& faults, int deploys,
                                               std::uint64_t seed, const Progress& progress = {});

// Minutes until a sound candidate serves everybody and the last stage is over, shadow included.
int minutes_to_complete(const RolloutPolicy& policy);

}  // namespace rehearse::serving
