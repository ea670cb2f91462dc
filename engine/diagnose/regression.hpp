// SPDX-License-Identifier: GPL-3.0-or-later
//
// The two small regressions that diagnoses are made of: least squares and logistic, on a few
// columns, in closed form or by Newton's method. They explain; they are not the models of the
// product (see engine/models).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::diagnose {

// Columns beside an intercept, row by row.
struct Design {
  std::size_t rows = 0;
  std::vector<std::string> names;  // a column each
  std::vector<double> cells;       // rows × names.size()
  std::size_t columns() const { return names.size(); }
  double at(std::size_t row, std::size_t column) const {
    return cells[row * names.size() + column];
  }
};

// Columns of a table as predictors: numbers as sign(x) ln(1 + |x|), centred and scaled to deviation
// 1; texts as one column a level (the most common is the base, at most 20 levels, others together);
// a missing number is the mean, with a column `… is missing`. Constant columns are left out.
// Errors: no such column, a column of times.
Result<Design> predictors(const Frame& rows, const std::vector<std::string>& columns);

struct Fit {
  std::vector<double> coefficients;     // intercept first; 0 for a column that others explain
  std::vector<double> standard_errors;  // NaN for such a column
  int rank = 0;                         // columns used, the intercept among them
  double log_likelihood = 0;            // logistic only
  double r_squared = 0;                 // least squares only
  double residual_variance = 0;         // least squares only, over n - rank
  bool separated = false;               // logistic: some column tells the classes apart perfectly
};

// y of any value. Errors: fewer rows than columns, a value that is not finite. O(n k²).
Result<Fit> least_squares(const Design& design, std::span<const double> y);
// y in {0, 1}, by iteratively reweighted least squares. Errors: as above, one class only.
Result<Fit> logistic(const Design& design, std::span<const double> y);

// The design with further columns at its right. Rows equal (asserted).
Design beside(const Design& left, const Design& right);

struct LikelihoodRatio {
  double statistic = 0, p = 1;
  int degrees = 0;
};
// 2 (ll - ll₀) against χ² (Wilks 1938).
LikelihoodRatio likelihood_ratio(const Fit& full, const Fit& reduced);
// P(χ²_k ≥ x); 1 for k = 0.
double chi_square_tail(double x, int degrees);

}  // namespace rehearse::diagnose
