// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/oncall.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_oncall_facts(const StepCall& call, const StepContext&) {
  return one(scenarios::incident_facts(call.input("broken")->as_frame(),
                                       call.input("clean")->as_frame(), call.number("at"),
                                       happening_given(call)));
}

const StepRegistration kOncallFacts{{
    .name = "oncall.facts",
    .sentence = "The numbers that a page and an update quote, as texts: every signal now, usually "
                "and its change, when it began, what was lost.",
    .example = "oncall.facts { site, quiet, at = 600, begin = 590, kind = \"null_feature\" }",
    .inputs = {operations_table("broken", "the world as it is"),
               operations_table("clean", "the same world without the incident")},
    .outputs = {{.name = "facts", .kind = Kind::frame}},
    .parameters = happening_parameters(),
    .run = run_oncall_facts,
}};

}  // namespace
}  // namespace rehearse::steps
