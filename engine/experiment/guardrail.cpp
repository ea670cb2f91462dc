// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/guardrail.hpp"

#include <cmath>

#include "engine/experiment/tails.hpp"

namespace rehearse::experiment {

const char* guardrail_state_name(GuardrailState state) {
  switch (state) {
    case GuardrailState::safe: return "safe";
    case GuardrailState::undecided: return "undecided";
    case GuardrailState::past_threshold: return "past the threshold";
    case GuardrailState::harm_shown: return "harm shown";
  }
  return "";
}

Result<GuardrailReading> read_guardrail(const Contrast& contrast, const Guardrail& guardrail) {
  if (!(guardrail.threshold >= 0) || !std::isfinite(guardrail.threshold))
    return fail(Code::invalid_argument,
                "a guardrail's threshold is {}; it is the largest acceptable worsening, at least 0",
                guardrail.threshold);
  if (std::isnan(contrast.ci_low) || std::isnan(contrast.ci_high))
    return fail(Code::bad_data, "a guardrail has no interval: {}", contrast.why);
  GuardrailReading reading;
  const bool up = guardrail.higher_is_worse;
  reading.worsening = up ? contrast.absolute : -contrast.absolute;
  reading.low = up ? contrast.ci_low : -contrast.ci_high;
  reading.high = up ? contrast.ci_high : -contrast.ci_low;
  if (contrast.standard_error > 0) {
    const double t = (reading.worsening - guardrail.threshold) / contrast.standard_error;
    const double tail = student_two_sided(t, contrast.degrees) / 2;
    reading.non_inferiority_p = t < 0 ? tail : 1 - tail;
  }
  reading.state = reading.low > guardrail.threshold         ? GuardrailState::harm_shown
                  : reading.worsening > guardrail.threshold ? GuardrailState::past_threshold
                  : reading.high < guardrail.threshold      ? GuardrailState::safe
                                                            : GuardrailState::undecided;
  return reading;
}

}  // namespace rehearse::experiment
