// SPDX-License-Identifier: GPL-3.0-or-later
//
// Growth: does the cost of a solution grow as the drill claims?
//
// Costs are measured at a few sizes n, in units that repeat exactly (meter.hpp): instructions and
// bytes. The slope is the least-squares line of log cost over log n; it is held against the slope
// of the claimed class over the same sizes, so that n log n is not refused for its logarithm, and
// refused beyond 0.35 above. n and n log n differ by less, so they are not told apart.
//
// A language without a meter is measured by its process's clock, as far as the kernel's bears it out:
// the medians of interleaved rounds, three where they plainly fit the claim and up to eleven where
// they are near the line. Its memory is what its allocator counts
// (tracemalloc, the functions of malloc), or what the kernel says where that is more.
//
// Memory has 4 KB added at every size (64 KB in Python): a hash table that doubles once between two
// sizes is no growth. Use sizes at which the claimed class and the next worse one differ by much more.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "drills/judge/cases.hpp"
#include "drills/judge/program.hpp"
#include "drills/judge/report.hpp"

namespace rehearse::judge {

constexpr double kSlopeAllowance = 0.35;

// f(n) of a class by its name: 1, log n, sqrt n, n, n log n, n sqrt n, n^1.5, n^2, n^2 log n, n^3.
// Errors: unknown class (the known ones are listed).
Result<std::function<double(double)>> growth_class(const std::string& name);

// Slope of the least-squares line through (log n, log cost). At least two sizes; costs > 0.
double log_log_slope(const std::vector<std::int64_t>& sizes, const std::vector<double>& costs);

// Fills slope, claimed_slope, refused and sentence from claimed, unit, sizes and costs.
void judge_growth(GrowthFit& fit);

struct GrowthOutcome {
  std::optional<GrowthFit> time, memory;
  std::optional<Outcome> failure;  // the solution failed on an input of size `failed_n`
  std::int64_t failed_n = 0;
  bool finished = false;  // all that the drill claims was measured
};

// Measures `program` at the drill's sizes. `budget_ms` bounds the processor time of one run; a run
// that costs far more than the claim allows is ended early and refused.
GrowthOutcome measure_growth(Program& program, const Drill& drill,
                             const std::vector<GrowthInput>& inputs, std::uint64_t seed,
                             double budget_ms, const std::stop_token& stop);

}  // namespace rehearse::judge
