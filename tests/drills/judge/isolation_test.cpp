// SPDX-License-Identifier: GPL-3.0-or-later
//
// The walls around a worker. Lua cannot make system calls, so the worker itself tries the ways out
// that a native program has, behind all walls and behind each one alone.
#include "drills/judge/isolation.hpp"

#include <signal.h>

#include <map>

#include "drills/judge/process.hpp"
#include "tests/drills/judge/support.hpp"

using namespace rehearse;
using namespace rehearse::judge;
using namespace rehearse::judge::test;

namespace {

constexpr Patience kPatient{20'000, 60'000};

// What an attempt behind these walls led to: "done", "refused: …" or "died: …". Empty when the
// machine does not give one of the walls.
std::string attempt(const std::string& what, std::uint32_t walls) {
  auto worker = WorkerProcess::start(workshop().worker_path);
  REQUIRE(worker);
  wire::Hello hello;
  hello.runner = "attempts";
  hello.walls = walls;
  auto reply = (*worker)->ask(wire::Kind::hello, hello.encode(), kPatient);
  REQUIRE(reply.heard == WorkerProcess::Heard::frame);
  bool ok = true;
  wire::Ready ready = wire::Ready::decode(reply.payload, ok);
  REQUIRE(ok);
  if ((ready.walls & walls) != walls) return "";
  wire::Writer out;
  out.text(what);
  reply = (*worker)->ask(wire::Kind::attempt, out.bytes(), kPatient);
  if (reply.heard == WorkerProcess::Heard::died) return "died: " + (*worker)->death();
  REQUIRE(reply.heard == WorkerProcess::Heard::frame);
  wire::Reader in(reply.payload);
  in.flag();
  return std::string(in.text());
}

const std::vector<std::string> kAttempts = {
    "open-passwd", "write-tmp",   "write-here", "list-root",     "socket",   "fork",
    "exec",        "kill-parent", "mount",      "ptrace-parent", "io-uring", "executable-memory",
    "write-stdout"};

}  // namespace

TEST_CASE("isolation: with every wall up each way out ends the worker or is refused") {
  for (const std::string& what : kAttempts) {
    CAPTURE(what);
    std::string outcome = attempt(what, wire::kAllWalls);
    CAPTURE(outcome);
    if (outcome.empty()) {
      WARN("this machine lacks a wall: skipped");
      return;
    }
    CHECK(outcome != "done");
  }
  CHECK_FALSE(std::filesystem::exists("/tmp/rehearse_canary_worker"));
}

TEST_CASE("isolation: system calls off the list are fatal") {
#ifndef REHEARSE_SANITIZE
  for (const std::string& what : kAttempts) {
    CAPTURE(what);
    std::string outcome = attempt(what, wire::kSeccomp);
    if (!outcome.empty()) CHECK(outcome.find("died: signal 31") == 0);
  }
#endif
}

TEST_CASE("isolation: Landlock alone keeps every file away") {
  for (std::string what : {"open-passwd", "write-tmp", "write-here", "list-root"}) {
    CAPTURE(what);
    std::string outcome = attempt(what, wire::kLandlock);
    if (!outcome.empty()) CHECK(outcome == "refused: Permission denied");
  }
}

TEST_CASE("isolation: name spaces alone leave an empty root, no network and no parent") {
  std::string first = attempt("open-passwd", wire::kNamespaces);
  if (first.empty()) {
    WARN("this machine gives no name spaces: skipped");
    return;
  }
  CHECK(first == "refused: No such file or directory");
  CHECK(attempt("list-root", wire::kNamespaces).find("refused") == 0);
  CHECK(attempt("exec", wire::kNamespaces) == "refused: No such file or directory");
  CHECK(attempt("socket", wire::kNamespaces).find("refused") == 0);
  CHECK(attempt("kill-parent", wire::kNamespaces) == "refused: No such process");
  CHECK(attempt("mount", wire::kNamespaces).find("refused") == 0);
  CHECK(attempt("write-here", wire::kNamespaces).find("refused") == 0);
}

TEST_CASE("isolation: without walls the attempts work, so the tests above mean something") {
  CHECK(attempt("open-passwd", 0) == "done");
  CHECK(attempt("executable-memory", 0) == "done");
  CHECK(attempt("fork", 0) == "done");
}

TEST_CASE("isolation: the level is asked of a worker and named by layer") {
  auto level = isolation_level(workshop());
  REQUIRE(level);
  CHECK(level->layers.size() + level->missing.size() == 4);
  CHECK_FALSE(isolation_level({"/nonexistent/worker", ""}));
}

TEST_CASE("isolation: full isolation can be demanded") {
  Drill drill = load_text(doubling_drill());
  GradeOptions options = grade_options();
  options.require_isolation = true;
  auto level = isolation_level(workshop());
  REQUIRE(level);
  SubmissionReport report = grade_text(drill, drill.reference["lua"], options);
  CHECK(verdict_of(report) == (level->full() ? "AC" : "JE"));
}

TEST_CASE("worker: ending it leaves no process and no zombie") {
  pid_t pid = 0;
  {
    auto worker = WorkerProcess::start(workshop().worker_path);
    REQUIRE(worker);
    pid = (*worker)->pid();
    CHECK(kill(pid, 0) == 0);
  }
  CHECK(kill(pid, 0) == -1);
}

TEST_CASE("worker: a program that is not there is an error, not a child") {
  auto worker = WorkerProcess::start("/nonexistent/worker");
  REQUIRE_FALSE(worker);
  CHECK(worker.error().message.find("/nonexistent/worker") != std::string::npos);
  // One that speaks another language ends the conversation and nothing else.
  auto other = WorkerProcess::start("/bin/true");
  REQUIRE(other);
  CHECK((*other)->listen(kPatient).heard == WorkerProcess::Heard::died);
}
