// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/residuals.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_diagnose_residuals(const StepCall& call, const StepContext&) {
  const Frame rows = call.input("on")->as_frame();
  auto judged = judge(*call.input("model")->scorer(), rows);
  if (!judged) return fail(judged.error());
  const diagnose::Predicted predicted{judged->scores, judged->labels, judged->truth,
                                      judged->probabilistic};
  diagnose::CohortOptions options;
  options.by = call.text("by");
  options.groups.quantiles = static_cast<int>(call.integer("quantiles"));
  if (call.given("cluster"))
    options.cluster = call.text("cluster");
  else if (rows.find("user_id"))
    options.cluster = "user_id";
  auto cohorts = diagnose::residuals_by_cohort(rows, predicted, options);
  if (!cohorts) return fail(cohorts.error());
  auto facts = diagnose::cohort_facts(*cohorts);
  if (!facts) return fail(facts.error());
  return Outputs{plan::Artifact::of(*std::move(cohorts)), plan::Artifact::of(*std::move(facts))};
}

const StepRegistration kDiagnoseResiduals{{
    .name = "diagnose.residuals",
    .sentence = "Where a model is wrong: mean residual and calibration of each cohort, with "
                "intervals clustered by user.",
    .example = "diagnose.residuals { model, on = live, by = \"platform\" }",
    .inputs = {{.name = "model", .kind = Kind::model, .sentence = "the model"},
               {.name = "on", .kind = Kind::frame, .sentence = "rows with labels", .named = true}},
    .outputs = {{.name = "cohorts", .kind = Kind::frame, .sentence = "a row a cohort"},
                {.name = "facts", .kind = Kind::frame, .sentence = "one row: rows, flagged"}},
    .parameters = {{.name = "by",
                    .type = ParameterType::text,
                    .sentence = "the column that makes the cohorts"},
                   {.name = "quantiles",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{5},
                    .low = 2,
                    .high = 50,
                    .sentence = "cohorts of a number with many values"},
                   {.name = "cluster",
                    .type = ParameterType::text,
                    .sentence = "rows of one value share their noise; user_id where there is one",
                    .optional = true}},
    .run = run_diagnose_residuals,
}};

}  // namespace
}  // namespace rehearse::steps
