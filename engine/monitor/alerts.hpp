// SPDX-License-Identifier: GPL-3.0-or-later
//
// Alert rules on hourly signals, and what they are worth on months whose incidents are known:
// pages a week, precision, recall, delay. Use it to choose thresholds, sustained windows and
// corroboration from a budget of pages; where bad requests can be counted, burn rates are better
// (slo.hpp).
//
// Each signal is compared with its own usual value at that hour (of weekdays or weekends), taken
// from a baseline period; logarithms where all values are positive:
//
//   z_t = (x_t - median of that hour) / (1.4826 · median absolute deviation of all residuals)
//
// A signal speaks at t when |z| ≥ threshold and its relative change is at least `least_change` in
// each of the last `sustain` hours. A rule fires when at least `corroborate` of its signals have
// spoken within `within` hours, or signals of as many layers where layers are given: two signals
// that share a denominator are no two witnesses. It pages when it begins to fire, but not within
// `quiet` hours of the page before (deduplication), and again after `repeat` hours while it goes
// on. Relative change is against the usual value (0.1 is 10%).
//
// Noise that remembers the hour before makes a sustained window worth less than independent hours
// would: measure, do not multiply tail probabilities.
#pragma once

#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/monitor/outages.hpp"

namespace rehearse::monitor {

struct BaselineOptions {
  int days = 14;         // of the table's start, taken as usual, [1, 400]
  bool seasonal = true;  // false: one median for all hours
  std::string segment = "all";
};

// Signals against their usual values, in hours of one segment.
class SignalDeviations {
 public:
  // `signals` has `hour` (ascending by one) and, optionally, `segment`, `hour_of_day`, `weekday`.
  // Errors: no such column, a text column, a missing or infinite value (the row is named), fewer
  // hours than the baseline, hours that do not follow each other, a signal constant in the
  // baseline.
  static Result<SignalDeviations> of(const Frame& signals, const std::vector<std::string>& watched,
                                     const BaselineOptions& options);
  std::size_t hours() const { return z_.empty() ? 0 : z_.front().size(); }
  std::size_t first_judged() const { return first_judged_; }  // hours of the baseline
  double first_hour() const { return first_hour_; }
  const std::vector<std::string>& names() const { return names_; }
  const std::vector<double>& z(std::size_t signal) const { return z_[signal]; }
  const std::vector<double>& change(std::size_t signal) const { return change_[signal]; }

 private:
  std::vector<std::string> names_;
  std::vector<std::vector<double>> z_, change_;
  std::size_t first_judged_ = 0;
  double first_hour_ = 0;
};

struct AlertRule {
  std::vector<std::size_t> signals;  // indices into the deviations; empty: all
  double threshold = 4;              // in standard deviations, > 0
  double least_change = 0;           // [0, 10]
  int sustain = 1;                   // hours, [1, 168]
  int corroborate = 1;               // [1, number of signals]
  int within = 3;                    // hours, [1, 168]
  int quiet = 12;                    // hours, [0, 1000]
  int repeat = 0;                    // hours, [0, 1000]; 0: never
  std::vector<std::size_t> layer;    // of each signal of the deviations; empty: each its own
};

// The hours (indices) at which the rule pages, baseline excluded. O(hours · signals).
// Errors: a number out of its range, more corroboration than signals.
Result<std::vector<std::size_t>> pages_of(const SignalDeviations& deviations,
                                          const AlertRule& rule);

// Signals that speak at some time in the `within` hours up to `hour`.
std::vector<std::size_t> speaking(const SignalDeviations& deviations, const AlertRule& rule,
                                  std::size_t hour);

// From the table that simulate.operations makes: kind or words, start_hour, end_hour, harmful,
// optionally segment (those of `segment` and of all are kept; `all` keeps every one). Hours are
// counted from the table's first. Incidents that end in the baseline are left out.
// Errors: a column is missing or holds texts instead of numbers.
Result<std::vector<Outage>> outages_from(const Frame& incidents, const SignalDeviations& deviations,
                                         const std::string& segment);

}  // namespace rehearse::monitor
