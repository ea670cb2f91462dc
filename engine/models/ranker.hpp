// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scorers for ranked lists: a linear one, a shallow network or boosted trees, each learned by any
// of the losses of rank_loss.hpp.
//
//   linear, network  Adam over lists, eight at a time (shallow_net.hpp), columns standardized on
//                    the training rows, a missing number at its mean
//   trees            each round a tree of XGBoost fitted to the loss's gradient and curvature at
//                    the present scores; with the lambda loss that is LambdaMART (Burges 2010)
//
// Use it to order the candidates of a request. Scores have no unit but for the pointwise loss,
// whose sigmoid is the expected gain over the greatest; where a probability of one outcome is
// wanted, train a classifier. What a ranker costs to serve is told in counted work (multiply_adds,
// tree_nodes), since a list has hundreds of candidates and the slowest list sets the p99.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/scorer.hpp"
#include "engine/base/stop.hpp"
#include "engine/models/hashing.hpp"
#include "engine/models/rank_loss.hpp"
#include "engine/models/shallow_net.hpp"
#include "engine/models/standardized.hpp"
#include "engine/models/training.hpp"
#include "engine/models/tree_ensemble.hpp"

namespace rehearse::models {

enum class RankScorer { linear, network, trees };
// "linear", "network", "trees".
Result<RankScorer> parse_rank_scorer(std::string_view name);

struct RankerOptions {
  RankLoss loss = RankLoss::lambda;
  RankScorer scorer = RankScorer::linear;
  std::string query = "request";    // column that tells lists apart
  std::string label = "relevance";  // 0 or more
  FeatureChoice features = {};
  std::size_t k = 10;           // places that the lambda loss looks at, [1, 1000]
  std::size_t hidden = 16;      // network: units, [1, 512]
  int epochs = 20;              // linear, network: passes over the lists, [1, 1000]
  double learning_rate = 0.02;  // linear, network: of Adam, (0, 1]
  double decay = 1e-3;          // linear, network: shrinkage a step, [0, 1]
  int rounds = 60;              // trees, [1, 2000]
  int depth = 3;                // trees, [1, 12]
  double shrinkage = 0.15;      // trees: share of each that is taken, (0, 1]
  std::uint64_t seed = 1;
};

class RankerModel : public Scorer {
 public:
  Result<std::vector<double>> score(const Frame& rows) const override;
  bool probabilistic() const override { return false; }
  std::string label() const override { return options_.label; }
  std::string describe() const override;
  std::size_t bytes() const override;
  // rows_trained, lists_trained, lists_without_order (all candidates alike), parameters (leaves for
  // trees), multiply_adds, tree_nodes, loss_first, loss_last.
  std::vector<std::pair<std::string, double>> facts() const override;
  const std::vector<double>& losses() const { return losses_; }  // mean of each epoch or round
  const ShallowNet& net() const { return net_; }
  const TreeEnsemble& ensemble() const { return ensemble_; }

 private:
  friend class RankerTrainer;
  RankerOptions options_;
  StandardizedRows encoding_;
  ShallowNet net_;
  TreeEnsemble ensemble_;
  std::vector<double> losses_;
  double nodes_visited_ = 0;
  std::size_t rows_ = 0, lists_ = 0, without_order_ = 0;
};

// Lists are told apart by the value of the query column; their rows may stand anywhere. Errors:
// those of choose_features; no such column; an option out of its range; a relevance that is
// missing, negative or above 30; no list in which one candidate is better than another; trees
// without the library; stopped. O(epochs · rows · (work of a row + candidates of its list)).
Result<std::shared_ptr<const RankerModel>> train_ranker(const Frame& rows,
                                                        const RankerOptions& options = {},
                                                        const Progress& progress = {});

}  // namespace rehearse::models
