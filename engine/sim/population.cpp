// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/population.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/random.hpp"

namespace rehearse::sim {

const std::array<const char*, kTopics> kTopicNames = {"cooking", "running", "games",   "science",
                                                      "music",   "finance", "gardens", "film"};
const std::array<const char*, kPlatforms> kPlatformNames = {"ios", "android", "web"};
const std::array<const char*, kCountries> kCountryNames = {"US", "GB", "DE", "IN",
                                                           "BR", "CA", "FR", "JP"};
const std::array<const char*, kMedia> kMediaNames = {"text", "link", "image", "video"};

namespace {

constexpr std::array<double, kPlatforms> kPlatformShare = {0.35, 0.40, 0.25},
                                         kNewcomerPlatform = {0.20, 0.70, 0.10};
constexpr std::array<double, kCountries> kCountryShare = {0.42, 0.10, 0.08, 0.12,
                                                          0.08, 0.08, 0.06, 0.06};
constexpr std::array<double, kCountries> kNewcomerCountry = {0.15, 0.05, 0.05, 0.40,
                                                             0.20, 0.05, 0.05, 0.05};
constexpr std::array<double, kMedia> kMediaShare = {0.30, 0.30, 0.28, 0.12};
constexpr std::array<float, kPlatforms> kPlatformTaste = {0.15F, 0.0F, -0.25F};
constexpr std::array<std::uint8_t, kCountries> kHourOffset = {0, 5, 6, 10, 3, 0, 6, 14};
// How far a newcomer's interests lean towards two of the topics.
constexpr float kNewcomerLean = 0.9F;
constexpr float kTenureWeight = 0.10F;
constexpr double kDaysToKnow = 30;

User make_user(const SiteOptions& o, StreamKey key, std::uint64_t entity, bool newcomer) {
  Stream stream(key, o.replicate, entity);
  User user;
  for (int t = 0; t < kTopics; ++t) {
    user.interest[static_cast<std::size_t>(t)] = static_cast<float>(stream.normal());
    if (newcomer && t < 2) user.interest[static_cast<std::size_t>(t)] += kNewcomerLean;
  }
  for (int t = 0; t < kTopics; ++t) {
    const double level =
        std::exp(0.6 + 0.8 * static_cast<double>(user.interest[static_cast<std::size_t>(t)]));
    user.affinity[static_cast<std::size_t>(t)] = static_cast<std::uint16_t>(
        std::min<std::int64_t>(60000, stream.poisson(newcomer ? level / 3 : level)));
  }
  user.sessions_per_day = static_cast<float>(o.sessions_per_day * stream.gamma(1.2, 1 / 1.2));
  user.tenure_days = static_cast<std::int32_t>(stream.exponential(newcomer ? 1.0 / 12 : 1.0 / 420));
  user.log_tenure = static_cast<float>(std::log1p(user.tenure_days));
  user.platform =
      static_cast<std::uint8_t>(stream.categorical(newcomer ? kNewcomerPlatform : kPlatformShare));
  user.country =
      static_cast<std::uint8_t>(stream.categorical(newcomer ? kNewcomerCountry : kCountryShare));
  user.hour_offset = kHourOffset[user.country];
  return user;
}

// Moment of entering, in days from the start; kBefore for those that are there.
float entering(Stream& stream, double share_per_day, int days) {
  if (share_per_day <= 0) return User::kBefore;
  const bool there = stream.uniform() < 1 / (1 + share_per_day * days);
  const double moment = stream.uniform() * days;
  return there ? User::kBefore : static_cast<float>(moment);
}

void add_effects(const SiteOptions& o, const char* effect, const char* entrance, User& user,
                 std::uint64_t entity) {
  if (o.effects.user_spread > 0) {
    Stream stream(o.seed, effect, o.replicate, entity);
    user.effect = static_cast<float>(o.effects.user_spread * stream.normal());
  }
  if (!*entrance) return;
  Stream stream(o.seed, entrance, o.replicate, entity);
  user.enters = entering(stream, o.effects.new_users_per_day, o.days);
  if (user.entrant()) user.tenure_days = -static_cast<std::int32_t>(user.enters);
}

void make_communities(const SiteOptions& o, Population& population, std::vector<double>& sizes) {
  for (int c = 0; c < o.communities; ++c) {
    const auto entity = static_cast<std::uint64_t>(c);
    Stream stream(o.seed, "community.traits", o.replicate, entity);
    Community community;
    community.topic = static_cast<std::uint8_t>(stream.below(kTopics));
    community.name = std::string(kTopicNames[community.topic]) + "-" + std::to_string(c + 1);
    sizes.push_back(std::exp(stream.normal()));
    Stream effect(o.seed, "community.effect", o.replicate, entity),
        entrance(o.seed, "community.entrance", o.replicate, entity);
    community.effect = static_cast<float>(o.effects.community_spread * effect.normal());
    // The first one is always there, so that posts have a place to go.
    const float enters =
        c == 0 ? User::kBefore : entering(entrance, o.effects.new_communities_per_day, o.days);
    community.age_days =
        enters >= 0 ? -enters : static_cast<float>(entrance.exponential(1.0 / 600));
    population.communities.push_back(std::move(community));
  }
}

// The community of a post: by size, among those that are there.
std::int32_t community_of(const SiteOptions& o, StreamKey key, const Population& population,
                          const AliasTable& by_size, std::uint64_t entity, std::int32_t drawn,
                          double day) {
  if (o.effects.new_communities_per_day <= 0) return drawn;
  Stream again(key, o.replicate, entity);
  for (int i = 0; i < 64; ++i) {
    const float age = population.communities[static_cast<std::size_t>(drawn)].age_days;
    if (static_cast<double>(age) + day >= 0) return drawn;
    drawn = static_cast<std::int32_t>(by_size.draw(again));
  }
  return 0;
}

Post make_post(const SiteOptions& o, StreamKey key, StreamKey again, const Population& population,
               const AliasTable& communities, std::int64_t day, int place) {
  const auto entity = static_cast<std::uint64_t>((day + kPostHistory) * o.posts_per_day + place);
  Stream stream(key, o.replicate, entity);
  Post post;
  post.community = static_cast<std::int32_t>(communities.draw(stream));
  post.quality = static_cast<float>(stream.normal());
  post.votes = static_cast<float>(
      std::exp(2.2 + 0.9 * static_cast<double>(post.quality) + 0.6 * stream.normal()));
  post.media = static_cast<std::uint8_t>(stream.categorical(kMediaShare));
  post.created = day * kMicrosPerDay +
                 static_cast<std::int64_t>(stream.uniform() * static_cast<double>(kMicrosPerDay));
  post.community =
      community_of(o, again, population, communities, entity, post.community,
                   static_cast<double>(post.created) / static_cast<double>(kMicrosPerDay));
  post.topic = population.communities[static_cast<std::size_t>(post.community)].topic;
  return post;
}

}  // namespace

Population make_population(const SiteOptions& o) {
  Population population;
  population.posts_per_day = o.posts_per_day;
  const StreamKey users = stream_key(o.seed, "user.traits"),
                  newcomers = stream_key(o.seed, "newcomer.traits"),
                  posts = stream_key(o.seed, "post.traits");
  for (int u = 0; u < o.users; ++u) {
    const auto entity = static_cast<std::uint64_t>(u);
    population.users.push_back(make_user(o, users, entity, false));
    add_effects(o, "user.effect", "user.entrance", population.users.back(), entity);
    if (o.drift.kind != DriftKind::audience) continue;
    population.newcomers.push_back(make_user(o, newcomers, entity, true));
    add_effects(o, "newcomer.effect", "", population.newcomers.back(), entity);
  }
  std::vector<double> sizes;
  make_communities(o, population, sizes);
  const AliasTable communities(sizes);
  const StreamKey again = stream_key(o.seed, "post.community");
  for (std::int64_t day = -kPostHistory; day < o.days; ++day)
    for (int i = 0; i < o.posts_per_day; ++i)
      population.posts.push_back(make_post(o, posts, again, population, communities, day, i));
  return population;
}

std::int32_t affinity_known(const User& user, std::uint8_t topic, double age_days) {
  const std::int32_t affinity = user.affinity[topic];
  if (!user.entrant() || age_days >= kDaysToKnow) return affinity;
  return static_cast<std::int32_t>(affinity * age_days / kDaysToKnow);
}

float Taste::of_user(const User& user, float log_tenure) {
  return kPlatformTaste[user.platform] + kTenureWeight * (log_tenure - 5);
}

}  // namespace rehearse::sim
