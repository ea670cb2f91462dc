// SPDX-License-Identifier: GPL-3.0-or-later
//
// Did the treatment do anything? The whole analysis of a user's experiment, in the order in which
// it is to be read: sizes of the arms first (a mismatch blocks the verdict), then each treatment
// against the control, then the same with less noise (CUPED), then segments with adjusted p-values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/document.hpp"
#include "engine/base/json.hpp"
#include "engine/base/stop.hpp"
#include "engine/experiment/adjustment.hpp"
#include "engine/experiment/segments.hpp"
#include "engine/experiment/srm.hpp"
#include "engine/experiment/trial.hpp"

namespace rehearse::analysis {

struct ExperimentOptions {
  std::string arm, outcome, segment, kind = "auto", missing = "refuse", control;
  std::vector<std::string> covariates;
  std::vector<double> weights;  // planned, the control first; empty: equal
  double level = 0.95;
};

struct ArmEffect {
  std::string arm;
  experiment::Comparison plain;
  std::optional<experiment::Comparison> cuped;
  double p_holm = 0;  // over all treatments
};

struct Experiment {
  experiment::Trial trial;
  std::vector<experiment::Sample> samples;  // by arm
  experiment::SampleRatio ratio;
  std::vector<ArmEffect> effects;  // one a treatment
  std::optional<experiment::Segments> segments;
  std::optional<double> retention_p;  // where outcomes are missing: do the arms lose alike?

  bool blocked() const { return ratio.blocked(); }
};

// Errors: those of experiment::Trial, compare and segment_effects, with the column.
Result<Experiment> analyze_experiment(const Frame& log, const ExperimentOptions& options,
                                      const Progress& progress = {});

// One sentence: what may be concluded, or why nothing may be.
std::string reading_of(const Experiment& experiment, const ExperimentOptions& options);
// Keys as in the command line's reference; of several treatments `effects` holds all of them and
// `effect` the first.
Json to_json(const Experiment& experiment);
Document document_of(const std::string& file, const ExperimentOptions& options,
                     const Experiment& experiment);

}  // namespace rehearse::analysis
