// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/window.hpp"
#include "engine/models/labels.hpp"
#include "engine/steps/features_common.hpp"

namespace rehearse::steps {
namespace {

// The column that sums and rates are of: the one named, else the label.
Result<std::string> measured_column(const StepCall& call) {
  if (call.given("of")) return call.text("of");
  auto column = models::label_column(call.input("rows")->as_frame(), "");
  if (!column) return fail(column.error());
  return (*column)->name();
}

Result<Outputs> run_features_window(const StepCall& call, const StepContext& context) {
  features::WindowOptions options;
  options.by = call.texts("by");
  options.hours = call.numbers("hours");
  options.measures = call.texts("measures");
  const bool counts_only =
      std::all_of(options.measures.begin(), options.measures.end(),
                  [](const std::string& name) { return name == "rows" || name == "hours_since"; });
  if (!counts_only) {
    auto of = measured_column(call);
    if (!of) return fail(of.error());
    options.of = *of;
    options.arrival = arrival_name(call, options.of);
  }
  options.smoothing = call.number("smoothing");
  options.time = call.text("time");
  options.wait_hours = call.number("wait_hours");
  return all_of(features::windows(tables_of(call), options, context.progress));
}

const StepRegistration kFeaturesWindow{{
    .name = "features.window",
    .sentence = with_scope("What a key did in the last hours: rows, sums, rates, hours since.",
                           features::TimeScope::known_before),
    .example = "features.window { past, live, by = { \"user_id\" }, hours = { 24, 168 }, measures "
               "= { \"rows\", \"rate\" } }",
    .inputs = {tables_port()},
    .outputs = {{.name = "rows", .kind = Kind::frame}},
    .list_output = true,
    .output_count = as_many_as_tables,
    .parameters = {{.name = "by",
                    .type = ParameterType::texts,
                    .sentence = "the columns that make the key, such as user_id"},
                   {.name = "hours",
                    .type = ParameterType::numbers,
                    .initial = std::vector<double>{24},
                    .low = 0,
                    .high = 876000,
                    .unit = "hours",
                    .sentence = "lengths of the window; 0 is all that was before"},
                   {.name = "measures",
                    .type = ParameterType::texts,
                    .initial = std::vector<std::string>{"rows"},
                    .sentence = "what to tell: rows, sum, rate, hours_since"},
                   {.name = "of",
                    .type = ParameterType::text,
                    .sentence = "the column that sum and rate are of; the label if not given",
                    .optional = true},
                   {.name = "smoothing",
                    .initial = 20.0,
                    .low = 0,
                    .high = 1e6,
                    .unit = "rows",
                    .sentence = "how many rows the rate of everybody weighs in a rate"},
                   {.name = "time",
                    .type = ParameterType::text,
                    .initial = std::string("time"),
                    .sentence = "the column with each row's time"},
                   arrival_parameter(),
                   {.name = "wait_hours",
                    .initial = 0.0,
                    .low = 0,
                    .high = 8760,
                    .unit = "hours",
                    .sentence = "age from which a row counts"}},
    .method = true,
    .run = run_features_window,
}};

}  // namespace
}  // namespace rehearse::steps
