// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/mlp_adam.hpp"

#include <cmath>

namespace rehearse::models {
namespace {

constexpr float kBeta1 = 0.9F, kBeta2 = 0.999F;

}  // namespace

Adam::Adam(const NetworkWeights<float>& shape, double learning_rate, double weight_decay)
    : learning_rate_(learning_rate), decay_(weight_decay) {
  moments_.emplace_back(shape.embeddings.size());
  moments_.emplace_back(shape.wide.size());
  for (const auto& layer : shape.layers) {
    moments_.emplace_back(layer.weight.size());
    moments_.emplace_back(layer.bias.size());
  }
}

// `rate_` holds η √(1 - β2^t) / (1 - β1^t): the corrections of both moments at once, with the 1e-8
// scaled alike.
void Adam::move(float& weight, float gradient, Moments& moments, std::size_t at) const {
  float &m = moments.first[at], &v = moments.second[at];
  m = kBeta1 * m + (1 - kBeta1) * gradient;
  v = kBeta2 * v + (1 - kBeta2) * gradient * gradient;
  weight -= static_cast<float>(rate_) * m / (std::sqrt(v) + 1e-8F);
}

void Adam::step(NetworkWeights<float>& weights, const NetworkGradient<float>& gradient) {
  ++steps_;
  rate_ = learning_rate_ * std::sqrt(1 - std::pow(static_cast<double>(kBeta2), steps_)) /
          (1 - std::pow(static_cast<double>(kBeta1), steps_));
  const NetworkWeights<float>& g = gradient.of;
  for (const std::uint32_t level : gradient.touched_levels)
    for (std::size_t d = level * g.dimension; d < (level + 1) * g.dimension; ++d)
      move(weights.embeddings[d], g.embeddings[d], moments_[0], d);
  for (const std::uint32_t at : gradient.touched_wide)
    move(weights.wide[at], g.wide[at], moments_[1], at);
  const auto shrink = static_cast<float>(1 - learning_rate_ * decay_);
  for (std::size_t l = 0; l < weights.layers.size(); ++l) {
    DenseLayer<float>& layer = weights.layers[l];
    for (std::size_t i = 0; i < layer.weight.size(); ++i) {
      layer.weight[i] *= shrink;
      move(layer.weight[i], g.layers[l].weight[i], moments_[2 + 2 * l], i);
    }
    for (std::size_t i = 0; i < layer.bias.size(); ++i)
      move(layer.bias[i], g.layers[l].bias[i], moments_[3 + 2 * l], i);
  }
}

}  // namespace rehearse::models
