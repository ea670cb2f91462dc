-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Orders a list so that equal items never stand side by side, or finds that it cannot be done. The
-- drill is about a greedy choice that needs two things at once: the most frequent, but not the
-- last.

-- `n` posts of `authors` authors; the smaller `skew`, the more the first authors get.
local function random_posts(n, authors, skew, rand)
  local posts = {}
  for i = 1, n do posts[i] = "u" .. math.floor(authors * rand.float() ^ (1 / skew)) end
  return posts
end

-- `n` posts, two of each author.
local function two_each(n, rand)
  local posts = {}
  for i = 1, n do posts[i] = "u" .. (i + 1) // 2 end
  return rand.shuffle(posts)
end

-- `most` posts of one author among `others` different ones.
local function one_among_others(most, others, rand)
  local posts = {}
  for i = 1, most do posts[i] = "star" end
  for i = 1, others do posts[most + i] = "u" .. i end
  return rand.shuffle(posts)
end

-- What each wrong answer begins with: how many posts each author has, and the authors in the order
-- in which they come up.
local counting = [==[
local function count(items)
  local left, authors, most = {}, {}, 0
  for _, author in ipairs(items) do
    if not left[author] then
      left[author] = 0
      authors[#authors + 1] = author
    end
    left[author] = left[author] + 1
    most = math.max(most, left[author])
  end
  return left, authors, most
end

]==]

-- The reference. Some of the wrong answers are this text with one thing changed.
local most_first = [==[
-- A heap of the authors by posts left. The author of the last post is held back for one turn, so
-- the top is always somebody else.
function no_equal_neighbours(items)
  local left, heap = {}, {}
  for _, author in ipairs(items) do
    if not left[author] then
      left[author] = 0
      heap[#heap + 1] = author
    end
    left[author] = left[author] + 1
  end
  local size = #heap

  local function sift_down(i)
    while 2 * i <= size do
      local child = 2 * i
      if child < size and left[heap[child + 1]] > left[heap[child]] then child = child + 1 end
      if left[heap[i]] >= left[heap[child]] then return end
      heap[i], heap[child] = heap[child], heap[i]
      i = child
    end
  end

  for i = size // 2, 1, -1 do sift_down(i) end
  local result, held = {}, nil
  while size > 0 do
    local author = heap[1]
    result[#result + 1] = author
    left[author] = left[author] - 1
    if held and left[held] > 0 then
      heap[1] = held
    else
      heap[1] = heap[size]
      size = size - 1
    end
    sift_down(1)
    held = author
  end
  return #result == #items and result or {}
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = most_first:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return most_first:sub(1, first - 1) .. new .. most_first:sub(last + 1)
end

return drill {
  id = "no-equal-neighbours",
  title = "Nobody twice in a row",
  category = "heaps",
  level = "medium",
  minutes = 25,
  covers = { "S03-C06", "S03-C04", "S03-T" },
  signature = "no_equal_neighbours(items: string[]) -> string[]",

  statement = [==[
A page of a feed looks dull when one author has several posts in a row. The ranker has chosen the
posts of the page; their order on it is free.

Given the author of each post in `items`, return the same authors in an order in which no two
neighbours are equal. If there is no such order, return an empty list.

**Conventions**

- The answer holds every author exactly as often as `items` does.
- Any such order is right. Yours need not be the one that the examples show.
- The first and the last post of the page are not neighbours.
- `items` may be empty; the answer is then empty. With one post the answer is that post.
- Authors are strings; equal strings are the same author.
- Do not change the input.

**Cost.** O(n log a) time for `n` posts by `a` different authors. There may be nearly as many
authors as posts. Space may grow like `n`.
]==],

  examples = {
    {
      args = { { "ann", "ann", "bob", "cy" } },
      result = { "ann", "bob", "ann", "cy" },
      note = "There are others, for instance cy, ann, bob, ann.",
    },
    {
      args = { { "ann", "bob", "ann" } },
      result = { "ann", "bob", "ann" },
      note = "Two posts by ann fit around one of somebody else.",
    },
    {
      args = { { "ann", "ann", "bob", "ann" } },
      result = {},
      note = "Three posts by ann need at least two others between them.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    input = function(n, rand) return { two_each(n, rand) } end,
  },

  cases = function(rand, case)
    case { name = "no posts", args = { {} } }
    case { name = "one post", args = { { "ann" } } }
    case { name = "two authors", args = { { "ann", "bob" } } }
    case { name = "three, two and one", catches = "does not look at the last post",
           args = { { "a", "a", "a", "b", "b", "c" } } }
    case { name = "one author is ahead of all", catches = "takes turns",
           args = { { "a", "a", "a", "b", "c", "d" } } }
    case { name = "the frequent one comes last", catches = "in the order of the list",
           args = { { "a", "b", "c", "c" } } }
    case { name = "the frequent one is second in the alphabet",
           catches = "every other place, by name", args = { { "b", "a", "c", "b" } } }
    case { name = "just over half", catches = "gives up at half", args = { { "a", "b", "a" } } }
    case { name = "one too many", catches = "returns what fits",
           args = { { "a", "b", "a", "a" } } }
    case { name = "one author only", catches = "returns what fits", args = { { "a", "a" } } }
    case { name = "all different", args = { { "d", "a", "c", "b" } } }
    case { name = "exactly half", args = { { "x", "x", "x", "x", "a", "b", "a", "b" } } }
    case { name = "two authors with the same number",
           args = { { "a", "a", "a", "b", "b", "b" } } }
    case { name = "empty names", args = { { "", "", "a" } } }
    for i = 1, 3 do
      case { name = "random " .. i, args = { random_posts(rand(5, 60), 6, 1, rand) } }
    end
    for i = 1, 3 do
      case { name = "random, one author ahead " .. i,
             args = { random_posts(rand(10, 60), 5, 0.5, rand) } }
    end
    case { name = "random, as many as fit", args = { one_among_others(31, 30, rand) } }
    case { name = "random, one more than fits", args = { one_among_others(32, 30, rand) } }
    case { name = "2000 posts, two of each author", args = { two_each(2000, rand) } }
    case { name = "10000 posts, 30 authors", args = { random_posts(10000, 30, 0.7, rand) } }
    case { name = "4001 posts, half of them by one", args = { one_among_others(2001, 2000, rand) } }
  end,

  -- Any order of the same authors is right in which neighbours differ; no order only where the
  -- reference has none.
  compare = function(args, got, expected)
    if #got ~= #expected then return false end
    local due = {}
    if #got > 0 then
      for _, author in ipairs(args[1]) do due[author] = (due[author] or 0) + 1 end
    end
    for i, author in ipairs(got) do
      if author == got[i - 1] or (due[author] or 0) == 0 then return false end
      due[author] = due[author] - 1
    end
    return true
  end,

  -- Puts the posts of the most frequent author on places 1, 3, 5, …, goes on with the others there,
  -- and then on places 2, 4, 6, ….
  oracle = function(args)
    local items, result = args[1], {}
    local function times(wanted)
      local total = 0
      for _, author in ipairs(items) do
        if author == wanted then total = total + 1 end
      end
      return total
    end
    local posts = table.move(items, 1, #items, 1, {})
    table.sort(posts, function(a, b)
      local times_a, times_b = times(a), times(b)
      if times_a ~= times_b then return times_a > times_b end
      return a < b
    end)
    local place = 1
    for _, author in ipairs(posts) do
      result[place] = author
      place = place + 2
      if place > #posts and place % 2 == 1 then place = 2 end
    end
    for i = 2, #result do
      if result[i] == result[i - 1] then return {} end
    end
    return result
  end,

  reference = {
    lua = most_first,
    python = [==[
from collections import Counter
import heapq


def no_equal_neighbours(items):
    # The authors by posts left. The author of the last post sits out one turn.
    heap = [(-count, author) for author, count in Counter(items).items()]
    heapq.heapify(heap)
    result, held = [], None
    while heap:
        count, author = heapq.heappop(heap)
        result.append(author)
        if held:
            heapq.heappush(heap, held)
        held = (count + 1, author) if count < -1 else None
    return [] if held else result
]==],
    cpp = [==[
// Deals the posts to places 0, 2, 4, … and then 1, 3, 5, …, author by author, the most frequent
// first. Whoever is dealt across the turn has too few posts to meet itself.
#include <algorithm>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

std::vector<std::string> no_equal_neighbours(const std::vector<std::string>& items) {
  std::unordered_map<std::string, std::size_t> count;
  for (const auto& author : items) ++count[author];
  std::vector<std::pair<std::string, std::size_t>> authors(count.begin(), count.end());
  std::sort(authors.begin(), authors.end(),
            [](const auto& a, const auto& b) { return a.second > b.second; });
  if (items.empty() || authors.front().second > (items.size() + 1) / 2) return {};

  std::vector<std::string> result(items.size());
  std::size_t place = 0;
  for (const auto& [author, times] : authors) {
    for (std::size_t i = 0; i < times; ++i) {
      result[place] = author;
      place += 2;
      if (place >= items.size() && place % 2 == 0) place = 1;
    }
  }
  return result;
}
]==],
  },

  wrong = {
    {
      name = "does not look at the last post",
      language = "lua",
      verdict = "WA",
      case = "three, two and one",
      why = "The author with most posts left comes next, also when the last post was by the same "
        .. "one. Hold the author of the last post back for one turn.",
      code = counting .. [==[
function no_equal_neighbours(items)
  local left, authors, most = count(items)
  if most > (#items + 1) // 2 then return {} end
  local result = {}
  for place = 1, #items do
    local best = authors[1]
    for _, author in ipairs(authors) do
      if left[author] > left[best] then best = author end
    end
    result[place] = best
    left[best] = left[best] - 1
  end
  return result
end
]==],
    },
    {
      name = "takes turns",
      language = "lua",
      verdict = "WA",
      case = "one author is ahead of all",
      why = "One post of each author, round after round. At the end only the author with most "
        .. "posts is left, and those posts stand side by side.",
      code = counting .. [==[
function no_equal_neighbours(items)
  local left, authors, most = count(items)
  if most > (#items + 1) // 2 then return {} end
  table.sort(authors, function(a, b)
    if left[a] ~= left[b] then return left[a] > left[b] end
    return a < b
  end)
  local result = {}
  for _ = 1, most do
    for _, author in ipairs(authors) do
      if left[author] > 0 then
        result[#result + 1] = author
        left[author] = left[author] - 1
      end
    end
  end
  return result
end
]==],
    },
    {
      name = "in the order of the list",
      language = "lua",
      verdict = "WA",
      case = "the frequent one comes last",
      why = "Takes the first post of the list that differs from the last one taken. Posts of the "
        .. "most frequent author pile up for the end. Who has most left must go first.",
      code = counting .. [==[
function no_equal_neighbours(items)
  local left, authors, most = count(items)
  if most > (#items + 1) // 2 then return {} end
  local result = {}
  for place = 1, #items do
    local next_author
    for _, author in ipairs(authors) do
      if left[author] > 0 and author ~= result[place - 1] then
        next_author = author
        break
      end
    end
    if not next_author then return {} end
    result[place] = next_author
    left[next_author] = left[next_author] - 1
  end
  return result
end
]==],
    },
    {
      name = "every other place, by name",
      language = "lua",
      verdict = "WA",
      case = "the frequent one is second in the alphabet",
      why = "Sorted by name and dealt to every other place, an author can be dealt across the turn "
        .. "from the last even place to the first odd one, and meet itself. Begin with the most "
        .. "frequent author.",
      code = counting .. [==[
function no_equal_neighbours(items)
  local _, _, most = count(items)
  if most > (#items + 1) // 2 then return {} end
  local sorted = table.move(items, 1, #items, 1, {})
  table.sort(sorted)
  local result, place = {}, 1
  for _, author in ipairs(sorted) do
    result[place] = author
    place = place + 2
    if place > #items and place % 2 == 1 then place = 2 end
  end
  return result
end
]==],
    },
    {
      name = "gives up at half",
      language = "lua",
      verdict = "WA",
      case = "just over half",
      why = "With an odd number of posts, one author can have one more than all others together: "
        .. "first, last and between all others. The limit is (n + 1) / 2, rounded down.",
      code = counting .. reference_with("  local left, heap = {}, {}\n", [==[
  local _, _, most = count(items)
  if #items > 1 and most > #items // 2 then return {} end
  local left, heap = {}, {}
]==]),
    },
    {
      name = "returns what fits",
      language = "lua",
      verdict = "WA",
      case = "one too many",
      why = "When only the author of the last post has posts left, it stops and returns what it "
        .. "has. If not all posts can be placed, the answer is an empty list.",
      code = reference_with("return #result == #items and result or {}", "return result"),
    },
    {
      name = "looks at all authors for every place",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The right choice, but found by a walk over all authors: n·a steps, which is quadratic "
        .. "when most authors have a post or two. A heap finds it in log a.",
      code = counting .. [==[
function no_equal_neighbours(items)
  local left, authors, most = count(items)
  if most > (#items + 1) // 2 then return {} end
  local result = {}
  for place = 1, #items do
    local best
    for _, author in ipairs(authors) do
      if author ~= result[place - 1] and (not best or left[author] > left[best]) then
        best = author
      end
    end
    result[place] = best or authors[1]
    left[result[place]] = left[result[place]] - 1
  end
  return result
end
]==],
    },
  },

  hints = {
    { text = "When is it impossible? Think of one author with many posts, and of how many others "
        .. "are needed to keep them apart.", cost_min = 2 },
    { text = "Place post after post. The danger is an author who has too many left for the places "
        .. "that remain. Whom should you take next, and who is not allowed?", cost_min = 4 },
    { text = "A max-heap of authors by posts left. Take the top, append it, and hold it back; only "
        .. "after the next post put it back, with one less. If the heap is empty while the one "
        .. "held back still has posts, there is no order.", cost_min = 6 },
  },

  follow_ups = {
    { ask = "Can you do it without a heap?",
      answer = "Yes, in O(n + a log a), or O(n) with the maximum alone: deal the posts to the even "
        .. "places and then to the odd ones, author by author, the most frequent author first. "
        .. "Only the first author's number matters." },
    { ask = "At least g other posts must lie between two of one author.",
      answer = "Hold back the last g authors in a queue instead of one. An author returns to the "
        .. "heap when it leaves the queue; if the heap is empty before all posts are placed, give "
        .. "up. With empty places allowed, it is a schedule with pauses." },
    { ask = "The ranker's order should be disturbed as little as possible.",
      answer = "Then it is an optimisation: keep the order, and when the next post is by the same "
        .. "author take the nearest later one by another. That can fail at the end, so keep an eye "
        .. "on the invariant: once an author has half of what is left, rounded up, it must be "
        .. "placed. Feeds mostly use a penalty for repeated authors and accept exceptions." },
    { ask = "Return the first such order in the alphabet.",
      answer = "At each place take the smallest name that is allowed and leaves the rest possible: "
        .. "no author may have more than half of what is left, rounded up, and the one just placed "
        .. "no more than half, rounded down. Only the largest count has to be checked." },
  },

  explain = [==[
**When there is an order.** Between two posts of one author lies another post, so `c` posts of one
need `c - 1` others: `c ≤ (n + 1) / 2`. This is also enough.

**Invariant.** With `r` posts left, no author has more than `(r + 1) / 2` of them, and the author of
the last post has at most `r / 2`.

**Why it holds.** Take the author with most left, apart from the last one. Afterwards `r - 1` posts
are left, and the author just taken must not have more than `(r - 1) / 2` of them: it had at most
`(r + 1) / 2` before, one less now. Could another author `b` have more than `r / 2`? If it was not
the last one, it had at most as many as the author taken, and the two together would have more than
`r`. If it was the last one, the invariant says that it had at most `r / 2`. So the invariant holds,
and as long as posts are left somebody other than the last author has one.

**Cost.** Each post costs a step down in a heap of at most `a` authors: O(n log a) time and O(a)
space beside the answer.

**Usual mistakes**

- *Most frequent, even if it was the last*; or *not the last, but anybody*. Both parts are needed.
- *Taking turns.* It spreads evenly at the beginning, when it does not matter, and has nobody left
  at the end.
- *Half of an odd number.* Try `a b a`.
- *A list that is too short.* Check at the end that everything was placed, or the counts before.
]==],
}
