// SPDX-License-Identifier: GPL-3.0-or-later
//
// How far apart two distributions are, and whether that is more than chance: divergences over bins,
// the distance of Wasserstein, the chi-square test of two sets of counts and its effect size. Read
// the effect first: with enough rows every p-value is tiny. For numbers without bins see
// kolmogorov.hpp; for an index with a noise floor see monitor/psi.hpp.
#pragma once

#include <span>
#include <vector>

namespace rehearse::metrics {

// Inner edges e_1 < … < e_{k}: the unique type-7 quantiles 1/B … (B-1)/B of the reference. Bins are
// (e_{i-1}, e_i]. `reference` ascending, not empty (asserted).
std::vector<double> decile_edges(std::span<const double> reference, int bins = 10);

// Rows in each of the edges.size() + 1 bins. NaN is not counted.
std::vector<double> bin_counts(std::span<const double> values, std::span<const double> edges);

// Shares of the counts, none below `floor`; renormalised to sum 1 if asked. Sum > 0 (asserted).
std::vector<double> proportions(std::span<const double> counts, double floor, bool renormalise);

// The least share that PSI and the Kullback-Leibler divergence see.
constexpr double kShareFloor = 1e-4;

// Divergence in nats, floored and renormalised.
double kl_divergence(std::span<const double> reference_counts,
                     std::span<const double> current_counts);
// Jensen-Shannon divergence in bits: 0 … 1.
double js_divergence(std::span<const double> reference_counts,
                     std::span<const double> current_counts);

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

}  // namespace rehearse::metrics
