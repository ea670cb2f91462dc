// SPDX-License-Identifier: GPL-3.0-or-later
//
// Attraction with position bias taken out, and the examination curve as each way estimates it.
#include <cmath>

#include "engine/models/position.hpp"
#include "engine/sim/site.hpp"
#include "engine/steps/training.hpp"

namespace rehearse::steps {
namespace {

struct CurveRows {
  std::vector<double> position, examination;
  std::vector<std::string> series;
  void add(const std::string& name, const std::vector<double>& curve) {
    for (std::size_t k = 0; k < curve.size(); ++k) {
      position.push_back(static_cast<double>(k + 1));
      examination.push_back(curve[k]);
      series.push_back(name);
    }
  }
};

// What the log itself says, what the model says, and the truth where the script knows it.
Result<Frame> curves(const StepCall& call, const Frame& rows, const models::PositionModel& model) {
  CurveRows all;
  auto naive = models::click_rate_curve(rows, model.label());
  if (!naive) return fail(naive.error());
  all.add("click rate by position", naive->examination);
  if (call.text("method") == "em") all.add("EM", model.examination());
  const auto random = models::click_rate_curve(rows, model.label(), "position", "random_slate");
  if (random) all.add("random slates only", random->examination);
  if (call.given("true_position_bias"))
    all.add("truth", sim::examination_curve(static_cast<int>(naive->rows.size()),
                                            call.number("true_position_bias")));
  Frame::Builder builder;
  builder.add("position", std::move(all.position))
      .add("series", all.series)
      .add("examination", std::move(all.examination));
  return std::move(builder).build();
}

Result<Outputs> run_train_position(const StepCall& call, const StepContext& context) {
  const Frame& rows = call.input("rows")->as_frame();
  auto method = models::parse_position_method(call.text("method"));
  if (!method) return fail(method.error());
  models::PositionOptions options;
  options.method = *method;
  options.rounds = static_cast<int>(call.integer("rounds"));
  options.learner.alpha = call.number("alpha");
  options.learner.lambda2 = call.number("lambda2");
  if (call.given("features")) options.features.columns = call.texts("features");
  auto model = models::train_position(rows, options, context.progress);
  if (!model) return fail(model.error());
  auto table = curves(call, rows, **model);
  if (!table) return fail(table.error());
  return Outputs{plan::Artifact::of(ScorerPtr(*model)), plan::Artifact::of(std::move(*table))};
}

const StepRegistration kTrainPosition{{
    .name = "train.position",
    .sentence = "How attractive a post is where position decides too: examination × attraction "
                "(Wang et al. 2018).",
    .example = "local attraction, curve = train.position { past, method = \"em\" }",
    .inputs = {{.name = "rows",
                .kind = Kind::frame,
                .sentence = "rows with click and position; random_slate where there is one"}},
    .outputs = {{.name = "model", .kind = Kind::model, .sentence = "P(click | looked at)"},
                {.name = "curve",
                 .kind = Kind::frame,
                 .sentence = "examination by position, a series a way to estimate it"}},
    .parameters =
        {{.name = "method",
          .type = ParameterType::choice,
          .initial = std::string("em"),
          .choices = {"none", "ipw", "em"},
          .sentence = "position ignored, clicks weighted by random slates, or both learned"},
         {.name = "rounds",
          .type = ParameterType::integer,
          .initial = std::int64_t{12},
          .low = 1,
          .high = 200,
          .sentence = "passes over the rows"},
         {.name = "alpha", .initial = 0.1, .low = 1e-6, .high = 100, .sentence = "learning rate"},
         {.name = "lambda2",
          .initial = 1.0,
          .low = 0,
          .high = 1e6,
          .sentence = "shrinkage of the weights"},
         {.name = "features",
          .type = ParameterType::texts,
          .sentence = "what attraction may depend on; all features but position if not given",
          .optional = true},
         {.name = "true_position_bias",
          .type = ParameterType::number,
          .low = 0,
          .high = 2,
          .sentence = "the exponent that the site was made with, to draw the truth",
          .optional = true}},
    .run = run_train_position,
    .trail = trail_of_model,
}};

}  // namespace
}  // namespace rehearse::steps
