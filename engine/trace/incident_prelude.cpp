// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/trace/incident_prelude.hpp"

#include <string_view>

namespace rehearse::trace {
namespace {

char prelude_key;

// Compiled in every trace, so it stays short; run only when an incident is recorded.
constexpr std::string_view kPrelude = R"lua(
local prelude = {}

function prelude.world(draw)
  local quiet = { days = 29, incidents_per_week = 0, spikes_per_week = 0.3, as = "quiet, none" }
  local clean = simulate.operations(quiet)
  quiet.as = "site, planted"
  quiet.plant, quiet.plant_hour, quiet.plant_lasts = draw.kind, draw.begin, draw.lasts
  quiet.plant_magnitude, quiet.plant_segment = draw.magnitude, draw.segment
  local broken = simulate.operations(quiet)
  return broken, clean
end

function prelude.look(broken, clean, draw)
  local seen = oncall.seen { broken, at = draw.now, as = "site" }
  local unharmed = oncall.seen { clean, at = draw.now, as = "quiet" }
  local facts = oncall.facts { broken, clean, at = draw.now, begin = draw.begin, kind = draw.kind,
    hurts = draw.hurts, harmless = draw.harmless }
  local signs = oncall.signs { seen, begin = draw.begin }
  return seen, unharmed, facts, signs
end

function prelude.dashboard(seen, draw)
  show.table { oncall.levels { seen }, title = "Every signal in the last hour, against its usual",
    see = "which layer moved, and how far beyond what this hour of the day usually does" }
  for _, signal in ipairs { "ctr", "sessions", "score_mean", "latency_p99" } do
    show.line { oncall.strip { seen, signal = signal }, title = signal .. ", three days", x_title = "hours since the page",
      y_title = signal, see = "whether and when it left the band that it usually keeps to" }
  end
end

function prelude.act(broken, clean, draw, response)
  return oncall.act { broken, clean, at = draw.now, begin = draw.begin, kind = draw.kind,
    hurts = draw.hurts, harmless = draw.harmless, until_hour = draw.until_hour,
    waited = draw.minutes, action = response.name, minutes = response.minutes,
    leaves = response.leaves, heals = response.heals, costs = response.costs,
    costs_hours = response.costs_hours, as = response.name .. ", " .. response.name .. " by hour" }
end

function prelude.debrief(broken, draw, signs, outcomes, paths)
  show.line { oncall.paths(paths), y = "clicks", by = "hour",
    title = "What each action would have done", x_title = "hours since the page", y_title = "clicks an hour",
    see = "the ink line is the same site without the incident; the gap below it is what an action lets happen" }
  show.table { oncall.outcomes(outcomes), title = "Every action, from this minute on",
    see = "what two days cost under each action, least first" }
  show.table { signs, title = "What left its usual band, in order",
    see = "the signal at the top was the first witness: an alert on it would have paged soonest" }
end

return prelude
)lua";

}  // namespace

void install_prelude(lua_State* L) {
  if (luaL_loadbufferx(L, kPrelude.data(), kPrelude.size(), "=incident", "t") != LUA_OK) lua_error(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &prelude_key);
}

bool push_prelude(lua_State* L, const char* name) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &prelude_key) == LUA_TFUNCTION) {
    lua_call(L, 0, 1);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &prelude_key);
  }
  const int type = lua_getfield(L, -1, name);
  lua_remove(L, -2);
  return type == LUA_TFUNCTION;
}

}  // namespace rehearse::trace
