// SPDX-License-Identifier: GPL-3.0-or-later
//
// What would another policy have earned? The estimators of engine/recommend/off_policy.hpp over a
// log of rounds, and what decides whether they can be believed: how large the weights are, how many
// rounds they leave, how much of the policy the log never showed.
#pragma once

#include <optional>
#include <string>

#include "engine/base/document.hpp"
#include "engine/recommend/policy_table.hpp"

namespace rehearse::analysis {

struct PolicyColumns {
  std::string propensity, reward, target;
  std::string action, context;  // needed beside a policy
  double clip = 10;             // W of clipped IPS, above 0
  recommend::RewardTable::By model = recommend::RewardTable::By::action;
};

struct PolicyEstimates {
  std::size_t rows = 0;
  double effective_sample_size = 0;
  recommend::Weights weights;
  recommend::Estimate on_policy, ips, snips, clipped_ips;
  // With a policy only.
  std::optional<recommend::Estimate> dm, dr;
  std::optional<double> never_logged;  // share of the policy on pairs without a round
  std::size_t other_target = 0;        // rows whose target is not the policy's, by over 1e-3
};

inline constexpr const char* kNeedsPolicy =
    "the direct method and the doubly robust one ask what the policy does with every action: give "
    "the policy as a table of context, action and probability";

// `policy` may be null; its columns are context, action and target.
// Errors: a column is missing or of texts, clip is not above 0; those of recommend::check,
// PolicyTable::of and coded (those of the policy begin with "policy: "). O(rows + pairs).
Result<PolicyEstimates> estimate_policy(const Frame& log, const Frame* policy,
                                        const PolicyColumns& columns);

// One paragraph: whether these numbers can be believed, and why.
std::string reading_of(const PolicyEstimates& estimates, const PolicyColumns& columns);

// `log` is the table that was asked about, for the plot of the estimates as it grows.
Document document_of(const std::string& file, const PolicyColumns& columns, const Frame& log,
                     const PolicyEstimates& estimates);

}  // namespace rehearse::analysis
