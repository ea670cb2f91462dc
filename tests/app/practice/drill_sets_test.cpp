// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sets of drills, and the day's own.
#include "app/practice/drill_sets.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <ctime>
#include <filesystem>
#include <fstream>

using namespace rehearse;
using namespace rehearse::practice;

namespace {

class SetsFile {
 public:
  explicit SetsFile(const std::string& text)
      : path_((std::filesystem::temp_directory_path() /
               ("rehearse-sets-" + std::to_string(getpid()) + ".toml")).string()) {
    std::ofstream(path_) << text;
  }
  ~SetsFile() { std::filesystem::remove(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

Attempt attempt(const std::string& drill, const std::string& verdict, std::int64_t at,
                std::int64_t elapsed_s = 300, int hints = 0) {
  Attempt one;
  one.drill = drill;
  one.verdict = verdict;
  one.submitted_at = at;
  one.elapsed_s = elapsed_s;
  one.hints = hints;
  return one;
}

std::vector<DrillSet> two_patterns() {
  DrillSet a{"a", "A", "", true, 0, {"a1", "a2", "a3"}}, b{"b", "B", "", true, 0, {"b1", "b2"}};
  return {a, b};
}

constexpr std::int64_t kToday = 1'800'000'000;

}  // namespace

TEST_CASE("sets: read in order, absent files passed over") {
  const SetsFile file(
      "[[set]]\nid = \"x\"\ntitle = \"X\"\nminutes = 45\ndrills = [\"one\", \"two\"]\n"
      "[[set]]\nid = \"y\"\ntitle = \"Y\"\npattern = true\ndrills = [\"three\"]\n");
  const auto sets = load_drill_sets({"/nonexistent/sets.toml", file.path()});
  REQUIRE(sets);
  REQUIRE(sets->size() == 2);
  CHECK((*sets)[0].drills == std::vector<std::string>{"one", "two"});
  CHECK((*sets)[0].minutes == 45);
  CHECK((*sets)[1].pattern);
}

TEST_CASE("sets: a broken file is told with its line") {
  const auto error_of = [](const std::string& text) {
    const SetsFile file(text);
    const auto sets = load_drill_sets({file.path()});
    REQUIRE_FALSE(sets);
    return sets.error().message;
  };
  CHECK(error_of("[[set]\n").find(".toml:1:") != std::string::npos);
  CHECK(error_of("\n[[set]]\ntitle = \"X\"\ndrills = [\"one\"]\n").find("no `id`") !=
        std::string::npos);
  CHECK(error_of("[[set]]\nid = \"x\"\ntitle = \"X\"\n").find("no `drills`") != std::string::npos);
  CHECK(error_of("a = 1\n").find("no [[set]]") != std::string::npos);
  const std::string once = "[[set]]\nid = \"x\"\ntitle = \"X\"\ndrills = [\"one\"]\n";
  CHECK(error_of(once + once).find("the set x stands in") != std::string::npos);
}

TEST_CASE("daily set: at first new drills alone, each pattern in turn") {
  const DrillSet daily = daily_set(two_patterns(), {}, kToday);
  CHECK(daily.drills == std::vector<std::string>{"a1", "b1", "a2", "b2"});
}

TEST_CASE("daily set: what was refused is due the next day, what went well is not") {
  const std::int64_t yesterday = kToday - 26 * 3600;
  const auto memories =
      drill_memories({attempt("a1", "WA", yesterday), attempt("b1", "AC", yesterday)}, {});
  const DrillSet daily = daily_set(two_patterns(), memories, kToday);
  REQUIRE(daily.drills.size() == 4);
  CHECK(daily.drills[0] == "a1");
  CHECK(std::count(daily.drills.begin(), daily.drills.end(), "b1") == 0);
}

TEST_CASE("daily set: late or with a hint comes back sooner than at ease") {
  const std::map<std::string, double> minutes = {{"a1", 10}, {"a2", 10}, {"a3", 10}};
  const auto memories = drill_memories({attempt("a1", "AC", kToday, 300), attempt("a2", "AC", kToday, 900),
                                        attempt("a3", "AC", kToday, 300, 1)},
                                       minutes);
  CHECK(memories.at("a2").due < memories.at("a1").due);
  CHECK(memories.at("a3").due == memories.at("a2").due);
}

TEST_CASE("daily set: with everything tried and due, the most forgotten come first") {
  std::vector<Attempt> attempts;
  for (const char* id : {"a1", "a2", "a3", "b1", "b2"})
    attempts.push_back(attempt(id, "AC", kToday - 300 * 86400));
  attempts.push_back(attempt("a3", "WA", kToday - 200 * 86400));
  const DrillSet daily = daily_set(two_patterns(), drill_memories(attempts, {}), kToday);
  REQUIRE(daily.drills.size() == 4);
  CHECK(daily.drills[0] == "a3");
}

TEST_CASE("sets: the day's does not change while it is solved, and does overnight") {
  const auto at = [](int day, int hour) {
    std::tm local{};
    local.tm_year = 126, local.tm_mon = 2, local.tm_mday = day, local.tm_hour = hour;
    local.tm_isdst = -1;
    return static_cast<std::int64_t>(std::mktime(&local));
  };
  std::vector<Attempt> attempts = {attempt("a1", "AC", at(1, 12))};
  const auto drills = [&](int day, int hour) {
    return set_of_the_day(two_patterns(), attempts, {}, at(day, hour)).drills;
  };
  const std::vector<std::string> morning = drills(25, 0);
  CHECK(morning == std::vector<std::string>{"a1", "a2", "b1", "a3"});  // due, then new in turn
  for (const std::string& drill : morning) {
    attempts.push_back(attempt(drill, "AC", at(25, 13)));
    CHECK(drills(25, 23) == morning);
  }
  CHECK(drills(26, 0) != morning);
}
