// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/desktop.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "engine/base/read.hpp"

extern char** environ;

namespace rehearse::cli {
namespace {

namespace fs = std::filesystem;

// A folder of our own that goes when the scope ends.
struct ScratchFolder {
  std::string path;
  ScratchFolder() {
    std::string pattern = (fs::temp_directory_path() / "rehearse-render-XXXXXX").string();
    if (mkdtemp(pattern.data())) path = pattern;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    if (!path.empty()) fs::remove_all(path, ignored);
  }
};

Result<std::string> desktop_path() {
  const std::string path = executable_folder() + "/rehearse-desktop";
  if (access(path.c_str(), X_OK) == 0) return path;
  return fail(Code::unsupported,
              "the desktop part (rehearse-desktop) is not installed beside rehearse; plots and "
              "reports need it. "
              "Tables, --json and --csv work without it");
}

// Waits for the child; its stderr goes to `log`.
Result<int> spawn_and_wait(const std::string& program, const std::vector<std::string>& arguments,
                           const std::string& log) {
  std::vector<char*> argv;
  argv.push_back(const_cast<char*>(program.c_str()));
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  pid_t pid = 0;
  const int error = posix_spawn(&pid, program.c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error) return fail(Code::io, "could not start {}: {}", program, std::strerror(error));
  int status = 0;
  while (waitpid(pid, &status, 0) < 0)
    if (errno != EINTR) return fail(Code::io, "lost {}: {}", program, std::strerror(errno));
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

std::string executable_folder() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  return error ? std::string(".") : self.parent_path().string();
}

bool has_display() {
  const char* x11 = std::getenv("DISPLAY");
  const char* wayland = std::getenv("WAYLAND_DISPLAY");
  return (x11 && *x11) || (wayland && *wayland);
}

Result<void> exec_desktop(const std::vector<std::string>& arguments) {
  auto path = desktop_path();
  if (!path) return fail(path.error());
  std::vector<char*> argv{path->data()};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  execv(path->c_str(), argv.data());
  return fail(Code::io, "could not start {}: {}", *path, std::strerror(errno));
}

Result<void> render(const Document& document, const std::string& path) {
  auto program = desktop_path();
  if (!program) return fail(program.error());
  ScratchFolder scratch;
  if (scratch.path.empty())
    return fail(Code::io, "no temporary folder could be made: {}", std::strerror(errno));
  const std::string job = scratch.path + "/document.json", log = scratch.path + "/log";
  if (auto written = write_file(job, to_json(document).dump()); !written) return written;
  auto status = spawn_and_wait(*program, {"--render", job, "--out", path}, log);
  if (!status) return fail(status.error());
  if (*status == 0) return {};
  const std::string said = read_file(log).value_or("");
  return fail(*status == 2 ? Code::io : Code::internal, "{}",
              said.empty() ? fmt::format("rendering {} failed (status {})", path, *status) : said);
}

}  // namespace rehearse::cli
