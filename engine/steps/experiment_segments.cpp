// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/segments.hpp"

#include <cmath>

#include "engine/steps/experiment_common.hpp"

namespace rehearse::steps {
namespace {

// Whether the correction that was chosen calls it an effect.
std::vector<double> called(const std::vector<double>& adjusted, double alpha) {
  std::vector<double> is;
  for (const double p : adjusted)
    is.push_back(std::isnan(p) ? std::nan("") : static_cast<double>(p < alpha));
  return is;
}

Result<Outputs> run_experiment_segments(const StepCall& call, const StepContext& context) {
  const Frame& log = call.input("log")->as_frame();
  auto trial = experiment::Trial::of(log, trial_columns(call));
  if (!trial) return fail(trial.error());
  experiment::CompareOptions options;
  options.level = call.number("level"), options.seed = context.seed;
  auto method = experiment::method_of(call.text("method"));
  if (!method) return fail(method.error());
  options.method = *method;
  auto made = experiment::segment_effects(*trial, log, call.text("by"), options, context.progress);
  if (!made) return fail(made.error());
  std::vector<std::string> names, arms;
  std::vector<double> units, raw, b, h, q, place;
  ContrastRows rows(options.level);
  for (const experiment::SegmentEffect& s : made->effects) {
    names.push_back(s.segment), arms.push_back(s.arm);
    units.push_back(s.units_control + s.units_treatment);
    place.push_back(static_cast<double>(place.size() + 1));
    raw.push_back(s.contrast.p), b.push_back(s.p_bonferroni), h.push_back(s.p_holm);
    q.push_back(s.q_bh);
    rows.add(s.contrast, s.true_effect);
  }
  const double alpha = 1 - options.level;
  const std::string& correction = call.text("correction");
  const std::vector<double> adjusted = correction == "bonferroni" ? b
                                       : correction == "holm"     ? h
                                       : correction == "bh"       ? q
                                                                  : raw;
  const std::vector<double> found = called(adjusted, alpha);
  double any = 0;
  for (const double is : found) any = std::max(any, is == 1 ? 1.0 : 0.0);
  Frame::Builder builder;
  builder.add("segment", names).add("arm", arms).add("units", std::move(units));
  rows.add_to(builder);
  const std::size_t n = names.size();
  builder.add("p_bonferroni", std::move(b))
      .add("p_holm", std::move(h))
      .add("q_bh", std::move(q))
      .add("adjusted_p", adjusted)
      .add("called", found)
      .add("any_called", std::vector<double>(n, any))
      .add("heterogeneity_p", std::vector<double>(n, made->heterogeneity_p))
      .add("place", std::move(place));
  return one(std::move(builder).build());
}

const StepRegistration kExperimentSegments{{
    .name = "experiment.segments",
    .sentence = "The effect in every segment, with p-values adjusted for having looked at all of "
                "them, a test of whether segments differ, and the true effect where it is known.",
    .example = "experiment.segments { log, outcome = \"activated\", by = \"country\", correction = "
               "\"holm\" }",
    .inputs = {log_port()},
    .outputs = {{.name = "table", .kind = Kind::frame}},
    .parameters = joined_parameters(
        trial_parameters(),
        {{.name = "by", .type = ParameterType::text, .sentence = "the column of segments"},
         {.name = "correction",
          .type = ParameterType::choice,
          .initial = std::string("holm"),
          .choices = {"none", "bonferroni", "holm", "bh"},
          .sentence = "which p-value decides what is called an effect"},
         {.name = "method",
          .type = ParameterType::choice,
          .initial = std::string("plain"),
          .choices = {"plain", "cuped", "regression", "clustered"},
          .sentence = "how each segment is compared"},
         {.name = "covariates",
          .type = ParameterType::texts,
          .initial = std::vector<std::string>{},
          .sentence = "columns known before the assignment, for cuped and regression"},
         text_parameter("cluster", "", "the column of clusters, for clustered"),
         level_parameter()}),
    .run = run_experiment_segments,
}};

}  // namespace
}  // namespace rehearse::steps
