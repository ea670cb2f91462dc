// SPDX-License-Identifier: GPL-3.0-or-later
//
// Index lifecycle: what a search finds from day to day when posts come, are corrected and go, under
// a plan of upkeep. The plan is replayed event by event on a dated corpus, and what it costs is
// counted: documents read, bytes written again, postings read. Nothing is timed.
//
//   rebuild   every so many days an index of all that stands is built from scratch. In the shadow
//             the old one serves until the new one is whole, at the price of both in memory; in
//             place there is none meanwhile. The index shows the corpus as of the build's beginning
//   merge     new posts go to the hot index at its end, which is merged into the main one every so
//             many days, from postings and not from texts
//   tiered    each refresh is a segment of its own; when `fanout` of a size stand at the end they
//             are merged into one of the next size (O'Neil et al. 1996)
//   rotate    a shard for every so many days; only the newest `shards` are kept, so old posts leave
//             without a tombstone or a merge, and cannot be found any more
//
// A hot index is small, append-only and refreshed every so many hours: new posts are added to it,
// and posts that are gone get their tombstones, in all segments. Without one new posts wait for the
// next rebuild, merge or shard, and posts that are gone are still found until then.
//
// Merges and refreshes are at once; a rebuild takes standing documents / documents_per_hour, and
// its work is counted on the day when it serves.
#pragma once

#include <vector>

#include "engine/base/stop.hpp"
#include "engine/retrieval/dated_corpus.hpp"
#include "engine/retrieval/segmented_index.hpp"

namespace rehearse::retrieval {

enum class Upkeep { rebuild, merge, tiered, rotate };

struct LifecyclePolicy {
  Upkeep upkeep = Upkeep::merge;
  double every_days = 7;     // between two rebuilds, merges or shards, from day 0; > 0
  double refresh_hours = 1;  // of the hot index, from 0.1; 0: there is none, not for tiered
  bool shadow = true;
  double documents_per_hour = 200;  // of a rebuild; > 0
  std::size_t fanout = 8;           // [2, 1000]
  std::size_t shards = 4;           // [1, 1000]
  SegmentedOptions index = {};
  std::size_t k = 10;     // [1, 1000]
  double fresh_days = 2;  // a post is fresh when it is younger; > 0
};

// One day of searches. A mean is NaN where the day has nothing to take it over.
struct LifecycleDay {
  int day = 0;
  std::size_t queries = 0, answerable = 0;  // with a relevant document
  std::size_t with_fresh = 0;               // with a fresh relevant one
  double recall = 0, fresh_recall = 0;
  double gone_share = 0;                // of hits: documents that stand no more
  double lag_hours = 0;                 // mean age of what the index shows when it is asked
  double unavailable_share = 0;         // of queries: no index at all
  double postings = 0;                  // read, a query
  double segments = 0;                  // looked into, a query
  std::size_t most_bytes = 0;           // of indexes, a shadow included
  double dead_share = 0;                // of the documents in the index at the end of the day
  std::size_t indexed = 0, merged = 0;  // documents read as text; written again from postings
  std::uint64_t merged_bytes = 0;
};

// A row for each day from the first query's to the last's. Upkeep begins at the beginning of the
// first of them with an index of all that stands then (as shards, for rotate), whose making is not
// counted.
// Errors: those of check_dated, an option out of its range (named), those of SegmentedIndex,
// cancelled. O(queries · (postings + documents) + work of the plan).
Result<std::vector<LifecycleDay>> replay_lifecycle(const DatedCorpus& corpus,
                                                   const LifecyclePolicy& policy,
                                                   const Progress& progress = {});

}  // namespace rehearse::retrieval
