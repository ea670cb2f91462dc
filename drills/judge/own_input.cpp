// SPDX-License-Identifier: GPL-3.0-or-later
//
// A run on the candidate's own input, written as a drill file writes its cases.
#include "drills/judge/grade.hpp"
#include "drills/judge/grading.hpp"

namespace rehearse::judge {

Result<OwnRun> run_own_input(const Drill& drill, const Submission& submission,
                             const std::string& text, const GradeOptions& options) {
  Bench bench(drill, submission, options);
  if (auto opened = bench.open(); !opened) return fail(opened.error());
  std::string worker = options.workshop.worker_path;
  if (worker.empty()) worker = *find_worker();
  auto reader = DrillProcess::start("", "input", worker);
  if (!reader) return fail(reader.error());
  auto value = reader->own_input(text);
  if (!value) return fail(Code::invalid_argument, "{}", value.error().message);
  auto input = read_input(*value, drill.signature, "input", true);
  if (!input) return fail(Code::invalid_argument, "{}", input.error().message);

  OwnRun run;
  run.input_text = show_input(drill, *input);
  std::uint64_t seed = case_seed(options.seed, "own input");
  auto expected = bench.expected_for(*input, seed);
  Bench::Judged judged = bench.judge(*input, expected.value_or(Value()), seed);
  run.result.name = "own input";
  run.result.verdict = judged.verdict;
  run.result.reason = judged.reason;
  run.result.message = judged.message;
  if (!expected)
    run.result.message =
        "the reference does not answer this input; is it allowed by the statement?";
  run.result.time_ms = judged.outcome.cpu_ms;
  run.result.memory_kb = static_cast<double>(judged.outcome.peak_bytes) / 1024;
  keep_output(judged.outcome, run.result);
  if (expected) run.expected_text = show_answer(drill, *input, *expected);
  if (judged.got) run.got_text = show_answer(drill, *input, *judged.got);
  return run;
}

}  // namespace rehearse::judge
