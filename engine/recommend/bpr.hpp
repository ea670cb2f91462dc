// SPDX-License-Identifier: GPL-3.0-or-later
//
// BPR: factors learned from pairs, "this user prefers what was had to what was not" (Bayesian
// personalized ranking, Rendle, Freudenthaler, Gantner, Schmidt-Thieme 2009).
//
//   s(u, i) = b_i + x_u·y_i      d = s(u, i) - s(u, j)      loss = -ln σ(d) + ρ/2 (‖x‖² + ‖y_i‖² +
//   …) g = σ(-d):   x += η (g (y_i - y_j) - ρ x)     y_i += η (g x - ρ y_i)     y_j += η (-g x - ρ
//   y_j)
//                b_i += η (g - ρ b_i)             b_j += η (-g - ρ b_j)
//
// Plain stochastic gradient descent, one triple after another: (u, i) uniform over the distinct
// pairs, j uniform over what u has not had; all of a step uses the values before it. An epoch is as
// many steps as there are pairs. Use it where the order of a list is all that matters; it optimizes
// the AUC of each user, not the head of the list, and uniform negatives are soon too easy.
#pragma once

#include "engine/base/stop.hpp"
#include "engine/recommend/normal_equations.hpp"
#include "engine/recommend/recommender.hpp"

namespace rehearse::recommend {

struct BprOptions {
  std::size_t factors = 32;      // 1 to 512
  std::size_t epochs = 60;       // >= 1
  double learning_rate = 0.05;   // η > 0
  double regularization = 0.01;  // ρ >= 0
  std::uint64_t seed = 1;        // factors begin at normal(0, 0.1), biases at 0
};

struct BprFactors {
  FactorTable users, items;
  std::vector<double> bias;  // of items
};

// One step on one triple; returns -ln σ(d) before it.
double bpr_step(BprFactors& factors, std::uint32_t user, std::uint32_t had, std::uint32_t other,
                double learning_rate, double regularization);

class Bpr : public Recommender {
 public:
  Bpr(const Interactions& training, const BprOptions& options, BprFactors factors,
      std::vector<double> losses)
      : training_(training),
        options_(options),
        factors_(std::move(factors)),
        losses_(std::move(losses)) {}
  std::string describe() const override;
  std::size_t bytes() const override;
  const Interactions& training() const override { return training_; }
  void score(std::uint32_t user, std::span<double> scores) const override;
  const BprFactors& factors() const { return factors_; }
  // Mean -ln σ(d) of each epoch's triples, each before its step.
  const std::vector<double>& losses() const { return losses_; }

 private:
  Interactions training_;
  BprOptions options_;
  BprFactors factors_;
  std::vector<double> losses_;
};

// Users who had every item have no pair to learn from: their triples are passed over. Errors: no
// interactions, everybody had everything, an option out of its range, factors that grow beyond all
// bounds; stopped. O(epochs · pairs · k).
Result<std::shared_ptr<const Bpr>> fit_bpr(const Interactions& training,
                                           const BprOptions& options = {},
                                           const Progress& progress = {});

}  // namespace rehearse::recommend
