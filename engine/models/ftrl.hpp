// SPDX-License-Identifier: GPL-3.0-or-later
//
// Logistic regression over hashed features, learned online by FTRL-proximal (McMahan et al. 2013,
// "Ad click prediction: a view from the trenches", algorithm 1).
//
// Use it for click logs: one pass, constant memory, sparse weights, and every prediction made
// before its label is seen is an honest one. Each row is a bias and one `name=value` feature per
// column, hashed into 2^bits weights (hashing.hpp). Per coordinate, with state z, n:
//
//   w = 0                                                        where |z| ≤ λ1
//   w = -(z - sign(z) λ1) / ((β + √n) / α + λ2)                  else
//   p = 1 / (1 + exp(-Σ w))        g = p - y
//   σ = (√(n + g²) - √n) / α       z += g - σ w       n += g²
//
// A row's weights are computed once, before it updates; where two of its features share a
// coordinate each is summed, and updated in turn. The exponent is not clipped; the progressive log
// loss clips p to [1e-15, 1 - 1e-15].
//
// Rare clicks: `positive_weight` multiplies the gradient of rows with label 1 and `focal_gamma`
// puts the slope of focal loss (loss.hpp) in the place of p - y; both move the scores away from
// probabilities. With a validation table the state of the epoch with the least log loss there is
// kept, and training ends after an epoch that brought nothing better.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/base/scorer.hpp"
#include "engine/base/stop.hpp"
#include "engine/models/ftrl_learner.hpp"
#include "engine/models/hashing.hpp"
#include "engine/models/training.hpp"

namespace rehearse::models {

class FtrlModel;
using FtrlModelPtr = std::shared_ptr<const FtrlModel>;

struct FtrlOptions {
  double alpha = 0.1;         // learning rate, (0, 100]
  double beta = 1.0;          // smooths the first steps, [0, 1000]
  double lambda1 = 1.0;       // [0, 1e6]: how much evidence a weight needs to leave zero
  double lambda2 = 1.0;       // [0, 1e6]
  int bits = 18;              // [1, 28]: 2^bits weights of 24 bytes
  int epochs = 1;             // [1, 100]; progressive log loss is of the first
  double keep_negatives = 1;  // (0, 1]: share of rows with label 0 that is trained on. A row is
                              // kept by its id, so that the rows kept at 5% are among those at 10%.
  std::uint64_t seed = 1;     // of that choice
  double positive_weight = 1;     // (0, 1e6]: how many times a positive counts
  double focal_gamma = 0;         // [0, 10]; 0 is log loss
  Frame validation = {};          // early stopping on its log loss, if it has rows
  std::string label = {};         // empty: the column of role label
  FeatureChoice features = {};    // which columns; what is refused
  FtrlModelPtr start = nullptr;   // continue from this model's state; same alpha … lambda2, bits
  bool keep_progressive = false;  // keep the prediction made before each update
  std::string name = {};          // describe(); empty: "FTRL"
};

// The fitted model. Immutable.
class FtrlModel : public Stepped {
 public:
  Result<std::vector<double>> score(const Frame& rows) const override;
  std::string describe() const override;
  std::string label() const override { return options_.label; }
  std::size_t bytes() const override;
  // rows_seen, rows_trained, positives, nonzero_weights, weights, lookups, progressive_log_loss (of
  // the rows trained on, in the first epoch), epochs (run), keep_negatives; with a validation table
  // validation_log_loss and best_epoch.
  std::vector<std::pair<std::string, double>> facts() const override;

  // The arithmetic of one example, a row a feature: feature, index, z, n, weight, logit (sum so
  // far), probability, gradient, z_after, n_after; the last two are what learning this row once
  // more would make of the state. Without a label in `rows` the last three are missing.
  Result<Frame> trail(const Frame& rows, std::size_t row) const override;

  const FtrlOptions& options() const { return options_; }
  // Columns used, in order; the bias is the first feature of every row and not among them.
  const std::vector<std::string>& columns() const { return columns_; }
  std::span<const double> weights() const { return weights_; }
  std::span<const FtrlState> state() const { return state_; }
  // Of rows trained on, in order; empty unless keep_progressive.
  std::span<const double> progressive() const { return progressive_; }

 private:
  friend class FtrlTrainer;
  friend struct SavedFields;
  FtrlOptions options_;
  std::vector<std::string> columns_;
  std::vector<FtrlState> state_;
  std::vector<double> weights_;
  std::vector<double> progressive_;
  std::size_t rows_seen_ = 0, rows_trained_ = 0, positives_ = 0, nonzero_ = 0;
  double progressive_log_loss_ = 0, validation_log_loss_ = 0;
  int epochs_ = 0, best_epoch_ = 0;
};

// One pass (or `epochs`) over the rows in order. O(rows · columns). Told to stop, the model of the
// rows so far.
// Errors: those of choose_features; an option out of its range; no label column, or a label that is
// not 0 or 1 (the row is named); no rows; `start` fitted with other settings.
Result<Training<FtrlModel>> fit_ftrl(const Frame& rows, const FtrlOptions& options = {},
                                     const Progress& progress = {});
// The same, where only a finished model will do: told to stop, the error says cancelled.
Result<FtrlModelPtr> train_ftrl(const Frame& rows, const FtrlOptions& options = {},
                                const Progress& progress = {});

}  // namespace rehearse::models
