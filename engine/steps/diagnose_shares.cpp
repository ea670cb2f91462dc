// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/distributions.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_diagnose_shares(const StepCall& call, const StepContext&) {
  return one(diagnose::share_table(call.input("rows")->as_frame(), call.text("column"),
                                   call.text("by"),
                                   static_cast<std::size_t>(call.integer("levels"))));
}

const StepRegistration kDiagnoseShares{{
    .name = "diagnose.shares",
    .sentence = "The share of each level of a column within each cohort, with Wilson intervals.",
    .example = "diagnose.shares { log, column = \"media\", by = \"platform\" }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the table"}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {{.name = "column",
                    .type = ParameterType::text,
                    .sentence = "the column looked at"},
                   {.name = "by",
                    .type = ParameterType::text,
                    .initial = std::string(),
                    .sentence = "the column that makes the groups; none: all rows are one"},
                   {.name = "levels",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{12},
                    .low = 2,
                    .high = 100,
                    .sentence = "levels shown; the rest is other"}},
    .run = run_diagnose_shares,
}};

}  // namespace
}  // namespace rehearse::steps
