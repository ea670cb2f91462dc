// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/learned_policy.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_policy_learn(const StepCall& call, const StepContext&) {
  return one(recommend::learn_policy(
      call.input("log")->as_frame(), call.text("context"), call.text("action"), call.text("reward"),
      {call.number("shrink"), call.number("temperature"), call.number("explore")}));
}

const StepRegistration kPolicyLearn{{
    .name = "policy.learn",
    .sentence = "A policy from the clicks of a log: rates of pairs, shrunk to those of their post.",
    .example = "policy.learn { log, temperature = 0.2 }",
    .inputs = {{.name = "log", .kind = Kind::frame, .sentence = "a row a visit"}},
    .outputs = {{.name = "policy",
                 .kind = Kind::frame,
                 .sentence = "context, action, target (its probability), score (log-odds)"}},
    .parameters = {text_parameter("context", "segment", "the column by which it chooses"),
                   text_parameter("action", "post", "the column of what is shown"),
                   text_parameter("reward", "click", "the column of clicks"),
                   number_parameter("shrink", 20, 0, 1e9,
                                    "rounds that the post's own rate is worth", "rounds"),
                   number_parameter("temperature", 0.2, 1e-3, 1e3,
                                    "of the policy in log-odds: near 0 it shows the best alone"),
                   number_parameter("explore", 0, 0, 1, "share of visits that get any post")},
    .run = run_policy_learn,
}};

}  // namespace
}  // namespace rehearse::steps
