// SPDX-License-Identifier: GPL-3.0-or-later
//
// TableAssembly: what the CSV and the JSONL reader share. It holds the columns while rows arrive,
// decides what a bad row does (an error with its line, or one more skipped), runs the second pass
// over columns that turned out to be text, and makes the Frame.
//
// A reader calls `pass` with a function that walks all its rows; it is called once, or twice.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "engine/base/inferred_column.hpp"
#include "engine/base/read.hpp"

namespace rehearse {

class TableAssembly {
 public:
  // Both outlive the assembly.
  TableAssembly(const ReadOptions& options, std::string_view name)
      : options_(options), name_(name) {}

  // A column more, missing in the `rows` before it. Errors: too many columns, or too many cells
  // that no file holds (a few lines with many keys each, in JSONL, would ask for all memory).
  Result<std::size_t> add_column(const std::string& name, std::size_t rows,
                                 std::size_t expected_rows, std::size_t line);
  // Cells that a row leaves out, for the same bound.
  Result<void> leave_out(std::size_t cells, std::size_t line);
  std::size_t columns() const { return columns_.size(); }
  // The column to hand a cell to; null in a second pass that does not concern it.
  InferredColumn* column(std::size_t index) {
    return !text_pass_ || is_text_pass_of_[index] ? &columns_[index] : nullptr;
  }

  // A row that cannot be read: the error to return or, with skip_bad, one more row left out.
  Result<void> skip(std::size_t line, const std::string& why);

  // Walks the rows; once more where columns turned out to be text. Then the table.
  Result<ReadReport> run(const std::function<Result<void>()>& walk) &&;

 private:
  Error error_at(std::size_t line, std::string_view why) const;
  InferredColumn::Want want(const std::string& name) const;
  Result<void> check_options() const;
  bool begin_text_pass();
  const BadCell* first_bad_cell() const;
  Result<Frame> build(const std::unordered_set<std::uint32_t>& without);
  Result<ReadReport> finish();

  const ReadOptions& options_;
  std::string_view name_;
  std::vector<InferredColumn> columns_;
  std::size_t left_out_ = 0;
  bool text_pass_ = false;
  std::vector<bool> is_text_pass_of_;
  std::size_t skipped_ = 0;
  std::size_t first_line_ = 0;  // of the first row skipped
  std::string first_skipped_;
};

// What both readers ask of the bytes before they look at rows.
//
// `suspect` is set where a NUL or ill-formed UTF-8 stands somewhere and skip_bad wants the row, not
// the file, to be refused. Errors: empty, a foreign format (gzip, UTF-16, …), bad bytes with line.
struct TextFacts {
  std::string_view text;  // without the byte order mark
  bool suspect = false;
  std::size_t lines = 0;
};
Result<TextFacts> inspect_text(std::string_view text, const ReadOptions& options,
                               std::string_view name);
// Why a row of a suspect text is bad; empty if it is not.
std::string bad_bytes(std::string_view row);

}  // namespace rehearse
