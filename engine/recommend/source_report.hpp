// SPDX-License-Identifier: GPL-3.0-or-later
//
// Candidate sources side by side: the quality of their lists, and how much of what a user would
// have taken is still there when each hands on n candidates. What a source loses no later stage
// finds, so a first stage is judged by recall at the depth that the second can pay for.
//
//   recall@n   hits among the first n over all relevant, mean over users
//   merged     the sources in turn, each giving its next candidate that is not there yet
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/recommend/evaluate.hpp"

namespace rehearse::recommend {

// Scores that are known for every user and item, such as the truth of a simulated site.
class GivenScores final : public Recommender {
 public:
  // scores[user · items + item]; the size is users · items (asserted).
  GivenScores(const Interactions& training, std::vector<double> scores);
  std::string describe() const override { return "given scores"; }
  std::size_t bytes() const override { return scores_.size() * sizeof(double); }
  const Interactions& training() const override { return training_; }
  void score(std::uint32_t user, std::span<double> scores) const override;

 private:
  Interactions training_;
  std::vector<double> scores_;
};

struct NamedRecommender {
  std::string name;
  RecommenderPtr model;
};

struct SourceReport {
  // A row a source: method text, ndcg, recall, map, mrr (at k), coverage (share of items in any
  // list of k), popular_share (places of lists held by the tenth of items with most interactions),
  // kilobytes. The merged list is not measured here.
  Frame summary;
  // A row a source and depth: series text, depth int32, recall.
  Frame depths;
};

// Depths 1, 2, 5, 10 … up to all items. `merge`: also the series "merged" of all sources whose name
// does not begin with "best possible". Errors: no source, those of evaluate. O(users · sources ·
// scoring).
Result<SourceReport> report_on_sources(const std::vector<NamedRecommender>& sources,
                                       const Interactions& test, std::size_t k, bool merge,
                                       const Progress& progress = {});

}  // namespace rehearse::recommend
