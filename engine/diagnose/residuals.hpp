// SPDX-License-Identifier: GPL-3.0-or-later
//
// Residuals: where is a model wrong, for whom, and by how much? An average error of zero says
// nothing of a cohort that is always over- and another that is always underestimated.
//
// Intervals are those of a mean with clustered rows (Liang, Zeger 1986) where a cluster is named:
// the rows of one user share what the model does not know of that user, and treating them as
// independent makes every cohort look significant. For probabilities they are at least as wide as
// a calibrated model's own chance, √Σp(1-p)/n, since a cohort with one click shows hardly any
// spread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/base/scorer.hpp"
#include "engine/base/stop.hpp"
#include "engine/diagnose/groups.hpp"
#include "engine/diagnose/regression.hpp"

namespace rehearse::diagnose {

struct Predicted {
  std::span<const double> scores, labels;
  std::span<const double> truth;  // the label's expectation; may be empty
  bool probabilistic = true;
};

struct CohortOptions {
  std::string by;
  std::string cluster;  // user_id; empty: rows are independent
  GroupOptions groups;
};
// cohort, rows, mean_label, mean_score, residual (label - score), low, high (95%, over cohorts by
// Bonferroni), ratio (Σ score / Σ label), spread (deviation of the residuals; of Pearson's
// (y-p)/√(p(1-p)) where scores are probabilities: 1 if the model is right), true_residual (truth -
// score; missing without truth), flagged (1: the interval excludes 0).
// Errors: lengths differ, no such column, a score or label that is not finite.
Result<Frame> residuals_by_cohort(const Frame& rows, const Predicted& predicted,
                                  const CohortOptions& options);

// Of that table, one row: rows, cohorts, flagged (share of the cohorts), largest_residual.
Result<Frame> cohort_facts(const Frame& cohorts);

// Mean and standard error of values whose rows come in clusters (empty: each its own).
struct ClusteredMean {
  double mean = 0, standard_error = 0;
  std::size_t clusters = 0;
};
ClusteredMean clustered_mean(std::span<const double> values,
                             std::span<const std::uint64_t> cluster);

// Does the spread of the residuals depend on a column? Breusch, Pagan (1979) in the form of Koenker
// (1981): n R² of e² regressed on the columns, against χ². Scores that are probabilities: of
// Pearson's residuals, whose spread is 1 everywhere if the model is right.
struct BreuschPagan {
  double statistic = 0, p = 1;
  int degrees = 0;
};
Result<BreuschPagan> breusch_pagan(std::span<const double> residuals, const Design& design);
// column, statistic, degrees, p: each column alone, then `all of them`.
Result<Frame> heteroscedasticity(const Frame& rows, const Predicted& predicted,
                                 const std::vector<std::string>& columns);

// Partial dependence (Friedman 2001) and individual conditional expectation (Goldstein et al.
// 2015): the model's answer while one column moves and the others stay as they are.
struct DependenceOptions {
  std::string column;
  int points = 20;              // quantiles of a numeric column; levels of a text one
  std::size_t sample = 300;     // rows averaged over, drawn evenly
  std::size_t individuals = 6;  // rows drawn on their own
};
// series, x, y, level: `partial dependence`, `row 17` …, and with labels `observed` (the label's
// mean near x, which other columns that move along with x are part of). O(points · sample).
// Errors: no such column, a column of times, no rows, those of the model.
Result<Frame> partial_dependence(const Scorer& model, const Frame& rows,
                                 std::span<const double> labels, const DependenceOptions& options,
                                 const Progress& progress = {});

}  // namespace rehearse::diagnose
