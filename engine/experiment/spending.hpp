// SPDX-License-Identifier: GPL-3.0-or-later
//
// Alpha spending: boundaries for looks that need not be equal, nor known beforehand (Lan, DeMets
// 1983). A function f(t) with f(1) = α says how much of the error may have been spent when a share
// t of the information is in; the bound of a look is what spends f(t_k) - f(t_{k-1}).
//
//   like Pocock             f(t) = α ln(1 + (e - 1) t)
//   like O'Brien, Fleming   f(t) = 4 (1 - Φ(z_{1-α/4} / √t)): each side spends 2 (1 - Φ(z / √t))
//
// Two-sided and symmetric, α/2 a side, as ldbounds and gsDesign of R. Use it for product
// experiments: traffic is uneven, somebody looks a day late, and the error still holds, as long as
// the times of the looks do not depend on the results. Information is users, not days.
#pragma once

#include "engine/experiment/boundaries.hpp"

namespace rehearse::experiment {

enum class Spending { pocock, obrien_fleming };

// The error that may be spent when a share `t` is in; t is clipped to [0, 1].
double spent_by(Spending spending, double t, double alpha);

// Errors: information not increasing in (0, 1]; alpha outside [1e-6, 0.5]; more than 200 looks. The
// last look need not be at 1: then some of α is kept.
Result<Boundaries> spending_boundaries(Spending spending, std::vector<double> information,
                                       double alpha);

}  // namespace rehearse::experiment
