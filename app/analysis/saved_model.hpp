// SPDX-License-Identifier: GPL-3.0-or-later
//
// A model of the user's own in a file: what `analyze fit --save` writes and `analyze predict`
// reads. Beside the model (engine/models/saved.hpp) stand the label it foresees and the columns it
// needs, with those that are quantities: a column of digits read as a category would score wrongly
// without a word.
#pragma once

#include <string>
#include <vector>

#include "app/analysis/fit.hpp"
#include "engine/base/json.hpp"

namespace rehearse::analysis {

struct SavedModel {
  std::string name;                   // the --model it was fitted as
  std::string label;                  // what it foresees
  std::vector<std::string> features;  // columns it needs
  std::vector<std::string> numeric;   // those of them that are quantities
  std::size_t trained_on = 0;         // rows
  ScorerPtr model;
};

// Errors: a model that cannot be saved (savable_models).
Result<Json> to_json(const SavedModel& model);
// Errors: no JSON, not a file of this kind, a newer format, a model that load_model refuses.
Result<SavedModel> parse_saved_model(const std::string& text);

SavedModel saved_model_of(const Fit& fit, const FitOptions& options);

// Scores of rows of the user's own, and how good they are where the label is known.
struct Prediction {
  std::vector<double> scores;
  bool labelled = false;  // measured
  double mean = 0, least = 0, most = 0;
  metrics::ProbabilityReport report;
};

// Measured where `label` names a column. Errors: a column that the model needs is not there or
// holds another kind; the label is not there, or not 0 or 1; no rows.
Result<Prediction> predict(const SavedModel& model, const Frame& table, const std::string& label);
// One sentence.
std::string reading_of(const SavedModel& model, const Prediction& prediction);

}  // namespace rehearse::analysis
