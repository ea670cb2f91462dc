-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Groups words that consist of the same letters, by a key that all of a group share. The drill is
-- about the key: it must be equal for shuffles of a word and for nothing else.

-- A random word of `length` of the first `letters` letters.
local function random_word(length, letters, rand)
  local bytes = {}
  for i = 1, length do bytes[i] = string.char(96 + rand(1, letters)) end
  return table.concat(bytes)
end

local function shuffled(word, rand)
  local bytes = {}
  for i = 1, #word do bytes[i] = word:sub(i, i) end
  return table.concat(rand.shuffle(bytes))
end

-- `n` words, about `per_group` of each group.
local function random_words(n, per_group, longest, letters, rand)
  local words = {}
  while #words < n do
    local word = random_word(rand(1, longest), letters, rand)
    for _ = 1, math.min(rand(1, 2 * per_group - 1), n - #words) do
      words[#words + 1] = shuffled(word, rand)
    end
  end
  return rand.shuffle(words)
end

-- `n` words of which no two match, for n below 10000: the letters a to d as often as the four
-- digits of the word's number say.
local function all_different(n)
  local words = {}
  for i = 1, n do
    local parts, number = {}, i
    for place = 0, 3 do
      parts[place + 1] = string.char(97 + place):rep(number % 10)
      number = number // 10
    end
    words[i] = table.concat(parts) .. "z"
  end
  return words
end

-- The reference. Most of the wrong answers are this text with another key.
local by_counts = [==[
-- The key of a word is the number of times that it has each letter, with separators.
function group_by_signature(words)
  local groups, group_of = {}, {}

  local function key_of(word)
    local count = {}
    for letter = 1, 26 do count[letter] = 0 end
    for i = 1, #word do
      local letter = word:byte(i) - 96
      count[letter] = count[letter] + 1
    end
    return table.concat(count, ",")
  end

  for _, word in ipairs(words) do
    local key = key_of(word)
    if not group_of[key] then
      group_of[key] = {}
      groups[#groups + 1] = group_of[key]
    end
    table.insert(group_of[key], word)
  end
  return groups
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = by_counts:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return by_counts:sub(1, first - 1) .. new .. by_counts:sub(last + 1)
end

-- The reference with another function `key_of`.
local function with_key(code)
  local first = by_counts:find("  local function key_of", 1, true)
  local last = select(2, by_counts:find("  end\n\n  for _, word", 1, true)) - #"\n  for _, word"
  return by_counts:sub(1, first - 1) .. code .. by_counts:sub(last + 1)
end

return drill {
  id = "group-by-signature",
  title = "Handles from the same letters",
  category = "hash-maps",
  level = "medium",
  minutes = 15,
  covers = { "S03-C04" },
  signature = "group_by_signature(words: string[]) -> string[][]",

  statement = [==[
A wave of spam accounts signs up. Somebody noticed that their handles are shuffles of one another:
`dealnow`, `nowdeal`, `wonlead`. The safety team wants to see such handles together.

Given a list of handles, put those into a group that consist of the same letters, each letter the
same number of times. Return the list of groups.

**Conventions**

- Every handle is in exactly one group. One that nothing matches is a group of its own.
- A handle that occurs several times in the list occurs as often in its group.
- The order of the groups is free, and so is the order within a group.
- Handles consist of the letters `a` to `z`. They may be empty; empty handles belong together. They
  have at most 1000 letters.
- The list may be empty; the answer is then an empty list.
- Do not change the input.

**Cost.** O(n·L) time on average for `n` handles of `L` letters, or O(n·L log L). Nearly all handles
may be groups of their own. Space may grow like n·L.
]==],

  examples = {
    {
      args = { { "nowdeal", "cat", "dealnow", "act", "dog" } },
      result = { { "nowdeal", "dealnow" }, { "cat", "act" }, { "dog" } },
      note = "Any other order of the groups, or within them, is as good.",
    },
    {
      args = { { "aab", "abb", "aba" } },
      result = { { "aab", "aba" }, { "abb" } },
      note = "abb has the same letters as aab, but not the same number of each.",
    },
    {
      args = { { "bot", "bot", "" } },
      result = { { "bot", "bot" }, { "" } },
      note = "Two accounts with the same handle are two handles.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    input = function(n, rand) return { rand.shuffle(all_different(n)) } end,
  },

  cases = function(rand, case)
    case { name = "no handles", args = { {} } }
    case { name = "one handle", args = { { "spam" } } }
    case { name = "a handle that occurs twice", catches = "lists a handle once",
           args = { { "bot", "bot", "tob" } } }
    case { name = "neighbours that do not match", catches = "looks at neighbours only",
           args = { { "ab", "cd", "ba" } } }
    case { name = "the same letters, other counts", catches = "takes letters without counts",
           args = { { "aab", "abb" } } }
    case { name = "the same sum of letters", catches = "adds up the letters",
           args = { { "ad", "bc" } } }
    case { name = "one and eleven", catches = "counts without separators",
           args = { { "abbbbbbbbbbb", "aaaaaaaaaaab" } } }
    case { name = "very long handles", catches = "multiplies primes",
           args = { { ("a"):rep(70) .. "b", ("a"):rep(70) .. "c" } } }
    case { name = "more than a byte can count", catches = "counts in too few bits",
           args = { { "", ("a"):rep(16), "b", ("a"):rep(256), ("a"):rep(257), "c" } } }
    case { name = "longer by one", args = { { "abc", "abcc", "cba", "cabc" } } }
    case { name = "empty handles", args = { { "", "a", "" } } }
    case { name = "the first and the last letter", args = { { "az", "za", "zz", "aa" } } }
    case { name = "one group", args = { { "abc", "bca", "cab", "acb" } } }
    for i = 1, 3 do
      case { name = "random " .. i, args = { random_words(rand(10, 60), 3, 6, 26, rand) } }
    end
    for i = 1, 2 do
      case { name = "random, few letters " .. i,
             args = { random_words(rand(20, 60), 2, 5, 3, rand) } }
    end
    case { name = "2000 handles, no two match", args = { rand.shuffle(all_different(2000)) } }
    case { name = "3000 handles", args = { random_words(3000, 6, 8, 26, rand) } }
    case { name = "handles of 1000 letters", args = { (function()
      local words = {}
      for i = 1, 6 do
        local word = random_word(1000, 4, rand)
        words[2 * i - 1], words[2 * i] = word, shuffled(word, rand)
      end
      return words
    end)() } }
  end,

  compare = "unordered",

  -- Two handles match when the letters of one can be struck out in the other, one by one. Each
  -- handle is compared with one of every group.
  oracle = function(args)
    local function match(a, b)
      if #a ~= #b then return false end
      for i = 1, #a do
        local at = b:find(a:sub(i, i), 1, true)
        if not at then return false end
        b = b:sub(1, at - 1) .. b:sub(at + 1)
      end
      return true
    end
    local groups = {}
    for _, word in ipairs(args[1]) do
      local found
      for _, group in ipairs(groups) do
        if match(word, group[1]) then found = group end
      end
      if not found then
        found = {}
        groups[#groups + 1] = found
      end
      found[#found + 1] = word
    end
    return groups
  end,

  reference = {
    lua = by_counts,
    python = [==[
from collections import defaultdict


def group_by_signature(words):
    # Sorted letters are the same for all shuffles of a word, and for nothing else.
    groups = defaultdict(list)
    for word in words:
        groups["".join(sorted(word))].append(word)
    return list(groups.values())
]==],
    cpp = [==[
// The key is the word with its letters sorted: the same for all shuffles, and for nothing else.
#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

std::vector<std::vector<std::string>> group_by_signature(const std::vector<std::string>& words) {
  std::unordered_map<std::string, std::vector<std::string>> groups;
  for (const auto& word : words) {
    std::string key = word;
    std::sort(key.begin(), key.end());
    groups[key].push_back(word);
  }
  std::vector<std::vector<std::string>> result;
  for (auto& entry : groups) result.push_back(std::move(entry.second));
  return result;
}
]==],
  },

  wrong = {
    {
      name = "lists a handle once",
      language = "lua",
      verdict = "WA",
      case = "a handle that occurs twice",
      why = "The groups are sets, and a handle that several accounts have is in its group once. "
        .. "Every handle of the list is asked for.",
      code = reference_with("    table.insert(group_of[key], word)\n", [==[
    local known = false
    for _, other in ipairs(group_of[key]) do known = known or other == word end
    if not known then table.insert(group_of[key], word) end
]==]),
    },
    {
      name = "looks at neighbours only",
      language = "lua",
      verdict = "WA",
      case = "neighbours that do not match",
      why = "A handle is compared with the one before it. Matching handles need not stand side by "
        .. "side, unless the list is sorted by the key first.",
      code = reference_with("    if not group_of[key] then\n", [==[
    if key ~= group_of.last then
      group_of = { last = key }
]==]),
    },
    {
      name = "takes letters without counts",
      language = "lua",
      verdict = "WA",
      case = "the same letters, other counts",
      why = "The key tells which letters there are, and not how often. aab and abb get the same.",
      code = reference_with("count[letter] = count[letter] + 1", "count[letter] = 1"),
    },
    {
      name = "adds up the letters",
      language = "lua",
      verdict = "WA",
      case = "the same sum of letters",
      why = "The sum of the letters' codes does not depend on their order, which is good, but "
        .. "different letters can have the same sum: ad and bc.",
      code = with_key([==[
  local function key_of(word)
    local sum = 0
    for i = 1, #word do sum = sum + word:byte(i) end
    return sum
  end
]==]),
    },
    {
      name = "counts without separators",
      language = "lua",
      verdict = "WA",
      case = "one and eleven",
      why = "The counts are written one after another: 1, 11 and 11, 1 both become 111. Put a "
        .. "separator between them.",
      code = reference_with("table.concat(count, \",\")", "table.concat(count)"),
    },
    {
      name = "multiplies primes",
      language = "lua",
      verdict = "WA",
      case = "very long handles",
      why = "A prime for each letter and their product as key: right with unbounded integers. In "
        .. "64 bits it wraps round, and 64 times the letter with the prime 2 makes it 0.",
      code = with_key([==[
  local primes = { 2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73,
                   79, 83, 89, 97, 101 }
  local function key_of(word)
    local product = 1
    for i = 1, #word do product = product * primes[word:byte(i) - 96] end
    return product
  end
]==]),
    },
    {
      name = "compares with every group",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each handle is compared with one of every group so far. When hardly any match, that "
        .. "is n²/2 comparisons. With a key the group is found in one step.",
      code = [==[
function group_by_signature(words)
  local groups = {}
  for _, word in ipairs(words) do
    local letters = { word:byte(1, -1) }
    table.sort(letters)
    local sorted, found = string.char(table.unpack(letters)), nil
    for _, group in ipairs(groups) do
      if group.sorted == sorted then found = group end
    end
    if not found then
      found = { sorted = sorted }
      groups[#groups + 1] = found
    end
    found[#found + 1] = word
  end
  for _, group in ipairs(groups) do group.sorted = nil end
  return groups
end
]==],
    },
  },

  pitfalls = {
    ["counts in too few bits"] = "A letter may occur 1000 times. Counts that wrap around, stop at "
      .. "255, or run over into the place of the next letter give different handles one signature.",
  },

  hints = {
    { text = "What do all shuffles of a word have in common? Can you write it down so that it is "
        .. "the same text for all of them?", cost_min = 1 },
    { text = "Such a text can be the key of a map whose values are the groups. Test it: can two "
        .. "words that do not match get the same key?", cost_min = 2 },
    { text = "Either the letters of the word in sorted order, or the 26 counts with a separator "
        .. "between them. For each word compute the key and append the word to the group of the "
        .. "key.", cost_min = 3 },
  },

  follow_ups = {
    { ask = "Sorted letters or counts: which is better?",
      answer = "Sorting costs L log L a word, counting L + 26. For short words sorting is quicker "
        .. "and its key shorter; for long words counting wins. Both keys are exact." },
    { ask = "And if handles may hold any Unicode text?",
      answer = "Sort by code point, or count in a map and write the pairs down in sorted order. "
        .. "First agree on what a letter is: normalise composed characters, fold case, and mind "
        .. "letters that only look alike, which is what spammers use." },
    { ask = "Could the key be a single number?",
      answer = "A sum of random 64-bit numbers, one per letter, is short, does not depend on the "
        .. "order and hardly ever collides. Hardly ever is not never: compare the words in a "
        .. "group, or accept the risk. Whoever knows the numbers can make collisions." },
    { ask = "A billion handles.",
      answer = "Map each to its key, partition by a hash of the key, and group within a partition: "
        .. "all of a group land on one machine. One huge group can overload it." },
    { ask = "Handles that differ by one letter should come together too.",
      answer = "Then matching is no longer transitive, and no key does it. Give each handle "
        .. "several keys, for instance its counts with one letter left out, and join those that "
        .. "share one." },
  },

  explain = [==[
**The key.** Two words match exactly if their sorted letters are equal, and exactly if their 26
counts are. Either can be written as text and used as the key of a map; everything else is
bookkeeping.

**Why it is right.** The key does not depend on the order of the letters, so all of a group have the
same. The word's letters can be read back from it, up to order, so different groups have different
keys. The second half is the one that fails in the wrong answers: sums, sets of letters, products
that wrap round, and counts that run into each other.

**Separators.** Parts of varying length that are joined to a key need a separator that cannot occur
in them, or a fixed width. This goes for every compound key: user and post, feature and value.

**Cost.** O(n·L) with counts (26 more steps a word), O(n·L log L) with sorting. The map takes a step
a word on average, plus the hash of the key.

**Usual mistakes**

- *A key that loses something*, as above. Ask: can I read the group back from it?
- *A table or list as key.* In Lua tables are compared by identity; in Python lists cannot be keys,
  tuples can.
- *Sets as groups*, which lose handles that occur twice.
- *Comparing words with each other* instead of with a key.
]==],
}
