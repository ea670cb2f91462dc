// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/trace/incident_prelude.hpp"

#include <string_view>

namespace rehearse::trace {
namespace {

char prelude_key;

// Compiled in every trace, so it stays short. Its functions for the recorder are kept aside; the
// table `probe`, which builds the usual probes, is a word of the language.
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
  show.timeline { oncall.recent { seen, hours = 72 }, x = "hour", by = "signal", y = "value",
    group = "layer", low = "low", high = "high",
    title = "The last three days", x_title = "hours since the page",
    see = "when it began, and which signal left its band first" }
end

function prelude.act(broken, clean, draw, response)
  return oncall.act { broken, clean, at = draw.now, begin = draw.begin, kind = draw.kind,
    hurts = draw.hurts, harmless = draw.harmless, until_hour = draw.until_hour,
    waited = draw.minutes, action = response.name, minutes = response.minutes,
    leaves = response.leaves, heals = response.heals, costs = response.costs,
    costs_hours = response.costs_hours, as = response.name .. ", " .. response.name .. " by hour" }
end

function prelude.debrief(broken, draw, signs, outcomes, paths)
  show.line { oncall.paths(paths), y = "kept", by = "hour",
    title = "What each action would have done", x_title = "hours since the page", y_title = "clicks, % of those without the incident",
    see = "the ink line is the same site without the incident; the gap below it is what an action lets happen" }
  show.timeline { oncall.recent { oncall.seen { broken, at = draw.now, as = "site" }, hours = 72 }, x = "hour", by = "signal",
    y = "value", group = "layer", low = "low", high = "high", mark_at = -draw.ago, mark = draw.kind ~= "nothing",
    title = "The same three days, with the beginning marked", x_title = "hours since the page",
    see = "what moved at the mark, what followed later, and what was always like that" }
  show.table { oncall.outcomes(outcomes), title = "Every action, from this minute on",
    see = "what two days cost under each action, least first" }
  show.table { signs, title = "What left its usual band, in order",
    see = "the signal at the top was the first witness: an alert on it would have paged soonest" }
  outcomes.right, outcomes.as = draw.right, draw.right
  expect.below { oncall.regret(outcomes), "regret", 0.001, because = "the action that is called right must be the one that loses least" }
end

-- A value for all variants, or a table by variant whose entry 1 is for all others.
local function for_variant(value, draw)
  if type(value) ~= "table" then return value end
  local own = value[draw.variant]
  if own == nil then own = value[1] end
  return own
end

-- The same for a list: a list for all variants, or lists by variant with entry 1 for all others.
local function list_for(value, draw)
  if value[draw.variant] then return value[draw.variant] end
  if type(value[1]) == "table" then return value[1] end
  return value
end

probe = {}

function probe.slices(t)
  local signal = t.signal or "ctr"
  t.says = t.says or (signal .. " by platform, against its usual")
  t.show = function(seen)
    show.table { oncall.slices { seen, signal = signal }, title = signal .. " by platform, last hour",
      see = "a fault of the whole site moves all rows alike; one platform alone points at its client" }
    show.timeline { oncall.strip { seen, signal = signal }, by = "signal", low = "low", high = "high",
      title = signal .. " by platform, three days", x_title = "hours since the page", see = "which platform left the band, and when" }
  end
  return t
end

function probe.signal(t)
  t.show = function(seen)
    show.timeline { oncall.recent { seen, hours = t.hours or 72, signals = t.signals or { t.signal } }, by = "signal",
      group = "layer", low = "low", high = "high", title = t.title or ("The last " .. (t.hours or 72) .. " hours"),
      x_title = "hours since the page", see = "whether and when it left the band that it usually keeps to" }
  end
  return t
end

-- entries: { hours before the page, "what" }; hours may be a function of draw; only = "variant".
function probe.log(t)
  t.show = function(seen, draw)
    local hours, what = {}, {}
    for _, entry in ipairs(t.entries) do
      if entry.only == nil or entry.only == draw.variant then
        local age = entry[1]
        if type(age) == "function" then age = age(draw) end
        hours[#hours + 1], what[#what + 1] = age, entry[2]
      end
    end
    show.table { oncall.log { at = draw.now, hours = hours, what = what }, title = t.title or t[1],
      see = t.see or "what changed shortly before it began, in any team" }
  end
  return t
end

function probe.requests(t)
  t.says = t.says or "requests of the last hour logged in full, 1% of all: a feature as served and as computed offline"
  t.show = function(seen, draw)
    local lines, summary = oncall.logs { seen, column = t.column, fault = for_variant(t.fault, draw) or "none",
      affected = for_variant(t.affected, draw) or 0, segment = for_variant(t.segment, draw) or "all", as = "lines, summary" }
    show.table { lines, title = t.column .. " in ten requests", see = "whether the online value is there, and whether it is the offline one" }
    show.table { summary, title = "All logged requests of the hour", see = "how often online and offline disagree, and where" }
  end
  return t
end

function probe.groups(t)
  t.show = function(seen, draw, clean)
    show.table { oncall.groups { seen, clean, by = t.by, names = t.names, shares = t.shares,
      damage = list_for(t.damage, draw), hours = t.hours or 3 }, title = t.title or ("Click rate by " .. t.by),
      see = t.see or "whether everybody is hit alike, or one group carries all of it" }
  end
  return t
end

function probe.sheet(t)
  t.show = function(seen, draw)
    show.table { oncall.sheet { head = t.head, cells = list_for(t.cells, draw) }, title = t.title or t[1], see = t.see }
  end
  return t
end

return prelude
)lua";

}  // namespace

void install_prelude(lua_State* L) {
  if (luaL_loadbufferx(L, kPrelude.data(), kPrelude.size(), "=incident", "t") != LUA_OK)
    lua_error(L);
  lua_call(L, 0, 1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &prelude_key);
}

bool push_prelude(lua_State* L, const char* name) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &prelude_key);
  const int type = lua_getfield(L, -1, name);
  lua_remove(L, -2);
  return type == LUA_TFUNCTION;
}

}  // namespace rehearse::trace
