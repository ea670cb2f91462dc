// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/machine.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <sstream>

namespace rehearse::judge {
namespace fs = std::filesystem;

std::vector<std::string> programs_named(const std::vector<std::string>& names) {
  std::vector<std::string> folders = {"/usr/bin", "/usr/local/bin"};
  const char* path = std::getenv("PATH");
  std::istringstream rest(path ? path : "");
  for (std::string folder; std::getline(rest, folder, ':');)
    if (folder.starts_with('/')) folders.push_back(folder);
  std::vector<std::string> found;
  for (const std::string& name : names) {
    for (const std::string& folder : folders) {
      const std::string whole = folder + "/" + name;
      if (access(whole.c_str(), X_OK) == 0 &&
          std::find(found.begin(), found.end(), whole) == found.end())
        found.push_back(whole);
    }
  }
  return found;
}

std::string output_of(const std::vector<std::string>& command, bool errors_too) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return "";
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  if (errors_too)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
  else
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  char path[] = "PATH=/usr/bin:/bin:/usr/local/bin", language[] = "LC_ALL=C";
  char* environment[] = {path, language, nullptr};
  pid_t child = -1;
  const bool started =
      posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environment) == 0;
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  std::string text;
  char part[4096];
  for (ssize_t got; started && ((got = read(ends[0], part, sizeof part)) > 0 || errno == EINTR);)
    if (got > 0) text.append(part, static_cast<std::size_t>(got));
  close(ends[0]);
  int status = 0;
  if (started)
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return started && WIFEXITED(status) && WEXITSTATUS(status) == 0 ? text : "";
}

std::string real_path(const std::string& path) {
  std::error_code error;
  const fs::path whole = fs::canonical(path, error);
  return error ? "" : whole.string();
}

std::string folder_of(const std::string& path) { return fs::path(path).parent_path().string(); }

std::vector<std::string> outermost(const std::vector<std::string>& folders) {
  std::vector<std::string> real;
  for (const std::string& folder : folders)
    if (std::string whole = real_path(folder); !whole.empty()) real.push_back(std::move(whole));
  std::sort(real.begin(), real.end());
  std::vector<std::string> kept;
  for (const std::string& folder : real)
    if (kept.empty() || (folder != kept.back() && !folder.starts_with(kept.back() + "/")))
      kept.push_back(folder);
  return kept;
}

std::vector<std::string> libraries_of(const std::string& program) {
  std::vector<std::string> libraries;
  for (const std::string& ldd : programs_named({"ldd"})) {
    std::istringstream words(output_of({ldd, program}));
    for (std::string word; words >> word;)
      if (word.starts_with('/')) libraries.push_back(word);
    break;
  }
  return libraries;
}

}  // namespace rehearse::judge
