// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/desktop.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "app/cli/child_process.hpp"
#include "engine/base/read.hpp"

namespace rehearse::cli {
namespace {

Result<std::string> desktop_path() {
  const std::string path = executable_folder() + "/rehearse-desktop";
  if (access(path.c_str(), X_OK) == 0) return path;
  return fail(Code::unsupported,
              "the desktop part (rehearse-desktop) is not installed beside rehearse; plots and "
              "reports need it. "
              "Tables, --json and --csv work without it");
}

}  // namespace

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
