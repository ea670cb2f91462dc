// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who may include whom, as a table, and the functions that hold a source file against it. Link
// lines enforce most arrows; this catches what they cannot: a header reached through another room's
// link, and a third-party header outside the room that wraps it.
//
// A new room needs a row in `allowed_rooms` (and its line in CMake); a library that one room wraps
// needs a row in `third_party`.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rehearse::layering {

using Rooms = std::vector<std::string>;  // a `*` at the end makes a prefix

inline Rooms mathematics() {
  Rooms rooms;
  for (const char* room :
       {"sim", "features", "models", "metrics", "calibration", "validation", "diagnose",
        "recommend", "retrieval", "monitor", "experiment", "serving", "privacy"})
    rooms.push_back(std::string("engine/") + room);
  return rooms;
}

// The rooms that each room may include besides itself.
inline const std::map<std::string, Rooms>& allowed_rooms() {
  static const std::map<std::string, Rooms> table = [] {
    std::map<std::string, Rooms> rooms = {
        {"engine/base", {}},
        {"engine/lua", {"engine/base"}},
        {"engine/store", {"engine/base"}},
        {"engine/plan", {"engine/base", "engine/store"}},
        {"engine/trace", {"engine/base", "engine/lua", "engine/plan"}},
        {"engine/triage", {"engine/base", "engine/plan", "engine/trace"}},
        {"engine/steps", {"engine/*"}},
        {"drills/judge", {"engine/base", "engine/lua"}},
        {"app/practice", {"engine/base"}},
        {"app/plots", {"engine/base"}},
        {"app/report", {"engine/base", "app/plots"}},
        {"app/analysis", {"engine/*"}},
        {"app/endpoint", {"engine/base"}},
        {"app/present", {"engine/*", "drills/judge", "app/practice", "app/analysis"}},
        {"app/cli", {"engine/*", "drills/judge", "app/practice", "app/analysis"}},
        {"app/gui", {"engine/base", "app/plots", "app/present"}},
        {"app/main",
         {"engine/base", "app/cli", "app/gui", "app/report", "app/present", "app/endpoint"}},
    };
    for (const std::string& room : mathematics()) rooms[room] = {"engine/base", "engine/metrics"};
    rooms["engine/scenarios"] = mathematics();
    rooms["engine/scenarios"].push_back("engine/base");
    return rooms;
  }();
  return table;
}

// Value types that a room hands on, although their room is not its neighbour: a page shows the
// plan, the run and the report that its presenter holds.
inline const std::map<std::string, std::set<std::string>>& shared_headers() {
  static const std::map<std::string, std::set<std::string>> table = {
      {"app/gui",
       {"engine/plan/plan.hpp", "engine/plan/executor.hpp", "engine/plan/report.hpp",
        "engine/plan/trail.hpp", "engine/plan/incident.hpp", "engine/triage/grade.hpp",
        "engine/triage/update.hpp", "drills/judge/drill.hpp", "drills/judge/report.hpp",
        "app/analysis/analysis.hpp", "app/practice/card.hpp", "app/practice/card_library.hpp"}},
  };
  return table;
}

// What stands between the angle brackets (a file, or a prefix that ends in `*`), and its rooms.
struct ThirdParty {
  std::string header;
  Rooms rooms;
};

inline const std::vector<ThirdParty>& third_party() {
  static const Rooms store = {"engine/store", "app/practice"};
  static const Rooms lua = {"engine/lua", "engine/trace", "drills/judge"};
  static const Rooms desktop = {"app/present", "app/endpoint", "app/plots",
                                "app/report",  "app/gui",      "app/main"};
  static const std::vector<ThirdParty> table = {
      {"sqlite3.h", store},
      {"SQLiteCpp/*", store},
      {"zip.h", {"app/practice"}},
      {"lua.h", lua},
      {"lua.hpp", lua},
      {"lauxlib.h", lua},
      {"lualib.h", lua},
      {"Eigen/*",
       {"engine/models", "engine/validation", "engine/diagnose", "engine/experiment",
        "engine/recommend", "engine/retrieval"}},
      {"unsupported/Eigen/*", {"engine/models"}},
      {"xgboost/*", {"engine/models"}},
      {"nlohmann/*", {"engine/base"}},
      {"valijson/*", {"engine/diagnose"}},
      {"tl/*", {"engine/base"}},
      {"libstemmer.h", {"engine/retrieval"}},
      {"seccomp.h", {"drills/judge"}},
      {"CLI/*", {"app/cli", "app/main"}},
      {"qcustomplot.h", {"app/plots"}},
      {"Qsci/*", {"app/gui"}},
      {"QNetwork*", {"app/endpoint"}},
      {"Q*", desktop},
      {"catch2/*", {}},
      {"rapidcheck*", {}},
      {"hnswlib/*", {}},
      {"faiss/*", {}},
      {"xapian*", {}},
  };
  return table;
}

inline bool matches(std::string_view rule, std::string_view name) {
  return rule.ends_with('*') ? name.starts_with(rule.substr(0, rule.size() - 1)) : rule == name;
}

