// SPDX-License-Identifier: GPL-3.0-or-later
//
// Heterogeneous effects: the same comparison in every segment, with p-values adjusted for having
// looked at all of them, and one test of whether the effects differ at all:
//
//   Q = Σ_s (e_s - ē)² / se_s²,  ē weighted by 1/se²; χ² with (segments - 1) degrees (Cochran 1954)
//
// Read Q before any single segment. Twenty segments of a treatment that does nothing show a
// 'winner' at 5% in 64% of experiments, and the winner's effect is too large by selection. A
// segment that was not named before the start is a hypothesis for the next experiment. Segments
// must be known before the assignment (platform, country), never a consequence of it.
#pragma once

#include <string>
#include <vector>

#include "engine/experiment/trial.hpp"

namespace rehearse::experiment {

struct SegmentEffect {
  std::string segment, arm;
  double units_control = 0, units_treatment = 0;
  Contrast contrast;  // undefined, with why, where an arm is empty
  double p_bonferroni = Contrast::kUndefined, p_holm = Contrast::kUndefined,
         q_bh = Contrast::kUndefined;
  double true_effect = Contrast::kUndefined;
};

struct Segments {
  std::vector<SegmentEffect> effects;  // by segment name, then arm
  double heterogeneity = Contrast::kUndefined, heterogeneity_p = Contrast::kUndefined;
  int degrees = 0;
};

// Adjusted over all rows of `effects`; heterogeneity is defined for one treatment only. Segments
// are the texts of the column's cells; a missing one is the segment `(missing)`.
// Errors: no such column, more than 200 segments, a column of truth, those of compare.
Result<Segments> segment_effects(const Trial& trial, const Frame& log, const std::string& column,
                                 const CompareOptions& options, const Progress& progress = {});

}  // namespace rehearse::experiment
