// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/impressions.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

// Somebody's own log may be shorter than the story's.
Error empty_part(const Frame& log, const std::vector<int>& marks, std::size_t part) {
  const Column& day = *log.find("day");
  const std::string from = part ? fmt::format("from day {}", marks[part - 1]) : "at the start",
                    until = part < marks.size() ? fmt::format(" to day {}", marks[part] - 1) : "",
                    covers = log.rows() ? fmt::format("the days {:g} to {:g}", day.number(0),
                                                      day.number(log.rows() - 1))
                                        : "no day at all";
  return {Code::bad_data,
          fmt::format("the part {}{} holds no rows: the log covers {}", from, until, covers)};
}

Result<Outputs> run_split(const StepCall& call, const StepContext&) {
  std::vector<int> marks;
  for (const double day : call.numbers("days")) marks.push_back(static_cast<int>(day));
  auto parts = sim::split_by_day(call.input("log")->as_frame(), marks);
  if (!parts) return fail(parts.error());
  for (std::size_t i = 0; i < parts->size(); ++i)
    if ((*parts)[i].rows() == 0) return fail(empty_part(call.input("log")->as_frame(), marks, i));
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
