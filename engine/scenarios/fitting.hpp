// SPDX-License-Identifier: GPL-3.0-or-later
//
// What validation asks of whoever trains and whoever measures, so that one scenario serves every
// model and metric: a function from rows to a model, and one from a model and rows to a number.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "engine/base/scorer.hpp"
#include "engine/base/stop.hpp"
#include "engine/metrics/scored.hpp"

namespace rehearse::scenarios {

// A function of its arguments: no call order, no global state.
using Fit = std::function<Result<ScorerPtr>(const Frame& rows, std::uint64_t seed,
                                            const Progress& progress)>;

struct Yardstick {
  std::function<Result<metrics::Measure>(const Scorer& model, const Frame& rows)> measure;
  bool higher_is_better = false;
  // `measure` as a number. Error: it is undefined there.
  Result<double> operator()(const Scorer& model, const Frame& rows) const;
  // How much better `estimate` looks than `real`: positive flatters.
  double optimism(double estimate, double real) const {
    return higher_is_better ? estimate - real : real - estimate;
  }
};

// Whether more of the metric of that name is better (roc_auc, r2, …); less of a loss is.
bool higher_is_better(std::string_view metric);

}  // namespace rehearse::scenarios
