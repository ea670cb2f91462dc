// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which rows a model is trained on when negatives are dropped at random: every positive, and a
// negative by its id, so that models of different kinds train on the same rows, and the rows kept
// at 5% are among those kept at 10%.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::models {

// Rows in their order; labels are those of the frame's rows, above 0 is a positive. By the first
// integer column of role id, or the row's place where there is none. keep in (0, 1].
std::vector<std::uint32_t> rows_with_negatives_kept(const Frame& rows,
                                                    std::span<const float> labels, double keep,
                                                    std::uint64_t seed);

// At most `most` row numbers of `count`, evenly spaced, the first included.
std::vector<std::uint32_t> evenly_spaced(std::size_t count, std::size_t most);

}  // namespace rehearse::models
