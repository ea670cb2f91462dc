// SPDX-License-Identifier: GPL-3.0-or-later
//
// The weights of a linear quantile, min_w Σ ρ_τ(y_i - x_i·w), as a linear program: its dual
//
//   max y'a   with X'a = (1 - τ) X'1,  a in [0, 1]^n
//
// is solved by Mehrotra's predictor-corrector with a Frisch barrier (Portnoy, Koenker 1997). Each
// of about 20 iterations is one weighted least squares, whatever the number of rows; the gap
// between both programs bounds the error.
#pragma once

#include <vector>

#include "engine/base/stop.hpp"
#include "engine/models/encoding.hpp"

namespace rehearse::models {

struct QuantileSolution {
  std::vector<double> weights;
  int iterations = 0;
  bool converged = false, stopped = false;
};

// level in (0, 1), y finite and not all equal (asserted: the caller scales them to deviation 1).
QuantileSolution solve_quantile(const EncodedRows& x, std::size_t parameters,
                                const std::vector<double>& y, double level,
                                const Progress& progress = {});

}  // namespace rehearse::models
