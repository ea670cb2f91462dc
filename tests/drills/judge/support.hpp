// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the judge's tests share: the built worker, a cache folder that goes away, small drills as
// text, and a grading of one line.
#pragma once

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "drills/judge/grade.hpp"

namespace rehearse::judge::test {

// A folder of its own for one test, removed at its end.
class Folder {
 public:
  Folder() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "rehearse-test-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()));
    path_ = pattern;
  }
  ~Folder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  const std::string& path() const { return path_; }
  std::string write(const std::string& name, const std::string& text) const {
    std::string file = path_ + "/" + name;
    std::filesystem::create_directories(std::filesystem::path(file).parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

 private:
  std::string path_;
};

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

inline Workshop workshop(const std::string& cache = "") {
  return {std::string(REHEARSE_BINARY_DIR) + "/bin/rehearse-worker", cache};
}

inline GradeOptions grade_options(const std::string& cache = "") {
  GradeOptions options;
  options.workshop = workshop(cache);
  return options;
}

// Doubles a list. `fields` are added to the table, and may replace what stands here.
inline std::string doubling_drill(const std::string& fields = "") {
  return R"lua(
local t = {
  id = "doubling", title = "Doubling", statement = "Twice each.", level = "easy",
  signature = "doubling(nums: int[]) -> int[]",
  examples = { { args = { { 1, 2 } }, result = { 2, 4 } } },
  limits = { time_ms = 1000, memory_mb = 32 },
  cases = function(rand, case)
    case { name = "empty", args = { {} } }
    case { name = "three", catches = "adds two", args = { { 5, 6, 7 } } }
    local nums = {}
    for i = 1, 30 do nums[i] = rand(-100, 100) end
    case { name = "thirty", args = { nums } }
  end,
  oracle = function(args)
    local out = {}
    for i, n in ipairs(args[1]) do out[i] = n + n end
    return out
  end,
  reference = { lua = "function doubling(nums) local out = {} for i, n in ipairs(nums) do out[i] = 2 * n end return out end" },
  wrong = {
    { name = "adds two", verdict = "WA", why = "It adds two instead of doubling.",
      code = "function doubling(nums) local out = {} for i, n in ipairs(nums) do out[i] = n + 2 end return out end" },
  },
}
for key, value in pairs({)lua" +
         fields + "}) do t[key] = value end\nreturn drill(t)\n";
}

// A function that hands every type through.
inline std::string mirror_drill(const std::string& type, const std::string& values) {
  return "return drill { id = \"mirror\", title = \"Mirror\", statement = \"Same.\", level = "
         "\"easy\", signature = \"mirror(x: " +
         type + ") -> " + type +
         "\", examples = {}, cases = function(rand, case) for i, x in ipairs({" + values +
         "}) do case { name = \"case \" .. i, args = { x } } end end, "
         "reference = { lua = \"function mirror(x) return x end\" } }";
}

// A stack with a peak, as a class.
inline std::string class_drill(const std::string& fields = "") {
  return R"lua(
local t = {
  id = "bag", title = "Bag", statement = "Counts.", level = "easy",
  signature = [[
    class Bag(start: int)
      put(word: string)
      count(word: string) -> int
      last() -> string?
  ]],
  examples = { { new = { 0 }, calls = { { "put", "a" }, { "count", "a" }, { "last" } }, result = { nil, 1, "a" } } },
  cases = function(rand, case)
    case { name = "nothing", new = { 3 }, calls = { { "last" }, { "count", "x" } } }
    case { name = "some", catches = "forgets the start", new = { 2 },
           calls = { { "put", "x" }, { "put", "y" }, { "put", "x" }, { "count", "x" }, { "last" }, { "count", "y" } } }
  end,
  reference = { lua = [[
    Bag = {}
    Bag.__index = Bag
    function Bag.new(start) return setmetatable({ start = start, counts = {}, newest = nil }, Bag) end
    function Bag:put(word) self.counts[word] = (self.counts[word] or 0) + 1 self.newest = word end
    function Bag:count(word) return self.start + (self.counts[word] or 0) end
    function Bag:last() return self.newest end
  ]] },
}
for key, value in pairs({)lua" +
         fields + "}) do t[key] = value end\nreturn drill(t)\n";
}

inline Drill load_text(const std::string& text, const std::string& name = "doubling.lua") {
  auto drill = load_drill_text(text, name, workshop());
  if (!drill) INFO(drill.error().message);
  REQUIRE(drill);
  return std::move(*drill);
}

inline SubmissionReport grade_text(const Drill& drill, const std::string& code,
                                   const GradeOptions& options = grade_options()) {
  return grade(drill, {"mine.lua", "lua", code}, options);
}

// "AC", "TLE growth", …
inline std::string verdict_of(const SubmissionReport& report) {
  std::string text = verdict_code(report.verdict);
  return report.reason.empty() ? text : text + " " + report.reason;
}

}  // namespace rehearse::judge::test
