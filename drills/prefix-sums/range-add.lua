-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Many ranges are raised, and all is read once at the end: note where a change begins and where it
-- is over, and add up. The drill is about the place behind the last one.

-- `m` campaigns of up to `longest` hours, with amounts of both signs.
local function campaigns(m, hours, longest, rand)
  local list = {}
  for i = 1, m do
    local first = rand(0, hours - 1)
    list[i] = { first, math.min(hours - 1, first + rand(0, longest - 1)), rand(-20, 50) }
  end
  return list
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local changes = [==[
-- `change[h]` is by how much hour h differs from the hour before it: a campaign begins to count at
-- its first hour and ceases behind its last. That may be hour n, which nobody reads.
function range_add(hours, campaigns)
  local change = {}
  for h = 0, hours do change[h] = 0 end
  for _, campaign in ipairs(campaigns) do
    local first, last, amount = campaign[1], campaign[2], campaign[3]
    change[first] = change[first] + amount
    change[last + 1] = change[last + 1] - amount
  end
  local planned, total = {}, 0
  for h = 0, hours - 1 do
    total = total + change[h]
    planned[h + 1] = total
  end
  return planned
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = changes:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return changes:sub(1, first - 1) .. new .. changes:sub(last + 1)
end

return drill {
  id = "range-add",
  title = "A plan for next week's load",
  category = "prefix-sums",
  level = "medium",
  minutes = 15,
  covers = { "S03-C03", "S03-P1" },
  signature = "range_add(hours: int, campaigns: (int, int, int)[]) -> int[]",

  statement = [==[
The team that serves the feed plans capacity for the coming hours. Each campaign that is known
beforehand changes the expected number of requests per second by a fixed amount, from one hour to
another: an event raises it, maintenance of an app lowers it.

Given the number of hours and the list of `campaigns`, each `(first, last, amount)`, return by how
much the load of each hour differs from the usual one.

**Conventions**

- Hours are counted from 0. A campaign counts in the hours `first`, `first + 1`, …, `last`, both
  ends included, and `0 ≤ first ≤ last < hours`.
- Every hour begins at 0, and amounts of several campaigns in the same hour add up. Amounts may be
  negative or zero and lie between -10^9 and 10^9; so the answers may be negative.
- `hours ≥ 1`. There may be no campaigns, and the same campaign may occur several times.
- Return one number per hour, exactly `hours` of them.
- Do not change the input.

**Cost.** O(n + m) time and O(n) space for `n` hours and `m` campaigns, however long the campaigns
are.
]==],

  examples = {
    {
      args = { 5, { { 1, 3, 10 }, { 2, 4, 5 } } },
      result = { 0, 10, 15, 15, 5 },
      note = "Hours 2 and 3 have both. The second campaign lasts through the last hour.",
    },
    {
      args = { 3, { { 0, 0, 7 }, { 0, 2, -2 } } },
      result = { 5, -2, -2 },
      note = "The first campaign counts in hour 0 alone.",
    },
    {
      args = { 2, {} },
      result = { 0, 0 },
      note = "Nothing is planned.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 2000, 4000, 8000, 16000 },
    -- n/2 hours and n/2 campaigns that last a quarter of them or longer.
    input = function(n, rand)
      local hours, list = n // 2, {}
      for i = 1, n // 2 do
        list[i] = { rand(0, hours // 4), hours - 1 - rand(0, hours // 2), rand(-20, 50) }
      end
      return { hours, list }
    end,
  },

  cases = function(rand, case)
    case { name = "no campaigns", catches = "returns an hour too many", args = { 3, {} } }
    case { name = "a fall after a rise", catches = "returns the changes",
           args = { 4, { { 0, 2, 5 }, { 1, 2, -5 } } } }
    case { name = "a single hour", catches = "ends an hour early", args = { 4, { { 2, 2, 9 } } } }
    case { name = "one in the middle", args = { 5, { { 1, 3, 4 } } } }
    case { name = "two begin together", catches = "sets instead of adding",
           args = { 5, { { 1, 2, 4 }, { 1, 3, 5 } } } }
    case { name = "through the last hour", catches = "writes behind the last hour",
           args = { 4, { { 2, 3, 6 } } } }
    case { name = "all hours", args = { 3, { { 0, 2, 8 } } } }
    case { name = "one hour in all", args = { 1, { { 0, 0, 3 }, { 0, 0, -5 } } } }
    case { name = "two end together", args = { 5, { { 0, 2, 4 }, { 1, 2, 5 } } } }
    case { name = "one begins where another is over", args = { 5, { { 0, 1, 4 }, { 2, 3, 4 } } } }
    case { name = "the same campaign three times",
           args = { 4, { { 1, 2, 3 }, { 1, 2, 3 }, { 1, 2, 3 } } } }
    case { name = "they cancel", args = { 4, { { 0, 3, 5 }, { 0, 3, -5 } } } }
    case { name = "amount zero", args = { 3, { { 0, 1, 0 } } } }
    case { name = "below the usual", args = { 4, { { 0, 2, -7 }, { 1, 3, 2 } } } }
    case { name = "sums beyond 32 bits",
           args = { 3, { { 0, 2, 1000000000 }, { 0, 1, 1000000000 }, { 1, 1, 1000000000 } } } }
    for i = 1, 4 do
      local hours = rand(2, 40)
      case { name = "random " .. i, args = { hours, campaigns(rand(1, 40), hours, 12, rand) } }
    end
    case { name = "1000 hours, 2000 campaigns", args = { 1000, campaigns(2000, 1000, 60, rand) } }
    case { name = "5000 hours, 500 campaigns", args = { 5000, campaigns(500, 5000, 1000, rand) } }
  end,

  compare = "exact",

  -- For each hour, asks every campaign whether it counts.
  oracle = function(args)
    local planned = {}
    for h = 0, args[1] - 1 do
      local total = 0
      for _, campaign in ipairs(args[2]) do
        if campaign[1] <= h and h <= campaign[2] then total = total + campaign[3] end
      end
      planned[h + 1] = total
    end
    return planned
  end,

  reference = {
    lua = changes,
    python = [==[
from itertools import accumulate


def range_add(hours, campaigns):
    # change[h] is by how much hour h differs from the hour before; hour `hours` is never read.
    change = [0] * (hours + 1)
    for first, last, amount in campaigns:
        change[first] += amount
        change[last + 1] -= amount
    return list(accumulate(change[:-1]))
]==],
  },

  wrong = {
    {
      name = "returns the changes",
      language = "lua",
      verdict = "WA",
      case = "a fall after a rise",
      why = "The list says where the load changes. The load of an hour is the sum of all changes "
        .. "up to it.",
      code = reference_with("total = total + change[h]", "total = change[h]"),
    },
    {
      name = "ends an hour early",
      language = "lua",
      verdict = "WA",
      case = "a single hour",
      why = "The amount is taken back at `last`, but the campaign still counts in that hour. A "
        .. "campaign of one hour vanishes altogether. Take it back at last + 1.",
      code = reference_with("    change[last + 1] = change[last + 1] - amount",
                            "    change[last] = change[last] - amount"),
    },
    {
      name = "sets instead of adding",
      language = "lua",
      verdict = "WA",
      case = "two begin together",
      why = "When two campaigns begin in the same hour, the second overwrites the first. A change "
        .. "is added to what is noted there already.",
      code = reference_with("change[first] = change[first] + amount", "change[first] = amount"),
    },
    {
      name = "writes behind the last hour",
      language = "python",
      verdict = "RTE",
      case = "through the last hour",
      why = "A campaign that lasts through the last hour is over behind it, at an index that a "
        .. "list of n hours does not have. Make the list one longer, or skip that note.",
      code = [==[
from itertools import accumulate


def range_add(hours, campaigns):
    change = [0] * hours
    for first, last, amount in campaigns:
        change[first] += amount
        change[last + 1] -= amount
    return list(accumulate(change))
]==],
    },
    {
      name = "returns an hour too many",
      language = "lua",
      verdict = "WA",
      case = "no campaigns",
      why = "The list of changes has a place behind the last hour, and it was returned as an hour.",
      code = reference_with("for h = 0, hours - 1 do\n    total", "for h = 0, hours do\n    total"),
    },
    {
      name = "raises hour by hour",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each campaign touches all of its hours: n·m steps when campaigns are long. The load "
        .. "changes only at the two ends of a campaign.",
      code = [==[
function range_add(hours, campaigns)
  local planned = {}
  for h = 1, hours do planned[h] = 0 end
  for _, campaign in ipairs(campaigns) do
    local amount = campaign[3]
    for h = campaign[1] + 1, campaign[2] + 1 do planned[h] = planned[h] + amount end
  end
  return planned
end
]==],
    },
    {
      name = "asks every campaign for every hour",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "n·m questions, whatever the campaigns are. Going through the hours once, one only has "
        .. "to know what begins and what is over.",
      code = [==[
function range_add(hours, campaigns)
  local planned = {}
  for h = 0, hours - 1 do
    local total = 0
    for i = 1, #campaigns do
      local campaign = campaigns[i]
      if campaign[1] <= h and h <= campaign[2] then total = total + campaign[3] end
    end
    planned[h + 1] = total
  end
  return planned
end
]==],
    },
  },

  hints = {
    { text = "Nobody reads anything before all campaigns are known. What is the least that you "
        .. "must write down for a campaign of a thousand hours?", cost_min = 1 },
    { text = "Compared with the hour before, the load changes in two places only: where the "
        .. "campaign begins, and in the first hour in which it no longer counts.", cost_min = 2 },
    { text = "A list of hours + 1 zeros. For each campaign: change[first] += amount, change[last + "
        .. "1] -= amount. The answer is the running sum over the first `hours` "
        .. "entries.", cost_min = 3 },
  },

  follow_ups = {
    { ask = "The hours are replaced by timestamps of up to 10^9. What now?",
      answer = "Only first and last + 1 of each campaign matter, at most 2m moments. Sort them, "
        .. "add up the changes in that order, and return pieces with their load: O(m log m), no "
        .. "list over time." },
    { ask = "People read single hours between the updates.",
      answer = "The load of an hour is a prefix sum of changes, so keep the changes in a Fenwick "
        .. "tree: two updates a campaign, one prefix query a reading, O(log n) each." },
    { ask = "And if they ask for the sum over a range of hours?",
      answer = "Two Fenwick trees, for change[h] and h · change[h]: the sum of the first k hours "
        .. "is k · Σ change - Σ h · change. Or a segment tree with lazy addition, which does "
        .. "maxima too." },
    { ask = "A campaign rises by the hour: amount, 2 · amount, 3 · amount, … until its last hour.",
      answer = "Changes of changes. Note +amount at first, and behind the last hour what undoes "
        .. "slope and height; then sum up twice." },
    { ask = "A hundred machines each have a part of the campaigns.",
      answer = "The lists of changes add up place by place, so each machine makes its own, and "
        .. "they are summed before the one running sum." },
  },

  explain = [==[
**Idea.** Let change[h] be the load of hour h minus that of hour h - 1 (and of hour 0 minus
nothing). A campaign raises all hours from first to last equally, so between neighbours inside it
nothing changes. Only two entries do: +amount at `first`, -amount at `last + 1`.

**Invariant.** After any number of campaigns, the sum change[0] + … + change[h] is the load of hour
h from these campaigns. A campaign adds to that sum: nothing if h < first; +amount if first ≤ h ≤
last; +amount - amount = 0 beyond.

This is the inverse of prefix sums. There, many reads of ranges meet a list that stays; here, many
writes of ranges meet one read.

**Cost.** Two steps per campaign, one per hour: O(n + m).

**Usual mistakes**

- *The end.* Both ends are included, so the amount is taken back at last + 1. For half-open ranges
  it would be at the end itself.
- *The place behind the last hour.* last + 1 may be n. Make room for it, and do not return it.
- *Assigning instead of adding.* Several campaigns may begin or end in the same place.
- *A list over raw timestamps.* With few campaigns and huge times, number the moments first.
]==],
}
