// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/table_assembly.hpp"

#include <algorithm>
#include <unordered_set>

#include "engine/base/nearest.hpp"
#include "engine/base/utf8.hpp"

namespace rehearse {
namespace {

constexpr std::size_t kMostColumns = 100'000;
constexpr std::size_t kMostLeftOut = std::size_t{1} << 27;

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::size_t line_at(std::string_view text, std::size_t offset) {
  return 1 + static_cast<std::size_t>(std::count(
                 text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

// What people hand over by mistake, by its first bytes.
const char* foreign_format(std::string_view text) {
  if (text.starts_with("\x1f\x8b")) return "gzip data; unpack it first (gunzip)";
  if (text.starts_with("PK\x03\x04")) return "a zip archive or a spreadsheet; save it as CSV";
  if (text.starts_with("PAR1")) return "a Parquet file; convert it to CSV";
  if (text.starts_with("SQLite format 3")) return "a SQLite database; export the table as CSV";
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
    return "UTF-16 text; save it as UTF-8";
  return nullptr;
}

}  // namespace

std::string bad_bytes(std::string_view row) {
  if (row.find('\0') != std::string_view::npos) return "a NUL byte";
  const std::size_t at = invalid_utf8_at(row);
  if (at == std::string_view::npos) return {};
  return fmt::format("byte 0x{:02x} is not UTF-8; save the file as UTF-8",
                     static_cast<unsigned char>(row[at]));
}

Result<TextFacts> inspect_text(std::string_view text, const ReadOptions& options,
                               std::string_view name) {
  if (const char* format = foreign_format(text))
    return fail(Code::bad_data, "{}: this is {}", name, format);
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  TextFacts facts{text, false,
                  static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1};
  if (text.find_first_not_of("\r\n") == std::string_view::npos)
    return fail(Code::bad_data, "{}: the file is empty; a line of column names and rows are needed",
                name);
  if (facts.lines == 1 && text.find('\r') < text.size() - 1)
    return fail(Code::bad_data,
                "{}: line 1: a carriage return inside the line; end lines with LF or CRLF", name);
  const std::size_t bad = std::min(text.find('\0'), invalid_utf8_at(text));
  facts.suspect = bad != std::string_view::npos;
  if (facts.suspect && !options.skip_bad)
    return fail(Code::bad_data, "{}: line {}: {}", name, line_at(text, bad),
                bad_bytes(text.substr(bad)));
  return facts;
}

Error TableAssembly::error_at(std::size_t line, std::string_view why) const {
  return Error{Code::bad_data, fmt::format("{}: line {}: {}", name_, line, why)};
}

InferredColumn::Want TableAssembly::want(const std::string& name) const {
  if (contains(options_.times, name) || contains(options_.times_if_there, name))
    return InferredColumn::Want::time;
  const bool text = contains(options_.texts, name) ||
                    (options_.numbers && !contains(*options_.numbers, name));
  return text ? InferredColumn::Want::text : InferredColumn::Want::infer;
}

Result<std::size_t> TableAssembly::add_column(const std::string& name, std::size_t rows,
                                              std::size_t expected_rows, std::size_t line) {
  if (columns_.size() == kMostColumns)
    return fail(Code::limit, "{}: line {}: more than {} columns", name_, line, kMostColumns);
  if (auto bounded = leave_out(rows, line); !bounded) return fail(bounded.error());
  InferredColumn column(name, want(name));
  column.reserve(expected_rows);
  column.pad(rows);
  columns_.push_back(std::move(column));
  return columns_.size() - 1;
}

Result<void> TableAssembly::leave_out(std::size_t cells, std::size_t line) {
  if (text_pass_) return {};
  left_out_ += cells;
  if (left_out_ <= kMostLeftOut) return {};
  return fail(Code::limit,
              "{}: line {}: more than {} cells are left out; are the keys the same on every line?",
              name_, line, kMostLeftOut);
}

Result<void> TableAssembly::skip(std::size_t line, const std::string& why) {
  if (!options_.skip_bad) return tl::unexpected<Error>(error_at(line, why));
  if (text_pass_) return {};  // counted in the first
  if (skipped_++ == 0) {
    first_line_ = line;
    first_skipped_ = error_at(line, why).message;
  }
  return {};
}

Result<ReadReport> TableAssembly::run(const std::function<Result<void>()>& walk) && {
  auto walked = walk();
  if (walked && begin_text_pass()) walked = walk();
  if (!walked) return fail(walked.error());
  if (auto checked = check_options(); !checked) return fail(checked.error());
  return finish();
}

bool TableAssembly::begin_text_pass() {
  bool any = false;
  for (InferredColumn& column : columns_) {
    is_text_pass_of_.push_back(column.needs_text_pass());
    any = any || column.needs_text_pass();
    if (column.needs_text_pass()) column.begin_text_pass();
  }
  return text_pass_ = any;
}

Result<void> TableAssembly::check_options() const {
  std::vector<std::string> names;
  for (const InferredColumn& column : columns_) names.push_back(column.name());
  const std::vector<std::string> none, &numbers = options_.numbers ? *options_.numbers : none;
  for (const auto* wanted : {&options_.times, &options_.texts, &numbers})
    for (const std::string& name : *wanted)
      if (!contains(names, name))
        return fail(Code::invalid_argument, "{}: there is no column `{}`{}", name_, name,
                    did_you_mean(name, names));
  return {};
}

const BadCell* TableAssembly::first_bad_cell() const {
  const BadCell* first = nullptr;
  for (const InferredColumn& column : columns_)
    if (!column.bad().empty() && (!first || column.bad().front().line < first->line))
      first = &column.bad().front();
  return first;
}

Result<Frame> TableAssembly::build(const std::unordered_set<std::uint32_t>& without) {
  const std::size_t rows = columns_.front().rows();
  Frame::Builder builder;
  for (InferredColumn& column : columns_) std::move(column).move_into(builder);
  auto frame = std::move(builder).build();
  if (!frame || without.empty()) return frame;
  std::vector<std::uint32_t> kept;
  for (std::uint32_t row = 0; row < rows; ++row)
    if (!without.contains(row)) kept.push_back(row);
  return frame->take(kept);
}

Result<ReadReport> TableAssembly::finish() {
  if (columns_.empty())
    return fail(Code::bad_data, "{}: no line could be read as a row with columns", name_);
  ReadReport report{{}, skipped_, first_skipped_};
  std::unordered_set<std::uint32_t> bad_rows;
  if (const BadCell* first = first_bad_cell()) {
    const Error error = error_at(first->line, first->why);
    if (!options_.skip_bad) return fail(error);
    for (const InferredColumn& column : columns_)
      for (const BadCell& bad : column.bad()) bad_rows.insert(bad.row);
    report.skipped += bad_rows.size();
    if (skipped_ == 0 || first->line < first_line_) report.first_skipped = error.message;
  }
  auto frame = build(bad_rows);
  if (!frame) return fail(frame.error());
  report.frame = std::move(*frame);
  return report;
}

}  // namespace rehearse
