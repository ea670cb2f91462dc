// SPDX-License-Identifier: GPL-3.0-or-later
//
// SHAP values (Lundberg, Lee 2017): how much each column moved one prediction away from the mean
// prediction, in log-odds (in the unit of the margin for values).
//
//   f(x) = base + Σ_j φ_j(x)
//   φ_j = Σ_{S ⊂ F\{j}} |S|! (|F| - |S| - 1)! / |F|! · [f(S ∪ j) - f(S)]
//
// Trees: f(S) is the path-dependent expectation, in polynomial time (TreeSHAP; Lundberg, Erion, Lee
// 2018), one-hot columns summed to the column they came from. A model that is a sum over columns on
// the log-odds (logistic regression, FTRL): φ_j = g_j(x_j) - mean of g_j over the background, in
// closed form, found by changing one column at a time. A network is no such sum: the same numbers
// are then each column's effect alone, and `rest` tells how far from f they stay together.
//
// They explain the model and not the world: a column that the model leans on by mistake gets its
// full due, and two columns that say the same share it as the model happened to choose.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/base/scorer.hpp"
#include "engine/models/boosted.hpp"

namespace rehearse::models {

struct Explanation {
  std::vector<std::string> columns;
  std::vector<double> phi;   // rows × columns, row-major
  std::vector<double> base;  // one a row
  std::vector<double> rest;  // f(x) - base - Σ φ: 0 but for rounding where the model is a sum
};

Result<Explanation> explain_trees(const BoostedModel& model, const Frame& rows);

// `columns`: what the model reads. O(columns · (rows + background)) scores.
// Errors: those of score(); no background; a column that is not there; probabilities of 0 or 1.
Result<Explanation> explain_additive(const Scorer& model, const Frame& rows,
                                     const Frame& background,
                                     const std::vector<std::string>& columns);

}  // namespace rehearse::models
