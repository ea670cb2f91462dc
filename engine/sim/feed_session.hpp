// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a list of the feed does to who reads it, in expectation and in closed form (feed.hpp): the
// chance that each place is looked at, clicks, minutes, reports, and how satisfied the reader
// leaves.
#pragma once

#include <span>
#include <vector>

#include "engine/sim/feed_world.hpp"

namespace rehearse::sim {

// One place of a list, for this reader on this day.
struct FeedPlace {
  std::uint32_t post = 0;
  double click = 0, finish = 0, report = 0, minutes = 0;  // minutes: the post's length
  double looked_at = 1;                                   // probability
  double goes_on = 0;                                     // probability once it is looked at
};

struct FeedSession {
  std::vector<FeedPlace> places;
  double clicks = 0, minutes = 0, reports = 0, shown = 0;  // shown: places looked at
  double satisfaction = 0;                                 // s, in (-1, 1)
  TopicNumbers topics{};                                   // places looked at, by topic
};

// Taste and mood of a reader as odds, to the first power for clicks and to the half for finishing.
struct FeedReader {
  TopicNumbers click, finish;
  explicit FeedReader(const TopicNumbers& log_odds);
};

// What a place does to the mood, e of feed.hpp.
double feed_experience(double click, double finish, double report);
// `posts` are indices into those of that day, from the first place down. O(places²).
FeedSession feed_session(const FeedOptions& options, const FeedPosts& posts,
                         const FeedReader& reader, std::span<const std::uint32_t> list,
                         double wait_ms);

}  // namespace rehearse::sim
