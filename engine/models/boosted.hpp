// SPDX-License-Identifier: GPL-3.0-or-later
//
// Gradient-boosted trees (Friedman 2001) by XGBoost (Chen, Guestrin 2016).
//
// Each round fits one tree to the gradient of the loss at the current margins, and adds it scaled:
//
//   margin_t(x) = margin_{t-1}(x) + η · leaf_t(x)
//   leaf weight = - Σ g / (Σ h + λ)          over the rows in the leaf
//   split gain  = ½ [G_L²/(H_L+λ) + G_R²/(H_R+λ) - G²/(H+λ)] - γ
//   logistic: g = p - y, h = p (1 - p)       squared: g = m - y, h = 1
//   poisson:  g = e^m - y, h = e^m · e^0.7   quantile τ: g = [y < m] - τ, h = 1
//
// Use it for tables of a few dozen mixed columns, where it finds thresholds and interactions that
// nobody wrote down, copes with missing values, and needs no scaling. It cannot extrapolate, needs
// all rows in memory, learns columns of many levels only through an encoding (tree_encoding.hpp),
// and grown for long it is too sure of itself: stop early, and calibrate on rows of their own.
//
// Texts: one-hot up to 16 levels, else by frequency. Logistic labels may be probabilities (a
// teacher's), which is how a student is distilled.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/scorer.hpp"
#include "engine/base/stop.hpp"
#include "engine/models/hashing.hpp"
#include "engine/models/learning_curve.hpp"
#include "engine/models/tree_encoding.hpp"
#include "engine/models/tree_ensemble.hpp"

namespace rehearse::models {

enum class BoostedLoss { logistic, squared, poisson, quantile };
// "logistic", "squared", "poisson", "quantile".
Result<BoostedLoss> parse_boosted_loss(std::string_view name);

struct BoostedOptions {
  BoostedLoss loss = BoostedLoss::logistic;
  double quantile = 0.5;        // (0, 1), of the loss quantile
  int rounds = 100;             // [1, 5000] trees at most
  int depth = 4;                // [1, 12]
  double learning_rate = 0.1;   // η, (0, 1]
  double min_child_weight = 1;  // least Σ h of a leaf, [0, 1e6]
  double lambda = 1;            // [0, 1e6]
  double gamma = 0;             // least gain of a split, [0, 1e6]
  double subsample = 1;         // share of rows a tree sees, (0, 1]
  double colsample = 1;         // share of columns a tree sees, (0, 1]
  int bins = 64;                // [2, 1024] histogram bins a column
  int early_stopping = 10;      // [1, 5000] rounds without a better validation loss
  double positive_weight = 1;   // (0, 1e6]: weight of rows with a positive label
  double keep_negatives = 1;    // (0, 1]: see tree_sample.hpp
  std::uint64_t seed = 1;
  std::string label = {};
  FeatureChoice features = {};
  Categorical categorical = Categorical::automatic;
  std::string name = {};  // describe(); empty: "boosted trees"
};

// The fitted model. Immutable; scores by its own walk over the trees.
class BoostedModel : public LearnedScorer {
 public:
  Result<std::vector<double>> score(const Frame& rows) const override;
  bool probabilistic() const override { return options_.loss == BoostedLoss::logistic; }
  std::string label() const override { return options_.label; }
  std::string describe() const override;
  std::size_t bytes() const override;
  // rows_seen, rows_trained, positives, keep_negatives, rounds_run, trees (kept: the best round),
  // leaves, depth, inputs, tree_nodes (visited a row, mean), served_bytes, train_loss, valid_loss.
  std::vector<std::pair<std::string, double>> facts() const override;

  // One row a tree: tree, path ("affinity < 3.5, hour ≥ 7"), leaf, value, margin (so far),
  // prediction (so far). The first row is the base.
  Result<Frame> trail(const Frame& rows, std::size_t row) const override;
  // As score, with the first `trees` trees only.
  Result<std::vector<double>> staged(const Frame& rows, std::size_t trees) const;
  // The library's own margins and SHAP values, from the model as serialized: rows × inputs and the
  // base last. Units of the margin (log-odds for logistic).
  Result<std::vector<float>> library_margins(const Frame& rows) const;
  Result<std::vector<float>> contributions(const Frame& rows) const;

  const TreeEnsemble& ensemble() const { return ensemble_; }
  const TreeEncoding& encoding() const { return encoding_; }
  // Loss after each tree: log loss, mean squared error, mean Poisson deviance or pinball loss (in
  // mean distances from the quantile).
  const LearningCurve& curve() const override { return curve_; }
  const std::vector<std::string>& columns() const { return columns_; }
  const BoostedOptions& options() const { return options_; }
  double predicted(double margin) const;  // σ, identity or exp

 private:
  friend class BoostedTrainer;
  friend struct SavedFields;
  BoostedOptions options_;
  std::vector<std::string> columns_;
  TreeEncoding encoding_;
  TreeEnsemble ensemble_;
  std::string serialized_;
  LearningCurve curve_;
  double scale_ = 1;  // of the quantile loss: labels were divided by it
  double nodes_visited_ = 0;
  std::size_t rows_seen_ = 0, rows_trained_ = 0, positives_ = 0;
};
using BoostedModelPtr = std::shared_ptr<const BoostedModel>;

// With `valid` given, training ends `early_stopping` rounds after the best validation loss, and the
// model keeps the trees up to the best. O(rounds · rows · inputs).
// Errors: those of choose_features; an option out of its range; a label missing, infinite, not in
// [0, 1] (logistic) or negative (poisson); one class; no rows; told to stop before the first tree.
Result<Training<BoostedModel>> train_boosted(const Frame& rows, const Frame* valid,
                                             const BoostedOptions& options = {},
                                             const Progress& progress = {});
// The same with labels of the caller's (a teacher's probabilities), one a row.
Result<Training<BoostedModel>> train_boosted_on(const Frame& rows, std::span<const double> labels,
                                                const Frame* valid,
                                                std::span<const double> valid_labels,
                                                const BoostedOptions& options = {},
                                                const Progress& progress = {});

}  // namespace rehearse::models
