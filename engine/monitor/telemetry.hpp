// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a client may afford to tell, and how soon that shows a release that broke a share of
// devices. A channel is one kind of report: a full-context log of a sample of requests, a checksum
// of every request, a proxy signal at once, a label a day later. Use it where latency and bytes are
// tight.
//
// The release is known, so counting starts there. A channel sees events at rate p0 on a good
// release and p1 on the broken one, among n reports an hour; it speaks when
//
//   (k - n p0) / √(n p0 (1 - p0)) ≥ z   for the counts since the release, looked at hour by hour
//
// which at constant rates happens about n = z² p0 (1 - p0) / (p1 - p0)² reports in: that is the
// closed form beside the simulation. Few events come in whole numbers, so a channel also waits for
// `kLeastEvents` of them.
//
// The tail: requests take a log-normal time; those that are logged in full take `log_ms` longer. Up
// to a share of 1% they hide behind the 99th percentile, past it they are the 99th percentile.
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::monitor {

struct Channel {
  std::string name;
  double share = 1;        // of requests that report, [0, 1]
  double good = 0.01;      // p0, (0, 1)
  double broken = 0.02;    // p1, [0, 1]
  double delay_hours = 0;  // until a report counts
};

constexpr double kLeastEvents = 5;

// Reports until the closed form speaks; infinite where p1 = p0.
double reports_to_see(const Channel& channel, double z);
// Hours, closed form. requests_per_hour > 0 (asserted).
double hours_to_see(const Channel& channel, double requests_per_hour, double z);
// Median over `replicates` simulated releases (Stream monitor.telemetry); infinite where more than
// half have not spoken after `most_hours`. Errors: a rate or share out of its range.
Result<double> simulated_hours_to_see(const Channel& channel, double requests_per_hour, double z,
                                      int replicates, int most_hours, std::uint64_t seed);

// The 99% point where a share of log-normal requests takes `extra_ms` longer. Bisection to 1e-9
// relative. 0 < p50 < p99, share in [0, 1], extra ≥ 0 (asserted).
double p99_with_logging(double p50_ms, double p99_ms, double share, double extra_ms);

}  // namespace rehearse::monitor
