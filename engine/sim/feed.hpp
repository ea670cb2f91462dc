// SPDX-License-Identifier: GPL-3.0-or-later
//
// A feed over weeks: who is shown what, what they open, finish and report, how far they read, and
// whether they come back, all of which answers to how posts are ordered. Use it to compare ways to
// order a feed by what they are worth after a month and not by the next click; the truth of each is
// exact up to a grid. For one place and its propensities use choices.hpp, for a log of impressions
// to train on impressions.hpp.
//
// A post has a topic, a creator, a quality g, a bait b (what a headline promises beyond what the
// post holds), a length and an age; g and b are standard normal. User u on day d, with taste t and
// the mood of that day m for the post's topic:
//
//   click   c = σ(a + t + m + 0.4 g + bait · b)                          if it is looked at
//   finish  f = σ(t/2 + m/2 + quality · g - disappoints · b - stale · age/day - boredom · repeats)
//   report  r = reports · exp(0.8 b + 0.6 z - 0.5)                       mean `reports`
//   good    e = 4 c (2 f - 1) - 10 r                                     what it does to the mood
//   on      q = σ(logit patience + e/4)                                   looks at the next place
//   session s = tanh(Σ_j P(place j is looked at) e_j - wait_ms · impatience / 100)
//   return  v = σ(logit returns + loyalty · S),   S ← (1 - memory) S + memory · s after a visit
//
// repeats counts the posts of the same creator above it, a makes the mean of c over posts and users
// `base_click`. Minutes watched are c · f · length. S starts at 0 for everyone.
//
// The order of a list is by predictions and not by these numbers (FeedPolicy). All draws are keyed
// by user, day and post: two policies meet the same people and posts on the same days.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::sim {

struct FeedOptions {
  int users = 120;           // [1, 5000]
  int days = 28;             // [1, 120]
  int posts = 60;            // that are new on a day, [2, 2000]; users · days · posts ≤ 2e7
  int creators = 40;         // [1, 500], each with a topic of its own
  int places = 10;           // of a list, [1, 50]
  double base_click = 0.12;  // (0, 0.5]
  double taste = 1;          // sd in log-odds of a user's liking of a topic, [0, 3]
  double mood = 0;           // likewise of a day, [0, 3]
  double quality = 0.8;      // [0, 3]
  double bait = 0.8;         // [0, 3]
  double disappoints = 0.8;  // [0, 3]
  double stale = 0.4;        // [0, 3]
  double boredom = 0.4;      // [0, 3]
  double reports = 0.004;    // [0, 0.2]
  double patience = 0.8;     // [0.01, 0.99]
  double memory = 0.08;      // (0, 1]
  double returns = 0.5;      // [0.01, 0.99]
  double loyalty = 2;        // [0, 8]
  double impatience = 0.2;   // what 100 ms of waiting take from a session, [0, 5]
  std::uint64_t seed = 1;
  std::uint64_t replicate = 0;  // < 2^32: other luck for the same users, posts and lists
};

// How lists are made. A score is what a post is expected to bring, in clicks:
//
//   click ĉ + dwell ĉ f̂ length - report r̂ + fresh e^{-age/day} - diversity · repeats
//
// and the list is filled from above, each place by the highest score of what is left. Predictions
// have normal errors in log-odds, of sd `noise`, for each of ĉ, f̂, r̂. Where `candidates` is below
// the number of posts a first stage hands on that many, by the same score with errors of sd
// `retrieval_noise`. Taste is not known but believed: after n posts of a topic that the user looked
// at it is (n t + k x) / (n + k), k = 30 / learns; x is a first impression whose correlation with t
// is `knows`. What is not shown is not learned.
struct FeedPolicy {
  std::string name = "policy";
  double click = 1, dwell = 0, report = 0, fresh = 0, diversity = 0;  // [0, 1000]
  double explore = 0;          // share of places that any candidate gets, [0, 1]
  int candidates = 0;          // handed to the ranker, 0: all; else [1, posts]
  double retrieval_noise = 1;  // [0, 5]
  double noise = 0.3;          // [0, 5]
  double knows = 0.7;          // [0, 1]
  double learns = 0;           // how fast beliefs follow what was shown, [0, 100]
  double signal_minutes = 0;   // age of session signals: today's mood is known to e^{-age/20 min}
  double pool_hours = 0;  // the ranker is where a pool was sent so long ago, [0, 48]: no newer post
  // Requests answered by a list that was made `list_hours` ago: it knows no mood and no newer post.
  // By a list of what most people open: it knows nobody. The two shares sum to 1 at most.
  double cached = 0, list_hours = 6;  // [0, 1], [0, 48]
  double fallback = 0;                // [0, 1]
  double wait_ms = 0;                 // [0, 60000]
};

inline constexpr std::size_t kFeedTopics = 8;

// Expectations by day, a number for each user of the site, whether they came or not.
struct FeedDay {
  double visits = 0;        // share of users who come
  double satisfaction = 0;  // mean of S before the day
  double clicks = 0, minutes = 0, reports = 0, shown = 0;
  // Effective number of topics that a user was shown lately: 2 to the entropy in bits, each day
  // counting 0.85 of the next; mean over users.
  double topics = 0;
};
struct FeedUser {
  double visits = 0, clicks = 0, minutes = 0, reports = 0, shown = 0;  // in all days
  double return_probability = 0;                                       // on the day after the last
};
struct FeedOutcome {
  std::vector<FeedDay> days;
  std::vector<FeedUser> users;
  FeedUser mean() const;  // of users
};

struct FeedRows {
  FeedOutcome expected;
  Frame daily;  // series, day int32, the fields of FeedDay double truth
  // Simulated with the expectations beside them. A row a user: user, bucket (a or b: halves by a
  // coin for each user), visits, clicks, minutes, reports, shown, last_week (visits), then
  // expected_visits … expected_shown, return_probability double truth.
  Frame users;
  // A row for each place of each visit: day, user, place, post, topic, creator, list (online,
  // cached, fallback), seen, click, report uint8 labels, dwell_minutes double, click_probability
  // and finish_probability double truth (if it is seen).
  Frame log;
};

// Everybody and everything that does not depend on the policy; make it once for many policies.
class FeedWorld;
// O(users · days · posts). Errors: an option out of its range (named); too large; cancelled.
Result<std::shared_ptr<const FeedWorld>> feed_world(const FeedOptions& options,
                                                    const Progress& progress = {});

// Expectations: O(users · days · (candidates · places + 128)). Errors: a policy out of its range
// (named); cancelled.
Result<FeedOutcome> expect_feed(const FeedWorld& world, const FeedPolicy& policy,
                                const Progress& progress = {});
// Expectations, and one month as it happens. Errors: as expect_feed.
Result<FeedRows> simulate_feed(const FeedWorld& world, const FeedPolicy& policy,
                               const Progress& progress = {});

}  // namespace rehearse::sim
