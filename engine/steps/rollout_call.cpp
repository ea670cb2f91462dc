// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/rollout_call.hpp"

namespace rehearse::steps {

std::vector<plan::Parameter> rollout_parameters() {
  return {
      {.name = "shares",
       .type = ParameterType::numbers,
       .initial = std::vector<double>{0.01, 0.05, 0.25, 1},
       .low = 1e-5,
       .high = 1,
       .sentence = "share of the traffic at each stage"},
      {.name = "minutes",
       .type = ParameterType::numbers,
       .initial = std::vector<double>{30, 30, 60, 180},
       .low = 1,
       .high = 10000,
       .unit = "min",
       .sentence = "length of each stage, or one for all"},
      integer_parameter("shadow_minutes", 0, 0, 10000, "traffic is copied that long beforehand"),
      number_parameter("shadow_share", 0.05, 1e-5, 1, "of the traffic that is copied", "%"),
      number_parameter("least_agreement", 0.97, 0, 1,
                       "same decisions, below which the shadow refuses", "%"),
      number_parameter("failures", 0.01, 1e-6, 1, "rise of failures that breaches, absolute", "%"),
      number_parameter("slow", 0.03, 1e-6, 1, "rise of slow requests that breaches, absolute", "%"),
      number_parameter("conversion", 0.03, 1e-6, 1, "fall of conversions that breaches, absolute",
                       "%"),
      integer_parameter("window", 10, 1, 1440, "minutes over which a rate is taken"),
      integer_parameter("sustained", 3, 1, 1440, "minutes on end that a breach must last"),
      integer_parameter("least_requests", 200, 1, 1e9, "of the canary in a window, or no verdict"),
      integer_parameter("rollback", 5, 0, 1440, "minutes that going back takes"),
      choice_parameter("against", "control", {"control", "before"},
                       "what the canary is compared with: the rest of the traffic now, or the hour "
                       "before the deploy"),
      number_parameter("rate", 600, 1e-3, 1e9, "requests of all traffic", "/min"),
      number_parameter("base_failures", 0.004, 0, 0.999, "failures of the version in service", "%"),
      number_parameter("base_slow", 0.03, 0, 0.999, "its slow requests", "%"),
      number_parameter("base_conversion", 0.2, 0, 0.999, "its conversions", "%"),
      number_parameter("weather", 0.02, 0, 0.5, "the wave that both versions ride", "%"),
      integer_parameter("horizon", 1440, 1, 100000,
                        "minutes until somebody else finds what was missed")};
}

Result<serving::RolloutPolicy> rollout_policy(const StepCall& call) {
  serving::RolloutPolicy policy;
  const auto shares = call.numbers("shares"), minutes = call.numbers("minutes");
  if (minutes.size() != shares.size() && minutes.size() != 1)
    return fail(Code::invalid_argument,
                "{} stages with {} lengths; give one for each, or one for all", shares.size(),
                minutes.size());
  policy.stages.clear();
  for (std::size_t i = 0; i < shares.size(); ++i)
    policy.stages.push_back(
        {shares[i], static_cast<int>(minutes.size() == 1 ? minutes[0] : minutes[i])});
  policy.shadow_minutes = static_cast<int>(call.integer("shadow_minutes"));
  policy.shadow_share = call.number("shadow_share");
  policy.least_agreement = call.number("least_agreement");
  policy.failures = call.number("failures"), policy.slow = call.number("slow");
  policy.conversion = call.number("conversion");
  policy.window_minutes = static_cast<int>(call.integer("window"));
  policy.sustained = static_cast<int>(call.integer("sustained"));
  policy.least_requests = static_cast<int>(call.integer("least_requests"));
  policy.rollback_minutes = static_cast<int>(call.integer("rollback"));
  policy.against_control = call.text("against") == "control";
  return policy;
}

serving::Site rollout_site(const StepCall& call) {
  serving::Site site;
  site.requests_per_minute = call.number("rate");
  site.failures = call.number("base_failures"), site.slow = call.number("base_slow");
  site.conversion = call.number("base_conversion"), site.weather = call.number("weather");
  site.horizon = static_cast<int>(call.integer("horizon"));
  return site;
}

}  // namespace rehearse::steps
