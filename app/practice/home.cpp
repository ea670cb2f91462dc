// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/practice/home.hpp"

#include <cstdlib>
#include <filesystem>

namespace rehearse::practice {
namespace {

namespace fs = std::filesystem;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

// A relative one would lie elsewhere at the next start.
std::string user_home() {
  const std::string home = environment("HOME");
  return home.starts_with("/") ? home : "";
}

// XDG: a relative path in the variable is to be ignored.
std::string xdg(const char* name, const std::string& otherwise) {
  const std::string value = environment(name);
  return (!value.empty() && value[0] == '/' ? value : user_home() + otherwise) + "/rehearse";
}

bool holds_product(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_directory(folder / "drills", ignored) &&
         fs::is_directory(folder / "content", ignored);
}

// Installed: <prefix>/bin and <prefix>/share/rehearse. In a checkout: a few folders above the
// build.
Result<std::string> find_builtin() {
  if (const std::string named = environment("REHEARSE_DATA"); !named.empty()) return named;
  std::error_code error;
  fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
  if (holds_product(folder.parent_path() / "share/rehearse"))
    return (folder.parent_path() / "share/rehearse").string();
  for (int up = 0; up < 5 && folder.has_relative_path(); ++up, folder = folder.parent_path())
    if (holds_product(folder)) return folder.string();
  return fail(Code::not_found,
              "the drills and cards that ship with rehearse were not found beside its executable; "
              "reinstall it, or name their folder in REHEARSE_DATA");
}

Result<void> make_folder(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error)
    return fail(Code::io,
                "the folder {} cannot be made: {}; name another with --home or REHEARSE_HOME", path,
                error.message());
  return {};
}

}  // namespace

Result<Home> Home::resolve(const std::string& folder) {
  Home home;
  const std::string one = folder.empty() ? environment("REHEARSE_HOME") : folder;
  if (!one.empty()) {
    home.data = fs::absolute(one).lexically_normal().string();
    home.cache = home.data + "/cache";
    home.config = home.data;
  } else if (user_home().empty() &&
             (environment("XDG_DATA_HOME").empty() || environment("XDG_CACHE_HOME").empty())) {
    return fail(Code::invalid_argument,
                "neither HOME (an absolute path) nor REHEARSE_HOME is set, so there is nowhere to "
                "keep your data; name a folder with --home DIR");
  } else {
    home.data = xdg("XDG_DATA_HOME", "/.local/share");
    home.cache = xdg("XDG_CACHE_HOME", "/.cache");
    home.config = xdg("XDG_CONFIG_HOME", "/.config");
  }
  auto builtin = find_builtin();
  if (!builtin) return fail(builtin.error());
  home.builtin = *builtin;
  home.user_drills = home.data + "/drills";
  home.user_designs = home.data + "/designs";
  home.user_content = home.data + "/content";
  for (const std::string& path : {home.data, home.cache})
    if (auto made = make_folder(path); !made) return fail(made.error());
  return home;
}

}  // namespace rehearse::practice
