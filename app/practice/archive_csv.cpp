// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/archive_csv.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "app/practice/own_files.hpp"
#include "engine/base/read.hpp"

namespace rehearse::practice {
namespace {

namespace fs = std::filesystem;

std::string quoted_cell(const std::string& text) {
  if (!text.empty() && text.find_first_of(",\"\r\n") == text.npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string csv_cell(const Cell& cell) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *whole);
  if (const auto* real = std::get_if<double>(&cell)) return fmt::format("{}", *real);
  if (const auto* text = std::get_if<std::string>(&cell)) return quoted_cell(*text);
  return "";
}

std::string csv_text(const TableRows& table) {
  std::string text;
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    text += (i ? "," : "") + quoted_cell(table.columns[i]);
  text += "\r\n";
  for (const std::vector<Cell>& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) text += (i ? "," : "") + csv_cell(row[i]);
    text += "\r\n";
  }
  return text;
}

// One pass over a text of records; a bare LF ends a record as CRLF does.
class CsvRecords {
 public:
  CsvRecords(const std::string& text, std::string name) : text_(text), name_(std::move(name)) {}

  bool more() const { return at_ < text_.size(); }

  Result<std::vector<Cell>> next() {
    std::vector<Cell> cells;
    for (;;) {
      auto cell = one();
      if (!cell) return fail(cell.error());
      cells.push_back(std::move(*cell));
      if (at_ < text_.size() && text_[at_] == ',') {
        ++at_;
        continue;
      }
      if (at_ < text_.size() && text_[at_] == '\r') ++at_;
      if (at_ < text_.size() && text_[at_] != '\n')
        return fail(Code::bad_data, "{}:{}: a quote is not closed before the next cell", name_,
                    line_);
      if (at_ < text_.size()) ++at_, ++line_;
      return cells;
    }
  }

 private:
  Result<Cell> one() {
    if (at_ >= text_.size() || text_[at_] != '"') {
      const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
      const std::string plain = text_.substr(at_, end - at_);
      at_ = end;
      return plain.empty() ? Cell() : Cell(plain);
    }
    std::string held;
    const int begun = line_;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') {
          ++at_;
          return Cell(std::move(held));
        }
        ++at_;
      }
      line_ += text_[at_] == '\n';
      held += text_[at_];
    }
    return fail(Code::bad_data, "{}:{}: a quote is opened here and never closed", name_, begun);
  }

  const std::string& text_;
  std::string name_;
  std::size_t at_ = 0;
  int line_ = 1;
};

Result<TableRows> read_csv_table(const fs::path& path) {
  auto text = read_file(path.string());
  if (!text) return fail(text.error());
  CsvRecords records(*text, path.string());
  TableRows table{path.stem().string(), {}, {}};
  if (!records.more()) return fail(Code::bad_data, "{}: it has no header line", path.string());
  auto header = records.next();
  if (!header) return fail(header.error());
  for (const Cell& cell : *header) {
    const auto* name = std::get_if<std::string>(&cell);
    table.columns.push_back(name ? *name : "");
  }
  while (records.more()) {
    auto row = records.next();
    if (!row) return fail(row.error());
    table.rows.push_back(std::move(*row));
  }
  return table;
}

Result<int> schema_of(const std::string& folder) {
  auto table = read_csv_table(folder + "/schema.csv");
  if (!table)
    return fail(table.error().code, "{} is no export of Rehearse's: {}", folder,
                table.error().message);
  int version = 0;
  if (table->columns == std::vector<std::string>{"schema"} && table->rows.size() == 1)
    if (const auto* digits = std::get_if<std::string>(&table->rows[0][0]))
      std::from_chars(digits->data(), digits->data() + digits->size(), version);
  if (version < 1)
    return fail(Code::bad_data, "{}/schema.csv does not hold a version; export anew", folder);
  return version;
}

Result<void> write_into(const Archive& archive, const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return fail(Code::io, "the folder {} cannot be made: {}", folder, error.message());
  const TableRows schema{"schema", {"schema"}, {{std::int64_t{archive.schema}}}};
  if (auto done = write_file(folder + "/schema.csv", csv_text(schema)); !done) return done;
  for (const TableRows& table : archive.tables)
    if (auto done = write_file(folder + "/" + table.name + ".csv", csv_text(table)); !done)
      return done;
  for (const OwnFile& file : archive.files) {
    const fs::path path = fs::path(folder) / "files" / file.path;
    fs::create_directories(path.parent_path(), error);
    if (auto done = write_file(path.string(), file.content); !done) return done;
  }
  return {};
}

}  // namespace

Result<void> write_csv_folder(const Archive& archive, const std::string& folder) {
  std::error_code error;
  if (fs::exists(folder, error))
    return fail(Code::invalid_argument, "{} exists; name a folder that does not", folder);
  const std::string partial = fmt::format("{}.partial-{}", folder, ::getpid());
  auto done = write_into(archive, partial);
  if (done) {
    fs::rename(partial, folder, error);
    if (error) done = fail(Code::io, "{} was not made: {}", folder, error.message());
  }
  if (!done) fs::remove_all(partial, error);
  return done;
}

Result<Archive> read_csv_folder(const std::string& folder) {
  std::error_code error;
  if (fs::is_regular_file(folder, error))
    return fail(Code::invalid_argument,
                "{} is a file; an export as CSV is a folder with a table in each file", folder);
  if (!fs::is_directory(folder, error))
    return fail(Code::not_found, "{}: there is no such folder", folder);
  Archive archive;
  archive.cells_are_text = true;
  auto schema = schema_of(folder);
  if (!schema) return fail(schema.error());
  archive.schema = *schema;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() != ".csv" || at->path().filename() == "schema.csv") continue;
    auto table = read_csv_table(at->path());
    if (!table) return fail(table.error());
    archive.tables.push_back(std::move(*table));
  }
  if (error) return fail(Code::io, "{}: {}", folder, error.message());
  auto files = own_files(folder + "/files");
  if (!files) return fail(files.error());
  archive.files = std::move(*files);
  return archive;
}

}  // namespace rehearse::practice
