// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the attempts say of the candidate: whether they get better, and whether they know how good
// they are.
#pragma once

#include <cstddef>
#include <string>

#include "app/present/progress.hpp"

namespace rehearse::present {

// Kind line: the share accepted of the last `window` submissions, at each submission from the fifth
// on, with its 95% interval (Wilson 1927). No rows with fewer than five submissions. Neighbouring
// windows share attempts, so the interval is one of each point and not of the line.
Figure acceptanceTrend(const ProgressInput& input, std::size_t window = 20);

// The candidate's own calibration: the probability stated before a submission beside what came of
// it.
struct OwnCalibration {
  static constexpr std::size_t kLeastAnswers = 10;

  std::size_t answers = 0;  // submissions with a stated probability
  // From kLeastAnswers on; empty before. `curve` is of kind reliability in five bins of equal width
  // with the count of each; `numbers` has the Brier score, what always stating the share accepted
  // would have had, and how far statements lie above what came of them.
  Figure curve, numbers;
  bool enough() const { return answers >= kLeastAnswers; }
};
OwnCalibration ownCalibration(const ProgressInput& input);

// Everything on the page as a report.
Document progressReport(const ProgressInput& input);

}  // namespace rehearse::present
