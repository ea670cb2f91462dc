// SPDX-License-Identifier: GPL-3.0-or-later
//
// The first place of the feed, chosen again and again: a visitor of some segment comes, a logging
// policy picks one of the posts with a probability that it writes down, the visitor clicks or does
// not. The chance of a click is known for every pair, so whatever is said from the log about
// another policy can be held against what that policy really earns. Use it for off-policy
// evaluation and for exploration; whole ranked sessions are impressions.hpp.
//
//   q(s, k) = σ(b + taste_s,topic(k) + quality_k - hurry)       chance of a click
//   π(k | s) = (1 - explore) softmax_k(belief_s,k / temperature) + explore / posts
//   belief = knows · (taste + quality) + √(1 - knows²) · noise of the same spread
//
// b makes the mean of q over segments and posts `base_ctr`. With `hidden` above 0 some visitors are
// in a hurry: they click less, and the policy, which sees it, shows them short posts. The log holds
// the right propensities but not the hurry, so propensities that are guessed from the log are
// wrong.
//
// Draws are keyed by the round and by the pair: more exploration leaves visitors as they are.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::sim {

struct ChoiceOptions {
  int days = 14;                          // [1, 366]
  int visits_a_day = 2000;                // [1, 1000000]; at most 2e7 visits in all
  int segments = 6;                       // [1, 200]
  int posts = 12;                         // [2, 200]
  double base_ctr = 0.08;                 // (0, 0.5]
  double taste = 0.8;                     // sd in log-odds of a segment's liking of a topic, [0, 3]
  double quality = 0.5;                   // sd in log-odds of posts, [0, 3]
  double temperature = 0.5;               // of the logging policy in log-odds, [0.01, 100]
  double explore = 0.1;                   // share of visits that get any post, [0, 1]
  double knows = 0.3;                     // correlation of belief with the truth, [-1, 1]
  double hidden = 0;                      // strength of the unlogged hurry, [0, 3]
  std::uint64_t seed = 1, replicate = 0;  // replicate < 2^32: other visits on the same site
};

// Who visits, what can be shown, and how well that goes.
struct ChoiceWorld {
  std::vector<double> share;                           // of segments, sums to 1
  std::vector<std::string> segment, post, topic;       // names; the topic of each post
  std::vector<double> click_probability;               // [s · posts + k], over hurried and others
  std::vector<double> propensity;                      // of the logging policy, likewise
  double value(std::span<const double> policy) const;  // Σ share_s π(k|s) q(s,k)
};
// Errors: an option out of its range (named).
Result<ChoiceWorld> choice_world(const ChoiceOptions& options);

struct Choices {
  // A row a visit: time, day int32, segment, post, topic text features, propensity double, topic
  // propensity double (that any post of this topic is shown), click uint8 label, click_probability
  // double truth.
  Frame log;
  // A row for each segment and post: segment, post, topic text, share (of visits, of the segment),
  // propensity double, click_probability double truth.
  Frame pairs;
};
// O(visits · posts). Errors: as choice_world; cancelled.
Result<Choices> simulate_choices(const ChoiceOptions& options, const Progress& progress = {});

}  // namespace rehearse::sim
