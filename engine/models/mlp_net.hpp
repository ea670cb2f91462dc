// SPDX-License-Identifier: GPL-3.0-or-later
//
// The arithmetic of a small click network: numbers and embeddings through ReLU layers to one logit,
// beside it a wide sum of hashed weights (Cheng et al. 2016, "Wide & deep").
//
//   a_0 = (numbers, E[level_1], E[level_2], …)
//   a_l = max(0, W_l a_{l-1} + b_l)                       hidden layers
//   logit = w · a_L + b + Σ_k wide[index_k]
//   loss = mean of weight · [softplus(logit) - y logit]   ∂loss/∂logit = weight (σ(logit) - y) / n
//
// Templates on the scalar: float to train and serve, double so that a test can check gradients.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/models/mlp_inputs.hpp"

namespace rehearse::models {

template <class T>
struct DenseLayer {
  std::size_t inputs = 0, outputs = 0;
  std::vector<T> weight;  // outputs × inputs, row-major
  std::vector<T> bias;    // outputs
};

template <class T>
struct NetworkWeights {
  std::size_t numbers = 0, texts = 0, dimension = 0;
  std::vector<T> embeddings;          // levels × dimension
  std::vector<DenseLayer<T>> layers;  // hidden ones, last the one of a single unit; may be empty
  std::vector<T> wide;                // may be empty

  std::size_t input_width() const { return numbers + texts * dimension; }
  std::size_t parameters() const;
};

// Rows [begin, begin + count) of encoded rows.
struct NetworkBatch {
  const NetworkRows* rows = nullptr;
  std::size_t begin = 0, count = 0;
};

// Logits of a batch. `activations`, where given, receives a_0 … a_L, one row-major matrix each.
template <class T>
void network_forward(const NetworkWeights<T>& weights, const NetworkBatch& batch,
                     std::span<T> logits, std::vector<std::vector<T>>* activations = nullptr);

// A batch's gradient has the weights' shape. Embeddings and wide weights are mostly 0: `touched_…`
// lists the rows of them that are not, each once.
template <class T>
struct NetworkGradient {
  NetworkWeights<T> of;
  std::vector<std::uint32_t> touched_levels, touched_wide;  // in order of first touch
  explicit NetworkGradient(const NetworkWeights<T>& weights);
  void touch_level(std::uint32_t level) { touch(level, level_marks_, touched_levels); }
  void touch_wide(std::uint32_t at) { touch(at, wide_marks_, touched_wide); }
  void clear_touched();  // back to 0

 private:
  static void touch(std::uint32_t at, std::vector<std::uint8_t>& marks,
                    std::vector<std::uint32_t>& touched) {
    if (marks[at]) return;
    marks[at] = 1;
    touched.push_back(at);
  }
  std::vector<std::uint8_t> level_marks_, wide_marks_;
};

// Mean loss, and its gradient (which must be clear). `keep_masks`, one a hidden layer, are what
// dropout multiplies its units with; empty: no dropout.
template <class T>
T network_gradient(const NetworkWeights<T>& weights, const NetworkBatch& batch,
                   std::span<const float> labels, std::span<const float> row_weights,
                   const std::vector<std::vector<T>>& keep_masks, NetworkGradient<T>& gradient);

}  // namespace rehearse::models
