// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sequential probability ratio test (Wald 1945): after every observation compare the likelihood of
// two simple hypotheses and stop as soon as one is enough more likely.
//
//   S_n = Σ ln f₁(x_i) / f₀(x_i);  accept H₁ when S ≥ ln((1-β)/α), H₀ when S ≤ ln(β/(1-α))
//
// Among all tests with errors α and β it needs the fewest observations on average under both
// hypotheses (Wald, Wolfowitz 1948). Use it where two rates are really the question: is the
// canary's error rate 1% or 2%? Between the two hypotheses it may run long, so cap it; for "is
// there any effect" use a mixture (always_valid.hpp), and for an estimate neither, since a stopped
// mean is biased away from 0.
//
// The operating characteristic and the average sample number are Wald's approximations, which take
// the excess over a bound as nothing; they are exact where steps land on the bounds.
//   L(p) = (A^h - 1) / (A^h - B^h), with h(p) ≠ 0 such that E[(f₁/f₀)^h] = 1
//   E[n] = (L ln B + (1 - L) ln A) / E[ln f₁/f₀]
#pragma once

#include "engine/base/error.hpp"

namespace rehearse::experiment {

// Is a rate p0 or p1? One Bernoulli observation at a time.
class Sprt {
 public:
  enum class Decision { go_on, accept_null, accept_alternative };

  // Errors: p0 = p1, either outside (0, 1); alpha or beta outside (0, 0.5).
  static Result<Sprt> of(double p0, double p1, double alpha, double beta);

  double upper() const { return upper_; }  // ln((1-β)/α)
  double lower() const { return lower_; }  // ln(β/(1-α))
  // Log likelihood ratio of `successes` in `trials`.
  double statistic(double successes, double trials) const;
  Decision decide(double statistic) const;

  struct Characteristic {
    double accept_null = 0;  // probability to accept H₀ where the rate is p
    double expected_n = 0;
  };
  // Errors: p outside (0, 1).
  Result<Characteristic> at(double p) const;

 private:
  double success_ = 0, failure_ = 0;  // log likelihood ratio of one of each
  double upper_ = 0, lower_ = 0;
};

}  // namespace rehearse::experiment
