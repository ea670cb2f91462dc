// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <numeric>

#include "engine/base/random.hpp"
#include "engine/metrics/probability.hpp"
#include "engine/models/fm.hpp"
#include "engine/models/labels.hpp"
#include "engine/models/option_checks.hpp"
#include "engine/models/sampling.hpp"

namespace rehearse::models {
namespace {

constexpr std::size_t kMostFactors = std::size_t{1} << 27;

Result<void> check_fm(const FmOptions& o) {
  return check_options(
      "factorization machine",
      {{"factors", double(o.factors), o.factors >= 1 && o.factors <= 128, "[1, 128]"},
       {"learning_rate", o.learning_rate, o.learning_rate > 0 && o.learning_rate <= 10, "(0, 10]"},
       {"l2", o.l2, o.l2 >= 0 && o.l2 <= 10, "[0, 10]"},
       {"epochs", double(o.epochs), o.epochs >= 1 && o.epochs <= 1000, "[1, 1000]"},
       {"patience", double(o.patience), o.patience >= 1 && o.patience <= 1000, "[1, 1000]"},
       {"keep_negatives", o.keep_negatives, o.keep_negatives > 0 && o.keep_negatives <= 1,
        "(0, 1]"}});
}

}  // namespace

// One fit: the model while it is still changing, and the sums of squared gradients.
class FmTrainer {
 public:
  FmTrainer(const FmOptions& options, Encoding encoding) : model_(std::make_shared<FmModel>()) {
    FmModel& m = *model_;
    m.options_ = options;
    m.options_.validation = Frame();  // the model outlives the table
    m.encoding_ = std::move(encoding);
    m.rank_ = static_cast<std::size_t>(options.factors);
    m.fields_ = options.field_aware ? m.encoding_.fields() : 1;
    m.weights_.assign(m.encoding_.parameters(), 0);
    m.factors_.resize(m.encoding_.parameters() * m.fields_ * m.rank_);
    // Small and random, or the factors would never leave 0: all the same as libffm, 1/√k · U(0, 1)
    // around 0 for an fm, whose pairs would else begin far above.
    const StreamKey key = stream_key(options.seed, "train.fm.factors");
    const double scale = 1 / std::sqrt(static_cast<double>(options.factors));
    const std::size_t each = m.fields_ * m.rank_;
    for (std::size_t j = 0; j < m.encoding_.parameters(); ++j) {
      Stream stream(key, 0, j);
      for (std::size_t f = 0; f < each; ++f)
        m.factors_[j * each + f] = 0.2 * scale * stream.normal();
    }
    weight_squares_.assign(m.weights_.size(), 1);
    factor_squares_.assign(m.factors_.size(), 1);
    field_sums_.resize(m.rank_);
  }

  const FmModel& model() const { return *model_; }

  // Mean log loss of predictions made before each update; NaN when told to stop.
  double epoch(const EncodedRows& x, const std::vector<double>& y, int number,
               const Progress& progress) {
    std::vector<std::uint32_t> order(x.rows);
    std::iota(order.begin(), order.end(), 0U);
    Stream(model_->options_.seed, "train.fm.order", 0, static_cast<std::uint64_t>(number))
        .shuffle(std::span(order));
    double loss = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (i % 4096 == 0) {
        const double done = static_cast<double>(i) / static_cast<double>(order.size());
        if (!progress.report((number + done) / model_->options_.epochs)) return std::nan("");
      }
      loss += learn(x, order[i], y[order[i]]);
    }
    return loss / static_cast<double>(order.size());
  }

  std::shared_ptr<FmModel> finish(Facts facts) {
    model_->facts_ = std::move(facts);
    return std::move(model_);
  }
  void restore(const std::vector<double>& theta) { model_->set_parameters(theta); }

 private:
  double learn(const EncodedRows& x, std::size_t row, double y) {
    const double eta = model_->fields_ > 1 ? model_->eta(x, row) : eta_with_sums(x, row);
    const double slope = metrics::sigmoid(eta) - y;
    const std::size_t begin = row * x.width, end = begin + x.width;
    for (std::size_t a = begin; a < end; ++a)
      if (x.value[a] != 0) {
        const std::size_t j = x.index[a];
        step(model_->weights_[j], weight_squares_[j], slope * x.value[a],
             a == begin ? 0 : model_->options_.l2);
      }
    if (model_->fields_ > 1)
      learn_pairs(x, begin, end, slope);
    else
      learn_factors(x, begin, end, slope);
    return metrics::log_loss_of_logit(eta, y);
  }

  double eta_with_sums(const EncodedRows& x, std::size_t row) {
    double sum = x.dot(row, model_->weights_);
    const std::size_t begin = row * x.width, end = begin + x.width;
    for (std::size_t f = 0; f < model_->rank_; ++f) {
      double linear = 0, square = 0;
      for (std::size_t a = begin + 1; a < end; ++a) {
        const double part = model_->factors_[x.index[a] * model_->rank_ + f] * x.value[a];
        linear += part, square += part * part;
      }
      field_sums_[f] = linear;
      sum += (linear * linear - square) / 2;
    }
    return sum;
  }

  // dη/dv_{a,f} = x_a (Σ_b v_{b,f} x_b - v_{a,f} x_a), with the sums of before the update.
  void learn_factors(const EncodedRows& x, std::size_t begin, std::size_t end, double slope) {
    const std::size_t rank = model_->rank_;
    for (std::size_t a = begin + 1; a < end; ++a) {
      if (x.value[a] == 0) continue;
      double* v = model_->factors_.data() + x.index[a] * rank;
      double* squares = factor_squares_.data() + x.index[a] * rank;
      for (std::size_t f = 0; f < rank; ++f)
        step(v[f], squares[f], slope * x.value[a] * (field_sums_[f] - v[f] * x.value[a]),
             model_->options_.l2);
    }
  }

