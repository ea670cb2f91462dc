-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Claims with deadlines that can be renewed and given back, and a sweep that hands out the lapsed
-- ones in order. The drill is about an index that forgets a deadline when the claim forgets it.

-- The reference. Several wrong answers are this text with one thing changed.
local heap_with_places = [==[
-- A min-heap of { report, deadline }, and a map from report to its entry, which knows its place in
-- the heap. So a renewed claim can be moved and a released one taken out at once.
ClaimBoard = {}
ClaimBoard.__index = ClaimBoard

function ClaimBoard.new()
  return setmetatable({ heap = {}, entries = {} }, ClaimBoard)
end

local function before(a, b)
  if a.deadline ~= b.deadline then return a.deadline < b.deadline end
  return a.report < b.report
end

local function put(heap, i, entry)
  heap[i], entry.place = entry, i
end

-- Moves the entry at `i` up or down to where it belongs.
local function settle(heap, i)
  local entry = heap[i]
  while i > 1 and before(entry, heap[i // 2]) do
    put(heap, i, heap[i // 2])
    i = i // 2
  end
  while 2 * i <= #heap do
    local child = 2 * i
    if child < #heap and before(heap[child + 1], heap[child]) then child = child + 1 end
    if not before(heap[child], entry) then break end
    put(heap, i, heap[child])
    i = child
  end
  put(heap, i, entry)
end

local function take_out(heap, i)
  local last = table.remove(heap)
  if i > #heap then return end
  put(heap, i, last)
  settle(heap, i)
end

function ClaimBoard:claim(report, until_s)
  local entry = self.entries[report]
  if not entry then
    entry = { report = report }
    self.entries[report] = entry
    put(self.heap, #self.heap + 1, entry)
  end
  entry.deadline = until_s
  settle(self.heap, entry.place)
end

function ClaimBoard:release(report)
  local entry = self.entries[report]
  if not entry then return false end
  self.entries[report] = nil
  take_out(self.heap, entry.place)
  return true
end

function ClaimBoard:lapsed(now_s, most)
  local result, heap = {}, self.heap
  while #result < most and heap[1] and heap[1].deadline <= now_s do
    result[#result + 1] = heap[1].report
    self.entries[heap[1].report] = nil
    take_out(heap, 1)
  end
  return result
end

function ClaimBoard:next_lapse()
  return self.heap[1] and self.heap[1].deadline
end
]==]

-- Another way, right as long as the outdated entries are recognised and thrown away in time.
-- Several wrong answers are this text with one of these things left out.
local heap_with_leftovers = [==[
ClaimBoard = {}
ClaimBoard.__index = ClaimBoard

function ClaimBoard.new()
  return setmetatable({ heap = {}, entries = {} }, ClaimBoard)
end

local function before(a, b)
  if a.deadline ~= b.deadline then return a.deadline < b.deadline end
  return a.report < b.report
end

local function push(heap, entry)
  local i = #heap + 1
  while i > 1 and before(entry, heap[i // 2]) do
    heap[i] = heap[i // 2]
    i = i // 2
  end
  heap[i] = entry
end

local function pop(heap)
  local first, last, i = heap[1], table.remove(heap), 1
  if #heap == 0 then return first end
  while 2 * i <= #heap do
    local child = 2 * i
    if child < #heap and before(heap[child + 1], heap[child]) then child = child + 1 end
    if not before(heap[child], last) then break end
    heap[i] = heap[child]
    i = child
  end
  heap[i] = last
  return first
end

function ClaimBoard:skip_outdated()
  local heap = self.heap
  while heap[1] and self.entries[heap[1].report] ~= heap[1] do pop(heap) end
end

function ClaimBoard:claim(report, until_s)
  local entry = { report = report, deadline = until_s }
  self.entries[report] = entry
  push(self.heap, entry)
end

function ClaimBoard:release(report)
  local there = self.entries[report] ~= nil
  self.entries[report] = nil
  return there
end

function ClaimBoard:lapsed(now_s, most)
  local result = {}
  self:skip_outdated()
  while #result < most and self.heap[1] and self.heap[1].deadline <= now_s do
    local report = pop(self.heap).report
    self.entries[report] = nil
    result[#result + 1] = report
    self:skip_outdated()
  end
  return result
end

function ClaimBoard:next_lapse()
  self:skip_outdated()
  return self.heap[1] and self.heap[1].deadline
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

-- `n` calls about reports `r1` … `r<reports>`, with deadlines up to `longest` ahead.
local function shift(n, reports, longest, rand)
  local calls, now = {}, 0
  for i = 1, n do
    local report, what = "r" .. rand(1, reports), rand(1, 12)
    now = now + rand(0, 2)
    if what <= 7 then
      calls[i] = { "claim", report, now + rand(0, longest) }
    elseif what <= 9 then
      calls[i] = { "release", report }
    elseif what <= 11 then
      calls[i] = { "lapsed", now, rand(1, 4) }
    else
      calls[i] = { "next_lapse" }
    end
  end
  return calls
end

return drill {
  id = "expiry-index",
  title = "Claims that lapse",
  category = "state",
  level = "hard",
  minutes = 35,
  covers = { "S02-C07", "S02-C06" },
  signature = [[
    class ClaimBoard()
      claim(report: string, until_s: int)
      release(report: string) -> bool
      lapsed(now_s: int, most: int) -> string[]
      next_lapse() -> int?
  ]],

  statement = [==[
A moderator who opens a report claims it, so that nobody else works on it. The claim has a deadline,
and the page renews it while the moderator is reading. If the deadline passes, the report goes back
into the queue. A background job asks now and then for the claims that have lapsed, a few at a time,
and sleeps until the next one will.

Write `ClaimBoard()` with

- `claim(report, until_s)`: `report` is claimed until `until_s`. If it is claimed already, this
  deadline takes the place of the old one; it may be later or earlier;
- `release(report)`: the claim is given back. Returns whether there was one;
- `lapsed(now_s, most)`: takes the lapsed claims off the board and returns their reports, but at most
  `most` of them;
- `next_lapse()`: the earliest deadline on the board, or nothing (`nil`, `None`) if there is none.

**Conventions**

- A claim has lapsed at `now_s` when `until_s ≤ now_s`.
- `lapsed` returns the reports by deadline, earliest first; equal deadlines by the report's name, in
  the order of its bytes. If there are more than `most`, it takes the first ones in this order and
  leaves the others on the board for the next call.
- Only `release` and `lapsed` take claims off the board. Until then a claim whose deadline has passed
  can still be renewed or released, and `next_lapse` still counts it.
- The `now_s` of different calls need not ascend. Each call is answered by the time it carries.
- Times are whole numbers from 0 to 10^15, and `most ≥ 1`. Names are any strings. A new board is
  empty.

**Cost.** With `n` claims on the board, `claim` and `release` may take O(log n) on average,
`next_lapse` too, and `lapsed` that much for each report it returns, and once more. None may look
through all claims. Memory follows the number of claims on the board, however often they are renewed
or released.
]==],

  examples = {
    {
      new = {},
      calls = { { "claim", "r1", 100 }, { "claim", "r2", 90 }, { "next_lapse" },
                { "claim", "r2", 120 }, { "next_lapse" }, { "lapsed", 110, 5 }, { "next_lapse" } },
      result = { nil, nil, 90, nil, 100, { "r1" }, 120 },
      note = "r2 is renewed in time, so only r1 has lapsed at 110.",
    },
    {
      new = {},
      calls = { { "claim", "b", 50 }, { "claim", "a", 50 }, { "claim", "c", 40 },
                { "lapsed", 50, 2 }, { "release", "b" }, { "release", "b" }, { "next_lapse" } },
      result = { nil, nil, nil, { "c", "a" }, true, false, nil },
      note = "Three have lapsed, two are asked for. b stays on the board until it is released.",
    },
  },

  limits = { time_ms = 400, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "1",
    sizes = { 2000, 4000, 8000, 16000 },
    -- 16 reports whose claims are renewed in turn, with deadlines far ahead; before all of these
    -- lies the deadline of one claim that is never renewed. Nothing lapses but one other claim,
    -- which is made again and again.
    input = function(n)
      local calls = { { "claim", "patient", 500000 } }
      for i = 2, n do
        if i % 4 < 2 then
          calls[i] = { "claim", "r" .. i // 2 % 16, 1000000 + i }
        elseif i % 40 == 2 then
          calls[i] = { "claim", "short", i }
        else
          calls[i] = i % 4 == 3 and { "lapsed", i, 10 } or { "next_lapse" }
        end
      end
      return { new = {}, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, calls)
      case { name = name, catches = catches, new = {}, calls = calls }
    end
    story("an empty board", nil,
          { { "next_lapse" }, { "lapsed", 1000, 3 }, { "release", "r" }, { "next_lapse" } })
    story("the deadline itself", "not lapsed at the deadline",
          { { "claim", "r", 10 }, { "lapsed", 9, 5 }, { "lapsed", 10, 5 }, { "lapsed", 10, 5 } })
    story("lapsed claims leave the board", nil,
          { { "claim", "r", 10 }, { "lapsed", 20, 5 }, { "next_lapse" }, { "release", "r" },
            { "lapsed", 20, 5 }, { "claim", "r", 30 }, { "lapsed", 29, 1 }, { "lapsed", 30, 1 } })
    story("by deadline, not by claim", "in the order of claiming",
          { { "claim", "a", 30 }, { "claim", "b", 10 }, { "claim", "c", 20 }, { "next_lapse" },
            { "lapsed", 30, 5 } })
    story("equal deadlines", "ties in the order of claiming",
          { { "claim", "r2", 10 }, { "claim", "r10", 10 }, { "claim", "R", 10 }, { "claim", "", 10 },
            { "lapsed", 10, 9 } })
    story("more than are asked for", "throws away what is too many",
          { { "claim", "a", 1 }, { "claim", "b", 2 }, { "claim", "c", 3 }, { "claim", "d", 4 },
            { "lapsed", 3, 2 }, { "next_lapse" }, { "lapsed", 3, 2 }, { "next_lapse" },
            { "lapsed", 9, 2 } })
    story("renewed", "the old deadline stays behind",
          { { "claim", "r", 10 }, { "claim", "r", 20 }, { "lapsed", 15, 5 }, { "lapsed", 20, 5 },
            { "lapsed", 20, 5 } })
    story("renewed with an earlier deadline", "never shortens a claim",
          { { "claim", "r", 50 }, { "claim", "r", 10 }, { "next_lapse" }, { "lapsed", 10, 5 },
            { "lapsed", 50, 5 }, { "next_lapse" } })
    story("the first in line is renewed", "tells of a deadline that is gone",
          { { "claim", "a", 10 }, { "claim", "b", 20 }, { "claim", "a", 30 }, { "next_lapse" },
            { "claim", "b", 40 }, { "next_lapse" } })
    story("the first in line is released", "tells of a deadline that is gone",
          { { "claim", "a", 10 }, { "claim", "b", 20 }, { "release", "a" }, { "next_lapse" },
            { "release", "b" }, { "next_lapse" } })
    story("released, then its time comes", "the old deadline stays behind",
          { { "claim", "a", 10 }, { "claim", "b", 12 }, { "release", "a" }, { "lapsed", 20, 5 } })
    story("released and claimed again", nil,
          { { "claim", "a", 10 }, { "release", "a" }, { "claim", "a", 20 }, { "lapsed", 15, 5 },
            { "lapsed", 20, 5 }, { "release", "a" } })
    story("renewed with the same deadline", "hands a report out twice",
          { { "claim", "a", 10 }, { "claim", "a", 10 }, { "lapsed", 10, 5 }, { "lapsed", 10, 5 },
            { "next_lapse" } })
    story("renewed after its time", nil,
          { { "claim", "a", 10 }, { "lapsed", 5, 1 }, { "next_lapse" }, { "claim", "a", 30 },
            { "lapsed", 20, 1 }, { "lapsed", 30, 1 } })
    story("the time asked for goes back", nil,
          { { "claim", "a", 10 }, { "claim", "b", 30 }, { "lapsed", 20, 5 }, { "claim", "c", 15 },
            { "lapsed", 12, 5 }, { "lapsed", 15, 5 }, { "lapsed", 1000000000000000, 5 } })
    story("one from the middle", nil,
          { { "claim", "a", 1 }, { "claim", "b", 8 }, { "claim", "c", 2 }, { "claim", "d", 9 },
            { "claim", "e", 10 }, { "claim", "f", 3 }, { "claim", "g", 4 }, { "release", "e" },
            { "release", "b" }, { "lapsed", 99, 9 } })
    story("a deadline of zero", "takes zero for nothing",
          { { "claim", "a", 0 }, { "next_lapse" }, { "release", "a" }, { "next_lapse" },
            { "claim", "b", 0 }, { "lapsed", 0, 5 }, { "lapsed", 0, 5 } })
    for i = 1, 4 do story("random " .. i, nil, shift(50, 6, 12, rand)) end
    local crowd = {}
    for i = 1, 5000 do crowd[i] = { "claim", "r" .. i, 100000 + rand(1, 9000) } end
    for i = 5001, 13000 do
      crowd[i] = i % 2 == 0 and { "next_lapse" } or { "lapsed", 100000 + (i - 5000) // 10, 3 }
    end
    story("5000 claims, few lapse", "looks through all claims", crowd)
    local renewed = {}
    for i = 1, 4000 do renewed[i] = { "claim", "r" .. i, 100000 + rand(1, 9000) } end
    for i = 1, 4000 do
      renewed[4000 + 2 * i - 1] = { "claim", "r" .. i, 200000 + rand(1, 9000) }
      renewed[4000 + 2 * i] = { "next_lapse" }
    end
    story("4000 claims, all renewed", "clears up at each renewal", renewed)
    story("3000 calls, few reports", nil, shift(3000, 20, 60, rand))
    story("6000 calls, many reports", nil, shift(6000, 500, 300, rand))
  end,

  compare = "exact",
  pitfalls = {
    ["takes zero for nothing"] = "A deadline of 0 is a deadline. Where zero counts as false, ask whether "
      .. "there is a value, not whether it is true.",
    ["clears up at each renewal"] = "Every renewal goes through all claims, to take out the old deadline "
      .. "or to build the order anew. Leave the old one where it is and skip it later, or know its place.",
  },

  -- A plain list of claims, sorted anew for every question.
  oracle = function(case)
    local board, result = {}, {}
    local function place_of(report)
      for p, one in ipairs(board) do
        if one[1] == report then return p end
      end
    end
    for i, call in ipairs(case.calls) do
      local what = call[1]
      table.sort(board, function(a, b)
        if a[2] ~= b[2] then return a[2] < b[2] end
        return a[1] < b[1]
      end)
      if what == "claim" then
        board[place_of(call[2]) or #board + 1] = { call[2], call[3] }
      elseif what == "release" then
        local place = place_of(call[2])
        if place then table.remove(board, place) end
        result[i] = place ~= nil
      elseif what == "lapsed" then
        result[i] = {}
        while board[1] and board[1][2] <= call[2] and #result[i] < call[3] do
          table.insert(result[i], table.remove(board, 1)[1])
        end
      else
        result[i] = board[1] and board[1][2] or nil
      end
    end
    return result
  end,

  reference = {
    lua = heap_with_places,
    python = [==[
import heapq


# A heap of (deadline, report). Renewing and releasing leave the old pair there; a pair counts only
# while its report still has that deadline. When most pairs are outdated the heap is built anew.
class ClaimBoard:
    def __init__(self):
        self.deadlines = {}
        self.heap = []

    def _skip_outdated(self):
        while self.heap and self.deadlines.get(self.heap[0][1]) != self.heap[0][0]:
            heapq.heappop(self.heap)

    def _rebuild_if_worth_it(self):
        if len(self.heap) > 2 * len(self.deadlines) + 16:
            self.heap = [(due, report) for report, due in self.deadlines.items()]
            heapq.heapify(self.heap)

    def claim(self, report, until_s):
        if self.deadlines.get(report) != until_s:
            self.deadlines[report] = until_s
            heapq.heappush(self.heap, (until_s, report))
            self._rebuild_if_worth_it()

    def release(self, report):
        there = self.deadlines.pop(report, None) is not None
        self._rebuild_if_worth_it()
        return there

    def lapsed(self, now_s, most):
        result = []
        self._skip_outdated()
        while len(result) < most and self.heap and self.heap[0][0] <= now_s:
            report = heapq.heappop(self.heap)[1]
            del self.deadlines[report]
            result.append(report)
            self._skip_outdated()
        return result

    def next_lapse(self):
        self._skip_outdated()
        return self.heap[0][0] if self.heap else None
]==],
    cpp = [==[
// A map from report to deadline, and a sorted set of (deadline, report) as its index. Each change
// of the one is a change of the other, so the index never holds a deadline that is gone.
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

class ClaimBoard {
 public:
  void claim(const std::string& report, long long until_s) {
    release(report);
    deadlines_[report] = until_s;
    index_.emplace(until_s, report);
  }

  bool release(const std::string& report) {
    auto found = deadlines_.find(report);
    if (found == deadlines_.end()) return false;
    index_.erase({found->second, report});
    deadlines_.erase(found);
    return true;
  }

  std::vector<std::string> lapsed(long long now_s, long long most) {
    std::vector<std::string> reports;
    while (static_cast<long long>(reports.size()) < most && !index_.empty() &&
           index_.begin()->first <= now_s) {
      reports.push_back(index_.begin()->second);
      release(reports.back());
    }
    return reports;
  }

  std::optional<long long> next_lapse() const {
    if (index_.empty()) return std::nullopt;
    return index_.begin()->first;
  }

 private:
  std::map<std::string, long long> deadlines_;
  std::set<std::pair<long long, std::string>> index_;
};
]==],
  },

  wrong = {
    {
      name = "not lapsed at the deadline",
      language = "lua",
      verdict = "WA",
      case = "the deadline itself",
      why = "A claim has lapsed when until_s <= now_s. With < it lapses one second late.",
      code = changed(heap_with_places, "heap[1].deadline <= now_s", "heap[1].deadline < now_s"),
    },
    {
      name = "in the order of claiming",
      language = "lua",
      verdict = "WA",
      case = "by deadline, not by claim",
      why = "A queue in the order of claiming is sorted by deadline only if all claims last equally "
        .. "long.",
      code = changed(heap_with_places, "  settle(self.heap, entry.place)\nend\n", "end\n"),
    },
    {
      name = "ties in the order of claiming",
      language = "lua",
      verdict = "WA",
      case = "equal deadlines",
      why = "The heap compares deadlines alone, so reports with equal ones come out in whatever "
        .. "order the heap has them. The comparison must go on to the name.",
      code = changed(heap_with_places, "  return a.report < b.report", "  return false"),
    },
    {
      name = "throws away what is too many",
      language = "lua",
      verdict = "WA",
      case = "more than are asked for",
      why = "All lapsed claims are taken off the board and the list is cut to `most`. What was cut "
        .. "is lost: those reports never go back into the queue.",
      code = changed(changed(heap_with_places, "while #result < most and heap[1]", "while heap[1]"),
                     "    take_out(heap, 1)\n  end\n",
                     "    take_out(heap, 1)\n  end\n"
                       .. "  for i = #result, most + 1, -1 do result[i] = nil end\n"),
    },
    {
      name = "the old deadline stays behind",
      language = "lua",
      verdict = "WA",
      case = "renewed",
      why = "Renewing pushes a second entry, and nothing tells the first one that it is outdated. "
        .. "When its time comes the report is taken from a moderator who is still at it.",
      code = changed(heap_with_leftovers, "self.entries[heap[1].report] ~= heap[1]",
                     "not self.entries[heap[1].report]"),
    },
    {
      name = "never shortens a claim",
      language = "lua",
      verdict = "WA",
      case = "renewed with an earlier deadline",
      why = "A renewed entry is only ever moved towards later deadlines. A claim can also be made "
        .. "shorter, and then its entry has to move the other way.",
      code = changed(heap_with_places, "  entry.deadline = until_s\n",
                     "  entry.deadline = math.max(until_s, entry.deadline or 0)\n"),
    },
    {
      name = "tells of a deadline that is gone",
      language = "lua",
      verdict = "WA",
      case = "the first in line is renewed",
      why = "`next_lapse` reads the top of the heap, which may be an outdated entry. Whatever looks "
        .. "at the top must first remove those.",
      code = changed(heap_with_leftovers, "ClaimBoard:next_lapse()\n  self:skip_outdated()\n",
                     "ClaimBoard:next_lapse()\n"),
    },
    {
      name = "hands a report out twice",
      language = "lua",
      verdict = "WA",
      case = "renewed with the same deadline",
      why = "An entry in the heap is believed when the report's deadline equals its own. Renewing "
        .. "with the same deadline leaves two such entries. The lapsed ones are collected first and "
        .. "removed from the map afterwards, so both are believed.",
      code = changed(changed(heap_with_leftovers, "self.entries[heap[1].report] ~= heap[1]",
                             "(self.entries[heap[1].report] or {}).deadline ~= heap[1].deadline"),
                     [==[
    self.entries[report] = nil
    result[#result + 1] = report
    self:skip_outdated()
  end
]==], [==[
    result[#result + 1] = report
    self:skip_outdated()
  end
  for _, report in ipairs(result) do self.entries[report] = nil end
]==]),
    },
    {
      name = "looks through all claims",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      case = "5000 claims, few lapse",
      why = "Each sweep looks at all claims, though hardly any has lapsed. The job runs all day, and "
        .. "most of its work is to find nothing.",
      code = [==[
ClaimBoard = {}
ClaimBoard.__index = ClaimBoard

function ClaimBoard.new() return setmetatable({ deadlines = {} }, ClaimBoard) end

function ClaimBoard:claim(report, until_s) self.deadlines[report] = until_s end

function ClaimBoard:release(report)
  local there = self.deadlines[report] ~= nil
  self.deadlines[report] = nil
  return there
end

function ClaimBoard:lapsed(now_s, most)
  local due = {}
  for report, deadline in pairs(self.deadlines) do
    if deadline <= now_s then due[#due + 1] = { report = report, deadline = deadline } end
  end
  table.sort(due, function(a, b)
    if a.deadline ~= b.deadline then return a.deadline < b.deadline end
    return a.report < b.report
  end)
  local result = {}
  for i = 1, math.min(most, #due) do
    result[i] = due[i].report
    self.deadlines[result[i]] = nil
  end
  return result
end

function ClaimBoard:next_lapse()
  local first
  for _, deadline in pairs(self.deadlines) do
    if not first or deadline < first then first = deadline end
  end
  return first
end
]==],
    },
    {
      name = "renewals pile up",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "Outdated entries are recognised at the top of the heap and thrown away there. Those "
        .. "with deadlines far ahead never get to the top, and every renewal adds one.",
      code = heap_with_leftovers,
    },
  },

  hints = {
    { text = "Two questions are asked: what is the deadline of this report, and which deadline is "
        .. "the earliest. One structure for each; the work is in keeping them of one mind.",
      cost_min = 3 },
    { text = "A map and a heap (or a sorted set) of (deadline, report). When a claim is renewed, "
        .. "its old entry in the index must go, or be known to be outdated. What becomes of memory "
        .. "if it stays?", cost_min = 5 },
    { text = "With a sorted set: erase the old pair, insert the new one. With a heap: let each entry "
        .. "know its place, and after a change move it up or down; to take one out put the last "
        .. "entry in its place and move that. Or leave outdated entries, skip them whenever you "
        .. "look at the top, and rebuild the heap when they are the majority.", cost_min = 8 },
  },

  follow_ups = {
    { ask = "Compare the sorted set, the heap with places and the heap with leftovers.",
      answer = "The set is the least code where the language has one, with a node per entry. The "
        .. "heap with places is compact and exact, and every move must update the places. "
        .. "Leftovers need no places; pushes are cheap, but memory holds up to twice the entries "
        .. "and a rebuild makes one call slow." },
    { ask = "Deadlines are only needed to the nearest second and millions change a minute.",
      answer = "A wheel of buckets, one a second: moving a claim is O(1), from one bucket to "
        .. "another. Far deadlines go to coarser wheels and are dealt out when their time nears. "
        .. "The order inside a bucket is free unless it is sorted at the sweep." },
    { ask = "Why is there a limit on how many are returned?",
      answer = "After a break the backlog may be huge. Small batches keep each call short, let "
        .. "others in between, and lose little if the job dies with a batch in its hands." },
    { ask = "The job dies after `lapsed` returned and before the reports are in the queue again.",
      answer = "They are lost, because taking off comes first. Let the job lease them instead: they "
        .. "stay, with a deadline a little ahead, and are taken off once the queue has them. A "
        .. "report may then be queued twice, so queueing must bear repetition." },
    { ask = "A moderator's page renews at the last moment, and the sweep runs at the same time.",
      answer = "Whoever comes first wins, and the other must notice. Give each claim a number that "
        .. "rises with each new holder, and refuse a renewal or a decision with an old one." },
  },

  explain = [==[
**Invariant.** The heap holds exactly one entry for each claim on the board, with its present
deadline, and each entry knows its place. No entry comes before its parent in the order of
(deadline, report).

**Why it holds.** `claim` changes one deadline, in a heap that was in order; then only that entry can
be in a wrong place relative to its parent or its children, and moving it up or down mends it.
`release` puts the last entry into the gap, which is the same situation. So the top is always the
first claim in the order asked for: `next_lapse` reads it, and `lapsed` takes it out until it has
enough or the top has not lapsed yet. All others come later, so none of them has lapsed either.

**Cost.** O(log n) for a move, and `lapsed` one for each report that it returns. Memory is one entry
for each claim.

With leftovers, an entry counts only while it is its report's own; each pop throws one away that a
`claim` or `release` made outdated. Those far from the top need a rebuild, O(n), whenever they are
the majority: at least as many calls have paid for it.

**Usual mistakes**

- *Renewing without removing.* The report is taken from someone who renewed in time.
- *Believing equal deadlines.* Two entries for one claim with the same deadline look alike.
- *Looking at the top without cleaning it*, in `next_lapse`.
- *Cutting the list after taking off.* Stop when there are enough.
- *Ties and the edge*: compare names too, and use `≤`.
- *Leftovers that never surface.* Nothing is wrong but the memory.
]==],
}
