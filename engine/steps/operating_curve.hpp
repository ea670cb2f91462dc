// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the ROC and the precision-recall view share: the operating points of several models on one
// table, and those of the true probabilities as the best possible, thinned for drawing.
#pragma once

#include "engine/metrics/discrimination.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {

struct CurveShape {
  double (*x)(const metrics::OperatingPoint&);
  double (*y)(const metrics::OperatingPoint&);
  bool from_nothing;  // the point at which no row is called is drawn
  const char* what;   // what one class alone cannot give
};

// Adds one series a model, at most 400 points each, and the truth's curve where asked and known.
// Returns the base rate of the rows. Errors: those of `judge`; all labels are alike.
Result<double> add_operating_curves(ViewRows& view, const StepCall& call, const CurveShape& shape);

std::vector<plan::Port> operating_inputs();
std::vector<plan::Parameter> operating_parameters();

}  // namespace rehearse::steps
