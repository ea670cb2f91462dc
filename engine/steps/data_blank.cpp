// SPDX-License-Identifier: GPL-3.0-or-later
//
// Columns emptied: what production has of a column that is only known afterwards.
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Frame> emptied(const Column& column, std::size_t rows) {
  std::vector<std::uint8_t> none(rows, 0);
  Frame::Builder builder;
  const std::string& name = column.name();
  switch (column.type()) {
    case Type::dictionary:
      builder.add_dictionary(name, std::vector<std::int32_t>(rows, -1),
                             std::make_shared<const std::vector<std::string>>(), column.info());
      return std::move(builder).build();
    case Type::float64: builder.add(name, std::vector<double>(rows), column.info()); break;
    case Type::float32: builder.add(name, std::vector<float>(rows), column.info()); break;
    case Type::int64: builder.add(name, std::vector<std::int64_t>(rows), column.info()); break;
    case Type::int32: builder.add(name, std::vector<std::int32_t>(rows), column.info()); break;
    case Type::uint8: builder.add(name, std::vector<std::uint8_t>(rows), column.info()); break;
    case Type::boolean:
      builder.add_boolean(name, std::vector<std::uint8_t>(rows), column.info());
      break;
    case Type::time: builder.add_time(name, std::vector<std::int64_t>(rows), column.info()); break;
  }
  builder.missing(std::move(none));
  return std::move(builder).build();
}

Result<Outputs> run_data_blank(const StepCall& call, const StepContext&) {
  Frame rows = call.input("rows")->as_frame();
  for (const std::string& name : call.texts("columns")) {
    auto column = rows.require(name);
    if (!column) return fail(column.error());
    auto empty = emptied(**column, rows.rows());
    if (!empty) return fail(empty.error());
    auto with = rows.with(empty->column(0));
    if (!with) return fail(with.error());
    rows = std::move(*with);
  }
  return one(std::move(rows));
}

const StepRegistration kDataBlank{{
    .name = "data.blank",
    .sentence = "A table with columns emptied, as production has them where they are only known "
                "afterwards.",
    .example = "data.blank { live, columns = { \"open_seconds\" } }",
    .inputs = {{.name = "rows", .kind = Kind::frame, .sentence = "the table"}},
    .outputs = {{.name = "rows", .kind = Kind::frame}},
    .parameters = {{.name = "columns",
                    .type = ParameterType::texts,
                    .sentence = "the columns to empty"}},
    .run = run_data_blank,
}};

}  // namespace
}  // namespace rehearse::steps
