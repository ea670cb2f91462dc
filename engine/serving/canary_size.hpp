// SPDX-License-Identifier: GPL-3.0-or-later
//
// How large must a canary be? Events needed for a change of a rate from p0 to p1 to show,
// one-sided, with false alarms α and power 1 - β, and the minutes until a canary of share s has
// seen them.
//
// Exact, where the rate before is known from weeks of traffic: the least n for which some count k
// has both  P(X beyond k | n, p0) ≤ α  and  P(X beyond k | n, p1) ≥ 1 - β,  X binomial. Right where
// counts are small, which is where formulas are not: failures are rare, and a canary of 1% for ten
// minutes sees none of them.
//
// By the normal approximation, with the control's noise where the rest of the traffic is the
// control: n = ((z_α √(p0 q0 (1 + r)) + z_β √(p1 q1 + r p0 q0)) / (p1 - p0))², r = s / (1 - s).
// Fleiss, Levin, Paik 2003, "Statistical methods for rates and proportions".
#pragma once

#include <cstdint>

#include "engine/base/error.hpp"

namespace rehearse::serving {

struct CanaryQuestion {
  double before = 0.2;              // p0, the rate of the version in service
  double after = 0.18;              // p1, what must not go unnoticed; either direction
  double alpha = 0.05;              // false alarms, one-sided
  double power = 0.8;               // that it shows
  double share = 0.05;              // of the traffic that goes to the canary
  double events_per_minute = 1000;  // of all traffic
};

struct CanarySize {
  std::int64_t events = 0;     // in the canary: exact where that was possible, else the normal's
  std::int64_t threshold = 0;  // alarm at or beyond this count; 0 where not exact
  bool exact = false;
  double normal_events = 0;
  double minutes = 0;  // until a canary of that share has seen `events`
};

// Exact up to a threshold of 400; beyond that the normal approximation is as good.
// Errors: rates equal or outside (0, 1); alpha or power outside (0, 1), power ≤ alpha; share
// outside (0, 1); no traffic.
Result<CanarySize> canary_size(const CanaryQuestion& question);

// P(X ≥ k) and P(X ≤ k), X binomial. n ≥ 0, p in (0, 1) (asserted).
double binomial_at_least(std::int64_t k, std::int64_t n, double p);
double binomial_at_most(std::int64_t k, std::int64_t n, double p);

}  // namespace rehearse::serving
