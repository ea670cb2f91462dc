// SPDX-License-Identifier: GPL-3.0-or-later
//
// A numeric label seen as an event: above a bound, or not. In the simulated site the probability of
// a long dwell is known and stands beside it as truth.
#include <cmath>

#include "engine/sim/long_dwell.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_data_event(const StepCall& call, const StepContext&) {
  const Frame& rows = call.input("rows")->as_frame();
  auto column = rows.require(call.text("column"));
  if (!column) return fail(column.error());
  if (!(*column)->numeric())
    return fail(Code::invalid_argument, "the column `{}` holds texts; an event needs numbers",
                call.text("column"));
  const double above = call.number("above");
  std::vector<std::uint8_t> event(rows.rows());
  for (std::size_t row = 0; row < event.size(); ++row) {
    const double value = (*column)->number(row);
    if (std::isnan(value))
      return fail(Code::bad_data, "row {}: `{}` is missing, so whether it is above {} is not known",
                  row, call.text("column"), above);
    event[row] = value > above;
  }
  Frame::Builder builder;
  const std::string name = call.text("name");
  builder.add(name, std::move(event), {.role = Role::label});
  const bool site = call.text("column") == "dwell_seconds" && above > 0;
  if (auto truth = site ? sim::dwell_exceeds(rows, above) : std::nullopt)
    builder.add(name + "_probability", std::move(*truth),
                {.role = Role::truth, .unit = "probability", .truth_of = name});
  auto added = std::move(builder).build();
  if (!added) return fail(added.error());
  Result<Frame> with = rows;
  for (std::size_t c = 0; c < added->columns() && with; ++c) with = with->with(added->column(c));
  return one(std::move(with));
}

const StepRegistration kDataEvent{{
    .name = "data.event",
    .sentence = "A number seen as an event: a label that is 1 where a column is above a bound.",
    .example = "data.event { past, column = \"dwell_seconds\", above = 30, name = \"stayed\" }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the table"}},
    .outputs = {{.name = "rows", .kind = Kind::frame}},
    .parameters = {{.name = "column", .type = ParameterType::text, .sentence = "the number"},
                   {.name = "above", .sentence = "the bound"},
                   {.name = "name",
                    .type = ParameterType::text,
                    .initial = std::string("event"),
                    .sentence = "the new label's name"}},
    .run = run_data_event,
}};

}  // namespace
}  // namespace rehearse::steps
