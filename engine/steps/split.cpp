// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/impressions.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_split(const StepCall& call, const StepContext&) {
  std::vector<int> marks;
  for (const double day : call.numbers("days")) marks.push_back(static_cast<int>(day));
  auto parts = sim::split_by_day(call.input("log")->as_frame(), marks);
  if (!parts) return fail(parts.error());
  Outputs outputs;
  for (Frame& part : *parts) outputs.push_back(plan::Artifact::of(std::move(part)));
  return outputs;
}

const StepRegistration kSplit{{
    .name = "data.split",
    .sentence = "Cut a log at days: each part ends where the next begins.",
    .example = "local past, hold, live = log:split { days = { 14, 21 } }",
    .inputs = {{.name = "log",
                .kind = Kind::frame,
                .sentence = "rows in order of time, with a column day"}},
    .outputs = {{.name = "part", .kind = Kind::frame}},
    .list_output = true,
    .output_count = [](const StepCall& call) { return call.numbers("days").size() + 1; },
    .parameters = {{.name = "days",
                    .type = ParameterType::numbers,
                    .low = 0,
                    .high = 366,
                    .unit = "days",
                    .sentence = "the first day of each part but the first, ascending"}},
    .method = true,
    .run = run_split,
}};

}  // namespace
}  // namespace rehearse::steps
