// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/report.hpp"

#include <algorithm>

#include "tests/drills/judge/support.hpp"

using namespace rehearse;
using namespace rehearse::judge;
using namespace rehearse::judge::test;

namespace {

const std::string kNasty = "\x1b[2J]]>&<\"'\x00\xff\xe2\x80\xae\n# not ok";

// One accepted, one wrong with nasty output, one not loading.
Report sample() {
  static const Report kReport = [] {
    Drill drill = load_text(doubling_drill());
    Report report;
    std::string right = drill.reference["lua"];
    std::string prints =
        "function doubling(nums) print('\\27[2J]]>&<\\0\\255') error('\\27]0;x\\7<&]]>') end";
    report.add(grade(drill, {"right.lua", "lua", right}, grade_options()), drill, 1);
    report.add(grade(drill, {"na\x1bsty\xff.lua", "lua", prints}, grade_options()), drill, 1);
    report.add(grade(drill, {"broken.lua", "lua", "function ("}, grade_options()), drill, 1);
    return report;
  }();
  return kReport;
}

bool safe(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 ? byte != 0x7F : c == '\n' || c == '\t';
  });
}

// A reader of XML that knows enough to find what is not well formed.
bool well_formed(const std::string& xml) {
  std::vector<std::string> open;
  for (std::size_t at = 0; at < xml.size();) {
    if (xml[at] == '&') {
      std::size_t end = xml.find(';', at);
      std::string entity = xml.substr(at + 1, end - at - 1);
      if (entity != "amp" && entity != "lt" && entity != "gt" && entity != "quot" &&
          entity != "apos")
        return false;
      at = end + 1;
    } else if (xml[at] == '<') {
      std::size_t end = xml.find('>', at);
      if (end == std::string::npos) return false;
      std::string tag = xml.substr(at + 1, end - at - 1);
      if (tag.find('<') != std::string::npos || std::count(tag.begin(), tag.end(), '"') % 2)
        return false;
      std::string name =
          tag.substr(tag[0] == '/' ? 1 : 0, tag.find_first_of(" />", 1) - (tag[0] == '/' ? 1 : 0));
      if (tag[0] == '/') {
        if (open.empty() || open.back() != tag.substr(1)) return false;
        open.pop_back();
      } else if (tag[0] != '?' && tag.back() != '/') {
        open.push_back(name);
      }
      at = end + 1;
    } else {
      ++at;
    }
  }
  return open.empty();
}

}  // namespace

TEST_CASE("report: JSON has the keys that callers rely on") {
  Json json = report_json(sample());
  CHECK(json["judge"]["version"].is_string());
  CHECK(json["judge"]["isolation"].is_array());
  const Json& right = json["submissions"][0];
  for (const char* key : {"path", "drill", "language", "verdict", "reason", "cases",
                          "first_failure", "growth", "pitfall", "time_ms"}) {
    CAPTURE(key);
    CHECK(right.contains(key));
  }
  CHECK(right["verdict"] == "AC");
  CHECK(right["reason"].is_null());
  CHECK(right["first_failure"].is_null());
  for (const char* key : {"name", "verdict", "time_ms", "memory_kb"})
    CHECK(right["cases"][0].contains(key));
  const Json& facts = json["drills"]["doubling"];
  CHECK(facts["seed"] == 1);
  CHECK(facts["limits"]["time_ms"] == 1000);
  CHECK(facts["language_factor"]["lua"] == 1);
  CHECK(json["summary"]["accepted"] == 1);
  CHECK(json["summary"]["refused"] == 2);
  CHECK(json["summary"]["points"]["doubling"] == Json({3, 9}));
}

TEST_CASE("report: a failure has its input as data, expected, got and the pitfall") {
  Drill drill = load_text(doubling_drill());
  Report report;
  report.add(grade(drill, {"w.lua", "lua", drill.wrong[0].code}, grade_options()), drill, 1);
  Json failure = report_json(report)["submissions"][0]["first_failure"];
  CHECK(failure["case"] == "three");
  CHECK(failure["input"] == Json({{"nums", {0}}}));
  CHECK(failure["expected"] == Json({0}));
  CHECK(failure["got"] == Json({2}));
  CHECK(failure["pitfall"] == "adds two");
  CHECK(failure["shrunk"] == true);
}

