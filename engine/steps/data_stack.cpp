// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/base/frame.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_data_stack(const StepCall& call, const StepContext&) {
  const auto& tables = call.inputs.at("tables");
  const std::vector<std::string> names =
      call.texts("names").empty() ? call.labels.at("tables") : call.texts("names");
  if (names.size() != tables.size())
    return fail(Code::invalid_argument, "{} tables and {} names; each table has one of its own",
                tables.size(), names.size());
  std::vector<Frame> parts;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const Frame& rows = tables[i]->as_frame();
    Frame::Builder builder;
    builder.add(call.text("column"), std::vector<std::string>(rows.rows(), names[i]));
    auto column = std::move(builder).build();
    if (!column) return fail(column.error());
    auto named = rows.with(column->column(0));
    if (!named) return fail(named.error());
    parts.push_back(*std::move(named));
  }
  return one(Frame::concat(parts));
}

const StepRegistration kDataStack{{
    .name = "data.stack",
    .sentence = "The rows of several tables below each other, with a column that says from which.",
    .example = "data.stack { old, new, names = { \"control\", \"treatment\" } }",
    .inputs = {{.name = "tables",
                .kind = Kind::frame,
                .sentence = "tables with the same columns",
                .variadic = true}},
    .outputs = {{.name = "rows", .kind = Kind::frame}},
    .parameters = {{.name = "names",
                    .type = ParameterType::texts,
                    .initial = std::vector<std::string>{},
                    .sentence = "what to call the tables; none: as the script does"},
                   {.name = "column",
                    .type = ParameterType::text,
                    .initial = std::string("arm"),
                    .sentence = "the column that says so; one of that name is replaced"}},
    .run = run_data_stack,
}};

}  // namespace
}  // namespace rehearse::steps
