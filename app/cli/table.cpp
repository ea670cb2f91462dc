// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

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

std::string to_text(const TextTable& table) {
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

// Where a line of Markdown begins a block of its own: an item, a heading, a row of a table.
bool begins_block(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  const std::size_t digits = line.find_first_not_of("0123456789");
  const bool numbered = digits > 0 && digits < line.size() && line[digits] == '.';
  return numbered || line.starts_with("- ") || line.starts_with("* ") || line.starts_with('#') ||
         line.starts_with('|') || line.starts_with("> ");
}

// Words of one paragraph in lines of `width`; what follows the first line of an item hangs.
std::string filled(const std::string& paragraph, std::size_t width, const std::string& indent) {
  const std::size_t spaces = std::min(paragraph.find_first_not_of(' '), paragraph.size());
  const std::string first = indent + std::string(spaces, ' ');
  const std::string hanging = begins_block(paragraph) ? first + "  " : first;
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
  bool code = false;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const bool fence = line.starts_with("```"), blank = line.find_first_not_of(' ') == line.npos;
    if (fence || code || blank || begins_block(line)) flush();
    if (fence || code) {
      code = code != fence;
      out += indent + line + "\n";
    } else if (blank) {
      out += "\n";
    } else {
      paragraph += (paragraph.empty() ? "" : " ") + line;
    }
  }
  flush();
  return out;
}

}  // namespace rehearse::cli
