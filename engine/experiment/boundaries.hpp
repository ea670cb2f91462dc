// SPDX-License-Identifier: GPL-3.0-or-later
//
// Group-sequential boundaries: how far Z must be from 0 at look k of K to stop there, so that all
// looks together reject a true null with probability α. One constant is solved for by integration
// (crossing.hpp); the shape says how it is spread (Wang, Tsiatis 1987):
//
//   c_k = C (k / K)^{ρ - 1/2}     ρ = 1/2: Pocock 1977, one bound for all looks
//                                 ρ = 0:   O'Brien, Fleming 1979, c_k = C √(K / k)
//
// Pocock stops early more often and pays at the end: with K = 5 and α = 0.05 the last look asks for
// 2.4132, where a test with one look asks for 1.9600. O'Brien and Fleming hardly stop at first
// (4.56 at the first look of 5) and ask for 2.0401 at the end, so almost no power is lost. For a
// product experiment prefer the latter, unless stopping in the first days is worth having.
//
// They need equal looks whose number was decided beforehand. Where looks come as they come, spend
// the error by information (spending.hpp). Nominal alphas are two-sided p-values.
#pragma once

#include <string>
#include <vector>

#include "engine/experiment/crossing.hpp"

namespace rehearse::experiment {

enum class Shape { pocock, obrien_fleming, ld_pocock, ld_obrien_fleming };

// "pocock", "obrien-fleming", "ld-pocock", "ld-obf".
const std::vector<std::string>& shape_names();
// Errors: no such shape; those there are are listed.
Result<Shape> shape_named(const std::string& name);

struct Boundaries {
  std::vector<double> information;    // at each look, as a share of the last
  std::vector<double> z;              // two-sided bound of |Z|; infinite: cannot be crossed
  std::vector<double> nominal_alpha;  // P(|Z| ≥ z), as if it were the only look
  std::vector<double> spent;          // false positives up to each look; the last is α
};

// Two-sided boundaries for `looks` equally spaced looks.
// Errors: looks outside 1 … 200, alpha outside [1e-6, 0.5].
Result<Boundaries> boundaries(Shape shape, int looks, double alpha);

// The family of Wang and Tsiatis for any ρ in [-2, 1]. Errors: as boundaries; ρ outside.
Result<Boundaries> wang_tsiatis(double rho, int looks, double alpha);

// What a rule costs and gives, against the test with one look at the end.
struct OperatingPoint {
  double drift = 0;                 // of the effect, see crossing.hpp
  double power = 0;                 // upper bound crossed
  double expected_information = 1;  // when it ends, as a share of the longest
};
// Errors: those of crossing.
Result<OperatingPoint> operating_point(const Boundaries& rule, double drift);

// How many times as many users the longest test needs as a test with one look, for the same power.
// For Pocock with K = 5, α = 0.05 and power 0.9: 1.207; for O'Brien-Fleming: 1.026.
// Errors: those of drift_for_power.
Result<double> inflation_factor(const Boundaries& rule, double alpha, double power);

}  // namespace rehearse::experiment
