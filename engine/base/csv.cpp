// SPDX-License-Identifier: GPL-3.0-or-later
//
// CSV as RFC 4180 has it, and as people write it: quotes inside a bare cell are text, blank lines
// are skipped, spaces around column names and numbers do not count.
#include <algorithm>
#include <deque>
#include <new>
#include <optional>
#include <unordered_set>

#include "engine/base/read.hpp"
#include "engine/base/table_assembly.hpp"

namespace rehearse {
namespace {

constexpr std::size_t kLongestCell = std::size_t{16} << 20;
constexpr std::size_t kRowsPerReport = 1 << 16;

// Walks the rows of a text once.
class CsvRows {
 public:
  enum class Got { row, end, bad };

  CsvRows(const TextFacts& facts, char separator)
      : text_(facts.text), separator_(separator), suspect_(facts.suspect) {}

  // The next row that is not blank; its cells stay valid until the next call. After `bad` the walk
  // goes on with the line behind the bad place.
  Got next(std::vector<std::string_view>& cells);
  // Of the row got last: the line where it begins, and why it is bad.
  std::size_t line() const { return line_; }
  const std::string& why() const { return why_; }
  double fraction() const { return static_cast<double>(at_) / static_cast<double>(text_.size()); }

 private:
  void skip_blank_lines();
  std::string_view bare();
  std::optional<std::string_view> quoted();
  Got bad(std::size_t place, std::string why);
  bool row_ends_at(std::size_t at) const { return at >= text_.size() || text_[at] == '\n'; }

