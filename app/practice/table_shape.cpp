// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/table_shape.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

#include "app/practice/table_merge.hpp"

namespace rehearse::practice {
namespace {

Cell cell_of(const SQLite::Column& column) {
  if (column.isNull()) return {};
  if (column.isInteger()) return column.getInt64();
  if (column.isFloat()) return column.getDouble();
  return column.getString();
}

}  // namespace

bool TableShape::numbered() const {
  return std::any_of(columns.begin(), columns.end(),
                     [](const ColumnShape& c) { return c.key == 1 && c.name == "id"; });
}

std::vector<std::string> TableShape::key() const {
  std::vector<std::string> names;
  for (int place = 1;; ++place) {
    const auto at = std::find_if(columns.begin(), columns.end(),
                                 [place](const ColumnShape& c) { return c.key == place; });
    if (at == columns.end()) return names;
    names.push_back(at->name);
  }
}

std::vector<std::string> TableShape::names() const {
  std::vector<std::string> names;
  for (const ColumnShape& column : columns) names.push_back(column.name);
  return names;
}

std::optional<std::size_t> TableShape::find(const std::string& column) const {
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].name == column) return i;
  return {};
}

std::vector<std::string> table_names(SQLite::Database& db) {
  std::vector<std::string> names;
  SQLite::Statement row(db,
                        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE "
                        "'sqlite_%' ORDER BY name");
  while (row.executeStep()) names.push_back(row.getColumn(0).getString());
  return names;
}

TableShape shape_of(SQLite::Database& db, const std::string& table) {
  TableShape shape{table, {}};
  SQLite::Statement row(db,
                        "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info(?)");
  row.bind(1, table);
  while (row.executeStep()) {
    ColumnShape column{row.getColumn(0).getString(),   row.getColumn(1).getString(),
                       row.getColumn(2).getInt() != 0, {},
                       !row.getColumn(3).isNull(),     row.getColumn(4).getInt()};
    if (column.has_default) {
      SQLite::Statement value(db, "SELECT " + row.getColumn(3).getString());
      value.executeStep();
      column.otherwise = cell_of(value.getColumn(0));
    }
    shape.columns.push_back(std::move(column));
  }
  return shape;
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "\"" : ", \"") + name + "\"";
  return text;
}

TableRows rows_of(SQLite::Database& db, const TableShape& shape) {
  TableRows table{shape.name, shape.names(), {}};
  SQLite::Statement row(
      db, fmt::format("SELECT {} FROM \"{}\" ORDER BY {}", quoted_list(table.columns), shape.name,
                      quoted_list(shape.key())));
  while (row.executeStep()) {
    std::vector<Cell> cells;
    for (int i = 0; i < row.getColumnCount(); ++i) cells.push_back(cell_of(row.getColumn(i)));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

std::vector<TableRows> read_tables(SQLite::Database& db) {
  std::vector<TableRows> tables;
  for (const std::string& name : table_names(db)) tables.push_back(rows_of(db, shape_of(db, name)));
  return tables;
}

}  // namespace rehearse::practice
