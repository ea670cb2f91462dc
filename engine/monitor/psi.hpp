// SPDX-License-Identifier: GPL-3.0-or-later
//
// Population stability index and its relatives over bins: how far today's distribution has moved
// from a reference. PSI = Σ (q - p) ln(q / p) over bins cut at the reference's deciles.
//
// PSI of two samples of the same distribution is not 0: it is about (1/n + 1/m) χ²_{B-1} (Yurdakul
// 2018). Alarm on the 95% point of that noise floor, never on a fixed 0.1 or 0.25 alone: with 200
// rows a side the floor's mean is 0.09.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::monitor {

// From counts; proportions are floored at 1e-4 and not renormalised. Sizes equal, sums > 0
// (asserted).
double psi(std::span<const double> reference_counts, std::span<const double> current_counts);
struct NoiseFloor {
  double mean = 0, p95 = 0;
  bool by_permutation = false;
};
// The law of PSI when nothing has changed. Where an expected count is under 5 the χ² law is wrong,
// and the floor comes from `permutations` reshufflings of the pooled counts instead (seeded).
NoiseFloor psi_noise_floor(std::span<const double> reference_counts,
                           std::span<const double> current_counts, std::uint64_t seed = 1,
                           int permutations = 400);

// The χ² form alone: n and m rows, B bins.
NoiseFloor psi_noise_floor(double n, double m, int bins);

}  // namespace rehearse::monitor
