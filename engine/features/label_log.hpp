// SPDX-License-Identifier: GPL-3.0-or-later
//
// The labels of one or more tables in a row, with the moments at which they were shown and known:
// what encoders that read labels begin with.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::features {

struct LabelLog {
  std::vector<std::int64_t> time, known;  // empty unless asked for by a name
  std::vector<double> value;
  std::vector<std::size_t> begins;  // where each table begins, and the end
};

// `time` empty: moments are not needed. `arrival` empty: known at the row's time. A label other
// than 0 without an arrival is never known.
// Errors: a column is not there or holds texts; a label that is missing or infinite; an arrival
// before its row.
Result<LabelLog> label_log(std::span<const Frame> tables, const std::string& label,
                           const std::string& time, const std::string& arrival);

// Labels alone. Errors: as above.
Result<std::vector<double>> finite_labels(const Frame& rows, const std::string& label);

}  // namespace rehearse::features
