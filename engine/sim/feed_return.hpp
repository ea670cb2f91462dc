// SPDX-License-Identifier: GPL-3.0-or-later
//
// Satisfaction S in [-1, 1] as a stock, and who comes back for it:
//
//   P(visit) = σ(logit returns + loyalty · S);   after a visit S ← (1 - memory) S + memory · s
//
// where s in [-1, 1] is what the session gave. Without a visit S stays. The distribution of S is
// carried forward day by day on a grid of 129 points; what falls between two points is shared
// between both so that the mean of S is kept (an upwind scheme in the words of numerical analysis).
// Expected visits are then exact but for the grid's spreading, below 0.1%: use it in place of
// thousands of simulated users. With one s for all days S depends on the number of visits alone,
// which gives a second way to the same figures (tests).
#pragma once

#include <span>
#include <vector>

namespace rehearse::sim {

struct ReturnLaw {
  double memory = 0.08, returns = 0.5, loyalty = 2;
  double probability(double satisfaction) const;
  double after(double satisfaction, double session) const {
    return satisfaction + memory * (session - satisfaction);
  }
};

// One of the kinds of session that a visitor may meet on a day.
struct SessionChance {
  double share = 1, satisfaction = 0;
};

// The return probability at each point of the grid; shared by all users.
class ReturnGrid {
 public:
  static constexpr int kPoints = 129;
  explicit ReturnGrid(const ReturnLaw& law);
  const ReturnLaw& law() const { return law_; }
  double at(int point) const { return probability_[static_cast<std::size_t>(point)]; }
  static double satisfaction(int point) { return -1 + 2.0 * point / (kPoints - 1); }

 private:
  ReturnLaw law_;
  std::vector<double> probability_;
};

// One user's distribution of S.
class ReturnForward {
 public:
  explicit ReturnForward(const ReturnGrid& grid);
  double visit_probability() const;
  double mean_satisfaction() const;
  // A day on which a visitor meets one of these sessions; shares sum to 1.
  void advance(std::span<const SessionChance> sessions);

 private:
  const ReturnGrid* grid_;
  std::vector<double> mass_, next_;
};

}  // namespace rehearse::sim
