// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/read.hpp"

#include <algorithm>
#include <filesystem>

namespace rehearse {
namespace {

std::string ending(const std::string& path) {
  std::string text = std::filesystem::path(path).extension().string();
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

bool begins_with_brace(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

}  // namespace

Result<ReadReport> read_table(const std::string& path, const ReadOptions& options,
                              const Progress& progress) {
  auto text = read_file(path);
  if (!text) return fail(text.error());
  const std::string kind = path == "-" ? std::string() : ending(path);
  const bool named = kind == ".csv" || kind == ".tsv" || kind == ".jsonl" || kind == ".ndjson";
  const std::string name = path == "-" ? "standard input" : path;
  if (kind == ".jsonl" || kind == ".ndjson" || (!named && begins_with_brace(*text)))
    return parse_jsonl(*text, options, name, progress);
  ReadOptions separated = options;
  if (kind == ".tsv" && options.separator == ',') separated.separator = '\t';
  return parse_csv(*text, separated, name, progress);
}

}  // namespace rehearse
