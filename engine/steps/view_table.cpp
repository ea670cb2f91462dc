// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_view_table(const StepCall& call, const StepContext&) {
  return one(
      call.input("table")->as_frame().slice(0, static_cast<std::size_t>(call.integer("rows"))));
}

const StepRegistration kViewTable{{
    .name = "view.table",
    .sentence = "The first rows of a table.",
    .example = "show.table { report }",
    .inputs = {{.name = "table", .kind = Kind::frame, .sentence = "the table"}},
    .outputs = {{.name = "view", .kind = Kind::frame}},
    .parameters = {{.name = "rows",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{200},
                    .low = 1,
                    .high = 100000,
                    .sentence = "rows shown"}},
    .run = run_view_table,
}};

}  // namespace
}  // namespace rehearse::steps
