// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hurdle model (Cragg 1971; Mullahy 1986): for a label with more zeros than any one distribution
// explains. Two questions, two models on the same columns:
//
//   is it above 0?           logistic regression        π = P(y > 0 | x)
//   how much, if so?         lognormal: least squares on ln y; mean by smearing m = e^η mean(e^r)
//                            poisson: Poisson given y ≥ 1; m = μ / (1 - e^-μ)
//
//   E[y | x] = π m
//
// Use it where the zeros are a decision of their own (did not open, did not comment). Both parts
// are read apart: what makes people come is often not what makes them stay.
#pragma once

#include "engine/models/linear_model.hpp"

namespace rehearse::models {

enum class PositivePart { lognormal, poisson };

struct HurdleOptions {
  PositivePart positive = PositivePart::lognormal;
  double l2 = 1e-4;      // [0, 1e6] of both
  int iterations = 200;  // [1, 10000]
  std::string label = {};
  EncodingOptions encoding = {};
  std::string name = {};
};

class HurdleModel : public Stepped, public CountLaw {
 public:
  HurdleModel(HurdleOptions options, LinearModelPtr above, LinearModelPtr amount, double rows);
  Result<std::vector<double>> score(const Frame& rows) const override;
  bool probabilistic() const override { return false; }
  std::string label() const override { return options_.label; }
  std::string describe() const override;
  std::size_t bytes() const override;
  // rows_trained, rows_above, share_above, parameters (of both), log_loss (of the first).
  Facts facts() const override;
  // The trails of both parts one under the other, with a column `part`; the last row is the
  // product.
  Result<Frame> trail(const Frame& rows, std::size_t row) const override;

  // Of hurdle × Poisson.
  Result<std::vector<double>> count_shares(const Frame& rows, std::size_t most) const override;

  const LinearModel& above() const { return *above_; }    // predicts P(y > 0)
  const LinearModel& amount() const { return *amount_; }  // predicts E[y | y > 0]

 private:
  HurdleOptions options_;
  LinearModelPtr above_, amount_;
  double rows_ = 0;
};

// Errors: those of both parts; a label below 0 (poisson: no count); all 0, or none.
Result<Training<HurdleModel>> train_hurdle(const Frame& rows, const HurdleOptions& options = {},
                                           const Progress& progress = {});

}  // namespace rehearse::models
