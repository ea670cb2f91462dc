// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/grade.hpp"

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "drills/judge/domain.hpp"
#include "drills/judge/escape.hpp"
#include "drills/judge/grading.hpp"
#include "drills/judge/growth.hpp"
#include "drills/judge/own_cases.hpp"
#include "drills/judge/shrink.hpp"

namespace rehearse::judge {
namespace {

constexpr int kMostReruns = 4;
constexpr double kRerunMs = 200;     // wall time after which no further case is run again
constexpr double kShrinkMs = 250;    // wall time after which no smaller input is looked for
constexpr double kRerunCpuMs = 100;  // a case that takes longer is not run twice
constexpr int kMostCrashes = 3;
constexpr std::size_t kOracleReads = 400;  // values; brute force is for small inputs

class Stopwatch {
 public:
  double ms() const {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start_)
        .count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

class Grading {
 public:
  Grading(const Drill& drill, const Submission& submission, const GradeOptions& options)
      : drill_(drill), options_(options), bench_(drill, submission, options) {
    report_.path = submission.path;
    report_.drill = drill.id;
    report_.language = submission.language;
  }

  SubmissionReport run() {
    Stopwatch watch;
    run_steps();
    report_.isolation = bench_.isolation();
    report_.wall_ms = watch.ms();
    return std::move(report_);
  }

 private:
  void run_steps() {
    if (auto opened = bench_.open(); !opened) return fault(opened.error().message);
    if (!load()) return;
    run_cases();
    rerun_failures();
    settle();
    if (report_.verdict == Verdict::judge_error || report_.verdict == Verdict::compile_error)
      return;
    if (wants_growth()) run_growth();
    if (failed_ >= 0) describe_failure();
  }

  void fault(const std::string& message) {
    report_.verdict = Verdict::judge_error;
    report_.message = safe_excerpt(message, 1000);
  }

  bool load() {
    if (options_.examples_only) {
      set_.cases = example_cases(drill_);
      if (set_.cases.empty()) return fault("the drill has no examples to run"), false;
      return true;
    }
    if (options_.only) {
      set_.cases = *options_.only;
      return true;
    }
    auto set = load_cases(drill_, options_.seed, options_.workshop);
    if (!set) return fault(set.error().message), false;
    set_ = std::move(*set);
    if (options_.own_cases.empty()) return true;
    auto own =
        load_own_cases(drill_, own_cases_path(options_.own_cases, drill_), options_.workshop);
    if (!own) return fault(own.error().message), false;
    set_.cases.insert(set_.cases.end(), own->begin(), own->end());
    return true;
  }

  std::uint64_t seed_of(const Case& one) const { return case_seed(options_.seed, one.name); }

  // A submission that fails dearly again and again is not asked everything: together, failed cases
  // may take half of one case's limit, so that a verdict comes within one and a half of it.
  void run_cases() {
    double lost_ms = 0;
    int crashes = 0;
    const char* ended_by = nullptr;
    for (const Case& one : set_.cases) {
      CaseReport report;
      report.name = escape_for_terminal(one.name);
      report.catches = escape_for_terminal(one.catches);
      Bench::Judged judged;
      if (ended_by) {
        report.run = false;
        report.message = ended_by;
      } else {
        judged = bench_.judge(one.input, one.expected, seed_of(one));
        fill(report, judged);
        if (report.verdict != Verdict::accepted) lost_ms += report.time_ms;
        if (lost_ms > bench_.program().limits().cpu_ms / 2)
          ended_by = "not run: earlier failures took too long";
        if (report.reason == "crash" && ++crashes >= kMostCrashes)
          ended_by = "not run: it crashed too often";
        if (report.verdict == Verdict::time_limit)
          ended_by = "not run: an earlier case ran out of time";
        if (report.verdict == Verdict::compile_error)
          ended_by = "not run: the submission does not load";
        if (report.verdict == Verdict::judge_error)
          ended_by = "not run: the judge failed or was stopped";
      }
      report_.cases.push_back(report);
      judged_.push_back(std::move(judged));
      if (options_.on_case)
        options_.on_case(report_.cases.back(), report_.cases.size(), set_.cases.size());
    }
  }

  static void fill(CaseReport& report, const Bench::Judged& judged) {
    report.verdict = judged.verdict;
    report.reason = judged.reason;
    report.message = judged.message;
    report.time_ms = judged.outcome.cpu_ms;
    report.memory_kb = static_cast<double>(judged.outcome.peak_bytes) / 1024;
    keep_output(judged.outcome, report);
  }

