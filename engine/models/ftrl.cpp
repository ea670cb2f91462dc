// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/ftrl.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/models/labels.hpp"
#include "engine/models/sampling.hpp"

namespace rehearse::models {

// The update of one coordinate.
struct FtrlRates {
  double alpha, beta, lambda1, lambda2;

  double weight(const FtrlState& state) const {
    if (std::abs(state.z) <= lambda1) return 0;
    return -(state.z - std::copysign(lambda1, state.z)) /
           ((beta + std::sqrt(state.n)) / alpha + lambda2);
  }
  void update(FtrlState& state, double weight, double gradient) const {
    const double n = state.n + gradient * gradient;
    const double sigma = (std::sqrt(n) - std::sqrt(state.n)) / alpha;
    state.z += gradient - sigma * weight;
    state.n = n;
  }
};

namespace {

constexpr std::size_t kBlock = 512;

FtrlRates rates(const FtrlOptions& options) {
  return {options.alpha, options.beta, options.lambda1, options.lambda2};
}

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

double log_loss(double p, bool positive) {
  const double q = std::clamp(positive ? p : 1 - p, 1e-15, 1 - 1e-15);
  return -std::log(q);
}

Result<void> in_range(const char* name, double value, bool ok, const char* range) {
  if (ok) return {};
  return fail(Code::invalid_argument, "FTRL: {} is {}; it lies in {}", name, value, range);
}

Result<void> validate(const FtrlOptions& o) {
  for (const auto& check :
       {in_range("alpha", o.alpha, o.alpha > 0 && o.alpha <= 100, "(0, 100]"),
        in_range("beta", o.beta, o.beta >= 0 && o.beta <= 1000, "[0, 1000]"),
        in_range("lambda1", o.lambda1, o.lambda1 >= 0 && o.lambda1 <= 1e6, "[0, 1e6]"),
        in_range("lambda2", o.lambda2, o.lambda2 >= 0 && o.lambda2 <= 1e6, "[0, 1e6]"),
        in_range("bits", o.bits, o.bits >= 1 && o.bits <= 28, "[1, 28]"),
        in_range("epochs", o.epochs, o.epochs >= 1 && o.epochs <= 100, "[1, 100]"),
        in_range("keep_negatives", o.keep_negatives, o.keep_negatives > 0 && o.keep_negatives <= 1,
                 "(0, 1]")})
    if (!check) return check;
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

}  // namespace

// One fit: owns the model while it is still changing.
class FtrlTrainer {
 public:
  explicit FtrlTrainer(const FtrlOptions& options)
      : model_(std::make_shared<FtrlModel>()), rates_(rates(options)) {
    model_->options_ = options;
    model_->options_.start = nullptr;  // a chain of models would keep every one alive
    const std::size_t size = std::size_t{1} << options.bits;
    if (options.start)
      model_->state_ = options.start->state_;
    else
      model_->state_.resize(size);
  }

  Result<FtrlModelPtr> fit(const Frame& rows, const FtrlOptions& options,
                           const Progress& progress) {
    auto column = label_column(rows, options.label);
    if (!column) return fail(column.error());
    auto columns = choose_features(rows, options.features, (*column)->name());
    if (!columns) return fail(columns.error());
    auto labels = binary_labels(**column);
    if (!labels) return fail(labels.error());
    auto hasher = RowHasher::create(rows, *columns, options.bits);
    if (!hasher) return fail(hasher.error());

    kept_ = kept_rows(rows, *labels, options.keep_negatives, options.seed);
    if (kept_.empty())
      return fail(Code::bad_data, "FTRL: there is no row to learn from{}",
                  rows.rows() ? "; all were negatives and were dropped" : "");
    model_->columns_ = std::move(*columns);
    for (int epoch = 0; epoch < options.epochs; ++epoch)
      if (!pass(*labels, *hasher, epoch, progress)) return cancelled();
    return finish(rows.rows());
  }

 private:
  // False when told to stop.
  bool pass(std::span<const std::uint8_t> labels, RowHasher& hasher, int epoch,
            const Progress& progress) {
    const std::size_t width = hasher.width();
    std::vector<std::uint32_t> index(kBlock * width);
    weights_.resize(width);
    for (std::size_t begin = 0; begin < kept_.size(); begin += kBlock) {
      const std::size_t count = std::min(kBlock, kept_.size() - begin);
      const auto block = std::span(kept_).subspan(begin, count);
      hasher.hash(block, index.data());
      for (std::size_t i = 0; i < count; ++i) {
        const bool positive = labels[block[i]] != 0;
        const double p = learn(std::span(index).subspan(i * width, width), positive);
        if (epoch > 0) continue;
        loss_ += log_loss(p, positive);
        model_->positives_ += positive;
        if (model_->options_.keep_progressive) model_->progressive_.push_back(p);
      }
      const double done = static_cast<double>(begin + count) / static_cast<double>(kept_.size());
      if (begin / kBlock % 32 == 0 && !progress.report((epoch + done) / model_->options_.epochs))
        return false;
    }
    return !progress.stop_requested();
  }

  // Predicts, then updates; the prediction.
  double learn(std::span<const std::uint32_t> index, bool positive) {
    double logit = 0;
    for (std::size_t k = 0; k < index.size(); ++k)
      logit += weights_[k] = rates_.weight(model_->state_[index[k]]);
    const double p = logistic(logit);
    const double gradient = p - (positive ? 1 : 0);
    for (std::size_t k = 0; k < index.size(); ++k)
      rates_.update(model_->state_[index[k]], weights_[k], gradient);
    return p;
  }

