// SPDX-License-Identifier: GPL-3.0-or-later
//
// FtrlLearner: the inner loop of ftrl.hpp, over rows that are already hashed. For who has
// coordinates of his own (another hash, rows read from elsewhere) and for measuring what the
// arithmetic costs.
#pragma once

#include <cmath>
#include <span>
#include <vector>

#include "engine/models/loss.hpp"

namespace rehearse::models {

// One state of the learner for each coordinate.
struct FtrlState {
  double z = 0, n = 0;
};

// The arithmetic of one coordinate.
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

// How rows of rare classes count: a positive `positive_weight` times, easy rows less by focal loss.
struct FtrlEmphasis {
  double positive_weight = 1, focal_gamma = 0;

  // dloss/dη of a row whose logit is η and whose probability is p.
  double gradient(double p, double logit, bool positive) const {
    const double y = positive ? 1 : 0;
    const double slope =
        focal_gamma > 0 ? Loss{LossKind::focal, focal_gamma}.slope(y, logit) : p - y;
    return positive && positive_weight != 1 ? positive_weight * slope : slope;
  }
};

class FtrlLearner {
 public:
  FtrlLearner(FtrlRates rates, FtrlEmphasis emphasis, std::vector<FtrlState> state)
      : rates_(rates), emphasis_(emphasis), state_(std::move(state)) {}

  // Predicts, then updates; the prediction. Coordinates < state().size() (not checked).
  double learn(std::span<const std::uint32_t> index, bool positive) {
    weights_.resize(index.size());
    double logit = 0;
    for (std::size_t k = 0; k < index.size(); ++k)
      logit += weights_[k] = rates_.weight(state_[index[k]]);
    const double p = 1 / (1 + std::exp(-logit));
    const double gradient = emphasis_.gradient(p, logit, positive);
    for (std::size_t k = 0; k < index.size(); ++k)
      rates_.update(state_[index[k]], weights_[k], gradient);
    return p;
  }
  double predict(std::span<const std::uint32_t> index) const {
    double logit = 0;
    for (std::uint32_t i : index) logit += rates_.weight(state_[i]);
    return 1 / (1 + std::exp(-logit));
  }

  const FtrlRates& rates() const { return rates_; }
  const std::vector<FtrlState>& state() const { return state_; }
  std::vector<FtrlState>& state() { return state_; }

 private:
  FtrlRates rates_;
  FtrlEmphasis emphasis_;
  std::vector<FtrlState> state_;
  std::vector<double> weights_;  // of one row
};

}  // namespace rehearse::models
