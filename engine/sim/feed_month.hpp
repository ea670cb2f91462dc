// SPDX-License-Identifier: GPL-3.0-or-later
//
// A policy's month: expectations user by user and day by day, and beside them one month as it
// happens. Both use the same lists; expectations are exact (feed_return.hpp), what happens is drawn
// from the same probabilities.
#pragma once

#include <functional>

#include "engine/sim/feed_rank.hpp"

namespace rehearse::sim {

enum class FeedList { online, cached, fallback };
struct FeedKind {
  FeedList list = FeedList::online;
  double share = 1;  // of requests
};

// Sees the sessions that a visitor would meet on a day, one for each kind.
using DayVisitor = std::function<void(std::size_t day, std::span<const FeedSession> sessions)>;
using UserVisitor = std::function<DayVisitor(std::size_t user)>;

class FeedMonth {
 public:
  // Keeps references to both. The policy is within its ranges.
  FeedMonth(const FeedWorld& world, const FeedPolicy& policy);
  const std::vector<FeedKind>& kinds() const { return kinds_; }
  Result<FeedOutcome> all(const Progress& progress, const UserVisitor& visitor);

 private:
  FeedUser user(std::size_t user, std::vector<FeedDay>& days, const DayVisitor& visitor);
  FeedSession session(FeedList list, std::size_t user, std::size_t day,
                      const TopicNumbers& believed, const TopicNumbers& mood,
                      const FeedReader& reader);

  const FeedWorld& world_;
  const FeedPolicy& policy_;
  FeedRanker ranker_;
  std::vector<FeedKind> kinds_;
};

// What happens, written down.
class FeedReplay {
 public:
  FeedReplay(const FeedWorld& world, const FeedPolicy& policy, std::vector<FeedKind> kinds);
  DayVisitor begin(std::size_t user);
  Result<FeedRows> rows(const FeedOutcome& expected) &&;

 private:
  struct Happened {
    double visits = 0, clicks = 0, minutes = 0, reports = 0, shown = 0, last_week = 0;
  };
  struct LogColumns {
    std::vector<std::int32_t> day, user, place, post, topic, creator, list;
    std::vector<std::uint8_t> seen, click, report;
    std::vector<double> minutes, click_probability, finish_probability;
  };
  void visit(std::size_t user, std::size_t day, std::span<const FeedSession> sessions);
  Result<Frame> daily(const FeedOutcome& expected) const;
  Result<Frame> users(const FeedOutcome& expected) const;
  Result<Frame> log() &&;

  const FeedWorld& world_;
  const FeedPolicy& policy_;
  std::vector<FeedKind> kinds_;
  double satisfaction_ = 0;  // of the user whose days are seen
  std::vector<Happened> happened_;
  LogColumns log_;
};

}  // namespace rehearse::sim
