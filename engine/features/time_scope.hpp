// SPDX-License-Identifier: GPL-3.0-or-later
//
// TimeScope: which moments an encoder may look at when it encodes a row. Every encoder of this room
// declares one. A feature that looks further than the moment of its row cannot be had when the
// model is live: measured on a log it looks splendid, served it is gone (Kaufman, Rosset, Perlich
// 2012, "Leakage in data mining", call this the "no time machine" requirement).
#pragma once

#include <string>

#include "engine/base/error.hpp"

namespace rehearse::features {

enum class TimeScope {
  row_alone,     // the row's own columns
  fit_rows,      // all fitting rows whatever their time, and none of their labels
  other_folds,   // labels of fitting rows that stand in another fold
  known_before,  // rows before its own, and the labels that had arrived by then
  own_label,     // the label of the row that is encoded, too: a leak
};

// "rows before its own, and the labels that had arrived by then".
const char* looks_at(TimeScope scope);

// Error: the scope holds the row's own label and `allow_leak` is not set. `what` names the encoder.
Result<void> require_honest(TimeScope scope, bool allow_leak, const std::string& what);

}  // namespace rehearse::features
