// SPDX-License-Identifier: GPL-3.0-or-later
//
// The same dwell time as an event: whether it exceeds a number of seconds, and the probability that
// it does (outcomes.hpp says how dwell is made):
//
//   P(dwell > s) = e [ a Φ(ln(m₁/s)/σ) + (1 - a) h Φ(ln(m₀/s)/σ) ]
//
// with m₁, m₀ the medians after a click and without. The taste behind h, m₁ and m₀ is read back
// from dwell_positive = e (a + (1 - a) h), so a log must carry examination, attraction,
// dwell_positive.
#pragma once

#include <optional>

#include "engine/base/frame.hpp"

namespace rehearse::sim {

// A probability a row; none where the log lacks those columns (a user's own table). seconds > 0.
std::optional<std::vector<double>> dwell_exceeds(const Frame& log, double seconds);
// Of one impression. examination, attraction in (0, 1); positive between e·a and e.
double dwell_exceeds(double examination, double attraction, double positive, double seconds);

}  // namespace rehearse::sim
