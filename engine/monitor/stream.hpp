// SPDX-License-Identifier: GPL-3.0-or-later
//
// A whole stream through one detector (detectors.hpp): at which observations it raised an alarm, in
// which direction, and where it warned. Indices are 0-based; the detector restarts after an alarm.
// For a stream that never ends, hold the detector itself.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/base/stop.hpp"
#include "engine/monitor/detectors.hpp"

namespace rehearse::monitor {

struct StreamReport {
  std::vector<std::size_t> alarms, warnings;
  std::vector<Direction> directions;  // one an alarm
  std::vector<Reading> readings;      // one an observation, where asked for
};

struct StreamOptions {
  bool keep_readings = false;
  std::span<const double> trials = {};  // of each observation, for DDM; empty: one each
};

// Errors: the options are not valid; an observation is no finite number, larger than 1e150 in size
// or, for DDM, not between 0 and 1 (the first is named, counted from 1); cancelled. O(n).
Result<StreamReport> watch_stream(std::span<const double> values, const DetectorOptions& detector,
                                  const StreamOptions& options = {}, const Progress& progress = {});

const char* direction_name(Direction direction);  // up, down

}  // namespace rehearse::monitor
