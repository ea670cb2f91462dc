// SPDX-License-Identifier: GPL-3.0-or-later
//
// Shrinking: a smaller input that fails the same way, for people to look at.
//
// Delta debugging (Zeller, Hildebrandt 2002) over the input's tree: chunks of lists, strings and
// calls are left out, numbers move towards zero, for as long as the failure stays. Greedy, bounded
// by a number of tries, so that the same failure always shrinks to the same input.
#pragma once

#include <functional>

#include "drills/judge/drill.hpp"

namespace rehearse::judge {

// Does this input still fail in the same way? Called for every try.
using StillFails = std::function<bool(const Input&)>;

struct ShrinkBudget {
  int tries = 600;
  std::size_t values = 1'500'000;  // of all inputs tried, together
};

// The smallest failing input found; `input` itself when nothing smaller fails.
Input shrink(const Signature& signature, Input input, const StillFails& still_fails,
             const ShrinkBudget& budget = {});

// Values in an input, tables and strings' bytes counted: how much there is to read.
std::size_t size_of(const Input& input);
std::size_t size_of(const Value& value);

}  // namespace rehearse::judge
