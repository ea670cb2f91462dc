// SPDX-License-Identifier: GPL-3.0-or-later
//
// The report for people.
#include <algorithm>

#include "drills/judge/escape.hpp"
#include "drills/judge/report.hpp"

namespace rehearse::judge {
namespace {

constexpr int kShownFailures = 8;
constexpr std::size_t kOutputInText = 2000;

class TextWriter {
 public:
  TextWriter(const Report& report, const WriteOptions& options)
      : report_(report), options_(options) {}

  std::string write() {
    for (const SubmissionReport& one : report_.submissions) submission(one);
    if (report_.submissions.size() > 1) {
      line(fmt::format("{} of {} accepted", report_.accepted(), report_.submissions.size()));
    }
    if (report_.isolation.size() < 4) {
      std::string layers;
      for (const std::string& layer : report_.isolation)
        layers += (layers.empty() ? "" : ", ") + layer;
      line("Isolation on this machine: " + (layers.empty() ? "none" : layers) +
           " (rehearse doctor says why)");
    }
    return std::move(text_);
  }

 private:
  void line(const std::string& text, int indent = 0) {
    text_.append(static_cast<std::size_t>(indent), ' ');
    text_ += text;
    text_ += '\n';
  }

  // Each line of a text, indented.
  void block(const std::string& title, const std::string& text, int indent) {
    if (text.empty()) return;
    std::size_t at = 0;
    bool first = true;
    while (at <= text.size()) {
      std::size_t end = std::min(text.find('\n', at), text.size());
      line((first ? title : std::string(title.size(), ' ')) + text.substr(at, end - at), indent);
      first = false;
      at = end + 1;
    }
  }

  std::string painted(Verdict verdict) const {
    std::string code = verdict_code(verdict);
    if (!options_.colour) return code;
    const char* colour = verdict == Verdict::accepted ? "\x1b[32m" : "\x1b[31m";
    return colour + code + "\x1b[0m";
  }

  void submission(const SubmissionReport& one) {
    std::string reason = one.reason.empty() ? "" : " (" + one.reason + ")";
    line(fmt::format("{} {}{}  {}  {}  {}/{} cases, {:.1f} ms", painted(one.verdict),
                     verdict_words(one.verdict), reason, escape_for_terminal(one.path), one.drill,
                     one.passed(), one.cases.size(), one.time_ms));
    line(one.message, 3);
    if (!one.rerun_note.empty()) line("Note: " + one.rerun_note, 3);
    if (one.first_failure && !options_.hide)
      failure(*one.first_failure);
    else if (one.first_failure && !one.pitfall.empty())
      line("Pitfall: " + one.pitfall, 3);
    cases(one);
    for (const auto* fit : {&one.time_growth, &one.memory_growth}) {
      if (*fit && ((*fit)->refused || options_.verbose)) line((*fit)->sentence, 3);
    }
    text_ += '\n';
  }

  void failure(const FirstFailure& failure) {
    block(failure.shrunk ? "smallest input that fails so: " : "input:    ", failure.input_text, 3);
    block("expected: ", failure.expected_text, 3);
    block("got:      ", failure.got_text, 3);
    if (!failure.message.empty()) block("          ", failure.message, 3);
    if (!failure.pitfall.empty()) {
      line("Pitfall: " + failure.pitfall, 3);
      block("         ", failure.pitfall_why, 3);
    }
  }

  void cases(const SubmissionReport& one) {
    int shown = 0;
    for (const CaseReport& report : one.cases) {
      bool failed = report.verdict != Verdict::accepted && report.run;
      if (!options_.verbose && (!failed || ++shown > kShownFailures)) continue;
      std::string verdict = report.run ? painted(report.verdict) : "--";
      line(fmt::format("{:<4}{}{}", verdict, report.name,
                       report.run
                           ? fmt::format("  {:.1f} ms, {:.0f} KB", report.time_ms, report.memory_kb)
                           : ""),
           3);
      if (!report.message.empty() && (failed || !report.run) &&
          (options_.verbose || &report != &one.cases.front())) {
        if (!options_.hide) line(report.message, 7);
      }
      output(report);
    }
    if (shown > kShownFailures) line(fmt::format("… and {} more", shown - kShownFailures), 3);
  }

  void output(const CaseReport& report) {
    if (report.output.empty()) return;
    bool cut = report.output_cut || report.output.size() > kOutputInText;
    std::string text = report.output.substr(0, std::min(report.output.size(), kOutputInText));
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80)
      text.pop_back();
    if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0) text.pop_back();
    while (!text.empty() && text.back() == '\n') text.pop_back();
    block("printed: ", text + (cut ? " …" : ""), 7);
  }

  const Report& report_;
  const WriteOptions& options_;
  std::string text_;
};

}  // namespace

std::string report_text(const Report& report, const WriteOptions& options) {
  return TextWriter(report, options).write();
}

}  // namespace rehearse::judge
