// SPDX-License-Identifier: GPL-3.0-or-later
//
// Drill: one problem as its file tells it, without the functions of the file.
//
// A drill file is Lua and may come from a stranger, so it is executed in a limited worker process
// (see worker.hpp); what arrives here is plain data, checked field by field. Errors name the file
// and, where one can be told, the line.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "drills/judge/signature.hpp"
#include "drills/judge/verdict.hpp"
#include "engine/base/error.hpp"

namespace rehearse::judge {

// One call of a class's method.
struct Call {
  std::string method;
  std::vector<Value> args;
  bool operator==(const Call&) const = default;
};

// What a solution is called with: a function's arguments, or a constructor's and the calls.
struct Input {
  std::vector<Value> args;
  std::vector<Call> calls;
  bool operator==(const Input&) const = default;
};

// The answer to an Input is one Value: a function's result, or the list of the calls' results (nil
// where a method returns nothing).

struct Example {
  Input input;
  Value result;
  std::string note;
};

struct DrillLimits {
  std::int64_t time_ms = 1000;  // processor time per case, for Lua
  std::int64_t memory_mb = 64;  // beyond the interpreter, for Lua
};

struct GrowthClaim {
  std::string time;    // "1", "log n", "n", "n log n", "n^2", …; empty: not judged
  std::string memory;  // the same
  std::vector<std::int64_t> sizes;
};

struct Compare {
  enum class How { exact, unordered, tolerance, function };
  How how = How::exact;
  double tolerance = 0;
};

struct WrongSolution {
  std::string name;
  std::string language = "lua";
  Verdict verdict = Verdict::wrong_answer;
  std::string reason;      // "" or the reason that the verdict must have: cpu, growth, peak, …
  std::string first_case;  // "" or the case that must be the first to fail
  std::string why;
  std::string code;
};

struct Hint {
  std::string text;
  double cost_min = 0;  // minutes that taking the hint costs
};

struct FollowUp {
  std::string ask;
  std::string answer;
};

struct Drill {
  std::string path;    // of the file
  std::string hash;    // 16 hexadecimal digits of the file's bytes
  std::string source;  // the file's bytes

  std::string id, title, category, level, statement, explain;
  double minutes = 0;
  std::vector<std::string> covers;
  Signature signature;
  std::vector<Example> examples;
  DrillLimits limits;
  GrowthClaim growth;
  Compare compare;
  bool has_oracle = false;
  std::map<std::string, std::string> reference;  // language -> source text
  std::vector<WrongSolution> wrong;
  std::map<std::string, std::string> pitfalls;  // name -> sentence; the wrong answers' names too
  std::vector<Hint> hints;
  std::vector<FollowUp> follow_ups;

  // The sentence of a pitfall, or "".
  std::string pitfall_sentence(const std::string& name) const;
};

// How the judge reaches its worker and its cache. Shared by everything that runs code.
struct Workshop {
  std::string worker_path;  // "": found by find_worker()
  std::string cache_dir;    // "": nothing is cached
  bool whole_isolation = false;  // a compiler, too, is not started with less than every wall
};

// The worker executable: $REHEARSE_WORKER, beside the running executable, or in the libexec folder
// of the same installation. Errors: where it was looked for.
Result<std::string> find_worker();
// The same workshop with its worker named. Errors: as find_worker.
Result<Workshop> with_worker(const Workshop& workshop);

// Errors: unreadable file, Lua error (file:line), a field that is missing or wrong (file:line).
Result<Drill> load_drill(const std::string& path, const Workshop& workshop = {});

// The same for text that is not in a file (tests, an editor); `name` stands for the path.
Result<Drill> load_drill_text(std::string text, const std::string& name,
                              const Workshop& workshop = {});

}  // namespace rehearse::judge
