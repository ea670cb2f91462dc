// SPDX-License-Identifier: GPL-3.0-or-later
//
// When may we stop? The document of a group-sequential plan (engine/experiment/boundaries.hpp): its
// bounds, what each look spends, and what the plan costs against one look at the end. It asks for
// no file, so it is no registered analysis.
#pragma once

#include <string>

#include "engine/base/document.hpp"
#include "engine/experiment/boundaries.hpp"

namespace rehearse::analysis {

struct BoundaryPlan {
  std::string shape;
  double alpha = 0.05;
  experiment::Boundaries bounds;
  // For the effect that a test with one look at the end finds with power 0.8.
  experiment::OperatingPoint at_effect;
  double inflation = 1;  // the longest test against one look, for the same power 0.8
};

// Equal looks; or looks at the shares of the information `at`, for shapes that spend.
// Errors: those of boundaries and spending_boundaries; `at` with a shape that needs equal looks.
Result<BoundaryPlan> boundary_plan(const std::string& shape, int looks, double alpha,
                                   const std::vector<double>& at = {});

// One paragraph: what the plan asks for and costs.
std::string reading_of(const BoundaryPlan& plan);
Document document_of(const BoundaryPlan& plan);

}  // namespace rehearse::analysis
