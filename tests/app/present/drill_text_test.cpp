// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/drill_text.hpp"

#include <QDateTime>
#include <catch2/catch.hpp>

using namespace rehearse;
using namespace rehearse::present;

namespace {

judge::Drill classDrill() {
  judge::Drill drill;
  drill.statement = "Count hits.";
  drill.signature = *judge::parse_signature(
      "class HitCounter(window_s: int)\n  hit(at_s: int)\n  count(now_s: int) -> int\n");
  judge::Example example;
  example.input.args = {judge::Value(300)};
  example.input.calls = {{"hit", {judge::Value(1)}}, {"count", {judge::Value(5)}}};
  lua::Table results;
  results.array = {judge::Value(), judge::Value(1)};
  example.result = judge::Value(results);
  example.note = "One hit.";
  drill.examples = {example};
  drill.growth.time = "n";
  drill.growth.memory = "1";
  drill.explain = "Because.";
  drill.follow_ups = {{"And then?", "So."}};
  return drill;
}

}  // namespace

TEST_CASE("drill text: an example of a class shows each call and the results there are") {
  const QString text = statementMarkdown(classDrill());
  CHECK(text.contains("HitCounter(300)\nhit(1)\ncount(5)  → 1"));
  CHECK(text.contains("One hit."));
}

TEST_CASE("drill text: an example of a function shows arguments and result") {
  judge::Drill drill;
  drill.signature = *judge::parse_signature("add(a: int, b: int) -> int");
  judge::Example example;
  example.input.args = {judge::Value(1), judge::Value(2)};
  example.result = judge::Value(3);
  drill.examples = {example, example};
  const QString text = statementMarkdown(drill);
  CHECK(text.contains("add(1, 2)\n→ 3"));
  CHECK(text.contains("**Example 2**"));
}

TEST_CASE("drill text: limits and growth are told in words") {
  const QString text = statementMarkdown(classDrill());
  CHECK(text.contains("1000 ms of processor time and 64 MB a case"));
  CHECK(text.contains("Work may grow like n, not faster."));
  CHECK(text.contains("Memory must not grow with n."));
}

TEST_CASE("drill text: a statement does not give away what is told after solving") {
  CHECK_FALSE(statementMarkdown(classDrill()).contains("Because."));
  const QString after = debriefMarkdown(classDrill());
  CHECK(after.contains("Because."));
  CHECK(after.contains("**And then?**"));
  CHECK(after.contains("So."));
}

TEST_CASE("drill text: backticks of an example cannot close its block") {
  judge::Drill drill;
  drill.signature = *judge::parse_signature("echo(text: string) -> string");
  judge::Example example;
  example.input.args = {judge::Value("```")};
  example.result = judge::Value("```");
  drill.examples = {example};
  CHECK(statementMarkdown(drill).contains("````\necho("));
}

TEST_CASE("drill text: times are minutes and seconds, hours when there are any") {
  CHECK(minutesText(0) == "0:00");
  CHECK(minutesText(362) == "6:02");
  CHECK(minutesText(3730) == "1:02:10");
  CHECK(minutesText(-5) == QStringLiteral("−0:05"));
}

TEST_CASE("drill text: an attempt's line names the reason that growth is") {
  practice::Attempt attempt;
  attempt.verdict = "MLE";
  attempt.reason = "growth";
  attempt.passed = 13, attempt.total = 14, attempt.elapsed_s = 362;
  attempt.submitted_at = QDateTime::currentSecsSinceEpoch();
  const AttemptLine line = attemptLine(attempt);
  CHECK(line.verdict.endsWith("(growth)"));
  CHECK(line.cases == "13 / 14");
  CHECK(line.time == "6:02");
  CHECK(line.when.size() == 5);
  CHECK(line.day == line.when);
  CHECK_FALSE(line.accepted);
  attempt.submitted_at = 0;
  CHECK(attemptLine(attempt).when.startsWith(attemptLine(attempt).day + " "));
}

TEST_CASE("drill text: the line of an error is the first that a message names") {
  judge::SubmissionReport report;
  CHECK(errorLine(report) == 0);
  report.message = "submission.lua:7: attempt to call a nil value (at 3:4:5)";
  CHECK(errorLine(report) == 7);
  report.first_failure.emplace();
  report.first_failure->message = "submission.lua:12: boom";
  CHECK(errorLine(report) == 12);
}
