// SPDX-License-Identifier: GPL-3.0-or-later
//
// The effect by day, and whether it moves: a new thing is clicked because it is new (novelty), or
// has to be learned first (primacy). With the effect e_d and standard error s_d of each day,
//
//   slope = Σ w (d - d̄)(e - ē) / Σ w (d - d̄)²,  w = 1/s_d²,  se = 1 / √(Σ w (d - d̄)²)
//
// tests a steady drift. Days must hold different units or cohorts of days since exposure; where the
// same users return each day the days are not independent and the p-value is too small. A trend
// also comes from whoever arrives later; compare days since exposure rather than dates where you
// can.
#pragma once

#include <vector>

#include "engine/experiment/trial.hpp"

namespace rehearse::experiment {

struct DayEffect {
  double day = 0;
  Contrast of_day, so_far;  // undefined (why) while an arm is empty
  double true_effect = Contrast::kUndefined;
};

struct Novelty {
  std::vector<DayEffect> days;
  double slope = Contrast::kUndefined, slope_error = Contrast::kUndefined,
         slope_p = Contrast::kUndefined;  // per day
};
// `day` one value a row of the log. Errors: not a number (row), more than 1000 days, treatment as
// in compare, those of compare.
Result<Novelty> effect_by_day(const Trial& trial, std::size_t treatment,
                              std::span<const double> day, const CompareOptions& options,
                              const Progress& progress = {});

}  // namespace rehearse::experiment
