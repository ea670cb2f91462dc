// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/worker/landlock.hpp"

#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>

// The numbers are the same on every architecture. The packaged headers stop at ABI 2, so what is
// newer is written out here, and the kernel is asked how much it knows.
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#endif
#ifndef SYS_landlock_restrict_self
#define SYS_landlock_restrict_self 446
#endif

namespace rehearse::judge {
namespace {

struct RulesetAttributes {
  std::uint64_t handled_access_fs = 0;
  std::uint64_t handled_access_net = 0;  // ABI 4
  std::uint64_t scoped = 0;              // ABI 6
};
constexpr unsigned kAskVersion = 1;

#ifndef SYS_landlock_add_rule
#define SYS_landlock_add_rule 445
#endif
constexpr std::uint64_t kExecute = 1, kReadFile = 4, kReadFolder = 8;

struct [[gnu::packed]] PathBeneath {
  std::uint64_t allowed_access;
  std::int32_t parent;
};

bool permit(int ruleset, const std::string& path, std::uint64_t rights) {
  const int place = open(path.c_str(), O_PATH | O_CLOEXEC);
  if (place < 0) return false;
  const PathBeneath rule{rights, place};
  constexpr int kPathBeneath = 1;
  const bool done = syscall(SYS_landlock_add_rule, ruleset, kPathBeneath, &rule, 0) == 0;
  const int error = errno;
  close(place);
  errno = error;
  return done;
}

// Rights over files by ABI: 13 at first, then refer, truncate and ioctl_dev.
std::uint64_t all_file_rights(long abi) {
  int bits = abi >= 5 ? 16 : abi >= 3 ? 15 : abi == 2 ? 14 : 13;
  return (std::uint64_t{1} << bits) - 1;
}

}  // namespace

bool deny_files_and_network(const WallRequest& request, const std::string& workplace,
                            std::string& why) {
  long abi = syscall(SYS_landlock_create_ruleset, nullptr, 0, kAskVersion);
  if (abi < 1) {
    why = errno == EOPNOTSUPP
              ? "switched off in this kernel"
              : std::string("not known to this kernel (") + std::strerror(errno) + ")";
    return false;
  }
  RulesetAttributes attributes;
  std::size_t size = 8;
  attributes.handled_access_fs = all_file_rights(abi);
  if (abi >= 4) attributes.handled_access_net = 3, size = 16;  // bind, connect
  if (abi >= 6) attributes.scoped = 3, size = 24;              // abstract sockets, signals
  auto ruleset = static_cast<int>(syscall(SYS_landlock_create_ruleset, &attributes, size, 0));
  if (ruleset < 0) return why = std::strerror(errno), false;
  bool up = true;
  for (const std::string& path : request.folders)
    up = up && permit(ruleset, path, kReadFile | kReadFolder);
  for (const std::string& path : request.programs)
    up = up && permit(ruleset, path, kReadFile | kExecute);
  if (!workplace.empty())
    up = up && permit(ruleset, workplace, attributes.handled_access_fs & ~kExecute);
  up = up && syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
  if (!up) why = std::strerror(errno);
  close(ruleset);
  return up;
}

}  // namespace rehearse::judge
