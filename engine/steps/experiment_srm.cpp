// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/srm.hpp"

#include "engine/steps/experiment_common.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_experiment_srm(const StepCall& call, const StepContext&) {
  auto arms =
      experiment::arms_of(call.input("log")->as_frame(), call.text("arm"), call.text("control"));
  if (!arms) return fail(arms.error());
  std::vector<double> weights = call.numbers("weights");
  auto ratio = experiment::sample_ratio(arms->counts, weights);
  if (!ratio) return fail(ratio.error());
  if (weights.empty()) weights.assign(arms->counts.size(), 1);
  double units = 0, total = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) units += arms->counts[i], total += weights[i];
  std::vector<double> planned;
  for (const double weight : weights) planned.push_back(units * weight / total);
  const std::size_t n = arms->names.size();
  Frame::Builder builder;
  builder.add("arm", arms->names)
      .add("units", arms->counts)
      .add("planned", std::move(planned))
      .add("chi2", std::vector<double>(n, ratio->statistic))
      .add("p", std::vector<double>(n, ratio->p))
      .add("blocked", std::vector<double>(n, ratio->blocked()));
  return one(std::move(builder).build());
}

const StepRegistration kExperimentSrm{{
    .name = "experiment.srm",
    .sentence = "Sample ratio mismatch: the sizes of the arms against the planned ones by χ²; p < "
                "0.001 blocks every verdict.",
    .example = "experiment.srm { log, weights = { 1, 1 } }",
    .inputs = {log_port()},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = {text_parameter("arm", "arm", "the column of arms"),
                   text_parameter("control", "", "the control's name, which comes first"),
                   {.name = "weights",
                    .type = ParameterType::numbers,
                    .initial = std::vector<double>{},
                    .low = 0,
                    .high = 1e9,
                    .sentence = "planned sizes, the control first; empty: equal"}},
    .run = run_experiment_srm,
}};

}  // namespace
}  // namespace rehearse::steps
