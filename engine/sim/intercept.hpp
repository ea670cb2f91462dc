// SPDX-License-Identifier: GPL-3.0-or-later
//
// The intercept for which the mean click probability of the first week is base_ctr (of the days
// before an audience or concept drift that begins sooner: a day before the drift knows nothing of
// it, so neither may the intercept). Newton's method, first on a few rows, then on at most 60,000
// evenly spaced ones.
#pragma once

#include "engine/sim/columns.hpp"

namespace rehearse::sim {

// `columns.probability` holds the log-odds beside the intercept.
double solve_intercept(const Columns& columns, const SiteOptions& options,
                       const std::vector<double>& examination);

}  // namespace rehearse::sim
