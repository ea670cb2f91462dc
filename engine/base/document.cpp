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
    case Type::time:
    case Type::int64: return column.values<std::int64_t>()[row];
    case Type::int32: return column.values<std::int32_t>()[row];
    case Type::uint8: return column.values<std::uint8_t>()[row];
    case Type::float32:
    case Type::float64: return number_or_null(column.number(row));
  }
  return nullptr;
}

// The value of an enumeration by its written name.
template <class Enum, class Name>
std::optional<Enum> by_name(std::initializer_list<Enum> values, Name name_of,
                            const std::string& name) {
  for (Enum value : values)
    if (name == name_of(value)) return value;
  return std::nullopt;
}

std::optional<Role> role_of(const std::string& name) {
  return by_name({Role::none, Role::feature, Role::label, Role::truth, Role::id, Role::time},
                 role_name, name);
}

std::optional<Privacy> privacy_of(const std::string& name) {
  return by_name({Privacy::open, Privacy::sensitive, Privacy::pii}, privacy_name, name);
}

std::optional<Type> type_of(const std::string& name) {
  return by_name({Type::float64, Type::float32, Type::int64, Type::int32, Type::uint8,
                  Type::boolean, Type::time, Type::dictionary},
                 type_name, name);
}

// The cells as T, null as T{}; From is what JSON is asked for. Throws Json::exception.
template <class T, class From = T>
std::vector<T> values_of(const Json& cells) {
  std::vector<T> values;
  values.reserve(cells.size());
  for (const Json& cell : cells)
    values.push_back(cell.is_null() ? T{} : static_cast<T>(cell.get<From>()));
  return values;
}

void add_typed(Frame::Builder& builder, const std::string& name, Type type, const Json& cells,
               const ColumnInfo& info) {
  switch (type) {
    case Type::float64: builder.add(name, values_of<double>(cells), info); break;
    case Type::float32: builder.add(name, values_of<float>(cells), info); break;
    case Type::int64: builder.add(name, values_of<std::int64_t>(cells), info); break;
    case Type::int32: builder.add(name, values_of<std::int32_t>(cells), info); break;
    case Type::uint8: builder.add(name, values_of<std::uint8_t>(cells), info); break;
    case Type::boolean:
      builder.add_boolean(name, values_of<std::uint8_t, bool>(cells), info);
      break;
    case Type::time: builder.add_time(name, values_of<std::int64_t>(cells), info); break;
    case Type::dictionary: builder.add(name, values_of<std::string>(cells), info); break;
  }
  std::vector<std::uint8_t> present;
  for (const Json& cell : cells) present.push_back(!cell.is_null());
  builder.missing(std::move(present));
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
                       {"privacy", privacy_name(column.privacy())},
                       {"unit", column.unit()},
                       {"cells", std::move(cells)}});
  }
  return columns;
}

Result<Frame> frame_from_json(const Json& json) {
  try {
    Frame::Builder builder;
    for (const Json& column : json) {
      const std::string name = column.at("name");
      const auto role = role_of(column.at("role"));
      const auto type = type_of(column.at("type"));
      const auto privacy = privacy_of(column.value("privacy", privacy_name(Privacy::open)));
      if (!role || !type || !privacy)
        return fail(Code::bad_data, "column `{}` of a table in JSON: unknown role, type or privacy",
                    name);
      add_typed(builder, name, *type, column.at("cells"), {*role, *privacy, column.at("unit")});
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
        const int tone = block.at("tone");
        if (tone < 0 || tone > static_cast<int>(Banner::Tone::neutral))
          return fail(Code::bad_data, "unknown tone {} in the report", tone);
        document.blocks.push_back(
            Banner{static_cast<Banner::Tone>(tone), block.at("title"), block.at("sentence")});
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
