// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/cross.hpp"
#include "engine/steps/features_common.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_features_bin(const StepCall& call, const StepContext&) {
  const std::vector<Frame> tables = tables_of(call);
  auto binner = features::Binner::fit(
      tables.front(),
      {call.texts("columns"), static_cast<int>(call.integer("bins")), call.text("form") == "mean"});
  if (!binner) return fail(binner.error());
  return each_of(tables, [&](const Frame& table) { return binner->apply(table); });
}

const StepRegistration kFeaturesBin{{
    .name = "features.bin",
    .sentence = with_scope("Cut numbers into bins of equal mass, in columns `<name>_bin`.",
                           features::TimeScope::fit_rows),
    .example = "features.bin { past, live, columns = { \"community_target\" }, bins = 20 }",
    .inputs = {tables_port()},
    .outputs = {{.name = "rows", .kind = Kind::frame}},
    .list_output = true,
    .output_count = as_many_as_tables,
    .parameters = {columns_parameter("the columns to cut"),
                   {.name = "bins",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{20},
                    .low = 2,
                    .high = 1000,
                    .sentence = "bins of about equally many fitting rows"},
                   {.name = "form",
                    .type = ParameterType::choice,
                    .initial = std::string("name"),
                    .choices = {"name", "mean"},
                    .sentence = "a text that names the bin, or the mean of its fitting rows as a "
                                "number"}},
    .method = true,
    .run = run_features_bin,
}};

}  // namespace
}  // namespace rehearse::steps
