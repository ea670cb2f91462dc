// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/archive_json.hpp"

#include "app/practice/base64.hpp"
#include "engine/base/json.hpp"
#include "engine/base/utf8.hpp"

namespace rehearse::practice {
namespace {

constexpr int kExportForm = 1;

Json text_to_json(const std::string& text) {
  if (invalid_utf8_at(text) == std::string_view::npos) return text;
  return {{"base64", to_base64(text)}};
}

// Throws Json::exception where it is neither.
std::string text_from_json(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  auto bytes = from_base64(json.at("base64").get<std::string>());
  if (!bytes) throw std::runtime_error("a base64 text is torn");
  return *bytes;
}

Json cell_to_json(const Cell& cell) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return *whole;
  if (const auto* real = std::get_if<double>(&cell)) return *real;
  if (const auto* text = std::get_if<std::string>(&cell)) return text_to_json(*text);
  return nullptr;
}

Cell cell_from_json(const Json& json) {
  if (json.is_null()) return {};
  if (json.is_number_float()) return json.get<double>();
  if (json.is_number_unsigned() && json.get<std::uint64_t>() > INT64_MAX)
    throw std::runtime_error("a whole number is past 64 bits");
  if (json.is_number_integer()) return json.get<std::int64_t>();
  return text_from_json(json);
}

std::string row_text(const std::vector<Cell>& row) {
  Json line = Json::array();
  for (const Cell& cell : row) line.push_back(cell_to_json(cell));
  return line.dump();
}

Archive archive_of(const Json& json) {
  Archive archive;
  archive.schema = json.at("schema").get<int>();
  for (const auto& [name, content] : json.at("tables").items()) {
    TableRows table{name, content.at("columns").get<std::vector<std::string>>(), {}};
    for (const Json& row : content.at("rows")) {
      std::vector<Cell> cells;
      for (const Json& cell : row) cells.push_back(cell_from_json(cell));
      table.rows.push_back(std::move(cells));
    }
    archive.tables.push_back(std::move(table));
  }
  for (const Json& file : json.at("files"))
    archive.files.push_back({file.at("path").get<std::string>(), text_from_json(file.at("text"))});
  return archive;
}

}  // namespace

std::string to_json_text(const Archive& archive) {
  std::string text = fmt::format("{{\"rehearse_export\": {},\n \"schema\": {},\n \"tables\": {{",
                                 kExportForm, archive.schema);
  const char* between = "\n  ";
  for (const TableRows& table : archive.tables) {
    text += fmt::format("{}{}: {{\"columns\": {}, \"rows\": [", between, Json(table.name).dump(),
                        Json(table.columns).dump());
    between = ",\n  ";
    for (std::size_t i = 0; i < table.rows.size(); ++i)
      text += (i ? ",\n   " : "\n   ") + row_text(table.rows[i]);
    text += "]}";
  }
  text += "},\n \"files\": [";
  between = "\n  ";
  for (const OwnFile& file : archive.files) {
    text += between + Json{{"path", file.path}, {"text", text_to_json(file.content)}}.dump();
    between = ",\n  ";
  }
  return text + "]}\n";
}

Result<Archive> archive_from_json(const std::string& text, const std::string& name) {
  try {
    const Json json = Json::parse(text);
    if (!json.is_object() || !json.contains("rehearse_export"))
      return fail(Code::bad_data, "{} is JSON and no export of Rehearse's", name);
    if (json.at("rehearse_export").get<int>() > kExportForm)
      return fail(Code::unsupported, "{} was written by a newer Rehearse; update Rehearse", name);
    return archive_of(json);
  } catch (const std::exception& e) {
    return fail(
        Code::bad_data,
        "{} cannot be read as an export of Rehearse's ({}); export it anew, or name another", name,
        e.what());
  }
}

}  // namespace rehearse::practice