  // What one case did to the worker must not be blamed on the next.
  void rerun_failures() {
    Stopwatch watch;
    int reruns = 0;
    for (std::size_t i = 0;
         i < report_.cases.size() && reruns < kMostReruns && watch.ms() < kRerunMs; ++i) {
      CaseReport& report = report_.cases[i];
      bool again = report.run && (report.verdict == Verdict::wrong_answer ||
                                  report.verdict == Verdict::runtime_error ||
                                  report.verdict == Verdict::memory_limit);
      if (!again || report.time_ms > kRerunCpuMs) continue;
      ++reruns;
      bench_.program().end_worker();
      const Case& one = set_.cases[i];
      Bench::Judged judged = bench_.judge(one.input, one.expected, seed_of(one));
      if (judged.verdict == report.verdict) continue;
      report_.rerun_note =
          fmt::format("case \"{}\" was {} at first and {} in a fresh process", report.name,
                      verdict_code(report.verdict), verdict_code(judged.verdict));
      fill(report, judged);
      judged_[i] = std::move(judged);
    }
  }

  void settle() {
    report_.verdict = Verdict::accepted;
    for (std::size_t i = 0; i < report_.cases.size(); ++i) {
      const CaseReport& one = report_.cases[i];
      if (!one.run) continue;
      report_.time_ms += one.time_ms;
      if (one.verdict == Verdict::accepted || failed_ >= 0) continue;
      failed_ = static_cast<int>(i);
      report_.verdict = one.verdict;
      report_.reason = one.reason;
      report_.message = one.verdict == Verdict::compile_error || one.verdict == Verdict::judge_error
                            ? one.message
                            : fmt::format("case \"{}\": {}", one.name, one.message);
    }
    if (report_.verdict == Verdict::accepted)
      report_.message = fmt::format("{} cases are right.", report_.cases.size());
  }

  bool wants_growth() const {
    bool claims =
        !set_.growth.empty() && !(drill_.growth.time.empty() && drill_.growth.memory.empty());
    bool explains =
        report_.verdict == Verdict::accepted || (report_.reason == "cpu" && failed_ > 0);
    return options_.growth && !options_.examples_only && claims && explains;
  }

  void run_growth() {
    bool accepted = report_.verdict == Verdict::accepted;
    // After a time limit growth only explains, so it gets little time.
    double budget = accepted ? 10.0 * bench_.program().limits().cpu_ms : 300;
    GrowthOutcome outcome =
        measure_growth(bench_.program(), drill_, set_.growth, options_.seed, budget, options_.stop);
    // Its inputs were the largest that there are: what the allocator would keep of them is given
    // back, so that a long queue is no larger than its largest job.
    malloc_trim(0);
    report_.time_growth = outcome.time;
    report_.memory_growth = outcome.memory;
    bool slow = outcome.time && outcome.time->refused,
         large = outcome.memory && outcome.memory->refused;
    if (!accepted) {
      if (slow) report_.message += " " + outcome.time->sentence;
      return;
    }
    if (outcome.failure) return note_growth_failure(outcome);
    if (!slow && !large) return;
    report_.verdict = slow ? Verdict::time_limit : Verdict::memory_limit;
    report_.reason = "growth";
    report_.message = fmt::format("All {} cases are right, but: {}", report_.cases.size(),
                                  slow ? outcome.time->sentence : outcome.memory->sentence);
  }

  void note_growth_failure(const GrowthOutcome& outcome) {
    Bench::Judged judged = bench_.judge_outcome(*outcome.failure, {}, {});
    bool time =
        outcome.failure->how == Outcome::How::capped || outcome.failure->how == Outcome::How::cpu;
    report_.verdict = time ? Verdict::time_limit : judged.verdict;
    report_.reason = time || judged.verdict == Verdict::memory_limit ? "growth" : judged.reason;
    report_.message = fmt::format("All {} cases are right, but on the growth input of n = {}: {}",
                                  report_.cases.size(), outcome.failed_n, judged.message);
  }

