// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/rate_stream.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_simulate_rate(const StepCall& call, const StepContext& context) {
  sim::RateStreamOptions o;
  o.days = static_cast<int>(call.integer("days"));
  o.per_day = static_cast<int>(call.integer("per_day"));
  o.trials = call.number("trials"), o.rate = call.number("rate");
  o.change = call.number("change"), o.change_day = call.number("change_day");
  o.ramp_days = call.number("ramp_days");
  o.rhythm = call.number("rhythm"), o.wander = call.number("wander");
  o.seed = context.seed;
  return one(sim::simulate_rate_stream(o, context.progress));
}

const StepRegistration kSimulateRate{{
    .name = "simulate.rate",
    .sentence = "One rate (of hides, of failures) by the hour, which changes on a known day.",
    .example = "simulate.rate { rate = 0.02, change = 0.3, change_day = 28 }",
    .outputs = {{.name = "observations", .kind = Kind::frame}},
    .parameters = {{.name = "days",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{42},
                    .low = 1,
                    .high = 3660,
                    .unit = "days",
                    .sentence = "length"},
                   {.name = "per_day",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{24},
                    .low = 1,
                    .high = 1440,
                    .sentence = "observations a day"},
                   {.name = "trials",
                    .initial = 500.0,
                    .low = 1,
                    .high = 1e6,
                    .sentence = "mean outcomes behind an observation"},
                   {.name = "rate",
                    .initial = 0.02,
                    .low = 1e-6,
                    .high = 0.95,
                    .sentence = "chance of each outcome before the change"},
                   {.name = "change",
                    .initial = 0.3,
                    .low = -1,
                    .high = 100,
                    .sentence = "the change as a share of the rate"},
                   {.name = "change_day",
                    .initial = 28.0,
                    .low = 0,
                    .high = 1e6,
                    .unit = "days",
                    .sentence = "when it begins"},
                   {.name = "ramp_days",
                    .initial = 0.0,
                    .low = 0,
                    .high = 1e6,
                    .unit = "days",
                    .sentence = "how long it takes; 0: at once"},
                   {.name = "rhythm",
                    .initial = 0.0,
                    .low = 0,
                    .high = 1,
                    .sentence = "size of the daily wave, as a share of the rate"},
                   {.name = "wander",
                    .initial = 0.0,
                    .low = 0,
                    .high = 2,
                    .sentence = "deviation of a slow random change of the rate, in log"}},
    .run = run_simulate_rate,
}};

}  // namespace
}  // namespace rehearse::steps
