// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/mlp.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/models/labels.hpp"

namespace rehearse::models {
namespace {

constexpr std::size_t kScoreBatch = 512;
constexpr std::size_t kUnitsShown = 5;

// Rows of the table that a trail is.
struct NetworkTrail {
  std::vector<std::string> part, name, input;
  std::vector<double> value, weight, product;

  void add(std::string in_part, std::string of, std::string text, double v,
           double w = std::numeric_limits<double>::quiet_NaN(),
           double p = std::numeric_limits<double>::quiet_NaN()) {
    part.push_back(std::move(in_part)), name.push_back(std::move(of));
    input.push_back(std::move(text));
    value.push_back(v), weight.push_back(w), product.push_back(p);
  }
  Result<Frame> build() && {
    Frame::Builder builder;
    builder.add("part", part).add("name", name).add("input", input);
    builder.add("value", std::move(value)).add("weight", std::move(weight));
    builder.add("product", std::move(product));
    return std::move(builder).build();
  }
};

std::string vector_text(const float* values, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += fmt::format("{}{:.3g}", i ? " " : "", values[i]);
  return text;
}

std::string input_cell(const Frame& rows, const std::string& name) {
  const std::string column = name.substr(0, name.rfind(" is missing"));
  const Column* found = rows.find(column);
  return found ? found->cell(0) : "";
}

void trail_inputs(const NetworkModel& model, const Frame& row, const NetworkRows& encoded,
                  NetworkTrail& trail) {
  const NetworkWeights<float>& w = model.weights();
  const auto& names = model.inputs().names();
  for (std::size_t i = 0; i < w.numbers; ++i)
    trail.add("number", names[i], input_cell(row, names[i]),
              static_cast<double>(encoded.numbers[i]));
  for (std::size_t t = 0; t < w.texts; ++t) {
    const float* vector = w.embeddings.data() + encoded.levels[t] * w.dimension;
    const std::string& name = names[w.numbers + t];
    trail.add("embedding", name,
              input_cell(row, name) + " → (" + vector_text(vector, w.dimension) + ")",
              static_cast<double>(encoded.levels[t]));
  }
}

void trail_layers(const NetworkWeights<float>& w, const std::vector<std::vector<float>>& a,
                  NetworkTrail& trail) {
  for (std::size_t l = 1; l < a.size(); ++l) {
    const auto active = std::count_if(a[l].begin(), a[l].end(), [](float v) { return v > 0; });
    trail.add(fmt::format("hidden {}", l), "active units",
              fmt::format("{} of {}", active, a[l].size()), static_cast<double>(active));
  }
  const std::vector<float>& last = a.back();
  std::vector<std::size_t> order(last.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const DenseLayer<float>& out = w.layers.back();
  const auto product = [&](std::size_t unit) {
    return static_cast<double>(out.weight[unit]) * static_cast<double>(last[unit]);
  };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
    return std::abs(product(x)) > std::abs(product(y));
  });
  double rest = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i < kUnitsShown)
      trail.add("output", fmt::format("unit {}", order[i] + 1), "",
                static_cast<double>(last[order[i]]), static_cast<double>(out.weight[order[i]]),
                product(order[i]));
    else
      rest += product(order[i]);
  }
  if (order.size() > kUnitsShown)
    trail.add("output", fmt::format("the {} other units", order.size() - kUnitsShown), "",
              std::nan(""), std::nan(""), rest);
  trail.add("output", "bias", "", 1, static_cast<double>(out.bias[0]),
            static_cast<double>(out.bias[0]));
}

void trail_wide(const NetworkModel& model, const Frame& row, const NetworkRows& encoded,
                NetworkTrail& trail) {
  const auto& crosses = model.options().crosses;
  for (std::size_t k = 0; k < encoded.wide.size(); ++k) {
    std::string name = "bias";
    if (k > model.columns().size()) {
      const auto& [left, right] = crosses[k - model.columns().size() - 1];
      name = feature_text(*row.find(left), 0) + "&" + feature_text(*row.find(right), 0);
    } else if (k > 0) {
      name = feature_text(*row.find(model.columns()[k - 1]), 0);
    }
    const auto weight = static_cast<double>(model.weights().wide[encoded.wide[k]]);
    trail.add("wide", name, fmt::format("coordinate {}", encoded.wide[k]), 1, weight, weight);
  }
}

}  // namespace

std::size_t multiply_adds(const NetworkWeights<float>& weights) {
  std::size_t total = 0;
  for (const DenseLayer<float>& layer : weights.layers) total += layer.weight.size();
  return total;
}

