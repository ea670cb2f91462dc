// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/oncall.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_oncall_levels(const StepCall& call, const StepContext&) {
  return one(scenarios::signal_levels(call.input("seen")->as_frame(), call.text("segment")));
}

const StepRegistration kOncallLevels{{
    .name = "oncall.levels",
    .sentence = "Every signal in the last hour against what is usual at that hour of the day, the "
                "most unusual first.",
    .example = "oncall.levels { seen, segment = \"android\" }",
    .inputs = {operations_table("seen", "a table of oncall.seen")},
    .outputs = {{.name = "levels", .kind = Kind::frame}},
    .parameters = {choice_parameter("segment", "all", {"all", "ios", "android", "web"},
                                    "whose signals")},
    .run = run_oncall_levels,
}};

}  // namespace
}  // namespace rehearse::steps
