// SPDX-License-Identifier: GPL-3.0-or-later
//
// Some columns of a table, in the order asked for: what a reader is to look at. A long table of
// everything is kept for whoever wants it; a view shows the five numbers that its sentence is
// about.
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_data_columns(const StepCall& call, const StepContext&) {
  const Frame& rows = call.input("rows")->as_frame();
  const std::vector<std::string> columns = call.texts("columns"), names = call.texts("names");
  if (!names.empty() && names.size() != columns.size())
    return fail(Code::invalid_argument, "{} columns and {} names; each column has one of its own",
                columns.size(), names.size());
  Frame kept;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    auto column = rows.require(columns[i]);
    if (!column) return fail(column.error());
    const std::string& name = names.empty() ? columns[i] : names[i];
    if (name.empty() || kept.find(name))
      return fail(Code::invalid_argument, "the name `{}` {}", name,
                  name.empty() ? "is empty; a column needs one" : "stands twice");
    auto with = kept.with((*column)->renamed(name));
    if (!with) return fail(with.error());
    kept = std::move(*with);
  }
  return one(std::move(kept));
}

const StepRegistration kDataColumns{{
    .name = "data.columns",
    .sentence = "Some columns of a table, in the order asked for, under other names if wanted.",
    .example = "data.columns { summary, columns = { \"series\", \"coverage\" } }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the table"}},
    .outputs = {{.name = "rows", .kind = Kind::frame}},
    .parameters = {{.name = "columns",
                    .type = ParameterType::texts,
                    .sentence = "those to keep, from left to right"},
                   {.name = "names",
                    .type = ParameterType::texts,
                    .initial = std::vector<std::string>{},
                    .sentence = "what to call them; none: as they are"}},
    .run = run_data_columns,
}};

}  // namespace
}  // namespace rehearse::steps
