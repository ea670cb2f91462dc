// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who joins which community, from a known chance for every pair: what candidate sources learn from
// and are judged by, with the best possible list beside them.
//
//   p(u, c) = σ(b + popularity · s_c + taste · z_u·w_c)
//
// s_c is standard normal; z_u are a user's interests and w_c what a community is about, unit
// vectors of `tastes` dimensions: w_c leans to one of them. b makes the mean number of joins of a
// user `joins`. Each pair joins with p; a join is held out with probability `held`, so what is held
// out given what is known falls and rises with p, and no list can beat that in order of p.
//
// A community's topic is the dimension it leans to; at sign-up a user picks two topics, those of
// greatest z with some noise. That is what is known of newcomers, whose joins are all held out.
//
// Draws are keyed by user, community and pair.
#pragma once

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::sim {

struct SubscriptionOptions {
  int users = 800;             // [2, 20000]
  int communities = 300;       // [2, 5000]; at most 2e7 pairs
  int tastes = 8;              // [1, 64]
  double joins = 15;           // mean of a user, [0.1, communities / 2]
  double popularity = 1;       // sd in log-odds between communities, [0, 4]
  double taste = 3;            // log-odds between the most and least fitting, over 2, [0, 10]
  double held = 0.3;           // share of joins that are held out, (0, 1)
  double new_users = 0;        // share of users of whom no join is known, [0, 0.9]
  double new_communities = 0;  // share of communities that nobody is known to have joined, [0, 0.9]
  std::uint64_t seed = 1, replicate = 0;  // replicate < 2^32
};

struct Subscriptions {
  Frame training, test;  // user, item text, a row a join
  Frame chances;         // user, item text, chance double truth: every pair
  // user, topic, topic_2 text, newcomer uint8; item, topic text, newcomer uint8: a row each.
  Frame users, communities;
};
// O(users · communities · tastes). Errors: an option out of its range (named); nothing was joined
// or nothing held out; cancelled.
Result<Subscriptions> simulate_subscriptions(const SubscriptionOptions& options,
                                             const Progress& progress = {});

}  // namespace rehearse::sim
