// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/oncall.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_oncall_recent(const StepCall& call, const StepContext&) {
  return one(scenarios::recent_signals(call.input("seen")->as_frame(),
                                       static_cast<int>(call.integer("hours")),
                                       call.texts("signals")));
}

const StepRegistration kOncallRecent{{
    .name = "oncall.recent",
    .sentence =
        "The last hours of several signals, one row an hour and signal, with what is usual.",
    .example = "oncall.recent { seen, hours = 72, signals = { \"ctr\", \"sessions\" } }",
    .inputs = {operations_table("seen", "a table of oncall.seen")},
    .outputs = {{.name = "recent", .kind = Kind::frame}},
    .parameters = {integer_parameter("hours", 72, 2, 672, "how far back"),
                   {.name = "signals",
                    .type = ParameterType::texts,
                    .initial = std::vector<std::string>{},
                    .sentence = "signals of simulate.operations; none given: all"}},
    .run = run_oncall_recent,
}};

}  // namespace
}  // namespace rehearse::steps
