// SPDX-License-Identifier: GPL-3.0-or-later
//
// The nearest name to one that was mistyped, for "did you mean" in error messages: columns, steps,
// parameters, flags, ids. Distance is the optimal string alignment distance (Damerau 1964 with each
// part edited once): insertion, deletion, substitution and the swap of two neighbours cost 1, and
// the case of ASCII letters costs nothing.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace rehearse {

// O(|a|·|b|).
std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate with the least distance, if that is at most a third of the longer length (and at
// least 1); empty otherwise. The first wins a tie.
std::string nearest_name(std::string_view name, std::span<const std::string> candidates);

// "; did you mean `x`?" or nothing, to be put behind a message.
std::string did_you_mean(std::string_view name, std::span<const std::string> candidates);

}  // namespace rehearse
