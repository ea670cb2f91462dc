// SPDX-License-Identifier: GPL-3.0-or-later
//
// read_file and write_file: what read.hpp promises of them.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <new>
#include <optional>
#include <system_error>

#include "engine/base/read.hpp"

namespace rehearse {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  // Some file systems report a full disk only here.
  bool close() {
    const int fd = std::exchange(fd_, -1);
    return fd <= STDERR_FILENO || ::close(fd) == 0;
  }

 private:
  int fd_;
};

std::string reason(int error) { return std::generic_category().message(error); }

tl::unexpected<Error> machine_error(const char* what, const std::string& path, int error) {
  const Code code = error == ENOENT || error == ENOTDIR ? Code::not_found : Code::io;
  return fail(code, "cannot {} `{}`: {}", what, path, reason(error));
}

Result<std::string> read_all(int fd, const std::string& path, std::size_t expected,
                             std::size_t max_bytes) {
  constexpr std::size_t kStep = std::size_t{1} << 16;
  std::string content;
  std::size_t filled = 0;
  // One byte more than expected, so that the end is seen without growing.
  content.resize(std::min(std::max(expected + 1, kStep), max_bytes + 1));
  for (;;) {
    const ssize_t got = ::read(fd, content.data() + filled, content.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return machine_error("read", path, errno);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
    if (filled > max_bytes)
      return fail(Code::limit, "`{}` is longer than {} bytes; give a smaller file", path,
                  max_bytes);
    if (filled == content.size()) content.resize(std::min(2 * content.size(), max_bytes + 1));
  }
  content.resize(filled);
  return content;
}

bool write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t put = ::write(fd, content.data(), content.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

// Straight into what cannot be replaced: a terminal, a pipe, a device.
Result<void> write_through(const std::string& path, int fd, std::string_view content) {
  if (fd < 0) return machine_error("write", path, errno);
  Descriptor out(fd);
  if (!write_all(out.get(), content) || !out.close()) return machine_error("write", path, errno);
  return {};
}

// A name of its own per call, so that threads and processes do not meet.
std::filesystem::path beside(const std::filesystem::path& target) {
  static std::atomic<unsigned> calls{0};
  return target.parent_path() / fmt::format(".rehearse-{}-{}.tmp", ::getpid(), calls++);
}

Result<void> write_and_rename(const std::string& path, const std::filesystem::path& target,
                              std::optional<mode_t> mode, std::string_view content) {
  const std::filesystem::path temporary = beside(target);
  Descriptor out(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (out.get() < 0) return machine_error("write", path, errno);
  const bool written = (!mode || ::fchmod(out.get(), *mode) == 0) &&
                       write_all(out.get(), content) && ::fsync(out.get()) == 0 && out.close() &&
                       ::rename(temporary.c_str(), target.c_str()) == 0;
  if (written) return {};
  const int error = errno;
  ::unlink(temporary.c_str());
  return machine_error("write", path, error);
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t max_bytes) try {
  if (path == "-") return read_all(STDIN_FILENO, "standard input", 0, max_bytes);
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return machine_error("read", path, errno);
  if (S_ISDIR(facts.st_mode))
    return fail(Code::io, "cannot read `{}`: it is a folder; name a file in it", path);
  if (!S_ISREG(facts.st_mode) && !S_ISFIFO(facts.st_mode))
    return fail(Code::io, "cannot read `{}`: it is a device or a socket; name a file, a pipe or -",
                path);
  const auto size = static_cast<std::size_t>(facts.st_size);
  if (size > max_bytes)
    return fail(Code::limit, "`{}` has {} bytes, more than {}; give a smaller file", path, size,
                max_bytes);
  Descriptor in(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (in.get() < 0) return machine_error("read", path, errno);
  return read_all(in.get(), path, size, max_bytes);
} catch (const std::bad_alloc&) {
  return fail(Code::limit, "cannot read `{}`: it does not fit into memory", path);
}

Result<void> write_file(const std::string& path, std::string_view content) try {
  if (path == "-") return write_through("standard output", STDOUT_FILENO, content);
  struct stat facts {};
  const bool there = ::stat(path.c_str(), &facts) == 0;
  if (there && S_ISDIR(facts.st_mode))
    return fail(Code::io, "cannot write `{}`: it is a folder; name a file in it", path);
  if (there && !S_ISREG(facts.st_mode))
    return write_through(path, ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY), content);
  if (there && ::access(path.c_str(), W_OK) != 0) return machine_error("write", path, errno);
  // Through a symbolic link, so that the link stays and its target is what is replaced.
  std::error_code unknown;
  std::filesystem::path target = std::filesystem::weakly_canonical(path, unknown);
  if (unknown) target = path;
  const auto mode = there ? std::optional<mode_t>(facts.st_mode & 07777) : std::nullopt;
  return write_and_rename(path, target, mode, content);
} catch (const std::exception& e) {
  return fail(Code::io, "cannot write `{}`: {}", path, e.what());
}

}  // namespace rehearse
