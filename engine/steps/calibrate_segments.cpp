// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/segments.hpp"
#include "engine/steps/calibrating.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_calibrate_segments(const StepCall& call, const StepContext&) {
  auto rows = held_out_rows(call);
  if (!rows) return fail(rows.error());
  const auto columns = call.texts("by");
  const auto segments = calibration::segments_of(call.input("on")->as_frame(), columns);
  if (!segments) return fail(segments.error());
  auto offsets = calibration::fit_segment_offsets(rows->scores, rows->labels, *segments,
                                                  call.number("shrinkage"));
  if (!offsets) return fail(offsets.error());
  return one(std::make_shared<const calibration::OffsetScorer>(call.input("model")->scorer(),
                                                               columns, std::move(*offsets)));
}

Result<Frame> trail_calibrate_segments(const StepCall& call, const Outputs& outputs,
                                       std::size_t row) {
  const auto scorer =
      std::dynamic_pointer_cast<const calibration::OffsetScorer>(outputs.front()->scorer());
  if (!scorer) return fail(Code::internal, "calibrate.segments made something without offsets");
  const auto numbers = scorer->arithmetic(call.input("on")->as_frame(), row);
  if (!numbers) return fail(numbers.error());
  return arithmetic_table(*numbers);
}

const StepRegistration kCalibrateSegments{{
    .name = "calibrate.segments",
    .sentence = "Move each segment by an offset in log-odds that is shrunk towards the whole.",
    .example = "calibrate.segments { model, on = hold, by = \"platform\", shrinkage = 20 }",
    .inputs = calibration_ports(),
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = {segment_parameter(),
                   {.name = "shrinkage",
                    .initial = 20.0,
                    .low = 0,
                    .high = 1e9,
                    .unit = "clicks",
                    .sentence = "a segment with as many clicks goes half of its own way; 0: all of "
                                "it"}},
    .run = run_calibrate_segments,
    .trail = trail_calibrate_segments,
}};

}  // namespace
}  // namespace rehearse::steps
