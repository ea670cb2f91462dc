// SPDX-License-Identifier: GPL-3.0-or-later
//
// The content hash of a step's call: what it is named after in the cache, and its lineage.
#pragma once

#include <cstdint>
#include <functional>

#include "engine/base/hash.hpp"
#include "engine/plan/plan.hpp"

namespace rehearse::plan {

void add_to(Hasher& hasher, const Value& value);

// Step name and version, seed, parameters, the hashes of the inputs (of the node that makes each,
// or of what was given in its place) and the labels that a legend would show.
std::uint64_t content_hash(const Node& node,
                           const std::function<std::uint64_t(const Ref&)>& hash_of,
                           std::uint64_t seed);

}  // namespace rehearse::plan
