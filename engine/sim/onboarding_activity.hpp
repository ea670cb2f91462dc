// SPDX-License-Identifier: GPL-3.0-or-later
//
// What newcomers do day by day after they landed: active or not, for each day since exposure, in
// two arms. The effect of a treatment may fade (novelty) or grow (learning):
//
//   control    p₀(t) = σ(a + 0.9 e - 0.5 ln(1 + t)),  t = 0, 1, … days since exposure
//   treatment  p₁(t) = p₀(t) + effect · (lasting + (1 - lasting) · 2^(-t / half_life_days))
//
// with `lasting` above 1 for an effect that users have to learn. The intercept makes the mean of
// p₀(0) `activity`.
//
// Use it where the question is how long an effect lasts; for one outcome a user use onboarding.hpp.
// The people, their traits and their arms are those of that file at the same seed and salt. Rows of
// one user go together: an analysis that takes them as independent is too sure.
#pragma once

#include "engine/sim/onboarding.hpp"

namespace rehearse::sim {

struct ActivityOptions {
  int users = 2000;           // [10, 1000000]
  int followed_days = 28;     // [1, 366]; at most 100 million rows
  double activity = 0.4;      // mean of p₀(0), [0.01, 0.9]
  double effect = 0.05;       // points on the day of exposure, [-0.5, 0.5]
  double lasting = 0.2;       // share of it that stays, [-2, 3]
  double half_life_days = 4;  // of the rest, [0.1, 1000]
  double share = 0.5;         // in treatment, [0, 1]
  std::string salt = "onboarding";
  double prior_correlation = 0.6;  // as in onboarding.hpp
  std::uint64_t seed = 1, replicate = 0;

  // The effect in points `t` days after exposure, before probabilities end.
  double effect_on(int t) const;
};

// A row a user and day, users in order, days within: user_id int64 id, arm text, day_since int32,
// week int32 (0: days 0 to 6), prior_activity int32 feature, active boolean label, and as truth
// active_probability and active_effect. O(rows).
// Errors: an option out of its range, too many rows, an empty salt, cancelled.
Result<Frame> simulate_activity(const ActivityOptions& options, const Progress& progress = {},
                                unsigned threads = 1);

}  // namespace rehearse::sim
