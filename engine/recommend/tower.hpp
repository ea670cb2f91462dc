// SPDX-License-Identifier: GPL-3.0-or-later
//
// The arithmetic of two_tower.hpp, where its formulas stand: one tower over a bag of features, and
// the loss of a batch. Apart, so that a test can hold gradients against finite differences.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace rehearse::recommend {

// A bag: rows of the embedding table. Each has the same weight, 1 / √(size).
using Bag = std::vector<std::uint32_t>;

// The parameters of one tower, in the order E, W₁, b₁, W₂.
struct Tower {
  std::size_t buckets = 0, factors = 0, hidden = 0;
  std::vector<double> at;
  std::size_t dense_begin() const { return buckets * factors; }
  // The tower's vector of a bag to `out` (factors); `x` (factors) and `active` (hidden) are kept
  // for backward.
  void forward(const Bag& bag, double* x, double* active, double* out) const;
  // Adds the gradient, given ∂loss/∂out.
  void backward(const Bag& bag, const double* x, const double* active, const double* by_out,
                std::vector<double>& gradient) const;
};

// Loss of a batch of pairs (users[i], items[i]) and its gradient by the parameters of both towers,
// which is overwritten. `item_of` tells equal items apart, `log_q` is subtracted from the logit of
// each item. Sizes equal (asserted).
double in_batch_softmax(const Tower& user, const Tower& item, std::span<const Bag* const> users,
                        std::span<const Bag* const> items, std::span<const std::uint32_t> item_of,
                        std::span<const double> log_q, double temperature,
                        std::vector<double>& user_gradient, std::vector<double>& item_gradient);

}  // namespace rehearse::recommend
