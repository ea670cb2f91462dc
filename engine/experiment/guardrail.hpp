// SPDX-License-Identifier: GPL-3.0-or-later
//
// Guardrails: metrics that must not get worse by more than a named amount, whatever the primary
// metric does (abuse reports, p99 latency, sessions). Two questions that are not the same:
//
//   roll back?     the estimate itself is past the threshold, whatever its p-value: a page for a
//                  person, and early on often noise
//   safe to ship?  the whole interval is on the good side of the threshold (non-inferiority; its
//                  one-sided p is that of effect = threshold)
//
// 'Not significantly worse' is neither: a small experiment is never significantly worse.
#pragma once

#include "engine/experiment/contrast.hpp"

namespace rehearse::experiment {

enum class GuardrailState { safe, undecided, past_threshold, harm_shown };
const char* guardrail_state_name(GuardrailState state);

struct Guardrail {
  double threshold = 0;  // the largest acceptable worsening, ≥ 0, in units of the metric
  bool higher_is_worse = true;
};

struct GuardrailReading {
  double worsening = 0, low = 0, high = 0;          // positive is worse
  double non_inferiority_p = Contrast::kUndefined;  // one-sided, of worsening ≥ threshold
  GuardrailState state = GuardrailState::undecided;
};
// Errors: a threshold negative or not finite, a contrast without an interval.
Result<GuardrailReading> read_guardrail(const Contrast& contrast, const Guardrail& guardrail);

}  // namespace rehearse::experiment