  FtrlModelPtr finish(std::size_t rows_seen) {
    FtrlModel& model = *model_;
    model.weights_.resize(model.state_.size());
    for (std::size_t i = 0; i < model.state_.size(); ++i) {
      model.weights_[i] = rates_.weight(model.state_[i]);
      model.nonzero_ += model.weights_[i] != 0;
    }
    model.rows_seen_ = rows_seen;
    model.rows_trained_ = kept_.size();
    model.progressive_log_loss_ = loss_ / static_cast<double>(kept_.size());
    model.progressive_.shrink_to_fit();
    return std::move(model_);
  }

  std::shared_ptr<FtrlModel> model_;
  FtrlRates rates_;
  std::vector<std::uint32_t> kept_;
  std::vector<double> weights_;  // of one row
  double loss_ = 0;
};

Result<FtrlModelPtr> train_ftrl(const Frame& rows, const FtrlOptions& options,
                                const Progress& progress) {
  if (auto valid = validate(options); !valid) return fail(valid.error());
  return FtrlTrainer(options).fit(rows, options, progress);
}

Result<std::vector<double>> FtrlModel::score(const Frame& rows) const {
  auto hasher = RowHasher::create(rows, columns_, options_.bits);
  if (!hasher) return fail(hasher.error());
  const std::size_t width = hasher->width();
  std::vector<double> scores(rows.rows());
  std::vector<std::uint32_t> block(kBlock), index(kBlock * width);
  for (std::size_t begin = 0; begin < scores.size(); begin += kBlock) {
    const std::size_t count = std::min(kBlock, scores.size() - begin);
    std::iota(block.begin(), block.end(), static_cast<std::uint32_t>(begin));
    hasher->hash(std::span(block).first(count), index.data());
    for (std::size_t i = 0; i < count; ++i) {
      double logit = 0;
      for (std::size_t k = 0; k < width; ++k) logit += weights_[index[i * width + k]];
      scores[begin + i] = logistic(logit);
    }
  }
  return scores;
}

std::string FtrlModel::describe() const {
  if (!options_.name.empty()) return options_.name;
  if (options_.keep_negatives >= 1) return "FTRL";
  return fmt::format("FTRL on {:g}% of negatives", 100 * options_.keep_negatives);
}

namespace {

double label_or_nan(const Frame& rows, const std::string& name, std::size_t row) {
  auto label = label_column(rows, name);
  return label && (*label)->numeric() ? (*label)->number(row)
                                      : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

std::size_t FtrlModel::bytes() const {
  std::size_t total = sizeof *this + state_.capacity() * sizeof(FtrlState) +
                      (weights_.capacity() + progressive_.capacity()) * sizeof(double);
  for (const std::string& name : columns_) total += sizeof(std::string) + name.capacity();
  return total;
}

std::vector<std::pair<std::string, double>> FtrlModel::facts() const {
  return {{"rows_seen", static_cast<double>(rows_seen_)},
          {"rows_trained", static_cast<double>(rows_trained_)},
          {"positives", static_cast<double>(positives_)},
          {"nonzero_weights", static_cast<double>(nonzero_)},
          {"weights", static_cast<double>(weights_.size())},
          {"progressive_log_loss", progressive_log_loss_},
          {"epochs", static_cast<double>(options_.epochs)},
          {"keep_negatives", options_.keep_negatives}};
}

Result<Frame> FtrlModel::trail(const Frame& rows, std::size_t row) const {
  if (row >= rows.rows())
    return fail(Code::invalid_argument, "there is no row {}; the rows are 0 to {}", row,
                rows.rows() ? rows.rows() - 1 : 0);
  std::vector<std::string> feature = {"bias"};
  for (const std::string& name : columns_) {
    auto column = rows.require(name);
    if (!column) return fail(column.error());
    feature.push_back(feature_text(**column, row));
  }
  const std::size_t width = feature.size();
  std::vector<std::int64_t> index(width);
  std::vector<double> z(width), n(width), weight(width), logit(width);
  double sum = 0;
  for (std::size_t k = 0; k < width; ++k) {
    index[k] = feature_index(feature[k], options_.bits);
    const FtrlState& state = state_[static_cast<std::size_t>(index[k])];
    z[k] = state.z, n[k] = state.n;
    weight[k] = weights_[static_cast<std::size_t>(index[k])];
    logit[k] = sum += weight[k];
  }
  const double p = logistic(sum), y = label_or_nan(rows, options_.label, row);
  const std::uint8_t known = y == 0 || y == 1;
  std::vector<double> z_after(width), n_after(width);
  for (std::size_t k = 0; k < width; ++k) {
    FtrlState state{z[k], n[k]};
    for (std::size_t earlier = 0; earlier < k; ++earlier)  // a shared coordinate moved already
      if (index[earlier] == index[k]) state = {z_after[earlier], n_after[earlier]};
    if (known) rates(options_).update(state, weight[k], p - y);
    z_after[k] = state.z, n_after[k] = state.n;
  }
  Frame::Builder table;
  table.add("feature", feature).add("index", std::move(index));
  table.add("z", std::move(z)).add("n", std::move(n)).add("weight", std::move(weight));
  table.add("logit", std::move(logit)).add("probability", std::vector<double>(width, p));
  const std::vector<std::uint8_t> marks(width, known);
  const auto learned = [&](const char* name, std::vector<double> values) {
    table.add(name, std::move(values));
    if (!known) table.missing(marks);
  };
  learned("gradient", std::vector<double>(width, known ? p - y : 0));
  learned("z_after", std::move(z_after));
  learned("n_after", std::move(n_after));
  return std::move(table).build();
}

}  // namespace rehearse::models
