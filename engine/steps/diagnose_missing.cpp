// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/missingness.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_diagnose_missing(const StepCall& call, const StepContext& context) {
  Frame rows = call.input("rows")->as_frame();
  if (call.boolean("independent")) {
    auto sample = independent_rows(rows);
    if (!sample) return fail(sample.error());
    rows = *std::move(sample);
  }
  diagnose::MissingnessOptions options;
  options.column = call.text("column");
  options.by = call.texts("by");
  if (call.given("truth")) options.truth = call.text("truth");
  options.level = call.number("level");
  auto report = diagnose::missingness(rows, options, context.progress);
  if (!report) return fail(report.error());
  return Outputs{plan::Artifact::of(diagnose::to_frame(*report, options.level)),
                 plan::Artifact::of(diagnose::mechanism_facts(*report))};
}

const StepRegistration kDiagnoseMissing{{
    .name = "diagnose.missing",
    .sentence = "Why is a column missing? Little's test, missingness explained by the observed "
                "columns and, where the truth is known, by the value itself.",
    .example =
        "diagnose.missing { log, column = \"post_votes\", by = { \"platform\", \"affinity\" } }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the table"}},
    .outputs = {{.name = "tests", .kind = Kind::frame},
                {.name = "facts", .kind = Kind::frame, .sentence = "one row: the p-values"}},
    .parameters = {{.name = "column",
                    .type = ParameterType::text,
                    .sentence = "the column with gaps"},
                   {.name = "by",
                    .type = ParameterType::texts,
                    .sentence = "observed columns that may explain the gaps"},
                   {.name = "truth",
                    .type = ParameterType::text,
                    .sentence = "the column of true values, in a simulated world",
                    .optional = true},
                   {.name = "level",
                    .initial = 0.05,
                    .low = 1e-9,
                    .high = 0.5,
                    .sentence = "p below which a test is read as a finding"},
                   {.name = "independent",
                    .type = ParameterType::boolean,
                    .initial = true,
                    .sentence = "one row a session, so that rows may be taken as independent"}},
    .run = run_diagnose_missing,
}};

}  // namespace
}  // namespace rehearse::steps
