// SPDX-License-Identifier: GPL-3.0-or-later
//
// Accounting: what several releases about the same people add up to.
//
//   basic       n releases of (ε, δ) are (nε, nδ) (Dwork, Roth 2014, 3.14)
//
//   advanced    ε' = ε √(2n ln(1/δ')) + n ε (e^ε - 1), nδ + δ' (Dwork, Rothblum, Vadhan 2010)
//
//   zCDP        n Gaussian releases are ρ = n Δ2²/2σ², and ρ-zCDP is (ρ + 2√(ρ ln(1/δ)), δ)
//               (Bun, Steinke 2016)
//
//   exact       n Gaussian releases are one with σ/√n (Dong, Roth, Su 2022)
//
// A person is in as many releases as their rows are kept for, so a limit on how long a log is kept
// is a limit on n.
#pragma once

#include <cstddef>
#include <string>

#include "engine/base/error.hpp"

namespace rehearse::privacy {

struct Budget {
  double epsilon = 0, delta = 0;
};

// n ≥ 1, ε ≥ 0, δ and slack in (0, 1) where they are used (asserted).
Budget compose_basic(const Budget& each, std::size_t releases);
Budget compose_advanced(const Budget& each, std::size_t releases, double slack);
// ε at `delta`.
double zcdp_epsilon(double rho, double delta);

enum class Noise { laplace, gaussian };
enum class Composition { basic, advanced, zcdp, exact };
Result<Noise> parse_noise(const std::string& name);              // "laplace", "gaussian"
Result<Composition> parse_composition(const std::string& name);  // "basic", "advanced", …

struct NoisePlan {
  double scale = 0;  // b of Laplace, σ of Gaussian: of each release
  double sd = 0;     // standard deviation: √2 b or σ
  Budget each;       // what one release costs by itself
  Budget total;      // what all of them cost; at most what was asked for
};

// The least noise of each release by which `releases` of them stay within `total` together.
// Laplace: basic (δ unused) or advanced (all of δ is its slack). Gaussian: basic (analytic σ at
// ε/n, δ/n), zcdp, exact. `each` of a Gaussian release is at δ/n. Errors: those of mechanism.hpp;
// no releases; a composition that the noise has none of.
Result<NoisePlan> plan_noise(Noise noise, Composition composition, double sensitivity,
                             const Budget& total, std::size_t releases);

}  // namespace rehearse::privacy
