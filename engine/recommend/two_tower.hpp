// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two towers: users and items are each a bag of features, and the dot product of what the towers
// make of the bags says how well they fit (Covington, Adams, Sargin 2016; Yi et al. 2019).
//
//   x = Σ_features weight · E[feature]           the bag, by tower
//   u, v = x                                     without a hidden layer
//        = x + W₂ max(0, W₁ x + b₁)              with one
//   loss = - mean_i ln softmax_j (u_i·v_j / τ - ln Q(j)) [j = i]      over the items of the batch
//
// The other items of a batch are the negatives, which costs nothing; popular ones are negatives
// more often, and without the correction the model learns to avoid them. Q(j) is the share of
// training pairs that have item j: subtracting its logarithm makes the batch a fair sample of all
// items (the log-Q correction). An item that stands twice in a batch is no negative of itself.
//
// Features are the id and any side features, hashed to `buckets` rows of a table by tower. The id
// learns what a user did; side features (a topic, what was picked at sign-up) hold for those who
// have done nothing yet: a new item is served from its topic on its first day. Every bag has one
// feature that all share, so that the other tower can say how popular something is. Ids unknown to
// training have a row that nothing moved but chance: they are left out of the bag. Where ids are
// there for all whom training knows, nearly all is learned by ids, and what is new is taken for
// unpopular; with `id_dropout` some bags are without, so that side features learn to stand alone
// (Volkovs, Yu, Poutanen 2017, "DropoutNet").
//
// Use it as a first stage for large catalogues (item vectors are made beforehand and searched,
// exactly or approximately) and where things are new. With ids alone and little data ALS and EASE
// are hard to beat. One thread, one order, doubles: the same seed gives the same bytes.
#pragma once

#include <string>
#include <vector>

#include "engine/base/stop.hpp"
#include "engine/recommend/normal_equations.hpp"
#include "engine/recommend/recommender.hpp"
#include "engine/recommend/tower.hpp"

namespace rehearse::recommend {

struct TowerOptions {
  std::size_t factors = 16;       // [1, 256]
  std::size_t hidden = 0;         // units of the hidden layer, [0, 256]; 0: none
  std::size_t epochs = 40;        // [1, 1000]
  std::size_t batch = 64;         // [2, 4096]
  double learning_rate = 0.02;    // of Adam, (0, 1]
  double temperature = 1;         // τ, [0.01, 100]
  double decay = 0.02;            // shrinkage of the features that a step moves, [0, 10]
  bool correct = true;            // the log-Q correction
  bool ids = true;                // learn from ids too, not from side features alone
  double id_dropout = 0;          // share of bags in a batch that are without their id, [0, 0.95]
  std::size_t buckets = 1 << 14;  // [16, 2^22]
  std::uint64_t seed = 1;
};

// Side features by user and by item, as texts ("topic=birds"). Empty: none.
struct SideFeatures {
  std::vector<std::vector<std::string>> users, items;
};

class TwoTower : public Recommender {
 public:
  std::string describe() const override;
  std::size_t bytes() const override;
  const Interactions& training() const override { return training_; }
  // Of every user, with or without training: exact, u·v over the item vectors.
  void score(std::uint32_t user, std::span<double> scores) const override;
  // What a search is made over: one row a user, one row an item.
  const FactorTable& user_vectors() const { return users_; }
  const FactorTable& item_vectors() const { return items_; }
  const std::vector<double>& losses() const { return losses_; }  // mean of each epoch

 private:
  friend Result<std::shared_ptr<const TwoTower>> fit_two_tower(const Interactions& training,
                                                               const SideFeatures& side,
                                                               const TowerOptions& options,
                                                               const Progress& progress);
  TwoTower(Interactions training, const TowerOptions& options)
      : training_(std::move(training)),
        options_(options),
        users_(training_.users(), options.factors),
        items_(training_.items(), options.factors) {}
  Interactions training_;
  TowerOptions options_;
  FactorTable users_, items_;
  std::vector<double> losses_;
};

// Errors: no interactions; side features of another number of users or items; neither ids nor side
// features; an option out of its range; a loss that is no number any more; stopped.
// O(epochs · pairs · (batch · factors + work of a tower)).
Result<std::shared_ptr<const TwoTower>> fit_two_tower(const Interactions& training,
                                                      const SideFeatures& side = {},
                                                      const TowerOptions& options = {},
                                                      const Progress& progress = {});

}  // namespace rehearse::recommend
