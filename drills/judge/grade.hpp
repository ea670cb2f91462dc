// SPDX-License-Identifier: GPL-3.0-or-later
//
// Grading: the judge's front door. A submission runs in a sandboxed worker; inputs go in one at a
// time over a private pipe, answers come back over another and are compared here. The expected
// answers never enter the worker, and nothing that a submission prints or does decides a verdict.
//
//   auto drill = load_drill(path, workshop);
//   SubmissionReport report = grade(*drill, {"mine.lua", "lua", text}, options);
//
// Thread-safe: any number of gradings may run at once, each with its own workers. Blocking; use
// `stop` to end early.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "drills/judge/cases.hpp"
#include "drills/judge/drill.hpp"
#include "drills/judge/report.hpp"

namespace rehearse::judge {

struct Submission {
  std::string path;  // stands in reports
  std::string language = "lua";
  std::string text;
};

struct GradeOptions {
  Workshop workshop;
  std::uint64_t seed = 1;
  bool growth = true;
  bool shrink = true;
  bool examples_only = false;  // the drill's examples in place of its cases, no growth
  std::shared_ptr<const std::vector<Case>> only;  // these in place of the drill's, no growth
  std::string own_cases;  // the folder of the user's own cases (own_cases.hpp), judged last; or ""
  bool require_isolation = false;  // refuse to run with less than every layer (verdict JE)
  std::stop_token stop;
  std::function<void()> on_build;  // when a compiler starts; from the grading thread
  // After each case, with the number done and the number in all; from the grading thread.
  std::function<void(const CaseReport&, std::size_t, std::size_t)> on_case;
};

// Never fails: what goes wrong with the judge is verdict JE with a message. A stopped grading is JE
// with reason "stopped".
SubmissionReport grade(const Drill& drill, const Submission& submission,
                       const GradeOptions& options);

struct GradeJob {
  const Drill* drill;
  Submission submission;
};

// Several submissions on `jobs` threads; the reports keep the order of the jobs. An input that is
// too large to be written as data is let go (FirstFailure::whole): there may be thousands of jobs.
std::vector<SubmissionReport> grade_all(const std::vector<GradeJob>& work,
                                        const GradeOptions& options, int jobs);

// What a run on the candidate's own input gave.
struct OwnRun {
  CaseReport result;
  std::string input_text, expected_text, got_text;  // for people; expected is the reference's
};

// `text` is what stands between the braces of a case: arguments `{1, 2, 3}, 2`, or for a class
// `new = {300}, calls = {{"hit", 1}, {"count", 5}}`.
// Errors: the text is not such an input (what is due stands in the message).
Result<OwnRun> run_own_input(const Drill& drill, const Submission& submission,
                             const std::string& text, const GradeOptions& options);

// Which drill a file is for: a comment "rehearse: ID" in its first five lines, else its stem.
std::string drill_id_of(const std::string& path, std::string_view text);

}  // namespace rehearse::judge
