// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/stress.hpp"

#include <chrono>
#include <set>

#include "drills/judge/grading.hpp"
#include "drills/judge/shrink.hpp"
#include "engine/base/hash.hpp"

namespace rehearse::judge {
namespace {

constexpr std::size_t kOracleReadsInStress = 400;     // values; brute force is for small inputs
constexpr std::size_t kLargestInput = 4000;   // values: small inputs, many of them

double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::uint64_t fingerprint(const Input& input) {
  wire::Writer bytes;
  bytes.values(input.args);
  for (const Call& call : input.calls) {
    bytes.text(call.method);
    bytes.values(call.args);
  }
  return fnv1a64(bytes.bytes());
}

}  // namespace

Result<StressReport> stress(const Drill& drill, const Submission& submission,
                            const StressOptions& options) {
  GradeOptions quick = options.grading;
  quick.growth = false;
  Bench bench(drill, submission, quick);
  if (auto opened = bench.open(); !opened) return fail(opened.error());
  auto source = CaseSource::open(drill, quick.workshop);
  if (!source) return fail(source.error());
  StressReport report;
  std::set<std::uint64_t> seen;
  const double begun = now_s();
  for (std::uint64_t seed = quick.seed; report.seconds < options.seconds; ++seed) {
    if (quick.stop.stop_requested()) break;
    auto cases = source->cases(seed);
    if (!cases) return fail(cases.error());
    const std::uint64_t before = report.inputs;
    for (const Case& one : *cases) {
      if (size_of(one.input) > kLargestInput || !seen.insert(fingerprint(one.input)).second)
        continue;
      ++report.inputs;
      Bench::Judged judged = bench.judge(one.input, one.expected, case_seed(seed, one.name));
      if (judged.verdict == Verdict::compile_error)
        return fail(Code::bad_data, "{}", judged.message);
      if (judged.verdict == Verdict::judge_error) return fail(Code::internal, "{}", judged.message);
      const bool fine =
          judged.verdict == Verdict::accepted ||
          (size_of(one.input) <= kOracleReadsInStress && !bench.oracle_agrees(one.input, one.expected));
      if (!fine) {
        GradeOptions alone = quick;
        alone.seed = seed;
        alone.only = std::make_shared<const std::vector<Case>>(1, one);
        report.found = grade(drill, submission, alone);
      }
      report.seconds = now_s() - begun;
      if (report.found || report.seconds >= options.seconds) break;
    }
    report.last_seed = seed;
    report.seconds = now_s() - begun;
    if (report.found) break;
    if (options.on_seed) options.on_seed(report);
    // Generators that do not use their seed have nothing more to give.
    if (report.inputs == before && seed > quick.seed) break;
  }
  return report;
}

}  // namespace rehearse::judge
