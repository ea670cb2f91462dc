// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/onboarding_activity.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_simulate_onboarding_activity(const StepCall& call, const StepContext& context) {
  sim::ActivityOptions o;
  o.users = static_cast<int>(call.integer("users"));
  o.followed_days = static_cast<int>(call.integer("followed_days"));
  o.activity = call.number("activity"), o.effect = call.number("effect");
  o.lasting = call.number("lasting"), o.half_life_days = call.number("half_life_days");
  o.share = call.number("share"), o.salt = call.text("salt");
  o.prior_correlation = call.number("prior_correlation");
  o.seed = context.seed, o.replicate = context.replicate;
  return one(sim::simulate_activity(o, context.progress, context.threads));
}

const StepRegistration kSimulateOnboardingActivity{{
    .name = "simulate.onboarding_activity",
    .sentence = "Newcomers active or not on each day since exposure, with an effect that fades or "
                "grows.",
    .example = "simulate.onboarding_activity { users = 2000, effect = 0.05, lasting = 0.2 }",
    .outputs = {{.name = "panel", .kind = Kind::frame, .sentence = "a row a user and day"}},
    .parameters =
        {integer_parameter("users", 2000, 10, 1e6, "newcomers"),
         integer_parameter("followed_days", 28, 1, 366, "days that each is followed"),
         number_parameter("activity", 0.4, 0.01, 0.9,
                          "mean probability of being active on the first day in control"),
         number_parameter("effect", 0.05, -0.5, 0.5, "points that exposure adds on its first day"),
         number_parameter("lasting", 0.2, -2, 3,
                          "share of the effect that stays; above 1 it grows as users learn"),
         number_parameter("half_life_days", 4, 0.1, 1000, "half-life of the rest", "days"),
         number_parameter("share", 0.5, 0, 1, "share of the users in treatment"),
         {.name = "salt",
          .type = ParameterType::text,
          .initial = std::string("onboarding"),
          .sentence = "of the hash that deals the arms"},
         number_parameter("prior_correlation", 0.6, 0, 0.99,
                          "how well what is known before assignment tells a user's engagement")},
    .run = run_simulate_onboarding_activity,
}};

}  // namespace
}  // namespace rehearse::steps
