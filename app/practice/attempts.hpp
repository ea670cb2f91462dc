// SPDX-License-Identifier: GPL-3.0-or-later
//
// Attempts and drafts: every submission is kept with its text and report, every unsent text as the
// draft of its drill.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/practice/database.hpp"

namespace rehearse::practice {

// The clock stood still from one second since the start to another.
struct Pause {
  std::int64_t from_s = 0, to_s = 0;
  bool operator==(const Pause&) const = default;
};

struct Attempt {
  std::int64_t id = 0;
  std::string drill, drill_hash, language = "lua", text;
  std::string kind = "timed";  // timed | grade (from the command line)
  std::int64_t started_at = 0, submitted_at = 0, elapsed_s = 0, paused_s = 0;
  int hints = 0;
  std::string verdict, reason;  // "AC", "TLE" with "growth" …
  int passed = 0, total = 0;
  std::string report = "{}";      // JSON, as grade --json has it for one submission
  std::optional<double> stated;   // probability of acceptance as the candidate stated it
  std::string mode = "practice";  // practice (the clock may be paused) | timed (it may not)
  std::vector<Pause> pauses;
  bool accepted() const { return verdict == "AC"; }
};

Result<std::int64_t> add_attempt(Database& database, const Attempt& attempt);
// Newest first.
Result<std::vector<Attempt>> attempts_of(const Database& database, const std::string& drill);
// All, oldest first, without texts and reports.
Result<std::vector<Attempt>> all_attempts(const Database& database);
// The best of a drill: accepted before not, then more cases, then less time.
Result<std::optional<Attempt>> best_attempt(const Database& database, const std::string& drill);

struct Draft {
  std::string text;
  int cursor = 0;
  std::int64_t saved_at = 0;
};
Result<void> save_draft(Database& database, const std::string& drill, const std::string& language,
                        const Draft& draft);
Result<std::optional<Draft>> draft_of(const Database& database, const std::string& drill,
                                      const std::string& language);
Result<void> drop_draft(Database& database, const std::string& drill, const std::string& language);
// Drills with a draft, newest first.
Result<std::vector<std::string>> drills_with_drafts(const Database& database);

struct DesignRun {
  std::string design, knobs = "{}";
  std::uint64_t seed = 0;
  bool reached = false;
  std::int64_t elapsed_s = 0, ended_at = 0;
};
Result<void> add_design_run(Database& database, const DesignRun& run);
Result<std::vector<DesignRun>> design_runs(const Database& database);

// A sitting of one kind ("drill", "study"): begun, and ended if it was.
Result<std::int64_t> begin_session(Database& database, const std::string& kind, std::int64_t now);
Result<void> end_session(Database& database, std::int64_t id, std::int64_t now);

// Settings: one JSON value a key.
Result<std::optional<std::string>> setting(const Database& database, const std::string& key);
Result<void> set_setting(Database& database, const std::string& key, const std::string& value);

}  // namespace rehearse::practice
