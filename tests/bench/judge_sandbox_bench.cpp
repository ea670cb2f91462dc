// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: drills/judge
//
// What the walls cost: a worker behind all of them beside the same program spawned bare, each up to
// its first answer, in turn. And how many submissions a core judges in a second, a process each.
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

#include "drills/judge/grade.hpp"
#include "drills/judge/process.hpp"
#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::judge;

constexpr int kSpawns = 400;

std::string frame(wire::Kind kind, const std::string& payload) {
  std::string bytes(4, '\0');
  const auto size = static_cast<std::uint32_t>(payload.size() + 1);
  std::memcpy(bytes.data(), &size, 4);
  bytes += static_cast<char>(kind);
  return bytes + payload;
}

wire::Hello hello(std::uint32_t walls) {
  wire::Hello words;
  words.runner = "attempts";
  words.walls = walls;
  return words;
}

// The same program, spawned as any other, with a socket as its descriptor 3 and no wall.
void spawn_bare(const std::string& worker) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) std::abort();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 3);
  char name[] = "rehearse-worker", plain[] = "plain";
  char* arguments[] = {name, plain, nullptr};
  char* environment[] = {nullptr};
  pid_t child = -1;
  if (posix_spawn(&child, worker.c_str(), &actions, nullptr, arguments, environment) != 0)
    std::abort();
  posix_spawn_file_actions_destroy(&actions);
  const std::string request = frame(wire::Kind::hello, hello(0).encode());
  char reply[64];
  if (write(ends[0], request.data(), request.size()) < 0 || read(ends[0], reply, sizeof reply) <= 0)
    std::abort();
  close(ends[0]);
  close(ends[1]);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
}

void spawn_behind_walls(const std::string& worker) {
  auto process = WorkerProcess::start(worker);
  if (!process || (*process)->ask(wire::Kind::hello, hello(wire::kAllWalls).encode(), {}).heard !=
                      WorkerProcess::Heard::frame)
    std::abort();
}

double quantile(std::vector<double> values, double q) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1))];
}

constexpr const char* kOneCase = R"lua(return drill {
  id = "one", title = "One", statement = "One more.", level = "easy",
  signature = "one_more(n: int) -> int", examples = {},
  cases = function(rand, case) case { name = "only", args = { 1 } } end,
  reference = { lua = "function one_more(n) return n + 1 end" },
})lua";

void judgements(const Workshop& workshop) {
  const auto drill = load_drill_text(kOneCase, "one.lua", workshop);
  if (!drill) return static_cast<void>(fmt::print("{}\n", drill.error().message));
  GradeOptions options;
  options.workshop = workshop;
  options.growth = false;
  options.only = std::make_shared<const std::vector<Case>>(
      load_cases(*drill, 1, workshop).value_or(CaseSet{}).cases);
  int accepted = 0;
  constexpr int kGradings = 600;
  const double spent = bench::seconds([&] {
    for (int i = 0; i < kGradings; ++i)
      accepted += grade(*drill, {"mine.lua", "lua", drill->reference.at("lua")}, options).accepted();
  });
  if (accepted != kGradings) fmt::print("only {} of {} were accepted\n", accepted, kGradings);
  bench::line("Lua submissions of one case, one core", kGradings / spent, "/s",
              bench::at_least(300));
}

}  // namespace

int main() {
  const auto worker = find_worker();
  if (!worker) return fmt::print("{}\n", worker.error().message), 1;
  std::vector<double> bare, walled;
  for (int i = 0; i < kSpawns; ++i) {
    bare.push_back(1e3 * bench::seconds([&] { spawn_bare(*worker); }));
    walled.push_back(1e3 * bench::seconds([&] { spawn_behind_walls(*worker); }));
  }
  bench::line("peer: the worker spawned bare, median", quantile(bare, 0.5), "ms");
  bench::line("behind all walls, median", quantile(walled, 0.5), "ms");
  bench::line("the walls add, median", quantile(walled, 0.5) - quantile(bare, 0.5), "ms",
              bench::at_most(2));
  bench::line("the walls add, 95% point", quantile(walled, 0.95) - quantile(bare, 0.95), "ms",
              bench::at_most(5));
  judgements({*worker, ""});
}
