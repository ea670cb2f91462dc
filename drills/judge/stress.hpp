// SPDX-License-Identifier: GPL-3.0-or-later
//
// Stress: a drill's generators with seed after seed, until a submission answers otherwise than the
// reference, whose answer the oracle bears out. The difference is then shrunk as a failed case is.
#pragma once

#include <functional>

#include "drills/judge/grade.hpp"

namespace rehearse::judge {

struct StressReport {
  std::uint64_t inputs = 0;    // different ones that were judged
  std::uint64_t last_seed = 0;
  double seconds = 0;
  // The grading of the one input that was found; its first_failure is the shrunk difference.
  std::optional<SubmissionReport> found;
};

struct StressOptions {
  GradeOptions grading;
  double seconds = 10;
  std::function<void(const StressReport&)> on_seed;  // after each seed
};

// Errors: no worker, the drill's generators fail, the submission does not load.
Result<StressReport> stress(const Drill& drill, const Submission& submission,
                            const StressOptions& options);

}  // namespace rehearse::judge
