// SPDX-License-Identifier: GPL-3.0-or-later
//
// Requests for a ranked list: candidates with features and several outcomes, each from a known
// probability. It is what learning to rank, tasks that share a model, and re-ranking are tried on.
// Every candidate of a logged request is taken as seen, so there is no position bias here; where it
// matters, use impressions.hpp.
//
//   click   p = σ(b + liking + 0.7 quality + 1.6 headline - fading + interplay · (…))
//   read    a click whose dwell time is 30 s or longer: dwell ~ lognormal(μ, 0.8),
//           μ = ln 30 + 1.2 + 0.6 quality + 0.3 liking - 2.4 headline
//   report  p = σ(r + 2.2 headline - 0.6 quality + 3 unsafe), clicked or not
//
// liking is how the user of the request feels about the topic. The headline promises more than the
// post holds: it brings clicks, short reads and reports, so that the best list by clicks is not the
// best list. `interplay` is what no sum of columns can say: liking counts more for good posts, news
// ages fast and guides hardly at all, a loud headline works on fresh posts only. b and r make the
// mean rates what is asked for.
//
// Columns of a row, a candidate:
//   request int32 id; post int32 id; author, community text
//   topic, media text features; affinity, votes, headline, age_hours, hour, risk double features:
//     affinity is liking, votes quality, risk unsafe, each seen through noise
//   relevance uint8 label: 0, 1 clicked, 2 clicked and read; click, read, report uint8 labels
//   dwell_seconds double label: 0 without a click
//   click_probability, read_probability, report_probability, dwell_expected double truth
//   gain_expected double truth: Σ P(relevance) (2^relevance - 1); no list beats its order in nDCG
//   unsafe uint8 truth
//
// Draws are keyed by the request: more requests leave those before as they are.
#pragma once

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::sim {

struct RankedListOptions {
  int requests = 800;                     // that can be learned from, [1, 50000]
  int later = 1500;                       // after them, to be judged by, [1, 50000]
  int candidates = 20;                    // of a request, [2, 500]; at most 2e6 rows in all
  int topics = 6;                         // [2, 50], three communities each
  double click_rate = 0.12;               // mean over candidates, [0.001, 0.5]
  double report_rate = 0.01;              // likewise, [0.0001, 0.2]
  double interplay = 1;                   // [0, 3]
  double noise = 0.4;                     // sd of what is seen of liking and quality, [0, 5]
  double unsafe = 0.04;                   // share of posts that should not be shown, [0, 0.5]
  std::uint64_t seed = 1, replicate = 0;  // replicate < 2^32
};

struct RankedLists {
  Frame past, later;
};
// O(rows). Errors: an option out of its range (named); cancelled.
Result<RankedLists> simulate_ranked_lists(const RankedListOptions& options,
                                          const Progress& progress = {});

}  // namespace rehearse::sim
