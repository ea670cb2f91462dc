// SPDX-License-Identifier: GPL-3.0-or-later
//
// Source text: the whole of a text file, known to be UTF-8, with lines to name in messages.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "engine/base/error.hpp"

namespace rehearse::retrieval {

// Without a byte order mark. Errors: those of read_file, not UTF-8 or a NUL byte (which line).
Result<std::string> read_source_text(const std::string& path, std::size_t max_bytes);
// The same check of a text at hand.
Result<void> check_source_text(std::string_view text, std::string_view name);

// From 1.
std::size_t line_at(std::string_view text, std::size_t byte);

std::string_view trimmed(std::string_view text);
bool blank(std::string_view text);

// Lines without their ends (LF or CRLF), counted.
class Lines {
 public:
  explicit Lines(std::string_view text) : left_(text) {}
  bool next() {
    if (left_.empty()) return false;
    const std::size_t end = std::min(left_.find('\n'), left_.size());
    line_ = left_.substr(0, end);
    left_.remove_prefix(std::min(end + 1, left_.size()));
    if (line_.ends_with('\r')) line_.remove_suffix(1);
    ++number_;
    return true;
  }
  std::string_view line() const { return line_; }
  std::size_t number() const { return number_; }
  std::size_t bytes_left() const { return left_.size(); }

 private:
  std::string_view left_, line_;
  std::size_t number_ = 0;
};

}  // namespace rehearse::retrieval
