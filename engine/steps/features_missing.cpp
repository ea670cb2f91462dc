// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/impute.hpp"
#include "engine/steps/features_common.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_features_missing(const StepCall& call, const StepContext&) {
  const std::vector<Frame> tables = tables_of(call);
  auto filling = features::parse_filling(call.text("filling"));
  if (!filling) return fail(filling.error());
  features::ImputeOptions options;
  options.columns =
      call.given("columns") ? call.texts("columns") : features::columns_with_missing(tables);
  options.filling = *filling;
  options.constant = call.number("constant");
  if (call.given("digits")) options.digits = static_cast<int>(call.integer("digits"));
  options.indicator = call.boolean("indicator");
  if (options.columns.empty()) return all_of(tables);
  auto imputer = features::Imputer::fit(tables.front(), options);
  if (!imputer) return fail(imputer.error());
  return each_of(tables, [&](const Frame& table) { return imputer->apply(table); });
}

const StepRegistration kFeaturesMissing{{
    .name = "features.missing",
    .sentence =
        with_scope("Fill in missing values and mark where they were, in columns `<name>_missing`.",
                   features::TimeScope::fit_rows),
    .example = "features.missing { past, live, filling = \"median\", as = \"past2, live2\" }",
    .inputs = {tables_port()},
    .outputs = {{.name = "rows", .kind = Kind::frame}},
    .list_output = true,
    .output_count = as_many_as_tables,
    .parameters =
        {columns_parameter("the columns to fill; every feature that misses a value if not given",
                           true),
         {.name = "filling",
          .type = ParameterType::choice,
          .initial = std::string("median"),
          .choices = {"none", "zero", "constant", "mean", "median", "most_common"},
          .sentence = "what stands in an empty cell of numbers; texts become the most common one, "
                      "or `missing`"},
         {.name = "constant",
          .initial = -1.0,
          .low = -1e9,
          .high = 1e9,
          .sentence = "the number of filling = \"constant\""},
         {.name = "digits",
          .type = ParameterType::integer,
          .low = 0,
          .high = 9,
          .sentence = "decimals that a mean or a median is rounded to",
          .optional = true},
         {.name = "indicator",
          .type = ParameterType::boolean,
          .initial = true,
          .sentence = "a column of 0 or 1 that says where a value was missing"}},
    .method = true,
    .run = run_features_missing,
}};

}  // namespace
}  // namespace rehearse::steps
