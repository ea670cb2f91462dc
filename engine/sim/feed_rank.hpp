// SPDX-License-Identifier: GPL-3.0-or-later
//
// The list that a policy makes of one day's posts for one reader (feed.hpp): a cheap first stage
// hands on some candidates, the ranker orders them, and each place takes the best of what is left.
#pragma once

#include <span>
#include <vector>

#include "engine/base/random.hpp"
#include "engine/sim/feed_session.hpp"

namespace rehearse::sim {

class FeedRanker {
 public:
  // Keeps references to both.
  FeedRanker(const FeedWorld& world, const FeedPolicy& policy);

  // `believed` is what is known of the reader. Posts younger than `least_age_days` are not there
  // (where none is left, all are). The span is valid until the next call.
  std::span<const std::uint32_t> list(std::size_t user, std::size_t day, const FeedReader& believed,
                                      double least_age_days);
  // By clicks alone, for a reader of whom nothing is known, without errors.
  std::span<const std::uint32_t> popular(std::size_t day);

 private:
  void score(const FeedPosts& posts, const FeedReader& believed,
             std::span<const std::uint32_t> errors, const std::vector<float>& table);
  void keep_best(std::size_t count);
  void fill(const FeedPosts& posts, Stream& luck, double diversity, double explore);

  const FeedWorld& world_;
  const FeedPolicy& policy_;
  StreamKey luck_;
  std::vector<float> first_errors_, ranker_errors_;
  std::vector<std::uint32_t> candidates_, list_;
  std::vector<float> scores_;           // of candidates_
  std::vector<std::uint16_t> repeats_;  // by creator
};

}  // namespace rehearse::sim