  std::string_view text_;
  char separator_;
  bool suspect_;
  std::size_t at_ = 0, row_begin_ = 0;
  std::size_t line_ = 1, next_line_ = 1;
  std::string why_;
  std::deque<std::string> unescaped_;  // cells that held "" and so are no part of the text
};

void CsvRows::skip_blank_lines() {
  while (at_ < text_.size()) {
    const bool carriage = text_[at_] == '\r' && row_ends_at(at_ + 1);
    if (!carriage && text_[at_] != '\n') return;
    next_line_ += text_[at_++] == '\n';
  }
}

CsvRows::Got CsvRows::next(std::vector<std::string_view>& cells) {
  cells.clear();
  unescaped_.clear();
  skip_blank_lines();
  line_ = next_line_;
  row_begin_ = at_;
  if (at_ == text_.size()) return Got::end;
  for (bool more = true; more; ++at_) {
    if (at_ < text_.size() && text_[at_] == '"') {
      const auto cell = quoted();
      if (!cell) return Got::bad;
      cells.push_back(*cell);
    } else {
      cells.push_back(bare());
    }
    if (cells.back().size() > kLongestCell)
      return bad(at_, fmt::format("a cell of {} bytes (at most {} are read); is a quote unclosed?",
                                  cells.back().size(), kLongestCell));
    if (at_ == text_.size()) break;
    more = text_[at_] == separator_;
  }
  const std::string_view row = text_.substr(row_begin_, at_ - row_begin_);
  if (suspect_)
    if (std::string why = bad_bytes(row); !why.empty()) return bad(at_ - 1, std::move(why));
  next_line_ += row.ends_with('\n');
  return Got::row;
}

std::string_view CsvRows::bare() {
  const char* const begin = text_.data() + at_;
  const char* const end = text_.data() + text_.size();
  const char* stop = begin;
  while (stop != end && *stop != separator_ && *stop != '\n') ++stop;
  at_ = static_cast<std::size_t>(stop - text_.data());
  const bool carriage = stop != begin && stop[-1] == '\r' && row_ends_at(at_);
  return {begin, static_cast<std::size_t>(stop - begin) - carriage};
}

std::optional<std::string_view> CsvRows::quoted() {
  const std::size_t open = at_, begin = open + 1;
  bool escapes = false;
  std::size_t close = text_.find('"', begin);
  while (close != std::string_view::npos && close + 1 < text_.size() && text_[close + 1] == '"') {
    escapes = true;
    close = text_.find('"', close + 2);
  }
  if (close == std::string_view::npos) {
    bad(open, "a quoted cell is opened and never closed");
    return std::nullopt;
  }
  at_ = close + 1;
  if (at_ < text_.size() && text_[at_] == '\r' && row_ends_at(at_ + 1)) ++at_;
  if (!row_ends_at(at_) && text_[at_] != separator_) {
    bad(close, "text behind a closing quote; write a quote inside quotes twice (\"\")");
    return std::nullopt;
  }
  const std::string_view inside = text_.substr(begin, close - begin);
  next_line_ += static_cast<std::size_t>(std::count(inside.begin(), inside.end(), '\n'));
  if (!escapes) return inside;
  std::string& plain = unescaped_.emplace_back();
  for (std::size_t i = 0; i < inside.size(); ++i) {
    plain += inside[i];
    if (inside[i] == '"') ++i;
  }
  return std::string_view(plain);
}

CsvRows::Got CsvRows::bad(std::size_t place, std::string why) {
  why_ = std::move(why);
  const std::size_t newline = text_.find('\n', place);
  at_ = newline == std::string_view::npos ? text_.size() : newline + 1;
  const std::string_view passed = text_.substr(row_begin_, at_ - row_begin_);
  next_line_ = line_ + static_cast<std::size_t>(std::count(passed.begin(), passed.end(), '\n'));
  return Got::bad;
}

std::string_view without_spaces(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// One parse: header, then the rows, once or twice.
class CsvParse {
 public:
  CsvParse(const TextFacts& facts, const ReadOptions& options, std::string_view name,
           const Progress& progress)
      : facts_(facts),
        options_(options),
        name_(name),
        progress_(progress),
        assembly_(options, name) {}

  Result<ReadReport> run() && {
    CsvRows rows(facts_, options_.separator);
    auto begun = begin(rows);
    if (!begun) return fail(begun.error());
    return std::move(assembly_).run([this, &begun] { return walk(*begun); });
  }

 private:
  // The names, and the walk as it stands before the first row of values.
  Result<CsvRows> begin(CsvRows& rows) {
    CsvRows before = rows;
    std::vector<std::string_view> cells;
    if (rows.next(cells) == CsvRows::Got::bad)
      return fail(Code::bad_data, "{}: line {}: {}", name_, rows.line(), rows.why());
    std::unordered_set<std::string> seen;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      std::string title =
          options_.header ? std::string(without_spaces(cells[i])) : fmt::format("c{}", i + 1);
      if (title.empty())
        return fail(Code::bad_data,
                    "{}: line {}: column {} has no name; name it in the header "
                    "(pandas leaves it out unless told index=False)",
                    name_, rows.line(), i + 1);
      if (!seen.insert(title).second)
        return fail(Code::bad_data, "{}: line {}: the column name `{}` stands twice", name_,
                    rows.line(), title);
      // A row has at least one byte per cell, so that a hostile file cannot ask for much memory.
      const std::size_t expected = std::min(facts_.lines, facts_.text.size() / cells.size() + 1);
      auto added = assembly_.add_column(title, 0, expected, rows.line());
      if (!added) return fail(added.error());
    }
    return options_.header ? rows : before;
  }

  Result<void> walk(CsvRows rows) {
    std::vector<std::string_view> cells;
    std::size_t count = 0;
    for (;;) {
      const CsvRows::Got got = rows.next(cells);
      if (got == CsvRows::Got::end) return {};
      if (++count % kRowsPerReport == 0 && !progress_.report(rows.fraction())) return cancelled();
      if (got == CsvRows::Got::row && cells.size() == assembly_.columns()) {
        for (std::size_t i = 0; i < cells.size(); ++i)
          if (InferredColumn* column = assembly_.column(i)) column->add(cells[i], rows.line());
        continue;
      }
      const std::string why = got == CsvRows::Got::bad ? rows.why() : ragged(cells.size());
      if (auto skipped = assembly_.skip(rows.line(), why); !skipped) return skipped;
    }
  }

  std::string ragged(std::size_t cells) const {
    return fmt::format("{} {}, the {} has {}", cells, cells == 1 ? "cell" : "cells",
                       options_.header ? "header" : "first row", assembly_.columns());
  }

  const TextFacts& facts_;
  const ReadOptions& options_;
  std::string_view name_;
  const Progress& progress_;
  TableAssembly assembly_;
};

}  // namespace

Result<ReadReport> parse_csv(std::string_view text, const ReadOptions& options,
                             std::string_view name, const Progress& progress) try {
  if (options.separator == '"' || options.separator == '\n' || options.separator == '\r')
    return fail(Code::invalid_argument,
                "a quote or a line end cannot separate cells; use , ; or a tab");
  auto facts = inspect_text(text, options, name);
  if (!facts) return fail(facts.error());
  return CsvParse(*facts, options, name, progress).run();
} catch (const std::bad_alloc&) {
  return fail(Code::limit, "{}: the table does not fit into memory", name);
}

std::string to_csv(const Frame& frame) {
  // A line of one empty cell would be a blank line, which readers skip.
  const std::string_view empty = frame.columns() == 1 ? "\"\"" : "";
  const auto quoted = [&](std::string_view text) {
    if (text.empty()) return std::string(empty);
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
  };
  std::string out;
  for (std::size_t c = 0; c < frame.columns(); ++c)
    out += (c ? "," : "") + quoted(frame.column(c).name());
  if (frame.columns() > 0) out += '\n';
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    for (std::size_t c = 0; c < frame.columns(); ++c)
      out += (c ? "," : "") + quoted(frame.column(c).cell(row));
    out += '\n';
  }
  return out;
}

}  // namespace rehearse
