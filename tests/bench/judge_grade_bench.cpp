// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: drills/judge
//
// A solution judged from start to finish, inputs and expected answers cached, growth apart: twenty
// cases of up to ten thousand elements, and each drill of the shelf with its own reference. The
// peer is a worker that starts, loads the text and stands ready, which no grading can avoid.
#include <cstdlib>
#include <filesystem>

#include "drills/judge/grade.hpp"
#include "drills/judge/languages.hpp"
#include "drills/judge/library.hpp"
#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::judge;
namespace fs = std::filesystem;

// Twenty cases of ten thousand numbers each.
constexpr const char* kTwentyCases = R"lua(return drill {
  id = "doubling", title = "Doubling", statement = "Twice each.", level = "easy",
  signature = "doubling(nums: int[]) -> int[]",
  examples = { { args = { { 1, 2 } }, result = { 2, 4 } } },
  limits = { time_ms = 1000, memory_mb = 32 },
  cases = function(rand, case)
    for c = 1, 20 do
      local nums = {}
      for i = 1, 10000 do nums[i] = rand(-100000, 100000) end
      case { name = "case " .. c, args = { nums } }
    end
  end,
  reference = { lua = [[
    function doubling(nums)
      local out = {}
      for i, n in ipairs(nums) do out[i] = 2 * n end
      return out
    end
  ]], python = "def doubling(nums):\n    return [2 * n for n in nums]\n",
  cpp = [[
    #include <vector>
    std::vector<long long> doubling(std::vector<long long> nums) {
      for (long long& n : nums) n *= 2;
      return nums;
    }
  ]] },
})lua";

void measure(const std::string& what, const Drill& drill, const GradeOptions& options,
             bench::Limit limit, const std::string& language = "lua") {
  const Submission right{"right", language, drill.reference.at(language)};
  SubmissionReport report = grade(drill, right, options);  // fills the cache
  const double time = bench::best_seconds(5, [&] { report = grade(drill, right, options); });
  if (!report.accepted()) fmt::print("{}: {}\n", what, report.message);
  bench::line(what, time * 1e3, "ms", limit);
}

void all_drills(GradeOptions options) {
  const auto library =
      Library::open({std::string(REHEARSE_SOURCE_DIR) + "/drills"}, options.workshop);
  if (!library) return static_cast<void>(fmt::print("{}\n", library.error().message));
  for (const auto& entry : library->entries()) {
    const auto drill = library->load(entry.id);
    if (!drill) {
      fmt::print("{}\n", drill.error().message);
      continue;
    }
    options.growth = false;
    measure(entry.id + ", all cases", *drill, options, {});
    options.growth = true;
    measure("  with growth over four sizes", *drill, options, {});
  }
}

}  // namespace

int main() {
  std::string folder = (fs::temp_directory_path() / "rehearse-bench-XXXXXX").string();
  if (!mkdtemp(folder.data())) return 1;
  GradeOptions options;
  options.workshop.cache_dir = folder;
  options.growth = false;
  if (const auto drill = load_drill_text(kTwentyCases, "doubling.lua", options.workshop)) {
    options.examples_only = true;
    measure("peer: a worker, one case of two numbers", *drill, options, {});
    options.examples_only = false;
    measure("20 cases of 10,000 numbers", *drill, options, bench::at_most(100));
    if (!find_language("python")->version().empty()) {
      options.examples_only = true;
      measure("peer: Python, one case of two numbers", *drill, options, {}, "python");
      options.examples_only = false;
      measure("20 cases of 10,000 numbers, Python", *drill, options, bench::at_most(250), "python");
    }
    if (!find_language("cpp")->version().empty()) {
      options.examples_only = true;
      measure("peer: C++ after its build, one case", *drill, options, {}, "cpp");
      options.examples_only = false;
      measure("20 cases of 10,000 numbers, C++ after its build", *drill, options,
              bench::at_most(250), "cpp");
    }
  } else {
    fmt::print("{}\n", drill.error().message);
  }
  all_drills(options);
  fs::remove_all(folder);
}
