// SPDX-License-Identifier: GPL-3.0-or-later
//
// What hashing costs: how many features share a place, beside what chance says they must. The
// hashing trick (Weinberger et al. 2009) gives each of n features one of m = 2^bits places, without
// a table; features that share one share their weight. With a good hash, for n features in m places
// (the birthday problem, Feller 1968, ch. II),
//
//   E[places taken]           = m (1 - (1 - 1/m)^n)
//   E[features that share]    = n (1 - (1 - 1/m)^(n-1))
//   E[pairs that share]       = n (n - 1) / (2 m)
//
// A row is touched when one of its features shares its place; with k features of a row that never
// share among themselves, chance touches it with probability 1 - (1 - 1/m)^(k (n-1)), nearly.
// Names that differ in their last characters alone (user=1201, user=1202) are spread by FNV-1a more
// evenly than chance would, so that ids often share less than expected.
// Counted by rows, collisions hurt less than by features: the features that are frequent are few.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"

namespace rehearse::features {

// The text that a model hashes for a cell: `name=value`.
using FeatureText = std::function<std::string(const Column&, std::size_t row)>;

struct HashCount {
  int bits = 0;
  double places = 0, features = 0;
  double taken = 0, expected_taken = 0;
  double sharing = 0, expected_sharing = 0;  // features that share a place with another
  double pairs = 0, expected_pairs = 0;
  double rows_touched = 0, expected_rows_touched = 0;  // shares of the rows
};

// One entry for each of `bits` (1 to 32), places by 64-bit FNV-1a modulo 2^bits. O(rows · columns +
// features) for each. Errors: no columns, no rows, one column is not there, bits out of range.
Result<std::vector<HashCount>> hash_report(const Frame& rows,
                                           const std::vector<std::string>& columns,
                                           const std::vector<int>& bits, const FeatureText& text);
// A row an entry, with the fields as columns.
Frame to_frame(const std::vector<HashCount>& counts);

}  // namespace rehearse::features
