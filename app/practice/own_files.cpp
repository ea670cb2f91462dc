// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/own_files.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

#include "engine/base/read.hpp"
#include "engine/base/utf8.hpp"

namespace rehearse::practice {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestOwnFile = 16 << 20;
constexpr std::size_t kLongestPart = 200, kMostParts = 8;
const std::set<std::string> kOwnFolders = {"drills", "designs", "content", "cases"};

Result<std::optional<std::string>> text_if_there(const std::string& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return std::nullopt;
  auto text = read_file(path, kLargestOwnFile);
  if (!text) return fail(text.error());
  return std::move(*text);
}

Result<void> move_file(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_directories(to.parent_path(), error);
  if (!error) fs::rename(from, to, error);
  if (error)
    return fail(Code::io, "{} cannot be moved to {}: {}", from.string(), to.string(),
                error.message());
  return {};
}

Result<void> write_one(const OwnFile& file, const ImportTarget& target, const std::string& aside,
                       ImportReport& report) {
  const std::string path = target.data + "/" + file.path;
  auto present = text_if_there(path);
  if (!present) return fail(present.error());
  auto product = text_if_there(target.builtin + "/" + file.path);
  if (!product) return fail(product.error());
  const bool there = present->has_value(), shipped = product->has_value();
  if (*present == file.content || (!there && *product == file.content))
    return ++report.known, Result<void>{};
  if (shipped || (there && !target.replace))
    return report.kept.push_back(file.path), Result<void>{};
  if (there)
    if (auto moved = move_file(path, aside + "/" + file.path); !moved) return moved;
  std::error_code error;
  fs::create_directories(fs::path(path).parent_path(), error);
  if (error) return fail(Code::io, "the folder of {} cannot be made: {}", path, error.message());
  if (auto written = write_file(path, file.content); !written) return written;
  report.written.push_back(file.path);
  return {};
}

}  // namespace

std::string refused_path(const std::string& path) {
  if (invalid_utf8_at(path) != std::string_view::npos) return "it is not UTF-8";
  std::size_t parts = 0;
  for (std::size_t from = 0; from <= path.size(); ++parts) {
    const std::size_t end = std::min(path.find('/', from), path.size());
    const std::string part = path.substr(from, end - from);
    if (parts == 0 && !kOwnFolders.count(part))
      return "it is not below drills/, designs/, content/ or cases/";
    if (part.empty() || part[0] == '.' || part.find('\\') != part.npos ||
        part.find('\0') != part.npos)
      return "it leads out of its folder or is hidden";
    if (part.size() > kLongestPart) return "its name is too long";
    from = end + 1;
  }
  if (parts < 2 || parts > kMostParts) return "it names no file, or one too deep";
  return "";
}

Result<void> check_paths(const std::vector<OwnFile>& files) {
  std::set<std::string> seen;
  for (const OwnFile& file : files) {
    if (const std::string why = refused_path(file.path); !why.empty())
      return fail(Code::bad_data, "the file \"{}\" was refused, since {}; nothing was imported",
                  file.path, why);
    if (!seen.insert(file.path).second)
      return fail(Code::bad_data, "the file \"{}\" stands twice; nothing was imported", file.path);
  }
  return {};
}

Result<std::vector<OwnFile>> own_files(const std::string& data) {
  std::vector<OwnFile> files;
  for (const std::string& folder : kOwnFolders) {
    std::error_code error;
    if (!fs::is_directory(data + "/" + folder, error)) continue;
    fs::recursive_directory_iterator at(data + "/" + folder, error), end;
    for (; !error && at != end; at.increment(error)) {
      std::error_code unreadable;
      if (!at->is_regular_file(unreadable)) continue;
      const std::string path = at->path().lexically_relative(data).generic_string();
      if (!refused_path(path).empty()) continue;
      auto content = read_file(at->path().string(), kLargestOwnFile);
      if (!content) return fail(content.error());
      files.push_back({path, std::move(*content)});
    }
    if (error) return fail(Code::io, "{}/{}: {}", data, folder, error.message());
  }
  std::sort(files.begin(), files.end(),
            [](const OwnFile& a, const OwnFile& b) { return a.path < b.path; });
  return files;
}

Result<void> write_own_files(const std::vector<OwnFile>& files, const ImportTarget& target,
                             const std::string& aside, ImportReport& report) {
  if (target.replace) {
    auto present = own_files(target.data);
    if (!present) return fail(present.error());
    std::set<std::string> staying;
    for (const OwnFile& file : files) staying.insert(file.path);
    for (const OwnFile& file : *present)
      if (!staying.count(file.path))
        if (auto moved = move_file(target.data + "/" + file.path, aside + "/" + file.path); !moved)
          return moved;
  }
  for (const OwnFile& file : files)
    if (auto written = write_one(file, target, aside, report); !written) return written;
  return {};
}

}  // namespace rehearse::practice
