// SPDX-License-Identifier: GPL-3.0-or-later
//
// The arrows of the house hold in every source file, and the checker that says so finds planted
// violations.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/layering/rules.hpp"

namespace rehearse::layering {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = REHEARSE_SOURCE_DIR;

std::string content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// Paths relative to the root of the files under `folder`.
std::vector<std::string> files_under(const std::string& folder) {
  std::vector<std::string> found;
  for (auto at = fs::recursive_directory_iterator(kRoot / folder);
       at != fs::recursive_directory_iterator(); ++at) {
    const std::string name = at->path().filename().string();
    if (at->is_directory() && (name == "build" || name == "__pycache__"))
      at.disable_recursion_pending();
    if (at->is_regular_file()) found.push_back(fs::relative(at->path(), kRoot).generic_string());
  }
  return found;
}

bool source(const std::string& path) {
  return path.ends_with(".cpp") || path.ends_with(".hpp") || path.ends_with(".h");
}

// Checks every source file of the house; returns how many there were.
template <class Check>
std::size_t check_house(Check check) {
  std::size_t count = 0;
  std::vector<std::string> all;
  for (const char* house : {"engine", "drills", "app"})
    for (const std::string& path : files_under(house)) {
      if (!source(path)) continue;
      ++count;
      for (const std::string& violation : check(path, content_of(kRoot / path)))
        all.push_back(violation);
    }
  for (const std::string& violation : all) FAIL_CHECK(violation);
  return count;
}

TEST_CASE("layering: every include follows an arrow of the house") {
  CHECK(check_house(include_violations) > 50);
}

TEST_CASE("layering: every header opens with its licence and a paragraph, and is included once") {
  const auto headers_only = [](const std::string& path, const std::string& text) {
    return path.ends_with(".cpp") ? std::vector<std::string>() : header_violations(path, text);
  };
  CHECK(check_house(headers_only) > 50);
}

TEST_CASE("layering: no file holds a path of the machine it was written on") {
  std::size_t count = 0;
  const auto check = [&count](const std::string& path) {
    const std::string text = content_of(kRoot / path);
    if (text.find('\0') != std::string::npos) return;  // pictures and the like
    ++count;
    for (const std::string& violation : path_violations(path, text)) FAIL_CHECK(violation);
  };
  for (const auto& entry : fs::directory_iterator(kRoot)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && name != ".git") check(name);
    if (!entry.is_directory() || name.starts_with("build") || name == ".git" ||
        name == "rehearse-tour")
      continue;
    for (const std::string& path : files_under(name)) check(path);
  }
  CHECK(count > 50);
}

TEST_CASE("layering: the checker finds a planted include of a room that is no neighbour") {
  const auto found = include_violations("engine/sim/world.cpp",
                                        "#include \"engine/base/frame.hpp\"\n"
                                        "#include \"engine/plan/plan.hpp\"\n");
  REQUIRE(found.size() == 1);
  CHECK_THAT(found[0], Catch::Contains("engine/sim/world.cpp:2") && Catch::Contains("engine/plan"));
}

TEST_CASE("layering: the checker knows each kind of forbidden arrow") {
  const auto violations = [](const char* path, const char* line) {
    return include_violations(path, line).size();
  };
  // One room of mathematics knows nothing of another, but metrics are common ground.
  CHECK(violations("engine/calibration/a.cpp", "#include \"engine/models/b.hpp\"") == 1);
  CHECK(violations("engine/calibration/a.cpp", "#include \"engine/metrics/b.hpp\"") == 0);
  CHECK(violations("engine/metrics/a.cpp", "#include \"engine/calibration/b.hpp\"") == 1);
  CHECK(violations("engine/base/a.cpp", "#include \"engine/metrics/b.hpp\"") == 1);
  // The judge sees no plan; a deeper folder belongs to its room.
  CHECK(violations("drills/judge/worker/a.cpp", "  #  include \"engine/plan/plan.hpp\"") == 1);
  CHECK(violations("drills/judge/worker/a.cpp", "#include \"drills/judge/b.hpp\"") == 0);
  // Nothing of the engine knows the app; plots know base alone; steps know the whole engine.
  CHECK(violations("engine/plan/a.cpp", "#include \"app/cli/verb.hpp\"") == 1);
  CHECK(violations("app/plots/a.cpp", "#include \"engine/plan/plan.hpp\"") == 1);
  CHECK(violations("app/gui/a.cpp", "#include \"app/practice/database.hpp\"") == 1);
  CHECK(violations("engine/steps/a.cpp", "#include \"engine/sim/world.hpp\"") == 0);
  // A page may name the value types that its presenter hands out, and no more of their rooms.
  CHECK(violations("app/gui/a.cpp", "#include \"engine/plan/plan.hpp\"") == 0);
  CHECK(violations("app/gui/a.cpp", "#include \"engine/plan/step.hpp\"") == 1);
}

