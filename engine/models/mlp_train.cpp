// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/adam.hpp"
#include "engine/base/random.hpp"
#include "engine/metrics/probability.hpp"
#include "engine/models/labels.hpp"
#include "engine/models/mlp.hpp"
#include "engine/models/tree_sample.hpp"

namespace rehearse::models {
namespace {

constexpr std::size_t kNetworkCurveRows = 20000;

Result<void> network_range(const char* name, double value, double low, double high) {
  if (value >= low && value <= high) return {};
  return fail(Code::invalid_argument, "network: {} is {:g}; it lies in [{:g}, {:g}]", name, value,
              low, high);
}

Result<void> validate_network(const NetworkOptions& o) {
  constexpr double kTiny = 1e-9;
  for (const auto& check :
       {network_range("layers", static_cast<double>(o.hidden.size()), 0, 6),
        network_range("dimension", o.dimension, 1, 64),
        network_range("buckets", o.buckets, 2, 65536),
        network_range("bits", o.wide_bits, o.wide_bits == 0 ? 0 : 8, 22),
        network_range("learning_rate", o.learning_rate, kTiny, 1),
        network_range("epochs", o.epochs, 1, 500), network_range("batch", o.batch, 1, 65536),
        network_range("dropout", o.dropout, 0, 0.9),
        network_range("weight_decay", o.weight_decay, 0, 1),
        network_range("early_stopping", o.early_stopping, 1, 500),
        network_range("positive_weight", o.positive_weight, kTiny, 1e6),
        network_range("keep_negatives", o.keep_negatives, kTiny, 1)})
    if (!check) return check;
  for (const int units : o.hidden)
    if (auto fine = network_range("hidden units", units, 1, 1024); !fine) return fine;
  if (!o.deep && o.wide_bits == 0)
    return fail(Code::invalid_argument, "network: neither deep nor wide; give it one of the two");
  return {};
}

Result<void> check_network_labels(std::span<const double> labels) {
  if (labels.empty()) return fail(Code::bad_data, "network: there is no row to learn from");
  for (std::size_t row = 0; row < labels.size(); ++row)
    if (!(labels[row] >= 0 && labels[row] <= 1))
      return fail(Code::bad_data, "row {}: the label is {:g}; it lies in [0, 1]", row, labels[row]);
  const auto [low, high] = std::minmax_element(labels.begin(), labels.end());
  if (*high == 0 || *low == 1)
    return fail(Code::bad_data,
                "all labels are {:g}: with one class there is nothing to tell apart; add rows",
                *low);
  return {};
}

DenseLayer<float> initial_layer(std::size_t inputs, std::size_t outputs, std::uint64_t seed,
                                std::uint32_t place) {
  DenseLayer<float> layer{inputs, outputs, {}, std::vector<float>(outputs, 0)};
  const double deviation = std::sqrt(2 / static_cast<double>(inputs));  // He et al. 2015
  for (std::size_t unit = 0; unit < outputs; ++unit) {
    Stream stream(seed, "network.weight", place, unit);
    for (std::size_t i = 0; i < inputs; ++i)
      layer.weight.push_back(static_cast<float>(stream.normal(0, deviation)));
  }
  return layer;
}

void pick_rows(const NetworkRows& from, std::span<const std::uint32_t> which, NetworkRows& to) {
  const auto gather = [&](const auto& source, auto& target) {
    const std::size_t width = source.size() / from.rows;
    target.resize(which.size() * width);
    for (std::size_t i = 0; i < which.size(); ++i)
      std::copy_n(source.data() + which[i] * width, width, target.data() + i * width);
  };
  to.rows = which.size();
  gather(from.numbers, to.numbers), gather(from.levels, to.levels), gather(from.wide, to.wide);
}

}  // namespace

// One fit: owns the model while it is still changing.
class NetworkTrainer {
 public:
  explicit NetworkTrainer(const NetworkOptions& options)
      : o_(options), model_(std::make_shared<NetworkModel>()) {
    model_->options_ = options;
    shift_ = std::log(o_.keep_negatives / o_.positive_weight);
  }

  Result<Training<NetworkModel>> fit(const Frame& rows, std::span<const double> labels,
                                     const Frame* valid, std::span<const double> valid_labels,
                                     const Progress& progress) {
    if (auto ready = prepare(rows, labels); !ready) return fail(ready.error());
    if (valid) {
      auto encoded = valid->rows() ? model_->inputs_.encode(*valid)
                                   : Result<NetworkRows>(fail(Code::bad_data, "there are none"));
      if (!encoded)
        return at("validation rows", Result<Training<NetworkModel>>(fail(encoded.error())));
      valid_ = std::move(*encoded);
      valid_labels_.assign(valid_labels.begin(), valid_labels.end());
    }
    initialize();
    return learn(progress);
  }

