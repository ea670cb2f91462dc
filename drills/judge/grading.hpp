// SPDX-License-Identifier: GPL-3.0-or-later
//
// Grading: one submission against one drill, step by step. The body of `grade` (grade.hpp).
//
//   cases      in order, each in a fresh Lua state; a case that runs out of time ends the grading,
//              since a loop that does not end would cost its limit at every case
//   reruns     the first failed cases again, each alone in a fresh process
//   growth     when all is right, or to explain a time limit
//   failure    the first one, shrunk, with the answers side by side
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "drills/judge/cases.hpp"
#include "drills/judge/compare.hpp"
#include "drills/judge/grade.hpp"
#include "drills/judge/languages.hpp"
#include "drills/judge/program.hpp"

namespace rehearse::judge {

// Runs and judges single inputs of one submission; shared by grading, own inputs and shrinking.
class Bench {
 public:
  Bench(const Drill& drill, const Submission& submission, const GradeOptions& options);

  // Errors: no worker, unknown language.
  Result<void> open();

  struct Judged {
    Verdict verdict = Verdict::judge_error;
    std::string reason;
    std::string message;  // escaped and short
    Outcome outcome;
    std::optional<Value> got;  // conformed
    std::size_t call = 0;      // of a class: the first call that differs
  };
  Judged judge(const Input& input, const Value& expected, std::uint64_t seed);
  Judged judge_outcome(Outcome outcome, const Input& input, const Value& expected);

  // The reference's answer, or nothing when it fails there.
  std::optional<Value> expected_for(const Input& input, std::uint64_t seed);
  // The oracle's word on the reference's answer; true without an oracle.
  bool oracle_agrees(const Input& input, const Value& expected);

  Program& program() { return *program_; }
  // Nullptr until a case has started a process, and for drills whose file cannot be run.
  DrillProcess* functions();
  std::vector<std::string> isolation() const;

 private:
  void judge_answer(Judged& judged, const Outcome& outcome, const Input& input,
                    const Value& expected);
  void note_memory(Judged& judged) const;

  const Drill& drill_;
  const Submission& submission_;
  const GradeOptions& options_;
  Workshop workshop_;  // its worker named
  std::optional<Program> program_, reference_;
  std::optional<DrillProcess> functions_;
};

// The lines that show an input: one per argument, or the constructor and the calls.
std::string show_input(const Drill& drill, const Input& input, std::size_t up_to_call = 0);
// An answer, or of a class the results of the calls around `call`.
std::string show_answer(const Drill& drill, const Input& input, const Value& answer,
                        std::size_t call = 0);

// What a case printed, made safe and cut.
void keep_output(const Outcome& outcome, CaseReport& report);

}  // namespace rehearse::judge
