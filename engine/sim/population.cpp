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
constexpr std::array<double, kMedia> kMediaTaste = {-0.25, -0.10, 0.25, 0.45};
constexpr std::array<double, kPlatforms> kPlatformTaste = {0.15, 0.0, -0.25};
constexpr std::array<std::uint8_t, kCountries> kHourOffset = {0, 5, 6, 10, 3, 0, 6, 14};
// How far a newcomer's interests lean towards two of the topics.
constexpr float kNewcomerLean = 0.9F;
constexpr double kInterestWeight = 0.75, kQualityWeight = 0.55, kAgeWeight = 0.22,
                 kTenureWeight = 0.10;

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

void make_communities(const SiteOptions& o, Population& population, std::vector<double>& sizes) {
  for (int c = 0; c < o.communities; ++c) {
    Stream stream(o.seed, "community.traits", o.replicate, static_cast<std::uint64_t>(c));
    const auto topic = static_cast<std::uint8_t>(stream.below(kTopics));
    population.community_topic.push_back(topic);
    population.community_name.push_back(std::string(kTopicNames[topic]) + "-" +
                                        std::to_string(c + 1));
    sizes.push_back(std::exp(stream.normal()));
  }
}

Post make_post(const SiteOptions& o, StreamKey key, const Population& population,
               const AliasTable& communities, std::int64_t day, int place) {
  const auto entity = static_cast<std::uint64_t>((day + kPostHistory) * o.posts_per_day + place);
  Stream stream(key, o.replicate, entity);
  Post post;
  post.community = static_cast<std::int32_t>(communities.draw(stream));
  post.topic = population.community_topic[static_cast<std::size_t>(post.community)];
  post.quality = static_cast<float>(stream.normal());
  post.votes = static_cast<float>(
      std::exp(2.2 + 0.9 * static_cast<double>(post.quality) + 0.6 * stream.normal()));
  post.media = static_cast<std::uint8_t>(stream.categorical(kMediaShare));
  post.created = day * kMicrosPerDay +
                 static_cast<std::int64_t>(stream.uniform() * static_cast<double>(kMicrosPerDay));
  return post;
}

}  // namespace

Population make_population(const SiteOptions& o) {
  Population population;
  population.posts_per_day = o.posts_per_day;
  const StreamKey users = stream_key(o.seed, "user.traits"),
                  newcomers = stream_key(o.seed, "newcomer.traits"),
                  posts = stream_key(o.seed, "post.traits");
  for (int u = 0; u < o.users; ++u)
    population.users.push_back(make_user(o, users, static_cast<std::uint64_t>(u), false));
  if (o.drift.kind == DriftKind::audience)
    for (int u = 0; u < o.users; ++u)
      population.newcomers.push_back(make_user(o, newcomers, static_cast<std::uint64_t>(u), true));
  std::vector<double> sizes;
  make_communities(o, population, sizes);
  const AliasTable communities(sizes);
  for (std::int64_t day = -kPostHistory; day < o.days; ++day)
    for (int i = 0; i < o.posts_per_day; ++i)
      population.posts.push_back(make_post(o, posts, population, communities, day, i));
  return population;
}

double Taste::operator()(const User& user, const Post& post, double log_age) const {
  // Tastes that move go to other topics and other media.
  const double before = static_cast<double>(user.interest[post.topic]),
               after = static_cast<double>(user.interest[(post.topic + 3) % kTopics]);
  const double interest = (1 - drift) * before + drift * after;
  const double media =
      (1 - drift) * kMediaTaste[post.media] + drift * kMediaTaste[kMedia - 1U - post.media];
  const double quality = (1 - 0.5 * drift) * static_cast<double>(post.quality);
  const double age = log_age - 2, tenure = static_cast<double>(user.log_tenure) - 5;
  return kInterestWeight * interest + kQualityWeight * quality + media +
         kPlatformTaste[user.platform] - kAgeWeight * age + kTenureWeight * tenure;
}

}  // namespace rehearse::sim
