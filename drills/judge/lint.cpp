// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/lint.hpp"

#include <filesystem>

#include "drills/judge/cases.hpp"
#include "drills/judge/compare.hpp"
#include "drills/judge/definition.hpp"
#include "drills/judge/grading.hpp"
#include "drills/judge/shrink.hpp"

namespace rehearse::judge {
namespace {

constexpr std::size_t kOracleReads = 600;  // values; brute force is for small inputs
constexpr std::size_t kFewestWrong = 3;

class Linter {
 public:
  Linter(const Drill& drill, const GradeOptions& options)
      : drill_(drill),
        options_(options),
        reference_{"reference.lua", "lua", ""},
        bench_(drill, reference_, options) {
    options_.on_case = nullptr;
    options_.examples_only = false;
    options_.shrink = false;
    options_.growth = true;
  }

  std::vector<Finding> run() {
    check_fields();
    auto set = load_cases(drill_, options_.seed, options_.workshop);
    if (!set) {
      say("cases", set.error().message);
      return std::move(findings_);
    }
    set_ = std::move(*set);
    if (auto opened = bench_.open(); !opened) {
      say("id", opened.error().message);
      return std::move(findings_);
    }
    check_references();
    check_oracle();
    check_pitfalls();
    for (const WrongSolution& wrong : drill_.wrong) check_wrong(wrong);
    return std::move(findings_);
  }

 private:
  void say(std::string_view field, const std::string& message) {
    int line = line_of_field(drill_.source, field);
    findings_.push_back({line ? fmt::format("{}:{}", drill_.path, line) : drill_.path, message});
  }

  void check_fields() {
    std::string stem = std::filesystem::path(drill_.path).stem().string();
    if (stem != drill_.id)
      say("id", fmt::format("the id `{}` differs from the file's name {}", drill_.id, stem));
    struct Field {
      const char* name;
      bool empty;
    };
    for (Field field :
         {Field{"category", drill_.category.empty()}, Field{"level", drill_.level.empty()},
          Field{"covers", drill_.covers.empty()}, Field{"examples", drill_.examples.empty()},
          Field{"hints", drill_.hints.empty()}, Field{"follow_ups", drill_.follow_ups.empty()},
          Field{"explain", drill_.explain.empty()}}) {
      if (field.empty) say("id", fmt::format("`{}` is missing or empty", field.name));
    }
    if (!drill_.has_oracle)
      say("id", "`oracle` is missing: brute force that does not share the reference's idea");
    if (drill_.wrong.size() < kFewestWrong) {
      say("wrong",
          fmt::format("{} wrong answers; at least {} are due", drill_.wrong.size(), kFewestWrong));
    }
  }

  // A solution in a language that is not here is judged where it is.
  const Language* at_hand(const std::string& id) const {
    const Language* language = find_language(id);
    return language && language->runtime(drill_.signature) ? language : nullptr;
  }

  void check_references() {
    for (const auto& [id, text] : drill_.reference)
      if (const Language* language = at_hand(id))
        check_reference({"reference" + language->extension, id, text}, language->name);
  }

  void check_reference(const Submission& reference, const std::string& language) {
    SubmissionReport report = grade(drill_, reference, options_);
    if (!report.accepted()) {
      say("reference", fmt::format("the reference in {} is refused: {} {}: {}", language,
                                   verdict_code(report.verdict), report.reason, report.message));
    }
    GradeOptions examples = options_;
    examples.examples_only = true;
    report = grade(drill_, reference, examples);
    if (!report.accepted())
      say("examples", fmt::format("an example is wrong, or the reference in {} is: {}", language,
                                  report.message));
  }

  void check_oracle() {
    if (!drill_.has_oracle) return;
    int compared = 0;
    std::vector<Case> cases = example_cases(drill_);
    cases.insert(cases.end(), set_.cases.begin(), set_.cases.end());
    for (const Case& one : cases) {
      if (size_of(one.input) > kOracleReads) continue;
      ++compared;
      if (!bench_.oracle_agrees(one.input, one.expected)) {
        say("oracle",
            fmt::format("the oracle and the reference disagree on case \"{}\"", one.name));
      }
    }
    if (compared == 0) say("oracle", "no case is small enough for the oracle");
  }

  void check_pitfalls() {
    for (const Case& one : set_.cases) {
      if (!one.catches.empty() && !drill_.pitfalls.contains(one.catches)) {
        say("cases",
            fmt::format("case \"{}\" catches `{}`, which is neither a wrong answer nor a pitfall",
                        one.name, one.catches));
      }
    }
  }

  void check_wrong(const WrongSolution& wrong) {
    const Language* language = at_hand(wrong.language);
    if (!language) return;
    SubmissionReport report =
        grade(drill_, {wrong.name + language->extension, wrong.language, wrong.code}, options_);
    std::string got =
        verdict_code(report.verdict) + (report.reason.empty() ? "" : " (" + report.reason + ")");
    bool verdict = report.verdict == wrong.verdict;
    bool reason = wrong.reason.empty() || report.reason == wrong.reason;
    if (!verdict || !reason) {
      std::string due =
          verdict_code(wrong.verdict) + (wrong.reason.empty() ? "" : " (" + wrong.reason + ")");
      return say("wrong", fmt::format("the wrong answer \"{}\" got {} instead of {}: {}",
                                      wrong.name, got, due, report.message));
    }
    if (wrong.first_case.empty()) return;
    std::string first = report.first_failure ? report.first_failure->case_name : "(none)";
    if (first != wrong.first_case) {
      say("wrong",
          fmt::format("the wrong answer \"{}\" fails first at case \"{}\" instead of \"{}\"",
                      wrong.name, first, wrong.first_case));
    }
  }

  const Drill& drill_;
  GradeOptions options_;
  Submission reference_;
  Bench bench_;
  CaseSet set_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> lint(const Drill& drill, const GradeOptions& options) {
  return Linter(drill, options).run();
}

}  // namespace rehearse::judge
