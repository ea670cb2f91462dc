// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a ranking would earn online: slates shown again in the order of a score, their expected
// clicks under the position-based model (Craswell, Zoeter, Taylor, Ramsey 2008)
//
//   E[clicks] = Σ_slates Σ_rank examination(rank) · attraction(document at rank)
//
// where attraction is the click probability of a document that is looked at. Only a simulated site
// knows both. It is the number that an online test would estimate, so that an offline metric can be
// held against it.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/metrics/scored.hpp"

namespace rehearse::metrics {

// Expected clicks of each row once its slate is in descending order of `scores`, ties in row order.
// `slate` is a code a row, in any order; ranks beyond the curve are not looked at.
// Errors: sizes differ, no rows, a score is not finite, an attraction or examination outside [0,
// 1].
Result<std::vector<double>> reranked_clicks(std::span<const std::uint32_t> slate,
                                            std::span<const double> attraction,
                                            std::span<const double> scores,
                                            std::span<const double> examination);

}  // namespace rehearse::metrics
