// SPDX-License-Identifier: GPL-3.0-or-later
//
// Negative downsampling: all rows with label 1 and a share of those with label 0. A row is chosen
// by its id (the integer column of role id, else its place), so that the rows kept at 5% are among
// those kept at 10%, and the same in every trainer. What it does to the probabilities, and how to
// undo it: calibration/map.hpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::models {

// Indices of the rows kept, ascending. keep_negatives in (0, 1].
std::vector<std::uint32_t> kept_rows(const Frame& rows, std::span<const std::uint8_t> labels,
                                     double keep_negatives, std::uint64_t seed);

}  // namespace rehearse::models
