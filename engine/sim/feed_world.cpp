// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/feed_world.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/base/ranges.hpp"
#include "engine/sim/mean_rate.hpp"

namespace rehearse::sim {
namespace {

constexpr double kQualityClick = 0.4, kBaitReport = 0.8, kRiskSpread = 0.6, kMostReport = 0.5;
constexpr double kMeanMinutes = 1, kLengthSpread = 0.6, kLivesDays = 2, kMostFeedPairs = 2e7;
constexpr std::size_t kErrorLevels = 1024, kInterceptUsers = 60, kInterceptPosts = 120;

Result<void> check_feed(const FeedOptions& o) {
  if (auto fine = check_ranges({{"users", o.users, 1, 5000},
                                {"days", o.days, 1, 120},
                                {"posts", o.posts, 2, 2000},
                                {"creators", o.creators, 1, 500},
                                {"places", o.places, 1, 50},
                                {"base_click", o.base_click, 1e-6, 0.5},
                                {"taste", o.taste, 0, 3},
                                {"mood", o.mood, 0, 3},
                                {"quality", o.quality, 0, 3},
                                {"bait", o.bait, 0, 3},
                                {"disappoints", o.disappoints, 0, 3},
                                {"stale", o.stale, 0, 3},
                                {"boredom", o.boredom, 0, 3},
                                {"reports", o.reports, 0, 0.2},
                                {"patience", o.patience, 0.01, 0.99},
                                {"memory", o.memory, 1e-6, 1},
                                {"returns", o.returns, 0.01, 0.99},
                                {"loyalty", o.loyalty, 0, 8},
                                {"impatience", o.impatience, 0, 5}});
      !fine)
    return fine;
  if (static_cast<double>(o.users) * o.days * o.posts > kMostFeedPairs)
    return fail(Code::limit,
                "{} users on {} days with {} posts are more than {:g} pairs; take fewer of one",
                o.users, o.days, o.posts, kMostFeedPairs);
  return {};
}

}  // namespace

std::vector<float> error_table(double sd) {
  std::vector<double> z;
  double squares = 0;
  for (std::size_t i = 0; i < kErrorLevels; ++i) {
    z.push_back(
        normal_quantile((static_cast<double>(i) + 0.5) / static_cast<double>(kErrorLevels)));
    squares += z.back() * z.back();
  }
  const double scale = sd / std::sqrt(squares / static_cast<double>(kErrorLevels));
  std::vector<float> table;
  for (const double value : z) table.push_back(static_cast<float>(std::exp(scale * value)));
  return table;
}

FeedWorld::FeedWorld(const FeedOptions& options)
    : options_(options), grid_({options.memory, options.returns, options.loyalty}) {
  make_users();
  make_posts();
  find_intercept();
}

void FeedWorld::make_users() {
  const StreamKey tastes = stream_key(options_.seed, "feed.taste"),
                  first = stream_key(options_.seed, "feed.first_impression");
  for (int u = 0; u < options_.users; ++u) {
    Stream taste(tastes, 0, static_cast<std::uint64_t>(u)),
        wrong(first, 0, static_cast<std::uint64_t>(u));
    taste_.emplace_back(), misjudged_.emplace_back();
    for (double& t : taste_.back()) t = taste.normal(0, options_.taste);
    for (double& x : misjudged_.back()) x = wrong.normal();
  }
}

void FeedWorld::make_posts() {
  const FeedOptions& o = options_;
  const StreamKey key = stream_key(o.seed, "feed.post");
  for (int d = 0; d < o.days; ++d) {
    FeedPosts day;
    for (int k = 0; k < o.posts; ++k) {
      Stream stream(key, static_cast<std::uint64_t>(d), static_cast<std::uint64_t>(k));
      const auto creator = stream.below(static_cast<std::uint64_t>(o.creators));
      const double quality = stream.normal(), bait = stream.normal(), risk = stream.normal();
      const double age = stream.uniform(0, kLivesDays);
      const double minutes =
          kMeanMinutes * std::exp(stream.normal(-kLengthSpread * kLengthSpread / 2, kLengthSpread));
      const double report =
          o.reports * std::exp(kBaitReport * bait + kRiskSpread * risk -
                               (kBaitReport * kBaitReport + kRiskSpread * kRiskSpread) / 2);
      day.topic.push_back(static_cast<std::uint8_t>(creator % kFeedTopics));
      day.creator.push_back(static_cast<std::uint16_t>(creator));
      day.click_odds.push_back(
          static_cast<float>(std::exp(kQualityClick * quality + o.bait * bait)));
      day.finish_odds.push_back(
          static_cast<float>(std::exp(o.quality * quality - o.disappoints * bait - o.stale * age)));
      day.minutes.push_back(static_cast<float>(minutes));
      day.report.push_back(static_cast<float>(std::min(kMostReport, report)));
      day.age_days.push_back(static_cast<float>(age));
      day.fresh.push_back(static_cast<float>(std::exp(-age)));
    }
    posts_.push_back(std::move(day));
  }
}

// Over some users and posts without moods, so that days and users added later move nothing much.
void FeedWorld::find_intercept() {
  std::vector<double> log_odds;
  for (std::size_t u = 0; u < std::min(taste_.size(), kInterceptUsers); ++u) {
    std::size_t taken = 0;
    for (const FeedPosts& day : posts_)
      for (std::size_t k = 0; k < day.size() && taken < kInterceptPosts; ++k, ++taken)
        log_odds.push_back(std::log(static_cast<double>(day.click_odds[k])) +
                           taste_[u][day.topic[k]]);
  }
  const std::vector<double> weights(log_odds.size(), 1);
  const double a = intercept_of_mean(log_odds, weights, options_.base_click);
  const auto odds = static_cast<float>(std::exp(a));
  for (FeedPosts& day : posts_)
    for (float& value : day.click_odds) value *= odds;
}

TopicNumbers FeedWorld::mood(std::size_t user, std::size_t day) const {
  TopicNumbers mood{};
  if (options_.mood == 0) return mood;
  Stream stream(stream_key(options_.seed, "feed.mood"), day, user);
  for (double& m : mood) m = stream.normal(0, options_.mood);
  return mood;
}

bool FeedWorld::draw_errors(const Progress& progress) {
  const auto users = taste_.size(), posts = static_cast<std::size_t>(options_.posts);
  const StreamKey keys[2] = {stream_key(options_.seed, "feed.retrieval_error"),
                             stream_key(options_.seed, "feed.ranker_error")};
  for (auto& stage : errors_) stage.reserve(users * posts_.size() * posts);
  for (std::size_t d = 0; d < posts_.size(); ++d) {
    if (!progress.report(static_cast<double>(d) / static_cast<double>(posts_.size()))) return false;
    for (std::size_t u = 0; u < users; ++u)
      for (const int stage : {0, 1}) {
        Stream stream(keys[stage], d, u);
        for (std::size_t k = 0; k < posts; ++k) errors_[stage].push_back(stream.next_u32());
      }
  }
  return true;
}

std::span<const std::uint32_t> FeedWorld::errors(int stage, std::size_t user,
                                                 std::size_t day) const {
  const auto posts = static_cast<std::size_t>(options_.posts);
  return std::span(errors_[stage]).subspan((day * taste_.size() + user) * posts, posts);
}

Result<std::shared_ptr<const FeedWorld>> feed_world(const FeedOptions& options,
                                                    const Progress& progress) {
  if (auto fine = check_feed(options); !fine) return fail(fine.error());
  auto world = std::make_shared<FeedWorld>(options);
  if (!world->draw_errors(progress)) return cancelled();
  return std::shared_ptr<const FeedWorld>(std::move(world));
}

}  // namespace rehearse::sim
