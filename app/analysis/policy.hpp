// SPDX-License-Identifier: GPL-3.0-or-later
//
// What would another policy have earned? The estimators of engine/recommend/off_policy.hpp over a
// log of rounds, and what decides whether they can be believed: how large the weights are, how many
// rounds they leave, how much of the policy the log never showed.
#pragma once

#include <optional>
#include <string>
#include <vector>

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
  // What the estimators said after the first n rounds, at some forty n.
  struct Running {
    double rounds, on_policy, ips, snips;
  };
  std::vector<Running> running;
};

inline constexpr const char* kNeedsPolicy =
    "the direct method and the doubly robust one ask what the policy does with every action: give "
    "the policy as a table of context, action and probability";

// The other policy from a table with the columns context, action, target. Errors: those of
// PolicyTable::of, with `file` in front.
Result<recommend::PolicyTable> policy_of(const std::string& file, const Frame& table);

// `policy` may be null. Errors: a column is missing or of texts, clip is not above 0; those of
// recommend::check and coded. O(rows + pairs).
Result<PolicyEstimates> estimate_policy(const Frame& log, const recommend::PolicyTable* policy,
                                        const PolicyColumns& columns);

// One paragraph: whether these numbers can be believed, and why.
std::string reading_of(const PolicyEstimates& estimates, const PolicyColumns& columns);

Document document_of(const std::string& file, const PolicyColumns& columns,
                     const PolicyEstimates& estimates);

}  // namespace rehearse::analysis