Result<std::vector<double>> NetworkModel::score(const Frame& rows) const {
  auto encoded = inputs_.encode(rows);
  if (!encoded) return fail(encoded.error());
  std::vector<double> scores(rows.rows());
  std::vector<float> logits(kScoreBatch);
  for (std::size_t begin = 0; begin < scores.size(); begin += kScoreBatch) {
    const std::size_t count = std::min(kScoreBatch, scores.size() - begin);
    network_forward<float>(weights_, {&*encoded, begin, count}, std::span(logits).first(count));
    for (std::size_t i = 0; i < count; ++i)
      scores[begin + i] = 1 / (1 + std::exp(-static_cast<double>(logits[i])));
  }
  return scores;
}

std::string NetworkModel::describe() const {
  if (!options_.name.empty()) return options_.name;
  if (!options_.deep) return "logistic regression";
  return options_.wide_bits ? "wide & deep" : "network";
}

std::size_t NetworkModel::bytes() const {
  std::size_t total = sizeof *this - sizeof inputs_ + inputs_.bytes() +
                      (weights_.embeddings.capacity() + weights_.wide.capacity()) * sizeof(float) +
                      (curve_.train.capacity() + curve_.valid.capacity()) * sizeof(double);
  for (const auto& layer : weights_.layers)
    total += sizeof layer + (layer.weight.capacity() + layer.bias.capacity()) * sizeof(float);
  for (const std::string& name : columns_) total += sizeof(std::string) + name.capacity();
  return total;
}

std::vector<std::pair<std::string, double>> NetworkModel::facts() const {
  const double none = std::numeric_limits<double>::quiet_NaN();
  return {{"rows_seen", static_cast<double>(rows_seen_)},
          {"rows_trained", static_cast<double>(rows_trained_)},
          {"positives", static_cast<double>(positives_)},
          {"keep_negatives", options_.keep_negatives},
          {"epochs_run", static_cast<double>(curve_.train.size())},
          {"epochs", static_cast<double>(curve_.best)},
          {"parameters", static_cast<double>(weights_.parameters())},
          {"multiply_adds", static_cast<double>(multiply_adds(weights_))},
          {"lookups", static_cast<double>(inputs_.texts() + inputs_.wide_width())},
          {"served_bytes", static_cast<double>(weights_.parameters() * sizeof(float))},
          {"train_loss", curve_.train[curve_.best - 1]},
          {"valid_loss", curve_.valid.empty() ? none : curve_.valid[curve_.best - 1]}};
}

Result<Frame> NetworkModel::trail(const Frame& rows, std::size_t row) const {
  if (row >= rows.rows())
    return fail(Code::invalid_argument, "there is no row {}: the table has {}", row, rows.rows());
  const Frame one = rows.slice(row, row + 1);
  auto encoded = inputs_.encode(one);
  if (!encoded) return fail(encoded.error());
  float logit = 0;
  std::vector<std::vector<float>> activations;
  network_forward<float>(weights_, {&*encoded, 0, 1}, std::span(&logit, 1), &activations);
  NetworkTrail trail;
  if (options_.deep) {
    trail_inputs(*this, one, *encoded, trail);
    trail_layers(weights_, activations, trail);
  }
  trail_wide(*this, one, *encoded, trail);
  trail.add("result", "logit", "sum of the products", static_cast<double>(logit));
  trail.add("result", "probability", "1 / (1 + exp(-logit))",
            1 / (1 + std::exp(-static_cast<double>(logit))));
  return std::move(trail).build();
}

Result<Training<NetworkModel>> train_network(const Frame& rows, const Frame* valid,
                                             const NetworkOptions& options,
                                             const Progress& progress) {
  const auto labels_in = [&](const Frame& frame) -> Result<std::vector<double>> {
    auto column = label_column(frame, options.label);
    if (!column) return fail(column.error());
    auto labels = binary_labels(**column);
    if (!labels) return fail(labels.error());
    return std::vector<double>(labels->begin(), labels->end());
  };
  auto labels = labels_in(rows);
  if (!labels) return fail(labels.error());
  Result<std::vector<double>> valid_labels;
  if (valid) valid_labels = labels_in(*valid);
  if (!valid_labels)
    return at("validation rows", Result<Training<NetworkModel>>(fail(valid_labels.error())));
  return train_network_on(rows, *labels, valid, *valid_labels, options, progress);
}

}  // namespace rehearse::models