inline bool covered(const Rooms& rules, std::string_view room) {
  return std::any_of(rules.begin(), rules.end(),
                     [&](const std::string& rule) { return matches(rule, room); });
}

inline std::vector<std::string_view> lines_of(std::string_view source) {
  std::vector<std::string_view> lines;
  while (!source.empty()) {
    const std::size_t end = std::min(source.find('\n'), source.size());
    lines.push_back(source.substr(0, end));
    source.remove_prefix(std::min(end + 1, source.size()));
  }
  return lines;
}

struct Include {
  std::size_t line = 0;
  std::string name;
  bool angled = false;
};

inline std::vector<Include> includes_of(std::string_view source) {
  std::vector<Include> found;
  const auto lines = lines_of(source);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string_view text = lines[i];
    const auto skip = [&text](std::string_view set) {
      text.remove_prefix(std::min(text.find_first_not_of(set), text.size()));
    };
    skip(" \t");
    if (!text.starts_with('#')) continue;
    skip("# \t");
    if (!text.starts_with("include")) continue;
    text.remove_prefix(std::string_view("include").size());
    skip(" \t");
    if (text.empty() || (text.front() != '"' && text.front() != '<')) continue;
    const bool angled = text.front() == '<';
    const std::size_t close = text.find(angled ? '>' : '"', 1);
    if (close != std::string_view::npos)
      found.push_back({i + 1, std::string(text.substr(1, close - 1)), angled});
  }
  return found;
}

// "engine/sim" for "engine/sim/world.hpp"; deeper folders belong to the same room. Empty for what
// does not stand in a room.
inline std::string room_of(std::string_view path) {
  const bool house =
      path.starts_with("engine/") || path.starts_with("drills/") || path.starts_with("app/");
  const std::size_t first = path.find('/');
  const std::size_t second = house ? path.find('/', first + 1) : std::string_view::npos;
  return second == std::string_view::npos ? std::string() : std::string(path.substr(0, second));
}

inline std::string violation_of(const std::string& room, const Include& include) {
  if (include.angled) {
    for (const ThirdParty& rule : third_party())
      if (matches(rule.header, include.name))
        return covered(rule.rooms, room)
                   ? std::string()
                   : fmt::format(
                         "<{}> stays inside {}", include.name,
                         rule.rooms.empty() ? "tests" : fmt::format("{}", rule.rooms.front()));
    return {};
  }
  if (include.name.ends_with(".moc")) return {};
  const std::string target = room_of(include.name);
  if (target.empty())
    return fmt::format("\"{}\" is not written from the repository's root", include.name);
  if (target == room || covered(allowed_rooms().at(room), target)) return {};
  const auto shared = shared_headers().find(room);
  if (shared != shared_headers().end() && shared->second.contains(include.name)) return {};
  return fmt::format("{} may not include {} (\"{}\")", room, target, include.name);
}

// One sentence per violation, each with path and line; empty if the file keeps the rules.
inline std::vector<std::string> include_violations(const std::string& path,
                                                   std::string_view source) {
  const std::string room = room_of(path);
  if (!allowed_rooms().contains(room))
    return {fmt::format("{}: the room `{}` has no row in tests/layering/rules.hpp", path, room)};
  std::vector<std::string> violations;
  for (const Include& include : includes_of(source))
    if (const std::string what = violation_of(room, include); !what.empty())
      violations.push_back(fmt::format("{}:{}: {}", path, include.line, what));
  return violations;
}

// A header opens with its SPDX line and a paragraph, and has #pragma once.
inline std::vector<std::string> header_violations(const std::string& path,
                                                  std::string_view source) {
  std::vector<std::string> violations;
  const auto lines = lines_of(source);
  const auto line = [&](std::size_t i) { return i < lines.size() ? lines[i] : std::string_view(); };
  if (line(0) != "// SPDX-License-Identifier: GPL-3.0-or-later")
    violations.push_back(path + ":1: the SPDX line is missing");
  if (line(1) != "//" || !line(2).starts_with("// "))
    violations.push_back(path + ":2: the paragraph that says what this is is missing");
  if (std::find(lines.begin(), lines.end(), "#pragma once") == lines.end())
    violations.push_back(path + ": #pragma once is missing");
  return violations;
}

// No absolute path of the machine it was written on.
inline std::vector<std::string> path_violations(const std::string& path, std::string_view source) {
  const auto inside_a_path = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_.-})~*").find(c) != std::string_view::npos;
  };
  std::vector<std::string> violations;
  const auto lines = lines_of(source);
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (const char* folder : {"work", "root", "home"}) {
      const std::string absolute = fmt::format("/{}/", folder);
      for (std::size_t at = lines[i].find(absolute); at != std::string_view::npos;
           at = lines[i].find(absolute, at + 1))
        if (at == 0 || !inside_a_path(lines[i][at - 1]))
          violations.push_back(fmt::format("{}:{}: an absolute path, {}…", path, i + 1, absolute));
    }
  return violations;
}

}  // namespace rehearse::layering
