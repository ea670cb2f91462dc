-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Merges many sorted lists into one, by a heap of their heads. The drill is about what is compared
-- when times are equal (the list's number, never what the entry carries), about lists that are
-- empty or run out, and about the number of lists as part of the cost.

-- `count` lists of `low` to `high` entries; times lie below `horizon`, so a small one makes ties.
local function random_lists(count, low, high, horizon, rand)
  local lists = {}
  for list = 1, count do
    local times = {}
    for i = 1, rand(low, high) do times[i] = rand(0, horizon) end
    table.sort(times)
    lists[list] = {}
    for i, time in ipairs(times) do
      lists[list][i] = { time, string.char(rand(97, 122)) .. list .. "." .. i }
    end
  end
  return lists
end

-- `n` entries in lists of four, each of which stretches over the whole time.
local function many_short_lists(n)
  local lists = {}
  local count = n // 4
  for list = 1, count do
    lists[list] = {}
    for i = 1, 4 do lists[list][i] = { i * count + list, "e" } end
  end
  return lists
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local heap_of_heads = [==[
-- A heap of the lists that still have entries. A list stands where its next entry belongs: by time,
-- then by the list's number.
function merge_sorted_lists(lists)
  local heap, at = {}, {}
  for list = 1, #lists do
    if #lists[list] > 0 then
      heap[#heap + 1], at[list] = list, 1
    end
  end
  local size = #heap

  local function before(a, b)
    local time_a, time_b = lists[a][at[a]][1], lists[b][at[b]][1]
    if time_a ~= time_b then return time_a < time_b end
    return a < b
  end

  local function sift_down(i)
    while 2 * i <= size do
      local child = 2 * i
      if child < size and before(heap[child + 1], heap[child]) then child = child + 1 end
      if not before(heap[child], heap[i]) then return end
      heap[i], heap[child] = heap[child], heap[i]
      i = child
    end
  end

  for i = size // 2, 1, -1 do sift_down(i) end
  local result = {}
  while size > 0 do
    local list = heap[1]
    result[#result + 1] = lists[list][at[list]]
    at[list] = at[list] + 1
    if at[list] > #lists[list] then
      heap[1] = heap[size]
      size = size - 1
    end
    sift_down(1)
  end
  return result
end
]==]

-- Merges two lists; what stands for REST takes over what is left. For wrong answers.
local merge_two = [==[
local function merge(a, b)
  local merged, i, j = {}, 1, 1
  while i <= #a and j <= #b do
    if b[j][1] < a[i][1] then
      merged[#merged + 1] = b[j]
      j = j + 1
    else
      merged[#merged + 1] = a[i]
      i = i + 1
    end
  end
  REST
  return merged
end

]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

return drill {
  id = "merge-sorted-lists",
  title = "One moderation log out of many",
  category = "heaps",
  level = "medium",
  minutes = 20,
  covers = { "S02-C04", "S02-T" },
  signature = "merge_sorted_lists(lists: (int, string)[][]) -> (int, string)[]",

  statement = [==[
The moderation actions of a community site are logged on many machines. Each log is a list of
entries `(time, text)`, in ascending order of time. An audit needs one log of all actions.

Given the `lists`, return one list that holds all their entries in ascending order of time.

**Conventions**

- Of entries with the same time, those of the list with the smaller index come first. Entries of one
  list stay in the order in which they stand there. The text never matters for the order.
- Nothing is left out: if the same entry occurs twice, in one list or in two, it is in the answer
  twice.
- Some lists may be empty, all may be, and there may be no lists at all. The answer may be empty.
- Times are whole numbers between 0 and 10^15; within a list they may repeat. Texts are any strings.
- Do not change the input.

**Cost.** For `n` entries in `k` lists O(n log k) time. There may be nearly as many lists as
entries, each of them short. Space may grow like `n`.
]==],

  examples = {
    {
      args = { { { { 1, "lock" }, { 7, "ban" } }, { { 3, "warn" } } } },
      result = { { 1, "lock" }, { 3, "warn" }, { 7, "ban" } },
    },
    {
      args = { { { { 5, "warn" } }, {}, { { 2, "pin" }, { 5, "ban" } } } },
      result = { { 2, "pin" }, { 5, "warn" }, { 5, "ban" } },
      note = "At time 5 the first list goes before the third, though ban comes before warn in the "
        .. "alphabet.",
    },
    {
      args = { { { { 4, "ban" }, { 4, "ban" } }, { { 4, "ban" } } } },
      result = { { 4, "ban" }, { 4, "ban" }, { 4, "ban" } },
      note = "Three actions, though they look alike.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 2000, 4000, 8000, 16000 },
    input = function(n) return { many_short_lists(n) } end,
  },

  cases = function(rand, case)
    case { name = "no lists", args = { {} } }
    case { name = "one list", args = { { { { 2, "a" }, { 3, "b" }, { 3, "a" } } } } }
    case {
      name = "one list is longer",
      catches = "forgets the rest",
      args = { { { { 1, "a" }, { 4, "b" } }, { { 2, "c" }, { 6, "d" }, { 8, "e" } } } },
    }
    case {
      name = "an empty list in between",
      catches = "takes a first entry for granted",
      args = { { { { 2, "a" } }, {}, { { 1, "b" } } } },
    }
    case { name = "nothing but empty lists", catches = "takes a first entry for granted",
           args = { { {}, {}, {} } } }
    case {
      name = "the same action in two lists",
      catches = "enters the same action once",
      args = { { { { 3, "ban" }, { 9, "pin" } }, { { 3, "ban" } } } },
    }
    case {
      name = "equal times, texts in the other order",
      catches = "compares the texts",
      args = { { { { 5, "unlock" } }, { { 5, "ban" } } } },
    }
    case {
      name = "equal times in three lists",
      catches = "leaves ties to the heap",
      args = { { { { 5, "a" }, { 5, "b" } }, { { 5, "c" }, { 5, "d" } }, { { 5, "e" } } } },
    }
    case {
      name = "one after another",
      args = { { { { 1, "a" }, { 2, "b" } }, { { 3, "c" }, { 4, "d" } }, { { 5, "e" } } } },
    }
    case {
      name = "the later list is all earlier",
      args = { { { { 7, "a" }, { 8, "b" } }, { { 5, "c" } }, { { 1, "d" }, { 2, "e" } } } },
    }
    case { name = "empty texts", args = { { { { 0, "" }, { 1, "" } }, { { 0, "x" } } } } }
    case {
      name = "far apart",
      args = { { { { 0, "a" }, { 1000000000000000, "b" } }, { { 999999999999999, "c" } } } },
    }
    for i = 1, 3 do
      case { name = "random " .. i, args = { random_lists(rand(2, 7), 0, 9, 500, rand) } }
    end
    for i = 1, 2 do
      case { name = "random, many ties " .. i,
             args = { random_lists(rand(3, 8), 0, 7, 4, rand) } }
    end
    case { name = "random, lists of at most one", args = { random_lists(40, 0, 1, 20, rand) } }
    case { name = "5 long lists", args = { random_lists(5, 900, 1100, 100000, rand) } }
    case { name = "150 lists", args = { random_lists(150, 0, 20, 300, rand) } }
  end,

  compare = "exact",

  -- Appends list after list; each entry moves to the left past the entries that are later than it.
  oracle = function(args)
    local result = {}
    for _, list in ipairs(args[1]) do
      for _, entry in ipairs(list) do
        local at = #result + 1
        while at > 1 and result[at - 1][1] > entry[1] do at = at - 1 end
        table.insert(result, at, entry)
      end
    end
    return result
  end,

  reference = {
    lua = heap_of_heads,
    python = [==[
import heapq


def merge_sorted_lists(lists):
    # The heads (time, list, place). No two agree in list and place, so texts are never compared.
    heads = [(entries[0][0], i, 0) for i, entries in enumerate(lists) if entries]
    heapq.heapify(heads)
    result = []
    while heads:
        _, i, place = heads[0]
        result.append(lists[i][place])
        if place + 1 < len(lists[i]):
            heapq.heapreplace(heads, (lists[i][place + 1][0], i, place + 1))
        else:
            heapq.heappop(heads)
    return result
]==],
    cpp = [==[
// A heap of the heads: (time, list, place), the smallest on top. Lists leave it when they run out.
#include <cstddef>
#include <functional>
#include <queue>
#include <string>
#include <tuple>
#include <vector>

using Entry = std::tuple<long long, std::string>;

std::vector<Entry> merge_sorted_lists(const std::vector<std::vector<Entry>>& lists) {
  using Head = std::tuple<long long, std::size_t, std::size_t>;
  std::priority_queue<Head, std::vector<Head>, std::greater<>> heads;
  for (std::size_t list = 0; list < lists.size(); ++list) {
    if (!lists[list].empty()) heads.emplace(std::get<0>(lists[list][0]), list, 0);
  }
  std::vector<Entry> result;
  while (!heads.empty()) {
    auto [time, list, place] = heads.top();
    heads.pop();
    result.push_back(lists[list][place]);
    if (++place < lists[list].size()) heads.emplace(std::get<0>(lists[list][place]), list, place);
  }
  return result;
}
]==],
  },

  wrong = {
    {
      name = "forgets the rest",
      language = "lua",
      verdict = "WA",
      case = "one list is longer",
      why = "The merge of two lists stops when one of them ends, and what is left of the other is "
        .. "lost. Append it.",
      code = changed(merge_two, "  REST\n", "") .. [==[
function merge_sorted_lists(lists)
  local merged = lists[1] or {}
  for i = 2, #lists do merged = merge(merged, lists[i]) end
  return merged
end
]==],
    },
    {
      name = "takes a first entry for granted",
      language = "lua",
      verdict = "RTE",
      case = "an empty list in between",
      why = "Every list is put into the heap with its first entry, which an empty list does not "
        .. "have.",
      code = changed(heap_of_heads, "if #lists[list] > 0 then", "do"),
    },
    {
      name = "enters the same action once",
      language = "lua",
      verdict = "WA",
      case = "the same action in two lists",
      why = "Entries that look alike are taken for one. Two moderators can do the same at the same "
        .. "time, and a log must not lose anything.",
      code = changed(heap_of_heads, "    result[#result + 1] = lists[list][at[list]]\n", [==[
    local entry, last = lists[list][at[list]], result[#result]
    if not last or last[1] ~= entry[1] or last[2] ~= entry[2] then
      result[#result + 1] = entry
    end
]==]),
    },
    {
      name = "compares the texts",
      language = "lua",
      verdict = "WA",
      case = "equal times, texts in the other order",
      why = "Whole entries are compared, so equal times are ordered by their texts. That is what a "
        .. "heap of (time, text, list) does. Put the list's number right behind the time; what an "
        .. "entry carries need not even have an order.",
      code = changed(heap_of_heads, "    return a < b\n", [==[
    local text_a, text_b = lists[a][at[a]][2], lists[b][at[b]][2]
    if text_a ~= text_b then return text_a < text_b end
    return a < b
]==]),
    },
    {
      name = "leaves ties to the heap",
      language = "lua",
      verdict = "WA",
      case = "equal times in three lists",
      why = "Only times are compared. A heap keeps no order among equal keys, so equal times come "
        .. "out as its shape has it. The list's number belongs to the key.",
      code = changed(heap_of_heads, [==[
    if time_a ~= time_b then return time_a < time_b end
    return a < b
]==], "    return time_a < time_b\n"),
    },
    {
      name = "merges one list after another",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The merged log is walked through again for every further list: n·k steps. Merge pairs "
        .. "of lists of like length, then pairs of the results, or all at once with a heap.",
      code = changed(merge_two, "  REST\n", [==[
  table.move(a, i, #a, #merged + 1, merged)
  table.move(b, j, #b, #merged + 1, merged)
]==]) .. [==[
function merge_sorted_lists(lists)
  local merged = {}
  for _, list in ipairs(lists) do merged = merge(merged, list) end
  return merged
end
]==],
    },
    {
      name = "looks at every head",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "For each entry of the answer the heads of all lists are compared: n·k steps, which is "
        .. "quadratic for many short lists. Only one head has changed since the last time.",
      code = [==[
function merge_sorted_lists(lists)
  local at, result = {}, {}
  for list = 1, #lists do at[list] = 1 end
  while true do
    local best, time
    for list = 1, #lists do
      local entry = lists[list][at[list]]
      if entry and (not best or entry[1] < time) then best, time = list, entry[1] end
    end
    if not best then return result end
    result[#result + 1] = lists[best][at[best]]
    at[best] = at[best] + 1
  end
end
]==],
    },
  },

  hints = {
    { text = "Which entries can be the next one of the answer? How many are there?", cost_min = 2 },
    { text = "Only the heads of the lists, and from one step to the next all but one of them stay "
        .. "the same. Which structure gives the smallest of a set in which one element changes?",
      cost_min = 3 },
    { text = "A min-heap of (time, list, place), with one head for each list that is not empty. "
        .. "Take the top, append its entry, and put the list's next head in its stead; if there is "
        .. "none, only take it out.", cost_min = 5 },
  },

  follow_ups = {
    { ask = "Would you get far with putting everything together and sorting?",
      answer = "O(n log n) instead of O(n log k), with a stable sort that compares times only. A "
        .. "sort that finds runs (Python's) is close to a merge on such input. It needs all lists "
        .. "in memory, and an unstable sort breaks the ties wrongly." },
    { ask = "The lists do not fit into memory.",
      answer = "The heap needs one head a list. Read each file through a buffer, write the answer "
        .. "out as it comes: that is the merge phase of an external sort. With very many files "
        .. "merge in rounds, so that each has a buffer of decent size." },
    { ask = "Merging in pairs, without a heap?",
      answer = "Merge lists 1 and 2, 3 and 4, and so on, then the results, until one is left. Each "
        .. "entry is copied once a round and there are log k rounds: O(n log k) too. Keep the "
        .. "order of the lists, so that the left one wins ties." },
    { ask = "The logs are live streams. What is different?",
      answer = "A stream without a head does not mean that it has ended: its next entry may be "
        .. "earlier than all heads. Wait for it, or let it send its time now and then (a "
        .. "watermark) and give out what is older than all watermarks." },
    { ask = "How many comparisons does one step take, and can it be fewer?",
      answer = "A binary heap takes up to 2 log k: two a level. A tree of losers takes log k, "
        .. "since the path from a leaf to the root meets each old loser once. Databases use it." },
  },

  explain = [==[
**Invariant.** The answer so far holds the smallest entries in the order (time, list, place). For
each list, exactly the entries before its place are in it, and the heap holds the next entry of each
list that has one.

**Why it holds.** Within a list, entries ascend in this order, so the smallest of all that is left
is the head of some list, and the heap's top is the smallest head. Appending it and moving its list
on by one keeps all statements true.

**Ties.** The order (time, list, place) is exactly the one that is asked for, and it is total, so
nothing is left to chance. Since list and place differ, a comparison never reaches what the entry
carries. This matters where payloads cannot be compared at all.

**Cost.** Each of the `n` entries enters and leaves a heap of at most `k` heads: O(n log k) time and
O(k) space beside the answer. With one list it is a copy.

**Usual mistakes**

- *Empty lists.* They have no head; leave them out when the heap is built.
- *Comparing payloads* by putting them right behind the time.
- *One list after another.* The first list is copied k times.
- *Taking heads off the front of an array*, which shifts the rest of the list. Keep a place instead.
]==],
}
