// SPDX-License-Identifier: GPL-3.0-or-later
//
// Mechanisms of differential privacy: how much noise makes a released figure nearly the same
// whether or not one person is in the data.
//
//   (ε, δ)      P(M(D) ∈ S) ≤ e^ε P(M(D') ∈ S) + δ for all S and all D, D' that differ by a person
//   Laplace     f(D) + Lap(Δ1/ε): ε alone (Dwork, McSherry, Nissim, Smith 2006)
//   Gaussian    f(D) + N(0, σ²). Classic: σ = √(2 ln(1.25/δ)) Δ2/ε for ε ≤ 1 (Dwork, Roth 2014,
//               A.1). Analytic: the least σ with
//               Φ(Δ2/2σ - εσ/Δ2) - e^ε Φ(-Δ2/2σ - εσ/Δ2) ≤ δ, any ε (Balle, Wang 2018)
//   Randomized response: a bit is told as it is with probability e^ε / (1 + e^ε), else turned
//               (Warner 1965); nobody has to be trusted, and the noise is everybody's
//
// Δ1 and Δ2 are how far one person can move f, in the sum of absolute and the root of squared
// changes. Laplace is the better one for a few figures, Gaussian for a vector, whose Δ2 grows with
// the root of what Δ1 grows with.
#pragma once

#include "engine/base/error.hpp"
#include "engine/base/random.hpp"

namespace rehearse::privacy {

// Errors of all: sensitivity or ε not positive and finite, δ outside (0, 1).
Result<double> laplace_scale(double sensitivity, double epsilon);
// Errors also: ε above 1, where the classic bound does not hold.
Result<double> gaussian_sigma_classic(double sensitivity, double epsilon, double delta);
// By bisection, to 1e-12 relative.
Result<double> gaussian_sigma(double sensitivity, double epsilon, double delta);

// The δ at which noise of σ gives ε. All positive (asserted).
double gaussian_delta(double sensitivity, double sigma, double epsilon);
// The ε at which noise of σ gives δ in (0, 1): 0 where none is needed. To 1e-12 relative.
double gaussian_epsilon(double sensitivity, double sigma, double delta);

// Probability that a bit is told as it is. ε ≥ 0 (asserted).
double truth_probability(double epsilon);

// Mean 0, mean absolute value `scale`; by inversion, one draw.
double draw_laplace(Stream& stream, double scale);

}  // namespace rehearse::privacy
