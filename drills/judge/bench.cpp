// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/escape.hpp"
#include "drills/judge/grading.hpp"

namespace rehearse::judge {
namespace {

constexpr std::size_t kMessageBytes = 600;
constexpr std::size_t kShownCalls = 12;

std::string safe(const std::string& message) { return safe_excerpt(message, kMessageBytes); }

struct WallName {
  std::uint32_t wall;
  const char* name;
};
constexpr WallName kWalls[] = {{wire::kNamespaces, "namespaces"},
                               {wire::kLandlock, "landlock"},
                               {wire::kSeccomp, "seccomp"},
                               {wire::kRlimits, "rlimits"}};

}  // namespace

Bench::Bench(const Drill& drill, const Submission& submission, const GradeOptions& options)
    : drill_(drill), submission_(submission), options_(options) {}

Result<void> Bench::open() {
  const Language* language = find_language(submission_.language);
  if (!language)
    return fail(Code::unsupported, "there is no language `{}` here", submission_.language);
  auto named = with_worker(options_.workshop);
  if (!named) return fail(named.error());
  workshop_ = std::move(*named);
  workshop_.whole_isolation = options_.require_isolation;
  auto runtime = language->runtime(drill_.signature);
  if (!runtime) return fail(runtime.error());
  ProgramLimits limits;
  limits.cpu_ms = static_cast<double>(drill_.limits.time_ms) * language->time_factor;
  limits.memory_bytes = static_cast<std::uint64_t>(static_cast<double>(drill_.limits.memory_mb) *
                                                   language->memory_factor * (1 << 20));
  program_.emplace(drill_.signature, std::move(*runtime), chunk_name(submission_.path),
                   submission_.text, limits, workshop_);
  program_->on_build(options_.on_build);
  if (options_.require_isolation) program_->require_walls(wire::kAllWalls);
  auto reference = drill_.reference.find("lua");
  if (reference != drill_.reference.end()) {
    reference_.emplace(drill_.signature, Runtime{"lua"}, "reference.lua", reference->second,
                       reference_limits(drill_), workshop_);
  }
  return {};
}

DrillProcess* Bench::functions() {
  if (!functions_) {
    auto started = DrillProcess::start(drill_.source, drill_.path, workshop_.worker_path);
    if (!started) return nullptr;
    functions_ = std::move(*started);
  }
  return &*functions_;
}

std::vector<std::string> Bench::isolation() const {
  std::vector<std::string> names;
  for (const WallName& wall : kWalls) {
    if (program_ && (program_->walls_up() & wall.wall)) names.push_back(wall.name);
  }
  return names;
}

Bench::Judged Bench::judge(const Input& input, const Value& expected, std::uint64_t seed) {
  program_->expect_answer_like(expected);
  return judge_outcome(program_->run(input, seed, {}, options_.stop), input, expected);
}

Bench::Judged Bench::judge_outcome(Outcome outcome, const Input& input, const Value& expected) {
  Judged judged;
  auto say = [&](Verdict verdict, std::string reason, const std::string& message) {
    judged.verdict = verdict;
    judged.reason = std::move(reason);
    judged.message = safe(message);
  };
  using How = Outcome::How;
  switch (outcome.how) {
    case How::load_error:
    case How::no_entry: say(Verdict::compile_error, "", outcome.message); break;
    case How::memory: note_memory(judged); break;
    case How::error:
      if (outcome.refusals > 0)
        note_memory(judged);
      else
        say(Verdict::runtime_error, "", outcome.message);
      break;
    case How::output: say(Verdict::output_limit, "output", outcome.message); break;
    case How::unreadable:
      say(Verdict::wrong_answer, "", "the answer holds what is no value: " + outcome.message);
      break;
    case How::cpu: say(Verdict::time_limit, "cpu", outcome.message); break;
    case How::wall: say(Verdict::time_limit, "wall", outcome.message); break;
    case How::crashed:
      if (outcome.refusals > 0)
        note_memory(judged);
      else
        say(Verdict::runtime_error, "crash", outcome.message);
      break;
    case How::stopped: say(Verdict::judge_error, "stopped", "stopped before it was done"); break;
    case How::capped:
    case How::judge_fault: say(Verdict::judge_error, "", outcome.message); break;
    case How::answered: judge_answer(judged, outcome, input, expected); break;
  }
  judged.outcome = std::move(outcome);
  return judged;
}

void Bench::judge_answer(Judged& judged, const Outcome& outcome, const Input& input,
                         const Value& expected) {
  auto got = conform_answer(outcome.value, drill_.signature, input);
  if (!got) {
    judged.verdict = Verdict::wrong_answer;
    judged.message = safe("the answer: " + got.error().message);
  } else {
    DrillProcess* process = drill_.compare.how == Compare::How::function ? functions() : nullptr;
    auto compared = compare_answers(drill_, input, expected, *got, process);
    judged.got = std::move(*got);
    judged.verdict = !compared         ? Verdict::judge_error
                     : compared->equal ? Verdict::accepted
                                       : Verdict::wrong_answer;
    judged.message = safe(compared ? compared->difference : compared.error().message);
    judged.call = compared ? compared->call : 0;
  }
  // Out of memory once, caught, and then no right answer: the memory was the cause.
  if (judged.verdict == Verdict::wrong_answer && outcome.refusals > 0) note_memory(judged);
}

void Bench::note_memory(Judged& judged) const {
  judged.verdict = Verdict::memory_limit;
  judged.reason = "peak";
  judged.message =
      fmt::format("needed more than {} MB of memory", program_->limits().memory_bytes >> 20);
}

std::optional<Value> Bench::expected_for(const Input& input, std::uint64_t seed) {
  if (!reference_) return {};
  Outcome outcome = reference_->run(input, seed, {}, options_.stop);
  if (outcome.how != Outcome::How::answered) return {};
  auto expected = conform_answer(outcome.value, drill_.signature, input);
  if (!expected) return {};
  return std::move(*expected);
}

bool Bench::oracle_agrees(const Input& input, const Value& expected) {
  if (!drill_.has_oracle) return true;
  DrillProcess* process = functions();
  if (!process) return false;
  auto said = process->oracle(input, drill_.signature.is_class);
  if (!said) return false;
  auto conformed = conform_answer(*said, drill_.signature, input);
  if (!conformed) return false;
  auto compared = compare_answers(drill_, input, expected, *conformed, process);
  return compared && compared->equal;
}

namespace {

std::string show_arguments(const std::vector<Value>& args, const Callable& callable,
                           std::size_t limit) {
  std::string text;
  for (std::size_t i = 0; i < args.size(); ++i) {
    text += (i ? ", " : "") + show(args[i], callable.parameters[i].type, limit);
  }
  return text;
}

// Calls before and at the one that differs, or the first ones.
std::pair<std::size_t, std::size_t> shown_range(std::size_t count, std::size_t call) {
  std::size_t end = call ? call : std::min(count, kShownCalls);
  return {end > kShownCalls ? end - kShownCalls : 0, end};
}

}  // namespace

std::string show_input(const Drill& drill, const Input& input, std::size_t up_to_call) {
  const Signature& signature = drill.signature;
  std::string text;
  if (!signature.is_class) {
    for (std::size_t i = 0; i < input.args.size(); ++i) {
      const Parameter& parameter = signature.function.parameters[i];
      text += (i ? "\n" : "") + parameter.name + " = " + show(input.args[i], parameter.type, 800);
    }
    return text;
  }
  text = signature.function.name + "(" + show_arguments(input.args, signature.function, 400) + ")";
  auto [from, to] = shown_range(input.calls.size(), up_to_call);
  if (from > 0) text += fmt::format("\n… {} calls before", from);
  for (std::size_t i = from; i < to; ++i) {
    const Callable* method = signature.method(input.calls[i].method);
    text += fmt::format("\n{}({})", input.calls[i].method,
                        method ? show_arguments(input.calls[i].args, *method, 200) : "");
  }
  if (to < input.calls.size()) text += fmt::format("\n… {} calls after", input.calls.size() - to);
  return text;
}

std::string show_answer(const Drill& drill, const Input& input, const Value& answer,
                        std::size_t call) {
  const Signature& signature = drill.signature;
  if (!signature.is_class) return show(answer, signature.function.result, 800);
  const Table* results = answer.table();
  if (!results) return "";
  auto result_of = [&](std::size_t i) {
    const Callable* method = signature.method(input.calls[i].method);
    return show(results->array[i], method ? method->result : Type{}, 200);
  };
  if (call)
    return fmt::format("call {}, {}: {}", call, input.calls[call - 1].method, result_of(call - 1));
  std::string text;
  auto [from, to] = shown_range(std::min(input.calls.size(), results->array.size()), call);
  for (std::size_t i = from; i < to; ++i) {
    const Callable* method = signature.method(input.calls[i].method);
    if (method && method->result.kind == Type::Kind::nothing) continue;
    text += fmt::format("{}call {}, {}: {}", text.empty() ? "" : "\n", i + 1, input.calls[i].method,
                        result_of(i));
  }
  return text;
}

void keep_output(const Outcome& outcome, CaseReport& report) {
  report.output = safe_excerpt(outcome.output, kKeptOutputBytes, true);
  report.output_cut =
      outcome.output_bytes > outcome.output.size() || report.output.size() > kKeptOutputBytes;
}

}  // namespace rehearse::judge
