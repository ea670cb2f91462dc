// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/drills_common.hpp"

#include <cstdlib>
#include <filesystem>
#include <sstream>

namespace rehearse::cli {

judge::Workshop workshop(const Context& context) {
  return {"", (std::filesystem::path(context.home.cache) / "judge").string()};
}

Result<judge::Library> open_drills(const Context& context) {
  std::vector<std::string> folders = {
      (std::filesystem::path(context.home.builtin) / "drills").string(), context.home.user_drills};
  // Further folders, separated as PATH is.
  if (const char* more = std::getenv("REHEARSE_DRILLS")) {
    std::istringstream list(more);
    for (std::string folder; std::getline(list, folder, ':');)
      if (!folder.empty()) folders.push_back(folder);
  }
  return judge::Library::open(folders, workshop(context));
}

}  // namespace rehearse::cli
