// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/cross.hpp"
#include "engine/steps/features_common.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_features_cross(const StepCall& call, const StepContext&) {
  features::CrossOptions options;
  options.columns = call.texts("columns");
  if (call.given("name")) options.name = call.text("name");
  options.most = static_cast<std::size_t>(call.integer("most"));
  return each_of(tables_of(call),
                 [&](const Frame& table) { return features::cross(table, options); });
}

const StepRegistration kFeaturesCross{{
    .name = "features.cross",
    .sentence = with_scope(
        "Values of several columns together as one text; of one column, its value as a text.",
        features::TimeScope::row_alone),
    .example = "features.cross { past, live, columns = { \"platform\", \"topic\" } }",
    .inputs = {tables_port()},
    .outputs = {{.name = "rows", .kind = Kind::frame}},
    .list_output = true,
    .output_count = as_many_as_tables,
    .parameters = {columns_parameter("the columns to cross"),
                   {.name = "name",
                    .type = ParameterType::text,
                    .sentence = "the new column's name; the columns' joined by _x_ if not given",
                    .optional = true},
                   {.name = "most",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{1000000},
                    .low = 1,
                    .high = 1e9,
                    .sentence = "combinations; more are refused"}},
    .method = true,
    .run = run_features_cross,
}};

}  // namespace
}  // namespace rehearse::steps
