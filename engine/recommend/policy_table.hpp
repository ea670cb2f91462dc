// SPDX-License-Identifier: GPL-3.0-or-later
//
// A policy written down: for each context (whom) the probability of each action (what is shown).
// With it, and only with it, a log can be judged by a reward model (off_policy.hpp: DM, DR), and it
// can be said how much of the policy the log has never seen.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/interner.hpp"
#include "engine/recommend/off_policy.hpp"

namespace rehearse::recommend {

// The code of a cell. Errors: it is empty (its row).
Result<std::uint32_t> code_of(Interner& names, const Column& column, std::size_t row);

// Dense: contexts × actions, at most kMostCells.
class PolicyTable {
 public:
  static constexpr std::size_t kMostCells = 20'000'000;

  // A row a pair; pairs that are left out have probability 0.
  // Errors: a column is missing, a cell empty, a probability outside [0, 1], a pair twice, the
  // probabilities of a context do not sum to one (within 1e-6; which, and what they sum to), too
  // many cells. O(rows + cells).
  static Result<PolicyTable> of(const Frame& table, const std::string& context,
                                const std::string& action, const std::string& probability);

  const Interner& contexts() const { return contexts_; }
  const Interner& actions() const { return actions_; }
  double probability(std::size_t context, std::size_t action) const {
    return action < actions_.size() ? cells_[context * actions_.size() + action] : 0;
  }

 private:
  Result<void> check_sums() const;
  Interner contexts_, actions_;
  std::vector<double> cells_;
};

// The log in the codes of a policy. An action that the policy does not name gets a code of its own:
// the policy shows it with probability 0.
struct CodedRounds {
  std::vector<std::uint32_t> context, action;
  Interner actions;  // those of the policy first
};
// Errors: a column is missing, a cell empty, a context that the policy does not say what to do in
// (its row).
Result<CodedRounds> coded(const Frame& log, const std::string& context, const std::string& action,
                          const PolicyTable& policy);

// π_e of what was shown, round by round.
std::vector<double> target_of(const CodedRounds& rounds, const PolicyTable& policy);

// The share of π_e, over the log's contexts, that falls on pairs of context and action without one
// round in the log. No estimator can know what that part would have earned.
double never_logged(const CodedRounds& rounds, const PolicyTable& policy);

// q̂, the mean reward of an action, or of a context and action. A pair without a round falls back on
// its action, an action without one on the mean of all rounds.
class RewardTable {
 public:
  enum class By { action, cell };
  // Sizes equal, not empty (asserted). O(rounds + cells).
  RewardTable(const CodedRounds& rounds, std::span<const double> reward, std::size_t contexts,
              By by);
  double mean(std::size_t context, std::size_t action) const;
  // Shown and expected for each round, as the estimators take them. O(rounds + cells).
  struct Rewards {
    std::vector<double> shown, expected;
    ModelledRewards view() const { return {shown, expected}; }
  };
  Rewards rewards(const CodedRounds& rounds, const PolicyTable& policy) const;

 private:
  std::size_t actions_;
  By by_;
  std::vector<double> cells_;  // means by context and action, then by action alone
};

}  // namespace rehearse::recommend
