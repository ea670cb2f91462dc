// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/models/boosted.hpp"
#include "engine/models/boosted_library.hpp"
#include "engine/models/boosted_loss.hpp"
#include "engine/models/labels.hpp"
#include "engine/models/tree_sample.hpp"

namespace rehearse::models {
namespace {

constexpr std::size_t kCurveRows = 20000;  // of the training rows, for the learning curve
constexpr std::size_t kVisitRows = 2000;   // for the mean of nodes visited

Result<void> boosted_range(const char* name, double value, double low, double high) {
  if (value >= low && value <= high) return {};
  return fail(Code::invalid_argument, "boosted trees: {} is {:g}; it lies in [{:g}, {:g}]", name,
              value, low, high);
}

Result<void> validate_boosted(const BoostedOptions& o) {
  constexpr double kTiny = 1e-6;
  for (const auto& check :
       {boosted_range("rounds", o.rounds, 1, 5000), boosted_range("depth", o.depth, 1, 12),
        boosted_range("learning_rate", o.learning_rate, kTiny, 1),
        boosted_range("min_child_weight", o.min_child_weight, 0, 1e6),
        boosted_range("lambda", o.lambda, 0, 1e6), boosted_range("gamma", o.gamma, 0, 1e6),
        boosted_range("subsample", o.subsample, kTiny, 1),
        boosted_range("colsample", o.colsample, kTiny, 1), boosted_range("bins", o.bins, 2, 1024),
        boosted_range("early_stopping", o.early_stopping, 1, 5000),
        boosted_range("positive_weight", o.positive_weight, kTiny, 1e6),
        boosted_range("keep_negatives", o.keep_negatives, kTiny, 1),
        boosted_range("quantile", o.quantile, kTiny, 1 - kTiny)})
    if (!check) return check;
  return {};
}

const char* objective_of(BoostedLoss loss) {
  switch (loss) {
    case BoostedLoss::logistic: return "binary:logistic";
    case BoostedLoss::poisson: return "count:poisson";
    case BoostedLoss::squared:
    case BoostedLoss::quantile: return "reg:squarederror";  // quantile brings its own gradient
  }
  return "";
}

Booster::Settings settings_of(const BoostedOptions& o, double base) {
  return {{"objective", objective_of(o.loss)},
          {"base_score", fmt::format("{}", base)},
          {"tree_method", "hist"},
          {"max_bin", fmt::format("{}", o.bins)},
          {"max_depth", fmt::format("{}", o.depth)},
          {"eta", fmt::format("{}", o.learning_rate)},
          {"min_child_weight", fmt::format("{}", o.min_child_weight)},
          {"lambda", fmt::format("{}", o.lambda)},
          {"gamma", fmt::format("{}", o.gamma)},
          {"subsample", fmt::format("{}", o.subsample)},
          {"colsample_bytree", fmt::format("{}", o.colsample)},
          {"seed", fmt::format("{}", o.seed % 2147483647)},
          {"disable_default_eval_metric", "1"},
          {"nthread", "1"},
          {"verbosity", "0"}};
}

std::vector<float> narrowed(std::span<const double> values) {
  return {values.begin(), values.end()};
}

}  // namespace

// One fit: owns the model while it is still growing.
class BoostedTrainer {
 public:
  explicit BoostedTrainer(const BoostedOptions& options)
      : o_(options), model_(std::make_shared<BoostedModel>()) {
    model_->options_ = options;
  }

  Result<Training<BoostedModel>> fit(const Frame& rows, std::span<const double> labels,
                                     const Frame* valid, std::span<const double> valid_labels,
                                     const Progress& progress) {
    if (auto ready = prepare(rows, labels); !ready) return fail(ready.error());
    if (valid)
      if (auto ready = prepare_valid(*valid, valid_labels); !ready)
        return at("validation rows", Result<Training<BoostedModel>>(fail(ready.error())));
    std::vector<BoostedMatrix> known = {*train_};
    if (valid_) known.push_back(*valid_);
    auto booster = Booster::create(known, settings_of(o_, base_));
    if (!booster) return fail(booster.error());
    if (auto grown = grow(*booster, progress); !grown) return fail(grown.error());
    if (auto kept = keep_best(*booster, rows); !kept) return fail(kept.error());
    return Training<BoostedModel>{model_, stopped_};
  }

