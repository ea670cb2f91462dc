// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fewer points for a plot than there are rows, chosen so that the drawing does not change: a curve
// keeps its first and last point and both sides of every jump, a cloud keeps a sample that is the
// same in every run and at every knob. Use them at the end of a view step; metrics are always
// computed on all rows.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace rehearse::steps {

// Indices of at most `most` points (most >= 4) of the path through (x, y), in order; the first and
// the last are always among them. Two neighbours that are kept are either neighbours of the path or
// lie within a common distance |dx| + |dy|, the smallest of a doubling sequence that is enough.
// All points where they are few. O(n log n) at worst.
std::vector<std::uint32_t> thinned_path(std::span<const double> x, std::span<const double> y,
                                        std::size_t most);

// At most `most` of the rows 0 … rows - 1, ascending, each equally likely to be among them. A row's
// draw depends on the seed and the row alone. O(rows).
std::vector<std::uint32_t> stable_sample(std::size_t rows, std::size_t most, std::uint64_t seed);

}  // namespace rehearse::steps
