// SPDX-License-Identifier: GPL-3.0-or-later
//
// The site's log: one row an impression, in event-time order.
//
//   impression_id  int64  id      stable key: the same impression has it whatever the other knobs
//   session_id     int32  id      rows of a slate, which share their user's columns: a test that
//                                 takes them as independent counts sessions as if they were rows
//   user_id        int32  id      pii
//   post_id        int32  id
//   time           time   time    when the slate was shown
//   click_arrival  time   time    when the click became known; missing without a click
//   day            int32          0, 1, … from the start
//   platform       text   feature ios, android, web
//   country        text   feature sensitive
//   user_activity  int32  feature sessions of the user in the seven days before
//   user_tenure_days int32 feature
//   community      text   feature
//   topic          text   feature
//   media          text   feature text, link, image, video
//   post_age_hours float32 feature to a tenth of an hour
//   post_votes     int32  feature votes by now: quality seen through noise and age
//   affinity       int32  feature the user's earlier interactions with the topic: interest seen
//                                 through noise
//   position       uint8  feature 1 is the top
//   hour           uint8  feature of the user's local time
//   ranker_score   float32        what the logging ranker sorted by
//   random_slate   bool           whether this slate was in random order instead
//   click          uint8  label   0 or 1, as it will be known once all clicks arrived
//   click_probability double truth
//
// Only where an option brings them, in this order (features after `hour`, truth at the end):
//
//   surface        text   feature home, community, search: where the session began
//   weekday        uint8  feature 0 is Monday
//   user_age_days  float32 feature since the user was first seen
//   community_age_days float32 feature since the community began
//   recent_seen    float32 feature the user's earlier impressions of the community, each halved
//   every
//                                 three days
//   open_seconds   float32 feature a leak: how long the post was open, known only afterwards
//   record_id      int64  feature a leak: the number of a record store that keeps clicks apart
//   <column>_true         truth   of a column with missing values: what they really are
//   dwell_seconds  float32 label  with dwell_expected, and dwell_positive (its probability of not
//                                 being zero), double truth
//   vote, subscribe, report uint8 label 0 or 1, each with <name>_probability, double truth
//   comments       int32  label   with comments_expected, double truth
//   examination, attraction float32 truth: click_probability is their product
//   user_effect, community_effect, session_effect, season_effect, fatigue_effect, segment_offset
//                  float32 truth  log-odds that the effects add to the attraction
//   click_delay_hours float32 truth the delay that a click of this row has, whether or not it came
//
// A truth column says in `truth_of` which label it is the expectation of; one that is no
// expectation names itself.
//
// About 97 bytes a row without those. Times are midnights plus microseconds; all impressions of day
// d have start + d days ≤ time < start + (d + 1) days.
#pragma once

#include <span>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"
#include "engine/sim/site.hpp"

namespace rehearse::sim {

// The same bytes on any number of threads (0: as many as the machine has). O(impressions · log).
// Errors: those of validate(options); cancelled.
Result<Frame> simulate_impressions(const SiteOptions& options, const Progress& progress = {},
                                   unsigned threads = 1);

// Cuts rows at the days given, ascending: {14, 21} makes days [.., 14), [14, 21), [21, ..).
// Zero-copy, since rows are in time order. The parts that hold no row are empty frames.
// Errors: `marks` not ascending, no numeric column `column`, a day missing, days not in order (the
// row is named).
Result<std::vector<Frame>> split_by_day(const Frame& log, std::span<const int> marks,
                                        std::string_view column = "day");

// What was known at `at`: the same rows, where a click that had not arrived counts as none and its
// arrival is missing. A log without a column `arrival` is returned as it is: all was known.
Result<Frame> labels_known_at(const Frame& log, Time at, std::string_view label = "click",
                              std::string_view arrival = "click_arrival");

// The first row of each session (or of each run of equal values of `column`): rows that may be
// taken as independent draws of the audience, for tests that assume so.
Result<Frame> one_row_per(const Frame& log, std::string_view column = "session_id");

}  // namespace rehearse::sim