 private:
  Result<void> prepare(const Frame& rows, std::span<const double> labels) {
    auto label = label_column(rows, o_.label);
    auto columns = choose_features(rows, o_.features, label ? (*label)->name() : o_.label);
    if (!columns) return fail(columns.error());
    if (auto fine = check_boosted_labels(labels, o_.loss); !fine) return fine;
    all_labels_ = narrowed(labels);
    const auto kept = rows_with_negatives_kept(rows, all_labels_, o_.keep_negatives, o_.seed);
    auto encoding = TreeEncoding::fit(rows, *columns, o_.categorical, kept);
    if (!encoding) return fail(encoding.error());
    model_->columns_ = std::move(*columns);
    model_->encoding_ = std::move(*encoding);
    for (const std::uint32_t row : kept) {
      labels_.push_back(all_labels_[row]);
      model_->positives_ += all_labels_[row] > 0;
      if (o_.positive_weight != 1)  // soft labels weigh by their share of positives
        weights_.push_back(static_cast<float>(
            1 + (o_.positive_weight - 1) * std::min(1.0, static_cast<double>(all_labels_[row]))));
    }
    model_->rows_seen_ = rows.rows(), model_->rows_trained_ = kept.size();
    if (o_.loss == BoostedLoss::quantile) scale_labels();
    base_ = best_constant(labels_, weights_, o_);
    auto values = model_->encoding_.matrix(rows, kept);
    if (!values) return fail(values.error());
    return matrix_of(*values, train_);
  }

  Result<void> matrix_of(const std::vector<float>& values, std::optional<BoostedMatrix>& matrix) {
    auto made = BoostedMatrix::of(values, model_->encoding_.width());
    if (!made) return fail(made.error());
    matrix = std::move(*made);
    if (&matrix != &train_) return {};
    if (auto set = matrix->set("label", labels_); !set) return set;
    return weights_.empty() ? Result<void>() : matrix->set("weight", weights_);
  }

  // Pinball gradients have size 1, so labels are brought to a mean distance of 1.
  void scale_labels() {
    const double middle = best_constant(labels_, {}, o_);
    double distance = 0;
    for (const float label : labels_) distance += std::abs(static_cast<double>(label) - middle);
    distance /= static_cast<double>(labels_.size());
    model_->scale_ = distance > 0 ? distance : 1;
    for (auto* labels : {&labels_, &all_labels_})
      for (float& label : *labels)
        label = static_cast<float>(static_cast<double>(label) / model_->scale_);
  }

  Result<void> prepare_valid(const Frame& valid, std::span<const double> labels) {
    if (valid.rows() == 0) return fail(Code::bad_data, "there are none");
    for (std::size_t row = 0; row < labels.size(); ++row)
      if (!std::isfinite(labels[row]))
        return fail(Code::bad_data, "row {}: the label is missing or infinite", row);
    valid_labels_ = narrowed(labels);
    for (float& label : valid_labels_)
      label = static_cast<float>(static_cast<double>(label) / model_->scale_);
    auto values = model_->encoding_.matrix(valid);
    if (!values) return fail(values.error());
    return matrix_of(*values, valid_);
  }

  Result<void> grow_one(Booster& booster, int round) {
    if (o_.loss != BoostedLoss::quantile) return booster.grow(round, *train_);
    auto margins = booster.margins(*train_);
    if (!margins) return fail(margins.error());
    gradient_.resize(labels_.size());
    quantile_gradient(*margins, labels_, weights_, o_.quantile, gradient_);
    curvature_ = weights_.empty() ? std::vector<float>(labels_.size(), 1.F) : weights_;
    return booster.grow(*train_, gradient_, curvature_);
  }

