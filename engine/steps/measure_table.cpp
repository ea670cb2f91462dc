// SPDX-License-Identifier: GPL-3.0-or-later
//
// The mean of a column: what expectations and goals read of a table.
#include <cmath>
#include <limits>

#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

// What the table itself says of its undefined numbers.
std::string reason_of(const Frame& table, const std::string& name) {
  const Column* why = table.find("why");
  for (std::size_t row = 0; why && !why->numeric() && row < table.rows(); ++row)
    if (!why->missing(row) && !why->text(row).empty()) return std::string(why->text(row));
  return "the column `" + name + "` has no values here";
}

Result<Outputs> run_measure_table(const StepCall& call, const StepContext&) {
  auto column = call.input("subject")->as_frame().require(call.text("metric"));
  if (!column) return fail(column.error());
  if (!(*column)->numeric())
    return fail(Code::invalid_argument,
                "the column `{}` holds texts; a number is needed to expect something of",
                call.text("metric"));
  double sum = 0, count = 0;
  for (const double value : (*column)->numbers())
    if (std::isfinite(value)) sum += value, count += 1;
  if (count == 0)
    return measured(std::numeric_limits<double>::quiet_NaN(),
                    reason_of(call.input("subject")->as_frame(), call.text("metric")));
  return measured(sum / count, "");
}

const StepRegistration kMeasureTable{{
    .name = "measure.table",
    .sentence = "The mean of one column of a table.",
    .example = "expect.below { psi, \"false_alarm_rate\", 0.2 }",
    .inputs = {{.name = "subject", .kind = Kind::frame, .sentence = "the table"}},
    .outputs = {{.name = "value", .kind = Kind::frame}},
    .parameters = {{.name = "metric",
                    .type = ParameterType::text,
                    .sentence = "the column's name"}},
    .run = run_measure_table,
}};

}  // namespace
}  // namespace rehearse::steps
