// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cross-validation under several splits, beside what it was meant to foretell: the same model,
// trained on all of the past, on the weeks that came after. A real project sees that number months
// later and once; here it stands beside every estimate.
//
// The estimate of a split is the mean over its folds (each fold counts the same). Its optimism is
// how much better it looks than the live weeks: positive flatters, whatever the metric.
#pragma once

#include <vector>

#include "engine/scenarios/fitting.hpp"
#include "engine/validation/splits.hpp"

namespace rehearse::scenarios {

struct CrossValidation {
  // split text, fold int, train_rows, test_rows int, value double, series text (for a plot by fold:
  // the split; and `truth: …`, the live value at every fold).
  Frame folds;
  // A row a split: split, folds, value, spread (standard deviation over folds), last (the last
  // fold's), live, optimism, relative_optimism (of live).
  Frame summary;
};

// Errors: those of make_folds with the split in front, of `fit` and of the yardstick with split and
// fold in front; no splits; cancelled.
Result<CrossValidation> cross_validate(const Frame& past, const Frame& live, const Fit& fit,
                                       const Yardstick& yardstick,
                                       const std::vector<validation::SplitOptions>& splits,
                                       std::uint64_t seed, const Progress& progress = {});

// The values of the folds alone, in order.
Result<std::vector<double>> fold_values(const Frame& rows,
                                        const std::vector<validation::Fold>& folds, const Fit& fit,
                                        const Yardstick& yardstick, std::uint64_t seed,
                                        const Progress& progress = {});

}  // namespace rehearse::scenarios
