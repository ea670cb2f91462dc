-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The k most frequent words: count, then keep the best k in a heap whose top is the weakest of
-- them. The drill is about the order of ties, which must be the same rule, once forwards in the
-- answer and once backwards in the heap.

-- A word of lower-case letters for a number >= 0, different for different numbers: a, b, …, aa, ….
local function word(number)
  local letters = {}
  repeat
    letters[#letters + 1] = string.char(97 + number % 26)
    number = number // 26 - 1
  until number < 0
  return table.concat(letters):reverse()
end

-- `n` draws from `different` words; the smaller `skew`, the more the first words get.
local function draws(n, different, skew, rand)
  local words = {}
  for i = 1, n do words[i] = word(math.floor(different * rand.float() ^ (1 / skew))) end
  return words
end

-- `n` words of which half occur once and the others twice, shuffled.
local function nearly_all_different(n, rand)
  local words, different = {}, n * 2 // 3
  for i = 1, n do words[i] = word(i % different) end
  return rand.shuffle(words)
end

return drill {
  id = "k-most-frequent",
  title = "The k most used report reasons",
  category = "heaps",
  level = "medium",
  minutes = 20,
  covers = { "S02-C04", "S03-C04" },
  signature = "k_most_frequent(words: string[], k: int) -> string[]",

  statement = [==[
People who report a post on a community site tag it with one word: `spam`, `scam`, `offtopic` and
whatever else they think of. The moderators' page lists the `k` tags used most.

Given all tags of a day, in the order they came in, return the `k` most frequent ones.

**Conventions**

- The answer is ordered: the most frequent word first. Words used equally often are in ascending
  alphabetical order. This rule also decides who gets in when a tie meets the end of the list.
- If there are fewer than `k` different words, return all of them, in the same order.
- `k ≥ 1`. The list may be empty; the answer is then empty.
- A word is one or more of the letters `a` to `z`. Alphabetical order is that of a dictionary, which
  is what `<` on strings gives: `spam` comes before `spammer`.

**Cost.** For `n` words of which `d` are different: no worse than O(n + d log d), and better if
`k` is small. Nearly all words may be different, and `k` may be a good part of them. Space may grow
like `d`.
]==],

  examples = {
    {
      args = { { "spam", "scam", "spam", "rude", "scam", "spam" }, 2 },
      result = { "spam", "scam" },
      note = "Three times spam, twice scam.",
    },
    {
      args = { { "spam", "rude", "scam", "rude", "spam" }, 1 },
      result = { "rude" },
      note = "rude and spam occur twice each, and there is room for one: rude comes first in the "
        .. "alphabet, though spam came in first.",
    },
    {
      args = { { "spammer", "spam" }, 5 },
      result = { "spam", "spammer" },
      note = "Two different words are all there is.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 400, 800, 1600, 3200 },
    input = function(n, rand) return { nearly_all_different(n, rand), n // 4 } end,
  },

  cases = function(rand, case)
    case { name = "one word", args = { { "spam" }, 1 } }
    case { name = "one word, many times", args = { { "rude", "rude", "rude" }, 1 } }
    case { name = "no ties", args = { { "c", "a", "c", "b", "b", "c" }, 2 } }
    case {
      name = "ties below a leader",
      catches = "turns the whole key round",
      args = { { "ads", "spam", "bait", "spam" }, 3 },
    }
    case {
      name = "ties in the answer",
      catches = "ties in order of arrival",
      args = { { "rude", "bait", "scam", "scam", "rude", "bait" }, 3 },
    }
    case {
      name = "a tie at the cut",
      catches = "lets the wrong one of a tie go",
      args = { { "rude", "spam", "spam", "ads", "bait" }, 2 },
    }
    case {
      name = "fewer words than k",
      catches = "takes k for granted",
      args = { { "scam", "rude", "scam" }, 5 },
    }
    case { name = "no words", catches = "takes k for granted", args = { {}, 3 } }
    case { name = "k is the number of different words", args = { { "b", "a", "c", "a" }, 3 } }
    case { name = "one word begins another", args = { { "spammer", "spam", "spa", "spams" }, 4 } }
    case { name = "longer is not later", args = { { "zz", "aaa", "b", "zz", "aaa", "b" }, 2 } }
    for i = 1, 3 do
      case { name = "random " .. i, args = { draws(rand(10, 60), 12, 1, rand), rand(1, 14) } }
    end
    for i = 1, 2 do
      case { name = "random, many ties " .. i,
             args = { nearly_all_different(rand(20, 60), rand), rand(2, 15) } }
    end
    case { name = "2000 words, nearly all different",
           args = { nearly_all_different(2000, rand), 600 } }
    case { name = "10000 words, some used much more", args = { draws(10000, 400, 0.4, rand), 20 } }
    case { name = "10000 words, all used alike", args = { draws(10000, 400, 1, rand), 50 } }
  end,

  compare = "exact",

  -- The place of a word is one more than the number of different words that beat it.
  oracle = function(args)
    local words, k = args[1], args[2]
    local function times(wanted)
      local count = 0
      for _, other in ipairs(words) do
        if other == wanted then count = count + 1 end
      end
      return count
    end
    local result = {}
    for _, candidate in ipairs(words) do
      local better = {}
      for _, other in ipairs(words) do
        local lead = times(other) - times(candidate)
        if lead > 0 or lead == 0 and other < candidate then better[other] = true end
      end
      local place = 1
      for _ in pairs(better) do place = place + 1 end
      if place <= k then result[place] = candidate end
    end
    return result
  end,

  reference = {
    lua = [==[
-- Keeps the best k in a binary heap whose top is the weakest of them, so that each new word has
-- to beat only the top.
function k_most_frequent(words, k)
  local count = {}
  for _, word in ipairs(words) do count[word] = (count[word] or 0) + 1 end

  -- The answer's order turned round: rarer first, and of equals the later in the alphabet.
  local function weaker(a, b)
    if count[a] ~= count[b] then return count[a] < count[b] end
    return a > b
  end

  local heap, size = {}, 0

  local function sift_up(i)
    while i > 1 and weaker(heap[i], heap[i // 2]) do
      heap[i], heap[i // 2] = heap[i // 2], heap[i]
      i = i // 2
    end
  end

  local function sift_down(i)
    while 2 * i <= size do
      local child = 2 * i
      if child < size and weaker(heap[child + 1], heap[child]) then child = child + 1 end
      if not weaker(heap[child], heap[i]) then return end
      heap[i], heap[child] = heap[child], heap[i]
      i = child
    end
  end

  for word in pairs(count) do
    if size < k then
      size = size + 1
      heap[size] = word
      sift_up(size)
    elseif weaker(heap[1], word) then
      heap[1] = word
      sift_down(1)
    end
  end

  -- The weakest comes out first, so the answer is filled from its end.
  local result = {}
  for place = size, 1, -1 do
    result[place] = heap[1]
    heap[1] = heap[size]
    size = size - 1
    sift_down(1)
  end
  return result
end
]==],
    python = [==[
from collections import Counter
import heapq


def k_most_frequent(words, k):
    # nsmallest keeps a heap of k; the key puts frequent words first and breaks ties by the word.
    counts = Counter(words)
    best = heapq.nsmallest(k, ((-count, word) for word, count in counts.items()))
    return [word for _, word in best]
]==],
  },

  wrong = {
    {
      name = "ties in order of arrival",
      language = "lua",
      verdict = "WA",
      case = "ties in the answer",
      why = "Words used equally often stay in the order in which they first came in. The rule "
        .. "asks for alphabetical order.",
      code = [==[
function k_most_frequent(words, k)
  local count, first, order = {}, {}, {}
  for i, word in ipairs(words) do
    if not count[word] then
      count[word], first[word] = 0, i
      order[#order + 1] = word
    end
    count[word] = count[word] + 1
  end
  table.sort(order, function(a, b)
    if count[a] ~= count[b] then return count[a] > count[b] end
    return first[a] < first[b]
  end)
  return table.move(order, 1, math.min(k, #order), 1, {})
end
]==],
    },
    {
      name = "turns the whole key round",
      language = "lua",
      verdict = "WA",
      case = "ties below a leader",
      why = "Sorting pairs (count, word) downwards turns both parts round: ties come out in "
        .. "descending order. Only the count is to be descending; sort by (-count, word).",
      code = [==[
function k_most_frequent(words, k)
  local count, order = {}, {}
  for _, word in ipairs(words) do
    if not count[word] then order[#order + 1] = word end
    count[word] = (count[word] or 0) + 1
  end
  table.sort(order, function(a, b)
    if count[a] ~= count[b] then return count[a] > count[b] end
    return a > b
  end)
  return table.move(order, 1, math.min(k, #order), 1, {})
end
]==],
    },
    {
      name = "lets the wrong one of a tie go",
      language = "lua",
      verdict = "WA",
      case = "a tie at the cut",
      why = "The answer is ordered correctly, but when the list of the best k is full and a word "
        .. "must go, a tie throws out the word that is first in the alphabet. The heap's order is "
        .. "the answer's order turned round in both parts.",
      code = [==[
function k_most_frequent(words, k)
  local count, order = {}, {}
  for _, word in ipairs(words) do
    if not count[word] then order[#order + 1] = word end
    count[word] = (count[word] or 0) + 1
  end
  local function weaker(a, b)
    if count[a] ~= count[b] then return count[a] < count[b] end
    return a < b
  end
  local kept = {}
  for _, word in ipairs(order) do
    kept[#kept + 1] = word
    local i = #kept
    while i > 1 and weaker(kept[i], kept[i // 2]) do
      kept[i], kept[i // 2] = kept[i // 2], kept[i]
      i = i // 2
    end
    if #kept > k then
      kept[1] = kept[#kept]
      kept[#kept] = nil
      local at = 1
      while 2 * at <= #kept do
        local child = 2 * at
        if child < #kept and weaker(kept[child + 1], kept[child]) then child = child + 1 end
        if not weaker(kept[child], kept[at]) then break end
        kept[at], kept[child] = kept[child], kept[at]
        at = child
      end
    end
  end
  table.sort(kept, function(a, b)
    if count[a] ~= count[b] then return count[a] > count[b] end
    return a < b
  end)
  return kept
end
]==],
    },
    {
      name = "takes k for granted",
      language = "lua",
      verdict = "RTE",
      case = "fewer words than k",
      why = "Reads k entries of the sorted list without asking whether there are that many. Stop "
        .. "at the smaller of k and the number of different words.",
      code = [==[
function k_most_frequent(words, k)
  local count, order = {}, {}
  for _, word in ipairs(words) do
    if not count[word] then
      count[word] = { word = word, times = 0 }
      order[#order + 1] = count[word]
    end
    count[word].times = count[word].times + 1
  end
  table.sort(order, function(a, b)
    if a.times ~= b.times then return a.times > b.times end
    return a.word < b.word
  end)
  local result = {}
  for i = 1, k do result[i] = order[i].word end
  return result
end
]==],
    },
    {
      name = "counts by searching a list",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "For each word the list of known words is searched from its beginning. With many "
        .. "different words that is quadratic; a hash map finds the counter in constant time.",
      code = [==[
function k_most_frequent(words, k)
  local known, times = {}, {}
  for _, word in ipairs(words) do
    local at = 1
    while known[at] and known[at] ~= word do at = at + 1 end
    known[at] = word
    times[at] = (times[at] or 0) + 1
  end
  local order = {}
  for i = 1, #known do order[i] = i end
  table.sort(order, function(a, b)
    if times[a] ~= times[b] then return times[a] > times[b] end
    return known[a] < known[b]
  end)
  local result = {}
  for i = 1, math.min(k, #order) do result[i] = known[order[i]] end
  return result
end
]==],
    },
    {
      name = "looks for the maximum k times",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each place of the answer costs a pass over all different words: k·d steps. That is "
        .. "fine for ten places and quadratic when k grows with the data.",
      code = [==[
function k_most_frequent(words, k)
  local count, left = {}, {}
  for _, word in ipairs(words) do
    if not count[word] then left[#left + 1] = word end
    count[word] = (count[word] or 0) + 1
  end
  local result = {}
  while #result < k and #left > 0 do
    local best = 1
    for i = 2, #left do
      local a, b = left[i], left[best]
      if count[a] > count[b] or count[a] == count[b] and a < b then best = i end
    end
    result[#result + 1] = left[best]
    left[best] = left[#left]
    left[#left] = nil
  end
  return result
end
]==],
    },
  },

  hints = {
    { text = "There are two problems here: counting, and choosing k of d. Solve the first with a "
        .. "hash map and forget about it.", cost_min = 2 },
    { text = "Sorting all d words is right, and a good first answer. To do better, keep only the "
        .. "best k so far. Which one of these must be quick to find when a new word comes?",
      cost_min = 3 },
    { text = "The weakest. So: a heap of at most k words with the weakest on top, where weaker "
        .. "means used less often or, among equals, later in the alphabet. A new word that beats "
        .. "the top replaces it. At the end empty the heap and fill the answer from the back.",
      cost_min = 5 },
  },

  follow_ups = {
    { ask = "Why not put everything into one big heap and pop k times?",
      answer = "It is right: O(d + k log d) when built in one go. But it holds all d words, and it "
        .. "must wait for the last word. The heap of k holds k, costs O(log k) for the few words "
        .. "that get in and a single comparison for the others." },
    { ask = "Can it be done in linear time?",
      answer = "Counts lie between 1 and n, so bucket the words by count and walk from the top. "
        .. "The ties inside a bucket still need sorting, so it is linear only without the rule "
        .. "for ties. Quickselect finds the cut in O(d) on average and leaves k log k to sort." },
    { ask = "The tags arrive for ever, and the list is asked for at any time.",
      answer = "Keep the counts in the map and an ordered structure beside it, in which a word is "
        .. "moved when its count rises; or push a new entry on each rise and skip stale ones when "
        .. "reading, then rebuild when stale entries outnumber the live ones." },
    { ask = "There are a billion different tags and little memory.",
      answer = "Exact is not possible. Space-Saving with m counters keeps every word used more "
        .. "than n/m times and overstates a count by at most n/m; a Count-Min sketch beside a "
        .. "heap of k does nearly the same. Say which error is acceptable first." },
    { ask = "The counts are spread over a hundred machines. May each send its best k?",
      answer = "No: a word may be number k + 1 on all of them and first overall. Route each word "
        .. "to one machine by its hash; then every machine knows exact counts and the best k of "
        .. "all are among their best k." },
  },

  explain = [==[
**Invariant.** After some of the different words have been offered, the heap holds the best
`min(k, offered)` of them, and its top is the weakest of these.

**Why it holds.** Let the order "better" be: used more often, or equally often and earlier in the
alphabet. It is a strict total order, since no two different words are equal in it. When the heap is
full and a new word does not beat the top, `k` words are better than it, so it cannot be among the
best. When it does beat the top, the top is worse than `k` others and may go. Because the order is
total, the answer does not depend on the order in which words are offered. The map may be walked in
any order.

**Cost.** O(n) to count; O(d log k) to choose; O(k log k) to put in order. In random order few words
get past the top, so choosing costs nearer to O(d).

**Usual mistakes**

- *The rule for ties in one place only.* It is needed in the answer's order and, turned round, in
  the heap. Writing one function `weaker` and using it in both places avoids that.
- *Sorting downwards by (count, word).* Turning a composite key round turns all its parts.
- *Trusting a stable sort.* Stability keeps the order of arrival, which nobody asked for.
- *A max-heap of size k.* Its top is the best word, which is the one that never has to go.
- *Assuming k words exist.*
]==],
}
