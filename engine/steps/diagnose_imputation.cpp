// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/missingness.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_diagnose_imputation(const StepCall& call, const StepContext&) {
  diagnose::ImputationOptions options;
  options.column = call.text("column");
  options.label = call.text("label");
  options.by = call.texts("by");
  if (call.given("truth")) options.truth = call.text("truth");
  return one(diagnose::imputation_effects(call.input("rows")->as_frame(), options));
}

const StepRegistration kDiagnoseImputation{{
    .name = "diagnose.imputation",
    .sentence = "What each way to fill gaps does to a column and to its slope on the label, beside "
                "the truth where it is known.",
    .example = "diagnose.imputation { log, column = \"post_votes\", by = { \"affinity\" }, label = "
               "\"click\" }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the table"}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {{.name = "column",
                    .type = ParameterType::text,
                    .sentence = "the column with gaps"},
                   {.name = "by",
                    .type = ParameterType::texts,
                    .sentence = "columns that the regression fill may use"},
                   {.name = "label",
                    .type = ParameterType::text,
                    .sentence = "the label whose dependence is measured"},
                   {.name = "truth",
                    .type = ParameterType::text,
                    .sentence = "the column of true values, in a simulated world",
                    .optional = true}},
    .run = run_diagnose_imputation,
}};

}  // namespace
}  // namespace rehearse::steps
