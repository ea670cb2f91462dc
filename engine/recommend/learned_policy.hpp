// SPDX-License-Identifier: GPL-3.0-or-later
//
// A policy learned from a log, and propensities guessed from one.
//
//   score(x, a) = logit((clicks + m p_a) / (n + m))     shrunk to the action's own rate p_a, which
//                                                       is shrunk to the mean of all
//   π(a|x) = (1 - ε) softmax_a(score / T) + ε / actions
//
// The counts are those of a log that its own policy chose: rates are right where every pair was
// shown whatever the visitor was like, and few rounds of a pair leave its rate to m.
#pragma once

#include "engine/recommend/policy_table.hpp"

namespace rehearse::recommend {

struct LearnedPolicyOptions {
  double shrink = 20;        // m in rounds, [0, 1e9]
  double temperature = 0.2;  // T in log-odds, [1e-3, 1e3]
  double explore = 0;        // ε, [0, 1]
};

// The policy as rows: context, action text, target double, score double (log-odds); every action of
// the log in each of its contexts. Rewards of 0 and 1.
// Errors: a column is missing or a cell empty, a reward that is not 0 or 1 (its row), no rows, an
// option out of its range, more than PolicyTable::kMostCells pairs. O(rounds + pairs).
Result<Frame> learn_policy(const Frame& log, const std::string& context, const std::string& action,
                           const std::string& reward, const LearnedPolicyOptions& options);

// For each round the share of its context's rounds that show its action: what is left to do where
// propensities were not logged. Right only if the policy looked at nothing but the context.
// Errors: a column is missing, a cell empty.
Result<std::vector<double>> counted_propensities(const Frame& log, const std::string& context,
                                                 const std::string& action);

}  // namespace rehearse::recommend
