-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- For each query the length of the shortest interval that holds it. The drill is about taking the
-- queries out of their order to answer them together, and bringing the answers back into it.

-- `n` intervals that begin within `horizon` of 0 and are up to `longest` long.
local function random_rules(n, horizon, longest, rand)
  local rules = {}
  for i = 1, n do
    local left = rand(-horizon, horizon)
    rules[i] = { left, left + rand(0, longest - 1) }
  end
  return rules
end

local function random_days(n, horizon, rand)
  local days = {}
  for i = 1, n do days[i] = rand(-horizon, horizon) end
  return days
end

-- The reference. Several wrong answers are this text with one thing changed.
local shortest_first = [==[
-- The shortest interval goes first and answers all queries inside it; a longer one answers only
-- those that are still open. From a query that is answered, `onward` leads to a later one.
function smallest_interval_per_query(intervals, queries)
  local rules = table.move(intervals, 1, #intervals, 1, {})
  table.sort(rules, function(a, b) return a[2] - a[1] < b[2] - b[1] end)
  local order, onward, answer = {}, {}, {}
  for i = 1, #queries do order[i], answer[i] = i, -1 end
  table.sort(order, function(a, b) return queries[a] < queries[b] end)
  for i = 1, #order + 1 do onward[i] = i end

  local function next_open(i)
    while onward[i] ~= i do
      onward[i] = onward[onward[i]]
      i = onward[i]
    end
    return i
  end

  for _, rule in ipairs(rules) do
    local low, high = 1, #order + 1
    while low < high do
      local middle = (low + high) // 2
      if queries[order[middle]] < rule[1] then low = middle + 1 else high = middle end
    end
    local i = next_open(low)
    while i <= #order and queries[order[i]] <= rule[2] do
      answer[order[i]] = rule[2] - rule[1] + 1
      onward[i] = i + 1
      i = next_open(i + 1)
    end
  end
  return answer
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = shortest_first:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return shortest_first:sub(1, first - 1) .. new .. shortest_first:sub(last + 1)
end

return drill {
  id = "smallest-interval-per-query",
  title = "The most specific rule wins",
  category = "intervals",
  level = "hard",
  minutes = 30,
  covers = { "S03-C02", "S03-P1", "S02-C07" },
  signature = "smallest_interval_per_query(intervals: (int, int)[], queries: int[]) -> int[]",

  statement = [==[
Community managers set rules for what may be advertised, each for a span of days: all of spring, a
holiday week, a single day. When several rules hold for a day, the most specific one wins: the one
whose span is shortest.

Given the spans `intervals` and a list of days `queries`, return for each day the length of the rule
that wins.

**Conventions**

- A span is a pair `(left, right)`, closed at both ends, with `left ≤ right`. It holds for the days
  `left`, `left + 1`, …, `right`, and its length is their number, `right - left + 1`.
- A day for which no rule holds has the answer -1.
- The answers stand in the order of `queries`: answer i belongs to query i. The same day may be
  asked several times and gets its answer each time.
- Neither list is sorted; either may be empty. The same span may occur several times.
- Days and ends of spans are whole numbers between -10^12 and 10^12.
- Do not change the input.

**Cost.** O((n + q) log(n + q)) time for `n` spans and `q` queries, and O(n + q) space.
]==],

  examples = {
    {
      args = { { { 1, 90 }, { 20, 26 }, { 24, 24 } }, { 24, 25, 60, 91 } },
      result = { 1, 7, 90, -1 },
      note = "All three rules hold on day 24, two on day 25, one on day 60 and none on day 91.",
    },
    {
      args = { { { 5, 8 }, { 7, 9 } }, { 8, 5, 8 } },
      result = { 3, 4, 3 },
      note = "Day 8 belongs to both spans, and the second is shorter. It is asked twice.",
    },
    {
      args = { {}, { 3 } },
      result = { -1 },
      note = "There are no rules.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 2000, 4000, 8000, 16000 },
    -- Long spans over each other: each day is held by many of them.
    input = function(n, rand)
      return { random_rules(n // 2, 1000000, 1000000, rand), random_days(n // 2, 1000000, rand) }
    end,
  },

  cases = function(rand, case)
    case { name = "no days asked", args = { { { 1, 5 } }, {} } }
    case { name = "no rules", args = { {}, { 4, 2 } } }
    case { name = "days inside a rule", catches = "counts steps, not days",
           args = { { { 2, 6 } }, { 3, 5 } } }
    case { name = "the last day of a rule", catches = "ends a day early",
           args = { { { 2, 6 } }, { 6, 7 } } }
    case { name = "a rule for one day", args = { { { 4, 4 } }, { 3, 4, 5 } } }
    case { name = "days in falling order", catches = "answers in the order of the days",
           args = { { { 1, 3 }, { 10, 11 } }, { 10, 2 } } }
    case { name = "a day asked twice", catches = "answers each day once",
           args = { { { 1, 4 } }, { 3, 3 } } }
    case { name = "the later rule is the longer one", catches = "takes the rule that began last",
           args = { { { 1, 5 }, { 4, 20 } }, { 4, 5, 6 } } }
    case { name = "two rules end before the same day", catches = "lets only one rule go",
           args = { { { 1, 3 }, { 2, 5 }, { 0, 20 } }, { 2, 9 } } }
    case { name = "the first is the longer one", args = { { { 1, 20 }, { 4, 5 } }, { 4, 6 } } }
    case { name = "three inside each other",
           args = { { { 0, 9 }, { 2, 7 }, { 4, 5 } }, { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 } } }
    case { name = "the same span twice", args = { { { 3, 6 }, { 3, 6 } }, { 6, 3 } } }
    case { name = "equal lengths side by side", args = { { { 1, 4 }, { 3, 6 } }, { 2, 3, 4, 5 } } }
    case { name = "a gap between rules", args = { { { 1, 2 }, { 5, 6 } }, { 4, 3, 2, 5 } } }
    case { name = "before and after zero", args = { { { -5, 5 }, { -2, -1 } }, { -2, 0, -6, -5 } } }
    case {
      name = "far apart",
      args = { { { -1000000000000, 1000000000000 }, { 999999999999, 1000000000000 } },
               { 1000000000000, 0, -1000000000000 } },
    }
    for i = 1, 4 do
      case { name = "random " .. i,
             args = { random_rules(rand(1, 40), 30, 15, rand), random_days(rand(1, 50), 40, rand) } }
    end
    case { name = "random, short rules",
           args = { random_rules(50, 60, 4, rand), random_days(60, 62, rand) } }
    case { name = "1000 rules, 1000 days",
           args = { random_rules(1000, 20000, 2000, rand), random_days(1000, 22000, rand) } }
    case { name = "1500 short rules, 500 days",
           args = { random_rules(1500, 3000, 20, rand), random_days(500, 3100, rand) } }
  end,

  compare = "exact",

  -- Every rule for every day.
  oracle = function(args)
    local result = {}
    for i, day in ipairs(args[2]) do
      local shortest = math.huge
      for _, rule in ipairs(args[1]) do
        if rule[1] <= day and day <= rule[2] then
          shortest = math.min(shortest, rule[2] - rule[1] + 1)
        end
      end
      result[i] = shortest < math.huge and shortest or -1
    end
    return result
  end,

  reference = {
    lua = shortest_first,
    python = [==[
from heapq import heappop, heappush


def smallest_interval_per_query(intervals, queries):
    # Days ascending. The heap holds the rules that have begun, the shortest on top; those that are
    # over are dropped only when they come up.
    answer = [-1] * len(queries)
    rules = sorted(intervals)
    begun = 0
    heap = []  # (length, right)
    for i in sorted(range(len(queries)), key=queries.__getitem__):
        day = queries[i]
        while begun < len(rules) and rules[begun][0] <= day:
            left, right = rules[begun]
            heappush(heap, (right - left + 1, right))
            begun += 1
        while heap and heap[0][1] < day:
            heappop(heap)
        if heap:
            answer[i] = heap[0][0]
    return answer
]==],
    cpp = [==[
// Days ascending. The heap holds the rules that have begun, the shortest on top; those that are
// over are dropped only when they come up.
#include <algorithm>
#include <cstddef>
#include <functional>
#include <numeric>
#include <queue>
#include <tuple>
#include <utility>
#include <vector>

std::vector<long long> smallest_interval_per_query(
    const std::vector<std::tuple<long long, long long>>& intervals,
    const std::vector<long long>& queries) {
  auto rules = intervals;
  std::sort(rules.begin(), rules.end());
  std::vector<std::size_t> order(queries.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return queries[a] < queries[b]; });

  using Running = std::pair<long long, long long>;  // length, right
  std::priority_queue<Running, std::vector<Running>, std::greater<>> running;
  std::vector<long long> answer(queries.size(), -1);
  std::size_t begun = 0;
  for (std::size_t i : order) {
    long long day = queries[i];
    for (; begun < rules.size() && std::get<0>(rules[begun]) <= day; ++begun) {
      auto [left, right] = rules[begun];
      running.emplace(right - left + 1, right);
    }
    while (!running.empty() && running.top().second < day) running.pop();
    if (!running.empty()) answer[i] = running.top().first;
  }
  return answer;
}
]==],
  },

  wrong = {
    {
      name = "counts steps, not days",
      language = "lua",
      verdict = "WA",
      case = "days inside a rule",
      why = "right - left is the number of steps from the first day to the last. Both ends belong "
        .. "to the rule, so it holds for one day more.",
      code = reference_with("rule[2] - rule[1] + 1", "rule[2] - rule[1]"),
    },
    {
      name = "ends a day early",
      language = "lua",
      verdict = "WA",
      case = "the last day of a rule",
      why = "The last day of a rule is treated as outside. The spans are closed: right still "
        .. "counts.",
      code = reference_with("queries[order[i]] <= rule[2]", "queries[order[i]] < rule[2]"),
    },
    {
      name = "answers in the order of the days",
      language = "lua",
      verdict = "WA",
      case = "days in falling order",
      why = "The queries were sorted and the answers are given in that order. Sort places instead "
        .. "of days, and write each answer to the place where the question stood.",
      code = reference_with("answer[order[i]] = rule", "answer[i] = rule"),
    },
    {
      name = "answers each day once",
      language = "lua",
      verdict = "WA",
      case = "a day asked twice",
      why = "A map from day to place keeps one place per day, so the other questions for the same "
        .. "day are never answered. Sort the places, or look each question's day up in a map of "
        .. "answers.",
      code = reference_with("  for i = 1, #queries do order[i], answer[i] = i, -1 end\n", [==[
  local place = {}
  for i = 1, #queries do place[queries[i]], answer[i] = i, -1 end
  for _, i in pairs(place) do order[#order + 1] = i end
]==]),
    },
    {
      name = "takes the rule that began last",
      language = "lua",
      verdict = "WA",
      case = "the later rule is the longer one",
      why = "With rules that lie inside each other the last to begin is the shortest. Rules that "
        .. "only overlap refute it.",
      code = reference_with("return a[2] - a[1] < b[2] - b[1]", "return a[1] > b[1]"),
    },
    {
      name = "lets only one rule go",
      language = "python",
      verdict = "WA",
      case = "two rules end before the same day",
      why = "A rule that is over is taken off the top of the heap, but the next one on top may be "
        .. "over as well. Go on until the top still holds.",
      code = [==[
from heapq import heappop, heappush


def smallest_interval_per_query(intervals, queries):
    answer = [-1] * len(queries)
    rules = sorted(intervals)
    begun = 0
    heap = []
    for i in sorted(range(len(queries)), key=queries.__getitem__):
        day = queries[i]
        while begun < len(rules) and rules[begun][0] <= day:
            left, right = rules[begun]
            heappush(heap, (right - left + 1, right))
            begun += 1
        if heap and heap[0][1] < day:
            heappop(heap)
        if heap:
            answer[i] = heap[0][0]
    return answer
]==],
    },
    {
      name = "asks every rule for every day",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "n·q comparisons. Neighbouring days are held by nearly the same rules, so take the "
        .. "days in order and keep what is known from one to the next.",
      code = [==[
function smallest_interval_per_query(intervals, queries)
  local answer = {}
  for i, day in ipairs(queries) do
    local shortest = -1
    for _, rule in ipairs(intervals) do
      if rule[1] <= day and day <= rule[2] then
        local length = rule[2] - rule[1] + 1
        if shortest < 0 or length < shortest then shortest = length end
      end
    end
    answer[i] = shortest
  end
  return answer
end
]==],
    },
    {
      name = "walks over answered days again",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Shortest rule first is right, but each rule walks through all days inside it, the "
        .. "answered ones too. Long rules over each other make that n·q steps: skip what is "
        .. "answered.",
      code = reference_with([==[
      answer[order[i]] = rule[2] - rule[1] + 1
      onward[i] = i + 1
      i = next_open(i + 1)
]==], [==[
      if answer[order[i]] < 0 then answer[order[i]] = rule[2] - rule[1] + 1 end
      i = i + 1
]==]),
    },
  },

  hints = {
    { text = "All queries are known beforehand. Are you bound to answer them in the order in which "
        .. "they are given?", cost_min = 2 },
    { text = "Go through the days in ascending order. Which rules come into play when you move on "
        .. "to the next day? Those that are over need not be found at once: when do they begin to "
        .. "hurt?",
      cost_min = 4 },
    { text = "Sort the rules by left, and the places of the queries by day. For each day push "
        .. "every rule with left <= day onto a min-heap as (length, right); pop while the top's "
        .. "right < day; the top's length is the answer, -1 if the heap is empty. Write it to the "
        .. "query's own place.", cost_min = 6 },
  },

  follow_ups = {
    { ask = "Rules that are over stay in your heap below the top. Is that a leak?",
      answer = "They cost memory, O(n) in all, and no wrong answer: only the top is read, and it "
        .. "is checked. Each rule is pushed and popped at most once, so the time is O(n log n)." },
    { ask = "Is there a way without a heap?",
      answer = "Shortest rule first: it answers all open days inside it. With the days sorted and "
        .. "a union-find that leads to the next open one, each day is answered once. It is the "
        .. "painter's picture turned round: who comes first, stays." },
    { ask = "The queries come one at a time and must be answered at once.",
      answer = "Prepare: sweep once over the starts and ends, and store for each stretch between "
        .. "them the length that wins. At most 2n + 1 stretches, and a query is one binary "
        .. "search." },
    { ask = "Rules are added and removed all day.",
      answer = "A segment tree over days with a multiset of lengths at each node: a rule goes to "
        .. "O(log n) nodes, a query takes the least over its path. If the days are not known "
        .. "beforehand, create the nodes when they are needed." },
    { ask = "Return which rule wins, not its length. What must be settled first?",
      answer = "Ties. Between equally long rules say who wins, the one set last for instance, and "
        .. "put that into the order of the heap: (length, -number, right)." },
  },

  explain = [==[
Two ways are given, because both are asked for.

**Sweep with a heap.** Take the days in ascending order. *Invariant:* when a day is answered, the
heap holds every rule with `left ≤ day` except some that are over, `right < day`. A rule that is
over stays over for all later days, so dropping it is safe at any time; leaving it in is safe as
long as it is not on top. After popping while the top is over, the top is the shortest rule that
holds on this day.

**Shortest rule first.** The first rule to reach a day, in order of length, is the shortest that
holds for it. So each rule answers the open days inside it, and these are closed then. The days of a
rule are neighbours in sorted order. `onward[i]` leads from a closed day to a later one, and to the
next open one after a few steps; halving these paths on the way makes them short.

**Cost.** Two sorts, and each rule and each day is handled once with O(log) work: O((n + q) log(n +
q)) time and O(n + q) space.

**Usual mistakes**

- *Losing the order of the questions.* Sort places, not values.
- *Equal questions.* A map from day to place keeps one of them.
- *`if` in place of `while`* when rules that are over are dropped.
- *The length.* Closed ends: `right - left + 1`, and a rule for one day has length 1, not 0.
- *The rule that began last.* Right when spans are nested, which small examples often are.
]==],
}
