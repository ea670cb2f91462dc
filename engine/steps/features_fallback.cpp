// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/window.hpp"
#include "engine/steps/features_common.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_features_fallback(const StepCall& call, const StepContext& context) {
  features::FallbackOptions options;
  options.levels = call.texts("levels");
  auto label = label_name(call);
  if (!label) return fail(label.error());
  options.label = *label;
  options.strength = call.number("strength");
  options.enough_rows = call.number("enough_rows");
  options.shrink = call.text("method") == "shrink";
  options.name = call.text("name");
  options.time = call.text("time");
  options.arrival = arrival_name(call, options.label);
  return all_of(features::fallback(tables_of(call), options, context.progress));
}

const StepRegistration kFeaturesFallback{{
    .name = "features.fallback",
    .sentence = with_scope("A prior for cold starts: the rate of the user, shrunk to that of the "
                           "community, shrunk to that of everybody.",
                           features::TimeScope::known_before),
    .example = "features.fallback { past, live, levels = { \"user_id\", \"community\" } }",
    .inputs = {tables_port()},
    .outputs = {{.name = "rows", .kind = Kind::frame}},
    .list_output = true,
    .output_count = as_many_as_tables,
    .parameters = {{.name = "levels",
                    .type = ParameterType::texts,
                    .sentence = "columns from the finest to the coarsest; everybody comes last"},
                   {.name = "method",
                    .type = ParameterType::choice,
                    .initial = std::string("shrink"),
                    .choices = {"shrink", "first"},
                    .sentence = "shrink each level to the next, or take the first that has enough "
                                "rows"},
                   {.name = "strength",
                    .initial = 20.0,
                    .low = 0,
                    .high = 1e6,
                    .unit = "rows",
                    .sentence = "how many rows the coarser level weighs (method shrink)"},
                   {.name = "enough_rows",
                    .initial = 20.0,
                    .low = 1,
                    .high = 1e9,
                    .unit = "rows",
                    .sentence = "rows from which a level knows a key"},
                   {.name = "name",
                    .type = ParameterType::text,
                    .initial = std::string("prior"),
                    .sentence = "the new columns are <name>_rate and <name>_level"},
                   label_parameter(),
                   {.name = "time",
                    .type = ParameterType::text,
                    .initial = std::string("time"),
                    .sentence = "the column with each row's time"},
                   arrival_parameter()},
    .method = true,
    .run = run_features_fallback,
}};

}  // namespace
}  // namespace rehearse::steps
