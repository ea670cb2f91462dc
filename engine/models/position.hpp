// SPDX-License-Identifier: GPL-3.0-or-later
//
// Position bias: what is shown on top is clicked because it is good and because it is on top. The
// position-based model (Richardson, Dominowska, Ragno 2007; Craswell et al. 2008) takes a click as
// two things that must both happen, and a click tells of both, a missing click of neither:
//
//   P(click | position k, features x) = θ_k γ(x)      examination × attraction, θ_1 = 1
//
// Expectation maximization with a regression for γ (Wang et al. 2018): a row without a click was
// attractive all the same with probability
//
//   r = (1 - θ_k) γ / (1 - θ_k γ)
//
// so γ learns from the target 1 or r (soft_logistic.hpp), and each θ_k is what makes the clicks at
// position k most likely given γ. It can tell the two apart only where similar rows are seen at
// several positions: a ranker with some noise, or better, some slates in random order. `random`
// reads the curve off those; `naive` off all, which counts the ranker's merit as the position's.
//
// With θ known, inverse propensity weighting gives γ the target c / θ_k: unbiased, and noisy where
// θ is small (Joachims, Swaminathan, Schnabel 2017).
#pragma once

#include <memory>
#include <string_view>

#include "engine/base/scorer.hpp"
#include "engine/base/stop.hpp"
#include "engine/models/hashing.hpp"
#include "engine/models/soft_logistic.hpp"
#include "engine/models/training.hpp"

namespace rehearse::models {

// θ_1 … θ_K, θ_1 = 1, from click rates by position: of all rows, or of those whose slate was in
// random order (`random` column true). `clicks[k]` shows how much it rests on.
struct ExaminationCurve {
  std::vector<double> examination, rows, clicks;
};
// Errors: no column `position` of whole numbers 1 … 100, labels not 0 or 1, a position between the
// first and the last without rows, none of rows (with the flag) or no click on top.
Result<ExaminationCurve> click_rate_curve(const Frame& rows, std::string_view label = "click",
                                          std::string_view position = "position",
                                          std::string_view only_where = {});

enum class PositionMethod {
  none,  // position is no feature and no matter: γ learns clicks
  ipw,   // γ learns c / θ_k, θ from random slates
  em     // both are learned
};
Result<PositionMethod> parse_position_method(std::string_view name);

struct PositionOptions {
  PositionMethod method = PositionMethod::em;
  int rounds = 12;     // [1, 200]: passes over the rows, θ after each
  double start = 0.5;  // (0, 1]: exponent of the curve k^-start that em begins from
  SoftLogisticOptions learner = {};
  // Of γ. `position`, and what the ranker made of it, are left out unless named.
  FeatureChoice features = {.exclude = {"position"}};
  std::string label = "click", position = "position", random = "random_slate";
};

// Scores are attraction: the probability of a click if the row is looked at.
class PositionModel : public Stepped {
 public:
  Result<std::vector<double>> score(const Frame& rows) const override;
  std::string describe() const override;
  std::string label() const override { return options_.label; }
  std::size_t bytes() const override;
  // rows_trained, rounds, log_loss (of clicks by θγ), examination_2 … examination_K.
  std::vector<std::pair<std::string, double>> facts() const override;
  const std::vector<double>& examination() const { return examination_; }
  // position, theta, gamma, p = θγ, clicked, target of γ, gradient: a row a quantity.
  Result<Frame> trail(const Frame& rows, std::size_t row) const override;

 private:
  friend class PositionTrainer;
  PositionOptions options_;
  SoftWeights weights_;
  std::vector<double> examination_;
  std::size_t rows_ = 0;
  double log_loss_ = 0;
};
using PositionModelPtr = std::shared_ptr<const PositionModel>;

// Errors: those of click_rate_curve; ipw without rows in random order; cancelled.
Result<PositionModelPtr> train_position(const Frame& rows, const PositionOptions& options = {},
                                        const Progress& progress = {});

// The θ in (0, 1] that makes `clicks` clicks and the rest of the rows, with attractions γ, most
// likely: the root of clicks/θ = Σ_{not clicked} γ/(1 - θγ). 0 without clicks.
double best_examination(double clicks, std::span<const double> attraction_of_others);

}  // namespace rehearse::models
