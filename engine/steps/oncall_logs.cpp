// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenarios/oncall_sample.hpp"
#include "engine/steps/oncall.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_oncall_logs(const StepCall& call, const StepContext& context) {
  scenarios::SampleOptions options;
  auto fault = scenarios::parse_row_fault(call.text("fault"));
  if (!fault) return fail(fault.error());
  options.fault = *fault;
  options.column = call.text("column");
  options.affected = call.number("affected");
  options.segment = call.text("segment") == "all" ? "" : call.text("segment");
  options.rows = static_cast<int>(call.integer("rows"));
  options.kept = call.number("kept");
  auto sample = scenarios::sample_logs(call.input("seen")->as_frame(), options, context.seed);
  if (!sample) return fail(sample.error());
  return Outputs{plan::Artifact::of(std::move(sample->lines)),
                 plan::Artifact::of(std::move(sample->summary))};
}

const StepRegistration kOncallLogs{{
    .name = "oncall.logs",
    .sentence = "Requests of the last hour that were logged in full: a feature as it was served "
                "beside the one that is computed offline, and how often they differ.",
    .example =
        "oncall.logs { seen, column = \"user_tenure_days\", fault = \"unit\", affected = 0.4 }",
    .inputs = {operations_table("seen", "a table of oncall.seen")},
    .outputs = {{.name = "lines", .kind = Kind::frame}, {.name = "summary", .kind = Kind::frame}},
    .parameters = {{.name = "column",
                    .type = ParameterType::text,
                    .initial = std::string("user_tenure_days"),
                    .sentence = "the feature that is compared"},
                   choice_parameter("fault", "none",
                                    {"none", "null", "unit", "stale", "renamed", "clipped"},
                                    "what is wrong with it online"),
                   number_parameter("affected", 0, 0, 1, "share of rows"),
                   choice_parameter("segment", "all", {"all", "ios", "android", "web"},
                                    "where it is wrong"),
                   integer_parameter("rows", 10, 1, 200, "lines shown"),
                   number_parameter("kept", 0.01, 1e-6, 1, "share of requests logged in full")},
    .run = run_oncall_logs,
}};

}  // namespace
}  // namespace rehearse::steps
