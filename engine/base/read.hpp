// SPDX-License-Identifier: GPL-3.0-or-later
//
// Readers of the user's own tables: CSV (RFC 4180, header line) and JSONL (one object a line).
//
// A bad row is an error that names its line; with `skip_bad` it is counted instead. A UTF-8 byte
// order mark is skipped, CRLF is accepted, quoted fields may hold commas, quotes and newlines;
// blank lines are skipped. Types: a column whose every non-empty cell is a whole number is int64, a
// number float64, otherwise dictionary; `true`/`false` is boolean; columns named in `times` are
// parsed as times; a column without any value is float64. Blank cells and `null` are missing.
//
// `nan`, `inf` and `-inf` (any case) are float64 values, kept as such: a metric refuses them with
// their row, which says more than a reader could. A whole number past int64 makes its column
// float64; a number past float64 (1e999) is a bad row, one below it (1e-999) is 0. In JSONL a
// quoted value is text even where it looks like a number, and an absent key is a missing cell. 1M
// rows × 5 numeric columns are read in under a second (tests/bench/base_read_bench.cpp).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse {

struct ReadOptions {
  char separator = ',';  // '\t' for TSV
  bool header = true;    // false: columns are named c1, c2, …
  bool skip_bad = false;
  std::vector<std::string> times = {};           // columns to parse as times
  std::vector<std::string> times_if_there = {};  // likewise, where the table has them
  std::vector<std::string> texts = {};  // columns to keep as text whatever they look like
  // Where given, these alone may be numbers: every other column is kept as text.
  std::optional<std::vector<std::string>> numbers = {};
};

struct ReadReport {
  Frame frame;
  std::size_t skipped = 0;    // bad rows left out (skip_bad)
  std::string first_skipped;  // why the first of them was left out
};

// Errors (with line): a row with more or fewer cells than the header, an unclosed quote, invalid
// UTF-8, a NUL byte, a cell over 16 MiB, an empty file (a header alone is a table of 0 rows),
// duplicate or empty header names, a column of `times`, `texts` or `numbers` that is not there, and
// for JSONL what is no flat JSON object. `name` stands in messages. Thread-safe; O(bytes).
Result<ReadReport> parse_csv(std::string_view text, const ReadOptions& options,
                             std::string_view name, const Progress& progress = {});
Result<ReadReport> parse_jsonl(std::string_view text, const ReadOptions& options,
                               std::string_view name, const Progress& progress = {});

// Chooses by file ending (.csv, .tsv, .jsonl, .ndjson); `-` reads standard input as CSV or, where
// the first character is `{`, as JSONL; so are files of any other ending.
Result<ReadReport> read_table(const std::string& path, const ReadOptions& options = {},
                              const Progress& progress = {});
// The whole of a file or a pipe; `-` is standard input. Errors: no such file, a folder, a device or
// a socket (which might never end), no permission, more than `max_bytes`.
Result<std::string> read_file(const std::string& path,
                              std::size_t max_bytes = std::size_t{4} << 30);
// Written to a temporary file beside it, flushed and renamed: whole or not at all, and with the
// mode of a file that was there. Through a symbolic link its target is replaced; a terminal, pipe
// or device is written to directly; `-` is standard output.
Result<void> write_file(const std::string& path, std::string_view content);

// A frame as CSV; NaN and missing are empty cells, doubles with the digits that round-trip.
std::string to_csv(const Frame& frame);

}  // namespace rehearse
