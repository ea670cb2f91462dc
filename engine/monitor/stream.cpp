// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/stream.hpp"

#include <cassert>
#include <cmath>

namespace rehearse::monitor {
namespace {

constexpr double kTooLarge = 1e150;  // its square must stay finite
constexpr std::size_t kReportEvery = 1 << 16;

Result<void> check_observation(double x, std::size_t index, bool is_rate) {
  if (!std::isfinite(x))
    return fail(Code::bad_data,
                "observation {} is {}; leave it out or fill it, a detector cannot skip it",
                index + 1, std::isnan(x) ? "missing" : "infinite");
  if (std::abs(x) > kTooLarge)
    return fail(Code::bad_data, "observation {} is {:g}; sizes above 1e150 cannot be squared",
                index + 1, x);
  if (is_rate && (x < 0 || x > 1))
    return fail(Code::bad_data,
                "observation {} is {:g}; ddm watches errors, 0 or 1 each, or rates between them",
                index + 1, x);
  return {};
}

}  // namespace

const char* direction_name(Direction direction) {
  return direction == Direction::up ? "up" : direction == Direction::down ? "down" : "none";
}

Result<StreamReport> watch_stream(std::span<const double> values, const DetectorOptions& detector,
                                  const StreamOptions& options, const Progress& progress) {
  if (auto fine = validate(detector); !fine) return fail(fine.error());
  assert(options.trials.empty() || options.trials.size() == values.size());
  const bool is_rate = std::holds_alternative<DdmOptions>(detector);
  const auto watcher = make_detector(detector);
  StreamReport report;
  if (options.keep_readings) report.readings.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (auto fine = check_observation(values[i], i, is_rate); !fine) return fail(fine.error());
    const Reading reading = watcher->add(values[i], options.trials.empty() ? 1 : options.trials[i]);
    if (reading.signal == Signal::alarm)
      report.alarms.push_back(i), report.directions.push_back(reading.direction);
    else if (reading.signal == Signal::warning)
      report.warnings.push_back(i);
    if (options.keep_readings) report.readings.push_back(reading);
    if (i % kReportEvery == 0 &&
        !progress.report(static_cast<double>(i) / static_cast<double>(values.size())))
      return cancelled();
  }
  return report;
}

}  // namespace rehearse::monitor
