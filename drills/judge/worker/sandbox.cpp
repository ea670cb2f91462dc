// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/worker/sandbox.hpp"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstring>

#include "drills/judge/wire.hpp"
#include "drills/judge/worker/landlock.hpp"
#include "drills/judge/worker/seccomp.hpp"

namespace rehearse::judge {
namespace {

std::string reason(const char* step) { return std::string(step) + ": " + std::strerror(errno); }

// An empty, read-only root of its own. The old root is detached, so that no path leads to it.
bool enter_empty_root(std::string& why) {
  if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
    return why = reason("private mounts"), false;
  // Any directory will do as the place: it is only seen until the root changes.
  if (mount("none", "/proc", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC,
            "size=4k,nr_inodes=2,mode=0555") != 0 &&
      mount("none", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC,
            "size=4k,nr_inodes=2,mode=0555") != 0) {
    return why = reason("tmpfs"), false;
  }
  const char* place = access("/proc/self", F_OK) != 0 ? "/proc" : "/tmp";
  if (chdir(place) != 0) return why = reason("chdir"), false;
  if (syscall(SYS_pivot_root, ".", ".") == 0) {
    if (umount2(".", MNT_DETACH) != 0) return why = reason("detach the old root"), false;
  } else if (chroot(".") != 0) {
    return why = reason("pivot_root"), false;
  }
  if (chdir("/") != 0) return why = reason("chdir"), false;
  mount(nullptr, "/", nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC,
        nullptr);
  return true;
}

void drop_capabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct none[2] = {};
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  syscall(SYS_capset, &header, none);
}

bool set_limit(int resource, std::uint64_t value) {
  rlimit limit{value, value};
  return setrlimit(static_cast<__rlimit_resource>(resource), &limit) == 0;
}

bool lower_limits(const WallRequest& request, std::string& why) {
  bool ok = set_limit(RLIMIT_CORE, 0) && set_limit(RLIMIT_FSIZE, 0) &&
            set_limit(RLIMIT_NOFILE, 16) && set_limit(RLIMIT_MEMLOCK, 0) &&
            set_limit(RLIMIT_MSGQUEUE, 0) && set_limit(RLIMIT_CPU, request.cpu_seconds);
  // One process, this one. As root it does not bind; seccomp refuses to fork anyway.
  ok = ok && set_limit(RLIMIT_NPROC, 1);
#ifndef REHEARSE_SANITIZE  // a sanitizer's shadow memory is terabytes of address space
  ok = ok && set_limit(RLIMIT_AS, request.address_space);
#endif
  if (!ok) why = reason("setrlimit");
  return ok;
}

}  // namespace

Walls raise_walls(const WallRequest& request) {
  Walls walls;
  auto note = [&](std::uint32_t wall, const char* name, bool up, const std::string& why) {
    if (up)
      walls.up |= wall;
    else
      walls.missing += std::string(name) + ": " + why + "\n";
  };
  std::string why = "the kernel refused them";
  if (request.wanted & wire::kNamespaces) {
    bool up = request.in_namespaces && enter_empty_root(why);
    note(wire::kNamespaces, "namespaces", up, why);
  }
  if (request.wanted & wire::kRlimits) {
    bool up = lower_limits(request, why);
    note(wire::kRlimits, "rlimits", up, why);
  }
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);  // no neighbour of the same user may trace it
  if (request.wanted & wire::kLandlock) {
    bool up = deny_files_and_network(why);
    note(wire::kLandlock, "landlock", up, why);
  }
  drop_capabilities();
  if (request.wanted & wire::kSeccomp) {
    bool up = allow_few_system_calls(request.channel, why);
    note(wire::kSeccomp, "seccomp", up, why);
  }
  return walls;
}

}  // namespace rehearse::judge
