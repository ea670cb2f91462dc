// SPDX-License-Identifier: GPL-3.0-or-later
//
// One policy judged from one log by every estimator there is (off_policy.hpp), with what the policy
// really earns beside them where the site is simulated. Two wrong ones are among them on purpose:
// what is left to do when nobody logged propensities, and the estimate that asks the model alone.
#pragma once

#include <string>
#include <vector>

#include "engine/recommend/policy_table.hpp"

namespace rehearse::recommend {

struct PolicyReportOptions {
  std::string context = "segment", action = "post", reward = "click", propensity = "propensity";
  // What an action is made of, and the probability that any action of it was shown; for MIPS.
  // Left out where the log has no such column.
  std::string category = "topic", category_propensity = "topic_propensity";
  double most_weight = 10;  // W of clipped IPS and τ of SWITCH-DR, above 0
  RewardTable::By model = RewardTable::By::cell;
};

struct NamedEstimate {
  std::string name;
  Estimate estimate;
  double truth;  // NaN where it is not known
};

struct PolicyReport {
  // "logged policy", "no propensities" (Σ π_e r / Σ π_e), "IPS", "clipped IPS", "SNIPS", "DM",
  // "DR", "SWITCH-DR", "MIPS", in this order.
  std::vector<NamedEstimate> estimates;
  std::size_t rounds = 0;
  double effective_sample_size = 0, never_logged = 0;
  Weights weights;
  double truth = 0;  // NaN where it is not known
};

// `policy` has the columns context, action, target; `pairs`, if not null, those of
// sim::Choices::pairs under the names of the options: share, propensity, click_probability.
// Errors: those of check, PolicyTable::of and coded; most_weight is not above 0; an action of one
// category here and of another there. O(rounds + pairs).
Result<PolicyReport> report_on_policy(const Frame& log, const Frame& policy, const Frame* pairs,
                                      const PolicyReportOptions& options);

}  // namespace rehearse::recommend
