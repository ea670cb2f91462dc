// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/feed_rank.hpp"

#include <algorithm>
#include <numeric>

namespace rehearse::sim {

FeedRanker::FeedRanker(const FeedWorld& world, const FeedPolicy& policy)
    : world_(world),
      policy_(policy),
      luck_(stream_key(world.options().seed, "feed.explore")),
      first_errors_(error_table(policy.retrieval_noise)),
      ranker_errors_(error_table(policy.noise)),
      repeats_(static_cast<std::size_t>(world.options().creators)) {}

void FeedRanker::score(const FeedPosts& posts, const FeedReader& believed,
                       std::span<const std::uint32_t> errors, const std::vector<float>& table) {
  const auto click = static_cast<float>(policy_.click), dwell = static_cast<float>(policy_.dwell),
             report = static_cast<float>(policy_.report), fresh = static_cast<float>(policy_.fresh);
  std::array<float, kFeedTopics> to_click{}, to_finish{};
  for (std::size_t t = 0; t < kFeedTopics; ++t) {
    to_click[t] = static_cast<float>(believed.click[t]);
    to_finish[t] = static_cast<float>(believed.finish[t]);
  }
  scores_.resize(candidates_.size());
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    const std::uint32_t k = candidates_[i], e = errors[k];
    const float click_odds = posts.click_odds[k] * to_click[posts.topic[k]] * table[e & 1023],
                finish_odds =
                    posts.finish_odds[k] * to_finish[posts.topic[k]] * table[(e >> 10) & 1023];
    const float c = click_odds / (1 + click_odds), f = finish_odds / (1 + finish_odds);
    scores_[i] = c * (click + dwell * f * posts.minutes[k]) -
                 report * posts.report[k] * table[(e >> 20) & 1023] + fresh * posts.fresh[k];
  }
}

// Ties go to the post that comes first, so that no order of a library shows.
void FeedRanker::keep_best(std::size_t count) {
  if (count >= candidates_.size()) return;
  std::vector<std::uint32_t> order(candidates_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
                   [this](std::uint32_t a, std::uint32_t b) {
                     return scores_[a] != scores_[b] ? scores_[a] > scores_[b] : a < b;
                   });
  order.resize(count);
  std::sort(order.begin(), order.end());
  for (std::size_t i = 0; i < count; ++i) candidates_[i] = candidates_[order[i]];
  candidates_.resize(count);
}

void FeedRanker::fill(const FeedPosts& posts, Stream& luck, double diversity, double explore) {
  const std::size_t places =
      std::min(static_cast<std::size_t>(world_.options().places), candidates_.size());
  std::fill(repeats_.begin(), repeats_.end(), std::uint16_t{0});
  const auto penalty = static_cast<float>(diversity);
  list_.clear();
  while (list_.size() < places) {
    std::size_t best = 0;
    if (explore > 0 && luck.uniform() < explore) {
      best = luck.below(candidates_.size());
    } else {
      float highest = 0;
      for (std::size_t i = 0; i < candidates_.size(); ++i) {
        const float value =
            scores_[i] - penalty * static_cast<float>(repeats_[posts.creator[candidates_[i]]]);
        if (i == 0 || value > highest) highest = value, best = i;
      }
    }
    list_.push_back(candidates_[best]);
    ++repeats_[posts.creator[candidates_[best]]];
    candidates_.erase(candidates_.begin() + static_cast<std::ptrdiff_t>(best));
    scores_.erase(scores_.begin() + static_cast<std::ptrdiff_t>(best));
  }
}

std::span<const std::uint32_t> FeedRanker::list(std::size_t user, std::size_t day,
                                                const FeedReader& believed, double least_age_days) {
  const FeedPosts& posts = world_.posts(day);
  candidates_.clear();
  for (std::uint32_t k = 0; k < posts.size(); ++k)
    if (static_cast<double>(posts.age_days[k]) >= least_age_days) candidates_.push_back(k);
  if (candidates_.empty()) {
    candidates_.resize(posts.size());
    std::iota(candidates_.begin(), candidates_.end(), 0U);
  }
  const auto handed_on = static_cast<std::size_t>(policy_.candidates);
  if (handed_on > 0 && handed_on < candidates_.size()) {
    score(posts, believed, world_.errors(0, user, day), first_errors_);
    keep_best(handed_on);
  }
  score(posts, believed, world_.errors(1, user, day), ranker_errors_);
  Stream luck(luck_, day, user);
  fill(posts, luck, policy_.diversity, policy_.explore);
  return list_;
}

std::span<const std::uint32_t> FeedRanker::popular(std::size_t day) {
  const FeedPosts& posts = world_.posts(day);
  candidates_.resize(posts.size());
  std::iota(candidates_.begin(), candidates_.end(), 0U);
  scores_ = posts.click_odds;
  Stream none(luck_, day, 0);
  fill(posts, none, 0, 0);
  return list_;
}

}  // namespace rehearse::sim
