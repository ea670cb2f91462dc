// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reports: what a grading found, as plain data, and its four written forms (text, JSON, JUnit XML,
// TAP). Everything that came from a submission is escaped and bounded: no control byte, no invalid
// UTF-8 and no more than `1 MB per submission ever reach a terminal or a file.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "drills/judge/drill.hpp"
#include "drills/judge/verdict.hpp"
#include "engine/base/json.hpp"

namespace rehearse::judge {

constexpr std::size_t kKeptOutputBytes = 64 << 10;  // of what a case printed

struct CaseReport {
  std::string name;
  Verdict verdict = Verdict::accepted;
  bool run = true;       // false: not run, because an earlier case ended the grading; see `message`
  std::string reason;    // cpu, wall, peak, output, crash, … or ""
  std::string message;   // in words, safe to show
  std::string catches;   // the pitfall that the case is named after, or ""
  double time_ms = 0;    // processor time
  double memory_kb = 0;  // peak beyond the interpreter and the input
  std::string output;    // what it printed, escaped, at most kKeptOutputBytes
  bool output_cut = false;
};

struct FirstFailure {
  std::string case_name;
  Verdict verdict = Verdict::wrong_answer;
  bool shrunk = false;  // the input is a smaller one that fails the same way
  Input input;
  std::vector<std::string> parameters;  // names of the function's or constructor's arguments
  std::optional<Value> expected;
  std::optional<Value> got;  // absent when there was none (error, limit)
  std::string message;       // the error, or where the answers differ first
  std::string pitfall;       // name, or ""
  std::string pitfall_why;   // its sentence
  // For people, one line per argument or call; already cut to a readable length.
  std::string input_text, expected_text, got_text;

  bool whole = true;  // false: the input and the answers were let go, their texts stay

  // Small enough to be written as data.
  bool small() const;
};

struct GrowthFit {
  std::string claimed;       // "n log n"
  double slope = 0;          // of log cost over log n
  double claimed_slope = 0;  // of the claimed class over the same sizes
  std::string unit;          // "instructions" or "bytes"
  std::vector<std::int64_t> sizes;
  std::vector<double> costs;  // may be fewer than sizes when the rest was plain or too dear
  bool refused = false;
  std::string sentence;           // "Time grows like n^1.98; the drill asks for n."
  double unnoticed_bytes = 4096;  // of memory: added at every size before the fit
};

struct SubmissionReport {
  std::string path;
  std::string drill;
  std::string language;
  Verdict verdict = Verdict::judge_error;
  std::string reason;   // "" or cpu, wall, growth, peak, …
  std::string message;  // one or two sentences for people
  std::vector<CaseReport> cases;
  std::optional<FirstFailure> first_failure;
  std::optional<GrowthFit> time_growth, memory_growth;
  std::string pitfall;                 // name, or ""
  double time_ms = 0;                  // processor time of all cases
  double wall_ms = 0;                  // of the whole grading
  std::vector<std::string> isolation;  // layers that held: namespaces, landlock, seccomp, rlimits
  std::string rerun_note;              // set when a failed case passed in a fresh process

  int passed() const;
  bool accepted() const { return verdict == Verdict::accepted; }
};

struct DrillFacts {
  std::string hash;
  std::uint64_t seed = 1;
  DrillLimits limits;
};

struct Report {
  std::vector<std::string> isolation;
  std::vector<SubmissionReport> submissions;
  std::map<std::string, DrillFacts> drills;

  // Adds one submission and the facts of its drill.
  void add(SubmissionReport submission, const Drill& drill, std::uint64_t seed);
  int accepted() const;
  bool judge_failed() const;  // some verdict is JE
};

struct WriteOptions {
  bool colour = false;
  bool hide = false;     // inputs and answers are left out
  bool verbose = false;  // every case, not only the failed ones
};

std::string report_text(const Report& report, const WriteOptions& options = {});
Json report_json(const Report& report, const WriteOptions& options = {});
std::string report_junit(const Report& report, const WriteOptions& options = {});
std::string report_tap(const Report& report, const WriteOptions& options = {});

// Joins documents of `report_json` (the shards of one grading).
// Errors: a document is not one, two name the same submission, or judged it with other drills.
Result<Json> merge_reports(const std::vector<Json>& documents);

}  // namespace rehearse::judge
