// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sessions: who opens the site, when, and on which surface. A user's visits are a Poisson process
// (its clock runs slower on weekends where there is a season) from a week before the log on, or
// from the day on which the user enters.
#pragma once

#include <vector>

#include "engine/sim/population.hpp"

namespace rehearse::sim {

inline constexpr int kSurfaces = 3;
extern const std::array<const char*, kSurfaces> kSurfaceNames;

struct Session {
  std::int64_t time = 0;  // microseconds from day 0's midnight
  std::uint64_t key = 0;  // of its streams
  std::int32_t user = 0, day = 0;
  std::int32_t activity = 0;  // sessions of the user in the seven days before
  std::uint8_t hour = 0;      // of the user's clock
  std::uint8_t surface = 0;   // home where nobody asks
  bool newcomer = false;
};

// In order of time; ties by key.
std::vector<Session> make_sessions(const SiteOptions& options, const Population& people);

inline const User& user_of(const Population& people, const Session& s) {
  return (s.newcomer ? people.newcomers : people.users)[static_cast<std::size_t>(s.user)];
}

}  // namespace rehearse::sim
