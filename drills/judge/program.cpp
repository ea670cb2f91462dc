// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/program.hpp"

#include <algorithm>
#include <bit>
#include <random>

#include "drills/judge/shrink.hpp"

namespace rehearse::judge {
namespace {

constexpr Patience kStart{10'000, 30'000};
constexpr Patience kLoad{5'000, 30'000};
constexpr double kLoadMs = 500;                   // of a program that is ready-made
constexpr std::uint64_t kLargestBaseline = 24u << 20;  // of a harness alone
constexpr std::uint64_t kOutputLimit = 1u << 20;
constexpr std::uint64_t kFrameSlack = 1u << 20;  // of an answer: what was printed, a message
// Values that are read of an answer: a byte on the way can be forty in memory.
constexpr std::size_t kLeastValues = 300'000;

Outcome ended(Outcome::How how, std::string message) {
  Outcome outcome;
  outcome.how = how;
  outcome.message = std::move(message);
  return outcome;
}

Outcome::How how_of(wire::Status status) {
  switch (status) {
    case wire::Status::answered: return Outcome::How::answered;
    case wire::Status::error: return Outcome::How::error;
    case wire::Status::memory: return Outcome::How::memory;
    case wire::Status::output: return Outcome::How::output;
    case wire::Status::unreadable: return Outcome::How::unreadable;
    case wire::Status::no_entry: return Outcome::How::no_entry;
    case wire::Status::capped: return Outcome::How::capped;
    case wire::Status::crashed: return Outcome::How::crashed;
  }
  return Outcome::How::judge_fault;
}

Outcome from_answer(wire::Answer answer) {
  Outcome outcome;
  outcome.how = how_of(answer.status);
  outcome.value = std::move(answer.value);
  outcome.message = std::move(answer.message);
  outcome.cpu_ms = static_cast<double>(answer.cpu_ns) * 1e-6;
  outcome.peak_bytes = answer.peak_bytes;
  outcome.refusals = answer.refusals;
  outcome.instructions = answer.instructions;
  outcome.live_bytes = answer.live_bytes;
  outcome.output = std::move(answer.output);
  outcome.output_bytes = answer.output_bytes;
  return outcome;
}

// Reading an input of some size takes processor time too; it is given on top.
constexpr double kReadingMs = 5, kReadingMsPerByte = 1e-5, kInterpretedReading = 20;
// What a process may hold beside the submission's own: inputs and answers, read and unread.
constexpr std::uint64_t kHeldBytes = 6u << 20, kHeldPerByte = 16;

std::string random_mark() {
  std::random_device device;
  std::string mark;
  for (int i = 0; i < 16; ++i) mark += static_cast<char>(device());
  return mark;
}

}  // namespace

std::uint64_t reply_limit_for(const Value& expected) {
  // Values on the wire take 9 bytes or more; 40 covers any nesting of small tables.
  constexpr std::uint64_t kLeast = 4u << 20;
  std::uint64_t wanted = std::max<std::uint64_t>(kLeast, 40 * size_of(expected));
  return std::bit_ceil(wanted);
}

void Program::expect_answer_like(const Value& expected) {
  reply_limit_ = reply_limit_for(expected);
  value_limit_ = std::max(kLeastValues, 4 * size_of(expected));
}

std::string chunk_name(const std::string& path) {
  std::string name = path.substr(path.find_last_of('/') + 1);
  if (name.size() > 50) name = "…" + name.substr(name.size() - 48);
  return name.empty() ? "submission" : name;
}

Program::Program(const Signature& signature, Runtime runtime, std::string name, std::string text,
                 ProgramLimits limits, Workshop workshop, std::uint32_t walls)
    : signature_(signature),
      runtime_(std::move(runtime)),
      name_(std::move(name)),
      text_(std::move(text)),
      limits_(limits),
      workshop_(std::move(workshop)),
      walls_(walls) {}

void Program::set_limits(const ProgramLimits& limits) {
  if (limits.memory_bytes != limits_.memory_bytes) end_worker();
  limits_ = limits;
}

double Program::reading_ms(std::size_t bytes) const {
  return kReadingMs + static_cast<double>(bytes) * kReadingMsPerByte *
                          (runtime_.metered ? 1 : kInterpretedReading);
}

// An interpreter's process belongs to the submission, its clock too: what it says is believed only
// as far as the kernel's clock of the process bears it out.
double Program::spent_ms(const Outcome& outcome, double before_ms, double reading_ms) const {
  const double spent = std::max(0.0, worker_->cpu_ms() - before_ms);
  return std::clamp(outcome.cpu_ms, std::max(0.0, spent - reading_ms), spent);
}

// The kernel's account of a process that belongs to the submission.
void Program::take_account(Outcome& outcome, double before_ms, std::size_t bytes) {
  outcome.cpu_ms = spent_ms(outcome, before_ms, reading_ms(bytes));
  const WorkerProcess::Held held = worker_->held();
  outcome.peak_bytes = held.peak_bytes > baseline_bytes_ ? held.peak_bytes - baseline_bytes_ : 0;
  const std::uint64_t known = kHeldBytes + kHeldPerByte * bytes;
  if (outcome.peak_bytes > known)
    outcome.live_bytes = std::max(outcome.live_bytes, outcome.peak_bytes - known);
  // More than was allowed, by whichever way: what could not be refused is found here.
  if (outcome.live_bytes > limits_.memory_bytes && outcome.how == Outcome::How::answered)
    outcome.how = Outcome::How::memory;
  if (outcome.live_bytes > limits_.memory_bytes) outcome.refusals = std::max<std::uint64_t>(outcome.refusals, 1);
  // A thread that was left behind would burn the next input's time.
  // Whoever ignores the signal that ends too much printing has filled the file all the same.
  if (outcome.output_bytes >= kOutputLimit && outcome.how == Outcome::How::answered) {
    outcome.how = Outcome::How::output;
    outcome.message = "more was printed than is allowed";
  }
  outcome.threads = held.threads;
  if (held.threads > 1) end_worker();
}

bool Program::build(Outcome& outcome, const std::stop_token& stop) {
  if (!runtime_.build || built_) return true;
  Built built = runtime_.build(name_, text_, workshop_, {on_build_, stop});
  built_ = std::move(built.program);
  if (!built.fault.empty()) outcome = ended(Outcome::How::judge_fault, built.fault);
  if (!built.refused.empty()) outcome = ended(Outcome::How::load_error, built.refused);
  if (built.stopped) outcome = ended(Outcome::How::stopped, "stopped");
  return built_ != nullptr;
}

bool Program::start(Outcome& outcome, const std::stop_token& stop) {
  if (!build(outcome, stop)) return false;
  auto started = WorkerProcess::start(workshop_.worker_path);
  if (!started) return outcome = ended(Outcome::How::judge_fault, started.error().message), false;
  worker_ = std::move(*started);
  wire::Hello hello;
  hello.runner = runtime_.runner;
  hello.types = runtime_.types;
  hello.interpreter = runtime_.interpreter;
  for (const std::string& program : runtime_.programs) hello.programs += program + "\n";
  for (const std::string& folder : runtime_.visible) hello.visible += folder + "\n";
  hello.name = name_;
  hello.text = built_ ? *built_ : text_;
  hello.is_class = signature_.is_class;
  hello.entry = signature_.function.name;
  hello.memory_bytes = limits_.memory_bytes;
  hello.walls = walls_;
  if (!runtime_.metered) hello.mark = random_mark();
  auto reply = worker_->ask(wire::Kind::hello, hello.encode(), kStart, stop);
  bool ok = reply.heard == WorkerProcess::Heard::frame && reply.kind == wire::Kind::ready;
  wire::Ready ready = wire::Ready::decode(reply.payload, ok);
  if (!ok || ready.version != wire::kVersion) {
    bool stopped = reply.heard == WorkerProcess::Heard::stopped;
    outcome =
        stopped ? ended(Outcome::How::stopped, "stopped")
                : ended(Outcome::How::judge_fault, "the worker did not start: " + worker_->death());
    return end_worker(), false;
  }
  walls_up_ = ready.walls;
  walls_missing_ = ready.missing;
  if ((walls_up_ & required_walls_) != required_walls_) {
    outcome = ended(Outcome::How::judge_fault,
                    "full isolation was asked for, and this machine lacks " + walls_missing_);
    return end_worker(), false;
  }
  worker_->expect_mark(hello.mark);
  // A compiled program's own code runs before its main does.
  const double load_ms = limits_.cpu_ms + kLoadMs;
  reply = worker_->listen(built_ ? Patience{load_ms, 10 * load_ms, load_ms} : kLoad, stop);
  if (reply.heard != WorkerProcess::Heard::frame) return outcome = lost(reply.heard), false;
  wire::Loaded loaded = wire::Loaded::decode(reply.payload, ok);
  if (ok && loaded.ok) {
    baseline_bytes_ = worker_->held().peak_bytes;
    if (built_) baseline_bytes_ = std::min(baseline_bytes_, kLargestBaseline);
    return true;
  }
  if (!ok && !runtime_.metered) return outcome = lost(WorkerProcess::Heard::nonsense), false;
  outcome = ok ? ended(Outcome::How::load_error, loaded.message)
               : ended(Outcome::How::judge_fault, "the worker's answer cannot be read");
  return end_worker(), false;
}

std::string Program::encode(const Input& input, std::uint64_t random_seed,
                            const Metered& metered) const {
  wire::Run run;
  run.random_seed = random_seed;
  run.metering = metered.metering;
  run.instruction_cap = metered.instruction_cap;
  run.sample_every = metered.sample_every;
  run.reply_limit = reply_limit_;
  run.args = input.args;
  run.calls.reserve(input.calls.size());
  for (const Call& call : input.calls) {
    const Callable* method = signature_.method(call.method);
    bool returns = method && method->result.kind != Type::Kind::nothing;
    run.calls.push_back({call.method, returns, call.args});
  }
  return run.encode();
}

Outcome Program::lost(WorkerProcess::Heard heard) {
  using Heard = WorkerProcess::Heard;
  Outcome outcome;
  switch (heard) {
    case Heard::cpu:
      outcome = ended(Outcome::How::cpu,
                      fmt::format("ran longer than {:.0f} ms of processor time", limits_.cpu_ms));
      outcome.cpu_ms = limits_.cpu_ms;
      break;
    case Heard::wall:
      outcome = ended(Outcome::How::wall,
                      fmt::format("waited or slept instead of answering, for longer than {:.0f} ms",
                                  limits_.idle_ms()));
      break;
    case Heard::stopped: outcome = ended(Outcome::How::stopped, "stopped"); break;
    case Heard::nonsense:
      outcome = ended(Outcome::How::crashed, "sent an answer that is none");
      break;
    default: outcome = ended(Outcome::How::crashed, "the process ended early: " + worker_->death());
  }
  end_worker();
  return outcome;
}

Outcome Program::run(const Input& input, std::uint64_t random_seed, const Metered& metered,
                     const std::stop_token& stop) {
  Outcome outcome;
  if (!worker_ && !start(outcome, stop)) return outcome;
  std::string request = encode(input, random_seed, metered);
  const double reading = reading_ms(request.size());
  Patience patience{limits_.cpu_ms + reading, limits_.wall_ms(), limits_.idle_ms() + reading};
  if (!runtime_.metered) worker_->limit_frames(reply_limit_ + kFrameSlack);
  const double before_ms = runtime_.metered ? 0 : worker_->cpu_ms();
  auto reply = worker_->ask(wire::Kind::run, request, patience, stop);
  if (reply.heard != WorkerProcess::Heard::frame) return lost(reply.heard);
  bool ok = reply.kind == wire::Kind::answer;
  bool too_many = false;
  wire::Answer answer = wire::Answer::decode(reply.payload, ok, value_limit_, &too_many);
  // Only a run with a cap can end at it.
  if (ok && answer.status == wire::Status::capped && metered.instruction_cap == 0) ok = false;
  if (too_many) {
    end_worker();
    return ended(Outcome::How::output, "the answer holds more values than any right one");
  }
  if (!ok) return lost(WorkerProcess::Heard::nonsense);
  outcome = from_answer(std::move(answer));
  if (!runtime_.metered) {
    take_account(outcome, before_ms, request.size() + reply.payload.size());
  }
  // These end the worker from inside.
  if (outcome.how == Outcome::How::output || outcome.how == Outcome::How::capped ||
      outcome.how == Outcome::How::crashed)
    end_worker();
  const bool limited = metered.metering == wire::Metering::off || !runtime_.metered;
  if (limited && outcome.cpu_ms > limits_.cpu_ms) {
    return outcome.how = Outcome::How::cpu,
           outcome.message =
               fmt::format("ran longer than {:.0f} ms of processor time", limits_.cpu_ms),
           outcome;
  }
  return outcome;
}

}  // namespace rehearse::judge
