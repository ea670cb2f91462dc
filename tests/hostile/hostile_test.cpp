// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hostile submissions: every file of lua/, python/ and cpp/ here, and of the same folders of
// shared/hostile beside the checkout where there is one, is judged by the probe drill, once, or as
// often as REHEARSE_HOSTILE_RUNS says (the long benchmark: 20). Each states what it expects in its
// first lines:
//
//   expect: V or V1|V2   any of them, and the same one every time
//   must-not: …          in words, for people
//   why: …
//
// Around each: no process is left, no canary has appeared, the judge has not grown, its reports are
// JSON and XML without a control byte, and the next, innocent submission is accepted.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "drills/judge/languages.hpp"
#include "tests/drills/judge/support.hpp"

using namespace rehearse;
using namespace rehearse::judge;
using namespace rehearse::judge::test;

namespace fs = std::filesystem;

namespace {

struct Hostile {
  std::string path, text;
  std::set<std::string> expected;
};

std::set<std::string> expectation(const std::string& text) {
  std::size_t at = text.find("expect:");
  REQUIRE(at != std::string::npos);
  std::istringstream words(text.substr(at + 7, text.find('\n', at) - at - 7));
  std::set<std::string> expected;
  for (std::string word; std::getline(words, word, '|');) {
    word.erase(std::remove_if(word.begin(), word.end(), [](char c) { return c < 'A' || c > 'Z'; }),
               word.end());
    expected.insert(word);
  }
  return expected;
}

std::vector<Hostile> hostile_in(const fs::path& folder) {
  std::vector<Hostile> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (!language_of_path(entry.path().string())) continue;
    Hostile one{entry.path().string(), read_file(entry.path().string()), {}};
    one.expected = expectation(one.text);
    found.push_back(std::move(one));
  }
  std::sort(found.begin(), found.end(),
            [](const Hostile& a, const Hostile& b) { return a.path < b.path; });
  return found;
}

Drill probe(const Workshop& workshop) {
  auto drill = load_drill(std::string(REHEARSE_SOURCE_DIR) + "/tests/hostile/probe.lua", workshop);
  if (!drill) INFO(drill.error().message);
  REQUIRE(drill);
  return std::move(*drill);
}

// Tighter than for people, so that what must run into a limit does so soon: 24 MB in every
// language, and 200 ms where time is what runs out. What must end in another way gets 1 s, so that
// on a slow machine it does not run out of time before it gets there.
Drill tight(Drill drill, const Language& language, const Hostile& one) {
  const bool of_time = one.expected == std::set<std::string>{"TLE"};
  drill.limits.time_ms = static_cast<std::int64_t>((of_time ? 200 : 1000) / language.time_factor);
  drill.limits.memory_mb = static_cast<std::int64_t>(24 / language.memory_factor);
  return drill;
}

int runs_asked_for() {
  const char* runs = std::getenv("REHEARSE_HOSTILE_RUNS");
  return runs ? std::max(std::atoi(runs), 1) : 1;
}

std::set<std::string> canaries() {
  std::set<std::string> found;
  for (const auto& entry : fs::directory_iterator("/tmp")) {
    std::string name = entry.path().filename().string();
    if (name.rfind("rehearse_canary", 0) == 0) found.insert(name);
  }
  return found;
}

// Children of this process that have not been waited for, zombies included.
bool has_children() {
  siginfo_t info{};
  return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

#ifdef REHEARSE_SANITIZE
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

double resident_mb() {
  std::istringstream fields(read_file("/proc/self/statm"));
  long size = 0, resident = 0;
  fields >> size >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

bool no_control_byte(const std::string& text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
  });
}

void check_reports(const Drill& drill, const SubmissionReport& submission) {
  Report report;
  report.add(submission, drill, 1);
  std::string json = report_json(report).dump();
  CHECK(Json::parse(json).contains("summary"));
  WriteOptions verbose;
  verbose.verbose = true;
  for (const std::string& text :
       {json, report_text(report, verbose), report_junit(report), report_tap(report)}) {
    CHECK(no_control_byte(text));
    CHECK(text.size() < 1'000'000);
  }
}

void check_hostile(const Hostile& one, const Drill& probed, const GradeOptions& options) {
  CAPTURE(one.path);
  const Language& language = *language_of_path(one.path);
  if (!language.runtime(probed.signature)) {
    WARN(language.name << " is not here: " << one.path << " is skipped");
    return;
  }
  const Drill drill = tight(probed, language, one);
  const std::vector<GradeJob> work(static_cast<std::size_t>(runs_asked_for()),
                                   {&drill, {one.path, language.id, one.text}});
  const std::vector<SubmissionReport> reports = grade_all(work, options, 2);
  for (const SubmissionReport& report : reports) {
    CAPTURE(report.message);
    CHECK(one.expected.count(verdict_code(report.verdict)) == 1);
    CHECK(verdict_of(report) == verdict_of(reports.front()));
    // The limit, growth to explain it, and what a busy machine adds to each.
    CHECK(report.time_ms <=
          2.0 * language.time_factor * static_cast<double>(drill.limits.time_ms) + 50);
  }
  check_reports(drill, reports.front());
}

void check_folder(const fs::path& folder) {
  Folder cache;
  GradeOptions options = grade_options(cache.path());
  Drill drill = probe(options.workshop);
  const std::string innocent = drill.reference.at("lua");
  REQUIRE(verdict_of(grade_text(drill, innocent, options)) == "AC");
  Folder bait;
  std::string bait_file = bait.write("rehearse_bait", "untouched");
  auto before = canaries();
  const double resident = resident_mb();
  for (const Hostile& one : hostile_in(folder)) {
    check_hostile(one, drill, options);
    CHECK_FALSE(has_children());
  }
  const double grown_mb = resident_mb() - resident;
  INFO("resident memory grew by " << grown_mb << " MB");
  CHECK((grown_mb < 50 || kSanitized));  // a sanitizer keeps what was freed
  CHECK(canaries() == before);
  CHECK(read_file(bait_file) == "untouched");
  CHECK(verdict_of(grade_text(drill, innocent, options)) == "AC");
}

}  // namespace

TEST_CASE("hostile: the probe drill has what its contract asks for") {
  Drill drill = probe(workshop());
  CHECK(drill.signature.function.name == "solve");
  SubmissionReport report = grade_text(drill, drill.reference.at("lua"));
  INFO(report.message);
  CHECK(report.accepted());
  CHECK(report.cases.size() >= 8);
}

TEST_CASE("hostile: every file here gets its verdict, every time") {
  const auto [language, least] =
      GENERATE(table<const char*, std::size_t>({{"lua", 50}, {"python", 45}, {"cpp", 40}}));
  fs::path folder = fs::path(REHEARSE_SOURCE_DIR) / "tests/hostile" / language;
  REQUIRE(hostile_in(folder).size() >= least);
  check_folder(folder);
}

TEST_CASE("hostile: every shared file gets its verdict, every time") {
  const char* language = GENERATE("lua", "python", "cpp");
  fs::path folder = fs::path(REHEARSE_SOURCE_DIR).parent_path() / "shared/hostile" / language;
  if (!fs::exists(folder)) {
    WARN("no folder " << folder << " beside the checkout: skipped");
    return;
  }
  check_folder(folder);
}
