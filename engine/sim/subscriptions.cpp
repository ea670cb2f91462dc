// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/subscriptions.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/base/ranges.hpp"
#include "engine/metrics/probability.hpp"
#include "engine/sim/mean_rate.hpp"
#include "engine/sim/names.hpp"

namespace rehearse::sim {
namespace {

constexpr double kMostPairs = 2e7, kLeaning = 2, kPickNoise = 0.15;

Result<void> check_subscriptions(const SubscriptionOptions& o) {
  if (auto fine = check_ranges({{"users", o.users, 2, 20000},
                                {"communities", o.communities, 2, 5000},
                                {"tastes", o.tastes, 1, 64},
                                {"joins", o.joins, 0.1, o.communities / 2.0},
                                {"popularity", o.popularity, 0, 4},
                                {"taste", o.taste, 0, 10},
                                {"held", o.held, 1e-6, 1 - 1e-6},
                                {"new_users", o.new_users, 0, 0.9},
                                {"new_communities", o.new_communities, 0, 0.9}});
      !fine)
    return fine;
  if (static_cast<double>(o.users) * o.communities > kMostPairs)
    return fail(Code::limit, "{} users and {} communities are more than {:g} pairs", o.users,
                o.communities, kMostPairs);
  return {};
}

// Rows of unit vectors; `leaning` is added to one coordinate of each, which is its topic.
struct UnitVectors {
  std::vector<double> all;
  std::vector<std::int32_t> topic;
};

UnitVectors unit_vectors(StreamKey key, int rows, int size, double leaning) {
  UnitVectors made;
  std::vector<double>& all = made.all;
  for (int r = 0; r < rows; ++r) {
    Stream stream(key, 0, static_cast<std::uint64_t>(r));
    const std::size_t begin = all.size(), at = stream.below(static_cast<std::uint64_t>(size));
    made.topic.push_back(static_cast<std::int32_t>(at));
    double squares = 0;
    for (int d = 0; d < size; ++d) {
      all.push_back(stream.normal() + (static_cast<std::size_t>(d) == at ? leaning : 0));
      squares += all.back() * all.back();
    }
    for (std::size_t i = begin; i < all.size(); ++i) all[i] /= std::sqrt(squares);
  }
  return made;
}

struct SubscriptionTastes {
  UnitVectors users, communities;
};

SubscriptionTastes tastes_of(const SubscriptionOptions& o) {
  return {unit_vectors(stream_key(o.seed, "subscription.user"), o.users, o.tastes, 0),
          unit_vectors(stream_key(o.seed, "subscription.community"), o.communities, o.tastes,
                       kLeaning)};
}

// Log-odds of every pair without the intercept.
std::vector<double> fits_of(const SubscriptionOptions& o, const SubscriptionTastes& tastes) {
  const auto size = static_cast<std::size_t>(o.tastes);
  const std::vector<double>&users = tastes.users.all, &communities = tastes.communities.all;
  std::vector<double> popularity;
  for (int c = 0; c < o.communities; ++c)
    popularity.push_back(
        o.popularity *
        Stream(o.seed, "subscription.popularity", 0, static_cast<std::uint64_t>(c)).normal());
  std::vector<double> fits;
  fits.reserve(static_cast<std::size_t>(o.users) * popularity.size());
  for (std::size_t u = 0; u < users.size(); u += size)
    for (std::size_t c = 0; c < popularity.size(); ++c) {
      double product = 0;
      for (std::size_t d = 0; d < size; ++d) product += users[u + d] * communities[c * size + d];
      fits.push_back(popularity[c] + o.taste * product);
    }
  return fits;
}

std::vector<std::uint8_t> newcomers_of(const SubscriptionOptions& o, const char* process, int count,
                                       double share) {
  const StreamKey key = stream_key(o.seed, process);
  std::vector<std::uint8_t> fresh;
  for (int i = 0; i < count; ++i)
    fresh.push_back(Stream(key, 0, static_cast<std::uint64_t>(i)).bernoulli(share));
  return fresh;
}

// What a user picks at sign-up: the two topics of greatest liking, as far as they know themselves.
std::array<std::vector<std::int32_t>, 2> picks_of(const SubscriptionOptions& o,
                                                  const UnitVectors& users) {
  const StreamKey key = stream_key(o.seed, "subscription.pick");
  const auto size = static_cast<std::size_t>(o.tastes);
  std::array<std::vector<std::int32_t>, 2> picks;
  for (std::size_t u = 0; u < users.topic.size(); ++u) {
    Stream stream(key, 0, u);
    std::vector<std::pair<double, std::int32_t>> liked;
    for (std::size_t d = 0; d < size; ++d)
      liked.emplace_back(-(users.all[u * size + d] + kPickNoise * stream.normal()),
                         static_cast<std::int32_t>(d));
    std::sort(liked.begin(), liked.end());
    picks[0].push_back(liked.front().second);
    picks[1].push_back(liked[std::min<std::size_t>(1, size - 1)].second);
  }
  return picks;
}

struct JoinRows {
  std::vector<std::int32_t> user, item;
};

}  // namespace

Result<Subscriptions> simulate_subscriptions(const SubscriptionOptions& o,
                                             const Progress& progress) {
  if (auto fine = check_subscriptions(o); !fine) return fail(fine.error());
  const SubscriptionTastes tastes = tastes_of(o);
  const std::vector<double> fits = fits_of(o, tastes);
  std::vector<std::uint8_t> new_user =
                                newcomers_of(o, "subscription.new_user", o.users, o.new_users),
                            new_community = newcomers_of(o, "subscription.new_community",
                                                         o.communities, o.new_communities);
  const double b =
      intercept_of_mean(fits, std::vector<double>(fits.size(), 1), o.joins / o.communities);
  const StreamKey joins = stream_key(o.seed, "subscription.join");
  JoinRows training, test, pairs;
  std::vector<double> chance;
  chance.reserve(fits.size());
  for (int u = 0; u < o.users; ++u) {
    if (!progress.report(static_cast<double>(u) / o.users)) return cancelled();
    Stream stream(joins, o.replicate, static_cast<std::uint64_t>(u));
    for (int c = 0; c < o.communities; ++c) {
      chance.push_back(metrics::sigmoid(b + fits[chance.size()]));
      pairs.user.push_back(u), pairs.item.push_back(c);
      const bool joined = stream.bernoulli(chance.back()), held = stream.bernoulli(o.held);
      if (!joined) continue;
      const bool first =
          new_user[static_cast<std::size_t>(u)] || new_community[static_cast<std::size_t>(c)];
      JoinRows& into = held || first ? test : training;
      into.user.push_back(u), into.item.push_back(c);
    }
  }
  if (training.user.empty() || test.user.empty())
    return fail(Code::invalid_argument,
                "{} joins are known and {} held out, and both are needed; raise joins or users",
                training.user.size(), test.user.size());
  const SharedNames users = numbered_names("user", static_cast<std::size_t>(o.users)),
                    communities =
                        numbered_names("community", static_cast<std::size_t>(o.communities));
  const auto frame = [&](JoinRows& rows, std::vector<double> of_pairs) {
    Frame::Builder builder;
    builder.add_dictionary("user", std::move(rows.user), users);
    builder.add_dictionary("item", std::move(rows.item), communities);
    if (!of_pairs.empty())
      builder.add("chance", std::move(of_pairs), {.role = Role::truth, .unit = "probability"});
    return std::move(builder).build();
  };
  auto known = frame(training, {}), held_out = frame(test, {}),
       all = frame(pairs, std::move(chance));
  const SharedNames topics = numbered_names("topic", static_cast<std::size_t>(o.tastes));
  auto [first_pick, second_pick] = picks_of(o, tastes.users);
  Frame::Builder user_rows, community_rows;
  user_rows.add("user", *users).add_dictionary("topic", std::move(first_pick), topics);
  user_rows.add_dictionary("topic_2", std::move(second_pick), topics);
  user_rows.add("newcomer", std::move(new_user));
  community_rows.add("item", *communities)
      .add_dictionary("topic", tastes.communities.topic, topics);
  community_rows.add("newcomer", std::move(new_community));
  auto of_users = std::move(user_rows).build(), of_items = std::move(community_rows).build();
  for (const auto* table : {&known, &held_out, &all, &of_users, &of_items})
    if (!*table) return fail(table->error());
  return Subscriptions{*std::move(known), *std::move(held_out), *std::move(all),
                       *std::move(of_users), *std::move(of_items)};
}

}  // namespace rehearse::sim
