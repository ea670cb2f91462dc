// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/segments.hpp"
#include "engine/steps/calibrating.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_calibrate_per_segment(const StepCall& call, const StepContext&) {
  auto rows = held_out_rows(call);
  if (!rows) return fail(rows.error());
  const auto columns = call.texts("by");
  const auto segments = calibration::segments_of(call.input("on")->as_frame(), columns);
  if (!segments) return fail(segments.error());
  const std::string method = call.text("method");
  auto fitted = calibration::fit_segment_maps(
      call.input("model")->scorer(), rows->scores, rows->labels, *segments, columns,
      [&method](std::span<const double> scores, std::span<const double> labels) {
        return fit_named_map(method, scores, labels);
      },
      static_cast<std::size_t>(call.integer("least_rows")));
  if (!fitted) return fail(fitted.error());
  return one(ScorerPtr(std::move(*fitted)));
}

const StepRegistration kCalibratePerSegment{{
    .name = "calibrate.per_segment",
    .sentence = "Fit a map of its own for each segment with rows enough, on held-out rows.",
    .example = "calibrate.per_segment { model, on = hold, by = \"platform\", method = \"platt\" }",
    .inputs = calibration_ports(),
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = {segment_parameter(),
                   {.name = "method",
                    .type = ParameterType::choice,
                    .initial = std::string("platt"),
                    .choices = map_names(),
                    .sentence = "the kind of map"},
                   {.name = "least_rows",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{1},
                    .low = 1,
                    .high = 1e9,
                    .sentence =
                        "rows a segment needs for a map of its own; others use the whole's"}},
    .run = run_calibrate_per_segment,
}};

}  // namespace
}  // namespace rehearse::steps
