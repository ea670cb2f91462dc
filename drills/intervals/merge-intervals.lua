-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Overlapping spans joined into as few as possible, after one sort. The drill is about what the end
-- of a block is (the largest end in it, not the last one) and about ends that just touch.

-- `n` spans that begin below `horizon` and last up to `longest`; a length of 0 is a single moment.
local function random_spans(n, horizon, longest, rand)
  local spans = {}
  for i = 1, n do
    local first = rand(-horizon, horizon)
    spans[i] = { first, first + rand(0, longest) }
  end
  return spans
end

-- No two of them meet, and they come in no order: nothing can be joined.
local function apart(n, rand)
  local spans = {}
  for i = 1, n do spans[i] = { 10 * i, 10 * i + rand(0, 9) } end
  return rand.shuffle(spans)
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local sorted_by_start = [==[
-- By ascending start: each span either reaches into the block at the end of the answer, and may
-- lengthen it, or begins a new block.
function merge_intervals(intervals)
  local sorted = table.move(intervals, 1, #intervals, 1, {})
  table.sort(sorted, function(a, b) return a[1] < b[1] end)
  local blocks = {}
  for _, span in ipairs(sorted) do
    local block = blocks[#blocks]
    if block and span[1] <= block[2] then
      block[2] = math.max(block[2], span[2])
    else
      blocks[#blocks + 1] = { span[1], span[2] }
    end
  end
  return blocks
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = sorted_by_start:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return sorted_by_start:sub(1, first - 1) .. new .. sorted_by_start:sub(last + 1)
end

return drill {
  id = "merge-intervals",
  title = "One outage or three?",
  category = "intervals",
  level = "easy",
  minutes = 15,
  covers = { "S03-C02", "S03-P1" },
  signature = "merge_intervals(intervals: (int, int)[]) -> (int, int)[]",

  statement = [==[
Several monitors watch the same feed service. Each reports the spans in which it saw errors, as
pairs `(first, last)` in milliseconds. The status page must show outages, not reports: spans that
have a moment in common belong to the same outage.

Given all reports, return the outages: the spans that together cover exactly the same moments, as
few of them as possible.

**Conventions**

- Spans are closed: both `first` and `last` belong to the span. Two spans that share just one
  moment, such as (1, 4) and (4, 6), are one outage.
- Time is continuous. Between (1, 4) and (5, 6) there is a gap, so these are two outages.
- `first ≤ last`; a span with `first = last` is a single moment. Values lie between -10^12 and
  10^12.
- The reports come in any order, and the same span may be reported several times.
- Return the outages by ascending `first`, as pairs `(first, last)`.
- No reports make no outages: the answer is the empty list.
- Do not change the input.

**Cost.** O(n log n) time for `n` reports and O(n) space.
]==],

  examples = {
    {
      args = { { { 8, 10 }, { 1, 4 }, { 3, 6 } } },
      result = { { 1, 6 }, { 8, 10 } },
      note = "The second and the third report share the moments from 3 to 4.",
    },
    {
      args = { { { 1, 4 }, { 4, 6 }, { 7, 7 } } },
      result = { { 1, 6 }, { 7, 7 } },
      note = "Moment 4 is in both spans. Between 6 and 7 all was well, and the outage at 7 lasted a "
        .. "moment.",
    },
    {
      args = { { { 0, 20 }, { 5, 6 } } },
      result = { { 0, 20 } },
      note = "One span lies inside the other.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 4000, 8000, 16000, 32000 },
    input = function(n, rand) return { apart(n, rand) } end,
  },

  cases = function(rand, case)
    case { name = "no reports", args = { {} } }
    case { name = "one report", args = { { { 3, 9 } } } }
    case { name = "a shared moment", catches = "leaves touching spans apart",
           args = { { { 1, 4 }, { 4, 6 } } } }
    case { name = "a gap of one", catches = "bridges a gap of one",
           args = { { { 1, 4 }, { 5, 6 } } } }
    case { name = "the later span is reported first", catches = "takes the reports as they come",
           args = { { { 5, 8 }, { 1, 6 } } } }
    case { name = "one inside the other", catches = "takes the end that came last",
           args = { { { 0, 20 }, { 5, 6 } } } }
    case { name = "two short ones inside a long one", catches = "asks the neighbour only",
           args = { { { 0, 20 }, { 2, 3 }, { 8, 9 } } } }
    case { name = "the same start, the long one first", args = { { { 2, 9 }, { 2, 4 }, { 6, 7 } } } }
    case { name = "the same span three times", args = { { { 4, 7 }, { 4, 7 }, { 4, 7 } } } }
    case { name = "single moments", args = { { { 5, 5 }, { 3, 3 }, { 5, 5 }, { 4, 4 } } } }
    case { name = "a moment at the end of a span", args = { { { 2, 5 }, { 5, 5 }, { 6, 6 } } } }
    case { name = "a chain", args = { { { 6, 9 }, { 0, 3 }, { 9, 12 }, { 3, 6 } } } }
    case { name = "before and after zero", args = { { { -9, -4 }, { -5, 0 }, { 1, 2 }, { -1, 0 } } } }
    case { name = "far apart",
           args = { { { 1000000000000, 1000000000000 }, { -1000000000000, -999999999999 } } } }
    for i = 1, 4 do
      case { name = "random " .. i, args = { random_spans(rand(5, 40), 40, 6, rand) } }
    end
    case { name = "random, few gaps", args = { random_spans(60, 60, 5, rand) } }
    case { name = "2000 reports", args = { random_spans(2000, 100000, 100, rand) } }
    case { name = "2000 reports that never meet", args = { apart(2000, rand) } }
  end,

  compare = "exact",

  -- Spans with a moment in common are joined to groups by asking every pair, again until nothing
  -- changes. A group is an outage.
  oracle = function(args)
    local group = {}
    for i, span in ipairs(args[1]) do group[i] = { span[1], span[2] } end
    local changed = true
    while changed do
      changed = false
      for i = #group, 2, -1 do
        for j = 1, i - 1 do
          local a, b = group[i], group[j]
          if math.max(a[1], b[1]) <= math.min(a[2], b[2]) then
            group[j] = { math.min(a[1], b[1]), math.max(a[2], b[2]) }
            table.remove(group, i)
            changed = true
            break
          end
        end
      end
    end
    table.sort(group, function(a, b) return a[1] < b[1] end)
    return group
  end,

  reference = {
    lua = sorted_by_start,
    python = [==[
def merge_intervals(intervals):
    # By ascending start, a span reaches into the last block or begins a new one.
    blocks = []
    for first, last in sorted(intervals):
        if blocks and first <= blocks[-1][1]:
            blocks[-1][1] = max(blocks[-1][1], last)
        else:
            blocks.append([first, last])
    return [tuple(block) for block in blocks]
]==],
    cpp = [==[
// By ascending start, a span reaches into the last block or begins a new one.
#include <algorithm>
#include <tuple>
#include <vector>

using Span = std::tuple<long long, long long>;

std::vector<Span> merge_intervals(const std::vector<Span>& intervals) {
  std::vector<Span> sorted = intervals;
  std::sort(sorted.begin(), sorted.end());
  std::vector<Span> blocks;
  for (auto [first, last] : sorted) {
    if (!blocks.empty() && first <= std::get<1>(blocks.back())) {
      std::get<1>(blocks.back()) = std::max(std::get<1>(blocks.back()), last);
    } else {
      blocks.emplace_back(first, last);
    }
  }
  return blocks;
}
]==],
  },

  wrong = {
    {
      name = "leaves touching spans apart",
      language = "lua",
      verdict = "WA",
      case = "a shared moment",
      why = "Closed spans that share their end moment overlap in it. The test is start <= end, and "
        .. "< would be right for half-open ones.",
      code = reference_with("span[1] <= block[2]", "span[1] < block[2]"),
    },
    {
      name = "bridges a gap of one",
      language = "lua",
      verdict = "WA",
      case = "a gap of one",
      why = "Spans are joined when the next begins at the end plus one. That is right for whole "
        .. "days or pages; on a continuous clock there are moments between 4 and 5.",
      code = reference_with("span[1] <= block[2]", "span[1] <= block[2] + 1"),
    },
    {
      name = "takes the reports as they come",
      language = "lua",
      verdict = "WA",
      case = "the later span is reported first",
      why = "Comparing with the last block works because nothing that comes later can begin before "
        .. "it. Without sorting that is not so.",
      code = reference_with(
        "  table.sort(sorted, function(a, b) return a[1] < b[1] end)\n", ""),
    },
    {
      name = "takes the end that came last",
      language = "lua",
      verdict = "WA",
      case = "one inside the other",
      why = "The block gets the end of the span that joined it. A span that lies inside would "
        .. "shorten it: take the larger of both ends.",
      code = reference_with("math.max(block[2], span[2])", "span[2]"),
    },
    {
      name = "asks the neighbour only",
      language = "lua",
      verdict = "WA",
      case = "two short ones inside a long one",
      why = "Each span is compared with the span before it in the order, not with the block. A long "
        .. "span that began earlier still runs when its short neighbour is over.",
      code = reference_with([==[
  for _, span in ipairs(sorted) do
    local block = blocks[#blocks]
    if block and span[1] <= block[2] then]==], [==[
  for i, span in ipairs(sorted) do
    local block = blocks[#blocks]
    if block and span[1] <= sorted[i - 1][2] then]==]),
    },
    {
      name = "compares with every block",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each report is held against all blocks found so far and swallows those that it meets. "
        .. "When hardly anything meets, that is n²/2 comparisons. After a sort only one block can "
        .. "be met.",
      code = [==[
function merge_intervals(intervals)
  local blocks = {}
  for _, span in ipairs(intervals) do
    local first, last, kept = span[1], span[2], 0
    for i = 1, #blocks do
      local block = blocks[i]
      if block[1] <= last and first <= block[2] then
        first, last = math.min(first, block[1]), math.max(last, block[2])
      else
        kept = kept + 1
        blocks[kept] = block
      end
    end
    for i = #blocks, kept + 1, -1 do blocks[i] = nil end
    blocks[kept + 1] = { first, last }
  end
  table.sort(blocks, function(a, b) return a[1] < b[1] end)
  return blocks
end
]==],
    },
  },

  hints = {
    { text = "In which order would you like to see the reports, so that each has to be compared "
        .. "with one other thing only?", cost_min = 1 },
    { text = "By ascending start. Then a report either meets the outage that you are building, or "
        .. "that outage is finished. How far does the outage reach by then?", cost_min = 2 },
    { text = "Keep a list of blocks. For each span in order of start: if its start is <= the end of "
        .. "the last block, set that end to the larger of both ends, else append a copy of the "
        .. "span.", cost_min = 3 },
  },

  follow_ups = {
    { ask = "The reports arrive one at a time, and the page must be right after each.",
      answer = "Keep the outages in an ordered map by start. A new span can only swallow a run of "
        .. "neighbours: find the first by search and erase while they meet. Every outage is erased "
        .. "at most once, so a report costs O(log n) on average." },
    { ask = "The monitors' clocks differ by up to two seconds. What do you change?",
      answer = "Join across small gaps: start <= end + 2000. That is a decision about the product, "
        .. "so name it as a parameter, and do not widen the spans that are shown." },
    { ask = "There are too many reports for one machine.",
      answer = "Cut time into ranges, send each span to every range that it meets, clipped to it, "
        .. "and merge per range. Then join outages that touch at a cut." },
    { ask = "How many monitors agreed at each moment?",
      answer = "Merging has thrown that away. Sweep over the ends instead: +1 at a start, -1 after "
        .. "an end, and report every stretch in which the count is at least k." },
    { ask = "Why must the input stay as it is, and where is it changed by accident?",
      answer = "The caller still owns the reports. Sorting in place changes their order, and taking "
        .. "a span itself as the block changes its end later: copy both." },
  },

  explain = [==[
**Invariant.** After a span has been handled, the blocks are the outages of the spans so far, in
ascending order, with a gap between any two. The end of the last block is the largest end of all
spans so far.

**Why it holds.** The next span begins no earlier than every span before it, so it begins no
earlier than every block. If its start is not after the end of the last block, it meets that block
and no gap is bridged. If it is after, it lies beyond the largest end so far, so it meets nothing,
and no later span can reach back over that gap either: the block is finished.

**Cost.** The sort takes O(n log n), the pass O(n). The answer has at most n blocks.

**Usual mistakes**

- *The end of the last span.* A span inside a longer one must not shorten the block.
- *The neighbour in place of the block.* It fails in the same situation, but only at the third span.
- *Touching ends.* Closed: `<=`. Half-open spans that touch are usually joined as well, since their
  union has no gap. For rooms and calendars, touching is not a conflict. Ask what the question is.
- *Whole units.* For days given as numbers, 4 and 5 are neighbours, and `+ 1` belongs there. Here it
  does not.
- *Sorting the caller's list*, or lengthening one of the caller's pairs.
]==],
}
