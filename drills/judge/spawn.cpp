// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/spawn.hpp"

#include <errno.h>
#include <fcntl.h>
#include <sanitizer/asan_interface.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <string_view>

namespace rehearse::judge {
namespace {

constexpr int kNamespaces =
    CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;
constexpr std::size_t kChildStack = 64 << 10;

// Everything that the child needs, made before it exists: it shares our memory until it executes,
// so it may neither allocate nor take a lock.
struct Plan {
  const char* path;
  int channel;
  int null_device;
  bool namespaces;
  char uid_map[64];
  char gid_map[64];
  int error = 0;          // out: errno of what failed
  const char* step = "";  // out: what failed
};

bool write_file(const char* path, const char* text) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  auto size = static_cast<ssize_t>(std::strlen(text));
  bool done = write(file, text, static_cast<std::size_t>(size)) == size;
  close(file);
  return done;
}

// The child is root in its own user name space and nobody outside: only so may it make its mounts.
bool map_user(const Plan& plan) {
  write_file("/proc/self/setgroups", "deny");  // absent on old kernels
  return write_file("/proc/self/uid_map", plan.uid_map) &&
         write_file("/proc/self/gid_map", plan.gid_map);
}

// Descriptors could be in each other's way, so they first move above those that stay.
bool place_descriptors(const Plan& plan) {
  int channel = fcntl(plan.channel, F_DUPFD_CLOEXEC, 10);
  int null_device = fcntl(plan.null_device, F_DUPFD_CLOEXEC, 10);
  if (channel < 0 || null_device < 0) return false;
  for (int target = 0; target < 3; ++target) {
    if (dup2(null_device, target) < 0) return false;
  }
  return dup2(channel, 3) == 3;
}

void reset_signals() {
  struct sigaction usual {};
  usual.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; ++signal) sigaction(signal, &usual, nullptr);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

int give_up(Plan& plan, const char* step) {
  plan.error = errno;
  plan.step = step;
  _exit(127);
}

int child(void* argument) {
  Plan& plan = *static_cast<Plan*>(argument);
  if (plan.namespaces && !map_user(plan)) return give_up(plan, "map the user");
  if (!place_descriptors(plan)) return give_up(plan, "place the descriptors");
  reset_signals();
  setsid();  // no terminal, no signals meant for the judge's group
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // Where addresses repeat, so does the order of `pairs`. Containers may refuse; the worker has
  // fixed addresses of its own for what matters.
  personality(ADDR_NO_RANDOMIZE);
  rlimit stack{8u << 20, 8u << 20};
  setrlimit(RLIMIT_STACK, &stack);
  char name[] = "rehearse-worker";
  char in_namespaces[] = "namespaces", plain[] = "plain";
  char* argv[] = {name, plan.namespaces ? in_namespaces : plain, nullptr};
  char* environment[] = {nullptr};
  execve(plan.path, argv, environment);
  return give_up(plan, "execute");
}

pid_t start_child(Plan& plan, void* stack_end) {
  int flags = CLONE_VM | CLONE_VFORK | SIGCHLD | (plan.namespaces ? kNamespaces : 0);
  // A signal handler of ours must not run in the child, whose memory is ours.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  plan.error = 0;
  pid_t pid = clone(child, stack_end, flags, &plan);
  int error = errno;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (pid < 0) {
    plan.error = error;
    plan.step = "clone";
  } else if (plan.error) {
    while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) continue;
    pid = -1;
  }
  return pid;
}

}  // namespace

Result<pid_t> spawn_isolated(const std::string& path, int channel) {
  Plan plan{};
  plan.path = path.c_str();
  plan.channel = channel;
  fmt::format_to_n(plan.uid_map, sizeof plan.uid_map - 1, "0 {} 1", geteuid());
  fmt::format_to_n(plan.gid_map, sizeof plan.gid_map - 1, "0 {} 1", getegid());
  plan.null_device = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (plan.null_device < 0) return fail(Code::io, "/dev/null: {}", std::strerror(errno));
  void* stack = mmap(nullptr, kChildStack, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  pid_t pid = -1;
  if (stack != MAP_FAILED) {
    void* stack_end = static_cast<char*>(stack) + kChildStack;
    // Another child may have stood here; its frames ended with execve, not with a return.
    ASAN_UNPOISON_MEMORY_REGION(stack, kChildStack);
    plan.namespaces = true;
    pid = start_child(plan, stack_end);
    if (pid < 0 && std::string_view(plan.step) != "execute") {
      plan.namespaces = false;
      pid = start_child(plan, stack_end);
    }
    munmap(stack, kChildStack);
  }
  close(plan.null_device);
  if (pid < 0) {
    return fail(Code::io, "cannot start the worker {} ({}: {})", path, plan.step,
                std::strerror(plan.error));
  }
  return pid;
}

}  // namespace rehearse::judge
