// SPDX-License-Identifier: GPL-3.0-or-later
//
// Label delay for monitoring: how much of a day has been heard from, and how many rows it is worth.
// A click that has not arrived looks like none, so the rate of a fresh day is too low by exactly
// the share that is still on its way. Use it before trusting any metric of recent days; for
// training on such rows see models/delayed.hpp.
//
//   F(a)             share of clicks that arrive within age a: from days old enough to be complete
//   naive rate       arrived / rows
//   corrected rate   arrived / Σ_i F(age_i)
//   effective rows   Σ_i F(age_i): a row of which F has been heard tells as much about the rate as
//                    F rows that are complete (arrivals are Poisson of mean rate · Σ F)
//   interval         exact of a Poisson count (Garwood 1936), over Σ F
//
// F is itself estimated, from `reference` clicks, and its error is not in the interval.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::monitor {

// The share of delays at or below an age: a step function.
class DelayLaw {
 public:
  // Errors: no delays; a delay is negative, NaN or infinite.
  static Result<DelayLaw> of(std::vector<double> delays_hours);
  double arrived_within(double age_hours) const;
  std::size_t clicks() const { return delays_.size(); }
  // Quantile q of the delay, [0, 1] (asserted).
  double quantile(double q) const;

 private:
  std::vector<double> delays_;  // ascending
};

// Exact interval of a Poisson mean from its count (Garwood 1936).
struct PoissonInterval {
  double low = 0, high = 0;
};
PoissonInterval poisson_interval(double count, double level = 0.95);

struct MaturityOptions {
  double now_day = 14;     // monitoring looks at the log at midnight before that day
  double mature_days = 5;  // clicks of rows at least that old make the delay law, > 0
  std::string label = "click", arrival = "click_arrival";
};

struct Maturity {
  // A row a day before now: day, age_days (of the day's middle), rows, arrived (clicks), share
  // (Σ F / rows), effective_rows, naive, corrected, low, high (of the corrected rate), half_width
  // (relative, of the interval), and as truth, where the log has them: final_rate (all clicks),
  // true_rate (mean probability), true_share (of the clicks that will be).
  Frame days;
  // age_hours, share: the delay law, to draw.
  Frame law;
  std::size_t reference_clicks = 0;
};
// `log`: time, day, the label and its arrival (missing where there is no click). Rows at or after
// now are not seen. O(n log n).
// Errors: no such column; no rows before now; no click of a mature day.
Result<Maturity> label_maturity(const Frame& log, const MaturityOptions& options);

}  // namespace rehearse::monitor
