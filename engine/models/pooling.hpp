// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pooling of group means: what to predict for a community, a user, a post of which little is known.
//
//   none      each group's own mean; a new group gets the overall one. Right with much data a group
//   full      the overall mean for all. Right with none
//   partial   between both, by how much each is worth (empirical Bayes: the prior is estimated from
//             all groups; Efron, Morris 1975; Morris 1983):
//
//     labels 0 or 1   p_g ~ Beta(a, b), y ~ Bernoulli(p_g):   (a + Σy) / (a + b + n)
//     values          θ_g ~ N(μ, τ²),   y ~ N(θ_g, σ²):       μ + (ȳ - μ) τ² / (τ² + σ²/n)
//
//   both are  shrunk = (1 - trust) · prior mean + trust · own mean,  trust = n / (n + k), where
//   k = a + b, or σ²/τ², is how many rows the prior is worth.
//
// a, b maximize the beta-binomial likelihood of the groups; σ² is the variance within groups, μ and
// τ² maximize the likelihood of their means. A new group starts at the prior mean: no special case.
#pragma once

#include <map>

#include "engine/models/linear_model.hpp"

namespace rehearse::models {

enum class Pooling { none, full, partial };

struct PoolingOptions {
  std::string by = {};  // the column of the groups; must be given
  Pooling pooling = Pooling::partial;
  std::string label = {};
  std::string name = {};
};

// The prior of partial pooling: its mean, and how many rows it is worth (infinite where groups do
// not differ by more than chance explains).
struct PooledPrior {
  double mean = 0, worth = 0;
};

struct GroupSum {
  double rows = 0, sum = 0, square = 0;
};

// Beta-binomial by maximum likelihood over groups (sum = positives). Errors: no group.
Result<PooledPrior> fit_beta_binomial(const std::vector<GroupSum>& groups);
// Normal-normal. Errors: no group.
Result<PooledPrior> fit_normal_normal(const std::vector<GroupSum>& groups);

class PooledModel : public Stepped {
 public:
  Result<std::vector<double>> score(const Frame& rows) const override;
  bool probabilistic() const override { return binary_; }
  std::string label() const override { return options_.label; }
  std::string describe() const override;
  std::size_t bytes() const override;
  // rows_trained, groups, prior_mean, prior_worth (rows; absent unless partial, and where
  // infinite).
  Facts facts() const override;
  // One row: group, rows, own_mean, prior_mean, prior_worth, trust, prediction.
  Result<Frame> trail(const Frame& rows, std::size_t row) const override;
  const std::string& by() const { return options_.by; }
  // Every group by number of rows, descending: group, rows, own_mean, trust, prediction.
  Result<Frame> group_table() const;

 private:
  friend Result<std::shared_ptr<const PooledModel>> train_pooled(const Frame& rows,
                                                                 const PoolingOptions& options);
  double trust(const GroupSum& group) const;
  double predict(const GroupSum& group) const;
  PoolingOptions options_;
  bool binary_ = false;
  double rows_ = 0, overall_ = 0;
  PooledPrior prior_;
  std::map<std::string, GroupSum> groups_;
};

// Binary where all labels are 0 or 1. O(rows log groups).
// Errors: no column `by`; a label that is no finite number; no rows.
Result<std::shared_ptr<const PooledModel>> train_pooled(const Frame& rows,
                                                        const PoolingOptions& options);

}  // namespace rehearse::models
