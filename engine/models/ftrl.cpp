// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/ftrl.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/models/labels.hpp"
#include "engine/models/option_checks.hpp"
#include "engine/models/sampling.hpp"

namespace rehearse::models {

namespace {

constexpr std::size_t kBlock = 512;

double ftrl_log_loss(double p, bool positive) {
  const double q = std::clamp(positive ? p : 1 - p, 1e-15, 1 - 1e-15);
  return -std::log(q);
}

Result<void> validate(const FtrlOptions& o) {
  if (auto fine = check_options(
          "FTRL",
          {{"alpha", o.alpha, o.alpha > 0 && o.alpha <= 100, "(0, 100]"},
           {"beta", o.beta, o.beta >= 0 && o.beta <= 1000, "[0, 1000]"},
           {"lambda1", o.lambda1, o.lambda1 >= 0 && o.lambda1 <= 1e6, "[0, 1e6]"},
           {"lambda2", o.lambda2, o.lambda2 >= 0 && o.lambda2 <= 1e6, "[0, 1e6]"},
           {"bits", double(o.bits), o.bits >= 1 && o.bits <= 28, "[1, 28]"},
           {"epochs", double(o.epochs), o.epochs >= 1 && o.epochs <= 100, "[1, 100]"},
           {"positive_weight", o.positive_weight, o.positive_weight > 0 && o.positive_weight <= 1e6,
            "(0, 1e6]"},
           {"focal_gamma", o.focal_gamma, o.focal_gamma >= 0 && o.focal_gamma <= 10, "[0, 10]"},
           {"keep_negatives", o.keep_negatives, o.keep_negatives > 0 && o.keep_negatives <= 1,
            "(0, 1]"}});
      !fine)
    return fine;
  // With β = λ2 = 0 a coordinate that was never updated would divide 0 by 0.
  if (o.beta == 0 && o.lambda2 == 0)
    return fail(Code::invalid_argument,
                "FTRL: beta and lambda2 are both 0; one of them must be positive");
  if (o.start) {
    const FtrlOptions& s = o.start->options();
    if (s.bits != o.bits || s.alpha != o.alpha || s.beta != o.beta || s.lambda1 != o.lambda1 ||
        s.lambda2 != o.lambda2)
      return fail(Code::invalid_argument,
                  "FTRL: the model to start from has other settings (alpha, beta, lambda1, "
                  "lambda2, bits); use the same");
  }
  return {};
}

// A table to judge the learner by: coordinates of its rows, hashed once.
struct FtrlJudge {
  std::vector<std::uint32_t> index;
  std::vector<std::uint8_t> labels;
  std::size_t width = 0;

  double log_loss(const FtrlLearner& learner) const {
    double sum = 0;
    for (std::size_t row = 0; row < labels.size(); ++row)
      sum += ftrl_log_loss(learner.predict(std::span(index).subspan(row * width, width)),
                           labels[row] != 0);
    return sum / static_cast<double>(labels.size());
  }
};

Result<FtrlJudge> judge_of(const Frame& rows, const std::string& label,
                           const std::vector<std::string>& columns, int bits) {
  auto column = label_column(rows, label);
  if (!column) return fail(column.error());
  auto labels = binary_labels(**column);
  if (!labels) return fail(labels.error());
  auto hasher = RowHasher::create(rows, columns, bits);
  if (!hasher) return fail(hasher.error());
  FtrlJudge judge{std::vector<std::uint32_t>(rows.rows() * hasher->width()), std::move(*labels),
                  hasher->width()};
  std::vector<std::uint32_t> all(rows.rows());
  std::iota(all.begin(), all.end(), 0U);
  hasher->hash(all, judge.index.data());
  return judge;
}

std::vector<FtrlState> first_state(const FtrlOptions& options) {
  if (options.start) return {options.start->state().begin(), options.start->state().end()};
  return std::vector<FtrlState>(std::size_t{1} << options.bits);
}

}  // namespace

// One fit: owns the model while it is still changing.
class FtrlTrainer {
 public:
  explicit FtrlTrainer(const FtrlOptions& options)
      : model_(std::make_shared<FtrlModel>()),
        learner_({options.alpha, options.beta, options.lambda1, options.lambda2},
                 {options.positive_weight, options.focal_gamma}, first_state(options)) {
    model_->options_ = options;
    model_->options_.start = nullptr;  // a chain of models would keep every one alive
    model_->options_.validation = Frame();
  }

