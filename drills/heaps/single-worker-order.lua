-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- One worker, jobs that arrive over time, the shortest waiting one first. The drill is about the
-- clock: it moves by lengths while there is work, and jumps to the next arrival when there is none.

-- `n` jobs that arrive below `horizon` and last from 1 to `longest`.
local function random_jobs(n, horizon, longest, rand)
  local jobs = {}
  for i = 1, n do jobs[i] = { rand(0, horizon), rand(1, longest) } end
  return jobs
end

-- Nearly all jobs are there before the first is done.
local function all_at_once(n, rand)
  local jobs = {}
  for i = 1, n do jobs[i] = { i % 7, rand(10, 1000000) } end
  return rand.shuffle(jobs)
end

-- The reference. Most of the wrong answers are this text with one thing changed.
local heap_of_waiting = [==[
-- Jobs enter a heap when the clock reaches their arrival. The heap is ordered by length, then
-- index.
function single_worker_order(jobs)
  local by_arrival = {}
  for i = 1, #jobs do by_arrival[i] = i end
  table.sort(by_arrival, function(i, j)
    if jobs[i][1] ~= jobs[j][1] then return jobs[i][1] < jobs[j][1] end
    return i < j
  end)

  local waiting, size = {}, 0

  local function before(i, j)
    if jobs[i][2] ~= jobs[j][2] then return jobs[i][2] < jobs[j][2] end
    return i < j
  end

  local function push(job)
    size = size + 1
    local at = size
    while at > 1 and before(job, waiting[at // 2]) do
      waiting[at] = waiting[at // 2]
      at = at // 2
    end
    waiting[at] = job
  end

  local function pop()
    local first, job = waiting[1], waiting[size]
    size = size - 1
    local at = 1
    while 2 * at <= size do
      local child = 2 * at
      if child < size and before(waiting[child + 1], waiting[child]) then child = child + 1 end
      if before(job, waiting[child]) then break end
      waiting[at] = waiting[child]
      at = child
    end
    waiting[at] = job
    return first
  end

  local order, arrived, now = {}, 0, 0
  for place = 1, #jobs do
    if size == 0 then now = math.max(now, jobs[by_arrival[arrived + 1]][1]) end
    while arrived < #jobs and jobs[by_arrival[arrived + 1]][1] <= now do
      arrived = arrived + 1
      push(by_arrival[arrived])
    end
    local job = pop()
    now = now + jobs[job][2]
    order[place] = job - 1
  end
  return order
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = heap_of_waiting:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return heap_of_waiting:sub(1, first - 1) .. new .. heap_of_waiting:sub(last + 1)
end

return drill {
  id = "single-worker-order",
  title = "One labeller, many batches",
  category = "heaps",
  level = "medium",
  minutes = 25,
  covers = { "S02-T", "S03-C06", "S03-P1" },
  signature = "single_worker_order(jobs: (int, int)[]) -> int[]",

  statement = [==[
One person labels batches of posts for a safety team. Batches arrive over the day. Whenever the
labeller is free, the shortest batch that is waiting comes next, and it is finished before another
is begun.

Given the batches as pairs `(arrival, length)`, return the order in which they are done, as a list
of indices into `jobs`.

**Conventions**

- Indices are counted from 0. The answer holds each index once.
- A batch waits from its arrival on. One that arrives at the very moment the labeller becomes free
  is among those to choose from.
- Of several waiting batches with the same length, the one with the smallest index comes first,
  whichever arrived earlier.
- When nothing waits, the labeller does nothing until the next arrival. If several arrive then, all
  of them are waiting.
- A batch begun at `t` is finished at `t + length`. Between two batches no time passes.
- The batches are in no special order. There may be none; the answer is then empty.
- `0 ≤ arrival ≤ 10^15` and `1 ≤ length ≤ 10^9`, whole seconds.
- Do not change the input.

**Cost.** O(n log n) time for `n` batches, however long nothing happens. Space may grow like `n`.
]==],

  examples = {
    {
      args = { { { 0, 9 }, { 1, 5 }, { 2, 2 } } },
      result = { 0, 2, 1 },
      note = "At 0 only the first is there. At 9 both others wait, and the shorter goes first.",
    },
    {
      args = { { { 20, 3 }, { 2, 4 }, { 2, 4 } } },
      result = { 1, 2, 0 },
      note = "Two equal ones at 2: the smaller index first. From 10 to 20 nothing happens.",
    },
    {
      args = { { { 5, 1 }, { 0, 5 }, { 0, 6 } } },
      result = { 1, 0, 2 },
      note = "At 5 the labeller is free and batch 0 has just arrived. It counts as waiting.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    input = function(n, rand) return { all_at_once(n, rand) } end,
  },

  cases = function(rand, case)
    case { name = "no batches", args = { {} } }
    case { name = "one batch", args = { { { 30, 2 } } } }
    case { name = "the short one arrives during the long one", catches = "shortest of all first",
           args = { { { 0, 10 }, { 1, 2 } } } }
    case { name = "the waiting ones change places", catches = "first come, first served",
           args = { { { 0, 6 }, { 1, 9 }, { 2, 3 }, { 3, 4 } } } }
    case { name = "arrives as another ends", catches = "overlooks who arrives just now",
           args = { { { 0, 4 }, { 1, 9 }, { 4, 1 } } } }
    case { name = "equal lengths, the later index is earlier", catches = "equal lengths by arrival",
           args = { { { 0, 8 }, { 3, 5 }, { 1, 5 } } } }
    case { name = "listed from the last to the first", catches = "takes the list for sorted",
           args = { { { 7, 1 }, { 4, 6 }, { 0, 5 } } } }
    case { name = "a quiet hour, then many", catches = "leaves the clock behind",
           args = { { { 0, 2 }, { 100, 5 }, { 101, 4 }, { 102, 3 } } } }
    case { name = "several arrive after the quiet hour", catches = "takes the first arrival alone",
           args = { { { 0, 2 }, { 50, 7 }, { 50, 3 }, { 50, 5 } } } }
    case { name = "all at the same moment",
           args = { { { 9, 4 }, { 9, 2 }, { 9, 4 }, { 9, 1 }, { 9, 2 } } } }
    case { name = "each arrives as the one before ends",
           args = { { { 0, 3 }, { 3, 3 }, { 6, 3 }, { 9, 3 } } } }
    case { name = "equal in all", args = { { { 5, 5 }, { 5, 5 }, { 5, 5 } } } }
    case { name = "a quiet age", catches = "waits second by second",
           args = { { { 0, 5 }, { 1000000000000, 3 }, { 1000000000001, 1 } } } }
    case { name = "long and late",
           args = { { { 1000000000000000, 1 }, { 999999999000000, 1000000000 },
                      { 999999999999999, 2 } } } }
    for i = 1, 3 do
      case { name = "random, busy " .. i, args = { random_jobs(rand(5, 50), 100, 12, rand) } }
    end
    for i = 1, 2 do
      case { name = "random, quiet " .. i, args = { random_jobs(rand(5, 50), 900, 12, rand) } }
    end
    case { name = "random, many ties", args = { random_jobs(60, 20, 3, rand) } }
    case { name = "600 batches at once", args = { all_at_once(600, rand) } }
    case { name = "4000 batches", args = { random_jobs(4000, 400000, 120, rand) } }
  end,

  compare = "exact",

  -- No queue: each time it looks at everything that is not done.
  oracle = function(args)
    local jobs, done, order, now = args[1], {}, {}, 0
    while #order < #jobs do
      local chosen, next_arrival
      for i, job in ipairs(jobs) do
        if not done[i] then
          next_arrival = math.min(next_arrival or job[1], job[1])
          if job[1] <= now and (not chosen or job[2] < jobs[chosen][2]) then chosen = i end
        end
      end
      if chosen then
        done[chosen] = true
        order[#order + 1] = chosen - 1
        now = now + jobs[chosen][2]
      else
        now = next_arrival
      end
    end
    return order
  end,

  reference = {
    lua = heap_of_waiting,
    python = [==[
import heapq


def single_worker_order(jobs):
    by_arrival = sorted(range(len(jobs)), key=lambda i: jobs[i][0])
    order, waiting = [], []  # waiting: (length, index)
    arrived = now = 0
    while len(order) < len(jobs):
        if not waiting:
            now = max(now, jobs[by_arrival[arrived]][0])
        while arrived < len(jobs) and jobs[by_arrival[arrived]][0] <= now:
            i = by_arrival[arrived]
            heapq.heappush(waiting, (jobs[i][1], i))
            arrived += 1
        length, i = heapq.heappop(waiting)
        now += length
        order.append(i)
    return order
]==],
    cpp = [==[
// Jobs enter a heap of (length, index) when the clock reaches their arrival. When it is empty, the
// clock jumps to the next arrival.
#include <algorithm>
#include <cstddef>
#include <functional>
#include <numeric>
#include <queue>
#include <tuple>
#include <utility>
#include <vector>

std::vector<long long> single_worker_order(
    const std::vector<std::tuple<long long, long long>>& jobs) {
  auto arrival = [&](std::size_t i) { return std::get<0>(jobs[i]); };
  std::vector<std::size_t> by_arrival(jobs.size());
  std::iota(by_arrival.begin(), by_arrival.end(), std::size_t{0});
  std::sort(by_arrival.begin(), by_arrival.end(),
            [&](std::size_t a, std::size_t b) { return arrival(a) < arrival(b); });

  using Waiting = std::pair<long long, std::size_t>;
  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> waiting;
  std::vector<long long> order;
  long long now = 0;
  auto next = by_arrival.begin();
  while (order.size() < jobs.size()) {
    if (waiting.empty()) now = std::max(now, arrival(*next));
    for (; next != by_arrival.end() && arrival(*next) <= now; ++next)
      waiting.emplace(std::get<1>(jobs[*next]), *next);
    auto [length, job] = waiting.top();
    waiting.pop();
    now += length;
    order.push_back(static_cast<long long>(job));
  }
  return order;
}
]==],
  },

  wrong = {
    {
      name = "shortest of all first",
      language = "lua",
      verdict = "WA",
      case = "the short one arrives during the long one",
      why = "Sorts all batches by length, as if all had arrived at the beginning. Nobody can start "
        .. "what is not there yet.",
      code = [==[
function single_worker_order(jobs)
  local order = {}
  for i = 1, #jobs do order[i] = i end
  table.sort(order, function(i, j)
    if jobs[i][2] ~= jobs[j][2] then return jobs[i][2] < jobs[j][2] end
    return i < j
  end)
  for place, i in ipairs(order) do order[place] = i - 1 end
  return order
end
]==],
    },
    {
      name = "first come, first served",
      language = "lua",
      verdict = "WA",
      case = "the waiting ones change places",
      why = "The waiting batches are a queue. The shortest of them is asked for.",
      code = reference_with("if jobs[i][2] ~= jobs[j][2] then return jobs[i][2] < jobs[j][2] end",
                            "if jobs[i][1] ~= jobs[j][1] then return jobs[i][1] < jobs[j][1] end"),
    },
    {
      name = "overlooks who arrives just now",
      language = "lua",
      verdict = "WA",
      case = "arrives as another ends",
      why = "A batch that arrives at the moment of the choice is left out, because arrivals are "
        .. "compared with < instead of <=.",
      code = reference_with("jobs[by_arrival[arrived + 1]][1] <= now do",
                            "(size == 0 or jobs[by_arrival[arrived + 1]][1] < now) do"),
    },
    {
      name = "equal lengths by arrival",
      language = "lua",
      verdict = "WA",
      case = "equal lengths, the later index is earlier",
      why = "The heap's key is (length, arrival, index). Among equal lengths the index decides, "
        .. "whichever arrived earlier.",
      code = reference_with([==[
return jobs[i][2] < jobs[j][2] end
    return i < j
]==], [==[
return jobs[i][2] < jobs[j][2] end
    if jobs[i][1] ~= jobs[j][1] then return jobs[i][1] < jobs[j][1] end
    return i < j
]==]),
    },
    {
      name = "takes the list for sorted",
      language = "lua",
      verdict = "WA",
      case = "listed from the last to the first",
      why = "The batches are let in in the order of the list. It is in no special order; sort the "
        .. "indices by arrival first.",
      code = reference_with("if jobs[i][1] ~= jobs[j][1] then return jobs[i][1] < jobs[j][1] end\n",
                            "\n"),
    },
    {
      name = "leaves the clock behind",
      language = "lua",
      verdict = "WA",
      case = "a quiet hour, then many",
      why = "When nothing waits, the next batch is taken but the clock stays where it was. From "
        .. "then on it is behind, and batches that have long arrived are not let in.",
      code = reference_with([==[
    if size == 0 then now = math.max(now, jobs[by_arrival[arrived + 1]][1]) end
    while arrived < #jobs and jobs[by_arrival[arrived + 1]][1] <= now do
      arrived = arrived + 1
      push(by_arrival[arrived])
    end
]==], [==[
    while arrived < #jobs and jobs[by_arrival[arrived + 1]][1] <= now do
      arrived = arrived + 1
      push(by_arrival[arrived])
    end
    if size == 0 then
      local arrival = jobs[by_arrival[arrived + 1]][1]
      while arrived < #jobs and jobs[by_arrival[arrived + 1]][1] == arrival do
        arrived = arrived + 1
        push(by_arrival[arrived])
      end
    end
]==]),
    },
    {
      name = "takes the first arrival alone",
      language = "lua",
      verdict = "WA",
      case = "several arrive after the quiet hour",
      why = "After a pause the next batch by arrival is begun at once. Others may arrive at that "
        .. "same second, and one of them may be shorter. Move the clock, let all in, then choose.",
      code = reference_with([==[
    local job = pop()
]==], [==[
    local job
    if alone then job = alone else job = pop() end
]==]):gsub("if size == 0 then now = [^\n]*\n[^\n]*\n", [==[
local alone
    if size == 0 and jobs[by_arrival[arrived + 1]][1] > now then
      arrived = arrived + 1
      alone = by_arrival[arrived]
      now = jobs[alone][1]
    end
    while not alone and arrived < #jobs and jobs[by_arrival[arrived + 1]][1] <= now do
]==]),
    },
    {
      name = "waits second by second",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      case = "a quiet age",
      why = "While nothing waits the clock is moved by one. The next arrival is known: jump there.",
      code = reference_with(
        "if size == 0 then now = math.max(now, jobs[by_arrival[arrived + 1]][1]) end",
        "while size == 0 and jobs[by_arrival[arrived + 1]][1] > now do now = now + 1 end"),
    },
    {
      name = "searches those who wait",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The waiting batches are a plain list, and each choice looks at all of them. When all "
        .. "arrive in the morning that is n²/2 steps.",
      code = [==[
function single_worker_order(jobs)
  local by_arrival = {}
  for i = 1, #jobs do by_arrival[i] = i end
  table.sort(by_arrival, function(i, j)
    if jobs[i][1] ~= jobs[j][1] then return jobs[i][1] < jobs[j][1] end
    return i < j
  end)
  local waiting, order, arrived, now = {}, {}, 0, 0
  for place = 1, #jobs do
    if #waiting == 0 then now = math.max(now, jobs[by_arrival[arrived + 1]][1]) end
    while arrived < #jobs and jobs[by_arrival[arrived + 1]][1] <= now do
      arrived = arrived + 1
      waiting[#waiting + 1] = by_arrival[arrived]
    end
    local best = 1
    for at = 2, #waiting do
      local i, j = waiting[at], waiting[best]
      if jobs[i][2] < jobs[j][2] or jobs[i][2] == jobs[j][2] and i < j then best = at end
    end
    local job = waiting[best]
    waiting[best] = waiting[#waiting]
    waiting[#waiting] = nil
    now = now + jobs[job][2]
    order[place] = job - 1
  end
  return order
end
]==],
    },
  },

  hints = {
    { text = "Two orders matter: in one the batches come in, in the other they go out. Which are "
        .. "they?", cost_min = 2 },
    { text = "Sort the indices by arrival, and keep the waiting ones in a heap. Write down what "
        .. "moves the clock: there are exactly two things.", cost_min = 3 },
    { text = "Repeat: if nothing waits, set the clock to the next arrival; let in all with arrival "
        .. "<= clock; take the smallest (length, index); add its length to the clock.",
      cost_min = 5 },
  },

  follow_ups = {
    { ask = "Why would one choose the shortest first?",
      answer = "For jobs that are all there it makes the mean waiting time as small as possible: "
        .. "exchanging neighbours in the wrong order makes the short one wait less by more than "
        .. "the long one waits longer. With later arrivals it is no longer the optimum, but still "
        .. "good." },
    { ask = "What is bad about it?",
      answer = "A long batch can starve while short ones keep coming. Let jobs age: compare length "
        .. "minus some credit for waiting, which for a constant rate is a fixed key per job, "
        .. "namely length plus rate times arrival, so the heap still works." },
    { ask = "A batch may be interrupted.",
      answer = "Then choose the one with the least time remaining. At each arrival the running job "
        .. "is compared with the new one and, if longer, put back with what is left. That is "
        .. "optimal for the mean waiting time." },
    { ask = "There are m labellers.",
      answer = "A second heap holds the times at which labellers become free. The clock is the "
        .. "smallest of them, or the next arrival if nothing waits." },
    { ask = "In reality the lengths are not known.",
      answer = "Predict them, and order by the prediction. Overestimates cost little; a long job "
        .. "predicted to be short delays all others, so cap how long it may keep the worker." },
  },

  explain = [==[
**Invariant.** Before each choice, the heap holds exactly the jobs with `arrival ≤ now` that are not
done, and it is not empty.

**Why it holds.** Jobs are let in in the order of arrival until the first that arrives after `now`,
so none is missed and none is early. If nothing was waiting, the clock was first set to the next
arrival, so at least that job is let in, together with all others of the same second. Taking a job
out and adding its length keeps the statement, once the jobs that arrived meanwhile are let in.

**`max` in the jump.** When the heap is empty, the next job may already have arrived while the last
one was being done. It has not been let in yet. The clock must not go back to its arrival.

**Cost.** O(n log n) to sort, and each job enters and leaves the heap once.

**Usual mistakes**

- *A clock that is left behind*, when the next job is taken without moving it. Nothing goes wrong at
  once, only at the jobs after it.
- *A clock that ticks.* Time is data: jump.
- *The edge*: who arrives at the moment of the choice takes part. Write `arrival <= now`.
- *Ties.* The key is (length, index). Sorting by arrival has its own ties, which do not matter.
- *Losing the index* by sorting the pairs themselves.
]==],
}
