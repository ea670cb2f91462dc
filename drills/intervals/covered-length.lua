-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- How much a set of stretches covers, each moment counted once. The drill is about what is new in
-- each stretch, and about coordinates that are far too large to be counted one by one.

-- `n` stretches that begin below `horizon` and are up to `longest` long; some are empty.
local function random_stretches(n, horizon, longest, rand)
  local stretches = {}
  for i = 1, n do
    local start = rand(0, horizon)
    stretches[i] = { start, start + rand(0, longest) }
  end
  return stretches
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local sweep = [==[
-- By ascending start. `reach` is the farthest stop so far: what lies before it is counted, so only
-- the part of a stretch beyond it is new.
function covered_length(intervals)
  local sorted = table.move(intervals, 1, #intervals, 1, {})
  table.sort(sorted, function(a, b) return a[1] < b[1] end)
  local covered, reach = 0, math.mininteger
  for _, stretch in ipairs(sorted) do
    local from = math.max(stretch[1], reach)
    if from < stretch[2] then
      covered = covered + stretch[2] - from
      reach = stretch[2]
    end
  end
  return covered
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = sweep:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return sweep:sub(1, first - 1) .. new .. sweep:sub(last + 1)
end

return drill {
  id = "covered-length",
  title = "How much of it was watched",
  category = "intervals",
  level = "medium",
  minutes = 15,
  covers = { "S03-C02", "S03-C03", "S03-P1", "S03-P2" },
  signature = "covered_length(intervals: (int, int)[]) -> int",

  statement = [==[
A player logs which stretches of a recording a viewer has played, as pairs `(start, stop)` of
positions in microseconds. Viewers jump back and play parts again. A ranking model wants to know how
much of the recording they have seen, and what was played twice was seen once.

Given all stretches of one viewer, return the length of the recording that was played at least
once, in microseconds.

**Conventions**

- A stretch is half-open: it covers the positions from `start` up to, but not including, `stop`, and
  its length is `stop - start`.
- `start ≤ stop`. A stretch with `start = stop` is empty and covers nothing. Positions are whole
  numbers between 0 and 10^12.
- The stretches come in any order, may overlap in any way, and the same one may occur several times.
- No stretches: the answer is 0.
- Do not change the input.

**Cost.** O(n log n) time for `n` stretches and O(n) space, however long the recording is.
]==],

  examples = {
    {
      args = { { { 0, 10 }, { 5, 15 } } },
      result = 15,
      note = "The part from 5 to 10 was played twice and counts once.",
    },
    {
      args = { { { 30, 40 }, { 0, 20 }, { 4, 6 } } },
      result = 30,
      note = "20 and 10. The stretch from 4 to 6 lies inside the second.",
    },
    {
      args = { { { 7, 7 }, { 2, 3 }, { 3, 4 } } },
      result = 2,
      note = "The first is empty, and the others touch at 3 without sharing anything.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 2000, 4000, 8000, 16000 },
    -- Long stretches over each other: each covers many starts and stops of others.
    input = function(n, rand) return { random_stretches(n, 1000000000, 500000000, rand) } end,
  },

  cases = function(rand, case)
    case { name = "nothing was played", args = { {} } }
    case { name = "one stretch", catches = "counts the stop as well", args = { { { 3, 9 } } } }
    case { name = "an empty stretch", args = { { { 5, 5 } } } }
    case { name = "two that touch", args = { { { 0, 5 }, { 5, 9 } } } }
    case { name = "played twice", catches = "adds up all lengths",
           args = { { { 10, 20 }, { 10, 20 } } } }
    case { name = "the later part was played first", catches = "takes them as they come",
           args = { { { 20, 30 }, { 0, 10 } } } }
    case { name = "three over each other", catches = "subtracts every pair's overlap",
           args = { { { 0, 10 }, { 2, 12 }, { 4, 14 } } } }
    case { name = "short ones inside a long one", catches = "forgets how far it reached",
           args = { { { 0, 30 }, { 5, 10 }, { 8, 12 } } } }
    case { name = "the whole of a long recording", catches = "marks every position",
           args = { { { 0, 1000000000000 }, { 999999999999, 1000000000000 } } } }
    case { name = "the same start", args = { { { 2, 9 }, { 2, 4 }, { 2, 12 }, { 2, 2 } } } }
    case { name = "the same stop", args = { { { 0, 9 }, { 4, 9 }, { 8, 9 }, { 9, 9 } } } }
    case { name = "a gap of one", args = { { { 0, 4 }, { 5, 8 } } } }
    case { name = "an empty stretch in a gap", args = { { { 0, 4 }, { 6, 6 }, { 8, 9 } } } }
    case { name = "a chain", args = { { { 12, 16 }, { 8, 13 }, { 4, 9 }, { 0, 5 } } } }
    for i = 1, 4 do
      case { name = "random " .. i, args = { random_stretches(rand(5, 50), 60, 8, rand) } }
    end
    case { name = "random, far apart", args = { random_stretches(60, 900000000, 90000000, rand) } }
    case { name = "1500 stretches", args = { random_stretches(1500, 1000000, 1500, rand) } }
    case { name = "1500 short stretches", args = { random_stretches(1500, 5000, 4, rand) } }
  end,

  compare = "exact",

  -- Between two neighbouring starts or stops all is covered or nothing: for each such piece, ask
  -- every stretch.
  oracle = function(args)
    local ends = {}
    for _, stretch in ipairs(args[1]) do
      ends[#ends + 1], ends[#ends + 2] = stretch[1], stretch[2]
    end
    table.sort(ends)
    local covered = 0
    for i = 2, #ends do
      for _, stretch in ipairs(args[1]) do
        if stretch[1] <= ends[i - 1] and ends[i] <= stretch[2] then
          covered = covered + ends[i] - ends[i - 1]
          break
        end
      end
    end
    return covered
  end,

  reference = {
    lua = sweep,
    python = [==[
def covered_length(intervals):
    # By ascending start, only what lies beyond the farthest stop so far is new.
    covered, reach = 0, 0
    for start, stop in sorted(intervals):
        covered += max(0, stop - max(start, reach))
        reach = max(reach, stop)
    return covered
]==],
    cpp = [==[
// Counts the stretches that run, over all starts and stops in order: whatever lies between two of
// these while at least one runs is covered.
#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

long long covered_length(const std::vector<std::tuple<long long, long long>>& intervals) {
  std::vector<std::pair<long long, int>> changes;
  changes.reserve(2 * intervals.size());
  for (auto [start, stop] : intervals) {
    changes.emplace_back(start, +1);
    changes.emplace_back(stop, -1);
  }
  std::sort(changes.begin(), changes.end());

  long long covered = 0, running = 0, before = 0;
  for (auto [at, change] : changes) {
    if (running > 0) covered += at - before;
    running += change;
    before = at;
  }
  return covered;
}
]==],
  },

  wrong = {
    {
      name = "counts the stop as well",
      language = "lua",
      verdict = "WA",
      case = "one stretch",
      why = "stop - start + 1 is the number of whole positions in a closed stretch. Here `stop` "
        .. "itself was not played.",
      code = reference_with("covered + stretch[2] - from", "covered + stretch[2] - from + 1"),
    },
    {
      name = "adds up all lengths",
      language = "lua",
      verdict = "WA",
      case = "played twice",
      why = "The sum of the lengths is the time spent watching. What was played again is in it "
        .. "twice.",
      code = reference_with("math.max(stretch[1], reach)", "stretch[1]"),
    },
    {
      name = "takes them as they come",
      language = "lua",
      verdict = "WA",
      case = "the later part was played first",
      why = "Everything before the farthest stop is taken for counted. That holds only when the "
        .. "stretches come in order of their start.",
      code = reference_with(
        "  table.sort(sorted, function(a, b) return a[1] < b[1] end)\n", ""),
    },
    {
      name = "subtracts every pair's overlap",
      language = "lua",
      verdict = "WA",
      case = "three over each other",
      why = "Where three stretches lie over each other there are three pairs, so that part is "
        .. "subtracted three times after being added three times: it is lost. Triples would have "
        .. "to be added again, and so on.",
      code = [==[
function covered_length(intervals)
  local covered = 0
  for i, a in ipairs(intervals) do
    covered = covered + a[2] - a[1]
    for j = 1, i - 1 do
      local b = intervals[j]
      covered = covered - math.max(0, math.min(a[2], b[2]) - math.max(a[1], b[1]))
    end
  end
  return covered
end
]==],
    },
    {
      name = "forgets how far it reached",
      language = "lua",
      verdict = "WA",
      case = "short ones inside a long one",
      why = "Each stretch is compared with the stop of the one before it. A short stretch inside a "
        .. "long one takes that mark back, and the next is counted again. Keep the farthest stop.",
      code = reference_with([==[
    if from < stretch[2] then
      covered = covered + stretch[2] - from
      reach = stretch[2]
    end
]==], [==[
    if from < stretch[2] then covered = covered + stretch[2] - from end
    reach = stretch[2]
]==]),
    },
    {
      name = "marks every position",
      language = "lua",
      verdict = "MLE",
      reason = "peak",
      case = "the whole of a long recording",
      why = "One mark for each position needs 10^12 of them for a single stretch. Only the 2n "
        .. "starts and stops matter: between two neighbours of these all is covered or nothing.",
      code = [==[
function covered_length(intervals)
  local seen, covered = {}, 0
  for _, stretch in ipairs(intervals) do
    for position = stretch[1], stretch[2] - 1 do
      if not seen[position] then
        seen[position] = true
        covered = covered + 1
      end
    end
  end
  return covered
end
]==],
    },
    {
      name = "paints every piece",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The starts and stops are numbered and each stretch marks the pieces between them that "
        .. "it covers. With long stretches that is n² marks, most of them set many times over.",
      code = [==[
function covered_length(intervals)
  local ends, number = {}, {}
  for _, stretch in ipairs(intervals) do
    ends[#ends + 1] = stretch[1]
    ends[#ends + 1] = stretch[2]
  end
  table.sort(ends)
  for i, at in ipairs(ends) do number[at] = i end
  local painted = {}
  for _, stretch in ipairs(intervals) do
    for piece = number[stretch[1]], number[stretch[2]] - 1 do painted[piece] = true end
  end
  local covered = 0
  for i = 1, #ends - 1 do
    if painted[i] then covered = covered + ends[i + 1] - ends[i] end
  end
  return covered
end
]==],
    },
  },

  hints = {
    { text = "Put the stretches in a convenient order. When you come to the next one, which part "
        .. "of it can have been counted already?", cost_min = 1 },
    { text = "With ascending starts, everything of it that lies before the farthest stop so far "
        .. "has been counted, and nothing beyond.", cost_min = 2 },
    { text = "Keep `reach`, the largest stop so far. For each stretch add max(0, stop - max(start, "
        .. "reach)), then set reach to max(reach, stop).", cost_min = 3 },
  },

  follow_ups = {
    { ask = "How much was played at least k times?",
      answer = "Sweep over starts (+1) and stops (-1) in order with a running count, and add up "
        .. "the pieces during which it is at least k. For k = 1 this is the drill." },
    { ask = "Stretches arrive one at a time, and the number must be known after each.",
      answer = "Keep the covered part as disjoint stretches in an ordered map. A new one swallows "
        .. "its neighbours: subtract their lengths, add that of the union. Each is swallowed once, "
        .. "so O(log n) amortised." },
    { ask = "Rectangles on a page in place of stretches: which area is covered?",
      answer = "Sweep over x with +1 and -1 for the rectangle's y stretch. A segment tree over the "
        .. "numbered y values keeps, per node, a count and the covered length: O(n log n)." },
    { ask = "Millions of viewers, and an answer within 1% will do.",
      answer = "Cut the recording into a fixed number of bins, 256 for instance, and keep a bit "
        .. "set per viewer: 32 bytes, an OR for each stretch. The error is at most the bins at the "
        .. "ends of stretches, so round inwards or outwards and say which." },
    { ask = "Could an attacker inflate this number?",
      answer = "A union is bounded by the length of the recording, and playing twice gains "
        .. "nothing, which is why it is a better signal than time spent. Stretches must still be "
        .. "checked against the recording's length and against the clock: one cannot play an hour "
        .. "in a minute." },
  },

  explain = [==[
**Invariant.** After each stretch, `covered` is the length of the union of the stretches so far, and
`reach` is the largest stop among those that are not empty.

**Why it holds.** The next stretch begins no earlier than all before it. Of its part before `reach`,
every position is covered already: the stretch that stops at `reach` began no later. Nothing at or
beyond `reach` is covered. So exactly the part from max(start, reach) to stop is new.

**Numbering coordinates.** The other way is to sort all starts and stops. Between two neighbours
among them every position is covered by the same stretches, so a piece is covered as a whole or not
at all. With +1 at starts and -1 at stops, a running count tells which. That keeps 2n pieces in
place of 10^12 positions. Painting each stretch over its pieces, one by one, gives the n² back.

**Order among equal positions.** While nothing moves, the pieces between equal positions have length
0, so for this question it does not matter whether a start or a stop comes first. For a question
about the largest count it would.

**Cost.** One sort and one pass: O(n log n) time, O(n) space.

**Usual mistakes**

- *One mark for each position.* It works in the examples and dies on real timestamps.
- *The last stop instead of the largest one.*
- *Pairs.* Sum minus overlaps of pairs is right only while no three lie over each other.
- *Length of a half-open stretch:* `stop - start`, without a one.
]==],
}
