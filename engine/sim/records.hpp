// SPDX-License-Identifier: GPL-3.0-or-later
//
// The site's log as its clients really send it: one nested JSON event a line, with the faults that
// real clients have. Which line has which fault is known, so that a loader can be judged.
//
//   {"event_id": "e1f", "at": "2026-06-01T07:12:00Z", "user": {"id": 7, "tenure_days": 420,
//    "country": "DE"}, "post": {"id": 3, "community": "…", "votes": 12, "topics": ["…"]},
//    "context": {"platform": "ios", "position": 2}, "dwell_seconds": 14.2, "click": true}
//
// Faults, each a share of the events from `fault_day` on, at most one an event:
//   type        a number is written as a text ("12"), a boolean as "true"
//   missing     user.tenure_days is not there
//   unit        dwell_seconds is written in milliseconds
//   renamed     post.votes is called post.score
//   duplicate   the event is sent twice: the same line once more
//   truncated   the line stops in its middle
#pragma once

#include "engine/base/frame.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::sim {

struct RecordFaults {
  double type = 0, missing = 0, unit = 0, renamed = 0, duplicate = 0, truncated = 0;
};

struct RecordOptions {
  std::size_t events = 5000;  // evenly spaced impressions of the log; [1, 1,000,000]
  RecordFaults faults;        // shares in [0, 1], together at most 1
  int fault_day = 0;
  std::uint64_t seed = 1;
};

// line    int64 id     from 1
// raw     text         the line as it was sent
// day     int32
// planted text  truth  the line's fault; `none`; a second sending is `duplicate`, the first `none`
// true_tenure_days, true_dwell_seconds, true_votes double truth: what the world really held
// click_probability double truth, where the log has it
// Errors: an option out of its range, a log without the columns of simulate_impressions.
Result<Frame> simulate_records(const Frame& log, const RecordOptions& options,
                               const Progress& progress = {});

}  // namespace rehearse::sim
