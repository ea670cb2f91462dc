// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/distributions.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

// The scores of each model among the rows of each outcome, as a table of score and series.
Result<Frame> scores_by_outcome(const StepCall& call) {
  std::vector<double> scores;
  std::vector<std::string> series;
  const auto& models = call.inputs.at("models");
  for (std::size_t m = 0; m < models.size(); ++m) {
    auto rows = judge(*models[m]->scorer(), call.input("on")->as_frame());
    if (!rows) return fail(rows.error());
    for (std::size_t row = 0; row < rows->scores.size(); ++row) {
      scores.push_back(rows->scores[row]);
      series.push_back((models.size() > 1 ? call.labels.at("models")[m] + ", " : std::string()) +
                       (rows->labels[row] == 1 ? "clicked" : "not clicked"));
      if (rows->labels[row] != 0 && rows->labels[row] != 1)
        return fail(Code::invalid_argument,
                    "the label is {:g}; predictions are told by outcome for labels 0 and 1",
                    rows->labels[row]);
    }
  }
  Frame::Builder builder;
  builder.add("score", std::move(scores)).add("outcome", series);
  return std::move(builder).build();
}

Result<Outputs> run_diagnose_predicted(const StepCall& call, const StepContext&) {
  auto rows = scores_by_outcome(call);
  if (!rows) return fail(rows.error());
  if (call.text("as_curve") == "ecdf")
    return one(diagnose::ecdf_table(*rows, "score", "outcome",
                                    static_cast<std::size_t>(call.integer("points"))));
  return one(diagnose::histogram_table(
      *rows, "score", "outcome", static_cast<int>(call.integer("points")), call.boolean("log")));
}

const StepRegistration kDiagnosePredicted{{
    .name = "diagnose.predicted",
    .sentence = "P(predicted | actual): how a model scores the rows of each outcome: series, x, y.",
    .example = "diagnose.predicted { model, on = live }",
    .inputs = {{.name = "models", .kind = Kind::model, .sentence = "the models", .variadic = true},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {{.name = "as_curve",
                    .type = ParameterType::choice,
                    .initial = std::string("histogram"),
                    .choices = {"histogram", "ecdf"},
                    .sentence = "shares of bins, or the distribution function"},
                   {.name = "points",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{40},
                    .low = 2,
                    .high = 500,
                    .sentence = "bins, or points of a curve"},
                   {.name = "log",
                    .type = ParameterType::boolean,
                    .initial = false,
                    .sentence = "bins of equal width in the logarithm"}},
    .run = run_diagnose_predicted,
}};

}  // namespace
}  // namespace rehearse::steps
