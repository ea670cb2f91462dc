// SPDX-License-Identifier: GPL-3.0-or-later
//
// Adam (Kingma, Ba 2015): gradient descent in which every weight has a step of its own, from two
// running means of its slope g:
//
//   m ← β1 m + (1 - β1) g      v ← β2 v + (1 - β2) g²      β1 = 0.9, β2 = 0.999
//   w ← w - η √(1 - β2^t) / (1 - β1^t) · m / (√v + 1e-8) - η λ w
//
// with decoupled weight decay λ (Loshchilov, Hutter 2019). The corrections of both means are one
// factor, so the 1e-8 is scaled along. Lazy: a weight that is not moved in a step keeps its means,
// so that a table of which a batch touches few rows costs what it touches.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace rehearse {

template <class Real>
class Adam {
 public:
  // Of `size` weights; `learning_rate` η > 0, `decay` λ ≥ 0 where a weight is moved with it.
  Adam(std::size_t size, double learning_rate, double decay = 0)
      : means_(size), learning_rate_(learning_rate), decay_(decay) {}

  // Before the moves of a step. O(1).
  void next_step() {
    ++steps_;
    rate_ = static_cast<Real>(learning_rate_ *
                              std::sqrt(1 - std::pow(static_cast<double>(kSecond), steps_)) /
                              (1 - std::pow(static_cast<double>(kFirst), steps_)));
  }
  // Moves the weight with this number, at most once a step. O(1).
  void move(std::size_t number, Real& weight, Real slope) { weight -= along(number, slope); }
  void move_and_decay(std::size_t number, Real& weight, Real slope) {
    weight -= along(number, slope) + static_cast<Real>(learning_rate_ * decay_) * weight;
  }
  // A step of all weights, with decay. O(size).
  void step(std::span<Real> weights, std::span<const Real> slopes) {
    next_step();
    for (std::size_t i = 0; i < weights.size(); ++i) move_and_decay(i, weights[i], slopes[i]);
  }

 private:
  static constexpr Real kFirst = static_cast<Real>(0.9), kSecond = static_cast<Real>(0.999);
  struct Means {
    Real first = 0, second = 0;
  };
  Real along(std::size_t number, Real slope) {
    Means& mean = means_[number];
    mean.first = kFirst * mean.first + (1 - kFirst) * slope;
    mean.second = kSecond * mean.second + (1 - kSecond) * slope * slope;
    return rate_ * mean.first / (std::sqrt(mean.second) + static_cast<Real>(1e-8));
  }
  std::vector<Means> means_;
  double learning_rate_, decay_;
  Real rate_ = 0;
  int steps_ = 0;
};

}  // namespace rehearse