TEST_CASE("layering: the checker keeps third-party headers in their rooms") {
  const auto violations = [](const char* path, const char* line) {
    return include_violations(path, line).size();
  };
  CHECK(violations("engine/sim/a.cpp", "#include <sqlite3.h>") == 1);
  CHECK(violations("engine/store/a.cpp", "#include <SQLiteCpp/SQLiteCpp.h>") == 0);
  CHECK(violations("drills/judge/a.cpp", "#include <SQLiteCpp/SQLiteCpp.h>") == 1);
  CHECK(violations("engine/plan/a.cpp", "#include <lua.hpp>") == 1);
  CHECK(violations("engine/metrics/a.cpp", "#include <Eigen/Dense>") == 1);
  CHECK(violations("engine/models/a.cpp", "#include <Eigen/Dense>") == 0);
  CHECK(violations("app/gui/a.cpp", "#include <qcustomplot.h>") == 1);
  CHECK(violations("app/plots/a.cpp", "#include <qcustomplot.h>") == 0);
  CHECK(violations("app/cli/a.cpp", "#include <QString>") == 1);
  CHECK(violations("app/practice/a.cpp", "#include <QtCore/QString>") == 1);
  CHECK(violations("engine/retrieval/a.cpp", "#include <hnswlib/hnswlib.h>") == 1);
  CHECK(violations("engine/sim/a.cpp", "#include <vector>\n#include <fmt/format.h>") == 0);
}

TEST_CASE("layering: the checker wants a row for a new room, and paths from the root") {
  CHECK_THAT(include_violations("engine/newcomer/a.cpp", "").at(0), Catch::Contains("has no row"));
  CHECK_THAT(include_violations("engine/sim/a.cpp", "#include \"world.hpp\"").at(0),
             Catch::Contains("repository's root"));
}

TEST_CASE("layering: the checker reads includes as the preprocessor does") {
  const auto found = includes_of(
      "// #include <no>\n\t# include <yes>\nint x; // #include <no>\n#include \"a/b.hpp\"");
  REQUIRE(found.size() == 2);
  CHECK((found[0].line == 2 && found[0].name == "yes" && found[0].angled));
  CHECK((found[1].line == 4 && found[1].name == "a/b.hpp" && !found[1].angled));
}

TEST_CASE("layering: the checker finds a header without licence, paragraph or guard") {
  const std::string good =
      "// SPDX-License-Identifier: GPL-3.0-or-later\n//\n// A thing.\n#pragma once\n";
  CHECK(header_violations("a.hpp", good).empty());
  CHECK(header_violations("a.hpp", "#pragma once\n").size() == 2);
  CHECK(header_violations("a.hpp", "// SPDX-License-Identifier: GPL-3.0-or-later\n#pragma once\n")
            .size() == 1);
  CHECK(header_violations("a.hpp", good.substr(0, good.find("#pragma"))).size() == 1);
  CHECK(header_violations("a.hpp", "").size() == 3);
}

TEST_CASE("layering: the checker finds absolute paths and leaves relative ones alone") {
  const std::string slash = "/";  // so that this file does not hold what it looks for
  CHECK(path_violations("a", "cd " + slash + "work/main").size() == 1);
  CHECK(path_violations("a", "\n\"" + slash + "home/me/x\"").at(0).starts_with("a:2:"));
  CHECK(path_violations("a", slash + "root/x").size() == 1);
  CHECK(path_violations("a", "app/practice" + slash + "home/x and ~" + slash + "work/").empty());
}

}  // namespace
}  // namespace rehearse::layering
