// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/distributions.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_diagnose_histogram(const StepCall& call, const StepContext&) {
  return one(diagnose::histogram_table(call.input("rows")->as_frame(), call.text("column"),
                                       call.text("by"), static_cast<int>(call.integer("bins")),
                                       call.boolean("log")));
}

const StepRegistration kDiagnoseHistogram{{
    .name = "diagnose.histogram",
    .sentence =
        "Histograms of a column laid over each other, each cohort summing to 1: series, x, y.",
    .example = "diagnose.histogram { log, column = \"post_votes\", by = \"click\" }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the table"}},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {{.name = "column",
                    .type = ParameterType::text,
                    .sentence = "the column looked at"},
                   {.name = "by",
                    .type = ParameterType::text,
                    .initial = std::string(),
                    .sentence = "the column that makes the groups; none: all rows are one"},
                   {.name = "bins",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{30},
                    .low = 2,
                    .high = 500,
                    .sentence = "number of bins"},
                   {.name = "log",
                    .type = ParameterType::boolean,
                    .initial = false,
                    .sentence = "bins of equal width in the logarithm"}},
    .run = run_diagnose_histogram,
}};

}  // namespace
}  // namespace rehearse::steps
