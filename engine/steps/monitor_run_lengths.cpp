// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/monitor/run_length.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {
namespace {

struct RunLengthTable {
  std::vector<std::string> detector, threshold, how;
  std::vector<double> nominal, measured, measured_error, delay, delay_error;

  Result<Frame> build() && {
    Frame::Builder builder;
    builder.add("series", detector).add("threshold", threshold);
    builder.add("nominal_arl", std::move(nominal))
        .add("measured_arl", std::move(measured))
        .add("measured_error", std::move(measured_error))
        .add("delay", std::move(delay))
        .add("delay_error", std::move(delay_error));
    builder.add("delay_by", how);
    return std::move(builder).build();
  }
};

monitor::InControl in_control_of(const StepCall& call, const std::string& detector) {
  if (detector != "ddm") return {};
  const double p = call.number("rate"), n = std::floor(call.number("trials"));
  return {p, std::sqrt(p * (1 - p) / n), n};
}

Result<void> add_run_length(RunLengthTable& table, const StepCall& call, const StepContext& context,
                            const std::string& name, double arl) {
  const monitor::InControl in_control = in_control_of(call, name);
  auto tuned = monitor::tuned_for(name, call.number("shift"), in_control);
  if (!tuned) return fail(tuned.error());
  monitor::RunLengthOptions options;
  options.seed = context.seed;
  auto chosen = monitor::threshold_for(*tuned, arl, in_control, options, context.progress);
  if (!chosen) return fail(chosen.error());
  options.replicates = static_cast<int>(call.integer("replicates"));
  options.longest = 5 * arl;
  options.seed += 1;  // other luck than the threshold was fitted to
  options.simulate = true;
  auto measured = monitor::run_length(*chosen, 0, in_control, options, context.progress);
  if (!measured) return fail(measured.error());
  options.simulate = false;
  options.quiet_before = call.number("quiet_before");
  auto delay =
      monitor::run_length(*chosen, call.number("shift"), in_control, options, context.progress);
  if (!delay) return fail(delay.error());
  const double threshold = monitor::threshold_of(*chosen);
  table.detector.push_back(name);
  table.threshold.push_back(fmt::format("{} = {:.3g}", monitor::threshold_name(*chosen),
                                        name == "adwin" ? std::exp(-threshold) : threshold));
  table.nominal.push_back(arl);
  table.measured.push_back(measured->mean);
  table.measured_error.push_back(measured->at_least ? std::nan("") : measured->standard_error);
  table.delay.push_back(delay->mean);
  table.delay_error.push_back(delay->at_least ? std::nan("") : delay->standard_error);
  table.how.push_back(delay->exact() ? "equation" : "simulation");
  return {};
}

Result<Outputs> run_monitor_run_lengths(const StepCall& call, const StepContext& context) {
  std::vector<std::string> names = call.texts("detectors");
  if (names.empty()) names = monitor::detector_names();
  RunLengthTable table;
  for (const std::string& name : names)
    for (const double arl : call.numbers("arls")) {
      if (auto added = add_run_length(table, call, context, name, arl); !added)
        return fail(added.error());
      if (context.progress.stop_requested()) return cancelled();
    }
  return one(std::move(table).build());
}

const StepRegistration kMonitorRunLengths{{
    .name = "monitor.run_lengths",
    .sentence = "What each detector costs and how late it is: mean run to a false alarm, nominal "
                "and measured, and mean delay after a shift.",
    .example = "monitor.run_lengths { arls = { 500 }, shift = 1 }",
    .outputs = {{.name = "run_lengths", .kind = Kind::frame}},
    .parameters = {{.name = "arls",
                    .type = ParameterType::numbers,
                    .initial = std::vector<double>{500},
                    .low = 2,
                    .high = 1e6,
                    .unit = "observations",
                    .sentence = "accepted mean runs to a false alarm"},
                   {.name = "shift",
                    .initial = 1.0,
                    .low = 0.01,
                    .high = 100,
                    .unit = "sigma",
                    .sentence = "the shift that is looked for and that comes"},
                   {.name = "detectors",
                    .type = ParameterType::texts,
                    .initial = std::vector<std::string>(),
                    .sentence = "which; none named: all five"},
                   {.name = "rate",
                    .initial = 0.1,
                    .low = 1e-6,
                    .high = 1 - 1e-6,
                    .sentence = "the rate that DDM watches"},
                   {.name = "trials",
                    .initial = 1.0,
                    .low = 1,
                    .high = 1e6,
                    .sentence = "outcomes behind each observation of DDM"},
                   {.name = "quiet_before",
                    .initial = 200.0,
                    .low = 0,
                    .high = 1e5,
                    .unit = "observations",
                    .sentence = "in control before the shift, for detectors that learn the level"},
                   {.name = "replicates",
                    .type = ParameterType::integer,
                    .initial = std::int64_t{400},
                    .low = 10,
                    .high = 100000,
                    .sentence = "simulated runs of each"}},
    .run = run_monitor_run_lengths,
}};

}  // namespace
}  // namespace rehearse::steps
