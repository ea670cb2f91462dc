// SPDX-License-Identifier: GPL-3.0-or-later
//
// A feature that goes wrong in a part of the traffic: what a release of one client does. The world
// and its clicks stay as they were; only what the model is told changes.
#include <algorithm>

#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

// 1 for each row that meets all conditions (column, value, column, value …) from that day on.
Result<std::vector<std::uint8_t>> broken_rows(const StepCall& call, const Frame& rows) {
  const auto where = call.texts("where");
  if (where.size() % 2)
    return fail(Code::invalid_argument,
                "where = {{ column, value, … }} comes in pairs, and {} texts are none",
                where.size());
  std::vector<std::uint8_t> hit(rows.rows(), 1);
  for (std::size_t i = 0; i < where.size(); i += 2) {
    auto column = rows.require(where[i]);
    if (!column) return fail(column.error());
    for (std::size_t row = 0; row < hit.size(); ++row)
      hit[row] = hit[row] && (*column)->cell(row) == where[i + 1];
  }
  if (call.number("from_day") > 0) {
    auto day = rows.require("day");
    if (!day) return fail(day.error());
    for (std::size_t row = 0; row < hit.size(); ++row)
      hit[row] = hit[row] && (*day)->number(row) >= call.number("from_day");
  }
  if (!rows.rows() || std::count(hit.begin(), hit.end(), 1) == 0)
    return fail(Code::bad_data, "no row of {} is in that part of the traffic", rows.rows());
  return hit;
}

template <class T>
std::vector<T> with_zero(const Column& column, const std::vector<std::uint8_t>& hit, bool zero) {
  std::vector<T> values(column.values<T>().begin(), column.values<T>().end());
  for (std::size_t row = 0; row < values.size(); ++row)
    if (zero && hit[row]) values[row] = 0;
  return values;
}

Result<Frame> broken(const Column& column, const std::vector<std::uint8_t>& hit, bool zero) {
  Frame::Builder b;
  const std::string& name = column.name();
  const ColumnInfo info = column.info();
  switch (column.type()) {
    case Type::dictionary: {
      if (zero)
        return fail(Code::invalid_argument,
                    "`{}` holds texts, which have no zero; use how = \"null\"", name);
      b.add_dictionary(name, with_zero<std::int32_t>(column, hit, false),
                       std::make_shared<const std::vector<std::string>>(column.dictionary()), info);
      break;
    }
    case Type::float64: b.add(name, with_zero<double>(column, hit, zero), info); break;
    case Type::float32: b.add(name, with_zero<float>(column, hit, zero), info); break;
    case Type::int64: b.add(name, with_zero<std::int64_t>(column, hit, zero), info); break;
    case Type::int32: b.add(name, with_zero<std::int32_t>(column, hit, zero), info); break;
    case Type::uint8: b.add(name, with_zero<std::uint8_t>(column, hit, zero), info); break;
    default:
      return fail(Code::invalid_argument, "`{}` is a column of {}; a number or a text breaks", name,
                  type_name(column.type()));
  }
  std::vector<std::uint8_t> valid(column.size());
  for (std::size_t row = 0; row < valid.size(); ++row)
    valid[row] = zero && hit[row] ? 1 : !column.missing(row) && !(hit[row] && !zero);
  if (std::count(valid.begin(), valid.end(), 0) > 0) b.missing(std::move(valid));
  return std::move(b).build();
}

Result<Outputs> run_data_corrupt(const StepCall& call, const StepContext&) {
  Frame rows = call.input("rows")->as_frame();
  auto hit = broken_rows(call, rows);
  if (!hit) return fail(hit.error());
  for (const std::string& name : call.texts("columns")) {
    auto column = rows.require(name);
    if (!column) return fail(column.error());
    if ((*column)->role() != Role::feature)
      return fail(Code::invalid_argument,
                  "`{}` is no feature; only what a model reads can break here", name);
    auto one_column = broken(**column, *hit, call.text("how") == "zero");
    if (!one_column) return fail(one_column.error());
    auto with = rows.with(one_column->column(0));
    if (!with) return fail(with.error());
    rows = std::move(*with);
  }
  return one(std::move(rows));
}

const StepRegistration kDataCorrupt{{
    .name = "data.corrupt",
    .sentence = "A table with features that are null or silently zero in a part of the traffic.",
    .example =
        "data.corrupt { live, columns = { \"affinity\" }, where = { \"platform\", \"ios\" } }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the table"}},
    .outputs = {{.name = "rows", .kind = Kind::frame}},
    .parameters = {{.name = "columns",
                    .type = ParameterType::texts,
                    .sentence = "the features that break"},
                   {.name = "where",
                    .type = ParameterType::texts,
                    .initial = std::vector<std::string>{},
                    .sentence = "the part: a column and its value, and so on; none: everywhere"},
                   choice_parameter("how", "null", {"null", "zero"},
                                    "missing, or a default that looks like a value"),
                   number_parameter("from_day", 0, 0, 3660, "the first day of it", "days")},
    .run = run_data_corrupt,
}};

}  // namespace
}  // namespace rehearse::steps
