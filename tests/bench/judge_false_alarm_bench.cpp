// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: drills/judge
//
// False alarms: every reference in every language here, judged again and again with growth; each
// must be accepted every time. REHEARSE_RUNS says how often (default 2; 100 takes hours), and
// REHEARSE_DRILL names one drill alone. What is counted repeats to the digit, so Lua runs twice.
#include <cstdlib>
#include <filesystem>

#include "drills/judge/grade.hpp"
#include "drills/judge/languages.hpp"
#include "drills/judge/library.hpp"
#include "tests/bench/bench.hpp"

using namespace rehearse;
using namespace rehearse::judge;
namespace fs = std::filesystem;

int main() {
  const char* asked = std::getenv("REHEARSE_RUNS");
  const char* only = std::getenv("REHEARSE_DRILL");
  const int runs = asked ? std::max(std::atoi(asked), 1) : 2;
  std::string folder = (fs::temp_directory_path() / "rehearse-bench-XXXXXX").string();
  if (!mkdtemp(folder.data())) return 1;
  GradeOptions options;
  options.workshop.cache_dir = folder;
  const auto library =
      Library::open({std::string(REHEARSE_SOURCE_DIR) + "/drills"}, options.workshop);
  if (!library) return fmt::print("{}\n", library.error().message), 1;
  std::map<std::string, int> gradings, alarms, references;
  for (const auto& entry : library->entries()) {
    if (only && entry.id != only) continue;
    const auto drill = library->load(entry.id);
    if (!drill) return fmt::print("{}\n", drill.error().message), 1;
    for (const auto& [id, text] : drill->reference) {
      const Language* language = find_language(id);
      if (!language || !language->runtime(drill->signature)) continue;
      ++references[id];
      const int times = id == "lua" ? std::min(runs, 2) : runs;
      for (int run = 0; run < times; ++run) {
        const SubmissionReport report =
            grade(*drill, {"reference" + language->extension, id, text}, options);
        ++gradings[id];
        if (report.accepted()) continue;
        ++alarms[id];
        fmt::print("{} in {}: {} {} {}\n", entry.id, id, verdict_code(report.verdict),
                   report.reason, report.message);
        std::fflush(stdout);
      }
    }
  }
  for (const auto& [id, count] : gradings)
    bench::line(fmt::format("{}: {} references, {} gradings, alarms", id, references[id], count),
                alarms[id], "", bench::at_most(0));
  fs::remove_all(folder);
}
