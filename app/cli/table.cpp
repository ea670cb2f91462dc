// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "drills/judge/escape.hpp"

namespace rehearse::cli {
namespace {

// Code points, which is what a terminal shows for the texts we print.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool is_right(const TextTable& table, std::size_t column) {
  return column < table.right.size() && table.right[column];
}

void append_row(std::string& out, const TextTable& table, const std::vector<std::string>& cells,
                const std::vector<std::size_t>& widths) {
  std::string line;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const std::string pad(widths[c] - width_of(cells[c]), ' ');
    line += is_right(table, c) ? pad + cells[c] : cells[c] + pad;
    if (c + 1 < cells.size()) line += "  ";
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out += line + "\n";
}

std::string cell_text(const Column& column, std::size_t row) {
  if (column.missing(row)) return "-";
  if (column.type() == Type::float64 || column.type() == Type::float32) {
    const double value = column.number(row);
    return std::isnan(value) ? "-" : fmt::format("{:.6g}", value);
  }
  return column.cell(row);
}

}  // namespace

std::string to_text(const TextTable& given) {
  // A cell is one line, and what would steer a terminal is shown.
  TextTable table = given;
  for (auto& name : table.header) name = judge::escape_for_terminal(name);
  for (auto& row : table.rows)
    for (auto& cell : row) cell = judge::escape_for_terminal(cell);
  std::vector<std::size_t> widths(table.header.size(), 0);
  for (std::size_t c = 0; c < table.header.size(); ++c) widths[c] = width_of(table.header[c]);
  for (const auto& row : table.rows)
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], width_of(row[c]));
  std::string out;
  append_row(out, table, table.header, widths);
  for (const auto& row : table.rows) append_row(out, table, row, widths);
  return out;
}

std::string to_text(const Frame& frame, std::size_t most) {
  TextTable table;
  for (std::size_t c = 0; c < frame.columns(); ++c) {
    table.header.push_back(frame.column(c).name());
    table.right.push_back(frame.column(c).numeric());
  }
  const std::size_t shown = std::min(most, frame.rows());
  for (std::size_t row = 0; row < shown; ++row) {
    table.rows.emplace_back();
    for (std::size_t c = 0; c < frame.columns(); ++c)
      table.rows.back().push_back(cell_text(frame.column(c), row));
  }
  std::string out = to_text(table);
  if (shown < frame.rows()) out += fmt::format("… {} more rows\n", frame.rows() - shown);
  return out;
}

namespace {

// How far the text of an item stands behind its bullet or number; 0 for what is no item.
std::size_t item_offset(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  if (line.starts_with("- ") || line.starts_with("* ")) return 2;
  const std::size_t digits = line.find_first_not_of("0123456789");
  return digits > 0 && digits < line.size() && line[digits] == '.' ? digits + 2 : 0;
}

// Where a line of Markdown begins a block of its own: an item, a heading, a row of a table.
bool begins_block(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  return item_offset(line) > 0 || line.starts_with('#') || line.starts_with('|') ||
         line.starts_with("> ");
}

// Words of one paragraph in lines of `width`; what follows the first line of an item hangs.
std::string filled(const std::string& paragraph, std::size_t width, const std::string& indent) {
  const std::size_t spaces = std::min(paragraph.find_first_not_of(' '), paragraph.size());
  const std::string first = indent + std::string(spaces, ' ');
  const std::string hanging = first + std::string(item_offset(paragraph), ' ');
  std::string out, current = first;
  bool empty = true;
  std::istringstream words(paragraph);
  for (std::string word; words >> word;) {
    if (!empty && width_of(current) + 1 + width_of(word) > width) {
      out += current + "\n";
      current = hanging;
      empty = true;
    }
    current += (empty ? "" : " ") + word;
    empty = false;
  }
  return out + current + "\n";
}

}  // namespace

std::string wrapped(const std::string& text, std::size_t width, const std::string& indent) {
  std::string out, paragraph;
  const auto flush = [&] {
    if (!paragraph.empty()) out += filled(paragraph, width, indent);
    paragraph.clear();
  };
  // Code stands between fences, or four columns behind the text that it belongs to, after an empty
  // line.
  bool fenced = false, indented = false, after_blank = true;
  std::size_t text_column = 0;  // of the item that is open
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t column = std::min(line.find_first_not_of(' '), line.size());
    const bool fence = line.starts_with("```"), blank = column == line.size();
    if (!blank && !indented && column < text_column) text_column = 0;
    indented = !blank && (indented || after_blank) && column >= text_column + 4;
    after_blank = blank;
    if (fence || fenced || blank || indented || begins_block(line)) flush();
    if (fence || fenced || indented) {
      fenced = fenced != fence;
      out += indent + line + "\n";
    } else if (blank) {
      out += "\n";
    } else {
      if (const std::size_t offset = item_offset(line)) text_column = column + offset;
      paragraph += (paragraph.empty() ? "" : " ") + line;
    }
  }
  flush();
  return out;
}

}  // namespace rehearse::cli
