// SPDX-License-Identifier: GPL-3.0-or-later
//
// Posts of the simulated communities over weeks: what a search index that must be kept up is judged
// with. The same sentences as corpus.hpp; what is new is the calendar.
//
//   things come      some are launched on a day of the run; nobody has heard their names before.
//                    A new thing is written and asked about 1 + burst · exp(-age / 5 days) times as
//                    much as an old one
//   posts come       by the hour; those of the 60 days before day 0 fill the first index
//   facts change     from its day on, a corrected fact is stated with its new value, and some
//                    authors edit the post that has the old one, within two days
//   posts go         a share is deleted, 10 days after it was written on average
//   questions shift  from `mix_day` another share of them is worded unlike the posts
//
//   kind of query   asks by
//   words           the name, in the wording of some post that stands
//   nickname        the nickname, in any wording, where a post that uses the name alone answers
//   code            the error code of a fault
//
// Relevance is as of the moment of the question: 2 for a post that states the fact as it then is, 1
// for one that still has the old value; a post that is gone has none. Draws are keyed by thing,
// post and query, so another number of days leaves the days that remain alone.
#pragma once

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::sim {

struct CorpusDaysOptions {
  int days = 42;                  // [1, 730]
  int posts_before = 600;         // written in the 60 days before day 0, [10, 20000]
  int posts_a_day = 30;           // [1, 2000]
  int queries_a_day = 40;         // [1, 2000]
  int things = 48;                // [6, 1200]; the first six are old ones
  double new_things = 0.4;        // share launched during the run, [0, 1]
  double burst = 8;               // [0, 100]
  double nicknames = 0.3;         // share of posts that use the nickname alone, [0, 1]
  double both_names = 0.3;        // share that say both names once, [0, 1]; both at most 1 together
  double deleted = 0.15;          // share of posts, [0, 1]
  double corrected = 0.25;        // share of facts, [0, 1]
  double edited = 0.5;            // share of posts with a corrected value, [0, 1]
  double worded_otherwise = 0.3;  // share of questions of the kind `nickname`, [0, 0.9]
  double worded_otherwise_after = 0.3;  // the same from mix_day, [0, 0.9]
  double mix_day = 0;
  std::uint64_t seed = 1, replicate = 0;  // replicate < 2^32
};

struct CorpusDays {
  // document text id ("p17"), revision int32 (2 where it was edited), from and until in days (until
  // is missing while it stands), community, text; by `from`. A document that was gone before day 0
  // is not listed.
  Frame documents;
  // query text id, day int32, time in days, kind, text; by time. Only what a post answers is asked.
  Frame queries;
  // query, document, revision, relevance int32; by query.
  Frame judgements;
};
// O(posts · things + queries · posts of a thing). Errors: an option out of its range (named), no
// question that a post answers, cancelled.
Result<CorpusDays> simulate_corpus_days(const CorpusDaysOptions& options,
                                        const Progress& progress = {});

}  // namespace rehearse::sim
