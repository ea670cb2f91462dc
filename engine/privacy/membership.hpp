// SPDX-License-Identifier: GPL-3.0-or-later
//
// Membership inference: was this person in the data that a released table of pairs was made from?
// Two who try to tell, each with a score of a person's things (higher: more likely in):
//
//   informed   knows everybody's things but not whether the person was counted: the adversary that
//              ε is a promise against. The likelihood ratio of the cells of the person's things,
//              whose counts are either those of all others or one more.
//   stranger   knows the person's things and some people like them, who were not counted. The
//              normal likelihood ratio of each cell against what n such people would give:
//              Σ (c - λ - ½) / (λ + s²), s² the variance of the noise (after Homer et al. 2008;
//              Dwork, Smith, Steinke, Ullman, Vadhan 2015).
//
// Whoever tries, an (ε, δ) release holds them to TPR ≤ e^ε FPR + δ, hence
//
//   TPR - FPR ≤ (e^ε - 1 + 2δ) / (e^ε + 1)
//
// A measured attack can only say how much leaks at least; the bound says at most. With Gaussian
// noise the informed attack has a closed form: cells that move by 1 each are a shift of √cells.
#pragma once

#include <span>
#include <vector>

#include "engine/privacy/pair_counts.hpp"

namespace rehearse::privacy {

double advantage_bound(const Budget& budget);
// The greatest true positive rate at this false positive rate, at most 1.
double true_positive_bound(const Budget& budget, double false_positive_rate);

// Two normal laws `shift` apart with one σ > 0 (asserted).
double gaussian_advantage(double shift, double sigma);
double gaussian_auc(double shift, double sigma);

// How the tables were made from exact counts: by noise, or by holding back what is below `least`
// (no noise: `scale` is 0).
struct Release {
  Noise noise = Noise::gaussian;
  double scale = 0;
  double least = 0;
};

// `others` holds the counts without the person, `tables` all releases that the person may be in.
// Without noise a cell says yes, no or nothing, and the score is the sum of these.
double informed_score(const Basket& person, const PairTable& others,
                      std::span<const PairTable> tables, const Release& release);

// What n people like `reference` would give, smoothed by 20 who take things independently. At least
// one person of reference (asserted).
PairTable expected_counts(std::span<const Basket> reference, std::size_t items, std::size_t people);
double stranger_score(const Basket& person, const PairTable& expected,
                      std::span<const PairTable> tables, const Release& release);

struct AttackPoint {
  double false_positive_rate = 0, true_positive_rate = 0;
};
struct AttackQuality {
  double auc = 0.5, advantage = 0;  // advantage: the greatest TPR - FPR
  std::vector<AttackPoint> curve;
};
// Errors: nobody on one of the sides, a score that is NaN.
Result<AttackQuality> judge_attack(std::span<const double> members,
                                   std::span<const double> outsiders);

}  // namespace rehearse::privacy
