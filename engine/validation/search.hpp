// SPDX-License-Identifier: GPL-3.0-or-later
//
// Search for settings that make a loss small, when each evaluation is a training run.
//
//   random    settings drawn independently: hard to beat when few dimensions matter (Bergstra,
//             Bengio 2012), and every trial can run at once.
//   halton    a low-discrepancy sequence (Halton 1960) with a random shift: random without clumps.
//   bayesian  a Gaussian process over the trials so far; the next is where expected improvement is
//             greatest (Jones, Schonlau, Welch 1998; Snoek et al. 2012). Begins with `start` Halton
//             points. Pays when a trial costs far more than a Cholesky factor; one after another.
//
// Whatever the method, the winner's loss is the least of many noisy numbers and flatters itself:
// judge it on rows that chose nothing (see peeking.hpp in scenarios).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::validation {

struct Dimension {
  std::string name;
  double low = 0, high = 1;  // low < high; both above 0 where log
  bool log = false, integer = false;
  // From [0, 1] to a value and back (of a rounded one: where it was rounded to).
  double value(double unit) const;
  double unit(double value) const;
};

using Setting = std::vector<double>;  // a value a dimension
using Objective = std::function<Result<double>(const Setting& setting, int trial)>;

enum class Search { random, halton, bayesian };
Result<Search> parse_search(std::string_view name);

struct SearchOptions {
  Search method = Search::bayesian;
  int budget = 20;   // [1, 1000] trials; bayesian: at most 300
  int start = 6;     // bayesian: trials before the first model, [2, budget]
  int patience = 0;  // stop after so many trials without a better one; 0: never
  std::uint64_t seed = 1, replicate = 0;
};

struct Trial {
  Setting setting;
  double loss = 0, best_so_far = 0;
  bool by_model = false;  // chosen by expected improvement
};

// Trials in order, at least one. A loss that is not finite counts as worse than all others.
// Errors: an option or dimension out of range, more than 16 dimensions, the first error of the
// objective, no finite loss at all, cancelled.
Result<std::vector<Trial>> search(const std::vector<Dimension>& dimensions,
                                  const Objective& objective, const SearchOptions& options = {},
                                  const Progress& progress = {});
// The trial with the least loss, the first of equals. Not empty (asserted).
const Trial& best_of(const std::vector<Trial>& trials);

// Point `index` (from 0) of the Halton sequence in `dimensions` ≤ 16 (asserted), without shift.
std::vector<double> halton(std::size_t index, std::size_t dimensions);

}  // namespace rehearse::validation
