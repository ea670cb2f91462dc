// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/records.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_simulate_records(const StepCall& call, const StepContext& context) {
  sim::RecordOptions options;
  options.events = static_cast<std::size_t>(call.integer("events"));
  options.fault_day = static_cast<int>(call.integer("fault_day"));
  options.faults = {call.number("type"),    call.number("missing"),   call.number("unit"),
                    call.number("renamed"), call.number("duplicate"), call.number("truncated")};
  options.seed = context.seed;
  return one(sim::simulate_records(call.input("log")->as_frame(), options, context.progress));
}

plan::Parameter fault_share(const char* name, const char* sentence) {
  return {.name = name, .initial = 0.0, .low = 0, .high = 1, .sentence = sentence};
}

const StepRegistration kSimulateRecords{{
    .name = "simulate.records",
    .sentence = "The log as clients send it: nested JSON lines with planted faults, each known.",
    .example = "simulate.records { log, events = 4000, type = 0.05, unit = 0.02 }",
    .inputs = {{.name = "log",
                .kind = Kind::frame,
                .sentence = "impressions, as simulate.impressions makes them"}},
    .outputs = {{.name = "lines", .kind = Kind::frame, .sentence = "one row a line"}},
    .parameters = {{.name = "events",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{5000},
                    .low = 1,
                    .high = 1000000,
                    .sentence = "events written, spread evenly over the log"},
                   {.name = "fault_day",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{0},
                    .low = 0,
                    .high = 366,
                    .unit = "days",
                    .sentence = "the release that brought the faults"},
                   fault_share("type",
                               "share of events with numbers and booleans written as texts"),
                   fault_share("missing", "share of events without the user's tenure"),
                   fault_share("unit", "share of events with dwell in milliseconds"),
                   fault_share("renamed", "share of events whose votes are called score"),
                   fault_share("duplicate", "share of events that are sent twice"),
                   fault_share("truncated", "share of events that stop in their middle")},
    .run = run_simulate_records,
}};

}  // namespace
}  // namespace rehearse::steps