  void learn_pairs(const EncodedRows& x, std::size_t begin, std::size_t end, double slope) {
    for (std::size_t a = begin + 1; a < end; ++a)
      for (std::size_t b = a + 1; b < end; ++b) {
        if (x.value[a] == 0 || x.value[b] == 0) continue;
        const double both = slope * x.value[a] * x.value[b];
        const std::size_t left = model_->factor_of(x, a, b), right = model_->factor_of(x, b, a);
        for (std::size_t f = 0; f < model_->rank_; ++f) {
          const double from_left = model_->factors_[left + f];
          step(model_->factors_[left + f], factor_squares_[left + f],
               both * model_->factors_[right + f], model_->options_.l2);
          step(model_->factors_[right + f], factor_squares_[right + f], both * from_left,
               model_->options_.l2);
        }
      }
  }

  void step(double& theta, double& squares, double gradient, double l2) const {
    const double g = gradient + l2 * theta;
    squares += g * g;
    theta -= model_->options_.learning_rate * g / std::sqrt(squares);
  }

  std::shared_ptr<FmModel> model_;
  std::vector<double> weight_squares_, factor_squares_;
  std::vector<double> field_sums_;  // Σ_a v_{a,f} x_a of the row at hand
};

namespace {

struct FmRows {
  EncodedRows x;
  std::vector<double> y;
};

Result<FmRows> fm_rows(const FmModel& model, const Frame& rows, const std::string& label) {
  auto column = label_column(rows, label);
  if (!column) return fail(column.error());
  auto labels = binary_labels(**column);
  if (!labels) return fail(labels.error());
  auto x = model.encode(rows);
  if (!x) return fail(x.error());
  return FmRows{std::move(*x), std::vector<double>(labels->begin(), labels->end())};
}

double fm_mean_loss(const FmModel& model, const FmRows& rows) {
  double loss = 0;
  for (std::size_t row = 0; row < rows.y.size(); ++row)
    loss += metrics::log_loss_of_logit(model.eta(rows.x, row), rows.y[row]);
  return loss / static_cast<double>(rows.y.size());
}

// The epochs of a fit, and which of them was best.
struct FmCourse {
  double log_loss = 0, validation_loss = INFINITY;
  int epochs = 0, best_epoch = 0;
  bool stopped = false;
};

FmCourse run_epochs(FmTrainer& trainer, const FmRows& rows, const FmRows& validation,
                    const FmOptions& options, const Progress& progress) {
  FmCourse course;
  std::vector<double> best;
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    const double loss = trainer.epoch(rows.x, rows.y, epoch, progress);
    if (std::isnan(loss)) {
      course.stopped = true;
      break;
    }
    course.log_loss = loss;
    course.epochs = epoch + 1;
    if (validation.y.empty()) continue;
    const double there = fm_mean_loss(trainer.model(), validation);
    if (there < course.validation_loss) {
      course.validation_loss = there, course.best_epoch = epoch + 1;
      best = trainer.model().parameters();
    }
    if (epoch + 1 - course.best_epoch >= options.patience) break;
  }
  if (!best.empty()) trainer.restore(best);
  return course;
}

}  // namespace

Result<Training<FmModel>> train_fm(const Frame& rows, const FmOptions& options,
                                   const Progress& progress) {
  if (auto fine = check_fm(options); !fine) return fail(fine.error());
  auto column = label_column(rows, options.label);
  if (!column) return fail(column.error());
  auto labels = binary_labels(**column);
  if (!labels) return fail(labels.error());
  const auto kept = kept_rows(rows, *labels, options.keep_negatives, options.seed);
  double positives = 0;
  for (std::uint32_t row : kept) positives += (*labels)[row];
  if (positives == 0 || positives == static_cast<double>(kept.size()))
    return fail(Code::bad_data,
                "factorization machine: of the {} rows to learn from {} are positive", kept.size(),
                positives == 0 ? "none" : "all");
  const Frame learned = kept.size() == rows.rows() ? rows : rows.take(kept);
  auto encoding = Encoding::fit(learned, (*column)->name(), options.encoding);
  if (!encoding) return fail(encoding.error());
  const std::size_t fields = options.field_aware ? encoding->fields() : 1;
  if (encoding->parameters() * fields * static_cast<std::size_t>(options.factors) > kMostFactors)
    return fail(Code::limit,
                "factorization machine: {} features × {} fields × {} factors are too "
                "many; take fewer factors or columns with fewer levels",
                encoding->parameters(), fields, options.factors);
  FmTrainer trainer(options, std::move(*encoding));
  auto data = fm_rows(trainer.model(), learned, options.label);
  if (!data) return fail(data.error());
  Result<FmRows> validation = FmRows{};
  if (options.validation.rows() > 0)
    validation = at("validation", fm_rows(trainer.model(), options.validation, options.label));
  if (!validation) return fail(validation.error());
  const FmCourse course = run_epochs(trainer, *data, *validation, options, progress);
  Facts facts = {{"rows_seen", static_cast<double>(rows.rows())},
                 {"rows_trained", static_cast<double>(kept.size())},
                 {"positives", positives},
                 {"parameters", static_cast<double>(trainer.model().parameters().size())},
                 {"epochs", course.epochs},
                 {"log_loss", course.log_loss}};
  if (!validation->y.empty()) {
    facts.emplace_back("validation_log_loss", course.validation_loss);
    facts.emplace_back("best_epoch", course.best_epoch);
  }
  return Training<FmModel>{trainer.finish(std::move(facts)), course.stopped};
}

}  // namespace rehearse::models
