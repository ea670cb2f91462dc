// SPDX-License-Identifier: GPL-3.0-or-later
//
// Saved models: a fitted model as JSON, and back with every digit.
//
// For a model that outlives the process that trained it: scores of the loaded one are those of the
// one saved, bit for bit. What only training needs (state of an optimizer, the library's
// own copy of its trees) is left out; FTRL keeps its z and n, which are its weights.
//
// A file may be cut short, edited or made up: each size, index and number is checked before a model
// is made of it, and the content's hash tells damage from the wrong kind of file.
#pragma once

#include "engine/base/json.hpp"
#include "engine/base/scorer.hpp"

namespace rehearse::models {

// {"kind": "ftrl" | "linear" | "fm" | "boosted" | "network", "hash": …, "content": {…}}.
// Errors: a model of another kind; a linear model of a transformed label. O(parameters).
Result<Json> save_model(const Scorer& model);

// Errors: no such kind; a field is missing or of another type; sizes or indices that do not fit
// each other; a number that is not finite; the content is not what was hashed.
Result<ScorerPtr> load_model(const Json& saved);

}  // namespace rehearse::models
