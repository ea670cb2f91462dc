// SPDX-License-Identifier: GPL-3.0-or-later
//
// Attrition: units that were assigned and whose outcome was never seen. Random assignment makes the
// arms alike; dropping out afterwards need not leave them alike. Test first whether the arms lose
// different shares; where they do, the mean of those left answers no question that was asked.
//
//   Lee bounds    (Lee 2009) trim the arm that lost less until both lost the same, once from the
//                 top and once from the bottom. They hold the effect on those who would have stayed
//                 in either arm, provided that the treatment drives people only one way.
//   worst case    (Horowitz, Manski 2000) the missing outcomes at either end of the outcome's
//   range:
//                 no assumption at all, hence wide.
//
// Equal shares prove nothing: the arms may lose different people. EffectBounds are of the
// estimates; they do not contain sampling error.
#pragma once

#include <span>

#include "engine/experiment/contrast.hpp"

namespace rehearse::experiment {

struct EffectBounds {
  double low = Contrast::kUndefined, high = Contrast::kUndefined;
};

struct Attrition {
  Contrast retention;  // share of assigned units that were observed, treatment against control
  Contrast observed;   // the outcome among those (two means)
  Contrast as_zero;    // a missing outcome counts as 0: right where it means 'did not happen'
  EffectBounds lee, worst;
  bool differential = false;  // the shares differ at p < 0.05
};

struct OutcomeRange {
  double low = 0, high = 1;
};
// NaN is an outcome that was not seen. Errors: an arm is empty or wholly unseen, an infinite value,
// an outcome outside the range, low ≥ high. O(n log n).
Result<Attrition> attrition_of(std::span<const double> control, std::span<const double> treatment,
                               OutcomeRange range = {}, double level = 0.95);

}  // namespace rehearse::experiment
