-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The longest stretch with at most k different elements. The drill is about the map of counts that
-- follows a window: a kind is gone when its last element leaves, and its entry must go with it.

-- A feed of `n` posts from `kinds` communities.
local function random_feed(n, kinds, rand)
  local feed = {}
  for i = 1, n do feed[i] = "c" .. rand(1, kinds) end
  return feed
end

-- `kinds` communities that take turns.
local function in_turn(n, kinds)
  local feed = {}
  for i = 1, n do feed[i] = "c" .. i % kinds end
  return feed
end

-- One letter per post: a short way to write a feed.
local function posts(text)
  local feed = {}
  for c in text:gmatch(".") do feed[#feed + 1] = c end
  return feed
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local counted_window = [==[
-- The window first … last with the number of its posts per community. When it has too many
-- communities, posts leave from the left until one of them is gone.
function longest_with_few_kinds(feed, k)
  local count, kinds, first, best = {}, 0, 1, 0
  for last, name in ipairs(feed) do
    if not count[name] then
      count[name] = 0
      kinds = kinds + 1
    end
    count[name] = count[name] + 1
    while kinds > k do
      local gone = feed[first]
      first = first + 1
      count[gone] = count[gone] - 1
      if count[gone] == 0 then
        count[gone] = nil
        kinds = kinds - 1
      end
    end
    best = math.max(best, last - first + 1)
  end
  return best
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local begins, ends = counted_window:find(old, 1, true)
  assert(begins, "the reference no longer contains: " .. old)
  return counted_window:sub(1, begins - 1) .. new .. counted_window:sub(ends + 1)
end

return drill {
  id = "longest-with-few-kinds",
  title = "Stuck in a few communities",
  category = "sliding-window",
  level = "medium",
  minutes = 20,
  covers = { "S02-F", "S03-C04" },
  signature = "longest_with_few_kinds(feed: string[], k: int) -> int",

  statement = [==[
A ranker that only follows clicks shows a reader the same few communities for hours. To find such
feeds, a team asks for the longest stretch of somebody's feed in which at most `k` communities
occur.

Given the communities `feed` of all posts, in the order in which they were shown, and `k`, return
the length of the longest stretch of neighbouring posts with at most `k` different communities.

**Conventions**

- Return the number of posts in the stretch, not the number of communities.
- At most `k`: a stretch with fewer communities is fine. If the whole feed has no more than `k`, the
  answer is its length.
- `0 ≤ k ≤ 10^9`. With `k = 0` only the empty stretch is left, and the answer is 0.
- The feed may be empty; then the answer is 0. It has at most 10^5 posts.
- Communities are equal when their names are equal, byte by byte. There may be as many different
  ones as there are posts.
- The input is read-only.

**Cost.** Time must grow like `n`, the number of posts, whatever `k` is, taking an access to a hash
map as constant. Space may grow like `n`.
]==],

  examples = {
    {
      args = { { "cats", "news", "cats", "chess", "chess", "cats" }, 2 },
      result = 4,
      note = "cats, chess, chess, cats. The first three posts have two communities as well, but "
        .. "are fewer.",
    },
    {
      args = { { "cats", "news", "cats" }, 5 },
      result = 3,
      note = "The whole feed has two communities, which is not more than 5.",
    },
    {
      args = { { "cats", "news", "news" }, 0 },
      result = 0,
      note = "Every post has a community.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- A quarter as many communities as posts, and one too many for k: the window is always long.
    input = function(n) return { in_turn(n, n // 4), n // 4 - 1 } end,
  },

  cases = function(rand, case)
    case { name = "an empty feed", args = { {}, 3 } }
    case { name = "one post", args = { { "cats" }, 1 } }
    case { name = "no community allowed", catches = "measures before it shrinks",
           args = { posts("ab"), 0 } }
    case { name = "fewer communities than allowed", catches = "asks for exactly k",
           args = { posts("abba"), 3 } }
    case { name = "the same posts stand apart", catches = "adds up the most frequent",
           args = { posts("abacada"), 2 } }
    case { name = "the tail belongs to the next stretch", catches = "starts anew at a new kind",
           args = { posts("abbbcc"), 2 } }
    case { name = "a community comes back later", catches = "a kind never leaves",
           args = { posts("aba"), 1 } }
    case { name = "two of a kind stand in front", catches = "lets one post go",
           args = { posts("bbacc"), 2 } }
    case { name = "one community", args = { posts("aaabbaaaab"), 1 } }
    case { name = "all different", args = { posts("abcdefgh"), 3 } }
    case { name = "the longest stretch comes first", args = { posts("aababbacdcdab"), 2 } }
    case { name = "the longest stretch comes last", args = { posts("abcdcdccddc"), 2 } }
    case { name = "k as large as it gets", args = { posts("abcabc"), 1000000000 } }
    case { name = "names that differ in one byte",
           args = { { "news", "News", "news ", "news", "News", "" }, 2 } }
    for i = 1, 5 do
      case { name = "random " .. i, args = { random_feed(rand(20, 60), 2 + i, rand), rand(1, 4) } }
    end
    case { name = "10000 posts, many communities", args = { random_feed(10000, 500, rand), 12 } }
    case { name = "10000 posts, few communities", args = { random_feed(10000, 6, rand), 4 } }
    case { name = "1000 posts in turn", args = { in_turn(1000, 300), 299 } }
  end,

  compare = "exact",

  -- Every start, every end, with the list of communities met so far.
  oracle = function(args)
    local feed, k = args[1], args[2]
    local best = 0
    for first = 1, #feed do
      local met = {}
      for last = first, #feed do
        local known = false
        for _, name in ipairs(met) do known = known or name == feed[last] end
        if not known then met[#met + 1] = feed[last] end
        if #met > k then break end
        best = math.max(best, last - first + 1)
      end
    end
    return best
  end,

  reference = {
    lua = counted_window,
    python = [==[
from collections import defaultdict


# The window with the number of its posts per community. With too many communities posts leave from
# the left until one of them is gone.
def longest_with_few_kinds(feed, k):
    count = defaultdict(int)
    first = best = 0
    for last, name in enumerate(feed):
        count[name] += 1
        while len(count) > k:
            gone = feed[first]
            first += 1
            count[gone] -= 1
            if count[gone] == 0:
                del count[gone]
        best = max(best, last - first + 1)
    return best
]==],
    cpp = [==[
// The window with the number of its posts per community. With too many communities posts leave
// from the left until one of them is gone.
#include <algorithm>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

long long longest_with_few_kinds(const std::vector<std::string>& feed, long long k) {
  std::unordered_map<std::string, std::size_t> count;
  std::size_t first = 0, best = 0;
  for (std::size_t last = 0; last < feed.size(); ++last) {
    ++count[feed[last]];
    while (count.size() > static_cast<std::size_t>(k)) {
      const auto gone = count.find(feed[first++]);
      if (--gone->second == 0) count.erase(gone);
    }
    best = std::max(best, last + 1 - first);
  }
  return static_cast<long long>(best);
}
]==],
  },

  wrong = {
    {
      name = "measures before it shrinks",
      language = "lua",
      verdict = "WA",
      case = "no community allowed",
      why = "The stretch is measured before it is brought back to k communities, so it has one "
        .. "post too many whenever a new community begins.",
      code = [==[
function longest_with_few_kinds(feed, k)
  local count, kinds, first, best = {}, 0, 1, 0
  for last, name in ipairs(feed) do
    if not count[name] then
      count[name] = 0
      kinds = kinds + 1
    end
    count[name] = count[name] + 1
    best = math.max(best, last - first + 1)
    while kinds > k do
      local gone = feed[first]
      first = first + 1
      count[gone] = count[gone] - 1
      if count[gone] == 0 then
        count[gone] = nil
        kinds = kinds - 1
      end
    end
  end
  return best
end
]==],
    },
    {
      name = "asks for exactly k",
      language = "lua",
      verdict = "WA",
      case = "fewer communities than allowed",
      why = "Only stretches with exactly k communities are measured. At most k are asked for, and "
        .. "a feed may have fewer altogether.",
      code = reference_with("    best = math.max(best, last - first + 1)",
        "    if kinds == k then best = math.max(best, last - first + 1) end"),
    },
    {
      name = "a kind never leaves",
      language = "lua",
      verdict = "WA",
      case = "a community comes back later",
      why = "The entry stays in the map with the count 0. The community counts as known from then "
        .. "on: when it comes back, the number of communities is not raised, and the window may "
        .. "have one too many. Where the size of the map is the number of kinds, it only ever "
        .. "grows.",
      code = reference_with("        count[gone] = nil\n", ""),
    },
    {
      name = "starts anew at a new kind",
      language = "lua",
      verdict = "WA",
      case = "the tail belongs to the next stretch",
      why = "When one community too many comes, the window is emptied. The posts just before it "
        .. "may belong to a longer stretch with the new one.",
      code = [==[
function longest_with_few_kinds(feed, k)
  local seen, kinds, length, best = {}, 0, 0, 0
  for _, name in ipairs(feed) do
    if not seen[name] and kinds == k then seen, kinds, length = {}, 0, 0 end
    if not seen[name] and k > 0 then
      seen[name] = true
      kinds = kinds + 1
    end
    if k > 0 then length = length + 1 end
    best = math.max(best, length)
  end
  return best
end
]==],
    },
    {
      name = "lets one post go",
      language = "lua",
      verdict = "WA",
      case = "two of a kind stand in front",
      why = "One post leaves and its community is struck off, though other posts of it remain in "
        .. "the window. A community is gone when its count is 0, and several posts may have to "
        .. "leave.",
      code = reference_with("if count[gone] == 0 then", "if count[gone] >= 0 then"),
    },
    {
      name = "adds up the most frequent",
      language = "lua",
      verdict = "WA",
      case = "the same posts stand apart",
      why = "The k most frequent communities are added up over the whole feed. Their posts need "
        .. "not be neighbours.",
      code = [==[
function longest_with_few_kinds(feed, k)
  local count, counts, total = {}, {}, 0
  for _, name in ipairs(feed) do count[name] = (count[name] or 0) + 1 end
  for _, number in pairs(count) do counts[#counts + 1] = number end
  table.sort(counts, function(a, b) return a > b end)
  for i = 1, math.min(k, #counts) do total = total + counts[i] end
  return total
end
]==],
    },
    {
      name = "follows every start",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "From every start the communities are collected again until there are too many. When "
        .. "the stretches are long that is quadratic.",
      code = [==[
function longest_with_few_kinds(feed, k)
  local best = 0
  for first = 1, #feed do
    local seen, kinds = {}, 0
    for last = first, #feed do
      if not seen[feed[last]] then
        seen[feed[last]] = true
        kinds = kinds + 1
      end
      if kinds > k then break end
      best = math.max(best, last - first + 1)
    end
  end
  return best
end
]==],
    },
    {
      name = "counts the kinds at every step",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The window moves in linear time, but the number of communities in it is found by a "
        .. "walk through the whole map at every step: n·k. Keep the number beside the map.",
      code = [==[
function longest_with_few_kinds(feed, k)
  local count, first, best = {}, 1, 0
  local function kinds()
    local number = 0
    for _ in pairs(count) do number = number + 1 end
    return number
  end
  for last, name in ipairs(feed) do
    count[name] = (count[name] or 0) + 1
    while kinds() > k do
      local gone = feed[first]
      first = first + 1
      count[gone] = count[gone] > 1 and count[gone] - 1 or nil
    end
    best = math.max(best, last - first + 1)
  end
  return best
end
]==],
    },
  },

  hints = {
    { text = "The longest good stretch that ends at a post, and the one that ends at the next "
        .. "post: can the second begin further left?", cost_min = 1 },
    { text = "No, so both ends only move to the right. When a post leaves on the left, how do you "
        .. "know whether its community is still in the stretch?", cost_min = 2 },
    { text = "Keep a map from community to its number of posts in the window, and the number of "
        .. "communities. Take a post in; while there are more than k communities, let the leftmost "
        .. "go, and when its count reaches 0 delete the entry and lower the number. Then measure.",
      cost_min = 4 },
  },

  follow_ups = {
    { ask = "Count all stretches with at most k communities.",
      answer = "For each end, every start from `first` on is good: add last - first + 1 at each "
        .. "step. The count may need 64 bits." },
    { ask = "And with exactly k?",
      answer = "The number with at most k minus the number with at most k - 1. A single window "
        .. "cannot count them, since for one end the good starts are a range in the middle." },
    { ask = "The window never needs to become shorter. Why?",
      answer = "Only a longer one than the best is of interest. So when the window is bad, move "
        .. "both ends by one and keep its length: if, not while. At the end its length is the "
        .. "answer. The map then describes a window that may be bad, which is harder to reason "
        .. "about." },
    { ask = "The feed is a stream. What must be kept for the window?",
      answer = "Not the posts: the last place of each community in the window is enough, in order "
        .. "of these places. When there are k + 1, the one with the oldest last place is dropped, "
        .. "and the window begins after it. That is an LRU list of k entries, O(k) memory." },
  },

  explain = [==[
**Invariant.** After post `last`, `count` holds exactly the communities of the stretch `first …
last`, with their numbers of posts, `kinds` is how many they are, and the stretch is the longest
good one with this end.

**Why it holds.** A stretch within a good stretch is good. So if the stretch from some start is bad
with the end `last - 1`, it is bad with `last` too: `first` never has to go back. From there posts
leave one by one, and the first start at which there are at most `k` communities is the best one for
this end. The longest good stretch has some end, and is measured there.

**Cost.** Each post enters once and leaves at most once, each time with one access to the map: O(n).
The map has at most k + 1 entries.

**Usual mistakes**

- *An entry of 0.* If the number of kinds is the size of the map, an entry that is not deleted
  counts for ever. If it is kept apart, an entry of 0 must not pass for a known kind.
- *Measured while bad.* Shrink first.
- *k = 0.* The window must be able to become empty; `first` is then `last + 1`.
- *A set instead of counts.* It cannot tell whether another post of the community is left.
- *Starting anew* throws away the tail that belongs to the next stretch.
]==],
}
