// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/source_text.hpp"

#include <algorithm>

#include "engine/base/read.hpp"
#include "engine/base/utf8.hpp"

namespace rehearse::retrieval {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF", kSpaces = " \t\r\n\f\v";

}  // namespace

std::size_t line_at(std::string_view text, std::size_t byte) {
  const std::string_view front = text.substr(0, byte);
  return 1 + static_cast<std::size_t>(std::count(front.begin(), front.end(), '\n'));
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
}

bool blank(std::string_view text) {
  return text.find_first_not_of(kSpaces) == std::string_view::npos;
}

Result<void> check_source_text(std::string_view text, std::string_view name) {
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos)
    return fail(Code::bad_data,
                "{}: line {}: a NUL byte; is the file UTF-16? Convert it first (iconv -t utf-8)",
                name, line_at(text, nul));
  if (const std::size_t at = invalid_utf8_at(text); at != std::string_view::npos)
    return fail(Code::bad_data,
                "{}: line {}: not UTF-8; convert the file first (iconv -f latin1 -t utf-8, if it "
                "is Latin-1)",
                name, line_at(text, at));
  return {};
}

Result<std::string> read_source_text(const std::string& path, std::size_t max_bytes) {
  auto text = read_file(path, max_bytes);
  if (!text) return fail(text.error());
  if (text->starts_with(kByteOrderMark)) text->erase(0, kByteOrderMark.size());
  if (auto fine = check_source_text(*text, path); !fine) return fail(fine.error());
  return text;
}

}  // namespace rehearse::retrieval
