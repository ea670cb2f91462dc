// SPDX-License-Identifier: GPL-3.0-or-later
//
// Columns of a user's table as numbers, every cell there, or an error with the row.
#pragma once

#include <string>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::cli {

// Errors: no such column, it holds text, a cell is empty (rows count from 1 below the header).
Result<std::vector<double>> full_numbers(const Frame& table, const std::string& column);

}  // namespace rehearse::cli
