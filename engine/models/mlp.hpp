// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small neural network for clicks, with a wide part if wanted (Cheng et al. 2016), learned by
// mini-batch Adam (Kingma, Ba 2015) on the log loss:
//
//   m = β1 m + (1 - β1) g    v = β2 v + (1 - β2) g²
//   w -= η · (m / (1 - β1^t)) / (√(v / (1 - β2^t)) + 1e-8),     β1 = 0.9, β2 = 0.999
//
// Embeddings and wide weights move only in batches that contain them (lazy Adam), so that a rare
// level is not pushed about by batches that say nothing of it.
//
// Use it when levels of large columns resemble each other (an embedding learns that), when a
// teacher is to be imitated, or when the input is text or pictures turned to numbers. On a table of
// counts and categories boosted trees mostly do as well with less care. Without hidden layers and
// with `deep` false it is logistic regression on hashed features.
//
// Rows go in a random order that depends on the seed alone; one thread, float32: the same seed
// gives the same bytes. Labels may be probabilities (distillation).
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/stop.hpp"
#include "engine/models/hashing.hpp"
#include "engine/models/learning_curve.hpp"
#include "engine/models/mlp_net.hpp"

namespace rehearse::models {

struct NetworkOptions {
  bool deep = true;                    // false: the wide part alone
  std::vector<int> hidden = {32, 16};  // units of each hidden layer, [1, 1024], at most 6 layers
  int dimension = 4;                   // of an embedding, [1, 64]
  int buckets = 64;                    // embeddings of a text column, [2, 65536]
  int wide_bits = 0;                   // 0: no wide part; else [8, 22]
  std::vector<std::pair<std::string, std::string>> crosses = {};  // of the wide part
  double learning_rate = 0.005;                                   // η, (0, 1]
  int epochs = 8;                                                 // [1, 500]
  int batch = 256;                                                // [1, 65536]
  double dropout = 0;          // share of hidden units silenced in training, [0, 0.9]
  double weight_decay = 0;     // L2 of the dense weights, [0, 1]
  int early_stopping = 2;      // epochs without a better validation loss, [1, 500]
  double positive_weight = 1;  // (0, 1e6]
  double keep_negatives = 1;   // (0, 1]
  std::uint64_t seed = 1;
  std::string label = {};
  FeatureChoice features = {};
  std::string name = {};  // describe()
};

class NetworkModel : public LearnedScorer {
 public:
  Result<std::vector<double>> score(const Frame& rows) const override;
  std::string label() const override { return options_.label; }
  std::string describe() const override;
  std::size_t bytes() const override;
  // rows_seen, rows_trained, positives, keep_negatives, epochs_run, epochs (kept: the best),
  // parameters, multiply_adds and lookups (to score a row), served_bytes, train_loss, valid_loss.
  std::vector<std::pair<std::string, double>> facts() const override;

  // One example in short: its inputs, its embeddings, each layer's active units and the largest of
  // them, the wide weights, the logit. Columns part, name, input, value, weight, product (to the
  // logit, where there is one).
  Result<Frame> trail(const Frame& rows, std::size_t row) const override;

  const LearningCurve& curve() const override { return curve_; }
  const NetworkInputs& inputs() const { return inputs_; }
  const NetworkWeights<float>& weights() const { return weights_; }
  const NetworkOptions& options() const { return options_; }
  const std::vector<std::string>& columns() const { return columns_; }

 private:
  friend class NetworkTrainer;
  friend struct SavedFields;
  NetworkOptions options_;
  std::vector<std::string> columns_;
  NetworkInputs inputs_;
  NetworkWeights<float> weights_;
  LearningCurve curve_;
  std::size_t rows_seen_ = 0, rows_trained_ = 0, positives_ = 0;
};
using NetworkModelPtr = std::shared_ptr<const NetworkModel>;

// With `valid`, training ends `early_stopping` epochs after the best validation loss and keeps the
// best weights. O(epochs · rows · weights). Errors: those of choose_features; an option out of its
// range; neither deep nor wide; a label missing or not 0 or 1; one class; no rows; told to stop
// before the first epoch was done.
Result<Training<NetworkModel>> train_network(const Frame& rows, const Frame* valid,
                                             const NetworkOptions& options = {},
                                             const Progress& progress = {});
// The same with labels in [0, 1] of the caller's, one a row.
Result<Training<NetworkModel>> train_network_on(const Frame& rows, std::span<const double> labels,
                                                const Frame* valid,
                                                std::span<const double> valid_labels,
                                                const NetworkOptions& options = {},
                                                const Progress& progress = {});

// Multiply-adds of the dense layers for one row.
std::size_t multiply_adds(const NetworkWeights<float>& weights);

}  // namespace rehearse::models
