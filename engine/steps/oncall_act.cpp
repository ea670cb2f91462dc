// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/oncall.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_oncall_act(const StepCall& call, const StepContext&) {
  scenarios::Response response;
  response.action = call.text("action");
  response.waited_min = call.number("waited"), response.minutes = call.number("minutes");
  response.leaves = call.number("leaves"), response.heals_h = call.number("heals");
  response.costs = call.number("costs"), response.costs_h = call.number("costs_hours");
  response.until_hour = call.number("until_hour");
  auto result = scenarios::act(call.input("broken")->as_frame(), call.input("clean")->as_frame(),
                               call.number("at"), happening_given(call), response);
  if (!result) return fail(result.error());
  return Outputs{plan::Artifact::of(std::move(result->outcome)),
                 plan::Artifact::of(std::move(result->path))};
}

std::vector<plan::Parameter> act_parameters() {
  std::vector<plan::Parameter> parameters = happening_parameters();
  for (plan::Parameter& parameter : std::vector<plan::Parameter>{
           {.name = "action", .type = ParameterType::text, .sentence = "what is done"},
           number_parameter("until_hour", 648, 0, 9600, "as far as the action is followed",
                            "hours"),
           number_parameter("waited", 20, 0, 2880, "from the page until it is decided", "minutes"),
           number_parameter("minutes", 10, 0, 2880, "until it takes hold", "minutes"),
           number_parameter("leaves", 0, 0, 3, "share of the damage that stays"),
           number_parameter("heals", 0, 0, 240, "from taking hold to its whole effect", "hours"),
           number_parameter("costs", 0, 0, 1, "share of clicks that it costs by itself"),
           number_parameter("costs_hours", 0, 0, 240, "for so long; 0: to the end", "hours")})
    parameters.push_back(std::move(parameter));
  return parameters;
}

const StepRegistration kOncallAct{{
    .name = "oncall.act",
    .sentence = "What an action would do: clicks lost from the page on, against the same world "
                "without the incident.",
    .example = "oncall.act { site, quiet, at = 600, begin = 590, kind = \"bad_deploy\", action = "
               "\"roll back\", minutes = 15 }",
    .inputs = {operations_table("broken", "the world as it is"),
               operations_table("clean", "the same world without the incident")},
    .outputs = {{.name = "outcome", .kind = Kind::frame}, {.name = "path", .kind = Kind::frame}},
    .parameters = act_parameters(),
    .run = run_oncall_act,
}};

}  // namespace
}  // namespace rehearse::steps
