// SPDX-License-Identifier: GPL-3.0-or-later
//
// Weights that minimize a smooth loss over all rows, by L-BFGS:
//
//   J(w) = Σ_i c_i loss(y_i, x_i·w) / Σ_i c_i + (l2 / 2) Σ_{j ≥ 1} w_j²
//
// The bias is not shrunk. In scikit-learn's terms C = 1 / (n · l2), and Ridge's alpha = n · l2.
// With a validation table, the weights of the iteration with the least mean loss there are kept,
// and the search ends when `patience` iterations brought nothing better (early stopping).
#pragma once

#include <functional>
#include <span>

#include "engine/models/encoding.hpp"
#include "engine/models/lbfgs.hpp"
#include "engine/models/loss.hpp"

namespace rehearse::models {

struct Sample {
  EncodedRows x;
  std::vector<double> y;
  std::vector<double> weight = {};  // empty: 1 each

  double weight_of(std::size_t row) const { return weight.empty() ? 1 : weight[row]; }
};

struct SmoothOptions {
  double l2 = 0;
  LbfgsOptions search = {};
  const Sample* validation = nullptr;  // judged by `judge`, unweighted
  Loss judge = {};
  double judge_offset = 0;  // added to η there: what undoes a resampling
  int patience = 5;
};

struct SmoothResult {
  std::vector<double> weights;
  double objective = 0;
  int iterations = 0, best_iteration = 0;
  double validation_loss = 0;  // of the weights kept; 0 without a validation table
  bool converged = false, stopped = false;
};

// Errors: those of minimize. O(iterations · rows · width).
Result<SmoothResult> fit_smooth(const Sample& sample, std::size_t parameters, const Loss& loss,
                                const SmoothOptions& options, std::vector<double> start = {},
                                const Progress& progress = {});

// Mean of the loss, weighted; `offset` is added to every η.
double mean_loss(const Sample& sample, std::span<const double> weights, const Loss& loss,
                 double offset = 0);

}  // namespace rehearse::models
