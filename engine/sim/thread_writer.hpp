// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the threads of threads.hpp are written: the facts of a world and what becomes of each, and
// one thread's texts with the places where facts are stated.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/sim/corpus_things.hpp"
#include "engine/sim/threads.hpp"

namespace rehearse::sim {

enum class FactFate { told, silent, disputed };

struct ThreadFact {
  FactFate fate = FactFate::told;
  std::string now, before;  // of a disputed one its two sides; else before is empty if never wrong
  int corrected_on = 0;
};

struct ThreadThing {
  std::string name, nickname;
  std::size_t community = 0;
  std::vector<ThreadFact> facts;  // by property of the community
  const std::vector<CorpusProperty>& properties() const {
    return corpus_communities()[community].properties;
  }
};

struct ThreadWorld {
  std::vector<ThreadThing> things;
};
ThreadWorld thread_world(const ThreadOptions& options);

struct WrittenText {
  std::string id, thread, parent, title, text;  // parent: empty for a post
  std::size_t community = 0;
  std::optional<int> day;
};

// Where a value stands: bytes [begin, end) of a text.
struct ThreadStatement {
  std::size_t text, begin, end;
  bool current, dated;
};
// By thing and fact.
using ThreadStatements = std::vector<std::vector<std::vector<ThreadStatement>>>;
ThreadStatements no_statements(const ThreadWorld& world);

// Appends the texts of one thread and what they state.
void write_thread(const ThreadOptions& options, const ThreadWorld& world, std::uint64_t number,
                  std::vector<WrittenText>& texts, ThreadStatements& statements);

}  // namespace rehearse::sim
