// SPDX-License-Identifier: GPL-3.0-or-later
//
// Contextual bandits over a small set of actions: each visit shows one, learns from what came of
// it, and must find out about the others while it earns.
//
//   epsilon-greedy  with probability ε any action, else the best rate so far
//   bucket          the same, but learns from the ε that got any action alone: clean data, fewer
//   thompson        a rate drawn from each action's Beta posterior, the greatest is shown
//                   (Thompson 1933; Chapelle, Li 2011)
//   lin-ucb         rates as a linear model of the post and of (segment, topic), so that a post is
//                   known a little before it was ever shown: x·θ + α √(x·Σx)
//                   (Li, Chu, Langford, Schapire 2010)
//
// Rates start at a prior of mean p_0 that is worth one click: (1 + clicks) / (1/p_0 + rounds).
// ε = 0 is the greedy policy that most teams run without knowing: what it never shows it never
// learns.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/random.hpp"

namespace rehearse::recommend {

enum class BanditKind { epsilon_greedy, bucket, thompson, lin_ucb };
const char* bandit_name(BanditKind kind);
Result<BanditKind> parse_bandit(std::string_view name);

struct BanditOptions {
  BanditKind kind = BanditKind::epsilon_greedy;
  double explore = 0.1;            // ε, [0, 1]; epsilon_greedy and bucket
  double confidence = 0.3;         // α, [0, 100]; lin_ucb
  double prior_rate = 0.08;        // p_0, (0, 1)
  std::size_t contexts = 1;        // >= 1
  std::vector<std::size_t> topic;  // of each action; at least one action
};

class Bandit {
 public:
  virtual ~Bandit() = default;
  struct Choice {
    std::size_t action = 0;
    bool explored = false;  // any action was due, whatever was known
  };
  // O(actions).
  virtual Choice choose(std::size_t context, Stream& stream) = 0;
  // reward 0 or 1. O(1); lin_ucb O(d²), d = actions + contexts · topics.
  virtual void learn(std::size_t context, const Choice& choice, double reward) = 0;
};

// Errors: an option out of its range; lin_ucb with more than 2,000 coefficients.
Result<std::unique_ptr<Bandit>> make_bandit(const BanditOptions& options);

}  // namespace rehearse::recommend
