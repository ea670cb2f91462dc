// SPDX-License-Identifier: GPL-3.0-or-later
//
// Not everybody takes what they were assigned. Four answers to 'what did it do?':
//
//   intention to treat  by assignment, whoever took it: unbiased for the effect of offering
//   per protocol        only those who did as assigned: those who comply differ from those who do
//   not as treated          by what was taken: the same fault, worse instrument          the
//   assignment as an instrument for the taking (Wald 1940; Imbens, Angrist
//                       1994): intention to treat divided by the difference in taking, the effect
//                       on compliers. Needs that being assigned acts only through the taking, and
//                       that nobody does the opposite of what they are told.
//
// The ratio's standard error is the delta method's (two-stage least squares, robust); with a weak
// first stage (F below 10; Staiger, Stock 1997) it is fiction, and the interval of Anderson, Rubin
// (1949), which inverts a test, is right: it may be a whole line.
#pragma once

#include <cstdint>
#include <span>

#include "engine/experiment/contrast.hpp"

namespace rehearse::experiment {

struct Compliance {
  std::span<const std::uint8_t> assigned;  // 0 or 1
  std::span<const double> taken;           // 0 or 1, or a dose
  std::span<const double> outcome;
};

struct Instrumented {
  Contrast intention, per_protocol, as_treated;  // undefined (why) where nobody is in a group
  Contrast first_stage;                          // taking by assignment
  Contrast compliers;                            // the Wald ratio; control, treatment undefined
  double first_stage_f = Contrast::kUndefined;
  bool weak = false;  // F < 10
  double anderson_rubin_low = Contrast::kUndefined, anderson_rubin_high = Contrast::kUndefined;
  bool anderson_rubin_bounded = false;
};
// Errors: sizes differ, a value not finite (which unit), fewer than two units in an arm, the
// assignment does not change the taking at all.
Result<Instrumented> instrumented(const Compliance& data, double level = 0.95);

}  // namespace rehearse::experiment
