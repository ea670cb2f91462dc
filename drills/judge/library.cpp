// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/library.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

namespace rehearse::judge {
namespace {

namespace fs = std::filesystem;

bool is_drill_file(const fs::directory_entry& entry) {
  std::error_code error;
  return entry.is_regular_file(error) && entry.path().extension() == ".lua";
}

std::vector<Library::Entry> entries_in(const fs::path& folder, const std::string& category) {
  std::vector<Library::Entry> found;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (is_drill_file(entry))
      found.push_back({entry.path().stem().string(), category, entry.path().string()});
  }
  return found;
}

// Letters that must change to turn one id into another, for "did you mean" (Levenshtein, 1966).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

Result<Library> Library::open(const std::vector<std::string>& folders, Workshop workshop) {
  std::vector<Error> problems;
  Library library = open_all(folders, std::move(workshop), problems);
  if (!problems.empty()) return fail(problems.front());
  return library;
}

Library Library::open_all(const std::vector<std::string>& folders, Workshop workshop,
                          std::vector<Error>& problems) {
  Library library;
  library.workshop_ = std::move(workshop);
  std::map<std::string, std::string> owner;
  for (const std::string& folder : folders) {
    std::vector<Entry> found = entries_in(folder, "");
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
      if (!entry.is_directory(error) || entry.path().filename() == "judge") continue;
      auto inner = entries_in(entry.path(), entry.path().filename().string());
      found.insert(found.end(), inner.begin(), inner.end());
    }
    std::sort(found.begin(), found.end(), [](const Entry& a, const Entry& b) {
      return std::tie(a.category, a.id) < std::tie(b.category, b.id);
    });
    for (Entry& entry : found) {
      auto [place, fresh] = owner.emplace(entry.id, entry.path);
      if (fresh)
        library.entries_.push_back(std::move(entry));
      else
        problems.push_back(
            {Code::bad_data,
             fmt::format("the drill id `{}` stands twice: {} and {}; rename one file and its id",
                         entry.id, place->second, entry.path)});
    }
  }
  return library;
}

const Library::Entry* Library::find(std::string_view id) const {
  for (const Entry& entry : entries_) {
    if (entry.id == id) return &entry;
  }
  return nullptr;
}

Result<Drill> Library::load(const std::string& id_or_path) const {
  if (const Entry* entry = find(id_or_path)) {
    auto drill = load_drill(entry->path, workshop_);
    // Lua names the file alone; who has drills in several folders must know which.
    if (const std::string name = fs::path(entry->path).filename();
        !drill && drill.error().message.starts_with(name + ":"))
      return fail(drill.error().code, "{}{}", entry->path,
                  drill.error().message.substr(name.size()));
    if (drill && drill->id != entry->id) {
      return fail(Code::bad_data,
                  "{}: the file is named {}.lua and its id is `{}`; make them alike", entry->path,
                  entry->id, drill->id);
    }
    return drill;
  }
  std::error_code error;
  if (id_or_path.find_first_of("./") != std::string::npos || fs::exists(id_or_path, error)) {
    return load_drill(id_or_path, workshop_);
  }
  const Entry* nearest = nullptr;
  for (const Entry& entry : entries_) {
    if (!nearest || distance(id_or_path, entry.id) < distance(id_or_path, nearest->id))
      nearest = &entry;
  }
  std::string hint = nearest && distance(id_or_path, nearest->id) <= 6
                         ? "; did you mean `" + nearest->id + "`?"
                         : "";
  return fail(Code::not_found, "there is no drill `{}`{}", id_or_path, hint);
}

}  // namespace rehearse::judge
