// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/distributions.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_diagnose_ecdf(const StepCall& call, const StepContext&) {
  return one(diagnose::ecdf_table(call.input("rows")->as_frame(), call.text("column"),
                                  call.text("by"),
                                  static_cast<std::size_t>(call.integer("points"))));
}

const StepRegistration kDiagnoseEcdf{{
    .name = "diagnose.ecdf",
    .sentence = "Empirical distribution functions of a column, a curve a cohort: series, x, y.",
    .example = "diagnose.ecdf { log, column = \"post_votes\", by = \"click\" }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the table"}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {{.name = "column",
                    .type = ParameterType::text,
                    .sentence = "the column looked at"},
                   {.name = "by",
                    .type = ParameterType::text,
                    .initial = std::string(),
                    .sentence = "the column that makes the groups; none: all rows are one"},
                   {.name = "points",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{200},
                    .low = 2,
                    .high = 5000,
                    .sentence = "points of a curve at most"}},
    .run = run_diagnose_ecdf,
}};

}  // namespace
}  // namespace rehearse::steps
