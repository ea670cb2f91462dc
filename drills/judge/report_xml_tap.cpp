// SPDX-License-Identifier: GPL-3.0-or-later
//
// The report for other tools: JUnit XML and TAP 13.
#include "drills/judge/escape.hpp"
#include "drills/judge/report.hpp"

namespace rehearse::judge {
namespace {

constexpr std::size_t kOutputInXml = 4000;

bool is_failure(const CaseReport& one) { return one.run && one.verdict != Verdict::accepted; }

// What a submission fails by beyond its cases: growth, or the judge itself.
bool fails_beyond_cases(const SubmissionReport& one) {
  for (const CaseReport& report : one.cases) {
    if (is_failure(report)) return false;
  }
  return !one.accepted();
}

std::string label(const SubmissionReport& one) {
  std::string text = verdict_code(one.verdict);
  return one.reason.empty() ? text : text + " (" + one.reason + ")";
}

std::string message_of(const CaseReport& one, bool hide) {
  return hide || one.message.empty() ? verdict_words(one.verdict) : one.message;
}

void junit_case(std::string& xml, const SubmissionReport& owner, const CaseReport& one, bool hide) {
  xml += fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{:.6f}\"",
                     escape_xml(owner.drill), escape_xml(one.name), one.time_ms / 1000);
  bool prints = !hide && !one.output.empty();
  if (one.run && !is_failure(one) && !prints) {
    xml += "/>\n";
    return;
  }
  xml += ">\n";
  if (!one.run) xml += fmt::format("      <skipped message=\"{}\"/>\n", escape_xml(one.message));
  if (is_failure(one)) {
    const char* element = one.verdict == Verdict::wrong_answer ? "failure" : "error";
    xml += fmt::format("      <{0} type=\"{1}\" message=\"{2}\"/>\n", element,
                       verdict_code(one.verdict), escape_xml(message_of(one, hide)));
  }
  if (prints)
    xml += "      <system-out>" + escape_xml(shorten(one.output, kOutputInXml)) + "</system-out>\n";
  xml += "    </testcase>\n";
}

void junit_suite(std::string& xml, const SubmissionReport& one, bool hide) {
  int failures = 0, errors = 0, skipped = 0;
  for (const CaseReport& report : one.cases) {
    if (!report.run) ++skipped;
    if (is_failure(report)) ++(report.verdict == Verdict::wrong_answer ? failures : errors);
  }
  bool beyond = fails_beyond_cases(one);
  xml += fmt::format(
      "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" "
      "time=\"{:.6f}\">\n",
      escape_xml(one.path), one.cases.size() + 1, failures, errors + (beyond ? 1 : 0), skipped,
      one.time_ms / 1000);
  for (const CaseReport& report : one.cases) junit_case(xml, one, report, hide);
  xml += fmt::format("    <testcase classname=\"{}\" name=\"growth and limits\" time=\"0\"",
                     escape_xml(one.drill));
  if (beyond) {
    xml += fmt::format(">\n      <error type=\"{}\" message=\"{}\"/>\n    </testcase>\n",
                       escape_xml(label(one)), escape_xml(one.message));
  } else {
    xml += "/>\n";
  }
  xml += "  </testsuite>\n";
}

// One line, and no '#', which TAP reads as a directive.
std::string tap_text(const std::string& text) {
  std::string line = escape_for_terminal(text);
  std::string out;
  for (char c : line) out += c == '#' ? "\\#" : std::string(1, c);
  return out;
}

}  // namespace

std::string report_junit(const Report& report, const WriteOptions& options) {
  std::string xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"rehearse grade\">\n";
  for (const SubmissionReport& one : report.submissions) junit_suite(xml, one, options.hide);
  return xml + "</testsuites>\n";
}

std::string report_tap(const Report& report, const WriteOptions& options) {
  std::string body;
  int number = 0;
  for (const SubmissionReport& one : report.submissions) {
    for (const CaseReport& each : one.cases) {
      bool good = each.run && each.verdict == Verdict::accepted;
      body +=
          fmt::format("{} {} - {}: {}{}\n", good ? "ok" : "not ok", ++number, tap_text(one.path),
                      tap_text(each.name), each.run ? "" : " # SKIP " + tap_text(each.message));
      if (is_failure(each)) {
        body += fmt::format("# {} {}\n", verdict_code(each.verdict),
                            tap_text(message_of(each, options.hide)));
      }
    }
    bool beyond = fails_beyond_cases(one);
    body += fmt::format("{} {} - {}: growth and limits\n", beyond ? "not ok" : "ok", ++number,
                        tap_text(one.path));
    if (beyond) body += fmt::format("# {} {}\n", label(one), tap_text(one.message));
  }
  return fmt::format("TAP version 13\n1..{}\n{}", number, body);
}

}  // namespace rehearse::judge
