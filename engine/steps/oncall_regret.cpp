// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/steps/oncall.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_oncall_regret(const StepCall& call, const StepContext&) {
  double least = 0, chosen = 0;
  bool found = false, first = true;
  for (const plan::ArtifactPtr& input : call.inputs.at("outcomes")) {
    const Frame& frame = input->as_frame();
    const Column *action = frame.find("action"), *lost = frame.find("lost"),
                 *expected = frame.find("expected");
    if (!action || !lost || !expected || frame.rows() != 1)
      return fail(Code::bad_data, "oncall.regret takes first results of oncall.act");
    const double share = lost->number(0) / expected->number(0);
    least = first ? share : std::min(least, share);
    first = false;
    if (action->cell(0) == call.text("right")) chosen = share, found = true;
  }
  if (!found)
    return fail(Code::invalid_argument, "no outcome is of the action `{}`", call.text("right"));
  Frame::Builder builder;
  builder.add("regret", std::vector<double>{chosen - least}, {.unit = "share of clicks"});
  return one(std::move(builder).build());
}

const StepRegistration kOncallRegret{{
    .name = "oncall.regret",
    .sentence = "Clicks that an action loses beyond the best of those given, as a share of all.",
    .example = "oncall.regret { rolled_back, waited, right = \"roll back\" }",
    .inputs = {{.name = "outcomes",
                .kind = Kind::frame,
                .sentence = "first results of oncall.act",
                .variadic = true}},
    .outputs = {{.name = "regret", .kind = Kind::frame}},
    .parameters = {{.name = "right",
                    .type = ParameterType::text,
                    .sentence = "the action that is held to be right"}},
    .run = run_oncall_regret,
}};

}  // namespace
}  // namespace rehearse::steps
