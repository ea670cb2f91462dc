// SPDX-License-Identifier: GPL-3.0-or-later
//
// The same experiment a thousand times, watched by several stopping rules at once. Two arms, a
// conversion each user makes or not, the pooled z test at each look. What every rule does on the
// same thousand histories stands beside what integration says it must do (crossing.hpp): false
// positives where the true lift is 0, power and duration where it is not.
//
// Also what stopping does to the estimate: a test that stops when it looks good reports a lift that
// is too large (the winner's curse), and the more so the earlier it may stop.
//
// Counts are drawn by day and arm (binomial.hpp), streams keyed by (replicate, day, arm), so that
// another rule or number of looks meets the same users. O(replicates × (days + looks × rules)).
#pragma once

#include "engine/base/stop.hpp"
#include "engine/experiment/stopping_rule.hpp"

namespace rehearse::experiment {

struct PeekingOptions {
  double baseline = 0.2;             // conversion without treatment
  double lift = 0;                   // true, absolute
  std::int64_t users_per_day = 200;  // in each arm
  int days = 20;
  int looks = 20;  // equally spaced; days must be a multiple
  std::vector<std::string> rules = {"naive"};
  RuleOptions rule = {};
  int replicates = 1000;
  std::uint64_t seed = 0;
};

struct WatchedRule {
  std::string rule;
  Boundaries bounds;
  std::vector<double> measured;  // share of experiments stopped up to each look
  std::vector<double> expected;  // the same by integration
  double rejected = 0;           // share that called a difference
  double rejected_expected = 0;
  double won = 0;   // share that called the treatment better
  double days = 0;  // mean days until it ended
  double days_expected = 0;
  double lift_of_winners = 0;  // mean estimate of those that won; NaN where none did
};

// Errors: baseline or baseline + lift outside (0, 1); users, days, looks or replicates below 1 or
// too many (10^7 users a day, 1000 days, 10^6 replicates); days no multiple of looks; no rule;
// those of stopping_rule; cancelled.
Result<std::vector<WatchedRule>> watch_repeatedly(const PeekingOptions& options,
                                                  const Progress& progress = {});

// One of these experiments: the statistic at each look.
struct Watched {
  std::vector<double> day, z, estimate, variance;
};
// Errors: as above.
Result<Watched> watch_once(const PeekingOptions& options, std::uint64_t replicate);

}  // namespace rehearse::experiment
