// SPDX-License-Identifier: GPL-3.0-or-later
//
// rehearse-worker: the process in which strangers' code runs. Started by the judge alone, with one
// private channel (descriptor 3) and nothing else: it reads what to run, raises its walls, and
// answers frames until the channel closes. See wire.hpp for the conversation.
//
// It is linked statically at fixed addresses, its Lua memory and its stack lie at fixed addresses,
// and `time` stands still: what Lua derives its hash seed from is the same on every run, so `pairs`
// visits keys in the same order and a verdict repeats.
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "drills/judge/worker/channel.hpp"
#include "drills/judge/worker/drill_runner.hpp"
#include "drills/judge/worker/lua_runner.hpp"
#include "drills/judge/worker/programs.hpp"
#include "drills/judge/worker/sandbox.hpp"

// Lua mixes the time of day into its hash seed, and table.sort both clocks into its choice of a
// pivot (linked with --wrap=time, --wrap=clock, which choose the names).
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" time_t __wrap_time(time_t* out) {
  if (out) *out = 0;
  return 0;
}
extern "C" clock_t __wrap_clock() { return 0; }
// NOLINTEND(bugprone-reserved-identifier)

namespace rehearse::judge {
namespace {

constexpr int kChannel = 3;
constexpr std::uint64_t kSlack = 1u << 30;  // frames, stacks, the program itself

// Address space for the arena: freed blocks of one size do not serve every other, so several times
// the cap, and room for inputs.
std::size_t arena_bytes(std::uint64_t memory_bytes) { return memory_bytes * 4 + (512u << 20); }

void attempts_only(Channel& channel) {
  for (;;) {
    Frame frame = channel.receive();
    if (frame.kind != wire::Kind::attempt) _exit(2);
    wire::Reader in(frame.payload);
    wire::Writer out;
    out.flag(true);
    out.text(attempt_escape(std::string(in.text())));
    channel.send(wire::Kind::reply, out.bytes());
  }
}

std::unique_ptr<Runner> make_runner(const wire::Hello& hello, Channel& channel, Arena& arena) {
  if (hello.runner == "lua") return std::make_unique<LuaRunner>(hello, channel, arena);
  if (hello.runner == "drill") return std::make_unique<DrillRunner>(hello, channel, arena);
  return nullptr;
}

bool g_in_namespaces = false;

void work() {
  Channel channel(kChannel);
  Frame first = channel.receive();
  bool ok = first.kind == wire::Kind::hello;
  wire::Hello hello = wire::Hello::decode(first.payload, ok);
  if (!ok) _exit(2);
  if (hello.runner == "interpreter")
    become_interpreter(hello, first.payload, channel, g_in_namespaces);
  if (hello.runner == "native") become_submission(hello, channel, g_in_namespaces);
  if (hello.runner == "compiler") compile_units(hello, channel, g_in_namespaces);
  Arena arena(arena_bytes(hello.memory_bytes));
  if (!arena.valid()) _exit(2);

  Walls walls = raise_walls({hello.walls, g_in_namespaces, arena_bytes(hello.memory_bytes) + kSlack,
                             kCpuSeconds, kChannel});
  wire::Ready ready;
  ready.walls = walls.up;
  ready.missing = walls.missing;
  channel.send(wire::Kind::ready, ready.encode());

  if (hello.runner == "attempts") attempts_only(channel);
  auto runner = make_runner(hello, channel, arena);
  wire::Loaded loaded;
  loaded.message = "this worker has no runner `" + hello.runner + "`";
  if (runner) loaded = runner->load();
  channel.send(wire::Kind::loaded, loaded.encode());
  if (!loaded.ok) _exit(0);
  for (;;) runner->serve(channel.receive());
}

#ifndef REHEARSE_SANITIZE
// A stack at a fixed address: the kernel's own lies wherever the program's path and the machine's
// randomness put it. `work` never returns.
void work_on_fixed_stack() {
  constexpr std::uintptr_t kWhere = 0x1f0000000000;
  constexpr std::size_t kSize = 16u << 20;
  void* stack = mmap(reinterpret_cast<void*>(kWhere), kSize, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (stack == MAP_FAILED) return work();
  static ucontext_t context;
  getcontext(&context);
  context.uc_stack.ss_sp = stack;
  context.uc_stack.ss_size = kSize;
  context.uc_link = nullptr;
  makecontext(&context, work, 0);
  setcontext(&context);
}
#endif

}  // namespace
}  // namespace rehearse::judge

int main(int argc, char** argv) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // the judge is gone: nobody reads the answers
  syscall(SYS_close_range, rehearse::judge::kChannel + 1, ~0u, 0);
  rehearse::judge::g_in_namespaces = argc > 1 && std::strcmp(argv[1], "namespaces") == 0;
#ifdef REHEARSE_SANITIZE
  rehearse::judge::work();
#else
  rehearse::judge::work_on_fixed_stack();
#endif
  return 2;
}
