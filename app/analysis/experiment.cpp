// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/experiment.hpp"

#include <fmt/format.h>

#include <cmath>

#include "app/analysis/analysis.hpp"
#include "engine/experiment/contrast.hpp"
#include "engine/experiment/multiplicity.hpp"

namespace rehearse::analysis {
namespace {

using experiment::Contrast;

experiment::TrialColumns columns_of(const ExperimentOptions& options) {
  experiment::TrialColumns columns;
  columns.arm = options.arm, columns.outcome = options.outcome, columns.control = options.control;
  columns.covariates = options.covariates;
  columns.missing = options.missing == "zero"        ? experiment::Missing::zero
                    : options.missing == "leave-out" ? experiment::Missing::leave_out
                                                     : experiment::Missing::refuse;
  return columns;
}

std::vector<std::vector<double>> outcomes_by_arm(const experiment::Trial& trial) {
  std::vector<std::vector<double>> by(trial.arms.names.size());
  for (std::size_t row = 0; row < trial.outcome.size(); ++row)
    if (!std::isnan(trial.outcome[row]))
      by[static_cast<std::size_t>(trial.arms.of_row[row])].push_back(trial.outcome[row]);
  return by;
}

// The least p of the share that was seen, over the treatments.
std::optional<double> retention(const experiment::Trial& trial) {
  if (trial.assigned == trial.observed) return std::nullopt;
  double least = 1;
  for (std::size_t arm = 1; arm < trial.assigned.size(); ++arm)
    if (const auto made = experiment::two_proportions({trial.observed[0], trial.assigned[0]},
                                                      {trial.observed[arm], trial.assigned[arm]});
        made && made->p < least)
      least = made->p;
  return least;
}

Result<void> add_effects(Experiment& result, const ExperimentOptions& options,
                         experiment::CompareOptions compare, const Progress& progress) {
  std::vector<double> p;
  for (std::size_t arm = 1; arm < result.trial.arms.names.size(); ++arm) {
    if (progress.stop_requested()) return cancelled();
    compare.method = experiment::Method::plain;
    auto plain = experiment::compare(result.trial, arm, compare, {}, progress);
    if (!plain) return fail(plain.error());
    ArmEffect effect{result.trial.arms.names[arm], std::move(*plain), std::nullopt, 0};
    if (!options.covariates.empty()) {
      compare.method = experiment::Method::cuped;
      auto adjusted = experiment::compare(result.trial, arm, compare, {}, progress);
      if (!adjusted) return at("covariate", Result<void>(fail(adjusted.error())));
      effect.cuped = std::move(*adjusted);
    }
    p.push_back(effect.plain.contrast.p);
    result.effects.push_back(std::move(effect));
  }
  const std::vector<double> adjusted = experiment::holm(p);
  for (std::size_t i = 0; i < adjusted.size(); ++i) result.effects[i].p_holm = adjusted[i];
  return {};
}

void put(Json& json, const char* key, double value, const std::string& why = {}) {
  json[key] = number_or_null(value);
  if (std::isnan(value) && !why.empty()) json[std::string(key) + "_why"] = why;
}

Json json_of(const Contrast& c) {
  Json json = Json::object();
  put(json, "absolute", c.absolute);
  put(json, "relative", c.relative, c.relative_why);
  put(json, "ci_low", c.ci_low, c.why);
  put(json, "ci_high", c.ci_high, c.why);
  put(json, "p", c.p, c.why);
  put(json, "standard_error", c.standard_error, c.why);
  put(json, "relative_ci_low", c.relative_low, c.relative_why);
  put(json, "relative_ci_high", c.relative_high, c.relative_why);
  return json;
}

Json json_of(const ArmEffect& effect, const Contrast& contrast) {
  Json json{{"arm", effect.arm}};
  json.update(json_of(contrast));
  return json;
}

Json segments_json(const experiment::Segments& segments) {
  Json all = Json::array();
  for (const experiment::SegmentEffect& s : segments.effects) {
    Json json{{"segment", s.segment},
              {"arm", s.arm},
              {"units_control", s.units_control},
              {"units_treatment", s.units_treatment}};
    json.update(json_of(s.contrast));
    put(json, "p_holm", s.p_holm), put(json, "q_bh", s.q_bh);
    put(json, "p_bonferroni", s.p_bonferroni);
    all.push_back(std::move(json));
  }
  return all;
}

Result<Document> answer_experiment(const Question& question) {
  ExperimentOptions options;
  options.arm = question.value("arm"), options.outcome = question.value("outcome");
  options.segment = question.value("segment"), options.kind = question.value("kind");
  options.missing = question.value("missing");
  if (const std::string covariate = question.value("covariate"); !covariate.empty())
    options.covariates = {covariate};
  auto made = analyze_experiment(question.table, options, question.progress);
  if (!made) return fail(made.error());
  return document_of(question.file, options, *made);
}

const Registration kExperiment{
    {.name = "experiment",
     .asks = "Did the treatment of your experiment do anything?",
     .fields = {{.name = "arm",
                 .sentence = "the column that says who was in which arm",
                 .guesses = {"arm", "variant", "group", "treatment_arm", "bucket"}},
                {.name = "outcome",
                 .sentence = "what came of it: 0 or 1, or a number",
                 .guesses = {"outcome", "activated", "converted", "conversion", "label", "value"},
                 .numeric = true},
                {.name = "covariate",
                 .sentence = "something known before the assignment, to take noise out (CUPED)",
                 .optional = true,
                 .guesses = {"pre", "baseline", "past_sessions", "covariate"}},
                {.name = "segment",
                 .sentence = "also compare within each value of this column",
                 .optional = true,
                 .guesses = {"segment", "platform", "country"}},
                {.name = "kind",
                 .kind = Field::Kind::choice,
                 .sentence = "what is compared; auto: proportions where every outcome is 0 or 1",
                 .choices = {"auto", "proportion", "mean"},
                 .initial = "auto"},
                {.name = "missing",
                 .kind = Field::Kind::choice,
                 .sentence = "what a missing outcome means",
                 .choices = {"refuse", "zero", "leave-out"},
                 .initial = "refuse"}},
     .answer = answer_experiment}};

}  // namespace

Result<Experiment> analyze_experiment(const Frame& log, const ExperimentOptions& options,
                                      const Progress& progress) {
  auto trial = experiment::Trial::of(log, columns_of(options));
  if (!trial) return fail(trial.error());
  Experiment result;
  result.trial = std::move(*trial);
  auto ratio = experiment::sample_ratio(result.trial.arms.counts, options.weights);
  if (!ratio) return fail(ratio.error());
  result.ratio = *ratio;
  result.retention_p = retention(result.trial);
  experiment::CompareOptions compare;
  compare.level = options.level;
  compare.kind = options.kind == "proportion" ? experiment::Kind::proportion
                 : options.kind == "mean"     ? experiment::Kind::mean
                                              : experiment::Kind::automatic;
  for (const auto& values : outcomes_by_arm(result.trial)) {
    auto sample = experiment::sample_of(values);
    if (!sample) return fail(sample.error());
    result.samples.push_back(*sample);
  }
  if (auto added = add_effects(result, options, compare, progress); !added)
    return fail(added.error());
  if (!options.segment.empty()) {
    auto segments =
        experiment::segment_effects(result.trial, log, options.segment, compare, progress);
    if (!segments) return fail(segments.error());
    result.segments = std::move(*segments);
  }
  return result;
}

Json to_json(const Experiment& e) {
  Json arms = Json::object();
  for (std::size_t arm = 0; arm < e.samples.size(); ++arm) {
    Json own{{"units", e.trial.assigned[arm]}, {"observed", e.trial.observed[arm]}};
    put(own, "mean", e.samples[arm].mean);
    put(own, "sd", std::sqrt(e.samples[arm].variance), "one unit has no spread");
    arms[e.trial.arms.names[arm]] = std::move(own);
  }
  Json json{
      {"arms", std::move(arms)},
      {"control", e.trial.arms.names.front()},
      {"srm", {{"chi2", e.ratio.statistic}, {"p", e.ratio.p}, {"blocked", e.ratio.blocked()}}}};
  const ArmEffect& first = e.effects.front();
  json["method"] = first.plain.method;
  json["effect"] = json_of(first, first.plain.contrast);
  if (first.cuped) {
    json["cuped"] = json_of(first, first.cuped->contrast);
    put(json["cuped"], "variance_reduction", first.cuped->variance_reduction,
        "the outcome does not vary");
  } else {
    json["cuped"] = nullptr;
  }
  if (e.effects.size() > 1) {
    json["effects"] = Json::array();
    for (const ArmEffect& effect : e.effects) {
      Json own = json_of(effect, effect.plain.contrast);
      put(own, "p_holm", effect.p_holm);
      if (effect.cuped) own["cuped"] = json_of(effect.cuped->contrast);
      json["effects"].push_back(std::move(own));
    }
  }
  json["segments"] = e.segments ? segments_json(*e.segments) : Json::array();
  if (e.segments && e.segments->degrees > 0)
    json["heterogeneity"] = {{"q", e.segments->heterogeneity},
                             {"degrees", e.segments->degrees},
                             {"p", e.segments->heterogeneity_p}};
  if (e.retention_p) json["attrition"] = {{"p", *e.retention_p}};
  return json;
}

}  // namespace rehearse::analysis
