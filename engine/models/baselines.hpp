// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scorers that every model is measured against: baselines, below which a model is useless, and the
// truth, beyond which none can be. Show a baseline first: a model that does not beat the constant,
// or yesterday, has learned nothing that pays.
#pragma once

#include "engine/base/scorer.hpp"
#include "engine/models/training.hpp"

namespace rehearse::models {

// The same probability for every row. Errors: not in [0, 1].
Result<ScorerPtr> constant_scorer(double probability, std::string name = "constant");

// The mean label of `rows` for every row: facts rows_trained, positives.
// Errors: no rows, no label column (empty name: the column of role label), a label not 0 or 1.
Result<ScorerPtr> prior_scorer(const Frame& rows, std::string_view label = {});

// Reads the truth off its column: for views and bounds, never for a comparison of models.
// score() fails where the column is not there ("not known for your data") or is no probability.
ScorerPtr truth_scorer(std::string column = "click_probability");

enum class BaselineKind {
  mean,          // best constant by squared error
  median,        // best constant by absolute error
  quantile,      // best constant by pinball loss at `level` (type 7)
  prior,         // the mean of labels 0 or 1: best constant by log loss
  last_day,      // mean of the last day of training: the naive forecast
  same_weekday,  // mean of the last such weekday of training: the seasonal naive forecast
};

struct BaselineOptions {
  BaselineKind kind = BaselineKind::mean;
  double level = 0.5;              // of quantile, [0.001, 0.999]
  std::string label = {};          // empty: the only one
  std::string by = {};             // a column: one number a level; a new level has the overall one
  std::string day_column = "day";  // whole days, of the naive forecasts
  std::string name = {};           // describe(); empty: in words of the kind
};

// Facts: rows_trained, value (overall), groups. Where all labels are 0 or 1, a mean is a
// probability; a median or quantile never is.
// Errors: no rows; a label that is no finite number (prior: not 0 or 1); no column `by` or day.
Result<ScorerPtr> train_baseline(const Frame& rows, const BaselineOptions& options = {});

}  // namespace rehearse::models
