// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/one_hot.hpp"
#include "engine/steps/features_common.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_features_one_hot(const StepCall& call, const StepContext&) {
  const std::vector<Frame> tables = tables_of(call);
  features::OneHotOptions options;
  options.columns = call.texts("columns");
  options.most = static_cast<std::size_t>(call.integer("most"));
  options.min_count = static_cast<std::size_t>(call.integer("min_count"));
  options.pool_rare = call.boolean("pool_rare");
  auto encoder = features::OneHot::fit(tables.front(), options);
  if (!encoder) return fail(encoder.error());
  return each_of(tables, [&](const Frame& table) { return encoder->apply(table); });
}

const StepRegistration kFeaturesOneHot{{
    .name = "features.one_hot",
    .sentence = with_scope("A column of 0 or 1 for each value, `<name>=<value>`.",
                           features::TimeScope::fit_rows),
    .example = "features.one_hot { past, live, columns = { \"platform\" } }",
    .inputs = {tables_port()},
    .outputs = {{.name = "rows", .kind = Kind::frame}},
    .list_output = true,
    .output_count = as_many_as_tables,
    .parameters = {columns_parameter("the columns to encode, each of few values"),
                   {.name = "most",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{20},
                    .low = 1,
                    .high = 10000,
                    .sentence = "values of a column; more are refused, or pooled"},
                   {.name = "min_count",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{1},
                    .low = 1,
                    .high = 1e9,
                    .unit = "rows",
                    .sentence = "values with fewer fitting rows get no column"},
                   {.name = "pool_rare",
                    .type = ParameterType::boolean,
                    .initial = false,
                    .sentence = "rare and new values share a column `<name>=other`"}},
    .method = true,
    .run = run_features_one_hot,
}};

}  // namespace
}  // namespace rehearse::steps
