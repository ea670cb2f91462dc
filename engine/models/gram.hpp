// SPDX-License-Identifier: GPL-3.0-or-later
//
// Weighted least squares on encoded rows by their normal equations:
//
//   (X'CX + λ I₋) w = X'C y,   C = diag(c),   I₋ spares the bias
//
// O(rows · width² + parameters³): for hundreds of parameters and any number of rows. Without λ, and
// where columns depend on each other (all levels of a text beside the bias), the shortest solution.
#pragma once

#include <span>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/models/encoding.hpp"

namespace rehearse::models {

inline constexpr std::size_t kMostNormalParameters = 2000;

// Errors: more than 2000 parameters.
Result<void> require_few_parameters(const Encoding& encoding, const char* who);

// `c` empty: 1 each. Sizes agree (asserted).
std::vector<double> weighted_least_squares(const EncodedRows& x, std::size_t parameters,
                                           std::span<const double> y, std::span<const double> c,
                                           double lambda);

}  // namespace rehearse::models
