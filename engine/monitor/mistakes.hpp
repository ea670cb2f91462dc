// SPDX-License-Identifier: GPL-3.0-or-later
//
// A model's mistakes in the order in which they become known: what a detector of concept drift
// watches. Inputs cannot tell that the rule between input and outcome has changed; only outcomes
// can, and they come late. A row counts when `wait_hours` have passed since it was shown, with the
// click that had arrived by then; one that comes later is lost, and the wait is the least delay
// that any detector behind it can have.
//
//   log_loss  -ln of the probability given to what happened; a row each
//   residual  y - p: moves when the level is wrong, blind when errors cancel; a row each
//   miss      of each click: 1 when the model had scored it in the lower half of its slate
#pragma once

#include "engine/base/frame.hpp"
#include "engine/base/scorer.hpp"

namespace rehearse::monitor {

enum class Mistake { log_loss, residual, miss };
Result<Mistake> parse_mistake(const std::string& name);

// Rows need time, click, click_arrival and, for misses, session_id. Gives day (fractional, when it
// became known, counted as the column `day` counts), value, weighted by nothing; ascending in day.
// Errors: a column is missing, rows not in order of time, no row old enough, no click to miss.
Result<Frame> mistakes(const Scorer& model, const Frame& rows, Mistake kind, double wait_hours);

}  // namespace rehearse::monitor
