// SPDX-License-Identifier: GPL-3.0-or-later
//
// How good are the lists of a recommender on what its users did next?
//
// Each test user is a query. Every test interaction is relevant; what the user had in training is
// masked; all other items are candidates, ordered by score, among equals the lowest code first.
//
//   nDCG@k     Σ_{hits} 1/log2(rank + 1) over that of min(k, relevant) hits at the top
//   recall@k   hits among the first k over all relevant
//   MAP        mean over the relevant of the precision at their rank, whole list
//   MRR@k      1 over the rank of the first hit within k, else 0
//
// as in metrics/ranking.hpp with relevance 0 and 1. All candidates are ranked, never a sample of
// them, whose order of methods may be another (Krichene, Rendle 2020). A user without training has
// no list of their own and is left out of every mean, for every method alike, and counted; an item
// without training stays relevant although no method here can find it by more than chance.
#pragma once

#include <string>
#include <vector>

#include "engine/base/stop.hpp"
#include "engine/metrics/scored.hpp"
#include "engine/recommend/recommender.hpp"

namespace rehearse::recommend {

struct ListQuality {
  std::uint32_t user = 0;
  std::size_t relevant = 0, hits = 0;  // hits among the first k
  double ndcg = 0, recall = 0, average_precision = 0, reciprocal_rank = 0;
};

// From the ranks of a user's relevant items, ascending from 1; there is one at least (asserted).
ListQuality quality_of(std::uint32_t user, const std::vector<std::size_t>& ranks, std::size_t k);

struct Evaluation {
  std::size_t k = 0;
  std::size_t unknown_users = 0;            // in the test, without training: left out
  std::vector<ListQuality> users;           // those measured, in order of their codes
  metrics::Measure ndcg, recall, map, mrr;  // means over `users`
  // By item: in how many lists of k it stood, in how many as a hit, and how often it was relevant.
  std::vector<std::uint32_t> listed, hit, relevant;
};

// `test` has the users and items of the model's training, and no pair of it. Errors: sizes differ,
// k is 0, a pair is in training too; stopped. O(users · (scoring + items log relevant)).
Result<Evaluation> evaluate(const Recommender& model, const Interactions& test, std::size_t k,
                            const Progress& progress = {});

// The ranks, from 1 and ascending, that `relevant` items (ascending codes) take among all items
// without `masked`. O(items log relevant).
std::vector<std::size_t> ranks_of(std::span<const double> scores,
                                  std::span<const std::uint32_t> masked,
                                  std::span<const std::uint32_t> relevant);

// The mean difference of nDCG between two evaluations of the same users, with its standard error
// (ddof 1): paired, since users differ far more than methods do. Undefined error below 2 users.
struct PairedDifference {
  double mean = 0;
  metrics::Measure standard_error;
};
Result<PairedDifference> ndcg_difference(const Evaluation& one, const Evaluation& other);

}  // namespace rehearse::recommend
