// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/corpus_things.hpp"

#include <fmt/format.h>

#include <set>

namespace rehearse::sim {

std::vector<CorpusThing> corpus_things(int count, double corrected, std::uint64_t seed) {
  std::vector<CorpusThing> things;
  std::set<std::string> names;
  for (int i = 0; i < count; ++i) {
    Stream stream(seed, "corpus.thing", 0, static_cast<std::uint64_t>(i));
    CorpusThing thing;
    thing.community = static_cast<std::size_t>(i) % kCommunities;
    do {
      thing.name = drawn_name(stream);
    } while (!names.insert(thing.name).second);
    thing.nickname = nickname_of(static_cast<std::size_t>(i));
    thing.code = fmt::format("e{}x{}", 100 + i, 10 + stream.below(90));
    for (const CorpusProperty& property : corpus_communities()[thing.community].properties) {
      CorpusFact fact;
      fact.now = value_of(property, stream);
      const bool wrong = stream.bernoulli(corrected);
      fact.corrected_on = static_cast<int>(stream.between(kCorpusDays / 3, 2 * kCorpusDays / 3));
      const std::string first = value_of(property, stream);
      if (wrong && first != fact.now) fact.before = first;
      thing.facts.push_back(std::move(fact));
    }
    thing.facts.push_back({std::string(any(corpus_fault_meanings(), stream)), "", 0});
    things.push_back(std::move(thing));
  }
  return things;
}

}  // namespace rehearse::sim
