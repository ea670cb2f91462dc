// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/compare.hpp"

#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_monitor_compare(const StepCall& call, const StepContext& context) {
  auto reference = independent_rows(call.input("reference")->as_frame()),
       current = independent_rows(call.input("on")->as_frame());
  if (!reference) return fail(reference.error());
  if (!current) return fail(current.error());
  auto report = monitor::compare(*reference, *current,
                                 {static_cast<int>(call.integer("bins")), 0.05, context.seed},
                                 context.progress);
  if (!report) return fail(report.error());
  return one(monitor::to_frame(*report));
}

const StepRegistration kMonitorCompare{{
    .name = "monitor.compare",
    .sentence = "Two tables compared column by column.",
    .example = "monitor.compare { reference, on = later }",
    .inputs =
        {{.name = "reference", .kind = Kind::frame, .sentence = "the rows to compare with"},
         {.name = "on", .kind = Kind::frame, .sentence = "the rows to compare", .named = true}},
    .outputs = {{.name = "columns", .kind = Kind::frame}},
    .parameters = {{.name = "bins",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{10},
                    .low = 2,
                    .high = 100,
                    .sentence = "number of bins"}},
    .run = run_monitor_compare,
}};

}  // namespace
}  // namespace rehearse::steps
