// SPDX-License-Identifier: GPL-3.0-or-later
//
// A figure as a person reads it in a terminal: at most 20 rows, arranged for its kind. Series stand
// side by side over a common x; a ROC or precision-recall curve is read off at round rates, a
// distribution at its quantiles, a cloud in bins of x, a heatmap as the grid it is. What is thinned
// or read between two points is for the eye; `run --csv` writes every row.
#pragma once

#include <string>

#include "engine/base/document.hpp"

namespace rehearse::cli {

// Without title and sentence. Never empty: a figure without rows says so.
std::string view_text(const Figure& figure);

}  // namespace rehearse::cli
