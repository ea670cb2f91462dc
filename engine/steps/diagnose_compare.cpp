// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/distributions.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_diagnose_compare(const StepCall& call, const StepContext& context) {
  Frame rows = call.input("rows")->as_frame();
  if (call.boolean("independent")) {
    auto sample = independent_rows(rows);
    if (!sample) return fail(sample.error());
    rows = *std::move(sample);
  }
  diagnose::CompareOptions options;
  options.by = call.text("by");
  if (call.given("columns")) options.columns = call.texts("columns");
  auto distances = diagnose::compare_groups(rows, options, context.progress);
  if (!distances) return fail(distances.error());
  return one(diagnose::to_frame(*distances));
}

const StepRegistration kDiagnoseCompare{{
    .name = "diagnose.compare",
    .sentence = "How far apart the distributions of cohorts are, column by column: KS or Cramér's "
                "V, Wasserstein, Jensen-Shannon, adjusted p.",
    .example = "diagnose.compare { log, by = \"platform\" }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the table"}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {{.name = "by",
                    .type = ParameterType::text,
                    .sentence = "the column that makes the cohorts"},
                   {.name = "columns",
                    .type = ParameterType::texts,
                    .sentence = "what is compared; all features if not given",
                    .optional = true},
                   {.name = "independent",
                    .type = ParameterType::boolean,
                    .initial = true,
                    .sentence = "one row a session, so that rows may be taken as independent"}},
    .run = run_diagnose_compare,
}};

}  // namespace
}  // namespace rehearse::steps