 private:
  Result<void> prepare(const Frame& rows, std::span<const double> labels) {
    auto label = label_column(rows, o_.label);
    auto columns = choose_features(rows, o_.features, label ? (*label)->name() : o_.label);
    if (!columns) return fail(columns.error());
    if (auto fine = check_network_labels(labels); !fine) return fine;
    const std::vector<float> all(labels.begin(), labels.end());
    const auto kept = rows_with_negatives_kept(rows, all, o_.keep_negatives, o_.seed);
    auto inputs = NetworkInputs::fit(
        rows, *columns,
        {.deep = o_.deep, .buckets = o_.buckets, .wide_bits = o_.wide_bits, .crosses = o_.crosses},
        kept);
    if (!inputs) return fail(inputs.error());
    model_->columns_ = std::move(*columns);
    model_->inputs_ = std::move(*inputs);
    for (const std::uint32_t row : kept) {
      labels_.push_back(all[row]);
      model_->positives_ += all[row] > 0;
      weights_.push_back(
          static_cast<float>(1 + (o_.positive_weight - 1) * static_cast<double>(all[row])));
    }
    model_->rows_seen_ = rows.rows(), model_->rows_trained_ = kept.size();
    auto encoded = model_->inputs_.encode(rows, kept);
    if (!encoded) return fail(encoded.error());
    train_ = std::move(*encoded);
    const auto sample = evenly_spaced(rows.rows(), kNetworkCurveRows);
    for (const std::uint32_t row : sample) curve_labels_.push_back(all[row]);
    auto drawn = model_->inputs_.encode(rows, sample);
    if (!drawn) return fail(drawn.error());
    curve_rows_ = std::move(*drawn);
    return {};
  }

  void initialize() {
    NetworkWeights<float>& w = model_->weights_;
    const NetworkInputs& inputs = model_->inputs_;
    double sum = 0, total = 0;
    for (std::size_t i = 0; i < labels_.size(); ++i)
      sum += static_cast<double>(weights_[i] * labels_[i]),
          total += static_cast<double>(weights_[i]);
    const auto base = static_cast<float>(metrics::logit(std::clamp(sum / total, 1e-6, 1 - 1e-6)));
    w.wide.assign(inputs.wide_size(), 0);
    if (!o_.deep) {
      w.wide[feature_index("bias", o_.wide_bits)] = base;
      return;
    }
    w.numbers = inputs.numbers(), w.texts = inputs.texts();
    w.dimension = static_cast<std::size_t>(o_.dimension);
    for (std::size_t level = 0; level < inputs.levels(); ++level) {
      Stream stream(o_.seed, "network.embedding", 0, level);
      for (int d = 0; d < o_.dimension; ++d)
        w.embeddings.push_back(static_cast<float>(stream.normal(0, 0.1)));
    }
    std::size_t width = w.input_width();
    std::uint32_t place = 0;
    for (const int units : o_.hidden) {
      w.layers.push_back(initial_layer(width, static_cast<std::size_t>(units), o_.seed, place++));
      width = static_cast<std::size_t>(units);
    }
    w.layers.push_back(initial_layer(width, 1, o_.seed, place));
    for (float& weight : w.layers.back().weight) weight *= 0.1F;  // begin near the base rate
    w.layers.back().bias[0] = base;
  }

  Result<Training<NetworkModel>> learn(const Progress& progress) {
    Adam<float> adam(model_->weights_.parameters(), o_.learning_rate);
    NetworkGradient<float> gradient(model_->weights_);
    NetworkWeights<float> best = model_->weights_;
    LearningCurve& curve = model_->curve_;
    curve.unit = "epochs";
    bool stopped = false;
    for (int epoch = 0; epoch < o_.epochs; ++epoch) {
      if (!pass(epoch, adam, gradient, progress)) {
        stopped = true;
        break;
      }
      curve.train.push_back(loss_on(curve_rows_, curve_labels_));
      if (!valid_labels_.empty()) curve.valid.push_back(loss_on(valid_, valid_labels_));
      const auto done = static_cast<std::size_t>(epoch) + 1;
      if (valid_labels_.empty() || curve.best == 0 ||
          curve.valid.back() < curve.valid[curve.best - 1])
        curve.best = done, best = model_->weights_;
      else if (done - curve.best >= static_cast<std::size_t>(o_.early_stopping))
        break;
    }
    if (curve.best == 0) return cancelled();
    model_->weights_ = std::move(best);
    return Training<NetworkModel>{model_, stopped};
  }

