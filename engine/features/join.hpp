// SPDX-License-Identifier: GPL-3.0-or-later
//
// Point-in-time join: to each event the feature values that were known at its time, and not the
// newest there are. Training on the newest teaches the model with values from after the click; live
// they do not exist yet, and the model falls apart without an error anywhere.
//
// A feature row is visible to an event of its entity at time t when
//
//   known        event_time ≤ t  and  arrival_time ≤ t     what a live system could have read
//   event_time   event_time ≤ t                            as if every value arrived at once
//   strict       event_time < t                            nothing of the same instant, either
//
// and t - event_time ≤ TTL. Among visible rows the greatest event_time wins, then the greatest
// arrival_time, then the last in file order. Every event row is kept, in order, duplicates
// included; a missing cell of the winning row stays missing, and so is everything where no row is
// visible.
//
// A visible row stays visible but for the TTL, which cuts off the oldest first: so per entity the
// winner at every moment is a running maximum over rows in order of visibility, and an event finds
// it by binary search. O((n + m) log m); a million of each in about a second.
#pragma once

#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::features {

enum class JoinMode { known, event_time, strict };
// "known", "event-time", "strict". Error: none of these.
Result<JoinMode> parse_join_mode(const std::string& name);

struct JoinOptions {
  std::string entity;        // in both tables
  std::string event_time;    // of the events: a time, a text that is one, or seconds since 1970
  std::string feature_time;  // of the feature rows
  std::string arrival = {};  // of the feature rows; empty: each arrived at its own time
  double ttl_seconds = -1;   // below 0: values never grow too old
  JoinMode mode = JoinMode::known;
};

enum class LeakKind {
  late,    // the winning row arrived after the event
  future,  // a join that takes the newest row of all would have taken one from after the event
  tie,  // another visible row has the winner's event time and arrival; the last in file order won
};
const char* name_of(LeakKind kind);

struct JoinLeak {
  std::size_t event = 0;  // the event's row, from 0
  LeakKind kind = LeakKind::late;
};

struct Joined {
  // The events with the features' columns but their entity; one whose name an event column has is
  // called `feature.<name>`.
  Frame rows;
  std::vector<JoinLeak> leaks;       // in order of events, then late, future, tie
  std::vector<std::int64_t> winner;  // by event: the feature row, from 0; -1 where none is visible
};

// Errors: a column is not there; an entity that is text in one table and a number in the other; a
// time that is empty or cannot be read (table and row are named); a name that stands twice;
// cancelled.
Result<Joined> point_in_time_join(const Frame& events, const Frame& features,
                                  const JoinOptions& options, const Progress& progress = {});

}  // namespace rehearse::features
