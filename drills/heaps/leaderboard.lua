-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The best k of a table whose scores change. A heap cannot find an old entry to move it, so the
-- drill is about leaving it there: knowing it again when it comes up, and not letting such entries
-- pile up.

-- The reference. Most of the wrong answers are this text with one thing changed.
local lazy_heap = [==[
-- The current entry { member, score } of each member, and a max-heap of entries. A new score makes
-- a new entry; the old one stays in the heap as a leftover, since no member has it any more.
Leaderboard = {}
Leaderboard.__index = Leaderboard

function Leaderboard.new()
  return setmetatable({ entries = {}, members = 0, heap = {} }, Leaderboard)
end

local function before(a, b)
  if a.score ~= b.score then return a.score > b.score end
  return a.member < b.member
end

local function push(heap, entry)
  local i = #heap + 1
  while i > 1 and before(entry, heap[i // 2]) do
    heap[i] = heap[i // 2]
    i = i // 2
  end
  heap[i] = entry
end

local function sift_down(heap, i)
  local entry, size = heap[i], #heap
  while 2 * i <= size do
    local child = 2 * i
    if child < size and before(heap[child + 1], heap[child]) then child = child + 1 end
    if not before(heap[child], entry) then break end
    heap[i] = heap[child]
    i = child
  end
  heap[i] = entry
end

local function pop(heap)
  local first, last = heap[1], table.remove(heap)
  if #heap > 0 then
    heap[1] = last
    sift_down(heap, 1)
  end
  return first
end

-- Builds the heap anew when most of it is leftovers. The calls that made them have paid for it.
function Leaderboard:tidy()
  if #self.heap <= 2 * self.members + 16 then return end
  self.heap = {}
  for _, entry in pairs(self.entries) do self.heap[#self.heap + 1] = entry end
  for i = #self.heap // 2, 1, -1 do sift_down(self.heap, i) end
end

function Leaderboard:set(member, score)
  if not self.entries[member] then self.members = self.members + 1 end
  local entry = { member = member, score = score }
  self.entries[member] = entry
  push(self.heap, entry)
  self:tidy()
end

function Leaderboard:remove(member)
  if self.entries[member] then self.members = self.members - 1 end
  self.entries[member] = nil
  self:tidy()
end

function Leaderboard:top(k)
  local best, names = {}, {}
  while #best < k and #self.heap > 0 do
    local entry = pop(self.heap)
    if self.entries[entry.member] == entry then best[#best + 1] = entry end
  end
  for i, entry in ipairs(best) do
    names[i] = entry.member
    push(self.heap, entry)
  end
  return names
end
]==]

-- The reference with each `old` replaced by its `new`; a change that no longer applies is an error.
local function reference_with(...)
  local code, changes = lazy_heap, { ... }
  for i = 1, #changes, 2 do
    local first, last = code:find(changes[i], 1, true)
    assert(first, "the reference no longer contains: " .. changes[i])
    code = code:sub(1, first - 1) .. changes[i + 1] .. code:sub(last + 1)
  end
  return code
end

-- `n` calls on `members` members with scores of up to `highest`.
local function traffic(n, members, highest, rand)
  local calls = {}
  for i = 1, n do
    local member, what = "m" .. rand(1, members), rand(1, 10)
    if what <= 6 then
      calls[i] = { "set", member, rand(0, highest) }
    elseif what <= 7 then
      calls[i] = { "remove", member }
    else
      calls[i] = { "top", rand(1, 5) }
    end
  end
  return calls
end

return drill {
  id = "leaderboard",
  title = "The most helpful members",
  category = "heaps",
  level = "hard",
  minutes = 30,
  covers = { "S02-C04", "S02-C07", "S02-T" },
  signature = [[
    class Leaderboard()
      set(member: string, score: int)
      remove(member: string)
      top(k: int) -> string[]
  ]],

  statement = [==[
A community shows its most helpful members. Scores change all the time, up when an answer is thanked
for, and down when a vote is taken back; members also leave.

Write `Leaderboard()` with

- `set(member, score)`: the member's score is `score` from now on. Who is not on the board yet joins
  it.
- `remove(member)`: the member leaves the board. If there is no such member, nothing happens.
- `top(k)`: the names of the `k` members with the highest scores, the best first.

**Conventions**

- Members with the same score are in ascending alphabetical order (`<` on strings). This also
  decides who gets in at the end of the list.
- If there are fewer than `k` members, `top` returns all of them. On an empty board it returns an
  empty list. `k ≥ 1`.
- `top` changes nothing: asked twice in a row, it gives the same answer.
- A member is listed once, whatever scores it has had.
- Members who left can join again with `set`.
- Scores are whole numbers between -10^15 and 10^15. Names are any strings.

**Cost.** On average over the calls, O(log n) for `set` and `remove` and O(k log n) for `top`, where
`n` is the number of members on the board. Memory follows the number of members, not the number of
calls, also when the same few scores change over and over.
]==],

  examples = {
    {
      new = {},
      calls = { { "set", "ann", 10 }, { "set", "bob", 7 }, { "set", "cy", 7 }, { "top", 2 },
                { "set", "ann", 1 }, { "top", 3 } },
      result = { nil, nil, nil, { "ann", "bob" }, nil, { "bob", "cy", "ann" } },
      note = "bob and cy are equal, and bob is first in the alphabet. Later ann falls behind.",
    },
    {
      new = {},
      calls = { { "set", "ann", 3 }, { "set", "bob", 5 }, { "remove", "bob" }, { "remove", "dan" },
                { "top", 9 }, { "set", "bob", 2 }, { "top", 9 } },
      result = { nil, nil, nil, nil, { "ann" }, nil, { "ann", "bob" } },
      note = "Removing dan, whom nobody knows, does nothing. bob comes back with a new score.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "1",
    sizes = { 500, 1000, 2000, 4000 },
    -- 32 members whose scores only rise: what their old entries say never comes up.
    input = function(n, rand)
      local calls, base = {}, rand(0, 1000)
      for i = 1, n do
        calls[i] = i % 10 == 0 and { "top", 3 } or { "set", "m" .. i % 32, base + i }
      end
      return { new = {}, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, calls)
      case { name = name, catches = catches, new = {}, calls = calls }
    end
    story("an empty board", nil, { { "top", 3 }, { "remove", "a" }, { "top", 1 } })
    story("fewer members than k", "takes k for granted",
          { { "set", "a", 1 }, { "set", "b", 2 }, { "top", 5 } })
    story("a score goes up", "adds the scores up",
          { { "set", "a", 5 }, { "set", "b", 8 }, { "set", "a", 6 }, { "top", 1 } })
    story("a score goes down", "believes old entries",
          { { "set", "a", 9 }, { "set", "b", 5 }, { "set", "a", 2 }, { "top", 1 } })
    story("asked twice", "uses up what it shows",
          { { "set", "a", 4 }, { "set", "b", 6 }, { "set", "c", 5 }, { "top", 2 }, { "top", 2 },
            { "top", 3 } })
    story("equal scores, joined in another order", "ties in order of arrival",
          { { "set", "c", 7 }, { "set", "a", 7 }, { "set", "b", 7 }, { "top", 2 }, { "top", 3 } })
    story("a score there and back", "lists a member twice",
          { { "set", "a", 9 }, { "set", "b", 5 }, { "set", "a", 2 }, { "set", "a", 9 },
            { "top", 2 } })
    story("removed", "the removed stay on the list",
          { { "set", "a", 9 }, { "set", "b", 5 }, { "remove", "a" }, { "top", 2 } })
    story("removed and back", "once removed, never seen again",
          { { "set", "a", 9 }, { "remove", "a" }, { "set", "a", 3 }, { "top", 2 } })
    story("the same score again", "lists a member twice",
          { { "set", "a", 4 }, { "set", "b", 4 }, { "set", "a", 4 }, { "top", 3 } })
    story("back with the score of before", nil,
          { { "set", "a", 8 }, { "set", "b", 3 }, { "remove", "a" }, { "set", "a", 8 },
            { "top", 3 } })
    story("below zero", nil,
          { { "set", "a", -5 }, { "set", "b", -2 }, { "set", "c", 0 }, { "set", "b", -9 },
            { "top", 3 } })
    story("an empty name", nil, { { "set", "", 1 }, { "set", "a", 1 }, { "top", 2 } })
    for i = 1, 3 do
      story("random " .. i, nil, traffic(rand(30, 60), 6, 20, rand))
    end
    for i = 1, 2 do
      story("random, many ties " .. i, nil, traffic(rand(30, 60), 5, 2, rand))
    end
    local many = {}
    for i = 1, 5000 do many[i] = { "set", "m" .. i, rand(0, 1000000) } end
    for i = 5001, 10000 do
      many[i] = i % 5 > 0 and { "top", 3 } or { "set", "m" .. rand(1, 5000), rand(0, 1000000) }
    end
    story("5000 members, asked often", "sorts at every question", many)
    story("4000 calls, 25 members", nil, traffic(4000, 25, 100, rand))
    story("4000 calls, 400 members", nil, traffic(4000, 400, 1000, rand))
  end,

  compare = "exact",

  -- A member's score is the last that was set; its place is the number of members before it.
  oracle = function(case)
    local history, result = {}, {}
    local function score_of(member)
      for i = #history, 1, -1 do
        if history[i][2] == member then return history[i][3] end
      end
    end
    for i, call in ipairs(case.calls) do
      if call[1] ~= "top" then
        history[#history + 1] = call
      else
        local scores = {}
        for _, change in ipairs(history) do scores[change[2]] = score_of(change[2]) end
        local names = {}
        for member, score in pairs(scores) do
          local place = 1
          for other, its_score in pairs(scores) do
            if its_score > score or its_score == score and other < member then place = place + 1 end
          end
          if place <= call[2] then names[place] = member end
        end
        result[i] = names
      end
    end
    return result
  end,

  reference = {
    lua = lazy_heap,
    python = [==[
import heapq


class Leaderboard:
    def __init__(self):
        self.entries = {}  # member -> its entry: (-score, member, stamp)
        self.heap = []  # these entries, and leftovers that no member has any more
        self.stamp = 0

    def _tidy(self):
        # Most entries are leftovers: drop them. Paid for by the calls that made them.
        if len(self.heap) > 2 * len(self.entries) + 16:
            self.heap = list(self.entries.values())
            heapq.heapify(self.heap)

    def set(self, member, score):
        self.stamp += 1
        self.entries[member] = (-score, member, self.stamp)
        heapq.heappush(self.heap, self.entries[member])
        self._tidy()

    def remove(self, member):
        self.entries.pop(member, None)
        self._tidy()

    def top(self, k):
        best = []
        while self.heap and len(best) < k:
            entry = heapq.heappop(self.heap)
            if self.entries.get(entry[1]) == entry:
                best.append(entry)
        for entry in best:
            heapq.heappush(self.heap, entry)
        return [member for _, member, _ in best]
]==],
    cpp = [==[
// An ordered set of (-score, member) and the score of each member, by which its entry in the set is
// found. Nothing is left behind.
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

class Leaderboard {
 public:
  void set(const std::string& member, long long score) {
    remove(member);
    score_[member] = score;
    order_.emplace(-score, member);
  }

  void remove(const std::string& member) {
    auto found = score_.find(member);
    if (found == score_.end()) return;
    order_.erase({-found->second, member});
    score_.erase(found);
  }

  std::vector<std::string> top(long long k) const {
    std::vector<std::string> names;
    for (auto it = order_.begin(); it != order_.end() && k > 0; ++it, --k)
      names.push_back(it->second);
    return names;
  }

 private:
  std::set<std::pair<long long, std::string>> order_;
  std::unordered_map<std::string, long long> score_;
};
]==],
  },

  wrong = {
    {
      name = "takes k for granted",
      language = "lua",
      verdict = "RTE",
      case = "an empty board",
      why = "Takes k entries out of the heap without asking whether there are that many.",
      code = reference_with("while #best < k and #self.heap > 0 do", "while #best < k do"),
    },
    {
      name = "adds the scores up",
      language = "lua",
      verdict = "WA",
      case = "a score goes up",
      why = "`set` says what the score is, not by how much it changes.",
      code = reference_with("  local entry = { member = member, score = score }\n", [==[
  local old = self.entries[member]
  local entry = { member = member, score = score + (old and old.score or 0) }
]==]),
    },
    {
      name = "believes old entries",
      language = "lua",
      verdict = "WA",
      case = "a score goes down",
      why = "The old score of a member is still in the heap, above the new one, and is taken for "
        .. "true. When an entry comes up, check that it is the member's current one.",
      code = reference_with("    if self.entries[entry.member] == entry then best", [==[
    local listed = not self.entries[entry.member]
    for _, other in ipairs(best) do listed = listed or other.member == entry.member end
    if not listed then best]==]),
    },
    {
      name = "uses up what it shows",
      language = "lua",
      verdict = "WA",
      case = "asked twice",
      why = "The best are popped to be listed, and never put back. `top` changes nothing.",
      code = reference_with("    names[i] = entry.member\n    push(self.heap, entry)\n",
                            "    names[i] = entry.member\n"),
    },
    {
      name = "ties in order of arrival",
      language = "lua",
      verdict = "WA",
      case = "equal scores, joined in another order",
      why = "Equal scores are listed by who got theirs first. The alphabet decides.",
      code = reference_with("return a.member < b.member", "return a.stamp < b.stamp",
                            "{ member = member, score = score }", [==[{
    member = member, score = score, stamp = (self.stamp or 0) + 1,
  }
  self.stamp = entry.stamp]==]),
    },
    {
      name = "lists a member twice",
      language = "lua",
      verdict = "WA",
      case = "a score there and back",
      why = "An entry counts as current if its score is the member's score. After a score has gone "
        .. "there and back, two entries say the same, and both are listed. Ask whether it is the "
        .. "very entry: by identity, or by a number that each `set` raises.",
      code = reference_with("    if self.entries[entry.member] == entry then", [==[
    local current = self.entries[entry.member]
    if current and current.score == entry.score then]==]),
    },
    {
      name = "the removed stay on the list",
      language = "lua",
      verdict = "WA",
      case = "removed",
      why = "`remove` is forgotten: the heap still has the entry, and the check finds it current.",
      code = reference_with("  self.entries[member] = nil\n", "",
                            "  if self.entries[member] then self.members = self.members - 1 end\n",
                            ""),
    },
    {
      name = "once removed, never seen again",
      language = "lua",
      verdict = "WA",
      case = "removed and back",
      why = "Removed members are put on a list of those to skip, and joining again does not take "
        .. "them off it. What is to be skipped are entries, not members.",
      code = reference_with("  self.entries[member] = nil\n", [==[
  self.gone = self.gone or {}
  self.gone[member] = true
  self.entries[member] = nil
]==], "if self.entries[entry.member] == entry then",
        "if self.entries[entry.member] == entry and not (self.gone or {})[entry.member] then"),
    },
    {
      name = "sorts at every question",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      case = "5000 members, asked often",
      why = "All members are sorted for each `top`: n log n steps for three names.",
      code = [==[
Leaderboard = {}
Leaderboard.__index = Leaderboard

function Leaderboard.new() return setmetatable({ scores = {} }, Leaderboard) end

function Leaderboard:set(member, score) self.scores[member] = score end

function Leaderboard:remove(member) self.scores[member] = nil end

function Leaderboard:top(k)
  local names = {}
  for member in pairs(self.scores) do names[#names + 1] = member end
  table.sort(names, function(a, b)
    if self.scores[a] ~= self.scores[b] then return self.scores[a] > self.scores[b] end
    return a < b
  end)
  return table.move(names, 1, math.min(k, #names), 1, {})
end
]==],
    },
    {
      name = "old entries pile up",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "Each change leaves an entry behind, and those with low scores never come up to be "
        .. "dropped. Memory grows with the number of calls. When most of the heap is leftovers, "
        .. "build it anew from the current entries.",
      code = reference_with("  if #self.heap <= 2 * self.members + 16 then return end\n",
                            "  if true then return end\n"),
    },
  },

  hints = {
    { text = "With scores that never change, what would you use for `top`? Which operation does "
        .. "that structure lack, once they do change?", cost_min = 3 },
    { text = "A heap cannot find the old entry of a member. Leave it where it is, and push the new "
        .. "one as well. How can you tell, when an entry comes up, whether it still counts, also "
        .. "when a score has gone there and back?", cost_min = 5 },
    { text = "Keep a map from member to its current entry. `top` pops entries, skips those that "
        .. "are not the current one of their member, and pushes the others back at the end. When "
        .. "the heap holds more than twice as many entries as there are members, rebuild it from "
        .. "the map.", cost_min = 7 },
  },

  follow_ups = {
    { ask = "Would you use an ordered set instead, if the language has one?",
      answer = "Yes: entries (-score, member) in a balanced tree, and a map from member to score "
        .. "to find the old entry and delete it. `set` and `remove` are O(log n) at worst, `top` "
        .. "is O(k), and nothing is left behind. The heap needs less memory an entry and is what "
        .. "some standard libraries have." },
    { ask = "What is my rank?",
      answer = "A heap cannot say. A tree whose nodes know the size of their subtrees, or a skip "
        .. "list with widths, gives it in log n. For a rough rank a histogram of the scores is "
        .. "enough." },
    { ask = "k is always 10, and `top` is asked a thousand times as often as scores change.",
      answer = "Keep the answer and mark it as outdated when a change touches it: a listed member "
        .. "changes, or somebody passes the last one. Most changes are far below and cost "
        .. "nothing." },
    { ask = "There are a hundred million members on many machines.",
      answer = "Spread members by hash; each machine answers its own top k, and one merges them: "
        .. "exact, since a member lives on one machine only. Ranks of everybody are another "
        .. "matter; give exact ones at the top and percentiles below." },
    { ask = "Scores are to fade: a point from last week counts half.",
      answer = "Store score · 2^(t / week) on a fixed time axis, so that all fade by the same "
        .. "factor and the order stays. Only new points change an entry. Rescale, or keep "
        .. "logarithms, before the numbers overflow." },
  },

  explain = [==[
**Invariant.** For each member on the board, its current entry is in the heap, once. All other
entries in the heap are leftovers: no member has them.

**Why `top` is right.** Entries come out of the heap best first. Leftovers are dropped; the others
are the current entries in the order asked for. Those that were listed are put back, so the
invariant holds afterwards.

**Identity.** A leftover may look like a current entry: same member, same score. It is the object,
or the stamp, that tells them apart. Comparing scores lists a member twice.

**Cost.** Each `set` pushes one entry, and a leftover is popped at most once: O(log n) on average.
`top` pops and pushes k entries beside that. When the heap has more than `2n + 16` entries, it is
rebuilt in linear time. At least half of what it held were leftovers, each made by a call of its own
since the last rebuild, so this is constant per call on average, and memory is O(n).

**Usual mistakes**

- *Believing what comes up.* An old high score is on top for ever.
- *Dropping leftovers only when they come up.* Low ones never do.
- *Not putting back what was listed.*
- *Marking members as removed* instead of entries: they cannot return.
- *The order turned round as a whole*: scores fall, names rise.
]==],
}
