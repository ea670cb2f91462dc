// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/document.hpp"

#include <optional>

namespace rehearse {
namespace {

Json cell_json(const Column& column, std::size_t row) {
  if (column.missing(row)) return nullptr;
  switch (column.type()) {
    case Type::dictionary: return std::string(column.text(row));
    case Type::boolean: return column.number(row) != 0;
    case Type::time: return column.values<std::int64_t>()[row];
    case Type::int64: return column.values<std::int64_t>()[row];
    case Type::int32: return column.values<std::int32_t>()[row];
    case Type::uint8: return column.values<std::uint8_t>()[row];
    case Type::float32:
    case Type::float64: return number_or_null(column.number(row));
  }
  return nullptr;
}

std::optional<Role> role_of(const std::string& name) {
  for (Role role : {Role::none, Role::feature, Role::label, Role::truth, Role::id, Role::time})
    if (name == role_name(role)) return role;
  return std::nullopt;
}

template <class T, class Read>
void add_column(Frame::Builder& builder, const std::string& name, const Json& cells,
                const ColumnInfo& info, Read read) {
  std::vector<T> values;
  std::vector<std::uint8_t> valid;
  bool any_missing = false;
  for (const Json& cell : cells) {
    values.push_back(cell.is_null() ? T{} : read(cell));
    valid.push_back(cell.is_null() ? 0 : 1);
    any_missing = any_missing || cell.is_null();
  }
  builder.add(name, std::move(values), info);
  if (any_missing) builder.missing(std::move(valid));
}

void add_typed(Frame::Builder& builder, const std::string& name, const std::string& type,
               const Json& cells, const ColumnInfo& info) {
  if (type == type_name(Type::dictionary))
    return add_column<std::string>(builder, name, cells, info,
                                   [](const Json& c) { return c.get<std::string>(); });
  if (type == type_name(Type::time))
    return add_column<Time>(builder, name, cells, info,
                            [](const Json& c) { return Time{c.get<std::int64_t>()}; });
  if (type == type_name(Type::float64) || type == type_name(Type::float32))
    return add_column<double>(builder, name, cells, info,
                              [](const Json& c) { return c.get<double>(); });
  if (type == type_name(Type::boolean))
    return add_column<std::uint8_t>(builder, name, cells, info, [](const Json& c) {
      return static_cast<std::uint8_t>(c.get<bool>());
    });
  add_column<std::int64_t>(builder, name, cells, info,
                           [](const Json& c) { return c.get<std::int64_t>(); });
}

Json block_json(const Heading& b) {
  return {{"block", "heading"}, {"level", b.level}, {"text", b.text}};
}
Json block_json(const Prose& b) { return {{"block", "prose"}, {"markdown", b.markdown}}; }
Json block_json(const Verbatim& b) { return {{"block", "verbatim"}, {"text", b.text}}; }
Json block_json(const Banner& b) {
  return {{"block", "banner"},
          {"tone", static_cast<int>(b.tone)},
          {"title", b.title},
          {"sentence", b.sentence}};
}
Json block_json(const Figure& b) {
  return {{"block", "figure"},    {"kind", b.kind},         {"title", b.title},
          {"x_title", b.x_title}, {"y_title", b.y_title},   {"see", b.see},
          {"options", b.options}, {"data", to_json(b.data)}};
}

Result<Figure> figure_from(const Json& json) {
  auto frame = frame_from_json(json.at("data"));
  if (!frame) return fail(frame.error());
  return Figure{json.at("kind"), json.at("title"),   json.at("x_title"), json.at("y_title"),
                json.at("see"),  json.at("options"), std::move(*frame)};
}

}  // namespace

Json to_json(const Frame& frame) {
  Json columns = Json::array();
  for (std::size_t i = 0; i < frame.columns(); ++i) {
    const Column& column = frame.column(i);
    Json cells = Json::array();
    for (std::size_t row = 0; row < column.size(); ++row) cells.push_back(cell_json(column, row));
    columns.push_back({{"name", column.name()},
                       {"type", type_name(column.type())},
                       {"role", role_name(column.role())},
                       {"unit", column.unit()},
                       {"cells", std::move(cells)}});
  }
  return columns;
}

Result<Frame> frame_from_json(const Json& json) {
  try {
    Frame::Builder builder;
    for (const Json& column : json) {
      ColumnInfo info;
      auto role = role_of(column.at("role").get<std::string>());
      if (!role)
        return fail(Code::bad_data, "column {}: unknown role",
                    column.at("name").get<std::string>());
      info.role = *role;
      info.unit = column.at("unit").get<std::string>();
      add_typed(builder, column.at("name"), column.at("type"), column.at("cells"), info);
    }
    return std::move(builder).build();
  } catch (const Json::exception& e) {
    return fail(Code::bad_data, "not a table in JSON: {}", e.what());
  }
}

Json to_json(const Document& document) {
  Json blocks = Json::array();
  for (const auto& block : document.blocks)
    blocks.push_back(std::visit([](const auto& b) { return block_json(b); }, block));
  return {
      {"title", document.title}, {"subtitle", document.subtitle}, {"blocks", std::move(blocks)}};
}

Result<Document> document_from_json(const Json& json) {
  try {
    Document document{json.at("title"), json.at("subtitle"), {}};
    for (const Json& block : json.at("blocks")) {
      const std::string kind = block.at("block");
      if (kind == "heading") {
        document.blocks.push_back(Heading{block.at("level"), block.at("text")});
      } else if (kind == "prose") {
        document.blocks.push_back(Prose{block.at("markdown")});
      } else if (kind == "verbatim") {
        document.blocks.push_back(Verbatim{block.at("text")});
      } else if (kind == "banner") {
        document.blocks.push_back(Banner{static_cast<Banner::Tone>(block.at("tone").get<int>()),
                                         block.at("title"), block.at("sentence")});
      } else if (kind == "figure") {
        auto figure = figure_from(block);
        if (!figure) return fail(figure.error());
        document.blocks.push_back(std::move(*figure));
      } else {
        return fail(Code::bad_data, "unknown block `{}` in the report", kind);
      }
    }
    return document;
  } catch (const Json::exception& e) {
    return fail(Code::bad_data, "not a report in JSON: {}", e.what());
  }
}

}  // namespace rehearse
