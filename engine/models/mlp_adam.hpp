// SPDX-License-Identifier: GPL-3.0-or-later
//
// Adam (Kingma, Ba 2015) over the weights of a network; its formula stands in mlp.hpp. Lazy for
// embeddings and wide weights: their moments change only in the batches that touch them.
#pragma once

#include <vector>

#include "engine/models/mlp_net.hpp"

namespace rehearse::models {

class Adam {
 public:
  Adam(const NetworkWeights<float>& shape, double learning_rate, double weight_decay);
  void step(NetworkWeights<float>& weights, const NetworkGradient<float>& gradient);

 private:
  struct Moments {
    std::vector<float> first, second;
    explicit Moments(std::size_t size) : first(size, 0), second(size, 0) {}
  };
  void move(float& weight, float gradient, Moments& moments, std::size_t at) const;
  std::vector<Moments> moments_;  // embeddings, wide, then weight and bias of each layer
  double learning_rate_, decay_, rate_ = 0;
  int steps_ = 0;
};

}  // namespace rehearse::models
