// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/oncall.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_oncall_signs(const StepCall& call, const StepContext&) {
  return one(scenarios::first_signs(call.input("seen")->as_frame(), call.number("begin")));
}

const StepRegistration kOncallSigns{{
    .name = "oncall.signs",
    .sentence = "Which signals left their usual band after an incident began, in order of time.",
    .example = "oncall.signs { seen, begin = 590 }",
    .inputs = {operations_table("seen", "a table of oncall.seen")},
    .outputs = {{.name = "signs", .kind = Kind::frame}},
    .parameters = {number_parameter("begin", 590, 0, 9600, "when it began", "hours")},
    .run = run_oncall_signs,
}};

}  // namespace
}  // namespace rehearse::steps
