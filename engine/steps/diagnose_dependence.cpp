// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/residuals.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_diagnose_dependence(const StepCall& call, const StepContext& context) {
  const Frame rows = call.input("on")->as_frame();
  diagnose::DependenceOptions options;
  options.column = call.text("column");
  options.points = static_cast<int>(call.integer("points"));
  options.sample = static_cast<std::size_t>(call.integer("sample"));
  options.individuals = static_cast<std::size_t>(call.integer("individuals"));
  const Scorer& model = *call.input("model")->scorer();
  std::vector<double> labels;
  if (call.boolean("observed"))
    if (auto known = labels_of(rows, model.label())) labels = *std::move(known);
  return one(diagnose::partial_dependence(model, rows, labels, options, context.progress));
}

const StepRegistration kDiagnoseDependence{{
    .name = "diagnose.dependence",
    .sentence = "Partial dependence and individual curves: a model's answer while one column "
                "moves: series, x, y.",
    .example = "diagnose.dependence { model, on = live, column = \"position\" }",
    .inputs = {{.name = "model", .kind = Kind::model, .sentence = "the model"},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {{.name = "column",
                    .type = ParameterType::text,
                    .sentence = "the column looked at"},
                   {.name = "points",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{20},
                    .low = 2,
                    .high = 200,
                    .sentence = "places visited"},
                   {.name = "sample",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{300},
                    .low = 1,
                    .high = 100000,
                    .sentence = "rows averaged over"},
                   {.name = "individuals",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{6},
                    .low = 0,
                    .high = 50,
                    .sentence = "rows drawn on their own"},
                   {.name = "observed",
                    .type = ParameterType::boolean,
                    .initial = true,
                    .sentence = "the mean label near each place beside it"}},
    .run = run_diagnose_dependence,
}};

}  // namespace
}  // namespace rehearse::steps
