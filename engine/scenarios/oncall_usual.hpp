// SPDX-License-Identifier: GPL-3.0-or-later
//
// The usual value of a signal by hour of day and kind of day, and how far an hour is from it; see
// oncall.hpp for the definition. Kept apart because levels, strips and first signs share it.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/sim/operations.hpp"

namespace rehearse::scenarios {

// One signal of one segment, hour by hour.
struct HourlySeries {
  std::vector<double> hour, value;
};
// Errors: a column is missing.
Result<HourlySeries> hourly(const Frame& table, const std::string& signal,
                            const std::string& segment);

class Usual {
 public:
  // From hours before `until`. Errors: fewer than two days.
  static Result<Usual> of(const HourlySeries& series, sim::Scale scale, double until);

  double value(double hour) const;  // in the signal's unit
  double z(double hour, double value) const;
  double low(double hour) const;  // of the band
  double high(double hour) const;

 private:
  double mean(double hour) const;
  sim::Scale scale_ = sim::Scale::log;
  std::array<std::array<double, 24>, 2> mean_{};  // weekday, weekend
  double spread_ = 1;
};

// The end of what counts as usual: four days before the end of the table.
double usual_until(const HourlySeries& series);

}  // namespace rehearse::scenarios
