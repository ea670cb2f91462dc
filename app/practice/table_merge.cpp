// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/table_merge.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>
#include <set>
#include <unordered_map>

#include "app/practice/table_shape.hpp"

namespace rehearse::practice {
namespace {

// Of two rows with one key the one with the greater value here stays; in other tables the present.
const std::map<std::string, std::string> kNewerBy = {{"drafts", "saved_at"},
                                                     {"card_states", "last_review"}};

template <typename Number>
std::optional<Number> number_in(const std::string& text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return value;
}

// The cell as the column holds it; nothing where it does not fit.
std::optional<Cell> fitted(const ColumnShape& column, const Cell& cell, bool from_text) {
  if (std::holds_alternative<std::monostate>(cell))
    return column.required || column.key > 0 ? std::nullopt : std::optional<Cell>(cell);
  const auto* text = std::get_if<std::string>(&cell);
  if (column.type == "INTEGER") {
    if (text && from_text) {
      if (const auto value = number_in<std::int64_t>(*text)) return *value;
      return {};
    }
    return std::holds_alternative<std::int64_t>(cell) ? std::optional<Cell>(cell) : std::nullopt;
  }
  if (column.type == "REAL") {
    if (text && from_text) {
      if (const auto value = number_in<double>(*text)) return *value;
      return {};
    }
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
    return text ? std::nullopt : std::optional<Cell>(cell);
  }
  return text ? std::optional<Cell>(cell) : std::nullopt;
}

Result<TableRows> conform_table(const TableShape& shape, const TableRows& from, bool from_text) {
  std::vector<std::optional<std::size_t>> source(shape.columns.size());
  for (std::size_t i = 0; i < from.columns.size(); ++i) {
    const auto at = shape.find(from.columns[i]);
    if (!at || source[*at])
      return fail(Code::bad_data, "the table {} has no column `{}`, or it stands twice", shape.name,
                  from.columns[i]);
    source[*at] = i;
  }
  TableRows table{shape.name, shape.names(), {}};
  for (std::size_t r = 0; r < from.rows.size(); ++r) {
    const auto wrong = [&](const std::string& what) {
      return fail(Code::bad_data, "the table {}, row {}: {}; the file was changed or is torn",
                  shape.name, r + 1, what);
    };
    if (from.rows[r].size() != from.columns.size())
      return wrong(fmt::format("it has {} cells and there are {} columns", from.rows[r].size(),
                               from.columns.size()));
    std::vector<Cell> cells;
    for (std::size_t c = 0; c < shape.columns.size(); ++c) {
      const ColumnShape& column = shape.columns[c];
      const Cell given = source[c] ? from.rows[r][*source[c]] : column.otherwise;
      auto cell = fitted(column, given, from_text && source[c]);
      if (!cell) return wrong(fmt::format("`{}` must be {}", column.name, column.type));
      cells.push_back(std::move(*cell));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

void append_cell(std::string& text, const Cell& cell) {
  text += static_cast<char>('0' + cell.index());
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) text += fmt::format("{}", *whole);
  if (const auto* real = std::get_if<double>(&cell)) {
    char bytes[sizeof *real];
    std::memcpy(bytes, real, sizeof *real);
    text.append(bytes, sizeof bytes);
  }
  if (const auto* held = std::get_if<std::string>(&cell))
    text += fmt::format("{}:", held->size()) + *held;
  text += ';';
}

// What a row is recognised by: its key, or all but its number.
std::string recognised_by(const TableShape& shape, const std::vector<Cell>& row) {
  std::string text;
  for (std::size_t i = 0; i < row.size(); ++i)
    if (shape.numbered() ? shape.columns[i].key == 0 : shape.columns[i].key > 0)
      append_cell(text, row[i]);
  return text;
}

void bind_row(SQLite::Statement& put, const std::vector<Cell>& row) {
  put.reset();
  for (std::size_t i = 0; i < row.size(); ++i) {
    const int at = static_cast<int>(i) + 1;
    if (const auto* whole = std::get_if<std::int64_t>(&row[i]))
      put.bind(at, *whole);
    else if (const auto* real = std::get_if<double>(&row[i]))
      put.bind(at, *real);
    else if (const auto* text = std::get_if<std::string>(&row[i]))
      put.bind(at, *text);
    else
      put.bind(at);
  }
  put.exec();
}

std::string insertion(const char* verb, const TableShape& shape) {
  std::string marks;
  for (std::size_t i = 0; i < shape.columns.size(); ++i) marks += i ? ", ?" : "?";
  return fmt::format("{} INTO \"{}\"({}) VALUES({})", verb, shape.name, quoted_list(shape.names()),
                     marks);
}

// A row keeps its number where that is free; otherwise SQLite chooses one.
void merge_numbered(SQLite::Database& db, const TableShape& shape, const TableRows& incoming,
                    ImportReport& report) {
  const std::size_t id = *shape.find("id");
  std::unordered_map<std::string, int> here;
  std::set<Cell> taken;
  for (const auto& row : rows_of(db, shape).rows) {
    ++here[recognised_by(shape, row)];
    taken.insert(row[id]);
  }
  SQLite::Statement put(db, insertion("INSERT", shape));
  for (std::vector<Cell> row : incoming.rows) {
    if (auto& count = here[recognised_by(shape, row)]; count > 0) {
      --count;
      ++report.known;
      continue;
    }
    if (taken.count(row[id])) row[id] = Cell();
    bind_row(put, row);
    taken.insert(db.getLastInsertRowid());
    ++report.added[shape.name];
  }
}

void merge_keyed(SQLite::Database& db, const TableShape& shape, const TableRows& incoming,
                 ImportReport& report) {
  std::unordered_map<std::string, std::vector<Cell>> here;
  for (auto& row : rows_of(db, shape).rows) here[recognised_by(shape, row)] = std::move(row);
  const auto rule = kNewerBy.find(shape.name);
  const auto newer_by =
      rule == kNewerBy.end() ? std::optional<std::size_t>() : shape.find(rule->second);
  SQLite::Statement put(db, insertion("INSERT OR REPLACE", shape));
  for (const std::vector<Cell>& row : incoming.rows) {
    const auto found = here.find(recognised_by(shape, row));
    const bool newer = found != here.end() && newer_by && found->second[*newer_by] < row[*newer_by];
    if (found != here.end() && !newer) {
      ++report.known;
      continue;
    }
    bind_row(put, row);
    newer ? ++report.replaced : ++report.added[shape.name];
    here[recognised_by(shape, row)] = row;
  }
}

}  // namespace

Result<std::vector<TableRows>> conform(SQLite::Database& db, const Archive& archive) {
  const std::vector<std::string> known = table_names(db);
  std::vector<TableRows> tables;
  for (const TableRows& table : archive.tables) {
    if (std::find(known.begin(), known.end(), table.name) == known.end())
      return fail(Code::bad_data, "there is no table `{}`; the file is no export of Rehearse's",
                  table.name);
    auto fitting = conform_table(shape_of(db, table.name), table, archive.cells_are_text);
    if (!fitting) return fail(fitting.error());
    tables.push_back(std::move(*fitting));
  }
  return tables;
}

void merge_tables(SQLite::Database& db, const std::vector<TableRows>& tables,
                  ImportReport& report) {
  for (const TableRows& table : tables) {
    const TableShape shape = shape_of(db, table.name);
    shape.numbered() ? merge_numbered(db, shape, table, report)
                     : merge_keyed(db, shape, table, report);
  }
}

void replace_tables(SQLite::Database& db, const std::vector<TableRows>& tables,
                    ImportReport& report) {
  for (const std::string& name : table_names(db)) db.exec("DELETE FROM \"" + name + "\"");
  for (const TableRows& table : tables) {
    SQLite::Statement put(db, insertion("INSERT", shape_of(db, table.name)));
    for (const std::vector<Cell>& row : table.rows) {
      bind_row(put, row);
      ++report.added[table.name];
    }
  }
}

}  // namespace rehearse::practice
