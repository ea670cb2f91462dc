// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/oncall.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_oncall_seen(const StepCall& call, const StepContext&) {
  return one(scenarios::seen_until(call.input("world")->as_frame(), call.number("at")));
}

const StepRegistration kOncallSeen{{
    .name = "oncall.seen",
    .sentence = "What can be seen of the operations world at an hour: nothing later, no truth.",
    .example = "oncall.seen { site, at = 600 }",
    .inputs = {operations_table("world", "a table of simulate.operations")},
    .outputs = {{.name = "seen", .kind = Kind::frame}},
    .parameters = {number_parameter("at", 600, 1, 9600, "the hour of the page", "hours")},
    .run = run_oncall_seen,
}};

}  // namespace
}  // namespace rehearse::steps
