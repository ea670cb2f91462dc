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

// Inner edges e_1 < … < e_{k}: the unique type-7 quantiles 1/B … (B-1)/B of the reference. Bins are
// (e_{i-1}, e_i]. `reference` ascending, not empty (asserted).
std::vector<double> decile_edges(std::span<const double> reference, int bins = 10);

// Rows in each of the edges.size() + 1 bins. NaN is not counted.
std::vector<double> bin_counts(std::span<const double> values, std::span<const double> edges);

// From counts; proportions are floored at 1e-4 and not renormalised. Sizes equal, sums > 0
// (asserted).
double psi(std::span<const double> reference_counts, std::span<const double> current_counts);
// Divergence in nats, floored and renormalised.
double kl_divergence(std::span<const double> reference_counts,
                     std::span<const double> current_counts);
// Jensen-Shannon divergence in bits: 0 … 1.
double js_divergence(std::span<const double> reference_counts,
                     std::span<const double> current_counts);

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

// Wasserstein-1 distance of two samples, exact. Ascending, not empty (asserted). O(n + m).
double wasserstein(std::span<const double> reference, std::span<const double> current);

struct ChiSquare {
  double statistic = 0, p = 1, cramers_v = 0;
  int degrees = 0;
};
// Homogeneity of a 2×K table, no continuity correction; levels absent from both are left out.
// Cramér's V = sqrt(χ²/N).
ChiSquare chi_square(std::span<const double> reference_counts,
                     std::span<const double> current_counts);

// Adjusted p-values of Benjamini and Hochberg (1995), in the order given. NaN stays NaN and does
// not count.
std::vector<double> benjamini_hochberg(std::span<const double> p);

}  // namespace rehearse::monitor