  // False when told to stop.
  bool pass(int epoch, Adam<float>& adam, NetworkGradient<float>& gradient,
            const Progress& progress) {
    std::vector<std::uint32_t> order(train_.rows);
    std::iota(order.begin(), order.end(), 0U);
    Stream stream(o_.seed, "network.order", 0, static_cast<std::uint64_t>(epoch));
    stream.shuffle(std::span(order));
    const auto size = static_cast<std::size_t>(o_.batch);
    NetworkRows rows;
    std::vector<float> labels, weights;
    std::size_t batches = 0;
    for (std::size_t begin = 0; begin < order.size(); begin += size, ++batches) {
      const auto which = std::span(order).subspan(begin, std::min(size, order.size() - begin));
      pick_rows(train_, which, rows);
      labels.clear(), weights.clear();
      for (const std::uint32_t row : which)
        labels.push_back(labels_[row]), weights.push_back(weights_[row]);
      network_gradient<float>(model_->weights_, {&rows, 0, rows.rows}, labels, weights,
                              masks(rows.rows, epoch, begin), gradient);
      step(adam, gradient);
      gradient.clear_touched();
      const double done = static_cast<double>(begin) / static_cast<double>(order.size());
      if (batches % 16 == 0 && !progress.report((epoch + done) / o_.epochs)) return false;
    }
    return true;
  }

  // Lazy for embeddings and wide weights: of them only those that the batch touched.
  void step(Adam<float>& adam, const NetworkGradient<float>& gradient) {
    adam.next_step();
    NetworkWeights<float>& w = model_->weights_;
    const NetworkWeights<float>& g = gradient.of;
    for (const std::uint32_t level : gradient.touched_levels)
      for (std::size_t d = level * g.dimension; d < (level + 1) * g.dimension; ++d)
        adam.move(d, w.embeddings[d], g.embeddings[d]);
    std::size_t number = w.embeddings.size();
    for (const std::uint32_t at : gradient.touched_wide)
      adam.move(number + at, w.wide[at], g.wide[at]);
    number += w.wide.size();
    const auto shrink = static_cast<float>(1 - o_.learning_rate * o_.weight_decay);
    for (std::size_t l = 0; l < w.layers.size(); ++l) {
      DenseLayer<float>& layer = w.layers[l];
      for (std::size_t i = 0; i < layer.weight.size(); ++i) {
        layer.weight[i] *= shrink;
        adam.move(number++, layer.weight[i], g.layers[l].weight[i]);
      }
      for (std::size_t i = 0; i < layer.bias.size(); ++i)
        adam.move(number++, layer.bias[i], g.layers[l].bias[i]);
    }
  }

  std::vector<std::vector<float>> masks(std::size_t rows, int epoch, std::size_t begin) const {
    std::vector<std::vector<float>> all;
    if (o_.dropout <= 0 || o_.hidden.empty()) return all;
    Stream stream(o_.seed, "network.dropout", static_cast<std::uint32_t>(epoch), begin);
    const auto limit = static_cast<std::uint32_t>(o_.dropout * 4294967295.0);
    const auto kept = static_cast<float>(1 / (1 - o_.dropout));
    for (const int units : o_.hidden) {
      std::vector<float>& mask = all.emplace_back(rows * static_cast<std::size_t>(units));
      for (float& value : mask) value = stream.next_u32() < limit ? 0.F : kept;
    }
    return all;
  }

  double loss_on(const NetworkRows& rows, std::span<const float> labels) const {
    constexpr std::size_t kBatch = 512;
    std::vector<float> logits(kBatch);
    double sum = 0;
    for (std::size_t begin = 0; begin < rows.rows; begin += kBatch) {
      const std::size_t count = std::min(kBatch, rows.rows - begin);
      network_forward<float>(model_->weights_, {&rows, begin, count},
                             std::span(logits).first(count));
      for (std::size_t i = 0; i < count; ++i) {
        const double z = static_cast<double>(logits[i]) + shift_;
        sum += metrics::log_loss_of_logit(z, static_cast<double>(labels[begin + i]));
      }
    }
    return sum / static_cast<double>(rows.rows);
  }

  const NetworkOptions o_;
  std::shared_ptr<NetworkModel> model_;
  NetworkRows train_, valid_, curve_rows_;
  std::vector<float> labels_, weights_, valid_labels_, curve_labels_;
  double shift_ = 0;
};

Result<Training<NetworkModel>> train_network_on(const Frame& rows, std::span<const double> labels,
                                                const Frame* valid,
                                                std::span<const double> valid_labels,
                                                const NetworkOptions& options,
                                                const Progress& progress) {
  if (auto fine = validate_network(options); !fine) return fail(fine.error());
  return NetworkTrainer(options).fit(rows, labels, valid, valid_labels, progress);
}

}  // namespace rehearse::models
