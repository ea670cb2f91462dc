-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The least time for tasks of which equal ones need a pause between them. A heap can play it out;
-- the drill is about seeing that only the most frequent kinds matter, and about proving it.

-- `n` tasks of `kinds` kinds; the smaller `skew`, the more the first kinds get.
local function random_tasks(n, kinds, skew, rand)
  local tasks = {}
  for i = 1, n do tasks[i] = "h" .. math.floor(kinds * rand.float() ^ (1 / skew)) end
  return tasks
end

-- `n` tasks, two of each kind.
local function pairs_of_tasks(n, rand)
  local tasks = {}
  for i = 1, n do tasks[i] = "host" .. (i + 1) // 2 end
  return rand.shuffle(tasks)
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local blocks = [==[
-- The last fetches of the most frequent hosts end the schedule: before them lie most - 1 blocks of
-- gap + 1 ticks, into which all else fits, or spills over without leaving a tick idle.
function cooldown_schedule(tasks, gap)
  local count, most, hosts_with_most = {}, 0, 0
  for _, host in ipairs(tasks) do
    local times = (count[host] or 0) + 1
    count[host] = times
    if times > most then
      most, hosts_with_most = times, 1
    elseif times == most then
      hosts_with_most = hosts_with_most + 1
    end
  end
  if most == 0 then return 0 end
  return math.max(#tasks, (most - 1) * (gap + 1) + hosts_with_most)
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = blocks:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return blocks:sub(1, first - 1) .. new .. blocks:sub(last + 1)
end

return drill {
  id = "cooldown-schedule",
  title = "A polite crawler",
  category = "heaps",
  level = "medium",
  minutes = 20,
  covers = { "S03-C06", "S03-C04", "S03-T" },
  signature = "cooldown_schedule(tasks: string[], gap: int) -> int",

  statement = [==[
A crawler looks whether the pages that posts link to still exist. It fetches one page a tick. So as
not to be a burden, it waits between two fetches from the same host: at least `gap` ticks must lie
between them, in which it fetches from other hosts or does nothing.

`tasks` names the host of each page that is to be fetched. The crawler may fetch them in any order.
Return the least number of ticks from its first fetch to its last, both included.

**Conventions**

- Every task takes exactly one tick. With a gap of 2, a host fetched at tick 5 can be fetched again
  at tick 8.
- Idle ticks count, as far as they lie between the first fetch and the last. The crawler need not
  wait after its last fetch.
- `0 ≤ gap ≤ 10^9`. With a gap of 0 nothing has to wait.
- There are at most 10^5 tasks. With none the answer is 0.
- Host names are strings; equal strings are the same host.
- Do not change the input.

**Cost.** O(n) time for `n` tasks, up to a factor of log n. It must not depend on how many ticks are
idle. Space may grow with the number of hosts.
]==],

  examples = {
    {
      args = { { "a", "a", "a", "b", "b" }, 2 },
      result = 7,
      note = "a b . a b . a: two ticks are idle.",
    },
    {
      args = { { "a", "b", "c", "a", "d" }, 2 },
      result = 5,
      note = "a b c a d: the gap is filled, and nothing is idle.",
    },
    {
      args = { { "a", "a" }, 1000 },
      result = 1002,
      note = "A fetch, 1000 ticks of nothing, a fetch.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    input = function(n, rand) return { pairs_of_tasks(n, rand), n // 4 } end,
  },

  cases = function(rand, case)
    case { name = "no tasks", catches = "takes a first task for granted", args = { {}, 3 } }
    case { name = "one task", catches = "waits after the last fetch", args = { { "a" }, 5 } }
    case { name = "no gap", args = { { "a", "a", "a" }, 0 } }
    case { name = "twice the same host", catches = "a gap that is one short",
           args = { { "a", "a" }, 3 } }
    case { name = "two hosts are equally frequent", catches = "one host ends the schedule",
           args = { { "a", "b", "a", "b" }, 2 } }
    case { name = "more than fits into the gaps", catches = "fewer ticks than tasks",
           args = { { "a", "b", "c", "d", "a", "b", "c", "d" }, 2 } }
    case { name = "listed side by side", catches = "keeps the order of the list",
           args = { { "a", "a", "b" }, 1 } }
    case { name = "the most frequent host comes last", catches = "whoever is listed first",
           args = { { "b", "c", "a", "a", "a" }, 1 } }
    case { name = "all different", args = { { "a", "b", "c", "d" }, 7 } }
    case { name = "one host only", args = { { "a", "a", "a", "a" }, 4 } }
    case { name = "exactly full", args = { { "a", "a", "a", "b", "b", "c", "c" }, 2 } }
    case { name = "three share the last round",
           args = { { "a", "a", "a", "b", "b", "b", "c", "c", "c", "d" }, 5 } }
    for i = 1, 3 do
      case { name = "random " .. i,
             args = { random_tasks(rand(5, 40), 6, 1, rand), rand(0, 6) } }
    end
    for i = 1, 3 do
      case { name = "random, some more frequent " .. i,
             args = { random_tasks(rand(10, 60), 12, 0.4, rand), rand(1, 9) } }
    end
    case { name = "a gap of ages", catches = "lives through every idle tick",
           args = { { "a", "b", "a", "a" }, 1000000000 } }
    case { name = "2000 tasks, two of each", args = { pairs_of_tasks(2000, rand), 300 } }
    case { name = "10000 tasks, few hosts", args = { random_tasks(10000, 30, 0.5, rand), 40 } }
  end,

  compare = "exact",

  -- Plays it out: fetches, of the hosts that are free, the one with most left; jumps over idle
  -- ticks.
  oracle = function(args)
    local tasks, gap = args[1], args[2]
    local left, free_at, hosts = {}, {}, {}
    for _, host in ipairs(tasks) do
      if not left[host] then
        left[host], free_at[host] = 0, 1
        hosts[#hosts + 1] = host
      end
      left[host] = left[host] + 1
    end
    local tick = 0
    for _ = 1, #tasks do
      tick = tick + 1
      local earliest = math.huge
      for _, host in ipairs(hosts) do
        if left[host] > 0 then earliest = math.min(earliest, free_at[host]) end
      end
      tick = math.max(tick, earliest)
      local best
      for _, host in ipairs(hosts) do
        if left[host] > 0 and free_at[host] <= tick and (not best or left[host] > left[best]) then
          best = host
        end
      end
      left[best], free_at[best] = left[best] - 1, tick + gap + 1
    end
    return tick
  end,

  reference = {
    lua = blocks,
    python = [==[
from collections import Counter


def cooldown_schedule(tasks, gap):
    # most - 1 blocks of gap + 1 ticks, then the last fetch of each of the most frequent hosts. What
    # does not fit into the blocks makes them longer, and then nothing is idle.
    if not tasks:
        return 0
    counts = Counter(tasks).values()
    most = max(counts)
    hosts_with_most = sum(count == most for count in counts)
    return max(len(tasks), (most - 1) * (gap + 1) + hosts_with_most)
]==],
  },

  wrong = {
    {
      name = "takes a first task for granted",
      language = "lua",
      verdict = "WA",
      case = "no tasks",
      why = "Without tasks the formula still has a last round: (0 - 1) · (gap + 1) and something. "
        .. "Nothing to do takes no ticks.",
      code = reference_with("  if most == 0 then return 0 end\n", "  most = math.max(most, 1)\n"
        .. "  hosts_with_most = math.max(hosts_with_most, 1)\n"),
    },
    {
      name = "waits after the last fetch",
      language = "lua",
      verdict = "WA",
      case = "one task",
      why = "Each fetch of the most frequent host gets a whole block of gap + 1 ticks, the last "
        .. "one too. After the last fetch nobody waits.",
      code = reference_with("(most - 1) * (gap + 1) + hosts_with_most", "most * (gap + 1)"),
    },
    {
      name = "a gap that is one short",
      language = "lua",
      verdict = "WA",
      case = "twice the same host",
      why = "With `gap` ticks between them, two fetches are gap + 1 ticks apart.",
      code = reference_with("(most - 1) * (gap + 1)", "(most - 1) * gap"),
    },
    {
      name = "one host ends the schedule",
      language = "lua",
      verdict = "WA",
      case = "two hosts are equally frequent",
      why = "If several hosts are equally most frequent, each has a last fetch behind the blocks, "
        .. "and they need a tick each.",
      code = reference_with("(gap + 1) + hosts_with_most", "(gap + 1) + 1"),
    },
    {
      name = "fewer ticks than tasks",
      language = "lua",
      verdict = "WA",
      case = "more than fits into the gaps",
      why = "With many hosts the blocks overflow, and the formula for them gives less than one "
        .. "tick a task. The answer is at least the number of tasks.",
      code = reference_with("math.max(#tasks, (most - 1) * (gap + 1) + hosts_with_most)",
                            "(most - 1) * (gap + 1) + hosts_with_most"),
    },
    {
      name = "keeps the order of the list",
      language = "lua",
      verdict = "WA",
      case = "listed side by side",
      why = "Fetches in the order of the list and waits where it must. The order is free, and "
        .. "while one host rests others can be fetched.",
      code = [==[
function cooldown_schedule(tasks, gap)
  local free_at, tick = {}, 0
  for _, host in ipairs(tasks) do
    tick = math.max(tick + 1, free_at[host] or 0)
    free_at[host] = tick + gap + 1
  end
  return tick
end
]==],
    },
    {
      name = "whoever is listed first",
      language = "lua",
      verdict = "WA",
      case = "the most frequent host comes last",
      why = "Of the hosts that may be fetched, it takes the first in the list. The host with most "
        .. "fetches left must go first, or at the end it is alone and waits.",
      code = [==[
function cooldown_schedule(tasks, gap)
  local waiting, free_at, tick = table.move(tasks, 1, #tasks, 1, {}), {}, 0
  while #waiting > 0 do
    local at, time = 1, math.maxinteger
    for i, host in ipairs(waiting) do
      local possible = math.max(tick + 1, free_at[host] or 0)
      if possible < time then at, time = i, possible end
      if time == tick + 1 then break end
    end
    tick = time
    free_at[waiting[at]] = tick + gap + 1
    table.remove(waiting, at)
  end
  return tick
end
]==],
    },
    {
      name = "lives through every idle tick",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      case = "a gap of ages",
      why = "The schedule is played out tick by tick, also where nothing happens. With a gap of a "
        .. "billion nearly all ticks are idle; jump to the next tick at which a host is free, or "
        .. "do not play it out at all.",
      code = [==[
function cooldown_schedule(tasks, gap)
  local left, free_at, hosts = {}, {}, {}
  for _, host in ipairs(tasks) do
    if not left[host] then
      left[host], free_at[host] = 0, 1
      hosts[#hosts + 1] = host
    end
    left[host] = left[host] + 1
  end
  local tick, done = 0, 0
  while done < #tasks do
    tick = tick + 1
    local best
    for _, host in ipairs(hosts) do
      if left[host] > 0 and free_at[host] <= tick and (not best or left[host] > left[best]) then
        best = host
      end
    end
    if best then
      left[best], free_at[best] = left[best] - 1, tick + gap + 1
      done = done + 1
    end
  end
  return tick
end
]==],
    },
    {
      name = "looks at all hosts for every task",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "It jumps over idle ticks, but for each task it searches all hosts for the one with "
        .. "most left: n steps a task. A heap needs log n, and counting alone needs no search.",
      code = [==[
function cooldown_schedule(tasks, gap)
  local left, free_at, hosts = {}, {}, {}
  for _, host in ipairs(tasks) do
    if not left[host] then
      left[host], free_at[host] = 0, 1
      hosts[#hosts + 1] = host
    end
    left[host] = left[host] + 1
  end
  local tick = 0
  for _ = 1, #tasks do
    tick = tick + 1
    local best, wait
    for _, host in ipairs(hosts) do
      if left[host] > 0 then
        local time = math.max(tick, free_at[host])
        if not best or time < wait or time == wait and left[host] > left[best] then
          best, wait = host, time
        end
      end
    end
    tick = wait
    left[best], free_at[best] = left[best] - 1, tick + gap + 1
  end
  return tick
end
]==],
    },
  },

  hints = {
    { text = "Take only the host with the most pages. How many ticks does it need at least, from "
        .. "its first fetch to its last?", cost_min = 2 },
    { text = "Draw its fetches as the starts of blocks of gap + 1 ticks. Put the other hosts into "
        .. "the blocks, one fetch a block. What stands behind the last block? What if a block "
        .. "overflows?", cost_min = 4 },
    { text = "Let `most` be the largest count and `m` the number of hosts that have it. The answer "
        .. "is the larger of n and (most - 1) · (gap + 1) + m. One pass of counting gives all "
        .. "three.", cost_min = 6 },
  },

  follow_ups = {
    { ask = "Show that no schedule is shorter.",
      answer = "n ticks are needed for n tasks. Each of the m most frequent hosts has its last "
        .. "fetch at least (most - 1)(gap + 1) ticks after its first. Their first fetches are at m "
        .. "different ticks, so the latest of them is at tick m or later, and its last fetch at "
        .. "(most - 1)(gap + 1) + m or later." },
    { ask = "Return the schedule itself.",
      answer = "A max-heap of the hosts by fetches left and a queue of those that rest, with the "
        .. "tick at which they are free. Each tick first moves the front of the queue back if it "
        .. "is due, then fetches from the top. When the heap is empty, jump to the front's tick." },
    { ask = "The tasks are not known before; they keep coming.",
      answer = "Then no rule is optimal, since the future decides. Most-left-first is the usual "
        .. "one. Real crawlers keep a queue for each host and a heap of hosts by the time at which "
        .. "they are free." },
    { ask = "Each host has a gap of its own.",
      answer = "The bound becomes the maximum over hosts of (count - 1)(gap + 1) + 1, and it is no "
        .. "longer always reached. Play it out by free times, most pages left first, and do not "
        .. "promise the optimum: the exchange that proves it needs equal gaps." },
  },

  explain = [==[
**The formula.** Let `most` be the largest number of tasks of a host, and `m` the number of hosts
with that many. The answer is `max(n, (most - 1) · (gap + 1) + m)`, or 0 without tasks.

**No schedule is shorter.** It needs a tick a task. The `m` most frequent hosts have their first
fetches at `m` different ticks, so one of them begins at tick `m` or later, and it ends
`(most - 1) · (gap + 1)` ticks later at the earliest.

**There is one that short.** Make `most - 1` blocks, and write the hosts into them in order of
falling counts: the most frequent ones get a place in each block and one behind the last; all other
tasks, host by host, are dealt round the blocks, one to each in turn. Hosts with `most - 1`
tasks come first and take one row each. A host with fewer may pass from the last block to the first,
one row on, but then it skips a block in between. So two tasks of a host stand in the same row of
neighbouring blocks, or further apart, and are far enough from each other once each block has
`gap + 1` ticks. Blocks differ by at most one in length. If some block is shorter, fill it with idle
ticks, and the formula's second part is reached. If all are full or longer, nothing is idle, and `n`
is reached.

**Cost.** One pass and a map with one entry a host. Playing it out with a heap is O(n log d) for `d`
hosts, if idle ticks are skipped.

**Usual mistakes**

- *gap or gap + 1.* "Two ticks between them" puts them three apart. Try two tasks of one host.
- *The last round.* It is not a block: it has `m` ticks and no idle ones.
- *Forgetting `n`.* The formula for blocks is a lower bound, not the answer.
- *Taking whoever is free.* The frequent host must not be left for the end.
]==],
}