  Result<void> grow(Booster& booster, const Progress& progress) {
    double best = INFINITY;
    for (int round = 0; round < o_.rounds; ++round) {
      if (!progress.report(static_cast<double>(round) / o_.rounds)) {
        stopped_ = true;
        return round > 0 ? Result<void>() : cancelled();
      }
      if (auto grown = grow_one(booster, round); !grown) return grown;
      best_rounds_ = valid_ ? best_rounds_ : round + 1;
      if (!valid_) continue;
      auto margins = booster.margins(*valid_);
      if (!margins) return fail(margins.error());
      model_->curve_.valid.push_back(mean_loss(*margins, valid_labels_, o_));
      if (model_->curve_.valid.back() < best) {
        best = model_->curve_.valid.back();
        best_rounds_ = round + 1;
      } else if (round + 1 - best_rounds_ >= o_.early_stopping) {
        break;
      }
    }
    return {};
  }

  Result<void> keep_best(Booster& booster, const Frame& rows) {
    auto whole = booster.serialized("json");
    if (!whole) return fail(whole.error());
    const auto base = margin_of(base_, o_.loss);
    auto all = TreeEnsemble::parse(*whole, base);
    if (!all) return fail(all.error());
    if (auto drawn = draw_curve(*all, rows); !drawn) return drawn;
    auto best = booster.first(std::max(1, best_rounds_));
    if (!best) return fail(best.error());
    auto json = best->serialized("json");
    if (!json) return fail(json.error());
    auto ensemble = TreeEnsemble::parse(*json, base);
    if (!ensemble) return fail(ensemble.error());
    auto binary = best->serialized("ubj");
    if (!binary) return fail(binary.error());
    model_->ensemble_ = std::move(*ensemble);
    model_->serialized_ = std::move(*binary);
    model_->serialized_.shrink_to_fit();
    auto sample = model_->encoding_.matrix(rows, evenly_spaced(rows.rows(), kVisitRows));
    if (!sample) return fail(sample.error());
    model_->nodes_visited_ =
        model_->ensemble_.mean_nodes_visited(*sample, model_->encoding_.width());
    return {};
  }

  // The training loss after each round, on rows evenly spaced among all (dropped negatives too).
  Result<void> draw_curve(const TreeEnsemble& all, const Frame& rows) {
    const auto which = evenly_spaced(rows.rows(), kCurveRows);
    auto sample = model_->encoding_.matrix(rows, which);
    if (!sample) return fail(sample.error());
    std::vector<float> margins(which.size(), all.base()), labels;
    for (const std::uint32_t row : which) labels.push_back(all_labels_[row]);
    const std::size_t width = model_->encoding_.width();
    for (std::size_t t = 0; t < all.trees(); ++t) {
      all.add_tree(*sample, width, t, margins);
      model_->curve_.train.push_back(mean_loss(margins, labels, o_));
    }
    model_->curve_.train.shrink_to_fit(), model_->curve_.valid.shrink_to_fit();
    model_->curve_.unit = "trees";
    model_->curve_.best = static_cast<std::size_t>(std::max(1, best_rounds_));
    return {};
  }

  const BoostedOptions o_;
  std::shared_ptr<BoostedModel> model_;
  std::optional<BoostedMatrix> train_, valid_;
  std::vector<float> all_labels_, labels_, weights_, valid_labels_, gradient_, curvature_;
  double base_ = 0;
  int best_rounds_ = 0;
  bool stopped_ = false;
};

Result<Training<BoostedModel>> train_boosted_on(const Frame& rows, std::span<const double> labels,
                                                const Frame* valid,
                                                std::span<const double> valid_labels,
                                                const BoostedOptions& options,
                                                const Progress& progress) {
  if (auto fine = validate_boosted(options); !fine) return fail(fine.error());
  return BoostedTrainer(options).fit(rows, labels, valid, valid_labels, progress);
}

}  // namespace rehearse::models