  Result<Training<FtrlModel>> fit(const Frame& rows, const FtrlOptions& options,
                                  const Progress& progress) {
    auto column = label_column(rows, options.label);
    if (!column) return fail(column.error());
    auto columns = choose_features(rows, options.features, (*column)->name());
    if (!columns) return fail(columns.error());
    auto labels = binary_labels(**column);
    if (!labels) return fail(labels.error());
    auto hasher = RowHasher::create(rows, *columns, options.bits);
    if (!hasher) return fail(hasher.error());
    Result<FtrlJudge> judge = FtrlJudge{};
    if (options.validation.rows() > 0)
      judge = at("validation", judge_of(options.validation, options.label, *columns, options.bits));
    if (!judge) return fail(judge.error());

    kept_ = kept_rows(rows, *labels, options.keep_negatives, options.seed);
    if (kept_.empty())
      return fail(Code::bad_data, "FTRL: there is no row to learn from{}",
                  rows.rows() ? "; all were negatives and were dropped" : "");
    model_->columns_ = std::move(*columns);
    const bool stopped = !run_epochs(*labels, *hasher, *judge, progress);
    return Training<FtrlModel>{finish(rows.rows()), stopped};
  }

 private:
  // False when told to stop.
  bool run_epochs(std::span<const std::uint8_t> labels, RowHasher& hasher, const FtrlJudge& judge,
                  const Progress& progress) {
    std::vector<FtrlState> best;
    bool going = true;
    for (int epoch = 0; epoch < model_->options_.epochs && going; ++epoch) {
      going = pass(labels, hasher, epoch, progress);
      model_->epochs_ = epoch + 1;
      if (judge.labels.empty()) continue;
      const double there = judge.log_loss(learner_);
      if (epoch > 0 && !(there < model_->validation_log_loss_)) break;
      model_->validation_log_loss_ = there;
      model_->best_epoch_ = epoch + 1;
      best = learner_.state();
    }
    if (!best.empty()) learner_.state() = std::move(best);
    return going;
  }

  // False when told to stop.
  bool pass(std::span<const std::uint8_t> labels, RowHasher& hasher, int epoch,
            const Progress& progress) {
    const std::size_t width = hasher.width();
    std::vector<std::uint32_t> index(kBlock * width);
    for (std::size_t begin = 0; begin < kept_.size(); begin += kBlock) {
      const std::size_t count = std::min(kBlock, kept_.size() - begin);
      const auto block = std::span(kept_).subspan(begin, count);
      hasher.hash(block, index.data());
      for (std::size_t i = 0; i < count; ++i) {
        const bool positive = labels[block[i]] != 0;
        const double p = learner_.learn(std::span(index).subspan(i * width, width), positive);
        if (epoch > 0) continue;
        loss_ += ftrl_log_loss(p, positive);
        ++learned_;
        model_->positives_ += positive;
        if (model_->options_.keep_progressive) model_->progressive_.push_back(p);
      }
      const double done = static_cast<double>(begin + count) / static_cast<double>(kept_.size());
      if (begin / kBlock % 32 == 0 && !progress.report((epoch + done) / model_->options_.epochs))
        return false;
    }
    return !progress.stop_requested();
  }

  FtrlModelPtr finish(std::size_t rows_seen) {
    FtrlModel& model = *model_;
    model.state_ = std::move(learner_.state());
    model.weights_.resize(model.state_.size());
    for (std::size_t i = 0; i < model.state_.size(); ++i) {
      model.weights_[i] = learner_.rates().weight(model.state_[i]);
      model.nonzero_ += model.weights_[i] != 0;
    }
    model.rows_seen_ = rows_seen;
    model.rows_trained_ = learned_;
    model.progressive_log_loss_ = loss_ / static_cast<double>(learned_);
    model.progressive_.shrink_to_fit();
    return std::move(model_);
  }

  std::shared_ptr<FtrlModel> model_;
  FtrlLearner learner_;
  std::vector<std::uint32_t> kept_;
  std::size_t learned_ = 0;  // rows of the first epoch
  double loss_ = 0;
};

Result<Training<FtrlModel>> fit_ftrl(const Frame& rows, const FtrlOptions& options,
                                     const Progress& progress) {
  if (auto valid = validate(options); !valid) return fail(valid.error());
  return FtrlTrainer(options).fit(rows, options, progress);
}

Result<FtrlModelPtr> train_ftrl(const Frame& rows, const FtrlOptions& options,
                                const Progress& progress) {
  auto training = fit_ftrl(rows, options, progress);
  if (!training) return fail(training.error());
  if (training->stopped) return cancelled();
  return training->model;
}

}  // namespace rehearse::models
