// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/worker/sandbox.hpp"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "drills/judge/wire.hpp"
#include "drills/judge/worker/landlock.hpp"
#include "drills/judge/worker/seccomp.hpp"

namespace rehearse::judge {
namespace {

std::string reason(const char* step) { return std::string(step) + ": " + std::strerror(errno); }

constexpr std::uint64_t kThreads = 64;
constexpr std::uint64_t kOpenFiles = 16, kOpenFilesOfCompiler = 64;
constexpr const char* kWorkplaceSize = "size=128m,nr_inodes=64,mode=0755";
constexpr const char* kRootSize = "size=256k,nr_inodes=256,mode=0555";

// Folders down to `path` (its last part only where it is one itself), below `place`.
bool make_way(const std::string& place, const std::string& path, bool folder) {
  for (std::size_t at = path.find('/', 1);; at = path.find('/', at + 1)) {
    const bool last = at == std::string::npos;
    const std::string part = place + path.substr(0, at);
    if (last && !folder) {
      const int file = open(part.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0444);
      return file >= 0 && close(file) == 0;
    }
    if (mkdir(part.c_str(), 0555) != 0 && errno != EEXIST) return false;
    if (last) return true;
  }
}

// Shows `path` below `place`, read-only.
bool show(const std::string& place, const std::string& path, bool folder) {
  if (!make_way(place, path, folder)) return false;
  const std::string target = place + path;
  if (mount(path.c_str(), target.c_str(), nullptr, MS_BIND | MS_REC, nullptr) != 0) return false;
  struct statvfs about {};
  if (statvfs(target.c_str(), &about) != 0) return false;
  // What the mount was forbidden already stays forbidden, or the kernel refuses the change.
  const unsigned long kept = (about.f_flag & ST_NOEXEC ? MS_NOEXEC : 0) |
                             (about.f_flag & ST_NOATIME ? MS_NOATIME : 0) |
                             (about.f_flag & ST_NODIRATIME ? MS_NODIRATIME : 0) |
                             (about.f_flag & ST_RELATIME ? MS_RELATIME : 0);
  return mount(nullptr, target.c_str(), nullptr,
               MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV | kept, nullptr) == 0;
}

// What another program is shown, with the short cuts that paths of libraries take (/lib ->
// usr/lib).
bool show_all(const WallRequest& request, const std::string& place) {
  for (const char* name : {"/lib", "/lib64"}) {
    char target[256] = {};
    if (readlink(name, target, sizeof target - 1) <= 0) continue;
    const std::string whole = target[0] == '/' ? target : std::string("/") + target;
    if (!make_way(place, whole, true)) return false;
    if (symlink(whole.c_str() + 1, (place + name).c_str()) != 0) return false;
  }
  for (const std::string& path : request.folders)
    if (!show(place, path, true)) return false;
  auto is_shown = [&](const std::string& path) {
    return std::any_of(request.folders.begin(), request.folders.end(),
                       [&](const std::string& folder) { return path.starts_with(folder + "/"); });
  };
  for (const std::string& path : request.programs)
    if (!is_shown(path) && !show(place, path, false)) return false;
  if (request.workplace.empty()) return true;
  const std::string workplace = place + request.workplace;
  return make_way(place, request.workplace, true) &&
         mount("none", workplace.c_str(), "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC,
               kWorkplaceSize) == 0;
}

// A read-only root of its own, empty but for what another program is shown. The old root is
// detached, so that no path leads to it.
bool enter_own_root(const WallRequest& request, std::string& why) {
  if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
    return why = reason("private mounts"), false;
  // Any directory will do as the place: it is only seen until the root changes.
  if (mount("none", "/proc", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, kRootSize) != 0 &&
      mount("none", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, kRootSize) != 0) {
    return why = reason("tmpfs"), false;
  }
  const char* place = access("/proc/self", F_OK) != 0 ? "/proc" : "/tmp";
  if (!show_all(request, place)) return why = reason("show the interpreter"), false;
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
  const bool alone = request.calls == Calls::lua, compiles = request.calls == Calls::compiler;
  bool ok = set_limit(RLIMIT_CORE, 0) && set_limit(RLIMIT_FSIZE, request.file_bytes) &&
            set_limit(RLIMIT_NOFILE, compiles ? kOpenFilesOfCompiler : kOpenFiles) &&
            set_limit(RLIMIT_MEMLOCK, 0) && set_limit(RLIMIT_MSGQUEUE, 0);
  // With this limit the kernel keeps a process's clock to the nearest tick only. Where the judge
  // reads that clock, it is the limit.
  if (alone || compiles) ok = ok && set_limit(RLIMIT_CPU, request.cpu_seconds);
  // One process, this one, and another program's few threads. As root it does not bind; seccomp
  // refuses to fork anyway. Where processes of the same user count, a compiler's would be refused.
  ok = ok && (compiles || set_limit(RLIMIT_NPROC, alone ? 1 : kThreads));
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
    bool up = request.in_namespaces && enter_own_root(request, why);
    note(wire::kNamespaces, "namespaces", up, why);
  }
  if (request.wanted & wire::kRlimits) {
    bool up = lower_limits(request, why);
    note(wire::kRlimits, "rlimits", up, why);
  }
  walls.workplace = walls.up & wire::kNamespaces ? request.workplace : request.workplace_on_disk;
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);  // no neighbour of the same user may trace it
  if (request.wanted & wire::kLandlock) {
    bool up = deny_files_and_network(request, walls.workplace, why);
    note(wire::kLandlock, "landlock", up, why);
  }
  drop_capabilities();
  if (request.wanted & wire::kSeccomp) {
    bool up = allow_few_system_calls(request.channel, request.calls, why);
    note(wire::kSeccomp, "seccomp", up, why);
  }
  return walls;
}

}  // namespace rehearse::judge
