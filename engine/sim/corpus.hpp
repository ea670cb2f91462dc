// SPDX-License-Identifier: GPL-3.0-or-later
//
// Posts of made-up communities in readable English, carrying facts, and questions whose answers are
// known by construction: what a search can be judged with before anybody has labelled anything.
//
// A thing (a grinder, a keyboard) has a name and a nickname, and some properties with a value. A
// post states a fact or two of one thing in one of four wordings, among sentences of its community
// that state nothing. It calls the thing by its name, by its nickname, or once by both. Some facts
// were wrong at first: the older posts give another value, and a newer one corrects them. Each
// thing also has a fault with an error code, a word that stands nowhere else.
//
//   kind of query   asks by                                    who should find it
//   words           the name, in the wording of some post      BM25
//   meaning         the name, in a wording of no such post     what knows which words keep company
//   code            the error code                             BM25: the code has no company
//   typo            as `words`, with a letter of the name wrong neither, by whole words
//
// Relevance of a post to a question: 2 if it states the fact as it now is, 1 if it gives the value
// that was corrected since, 0 otherwise. Draws are keyed by thing, post and query.
#pragma once

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::sim {

struct CorpusOptions {
  int posts = 1200;          // [10, 200000]
  int things = 48;           // [6, 1200], spread over six communities
  int queries = 60;          // of each kind, [1, 2000]
  double nicknames = 0.45;   // share of posts that use the nickname alone, [0, 1]
  double both_names = 0.15;  // share that say both names once, [0, 1]; both at most 1 together
  double reposts = 0.08;     // share that repeat an earlier post, [0, 1]
  double corrected = 0.25;   // share of facts whose first value was wrong, [0, 1]
  double typos = 0.03;       // share of words of posts with a letter wrong, [0, 0.5]
  std::uint64_t seed = 1, replicate = 0;  // replicate < 2^32
};

struct Corpus {
  // document text id ("p17"), community text, day int32, text.
  Frame documents;
  // query text id ("q3"), kind text, text, answer text (the value as it now is).
  Frame queries;
  // query, document text ids, relevance int32 (1 or 2); sorted by query.
  Frame judgements;
};
// A question is only asked where a post answers it. O(posts + queries · posts of a thing).
// Errors: an option out of its range (named); too few posts to ask anything; cancelled.
Result<Corpus> simulate_corpus(const CorpusOptions& options, const Progress& progress = {});

}  // namespace rehearse::sim
