// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/peeking_call.hpp"

namespace rehearse::steps {

std::vector<plan::Parameter> peeking_parameters() {
  return {number_parameter("baseline", 0.2, 1e-4, 0.9999, "conversion without treatment", "%"),
          number_parameter("lift", 0, -0.9, 0.9, "true effect, absolute", "%"),
          integer_parameter("users_per_day", 200, 1, 1e7, "users of each arm a day"),
          integer_parameter("days", 20, 1, 1000, "length of the longest test; a multiple of looks"),
          integer_parameter("looks", 20, 1, 200, "equally spaced looks, the end included")};
}

Result<experiment::PeekingOptions> peeking_options(const StepCall& call,
                                                   const StepContext& context) {
  experiment::PeekingOptions options;
  options.baseline = call.number("baseline"), options.lift = call.number("lift");
  options.users_per_day = call.integer("users_per_day");
  options.days = static_cast<int>(call.integer("days"));
  options.looks = static_cast<int>(call.integer("looks"));
  options.rule = rule_options(call);
  options.seed = context.seed;
  return options;
}

}  // namespace rehearse::steps
