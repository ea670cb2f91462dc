// SPDX-License-Identifier: GPL-3.0-or-later
//
// The least logistic loss over a handful of numbers: what temperature, beta and segment offsets
// have in common. p = σ(offset + Σ θ_k x_k), fitted by Newton's method with backtracking, convex,
// so there is one answer. A penalty ½ λ_k θ_k² is a Gaussian prior of variance 1/λ_k. For a model
// with many features see the room `models`.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::calibration {

constexpr std::size_t kMostTerms = 3;
using Terms = std::array<double, kMostTerms>;

struct LogisticProblem {
  std::vector<Terms> x = {};  // one a row; terms from `terms` on are not looked at
  std::size_t terms = 1;
  std::span<const double> labels = {};  // in [0, 1], one a row
  std::vector<double> offset = {};      // empty: 0
  Terms penalty = {};
};

// O(n) a step, usually under twenty. With separable labels and no penalty the answer is at
// infinity; `bound` stops each |θ_k| there. Sizes equal, terms in 1 … 3, some rows (asserted).
Terms fit_logistic(const LogisticProblem& problem, Terms start, double bound);

// The mean loss of the problem's rows at θ, without the penalty.
double logistic_loss(const LogisticProblem& problem, const Terms& theta);

}  // namespace rehearse::calibration
