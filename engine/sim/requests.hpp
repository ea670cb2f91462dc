// SPDX-License-Identifier: GPL-3.0-or-later
//
// A service seen minute by minute: requests, those that failed, those that were slow, with outages
// of four kinds whose time is known. Use it for service level objectives and their alerts; for the
// queue that makes requests slow see serving/queue.hpp.
//
//   requests ~ Poisson(rate · day's wave)     errors ~ Poisson(n e)     slow ~ Poisson(n s), capped
//
//   kind     errors added   slow added   lasts       comes                harmful
//   crash    0.30           0.30         8 min       every `crash_days`   yes
//   partial  0.03           0.15         45 min      every `partial_days` yes
//   leak     0.003          0.02         20 h        every `leak_days`    yes
//   blip     0.20           0.20         1 min       `blips_a_day`        no: a restart, over
//   before
//                                                                         anybody reads the page
#pragma once

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::sim {

struct RequestOptions {
  int days = 60;                                              // [1, 366]
  double requests_per_minute = 600;                           // mean, [1, 1e7]
  double error_rate = 0.0003;                                 // on a good day, [0, 0.5]
  double slow_rate = 0.004;                                   // likewise, [0, 0.5]
  double crash_days = 10, partial_days = 10, leak_days = 20;  // mean days between, [0.1, 1e6]
  double blips_a_day = 1.5;                                   // [0, 100]
  double strength = 1;  // times the errors and slow shares added, [0, 10]
  std::uint64_t seed = 1, replicate = 0;
};

// One row a minute: minute int32 (from 0), day double, requests, errors, slow, bad (failed or slow)
// int32, and as truth outage (text, missing where there is none), harmful (boolean), error_rate
// double. Outages do not overlap: one that would is left out. O(days · 1440).
// Errors: an option out of its range; cancelled.
Result<Frame> simulate_requests(const RequestOptions& options, const Progress& progress = {});

}  // namespace rehearse::sim
