// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/learned_policy.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_policy_propensity(const StepCall& call, const StepContext&) {
  const Frame& log = call.input("log")->as_frame();
  auto counted = recommend::counted_propensities(log, call.text("context"), call.text("action"));
  if (!counted) return fail(counted.error());
  Frame::Builder builder;
  builder.add(call.text("column"), *std::move(counted));
  auto column = std::move(builder).build();
  if (!column) return fail(column.error());
  return one(log.with(column->column(0)));
}

const StepRegistration kPolicyPropensity{{
    .name = "policy.propensity",
    .sentence = "Propensities guessed by counting, as if none had been logged.",
    .example = "policy.propensity { log }",
    .inputs = {{.name = "log", .kind = Kind::frame, .sentence = "a row a visit"}},
    .outputs = {{.name = "log",
                 .kind = Kind::frame,
                 .sentence = "with the share of its segment's visits that got this post"}},
    .parameters = {text_parameter("context", "segment", "the column by which the policy chose"),
                   text_parameter("action", "post", "the column of what was shown"),
                   text_parameter("column", "propensity", "where the guess is written")},
    .run = run_policy_propensity,
}};

}  // namespace
}  // namespace rehearse::steps
