// SPDX-License-Identifier: GPL-3.0-or-later
//
// A signal watched as an on-call would have it watched: its first days are the baseline from which
// level and deviation are taken, each later observation is standardised against them, and a
// detector looks for a shift of a chosen size at a chosen price in false alarms (run_length.hpp).
//
//   z_t = (x_t - level) / deviation         deviation: the baseline's
//   z_t = (x_t - p) / √(p(1-p)/n_t) / s     where n_t outcomes of 0 or 1 stand behind x_t; s is the
//                                           baseline's deviation of that, 1 without overdispersion
//
// With `season`, the level is taken for each of its values apart (the same hour of the baseline's
// days), so that a daily rhythm is no alarm. DDM takes the rates themselves with their n_t.
// Detectors that learn their level see the baseline first; alarms in it do not count.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/monitor/run_length.hpp"
#include "engine/monitor/stream.hpp"

namespace rehearse::monitor {

struct SignalSeries {
  std::vector<double> at, value;  // at: ascending
  std::vector<double> trials;     // empty: values are no rates
  std::vector<double> season;     // empty: no rhythm is taken out; else a number for each kind
};

struct DetectOptions {
  std::string detector = "cusum";
  double arl0 = 1000, shift = 1;  // observations per false alarm, and sigmas
  double baseline_until = 7;      // `at` below it is the baseline
  std::uint64_t seed = 1;
};

struct Detection {
  DetectorOptions detector;  // with its threshold
  std::size_t begin = 0;     // the first observation after the baseline; what follows begins there
  std::vector<double> z;
  StreamReport report;  // indices from `begin`, with readings
};

// Errors: fewer than 10 observations in the baseline or none after it, a value that is not finite,
// a baseline that does not vary, a season's value that the baseline lacks, DDM without rates;
// those of tuned_for and threshold_for.
Result<Detection> detect(const SignalSeries& series, const DetectOptions& options,
                         const Progress& progress = {});

}  // namespace rehearse::monitor
