// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a native program might try from inside the walls. Lua has no way to make these calls; they
// are tried here so that the walls are known to stand before a language comes that can.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <map>

#include "drills/judge/worker/sandbox.hpp"

namespace rehearse::judge {
namespace {

std::string outcome(long result) {
  return result < 0 ? std::string("refused: ") + std::strerror(errno) : "done";
}

long open_passwd() { return open("/etc/passwd", O_RDONLY); }
long write_tmp() { return open("/tmp/rehearse_canary_worker", O_WRONLY | O_CREAT, 0600); }
long write_here() { return open("rehearse_canary_worker", O_WRONLY | O_CREAT, 0600); }
long list_root() { return open("/etc", O_RDONLY | O_DIRECTORY); }
long make_socket() {
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (s < 0) return s;
  // 127.0.0.1:9, so that nothing leaves the machine even where every wall is down.
  const unsigned char address[16] = {2, 0, 0, 9, 127, 0, 0, 1};
  long result = connect(s, reinterpret_cast<const sockaddr*>(address), sizeof address);
  return result < 0 && errno == ECONNREFUSED ? 0 : result;
}
long do_fork() {
  long pid = fork();
  if (pid == 0) _exit(0);
  if (pid > 0) waitpid(static_cast<pid_t>(pid), nullptr, 0);
  return pid;
}
long do_exec() {
  char path[] = "/bin/true";
  char* argv[] = {path, nullptr};
  return execv(path, argv);
}
long signal_parent() { return kill(getppid() ? getppid() : -1, 0); }
long trace_parent() { return ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr); }
long do_mount() { return mount("none", "/", "tmpfs", 0, nullptr); }
long io_uring() { return syscall(425, 1, nullptr); }
long executable_memory() {
  void* where =
      mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return where == MAP_FAILED ? -1 : 0;
}
long write_elsewhere() { return write(1, "", 0); }

}  // namespace

std::string attempt_escape(const std::string& name) {
  static const std::map<std::string, long (*)()> kAttempts = {
      {"open-passwd", open_passwd},
      {"write-tmp", write_tmp},
      {"write-here", write_here},
      {"list-root", list_root},
      {"socket", make_socket},
      {"fork", do_fork},
      {"exec", do_exec},
      {"kill-parent", signal_parent},
      {"ptrace-parent", trace_parent},
      {"mount", do_mount},
      {"io-uring", io_uring},
      {"executable-memory", executable_memory},
      {"write-stdout", write_elsewhere}};
  auto found = kAttempts.find(name);
  if (found == kAttempts.end()) return "unknown attempt";
  return outcome(found->second());
}

}  // namespace rehearse::judge
