// SPDX-License-Identifier: GPL-3.0-or-later
//
// Threads of made-up communities: a post with a title and a long body, and comments below it. They
// state facts about the things of corpus_things.hpp, and questions are asked of them whose answers
// are known, or known not to be there: what a search that answers can be judged with.
//
// Where corpus.hpp has one short text a post, here a text alone does not say what it is about:
//
//   a body      names its thing in the title and says "it" from there on
//   a comment   says "it" too, mostly, and may mention another thing by name at its end
//   a reply     may hold the value alone ("Mine says 450 g."): what was asked stands in its parent
//
//   kind of question   what is there                                        what is due
//   plain              one value                                            that value
//   corrected          an older value too, and posts of both                the newer value
//   missing            nobody states it                                     a refusal
//   disputed           two values, in posts that carry no day               a refusal
//
// Some threads come from an archive without days. Only there are facts disputed; other facts are
// stated there at their old or their new value. Draws are keyed by thing, thread, comment and
// question; what is silent, disputed or corrected is the same in every replicate of a world.
#pragma once

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::sim {

struct ThreadOptions {
  int threads = 300;        // [6, 50000]
  int things = 36;          // [6, 1200], spread over six communities
  int comments = 5;         // of a thread at most, [0, 60]
  int sentences = 14;       // of a body, [4, 1000]
  int queries = 60;         // of each kind, [1, 2000]
  double nicknames = 0.2;   // share of titles by nickname, [0, 1]
  double unnamed = 0.8;     // share of comments that say "it", [0, 1]
  double replies = 0.35;    // share of turns that are a question and a reply with its value, [0, 1]
  double asides = 0.3;      // share of comments that end with another thing's fact, [0, 1]
  double silent = 0.15;     // share of facts that nobody states, [0, 1]
  double disputed = 0.15;   // share of facts that are disputed, [0, 1]; both at most 1 together
  double corrected = 0.35;  // share of facts whose first value was wrong, [0, 1]
  double undated = 0.15;    // share of threads without a day, [0, 1]
  std::uint64_t seed = 1, replicate = 0;  // replicate < 2^32
};

struct Threads {
  // document text id ("t7" a post, "t7c2" a comment), thread ("t7"), parent (a document; missing
  // for a post), title, community, day int32 (of a year; missing where undated), text. The text of
  // a post begins with the line of its title.
  Frame documents;
  // query text id, kind, text, answer (missing where a refusal is due).
  Frame queries;
  // query, document, relevance int32: 2 states what is true now, 1 what was once, or one side of a
  // dispute; begin, end int32: bytes of the document that hold the value. Sorted by query.
  Frame judgements;
  // thing id ("1"), name, alias (the nickname).
  Frame things;
};
// O(words written + queries · statements of a fact).
// Errors: an option out of its range (named); too few threads to ask anything; cancelled.
Result<Threads> simulate_threads(const ThreadOptions& options, const Progress& progress = {});

}  // namespace rehearse::sim
