// SPDX-License-Identifier: GPL-3.0-or-later
//
// Binomial draws: how many of n users convert, without a draw for each of them. By inversion where
// n min(p, 1-p) is below 10, else by transformed rejection (BTRS, Hörmann 1993): a few uniforms
// whatever n. Exact in law. A stream that has drawn one has used an unknown number of words, so
// each count has a stream of its own.
#pragma once

#include <cstdint>

#include "engine/base/random.hpp"

namespace rehearse::experiment {

// n ≥ 0, p in [0, 1] (asserted).
std::int64_t draw_binomial(Stream& stream, std::int64_t n, double p);

}  // namespace rehearse::experiment
