// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/requests.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_simulate_requests(const StepCall& call, const StepContext& context) {
  sim::RequestOptions o;
  o.days = static_cast<int>(call.integer("days"));
  o.requests_per_minute = call.number("requests_per_minute");
  o.error_rate = call.number("error_rate"), o.slow_rate = call.number("slow_rate");
  o.crash_days = call.number("crash_days"), o.partial_days = call.number("partial_days");
  o.leak_days = call.number("leak_days"), o.blips_a_day = call.number("blips_a_day");
  o.strength = call.number("strength");
  o.seed = context.seed;
  return one(sim::simulate_requests(o, context.progress));
}

const StepRegistration kSimulateRequests{{
    .name = "simulate.requests",
    .sentence = "Simulate a service minute by minute: requests, errors, slow ones, with outages "
                "whose kind and time are known.",
    .example = "simulate.requests { days = 60, error_rate = 0.0003 }",
    .outputs = {{.name = "stream", .kind = Kind::frame, .sentence = "one row a minute"}},
    .parameters = {integer_parameter("days", 60, 1, 366, "days simulated"),
                   number_parameter("requests_per_minute", 600, 1, 1e7,
                                    "requests in an average minute"),
                   number_parameter("error_rate", 0.0003, 0, 0.5, "share that fails on a good day"),
                   number_parameter("slow_rate", 0.004, 0, 0.5, "share that is slow on a good day"),
                   number_parameter("crash_days", 10, 0.1, 1e6,
                                    "mean days between crashes: 30% of errors for 8 minutes",
                                    "days"),
                   number_parameter("partial_days", 10, 0.1, 1e6,
                                    "mean days between partial outages: 3% for 45 minutes", "days"),
                   number_parameter("leak_days", 20, 0.1, 1e6,
                                    "mean days between leaks: 0.3% for 20 hours", "days"),
                   number_parameter("blips_a_day", 1.5, 0, 100,
                                    "restarts in a day: 20% for one minute, harmless"),
                   number_parameter("strength", 1, 0, 10, "errors of outages, times their usual")},
    .run = run_simulate_requests,
}};

}  // namespace
}  // namespace rehearse::steps
