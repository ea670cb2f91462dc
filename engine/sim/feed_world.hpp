// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who reads the feed and what there is to show: everything of feed.hpp that no policy changes, laid
// out by day for the loops of ranking. Odds instead of log-odds, since the odds of a pair are then
// a product and no exponential is taken for each pair.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/sim/feed.hpp"
#include "engine/sim/feed_return.hpp"

namespace rehearse::sim {

// The posts of one day.
struct FeedPosts {
  std::vector<std::uint8_t> topic;
  std::vector<std::uint16_t> creator;
  std::vector<float> click_odds, finish_odds, minutes, report, age_days, fresh;
  std::size_t size() const { return topic.size(); }
};

using TopicNumbers = std::array<double, kFeedTopics>;

class FeedWorld {
 public:
  // Options within their ranges.
  explicit FeedWorld(const FeedOptions& options);
  // Draws the errors of predictions. False when told to stop.
  bool draw_errors(const Progress& progress);

  const FeedOptions& options() const { return options_; }
  const ReturnGrid& returns() const { return grid_; }
  const FeedPosts& posts(std::size_t day) const { return posts_[day]; }
  const TopicNumbers& taste(std::size_t user) const { return taste_[user]; }  // log-odds
  // Of standard normal, what a first impression has beside taste.
  const TopicNumbers& misjudged(std::size_t user) const { return misjudged_[user]; }
  TopicNumbers mood(std::size_t user, std::size_t day) const;  // log-odds
  // A word a post, 30 bits of which say how far the predictions of `stage` (0 first, 1 ranker) are
  // off: ten for the click, ten for finishing, ten for the report (error_table).
  std::span<const std::uint32_t> errors(int stage, std::size_t user, std::size_t day) const;

 private:
  void make_posts();
  void make_users();
  void find_intercept();

  FeedOptions options_;
  ReturnGrid grid_;
  std::vector<FeedPosts> posts_;
  std::vector<TopicNumbers> taste_, misjudged_;
  std::vector<std::uint32_t> errors_[2];
};

// e^{sd z} at the mid quantiles of 1024 equal shares of a standard normal, rescaled to sd 1.
std::vector<float> error_table(double sd);

}  // namespace rehearse::sim
