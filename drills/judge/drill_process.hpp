// SPDX-License-Identifier: GPL-3.0-or-later
//
// DrillProcess: the functions of a drill file, called in a worker of their own. It may be a
// stranger's file, so it gets the same walls as a submission, and generous but firm limits.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "drills/judge/drill.hpp"
#include "drills/judge/process.hpp"

namespace rehearse::judge {

class DrillProcess {
 public:
  // Runs the file's text. `name` stands in messages; an empty text gives a process that can read
  // own inputs and nothing else. Errors: Lua's, with file:line, or a limit.
  static Result<DrillProcess> start(const std::string& text, const std::string& name,
                                    const std::string& worker_path);

  // The drill's table; each function is the string "function".
  Result<Value> definition();

  struct RawCase {
    std::int64_t line = 0;  // of the call of `case`
    Value table;
  };
  Result<std::vector<RawCase>> cases(std::uint64_t seed);
  Result<Value> growth_input(std::int64_t n, std::uint64_t seed);
  Result<Value> oracle(const Input& input, bool is_class);
  Result<bool> compare(const Input& input, bool is_class, const Value& got, const Value& expected);
  // The table that `return { text }` gives.
  Result<Value> own_input(const std::string& text);

  // When the process died it is started again on the next call; this says so to nobody.
 private:
  DrillProcess(std::string text, std::string name, std::string worker_path);
  Result<void> ensure();
  Result<std::string> request(wire::Kind kind, std::string_view payload, double cpu_ms);
  Result<Value> value_of(wire::Kind kind, std::string_view payload, double cpu_ms);

  std::string text_, name_, worker_path_;
  std::unique_ptr<WorkerProcess> worker_;
};

// An input as a drill file writes it: a list of arguments, or { new = …, calls = … }.
Value as_drill_value(const Input& input, bool is_class);

}  // namespace rehearse::judge
