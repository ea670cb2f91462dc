// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/residuals.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_diagnose_heteroscedasticity(const StepCall& call, const StepContext&) {
  const Frame rows = call.input("on")->as_frame();
  auto judged = judge(*call.input("model")->scorer(), rows);
  if (!judged) return fail(judged.error());
  const diagnose::Predicted predicted{judged->scores, judged->labels, judged->truth,
                                      judged->probabilistic};
  return one(diagnose::heteroscedasticity(rows, predicted, call.texts("columns")));
}

const StepRegistration kDiagnoseHeteroscedasticity{{
    .name = "diagnose.heteroscedasticity",
    .sentence = "Does the spread of the residuals depend on a column? Breusch-Pagan in Koenker's "
                "form, alone and together.",
    .example = "diagnose.heteroscedasticity { model, on = live, columns = { \"hour\" } }",
    .inputs = {{.name = "model", .kind = Kind::model, .sentence = "the model"},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {{.name = "columns",
                    .type = ParameterType::texts,
                    .sentence = "what the spread may depend on"}},
    .run = run_diagnose_heteroscedasticity,
}};

}  // namespace
}  // namespace rehearse::steps
