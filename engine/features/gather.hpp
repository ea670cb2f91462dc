// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cells of a column picked by row, with gaps: what a join and a store answer where they found
// nothing. Frame::take picks whole rows and knows no gaps.
#pragma once

#include <cstdint>
#include <span>

#include "engine/base/frame.hpp"

namespace rehearse::features {

// Row rows[i] of the column at place i; -1 is missing. Same name, type and info. O(rows). Places
// are < column.size() (asserted).
Column gathered(const Column& column, std::span<const std::int64_t> rows);

}  // namespace rehearse::features
