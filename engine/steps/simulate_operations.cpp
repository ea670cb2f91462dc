// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/operations.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_simulate_operations(const StepCall& call, const StepContext& context) {
  sim::OperationsOptions o;
  o.days = static_cast<int>(call.integer("days"));
  o.quiet_days = static_cast<int>(call.integer("quiet_days"));
  o.incidents_per_week = call.number("incidents_per_week");
  o.kinds = call.texts("kinds");
  o.noise = call.number("noise"), o.spikes_per_week = call.number("spikes_per_week");
  o.sessions_per_hour = call.number("sessions_per_hour");
  o.segments = call.boolean("segments");
  o.seed = context.seed;
  if (call.given("plant")) {
    auto kind = sim::find_kind(call.text("plant"));
    if (!kind) return fail(kind.error());
    const double begins = call.number("plant_hour");
    const double lasts = call.given("plant_lasts") ? call.number("plant_lasts") : (*kind)->hours;
    o.planted.push_back({(*kind)->name, begins, begins + lasts, call.number("plant_magnitude"),
                         call.text("plant_segment")});
  }
  auto made = sim::simulate_operations(o, context.progress);
  if (!made) return fail(made.error());
  return Outputs{plan::Artifact::of(std::move(made->signals)),
                 plan::Artifact::of(std::move(made->incidents))};
}

std::vector<std::string> kinds() {
  std::vector<std::string> names;
  for (const sim::IncidentKind& kind : sim::incident_kinds()) names.emplace_back(kind.name);
  return names;
}

const StepRegistration kSimulateOperations{{
    .name = "simulate.operations",
    .sentence = "Simulate weeks of hourly signals of four layers (infrastructure, data, model, "
                "business) with incidents whose kind, time and place are known.",
    .example =
        "simulate.operations { days = 28, incidents_per_week = 1, as = \"signals, incidents\" }",
    .outputs = {{.name = "signals", .kind = Kind::frame, .sentence = "one row an hour and segment"},
                {.name = "incidents",
                 .kind = Kind::frame,
                 .sentence = "one row an incident, all truth"}},
    .parameters = {integer_parameter("days", 28, 1, 400, "days simulated"),
                   integer_parameter("quiet_days", 14, 0, 400,
                                     "days without drawn incidents at the start, for baselines"),
                   number_parameter("incidents_per_week", 1, 0, 14,
                                    "incidents drawn in a week, harmless ones too"),
                   {.name = "kinds",
                    .type = ParameterType::texts,
                    .initial = std::vector<std::string>{},
                    .sentence = "kinds to draw from; none given: all"},
                   number_parameter("noise", 1, 0, 10, "noise of the signals, times their usual"),
                   number_parameter("spikes_per_week", 0.5, 0, 50,
                                    "one-hour spikes of each signal in a week, which mean nothing"),
                   number_parameter("sessions_per_hour", 4000, 10, 1e8,
                                    "sessions at an average hour", "sessions"),
                   {.name = "segments",
                    .type = ParameterType::boolean,
                    .initial = true,
                    .sentence = "rows of ios, android and web beside those of all"},
                   {.name = "plant",
                    .type = ParameterType::choice,
                    .choices = kinds(),
                    .sentence = "an incident besides the drawn ones",
                    .optional = true},
                   number_parameter("plant_hour", 400, 0, 9600, "when it begins", "hours"),
                   {.name = "plant_lasts",
                    .low = 1,
                    .high = 9600,
                    .unit = "hours",
                    .sentence = "how long it lasts; as usual for its kind where not given",
                    .optional = true},
                   number_parameter("plant_magnitude", 1, 0, 10,
                                    "how strong it is, times its usual"),
                   choice_parameter("plant_segment", "all", {"all", "ios", "android", "web"},
                                    "where it strikes")},
    .run = run_simulate_operations,
}};

}  // namespace
}  // namespace rehearse::steps
