// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/impressions.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_simulate_impressions(const StepCall& call, const StepContext& context) {
  sim::SiteOptions options;
  options.users = static_cast<int>(call.integer("users"));
  options.communities = static_cast<int>(call.integer("communities"));
  options.days = static_cast<int>(call.integer("days"));
  options.base_ctr = call.number("base_ctr");
  options.position_bias = call.number("position_bias");
  options.sessions_per_day = call.number("sessions_per_day");
  options.click_delay_hours = call.number("click_delay_hours");
  options.random_slates = call.number("random_slates");
  options.seed = context.seed;
  auto drift = sim::parse_drift(call.text("drift"));
  if (!drift) return fail(drift.error());
  options.drift.kind = *drift;
  options.drift.day = static_cast<int>(call.integer("drift_day"));
  options.drift.strength = call.number("drift_strength");
  options.drift.column = call.text("drift_column");
  auto breakage = sim::parse_breakage(call.text("breakage"));
  if (!breakage) return fail(breakage.error());
  options.drift.breakage = *breakage;
  return one(sim::simulate_impressions(options, context.progress, context.threads));
}

const StepRegistration kSimulateImpressions{{
    .name = "simulate.impressions",
    .sentence = "Simulate the community site and log what it showed and what was clicked.",
    .example = "simulate.impressions { users = 5000, days = 28, base_ctr = 0.03 }",
    .outputs = {{.name = "log", .kind = Kind::frame, .sentence = "one row an impression"}},
    .parameters = {{.name = "users",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{5000},
                    .low = 10,
                    .high = 200000,
                    .sentence = "people on the site"},
                   {.name = "communities",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{60},
                    .low = 2,
                    .high = 2000,
                    .sentence = "communities they belong to"},
                   {.name = "days",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{28},
                    .low = 1,
                    .high = 366,
                    .unit = "days",
                    .sentence = "length of the log"},
                   {.name = "base_ctr",
                    .initial = 0.03,
                    .low = 0.0005,
                    .high = 0.3,
                    .sentence = "mean click probability without drift"},
                   {.name = "position_bias",
                    .initial = 0.6,
                    .low = 0,
                    .high = 2,
                    .sentence =
                        "exponent of the examination curve; 0: every position is looked at"},
                   {.name = "sessions_per_day",
                    .initial = 0.25,
                    .low = 0.01,
                    .high = 2,
                    .sentence = "mean sessions of a user a day"},
                   {.name = "click_delay_hours",
                    .initial = 6.0,
                    .low = 0.01,
                    .high = 240,
                    .unit = "hours",
                    .sentence = "mean delay of a click's arrival"},
                   {.name = "random_slates",
                    .initial = 0.0,
                    .low = 0,
                    .high = 1,
                    .sentence = "share of slates in random order"},
                   {.name = "drift",
                    .type = ParameterType::choice,
                    .initial = std::string("none"),
                    .choices = {"none", "audience", "concept", "broken-feature"},
                    .sentence = "what changes"},
                   {.name = "drift_day",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{17},
                    .low = 0,
                    .high = 366,
                    .unit = "days",
                    .sentence = "its first day"},
                   {.name = "drift_strength",
                    .initial = 0.7,
                    .low = 0,
                    .high = 1,
                    .sentence = "how much of it"},
                   {.name = "drift_column",
                    .type = ParameterType::text,
                    .initial = std::string("user_tenure_days"),
                    .sentence = "the feature that breaks"},
                   {.name = "breakage",
                    .type = ParameterType::choice,
                    .initial = std::string("scaled"),
                    .choices = {"null", "scaled", "stale"},
                    .sentence = "how it breaks"}},
    .run = run_simulate_impressions,
}};

}  // namespace
}  // namespace rehearse::steps
