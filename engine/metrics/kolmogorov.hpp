// SPDX-License-Identifier: GPL-3.0-or-later
//
// The two-sample Kolmogorov-Smirnov test: the greatest distance between two empirical distribution
// functions, and the chance of one as large when nothing differs.
//
// The p-value is that of the one-sample statistic with n = round(nm/(n+m)) (scipy's `kstwo`),
// computed as Simard and L'Ecuyer (2011) advise: Marsaglia, Tsang, Wang (2003) for small n, the
// series of Pelz and Good (1976) for large n, twice the one-sided tail far out. Absolute error
// below 1e-6.
#pragma once

#include <span>

namespace rehearse::metrics {

// Both ascending and not empty (asserted). Ties across the samples are stepped over together. O(n +
// m).
double ks_distance(std::span<const double> reference, std::span<const double> current);

// P(D_n >= d) for n >= 1.
double ks_survival(double d, long n);

double ks_p_value(double distance, std::size_t n, std::size_t m);

}  // namespace rehearse::metrics
