// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/oncall.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_oncall_strip(const StepCall& call, const StepContext&) {
  return one(scenarios::signal_strip(call.input("seen")->as_frame(), call.text("signal"),
                                     static_cast<int>(call.integer("hours"))));
}

const StepRegistration kOncallStrip{{
    .name = "oncall.strip",
    .sentence =
        "The last hours of one signal by platform, with the band that the whole usually keeps "
        "to.",
    .example = "oncall.strip { seen, signal = \"null_rate\" }",
    .inputs = {operations_table("seen", "a table of oncall.seen")},
    .outputs = {{.name = "strip", .kind = Kind::frame}},
    .parameters = {{.name = "signal",
                    .type = ParameterType::text,
                    .initial = std::string("ctr"),
                    .sentence = "a signal of simulate.operations"},
                   integer_parameter("hours", 72, 2, 672, "how far back")},
    .run = run_oncall_strip,
}};

}  // namespace
}  // namespace rehearse::steps
