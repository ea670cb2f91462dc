// SPDX-License-Identifier: GPL-3.0-or-later
//
// Implicit-feedback ALS: factors of users and items whose product says whether a user would have to
// do with an item, from what each did and did not do (Hu, Koren, Volinsky 2008).
//
//   loss = Σ_{u,i} c_ui (p_ui - x_u·y_i)² + λ (‖X‖² + ‖Y‖²)
//   p_ui = 1 where there is an interaction, else 0;  c_ui = 1 + α count_ui
//
// Absence counts as a weak no, for every pair: the sum has users × items terms. It is still cheap,
// since with Y fixed a user's factors solve
//
//   (YᵀY + λI + Σ_{i had} α count_ui y_i y_iᵀ) x_u = Σ_{i had} c_ui y_i
//
// where YᵀY is shared by all users (the Gram trick). An iteration solves all users and then all
// items, each exactly, so the loss never rises. λ is not scaled by counts. Use it for catalogues up
// to millions with implicit data; it is no ranking loss (bpr.hpp is), and with a few thousand items
// a full item-item model is often better (ease.hpp).
#pragma once

#include "engine/base/stop.hpp"
#include "engine/recommend/normal_equations.hpp"
#include "engine/recommend/recommender.hpp"

namespace rehearse::recommend {

struct AlsOptions {
  std::size_t factors = 32;     // 1 to 512
  std::size_t iterations = 15;  // >= 1
  double alpha = 2;             // >= 0
  double lambda = 20;           // > 0
  std::uint64_t seed = 1;       // items begin at normal(0, 0.1); users need no beginning
};

class Als : public Recommender {
 public:
  Als(const Interactions& training, const AlsOptions& options, FactorTable users, FactorTable items,
      std::vector<double> losses)
      : training_(training),
        options_(options),
        users_(std::move(users)),
        items_(std::move(items)),
        losses_(std::move(losses)) {}
  std::string describe() const override;
  std::size_t bytes() const override { return users_.bytes() + items_.bytes(); }
  const Interactions& training() const override { return training_; }
  void score(std::uint32_t user, std::span<double> scores) const override;

  const AlsOptions& options() const { return options_; }
  const FactorTable& user_factors() const { return users_; }
  const FactorTable& item_factors() const { return items_; }
  // The loss after each iteration; never rises beyond rounding.
  const std::vector<double>& losses() const { return losses_; }

 private:
  Interactions training_;
  AlsOptions options_;
  FactorTable users_, items_;
  std::vector<double> losses_;
};

// Errors: no interactions, an option out of its range, a system that doubles cannot solve;
// stopped. An iteration costs O(pairs k² + (users + items) k³).
Result<std::shared_ptr<const Als>> fit_als(const Interactions& training,
                                           const AlsOptions& options = {},
                                           const Progress& progress = {});

// The loss of any factors, by the Gram trick: O(pairs k + (users + items) k²).
double als_loss(const Interactions& training, const FactorTable& users, const FactorTable& items,
                const AlsOptions& options);

// One step of the algorithm, opened up: the solve of one user against the model's item factors,
// and what each thing the user had contributes to the score of `item`. With A the user's matrix,
//
//   x_u·y_item = Σ_had c_ui (y_item A⁻¹ y_i)            (section 5 of the paper)
//
// which is the method's own explanation: a similarity seen through this user's eyes, times the
// confidence. `before` and `error` belong to the user's factors in the model, which were solved
// before the items' last turn; `after` to the new ones.
struct UserStep {
  struct Had {
    std::uint32_t item = 0, count = 0;
    double confidence = 0;                    // c
    double before = 0, after = 0;             // x·y with the old and the new factors
    double similarity = 0, contribution = 0;  // to the score of the item asked for; sums to `score`
  };
  std::vector<Had> had;         // in order of contribution, the greatest first
  std::vector<double> factors;  // x solved anew
  double score = 0;             // of the item asked for, with the new factors
  double shared_trace = 0;      // of YᵀY + λI, which all users share
  double own_trace = 0;         // of what this user's interactions add to it
};

// Errors: no such user or item, a system that doubles cannot solve. O((items + n_u) k² + k³).
Result<UserStep> explain_user(const Als& model, std::uint32_t user, std::uint32_t item);

}  // namespace rehearse::recommend
