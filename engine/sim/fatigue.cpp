// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/fatigue.hpp"

#include <cmath>

#include "engine/sim/parallel.hpp"

namespace rehearse::sim {
namespace {

constexpr double kHoursPerMicrosecond = 1 / 3.6e9;

struct Memory {  // of one community, by the user at hand
  std::size_t owner = 0;
  std::int64_t time = 0;
  double seen = 0;
};

void tire_session(Columns& c, const SiteOptions& o, const Session& s, std::size_t index,
                  std::size_t owner, std::vector<Memory>& memory) {
  const auto slate = static_cast<std::size_t>(o.slate_size);
  for (std::size_t row = index * slate; row < (index + 1) * slate; ++row) {
    Memory& m = memory[static_cast<std::size_t>(c.community[row])];
    if (m.owner != owner) m = {owner, s.time, 0};
    if (m.time != s.time)
      m.seen *= std::exp2(-static_cast<double>(s.time - m.time) * kHoursPerMicrosecond /
                          kFatigueHalfLifeHours);
    const double effect = -o.effects.fatigue * std::log1p(m.seen);
    c.number(Extra::recent_seen)[row] = static_cast<float>(m.seen);
    c.probability[row] += effect;
    if (!c.number(Extra::fatigue_effect).empty())
      c.number(Extra::fatigue_effect)[row] = static_cast<float>(effect);
    m.seen += 1, m.time = s.time;
  }
}

}  // namespace

void tire(Columns& columns, const SiteOptions& o, const Population& people,
          const std::vector<Session>& sessions, unsigned threads) {
  // The sessions of each user, in order of time.
  const std::size_t users = people.users.size() + people.newcomers.size();
  const auto who = [&](const Session& s) {
    return static_cast<std::size_t>(s.user + (s.newcomer ? o.users : 0));
  };
  std::vector<std::uint32_t> begin(users + 1, 0), of_user(sessions.size());
  for (const Session& s : sessions) ++begin[who(s) + 1];
  for (std::size_t u = 1; u <= users; ++u) begin[u] += begin[u - 1];
  std::vector<std::uint32_t> next = begin;
  for (std::size_t s = 0; s < sessions.size(); ++s)
    of_user[next[who(sessions[s])]++] = static_cast<std::uint32_t>(s);
  in_parallel(users, threads, [&](std::size_t from, std::size_t to) {
    std::vector<Memory> memory(people.communities.size());
    for (std::size_t u = from; u < to; ++u)
      for (std::uint32_t i = begin[u]; i < begin[u + 1]; ++i)
        tire_session(columns, o, sessions[of_user[i]], of_user[i], u + 1, memory);
  });
}

}  // namespace rehearse::sim
