// SPDX-License-Identifier: GPL-3.0-or-later
//
// Predictions as a column beside the outcomes, so that any view of tables can draw them: the
// distribution of predictions given what happened, residuals over a feature.
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_measure_scores(const StepCall& call, const StepContext&) {
  const Scorer& model = *call.input("model")->scorer();
  const Frame& on = call.input("on")->as_frame();
  auto rows = judge(model, on);
  if (!rows) return fail(rows.error());
  std::vector<std::string> outcome;
  std::vector<double> residual;
  for (std::size_t i = 0; i < rows->labels.size(); ++i) {
    if (rows->probabilistic) outcome.push_back(rows->labels[i] == 1 ? "it happened" : "it did not");
    residual.push_back(rows->labels[i] - rows->scores[i]);
  }
  Frame::Builder builder;
  builder.add("prediction", rows->scores).add("residual", std::move(residual));
  if (rows->probabilistic) builder.add("outcome", outcome);
  auto columns = std::move(builder).build();
  if (!columns) return fail(columns.error());
  Frame table = on;
  for (std::size_t c = 0; c < columns->columns(); ++c) {
    auto wider = table.with(columns->column(c));
    if (!wider) return fail(wider.error());
    table = std::move(*wider);
  }
  return one(Result<Frame>(std::move(table)));
}

const StepRegistration kMeasureScores{{
    .name = "measure.scores",
    .sentence = "A table with the model's prediction, the residual and (for probabilities) the "
                "outcome in words as further columns.",
    .example = "show.ecdf { measure.scores { model, on = live }, column = \"prediction\", by = "
               "\"outcome\" }",
    .inputs = {{.name = "model", .kind = Kind::model, .sentence = "the model"},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .run = run_measure_scores,
}};

}  // namespace
}  // namespace rehearse::steps
