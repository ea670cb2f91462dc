// SPDX-License-Identifier: GPL-3.0-or-later
//
// Logistic regression over all rows at once, by L-BFGS (lbfgs.hpp), on encoded rows (encoding.hpp).
//
// Use it as the first real model of any click problem: convex, so one answer; few, named weights;
// probabilities that are calibrated on the training rows as a whole. It learns no interaction that
// is not a column (fm.hpp does), and it needs all rows in memory (ftrl.hpp does not).
//
// Rare classes. `positive_weight` w counts each positive w times and `keep_negatives` k drops
// negatives: both multiply the learned odds by w / k. `correct` takes ln(w / k) off the bias again,
// so that predictions are probabilities. `focal_gamma` plays easy rows down (Lin et al. 2017); what
// it does to the probabilities no closed form undoes: calibrate afterwards.
#pragma once

#include "engine/models/linear_model.hpp"
#include "engine/models/smooth_fit.hpp"

namespace rehearse::models {

struct LogisticOptions {
  double l2 = 1e-4;            // [0, 1e6]: of the mean loss; scikit-learn's 1 / (n C)
  double positive_weight = 1;  // (0, 1e6]
  double keep_negatives = 1;   // (0, 1]: share of rows with label 0 that is trained on
  bool correct = false;        // undo both in the bias
  double focal_gamma = 0;      // [0, 10]; 0 is log loss
  int iterations = 200;        // [1, 10000]
  double tolerance = 1e-6;     // of the gradient
  Frame validation = {};       // early stopping on its log loss, if it has rows
  int patience = 5;            // iterations without improvement there
  std::uint64_t seed = 1;      // of the rows kept
  std::string label = {};
  EncodingOptions encoding = {};
  std::string name = {};  // describe(); empty: "logistic regression"
};

// Facts: rows_seen, rows_trained, positives, parameters, iterations, converged, log_loss (of the
// rows trained on, before the correction) and with a validation table validation_log_loss (after
// it) and best_iteration.
// Errors: those of Encoding::fit; a label not 0 or 1; one class only; an option out of its range.
Result<Training<LinearModel>> train_logistic(const Frame& rows, const LogisticOptions& options = {},
                                             const Progress& progress = {});

}  // namespace rehearse::models
