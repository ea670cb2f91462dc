// SPDX-License-Identifier: GPL-3.0-or-later
//
// Labels as a trainer wants them: 0 or 1, finite values or counts, checked once.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::models {

// The column named, or with an empty name the only one of role label.
// Errors: none or several have the role; the name is not there.
Result<const Column*> label_column(const Frame& rows, std::string_view name);
// One byte a row. Errors: a text column, a value missing or not 0 or 1 (the row is named, from 0).
Result<std::vector<std::uint8_t>> binary_labels(const Column& column);
// A finite number a row. Errors: a text column, a value missing or infinite (the row is named).
Result<std::vector<double>> value_labels(const Column& column);
// Whole numbers ≥ 0. Errors: as value_labels; a fraction or a negative number.
Result<std::vector<double>> count_labels(const Column& column);

}  // namespace rehearse::models
