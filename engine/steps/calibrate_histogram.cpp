// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/histogram.hpp"
#include "engine/steps/calibrating.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_calibrate_histogram(const StepCall& call, const StepContext&) {
  auto rows = held_out_rows(call);
  if (!rows) return fail(rows.error());
  auto map =
      calibration::fit_histogram(rows->scores, rows->labels, static_cast<int>(call.integer("bins")),
                                 *metrics::binning_named(call.text("binning")));
  if (!map) return fail(map.error());
  return behind_model(call, *map, "histogram");
}

const StepRegistration kCalibrateHistogram{{
    .name = "calibrate.histogram",
    .sentence =
        "Give each bin of scores the mean label of its held-out rows (Zadrozny, Elkan 2001).",
    .example = "calibrate.histogram { model, on = hold, bins = 20 }",
    .inputs = calibration_ports(),
    .outputs = {{.name = "model", .kind = Kind::model}},
    .parameters = {{.name = "bins",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{10},
                    .low = 1,
                    .high = 10000,
                    .sentence = "number of bins"},
                   {.name = "binning",
                    .type = ParameterType::choice,
                    .initial = std::string("quantile"),
                    .choices = {"width", "quantile"},
                    .sentence = "bins of equal width or of equal share"}},
    .run = run_calibrate_histogram,
    .trail = map_trail,
}};

}  // namespace
}  // namespace rehearse::steps
