// SPDX-License-Identifier: GPL-3.0-or-later
//
// Logistic regression over hashed features on targets that are numbers and not labels: what a model
// of something unseen asks of its regression.
//
// A click that may still arrive, or a post that may not have been looked at, leaves a row with an
// expected label t given what was seen and what is believed so far (the E step of an expectation
// maximization, Dempster, Laird, Rubin 1977) or with an importance weighted one (c / propensity).
// The gradient of its log loss by the logit is p - t in each case, so one learner serves all. It is
// the one of ftrl.hpp (λ1 = 0), whose state is kept between passes, with a free intercept.
//
// Use train_ftrl where labels are labels.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::models {

struct SoftLogisticOptions {
  double alpha = 0.1, beta = 1, lambda2 = 1;  // as ftrl.hpp
  int bits = 16;                              // [4, 26]
};

// The weights: what is left of a fit.
struct SoftWeights {
  std::vector<std::string> columns;
  std::vector<double> weights;
  double intercept = 0;
  int bits = 16;
  // σ(intercept + Σ w) for each row. Errors: a column is not there.
  Result<std::vector<double>> predict(const Frame& rows) const;
};

class SoftLogistic {
 public:
  // From the row's number in `rows` and its present prediction, its target.
  using Target = std::function<double(std::uint32_t row, double prediction)>;

  // Begins with the intercept at logit(base_rate), base_rate in (0, 1). Hashes all rows: 4 bytes a
  // row and column. Errors: a column is not there, an option out of range, no rows.
  static Result<SoftLogistic> create(const Frame& rows, std::vector<std::string> columns,
                                     double base_rate, const SoftLogisticOptions& options = {});
  // One pass over the rows in order; false when told to stop.
  bool pass(const Target& target, const Progress& progress = {});
  // Of each row, by the weights as they are.
  std::vector<double> predictions() const;
  SoftWeights weights() const;

 private:
  struct State {
    double z = 0, n = 0;
  };
  double weight(const State& state) const;
  void update(State& state, double weight, double gradient) const;
  SoftLogisticOptions options_;
  std::vector<std::string> columns_;
  std::vector<std::uint32_t> index_;  // width_ a row
  std::size_t rows_ = 0, width_ = 0;
  std::vector<State> state_;
  State free_;
  double base_ = 0;
};

}  // namespace rehearse::models
