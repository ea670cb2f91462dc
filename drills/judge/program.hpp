// SPDX-License-Identifier: GPL-3.0-or-later
//
// Program: a submission or a reference, ready to be called with one input after another. Starts its
// worker when it is first needed and again after one had to be ended. The judge's own; grading
// itself is grade.hpp.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "drills/judge/drill.hpp"
#include "drills/judge/languages.hpp"
#include "drills/judge/process.hpp"

namespace rehearse::judge {

struct ProgramLimits {
  double cpu_ms = 1000;
  std::uint64_t memory_bytes = 64u << 20;
  // A worker that waits for a processor must not fail, so the wall is far behind.
  double wall_ms() const { return 5 * cpu_ms + 2000; }
  // One that only sleeps waits for nothing that will come.
  double idle_ms() const { return cpu_ms + 250; }
};

// How one call ended, before anything is said about right or wrong.
struct Outcome {
  enum class How {
    answered,
    load_error,  // does not compile
    no_entry,    // compiles, and the function or class is not there
    error,
    memory,
    output,
    unreadable,  // answered with something that is no value
    capped,      // more instructions than the cap of a metered run
    cpu,
    wall,
    crashed,
    stopped,
    judge_fault,
  };
  How how = How::judge_fault;
  Value value;          // as it came, not yet conformed
  std::string message;  // as it came, not yet escaped
  double cpu_ms = 0;
  std::uint64_t peak_bytes = 0;
  std::uint64_t refusals = 0;
  std::uint64_t instructions = 0;
  std::uint64_t live_bytes = 0;
  std::uint64_t threads = 1;  // left behind, the first included
  std::string output;
  std::uint64_t output_bytes = 0;
};

struct Metered {
  wire::Metering metering = wire::Metering::off;
  std::uint64_t instruction_cap = 0;
  std::uint64_t sample_every = 0;
};

// Largest encoded answer that is read: 4 MB, or more where the right answer is that large. Rounded
// up to a power of two, so that the worker learns next to nothing from it.
std::uint64_t reply_limit_for(const Value& expected);

class Program {
 public:
  // `runtime` is the language's (languages.hpp); `name` stands in error messages. The workshop's
  // worker must be named.
  Program(const Signature& signature, Runtime runtime, std::string name, std::string text,
          ProgramLimits limits, Workshop workshop, std::uint32_t walls = wire::kAllWalls);

  Outcome run(const Input& input, std::uint64_t random_seed, const Metered& metered = {},
              const std::stop_token& stop = {});
  // Called when the compiler of a compiled language is started, from the thread of `run`.
  void on_build(std::function<void()> began) { on_build_ = std::move(began); }
  // Bounds what is read of an answer: some times what the right one holds.
  void expect_answer_like(const Value& expected);

  // Run nothing unless these walls stand.
  void require_walls(std::uint32_t walls) { required_walls_ = walls; }
  // The next run starts a new worker.
  void end_worker() { worker_.reset(); }
  const ProgramLimits& limits() const { return limits_; }
  // Instructions and bytes are counted, so that growth repeats to the digit.
  bool metered() const { return runtime_.metered; }
  double unnoticed_bytes() const { return runtime_.unnoticed_bytes; }
  void set_limits(const ProgramLimits& limits);
  // Of the last worker: which walls stood, and which were missing and why.
  std::uint32_t walls_up() const { return walls_up_; }
  const std::string& walls_missing() const { return walls_missing_; }

 private:
  bool build(Outcome& outcome, const std::stop_token& stop);
  bool start(Outcome& outcome, const std::stop_token& stop);
  std::string encode(const Input& input, std::uint64_t random_seed, const Metered& metered) const;
  Outcome lost(WorkerProcess::Heard heard);

  const Signature& signature_;
  double reading_ms(std::size_t bytes) const;
  double spent_ms(const Outcome& outcome, double before_ms, double reading_ms) const;
  void take_account(Outcome& outcome, double before_ms, std::size_t bytes);

  Runtime runtime_;
  std::string name_, text_;
  std::uint64_t baseline_bytes_ = 0;  // of a process that holds no input yet
  ProgramLimits limits_;
  Workshop workshop_;
  std::function<void()> on_build_;
  std::shared_ptr<const std::string> built_;  // of a compiled language
  std::uint32_t walls_;
  std::uint64_t reply_limit_ = 64u << 20;
  std::size_t value_limit_ = 16'000'000;
  std::uint32_t required_walls_ = 0;
  std::uint32_t walls_up_ = 0;
  std::string walls_missing_;
  std::unique_ptr<WorkerProcess> worker_;
};

// The name that a file's messages carry: its last part, short enough for Lua.
std::string chunk_name(const std::string& path);

}  // namespace rehearse::judge
