// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scorers that every model is measured against: the base rate, below which a model is useless, and
// the truth, beyond which none can be.
#pragma once

#include "engine/base/scorer.hpp"

namespace rehearse::models {

// The same probability for every row. Errors: not in [0, 1].
Result<ScorerPtr> constant_scorer(double probability, std::string name = "constant");

// The mean label of `rows` for every row: facts rows_trained, positives.
// Errors: no rows, no label column (empty name: the column of role label), a label not 0 or 1.
Result<ScorerPtr> prior_scorer(const Frame& rows, std::string_view label = {});

// Reads the truth off its column: for views and bounds, never for a comparison of models.
// score() fails where the column is not there ("not known for your data") or is no probability.
ScorerPtr truth_scorer(std::string column = "click_probability");

}  // namespace rehearse::models
