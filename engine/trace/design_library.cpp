// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/trace/design_library.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "engine/base/nearest.hpp"
#include "engine/trace/trace.hpp"

namespace rehearse::trace {
namespace {

namespace fs = std::filesystem;

DesignEntry describe(const fs::path& path) {
  DesignEntry entry{path.stem().string(), path.string(), {}, {}, {}, {}, {}, {}, false};
  auto plan = trace_file(entry.path);
  if (!plan) {
    entry.error = plan.error().message;
    return entry;
  }
  entry.title = plan->title;
  entry.asks = plan->asks;
  entry.covers = plan->covers;
  entry.challenge = plan->challenge;
  entry.incident = plan->incident.has_value();
  for (const plan::Chapter& chapter : plan->chapters)
    if (!chapter.title.empty()) entry.chapters.push_back(chapter.title);
  return entry;
}

}  // namespace

Result<DesignLibrary> DesignLibrary::open(const std::vector<std::string>& folders) {
  std::vector<Error> problems;
  DesignLibrary library = open_all(folders, problems);
  if (!problems.empty()) return fail(problems.front());
  return library;
}

DesignLibrary DesignLibrary::open_all(const std::vector<std::string>& folders,
                                      std::vector<Error>& problems) {
  DesignLibrary library;
  for (const std::string& folder : folders) {
    std::error_code error;
    for (const auto& file : fs::directory_iterator(folder, error)) {
      if (file.path().extension() != ".lua") continue;
      if (auto done = library.read(file.path()); !done) problems.push_back(done.error());
    }
  }
  return library;
}

Result<void> DesignLibrary::read(const std::string& path) {
  DesignEntry entry = describe(path);
  const DesignEntry* other = find(entry.id);
  if (other && other->path != path)
    return fail(Code::bad_data,
                "the design `{}` stands in two files: {} and {}; rename one of them", entry.id,
                other->path, path);
  forget(path);
  const auto after =
      std::lower_bound(designs_.begin(), designs_.end(), entry.id,
                       [](const DesignEntry& a, const std::string& id) { return a.id < id; });
  designs_.insert(after, std::move(entry));
  return {};
}

void DesignLibrary::forget(const std::string& path) {
  std::erase_if(designs_, [&path](const DesignEntry& entry) { return entry.path == path; });
}

const DesignEntry* DesignLibrary::find(std::string_view id) const {
  for (const DesignEntry& entry : designs_)
    if (entry.id == id) return &entry;
  return nullptr;
}

Result<std::string> DesignLibrary::path_of(const std::string& id_or_file) const {
  if (const DesignEntry* entry = find(id_or_file)) return entry->path;
  std::error_code error;
  if (fs::is_regular_file(id_or_file, error)) return id_or_file;
  if (fs::is_directory(id_or_file, error))
    return fail(Code::invalid_argument, "{} is a folder; name a design, or the file of one",
                id_or_file);
  std::vector<std::string> ids;
  for (const DesignEntry& entry : designs_) ids.push_back(entry.id);
  return fail(Code::not_found,
              "there is no design and no file `{}`{}; `rehearse designs` lists them", id_or_file,
              did_you_mean(id_or_file, ids));
}

}  // namespace rehearse::trace