TEST_CASE("report: hidden means that neither inputs nor answers are written anywhere") {
  Drill drill = load_text(
      doubling_drill("cases = function(_, case) case { name = 'x', args = { { 424242 } } } end"));
  Report report;
  std::string code = "function doubling(nums) print(nums[1]) return { 535353 } end";
  GradeOptions options = grade_options();
  options.shrink = false;
  report.add(grade(drill, {"w.lua", "lua", code}, options), drill, 1);
  WriteOptions hide;
  hide.hide = true;
  hide.verbose = true;
  for (const std::string& text :
       {report_json(report, hide).dump(), report_junit(report, hide), report_tap(report, hide)}) {
    CAPTURE(text);
    for (const char* secret : {"424242", "848484", "535353"})
      CHECK(text.find(secret) == std::string::npos);
  }
  CHECK(report_json(report).dump().find("848484") != std::string::npos);
}

TEST_CASE("report: no written form lets a control byte or broken UTF-8 through") {
  Report report = sample();
  report.submissions[1].message = kNasty;  // even where a message was not escaped before
  WriteOptions verbose;
  verbose.verbose = true;
  std::string json = report_json(sample(), verbose).dump(1);
  CHECK(safe(json));
  CHECK(Json::parse(json) == report_json(sample(), verbose));
  CHECK(safe(report_text(sample(), verbose)));
  CHECK(safe(report_junit(report)));
  CHECK(safe(report_tap(report)));
}

TEST_CASE("report: colour only when asked for") {
  CHECK(report_text(sample()).find('\x1b') == std::string::npos);
  WriteOptions colour;
  colour.colour = true;
  CHECK(report_text(sample(), colour).find("\x1b[32mAC\x1b[0m") != std::string::npos);
}

TEST_CASE("report: JUnit XML is well formed and counts what it holds") {
  std::string xml = report_junit(sample());
  CAPTURE(xml);
  CHECK(well_formed(xml));
  CHECK(
      xml.find(
          "<testsuite name=\"right.lua\" tests=\"4\" failures=\"0\" errors=\"0\" skipped=\"0\"") !=
      std::string::npos);
  CHECK(xml.find("type=\"RTE\"") != std::string::npos);
  CHECK(xml.find("<skipped") != std::string::npos);
}

TEST_CASE("report: TAP has its plan, one line per case and one per submission") {
  std::string tap = report_tap(sample());
  CHECK(tap.find("TAP version 13\n1..12\n") == 0);
  CHECK(tap.find("ok 1 - right.lua: empty\n") != std::string::npos);
  CHECK(tap.find("# SKIP") != std::string::npos);
  int lines = 0;
  std::istringstream stream(tap);
  for (std::string line; std::getline(stream, line);) {
    if (line.rfind("ok ", 0) == 0 || line.rfind("not ok ", 0) == 0) ++lines;
  }
  CHECK(lines == 12);
}

TEST_CASE("report: a submission that prints and raises much stays small in the report") {
  Drill drill = load_text(doubling_drill(R"(cases = function(_, case)
    for i = 1, 40 do case { name = "case " .. i, args = { { i } } } end end)"));
  std::string code =
      "function doubling(nums) print(string.rep('x', 500000)) error(string.rep('y', 1 << 20)) end";
  Report report;
  report.add(grade(drill, {"w.lua", "lua", code}, grade_options()), drill, 1);
  CHECK(report_json(report).dump().size() < 1'000'000);
  CHECK(report_junit(report).size() < 1'000'000);
  CHECK(report_text(report).size() < 1'000'000);
}

TEST_CASE("report: shards merge into what one grading would have written") {
  Report whole = sample();
  std::vector<Json> shards;
  for (const SubmissionReport& one : whole.submissions) {
    Report shard;
    shard.isolation = whole.isolation;
    shard.drills = whole.drills;
    shard.submissions.push_back(one);
    shards.push_back(report_json(shard));
  }
  auto merged = merge_reports(shards);
  REQUIRE(merged);
  CHECK(*merged == report_json(whole));
}

TEST_CASE("report: a merge refuses what does not belong together") {
  Json one = report_json(sample());
  CHECK_FALSE(merge_reports({}));
  CHECK_FALSE(merge_reports({one, Json::object()}));
  CHECK_FALSE(merge_reports(
      {one, Json::parse(R"({"judge": {}, "drills": {}, "submissions": [{"path": 3}]})")}));
  CHECK_FALSE(merge_reports({one, one}));
  Json other = one;
  other["submissions"] = Json::array();
  CHECK(merge_reports({one, other}));
  other["drills"]["doubling"]["seed"] = 2;
  CHECK_FALSE(merge_reports({one, other}));
}
