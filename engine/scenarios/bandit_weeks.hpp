// SPDX-License-Identifier: GPL-3.0-or-later
//
// Weeks of the first place of a feed (engine/sim/choices.hpp), given to several bandits
// (engine/recommend/bandit.hpp): what each earns, what it loses against a policy that knows every
// rate, and how narrow the feed becomes that it learns from itself.
//
// All see the same visitors with the same luck. What came of a visit is learned at once, or at the
// end of its day. The regret of a visit is the difference of click probabilities between the best
// post for its segment and the one that was shown, so no luck is in it.
#pragma once

#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"
#include "engine/recommend/bandit.hpp"
#include "engine/sim/choices.hpp"

namespace rehearse::scenarios {

struct BanditWeeksOptions {
  sim::ChoiceOptions site;                     // days, visits_a_day and the world
  std::vector<recommend::BanditKind> bandits;  // at least one
  double explore = 0.1, confidence = 0.3;
  bool at_once = true;  // false: learns at the end of each day
  int repeats = 8;      // [1, 1000], each with other visitors on the same site
  unsigned threads = 1;
};

struct BanditWeeks {
  // A row a bandit and day, means over repeats: series text, day int32, regret (clicks lost so far
  // per 1,000 visits of this day and before), low, high (95%, over repeats), click_rate (of this
  // day, expected), best_share (visits that got their segment's best post), topics (effective
  // number shown: exp of the entropy). Then series "best possible", with regret 0.
  Frame daily;
  // A row a bandit: bandit, regret (clicks lost per 1,000 visits over all), low, high, click_rate,
  // last_click_rate, last_best_share, last_topics (of the last day); columns best_click_rate and
  // random_click_rate beside.
  Frame summary;
};
// O(repeats · bandits · visits · posts). Errors: options out of range, those of choice_world and
// make_bandit; cancelled.
Result<BanditWeeks> bandit_weeks(const BanditWeeksOptions& options, const Progress& progress = {});

}  // namespace rehearse::scenarios
