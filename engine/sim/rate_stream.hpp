// SPDX-License-Identifier: GPL-3.0-or-later
//
// One operational rate, observed at even moments: the share of impressions that people hide, the
// share of requests that fail. It may change on a known day, at once or over days, so that a
// detector's alarms can be told apart into those that meant something and those that did not.
//
//   day      double          moment of the observation in days, 0, 1/per_day, …
//   hour     int32           of the day, for a rhythm
//   trials   int32           outcomes behind the rate
//   events   int32           of those, how many were 1
//   rate     double          events / trials
//   rate_true double truth   the chance of each outcome
//
// rate_true = rate · (1 + change · s_t) · (1 + rhythm · cos(2π(h - 20)/24)) · e^{wander a_t}, with
// s_t from 0 to 1 over `ramp_days` from `change_day`, and a_t a stationary autoregression that
// forgets within half a day. Draws are keyed by the observation: a knob moves the rate under the
// same luck.
#pragma once

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::sim {

struct RateStreamOptions {
  int days = 42, per_day = 24;
  double trials = 500;  // mean of an observation; Poisson
  double rate = 0.02;
  double change = 0.3;  // relative
  double change_day = 28, ramp_days = 0;
  double rhythm = 0, wander = 0;
  std::uint64_t seed = 1;
};

// Errors: an option out of its range (named), a rate that would leave (0, 1), more than 1e8 trials;
// cancelled. O(trials).
Result<Frame> simulate_rate_stream(const RateStreamOptions& options, const Progress& progress = {});

}  // namespace rehearse::sim
