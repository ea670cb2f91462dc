// SPDX-License-Identifier: GPL-3.0-or-later
//
// L-BFGS: minimizes a smooth function of many variables from its value and gradient, keeping the
// last `memory` steps instead of a matrix of second derivatives (Nocedal 1980; Nocedal, Wright
// 2006, algorithms 7.4, 7.5, with the line search 3.5, 3.6 for the strong Wolfe conditions).
//
// Use it for convex losses over all rows at once: it finds the optimum to many digits, and the
// result does not depend on the order of the rows beyond rounding. For one pass over a log use
// ftrl.hpp. The value never rises from one iteration to the next.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "engine/base/stop.hpp"

namespace rehearse::models {

struct LbfgsOptions {
  int iterations = 200;     // at most
  int memory = 10;          // steps remembered
  double tolerance = 1e-8;  // stop where the largest |gradient| ≤ tolerance · max(1, |value|)
};

struct Minimum {
  std::vector<double> x;
  double value = 0;
  int iterations = 0;
  bool converged = false;
  bool stopped = false;  // by the stop token
};

// Writes the gradient and returns the value.
using Smooth = std::function<double(std::span<const double> x, std::span<double> gradient)>;
// Told of each accepted step; false ends the search (early stopping), which is no failure.
using Watch = std::function<bool(std::span<const double> x, int iteration)>;

// Errors: the value or the gradient is not finite at the start.
Result<Minimum> minimize(const Smooth& function, std::vector<double> start,
                         const LbfgsOptions& options = {}, const Progress& progress = {},
                         const Watch& watch = {});

}  // namespace rehearse::models
