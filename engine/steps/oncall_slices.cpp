// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/oncall.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_oncall_slices(const StepCall& call, const StepContext&) {
  return one(scenarios::segment_levels(call.input("seen")->as_frame(), call.text("signal")));
}

const StepRegistration kOncallSlices{{
    .name = "oncall.slices",
    .sentence = "One signal by segment in the last hour against what is usual, the most unusual "
                "segment first.",
    .example = "oncall.slices { seen, signal = \"ctr\" }",
    .inputs = {operations_table("seen", "a table of oncall.seen")},
    .outputs = {{.name = "slices", .kind = Kind::frame}},
    .parameters = {{.name = "signal",
                    .type = ParameterType::text,
                    .initial = std::string("ctr"),
                    .sentence = "a signal of simulate.operations"}},
    .run = run_oncall_slices,
}};

}  // namespace
}  // namespace rehearse::steps
