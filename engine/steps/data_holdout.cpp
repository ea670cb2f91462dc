// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/marshal.hpp"
#include "engine/validation/splits.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_data_holdout(const StepCall& call, const StepContext& context) {
  validation::HoldoutOptions options;
  auto by = validation::parse_holdout(call.text("by"));
  if (!by) return fail(by.error());
  options.by = *by;
  options.share = call.number("share");
  options.seed = context.seed;
  options.user = call.text("user");
  const Frame& rows = call.input("rows")->as_frame();
  auto fold = validation::make_holdout(rows, options);
  if (!fold) return fail(fold.error());
  return Outputs{plan::Artifact::of(rows.take(fold->train)),
                 plan::Artifact::of(rows.take(fold->test))};
}

const StepRegistration kDataHoldout{{
    .name = "data.holdout",
    .sentence = "Hold out a part of a table: at random, the last in time, or whole users.",
    .example = "local train, held = data.holdout { rows, by = \"user\", share = 0.2 }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the table"}},
    .outputs = {{.name = "train", .kind = Kind::frame, .sentence = "what stays"},
                {.name = "held", .kind = Kind::frame, .sentence = "what is held out"}},
    .parameters = {{.name = "by",
                    .type = ParameterType::choice,
                    .initial = std::string("time"),
                    .choices = {"random", "time", "user"},
                    .sentence = "what will be new: rows, later moments, or users"},
                   {.name = "share",
                    .initial = 0.2,
                    .low = 0.001,
                    .high = 0.999,
                    .sentence = "share of rows (of users) that is held out"},
                   {.name = "user",
                    .type = ParameterType::text,
                    .initial = std::string("user_id"),
                    .sentence = "the column that says whose a row is"}},
    .run = run_data_holdout,
}};

}  // namespace
}  // namespace rehearse::steps
