// SPDX-License-Identifier: GPL-3.0-or-later
//
// Off-policy evaluation: what would another policy have earned, from the log of the one that was
// running? With r_i the reward of round i, a_i what was shown, x_i to whom, π_b the policy that
// logged and π_e the one asked about, w_i = π_e(a_i|x_i) / π_b(a_i|x_i):
//
//   IPS          mean(w r)                       unbiased where π_b shows all that π_e would;
//                                                few rounds of great weight decide
//                                                (Horvitz, Thompson 1952)
//   SNIPS        Σ w r / Σ w                     within the range of rewards, a little biased
//                                                (Swaminathan, Joachims 2015)
//   clipped IPS  mean(min(w, W) r)               less noise, biased downwards (Ionides 2008)
//   DM           mean Σ_a π_e(a|x) q̂(x,a)        no weights: as good as the reward model q̂, and
//                                                its standard error does not know of q̂'s error
//   DR           mean(DM_i + w_i (r_i - q̂(x_i,a_i)))   unbiased if either is right
//                                                (Dudík, Langford, Li 2011)
//   SWITCH-DR    DR, without the correction where w_i > τ (Wang, Agarwal, Dudík 2017)
//
// MIPS (Saito, Joachims 2022) is IPS over what an action is made of: give the two policies'
// probabilities of the shown item's topic instead of those of the item.
//
// Use it where propensities were logged by what chose. It cannot see what π_b never showed; how
// much of π_e that is, PolicyTable tells. All functions are O(n) over n rounds.
#pragma once

#include <span>

#include "engine/base/error.hpp"
#include "engine/metrics/interval.hpp"

namespace rehearse::recommend {

// Rounds as they were logged, one value each.
struct LoggedRounds {
  std::span<const double> reward;     // finite
  std::span<const double> behaviour;  // π_b of what was shown: the propensity, in (0, 1]
  std::span<const double> target;     // π_e of what was shown, in [0, 1]
};
// Errors: no rounds, sizes differ, a number out of its range (the first such row, and the mend).
Result<void> check(const LoggedRounds& rounds);

// What a reward model says, one value a round.
struct ModelledRewards {
  std::span<const double> shown;     // q̂(x_i, a_i)
  std::span<const double> expected;  // Σ_a π_e(a|x_i) q̂(x_i, a)
};

using metrics::Estimate;

// The rest take rounds that passed `check`. Intervals are 95%, normal. Standard errors of one round
// are NaN.
Estimate on_policy(const LoggedRounds& rounds);  // mean reward of π_b
Estimate ips(const LoggedRounds& rounds);
// NaN where no round has weight: π_e never does what the log did.
Estimate snips(const LoggedRounds& rounds);
Estimate clipped_ips(const LoggedRounds& rounds, double most_weight);  // W > 0 (asserted)
Estimate direct_method(const LoggedRounds& rounds, const ModelledRewards& model);
Estimate doubly_robust(const LoggedRounds& rounds, const ModelledRewards& model);
Estimate switch_doubly_robust(const LoggedRounds& rounds, const ModelledRewards& model,
                              double most_weight);  // τ >= 0 (asserted)

// (Σw)² / Σw² (Kish 1965): so many rounds of π_e itself would be as informative. 0 where no round
// has weight.
double effective_sample_size(const LoggedRounds& rounds);

struct Weights {
  double mean = 0;              // 1 in expectation; far from it: the propensities are wrong
  double greatest = 0;          // w of one round
  double share_of_top = 0;      // of Σw, held by the 1% of rounds with the greatest weights
  std::size_t above_limit = 0;  // rounds with w > W
};
Weights weights_of(const LoggedRounds& rounds, double limit);

}  // namespace rehearse::recommend
