// SPDX-License-Identifier: GPL-3.0-or-later
//
// What many repetitions say of a procedure: bias, spread, coverage, claims and false ones, a row a
// series. The columns are those of Replicated::summary (replicate.hpp).
#pragma once

#include <string>

#include "engine/base/frame.hpp"

namespace rehearse::scenarios {

// `runs` has columns replicate and series, a row per repetition, series and finding. O(rows).
// Errors: one of the two is missing.
Result<Frame> summarize_runs(const Frame& runs, double alpha, const std::string& p_column = "p");

}  // namespace rehearse::scenarios
