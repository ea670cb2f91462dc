// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/mlp_net.hpp"

#define EIGEN_DONT_PARALLELIZE
#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "engine/metrics/probability.hpp"

namespace rehearse::models {
namespace {

template <class T>
using Rows = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <class T>
using RowsMap = Eigen::Map<Rows<T>>;
template <class T>
using ConstRows = Eigen::Map<const Rows<T>>;
template <class T>
using RowVector = Eigen::Map<const Eigen::Matrix<T, 1, Eigen::Dynamic>>;

Eigen::Index eigen(std::size_t n) { return static_cast<Eigen::Index>(n); }

template <class T>
void gather_inputs(const NetworkWeights<T>& w, const NetworkBatch& batch, std::vector<T>& out) {
  const std::size_t width = w.input_width();
  out.resize(batch.count * width);
  for (std::size_t i = 0; i < batch.count; ++i) {
    const std::size_t row = batch.begin + i;
    T* to = std::copy_n(batch.rows->numbers.data() + row * w.numbers, w.numbers,
                        out.data() + i * width);
    for (std::size_t t = 0; t < w.texts; ++t)
      to = std::copy_n(w.embeddings.data() + batch.rows->levels[row * w.texts + t] * w.dimension,
                       w.dimension, to);
  }
}

template <class T>
void dense_layer(const DenseLayer<T>& layer, const std::vector<T>& in, std::size_t count, bool relu,
                 std::vector<T>& out) {
  out.resize(count * layer.outputs);
  const ConstRows<T> x(in.data(), eigen(count), eigen(layer.inputs));
  const ConstRows<T> weight(layer.weight.data(), eigen(layer.outputs), eigen(layer.inputs));
  RowsMap<T> y(out.data(), eigen(count), eigen(layer.outputs));
  y.noalias() = x * weight.transpose();
  y.rowwise() += RowVector<T>(layer.bias.data(), eigen(layer.outputs));
  if (relu) y = y.cwiseMax(T(0));
}

template <class T>
void add_wide(const NetworkWeights<T>& w, const NetworkBatch& batch, std::span<T> logits) {
  if (w.wide.empty()) return;
  const std::size_t width = batch.rows->wide.size() / batch.rows->rows;
  for (std::size_t i = 0; i < batch.count; ++i)
    for (std::size_t k = 0; k < width; ++k)
      logits[i] += w.wide[batch.rows->wide[(batch.begin + i) * width + k]];
}

template <class T>
void multiply(std::vector<T>& values, const std::vector<T>& mask) {
  for (std::size_t i = 0; i < values.size(); ++i) values[i] *= mask[i];
}

template <class T>
void scatter_levels(const NetworkBatch& batch, const std::vector<T>& delta,
                    NetworkGradient<T>& gradient) {
  NetworkWeights<T>& g = gradient.of;
  const std::size_t width = g.input_width();
  for (std::size_t i = 0; i < batch.count; ++i)
    for (std::size_t t = 0; t < g.texts; ++t) {
      const std::uint32_t level = batch.rows->levels[(batch.begin + i) * g.texts + t];
      gradient.touch_level(level);
      for (std::size_t d = 0; d < g.dimension; ++d)
        g.embeddings[level * g.dimension + d] += delta[i * width + g.numbers + t * g.dimension + d];
    }
}

template <class T>
void scatter_wide(const NetworkBatch& batch, std::span<const T> delta,
                  NetworkGradient<T>& gradient) {
  if (gradient.of.wide.empty()) return;
  const std::size_t width = batch.rows->wide.size() / batch.rows->rows;
  for (std::size_t i = 0; i < batch.count; ++i)
    for (std::size_t k = 0; k < width; ++k) {
      const std::uint32_t at = batch.rows->wide[(batch.begin + i) * width + k];
      gradient.touch_wide(at);
      gradient.of.wide[at] += delta[i];
    }
}

// From ∂loss/∂output of the last layer back to ∂loss/∂a_0.
template <class T>
void backward(const NetworkWeights<T>& w, const std::vector<std::vector<T>>& activations,
              const std::vector<std::vector<T>>& masks, std::size_t count, std::vector<T>& delta,
              NetworkWeights<T>& g) {
  std::vector<T> below;
  for (std::size_t l = w.layers.size(); l-- > 0;) {
    const DenseLayer<T>& layer = w.layers[l];
    const ConstRows<T> x(activations[l].data(), eigen(count), eigen(layer.inputs));
    const ConstRows<T> d(delta.data(), eigen(count), eigen(layer.outputs));
    RowsMap<T>(g.layers[l].weight.data(), eigen(layer.outputs), eigen(layer.inputs)).noalias() =
        d.transpose() * x;
    Eigen::Map<Eigen::Matrix<T, 1, Eigen::Dynamic>>(g.layers[l].bias.data(), eigen(layer.outputs)) =
        d.colwise().sum();
    below.resize(count * layer.inputs);
    RowsMap<T> b(below.data(), eigen(count), eigen(layer.inputs));
    b.noalias() = d * ConstRows<T>(layer.weight.data(), eigen(layer.outputs), eigen(layer.inputs));
    if (l > 0) {
      if (!masks.empty()) multiply(below, masks[l - 1]);
      for (std::size_t i = 0; i < below.size(); ++i)
        if (activations[l][i] <= 0) below[i] = 0;
    }
    delta.swap(below);
  }
}

}  // namespace

template <class T>
std::size_t NetworkWeights<T>::parameters() const {
  std::size_t total = embeddings.size() + wide.size();
  for (const DenseLayer<T>& layer : layers) total += layer.weight.size() + layer.bias.size();
  return total;
}

template <class T>
NetworkGradient<T>::NetworkGradient(const NetworkWeights<T>& weights)
    : of(weights),
      level_marks_(weights.dimension ? weights.embeddings.size() / weights.dimension : 0, 0),
      wide_marks_(weights.wide.size(), 0) {
  std::fill(of.embeddings.begin(), of.embeddings.end(), T(0));
  std::fill(of.wide.begin(), of.wide.end(), T(0));
}

template <class T>
void NetworkGradient<T>::clear_touched() {
  for (const std::uint32_t level : touched_levels)
    std::fill_n(of.embeddings.data() + level * of.dimension, of.dimension, T(0)),
        level_marks_[level] = 0;
  for (const std::uint32_t at : touched_wide) of.wide[at] = 0, wide_marks_[at] = 0;
  touched_levels.clear(), touched_wide.clear();
}

template <class T>
void network_forward(const NetworkWeights<T>& w, const NetworkBatch& batch, std::span<T> logits,
                     std::vector<std::vector<T>>* activations) {
  std::fill(logits.begin(), logits.end(), T(0));
  if (!w.layers.empty()) {
    std::vector<std::vector<T>> own(w.layers.size());
    std::vector<std::vector<T>>& a = activations ? *activations : own;
    a.resize(w.layers.size());
    gather_inputs(w, batch, a[0]);
    for (std::size_t l = 0; l + 1 < w.layers.size(); ++l)
      dense_layer(w.layers[l], a[l], batch.count, true, a[l + 1]);
    std::vector<T> out;
    dense_layer(w.layers.back(), a.back(), batch.count, false, out);
    std::copy(out.begin(), out.end(), logits.begin());
  }
  add_wide(w, batch, logits);
}

template <class T>
T network_gradient(const NetworkWeights<T>& w, const NetworkBatch& batch,
                   std::span<const float> labels, std::span<const float> row_weights,
                   const std::vector<std::vector<T>>& keep_masks, NetworkGradient<T>& gradient) {
  std::vector<T> logits(batch.count), delta(batch.count);
  std::vector<std::vector<T>> activations(w.layers.size());
  if (keep_masks.empty() || w.layers.empty()) {
    network_forward<T>(w, batch, logits, &activations);
  } else {
    gather_inputs(w, batch, activations[0]);
    for (std::size_t l = 0; l + 1 < w.layers.size(); ++l) {
      dense_layer(w.layers[l], activations[l], batch.count, true, activations[l + 1]);
      multiply(activations[l + 1], keep_masks[l]);
    }
    dense_layer(w.layers.back(), activations.back(), batch.count, false, logits);
    add_wide<T>(w, batch, logits);
  }
  T loss = 0;
  for (std::size_t i = 0; i < batch.count; ++i) {
    const T label = static_cast<T>(labels[batch.begin + i]);
    const T weight = row_weights.empty() ? T(1) : static_cast<T>(row_weights[batch.begin + i]);
    loss += weight * metrics::log_loss_of_logit(logits[i], label);
    delta[i] = weight * (1 / (1 + std::exp(-logits[i])) - label) / static_cast<T>(batch.count);
  }
  scatter_wide<T>(batch, delta, gradient);
  if (!w.layers.empty()) {
    backward(w, activations, keep_masks, batch.count, delta, gradient.of);
    scatter_levels(batch, delta, gradient);
  }
  return loss / static_cast<T>(batch.count);
}

template struct NetworkWeights<float>;
template struct NetworkWeights<double>;
template struct NetworkGradient<float>;
template struct NetworkGradient<double>;
template void network_forward<float>(const NetworkWeights<float>&, const NetworkBatch&,
                                     std::span<float>, std::vector<std::vector<float>>*);
template void network_forward<double>(const NetworkWeights<double>&, const NetworkBatch&,
                                      std::span<double>, std::vector<std::vector<double>>*);
template float network_gradient<float>(const NetworkWeights<float>&, const NetworkBatch&,
                                       std::span<const float>, std::span<const float>,
                                       const std::vector<std::vector<float>>&,
                                       NetworkGradient<float>&);
template double network_gradient<double>(const NetworkWeights<double>&, const NetworkBatch&,
                                         std::span<const float>, std::span<const float>,
                                         const std::vector<std::vector<double>>&,
                                         NetworkGradient<double>&);

}  // namespace rehearse::models
