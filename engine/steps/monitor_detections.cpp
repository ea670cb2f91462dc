// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_monitor_detections(const StepCall& call, const StepContext&) {
  const auto& tables = call.inputs.at("readings");
  constexpr const char* kFigures[] = {"threshold", "alarms", "false_alarms",
                                      "expected_false_alarms", "first_alarm_delay"};
  std::vector<std::vector<double>> figures(std::size(kFigures));
  for (const auto& table : tables)
    for (std::size_t f = 0; f < std::size(kFigures); ++f) {
      auto column = table->as_frame().require(kFigures[f]);
      if (!column) return fail(column.error());
      figures[f].push_back((*column)->size() ? (*column)->number(0) : std::nan(""));
    }
  Frame::Builder builder;
  builder.add("detector", call.labels.at("readings"));
  for (std::size_t f = 0; f < std::size(kFigures); ++f)
    builder.add(kFigures[f], std::move(figures[f]));
  return one(std::move(builder).build());
}

const StepRegistration kMonitorDetections{{
    .name = "monitor.detections",
    .sentence = "Detectors side by side: threshold, alarms, those that meant nothing, delay.",
    .example = "monitor.detections { cusum, ewma }",
    .inputs = {{.name = "readings",
                .kind = Kind::frame,
                .sentence = "results of monitor.detect",
                .variadic = true}},
    .outputs = {{.name = "detectors", .kind = Kind::frame}},
    .run = run_monitor_detections,
}};

}  // namespace
}  // namespace rehearse::steps
