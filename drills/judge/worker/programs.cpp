// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/worker/programs.hpp"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "drills/judge/worker/sandbox.hpp"

namespace rehearse::judge {
namespace {

constexpr int kChannel = 3, kJob = 4;
constexpr std::uint64_t kProgramSpace = 160u << 20;  // code, libraries and stacks
constexpr std::uint64_t kCompilerSpace = 1536u << 20, kLargestProduct = 64u << 20;
constexpr rlim_t kCompilerCpuSeconds = 10;
constexpr std::size_t kMessages = 16u << 10;

const char kHarness[] =
#include "drills/judge/worker/harness.inc"
    ;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0, end; (end = text.find('\n', at)) != std::string::npos; at = end + 1)
    lines.push_back(text.substr(at, end - at));
  return lines;
}

bool write_whole(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = write(file, text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

std::string read_whole(const std::string& path, std::size_t most) {
  std::string text;
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return text;
  char part[1 << 16];
  for (ssize_t got; text.size() < most && (got = read(file, part, sizeof part)) > 0;)
    text.append(part, static_cast<std::size_t>(got));
  close(file);
  return text;
}

// A file in memory that holds `text`, at its beginning.
int memory_file(const char* name, std::string_view text, unsigned flags) {
  const int file = static_cast<int>(syscall(SYS_memfd_create, name, flags));
  if (file < 0 || !write_whole(file, text) || lseek(file, 0, SEEK_SET) != 0) _exit(2);
  return file;
}

void place(int file, int descriptor) {
  if (file == descriptor) return;
  if (dup2(file, descriptor) != descriptor) _exit(2);
  close(file);
}

Walls stand_behind_walls(const WallRequest& request, Channel& channel) {
  Walls walls = raise_walls(request);
  wire::Ready ready;
  ready.walls = walls.up;
  ready.missing = walls.missing;
  channel.send(wire::Kind::ready, ready.encode());
  return walls;
}

// The limit of the walls again for what is about to be executed: a sanitizer's own address space is
// above any limit, so the walls leave it out.
void limit_space([[maybe_unused]] std::uint64_t bytes) {
#ifdef REHEARSE_SANITIZE
  const rlimit space{bytes, bytes};
  setrlimit(RLIMIT_AS, &space);
#endif
}

WallRequest request_for(const wire::Hello& hello, bool in_namespaces, Calls calls) {
  WallRequest request{hello.walls, in_namespaces, hello.memory_bytes + kProgramSpace, kCpuSeconds,
                      kChannel};
  request.folders = lines_of(hello.visible);
  request.programs = lines_of(hello.programs);
  const bool named = std::find(request.programs.begin(), request.programs.end(),
                               hello.interpreter) != request.programs.end();
  if (!hello.interpreter.empty() && !named) request.programs.push_back(hello.interpreter);
  request.calls = calls;
  return request;
}

}  // namespace

void become_interpreter(const wire::Hello& hello, const std::string& payload, Channel& channel,
                        bool in_namespaces) {
  place(memory_file("job", payload, 0), kJob);
  const WallRequest request = request_for(hello, in_namespaces, Calls::interpreter);
  stand_behind_walls(request, channel);
  // The environment is made from nothing; a fixed hash seed lets the order of sets repeat.
  const char* arguments[] = {"python3", "-S", "-s", "-B", "-u", "-c", kHarness, nullptr};
  const char* environment[] = {"PYTHONHASHSEED=0", "PYTHONUTF8=1", nullptr};
  limit_space(request.address_space);
  execve(hello.interpreter.c_str(), const_cast<char* const*>(arguments),
         const_cast<char* const*>(environment));
  _exit(127);
}

void become_submission(const wire::Hello& hello, Channel& channel, bool in_namespaces) {
  const int program = memory_file("program", hello.text, MFD_CLOEXEC);
  const int moved = fcntl(program, F_DUPFD_CLOEXEC, 10);
  if (moved < 0) _exit(2);
  close(program);
  place(memory_file("job", hello.mark, 0), kJob);
  const int output = memory_file("output", "", MFD_CLOEXEC);
  if (dup2(output, 1) != 1 || dup2(output, 2) != 2) _exit(2);
  close(output);
  WallRequest request = request_for(hello, in_namespaces, Calls::native);
  request.file_bytes = hello.output_limit;
  stand_behind_walls(request, channel);
  const char* arguments[] = {"submission", nullptr};
  const char* environment[] = {nullptr};
  limit_space(request.address_space);
  syscall(SYS_execveat, moved, "", arguments, environment, AT_EMPTY_PATH);
  _exit(127);
}

namespace {

// One call of the compiler in the folder that the worker stands in.
class Compilation {
 public:
  Compilation(const wire::Hello& hello, const wire::Unit& unit) : hello_(hello), unit_(unit) {}

  // The product, or false with what was said.
  bool run(std::string& out) {
    for (std::size_t at = unit_.file.find('/'); at != std::string::npos;
         at = unit_.file.find('/', at + 1))
      mkdir(unit_.file.substr(0, at).c_str(), 0755);  // there is one, or the file cannot be opened
    const int file = open(unit_.file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0 || !write_whole(file, unit_.text))
      return out = std::string("the compiler's folder: ") + std::strerror(errno), false;
    close(file);
    if (unit_.arguments.empty()) {
      out = read_whole(unit_.product, kLargestProduct);
      return true;
    }
    const pid_t child = fork();
    if (child == 0) start();
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    if (child < 0) return out = std::string("fork: ") + std::strerror(errno), false;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
      out = read_whole(unit_.product, kLargestProduct);
      return true;
    }
    out = read_whole(kMessagesFile, kMessages);
    if (out.empty()) out = "the compiler ended without a word";
    return false;
  }

 private:
  static constexpr const char* kMessagesFile = "messages";

  [[noreturn]] void start() {
    const int messages = open(kMessagesFile, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (messages < 0 || dup2(messages, 1) != 1 || dup2(messages, 2) != 2) _exit(126);
    close(kChannel);
    const rlimit cpu{kCompilerCpuSeconds, kCompilerCpuSeconds};
    setrlimit(RLIMIT_CPU, &cpu);
    std::vector<std::string> arguments = lines_of(unit_.arguments);
    std::vector<char*> list = {const_cast<char*>(hello_.interpreter.c_str())};
    for (std::string& argument : arguments) list.push_back(argument.data());
    list.push_back(nullptr);
    const char* environment[] = {"TMPDIR=.", "PATH=", "LC_ALL=C",
                                 "SOURCE_DATE_EPOCH=0",  // so that __TIME__ is always the same
                                 nullptr};
    limit_space(kCompilerSpace);
    execve(hello_.interpreter.c_str(), list.data(), const_cast<char* const*>(environment));
    _exit(127);
  }

  const wire::Hello& hello_;
  const wire::Unit& unit_;
};

// "as /usr/bin/x86_64-linux-gnu-as": the name by which the compiler looks for a tool beside itself.
void link_tools(const wire::Hello& hello) {
  for (const std::string& line : lines_of(hello.types)) {
    const std::size_t gap = line.find(' ');
    if (gap != std::string::npos &&
        symlink(line.c_str() + gap + 1, line.substr(0, gap).c_str()) != 0)
      _exit(2);
  }
}

}  // namespace

void compile_units(const wire::Hello& hello, Channel& channel, bool in_namespaces) {
  WallRequest request = request_for(hello, in_namespaces, Calls::compiler);
  request.address_space = kCompilerSpace;
  request.file_bytes = kLargestProduct;
  request.workplace = "/work";
  request.workplace_on_disk = hello.name;
  const Walls walls = stand_behind_walls(request, channel);
  if (chdir(walls.workplace.c_str()) != 0) _exit(2);
  link_tools(hello);
  wire::Loaded loaded{true, ""};
  channel.send(wire::Kind::loaded, loaded.encode());
  for (;;) {
    Frame frame = channel.receive();
    bool ok = frame.kind == wire::Kind::compile;
    const wire::Unit unit = wire::Unit::decode(frame.payload, ok);
    if (!ok) _exit(2);
    std::string made;
    wire::Writer out;
    out.flag(Compilation(hello, unit).run(made));
    out.text(made);
    channel.send(wire::Kind::reply, out.bytes());
  }
}

}  // namespace rehearse::judge
