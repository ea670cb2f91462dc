// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenarios/oncall_sample.hpp"
#include "engine/steps/oncall.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_oncall_groups(const StepCall& call, const StepContext& context) {
  scenarios::Grouping grouping;
  grouping.by = call.text("by");
  grouping.names = call.texts("names");
  grouping.shares = call.numbers("shares");
  grouping.damage = call.numbers("damage");
  grouping.hours = static_cast<int>(call.integer("hours"));
  grouping.kept = call.number("kept");
  return one(scenarios::group_rates(call.input("seen")->as_frame(), call.input("clean")->as_frame(),
                                    grouping, context.seed));
}

const StepRegistration kOncallGroups{{
    .name = "oncall.groups",
    .sentence = "Click rates of the last hours by version, arm, country or any grouping, each hit "
                "as hard as its damage says.",
    .example =
        "oncall.groups { seen, clean, by = \"version\", names = { \"new\", \"old\" }, shares "
        "= { 0.9, 0.1 }, damage = { 1, 0 } }",
    .inputs = {operations_table("seen", "a table of oncall.seen"),
               operations_table("clean", "the same hours without the incident")},
    .outputs = {{.name = "groups", .kind = Kind::frame}},
    .parameters = {{.name = "by",
                    .type = ParameterType::text,
                    .initial = std::string("group"),
                    .sentence = "head of the column of names"},
                   {.name = "names", .type = ParameterType::texts, .sentence = "the groups"},
                   {.name = "shares",
                    .type = ParameterType::numbers,
                    .low = 0,
                    .high = 1e6,
                    .sentence = "of traffic; they need not sum to 1"},
                   {.name = "damage",
                    .type = ParameterType::numbers,
                    .low = 0,
                    .high = 100,
                    .sentence = "how hard each group is hit, against the others"},
                   integer_parameter("hours", 3, 1, 48, "how many hours back are counted"),
                   number_parameter("kept", 1, 1e-6, 1, "share of the rows that are counted")},
    .run = run_oncall_groups,
}};

}  // namespace
}  // namespace rehearse::steps