  void describe_failure() {
    auto index = static_cast<std::size_t>(failed_);
    const Case& one = set_.cases[index];
    FirstFailure failure;
    failure.case_name = report_.cases[index].name;
    failure.verdict = report_.cases[index].verdict;
    failure.pitfall = report_.cases[index].catches;
    failure.pitfall_why = drill_.pitfall_sentence(one.catches);
    failure.input = one.input;
    for (const Parameter& one_of : drill_.signature.function.parameters) {
      failure.parameters.push_back(one_of.name);
    }
    failure.expected = one.expected;
    Bench::Judged judged = std::move(judged_[index]);
    bool wrong = failure.verdict == Verdict::wrong_answer;
    bool error = failure.verdict == Verdict::runtime_error && judged.reason.empty();
    if (options_.shrink && (wrong || error)) shrink_failure(one, failure, judged);
    failure.got = std::move(judged.got);
    failure.message = judged.message;
    failure.input_text = show_input(drill_, failure.input, judged.call);
    failure.expected_text = show_answer(drill_, failure.input, *failure.expected, judged.call);
    if (failure.got)
      failure.got_text = show_answer(drill_, failure.input, *failure.got, judged.call);
    report_.pitfall = failure.pitfall;
    report_.first_failure = std::move(failure);
  }

  void shrink_failure(const Case& one, FirstFailure& failure, Bench::Judged& judged) {
    Domain domain(drill_.signature);
    for (const Case& other : set_.cases) domain.learn(other.input);
    for (const Example& example : drill_.examples) domain.learn(example.input);
    std::uint64_t seed = seed_of(one);
    std::optional<Value> expected;
    Bench::Judged last;
    Stopwatch watch;
    auto still_fails = [&](const Input& candidate) {
      if (watch.ms() > kShrinkMs || options_.stop.stop_requested() || !domain.allows(candidate))
        return false;
      auto answer = bench_.expected_for(candidate, seed);
      if (!answer) return false;
      Bench::Judged again = bench_.judge(candidate, *answer, seed);
      if (again.verdict != failure.verdict) return false;
      if (size_of(candidate) <= kOracleReads && !bench_.oracle_agrees(candidate, *answer))
        return false;
      expected = std::move(answer);
      last = std::move(again);
      return true;
    };
    Input smaller = shrink(drill_.signature, one.input, still_fails);
    if (!expected) return;
    failure.shrunk = true;
    failure.input = std::move(smaller);
    failure.expected = std::move(expected);
    judged = std::move(last);
  }

  const Drill& drill_;
  const GradeOptions& options_;
  Bench bench_;
  CaseSet set_;
  SubmissionReport report_;
  std::vector<Bench::Judged> judged_;
  int failed_ = -1;  // index of the first failed case
};

}  // namespace

SubmissionReport grade(const Drill& drill, const Submission& submission,
                       const GradeOptions& options) {
  return Grading(drill, submission, options).run();
}

std::vector<SubmissionReport> grade_all(const std::vector<GradeJob>& work,
                                        const GradeOptions& options, int jobs) {
  std::vector<SubmissionReport> reports(work.size());
  std::atomic<std::size_t> next{0};
  auto worker = [&] {
    for (std::size_t i = next++; i < work.size(); i = next++) {
      reports[i] = grade(*work[i].drill, work[i].submission, options);
      if (auto& failure = reports[i].first_failure; failure && !failure->small()) {
        failure->input = {}, failure->expected.reset(), failure->got.reset();
        failure->whole = false;
      }
    }
  };
  std::vector<std::jthread> threads;
  for (int i = 1; i < std::min<int>(jobs, static_cast<int>(work.size())); ++i)
    threads.emplace_back(worker);
  worker();
  threads.clear();
  return reports;
}

std::string drill_id_of(const std::string& path, std::string_view text) {
  std::string_view rest = text;
  for (int line = 0; line < 5 && !rest.empty(); ++line) {
    std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view current = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    constexpr std::string_view kMark = "rehearse:";
    std::size_t at = current.find(kMark);
    if (at == std::string_view::npos) continue;
    current.remove_prefix(at + kMark.size());
    current.remove_prefix(std::min(current.find_first_not_of(" \t"), current.size()));
    std::size_t length = current.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-");
    if (auto id = current.substr(0, length); !id.empty()) return std::string(id);
  }
  std::string stem = path.substr(path.find_last_of('/') + 1);
  stem = stem.substr(0, stem.find('.'));
  std::replace(stem.begin(), stem.end(), '_', '-');
  return stem;
}

}  // namespace rehearse::judge
