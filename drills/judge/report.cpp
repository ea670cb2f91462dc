// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/report.hpp"

#include <algorithm>

#include "drills/judge/shrink.hpp"

namespace rehearse::judge {

bool FirstFailure::small() const {
  constexpr std::size_t kLargest = 2000;  // values that are written whole
  const std::size_t answers = (expected ? size_of(*expected) : 0) + (got ? size_of(*got) : 0);
  return whole && size_of(input) <= kLargest && answers <= kLargest;
}

int SubmissionReport::passed() const {
  return static_cast<int>(std::count_if(cases.begin(), cases.end(), [](const CaseReport& one) {
    return one.run && one.verdict == Verdict::accepted;
  }));
}

void Report::add(SubmissionReport submission, const Drill& drill, std::uint64_t seed) {
  // What held for every submission is what the report may claim.
  if (submissions.empty()) {
    isolation = submission.isolation;
  } else if (submission.verdict != Verdict::judge_error) {
    std::erase_if(isolation, [&](const std::string& layer) {
      return std::find(submission.isolation.begin(), submission.isolation.end(), layer) ==
             submission.isolation.end();
    });
  }
  drills[drill.id] = DrillFacts{drill.hash, seed, drill.limits};
  submissions.push_back(std::move(submission));
}

int Report::accepted() const {
  return static_cast<int>(
      std::count_if(submissions.begin(), submissions.end(),
                    [](const SubmissionReport& one) { return one.accepted(); }));
}

bool Report::judge_failed() const {
  return std::any_of(submissions.begin(), submissions.end(), [](const SubmissionReport& one) {
    return one.verdict == Verdict::judge_error;
  });
}

}  // namespace rehearse::judge
