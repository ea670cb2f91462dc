// SPDX-License-Identifier: GPL-3.0-or-later
//
// The things that the posts of corpus.hpp and threads.hpp are about: names, nicknames, and facts of
// which some were wrong at first.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/sim/corpus_phrase.hpp"

namespace rehearse::sim {

inline constexpr int kCorpusDays = 365;

struct CorpusFact {
  std::string now, before;  // `before` is empty where the first value was right
  int corrected_on = 0;     // the day from which posts give the value of now
};

struct CorpusThing {
  std::string name, nickname, code;
  std::size_t community = 0;
  std::vector<CorpusFact> facts;  // its properties, then its fault
  std::size_t fault() const { return facts.size() - 1; }
};

// Names do not repeat: a place in the syllables, then a number where they run out. `corrected` is
// the share of facts whose first value was wrong. The same for every replicate of a world.
std::vector<CorpusThing> corpus_things(int count, double corrected, std::uint64_t seed);

template <class Range>
const auto& any(const Range& range, Stream& stream) {
  return range[stream.below(range.size())];
}

}  // namespace rehearse::sim
