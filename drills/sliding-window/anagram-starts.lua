-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- All places at which some order of a pattern begins. The drill is about one number that says
-- whether two tables of counts are equal, and about entries of 0 that make equal tables differ.

-- A text of `n` letters out of the first `kinds` of the alphabet.
local function random_text(n, kinds, rand)
  local letters = {}
  for i = 1, n do letters[i] = string.char(96 + rand(1, kinds)) end
  return table.concat(letters)
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local difference_of_counts = [==[
-- surplus[c] is how often c is in the window minus how often it is in the pattern. `unequal` counts
-- the characters whose surplus is not 0.
function anagram_starts(s, pattern)
  local surplus, unequal, length = {}, 0, #pattern
  local function change(c, by)
    local before = surplus[c] or 0
    surplus[c] = before + by
    if before == 0 then unequal = unequal + 1 end
    if before + by == 0 then unequal = unequal - 1 end
  end
  for i = 1, length do change(pattern:byte(i), -1) end
  local starts = {}
  for i = 1, #s do
    change(s:byte(i), 1)
    if i > length then change(s:byte(i - length), -1) end
    if i >= length and unequal == 0 then starts[#starts + 1] = i - length end
  end
  return starts
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local begins, ends = difference_of_counts:find(old, 1, true)
  assert(begins, "the reference no longer contains: " .. old)
  return difference_of_counts:sub(1, begins - 1) .. new .. difference_of_counts:sub(ends + 1)
end

return drill {
  id = "anagram-starts",
  title = "The same clicks in another order",
  category = "sliding-window",
  level = "medium",
  minutes = 20,
  covers = { "S02-F", "S03-C04" },
  signature = "anagram_starts(s: string, pattern: string) -> int[]",

  statement = [==[
A click farm drives its accounts by a script that performs the same run of actions again and again.
To hide, it shuffles the order within each run. The log of an account is a string with one character
per action, and so is the run.

Given the log `s` and the run `pattern`, return every place of `s` at which a shuffled `pattern`
begins: a stretch as long as `pattern` that has the same characters, each as often.

**Conventions**

- Places are counted from 0 and returned in ascending order. If there are none, return an empty
  list.
- Every order counts, the original one included. The stretch has neither more nor other characters
  than the pattern.
- Stretches may overlap: in `aaa` the pattern `aa` begins at 0 and at 1.
- Characters are printable ASCII; `a` and `A` are different.
- `pattern` has at least one character and `s` may be empty. Each has at most 10^5, and `pattern`
  may be longer than `s`.

**Cost.** Time must grow like `n`, the length of both strings together, however long the pattern is.
Space may grow like `n`.
]==],

  examples = {
    {
      args = { "lkilke", "kil" },
      result = { 0, 1, 2 },
      note = "`lki`, `kil` and `ilk` are the pattern in some order. `lke` has no i.",
    },
    {
      args = { "abba", "ab" },
      result = { 0, 2 },
      note = "`ab` and `ba`, but not `bb`.",
    },
    {
      args = { "ab", "abc" },
      result = {},
      note = "The log is shorter than the pattern.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- A pattern of half the log's length, and nearly every stretch has all its characters but one.
    input = function(n, rand)
      local half = random_text(n // 2, 4, rand)
      return { half .. "z" .. half, half .. "y" }
    end,
  },

  cases = function(rand, case)
    case { name = "an empty log", args = { "", "a" } }
    case { name = "log and pattern alike", catches = "counts from 1", args = { "ab", "ab" } }
    case { name = "one character, everywhere", catches = "misses the last start",
           args = { "aaa", "a" } }
    case { name = "the pattern is longer", args = { "ab", "aab" } }
    case { name = "a character leaves and the pattern comes back", catches = "entries of 0 remain",
           args = { "abcab", "ab" } }
    case { name = "the same kinds, other counts", catches = "compares kinds, not counts",
           args = { "aabbb", "aab" } }
    case { name = "stretches that overlap", catches = "jumps over what it found",
           args = { "abab", "ab" } }
    case { name = "the same sum of character codes", catches = "compares sums of codes",
           args = { "bbacca", "ac" } }
    case { name = "upper and lower case", args = { "aAbBaA", "Aa" } }
    case { name = "spaces and signs", args = { "% %-% ", "% " } }
    case { name = "the only start is the last", catches = "misses the last start",
           args = { "ccab", "ab" } }
    case { name = "all the same", args = { "aaaaaa", "aaaa" } }
    case { name = "nothing fits", args = { "abcabc", "aa" } }
    for i = 1, 4 do
      local log = random_text(rand(20, 60), 1 + i, rand)
      case { name = "random " .. i, args = { log, random_text(rand(1, 4), 1 + i, rand) } }
    end
    case { name = "6000 actions", args = { random_text(6000, 3, rand), random_text(6, 3, rand) } }
    case { name = "8000 actions in turn", args = { ("abcde"):rep(1600), "ecdabecdab" } }
  end,

  compare = "exact",

  -- Crosses the characters of the pattern out, one by one, from every start.
  oracle = function(args)
    local s, pattern = args[1], args[2]
    local starts = {}
    for first = 1, #s - #pattern + 1 do
      local rest = pattern
      for i = first, first + #pattern - 1 do
        local at = rest:find(s:sub(i, i), 1, true)
        if not at then break end
        rest = rest:sub(1, at - 1) .. rest:sub(at + 1)
      end
      if rest == "" then starts[#starts + 1] = first - 1 end
    end
    return starts
  end,

  reference = {
    lua = difference_of_counts,
    python = [==[
from collections import Counter


# Counts in the window minus counts in the pattern; entries of 0 are deleted, so that the window
# fits exactly when the counter is empty.
def anagram_starts(s, pattern):
    length = len(pattern)
    surplus = Counter()

    def change(c, by):
        surplus[c] += by
        if surplus[c] == 0:
            del surplus[c]

    for c in pattern:
        change(c, -1)
    starts = []
    for i, c in enumerate(s):
        change(c, 1)
        if i >= length:
            change(s[i - length], -1)
        if i >= length - 1 and not surplus:
            starts.append(i - length + 1)
    return starts
]==],
  },

  wrong = {
    {
      name = "misses the last start",
      language = "lua",
      verdict = "WA",
      case = "log and pattern alike",
      why = "There are n - m + 1 stretches of length m. The loop ends one too early, at the last "
        .. "but one.",
      code = reference_with("  for i = 1, #s do\n    change", "  for i = 1, #s - 1 do\n    change"),
    },
    {
      name = "counts from 1",
      language = "lua",
      verdict = "WA",
      case = "log and pattern alike",
      why = "Lua's strings begin at 1, the places of this drill at 0.",
      code = reference_with("= i - length end", "= i - length + 1 end"),
    },
    {
      name = "entries of 0 remain",
      language = "lua",
      verdict = "WA",
      case = "a character leaves and the pattern comes back",
      why = "Two tables of counts are compared key by key. A character that has left the window "
        .. "keeps an entry of 0, which the pattern's table does not have, and from then on they "
        .. "never are equal. Remove the entry at 0, or treat a missing one as 0.",
      code = [==[
function anagram_starts(s, pattern)
  local needed, seen, starts = {}, {}, {}
  local function equal()
    for c, count in pairs(seen) do
      if needed[c] ~= count then return false end
    end
    return true
  end
  for c in pattern:gmatch(".") do needed[c] = (needed[c] or 0) + 1 end
  for i = 1, #s do
    local c = s:sub(i, i)
    seen[c] = (seen[c] or 0) + 1
    if i > #pattern then
      local gone = s:sub(i - #pattern, i - #pattern)
      seen[gone] = seen[gone] - 1
    end
    if i >= #pattern and equal() then starts[#starts + 1] = i - #pattern end
  end
  return starts
end
]==],
    },
    {
      name = "compares kinds, not counts",
      language = "lua",
      verdict = "WA",
      case = "the same kinds, other counts",
      why = "The sets of characters are compared. `aab` and `abb` have the same set and different "
        .. "counts.",
      code = [==[
function anagram_starts(s, pattern)
  local needed, seen, starts = {}, {}, {}
  for c in pattern:gmatch(".") do needed[c] = true end
  local function equal()
    for c in pairs(needed) do
      if (seen[c] or 0) == 0 then return false end
    end
    for c, count in pairs(seen) do
      if count > 0 and not needed[c] then return false end
    end
    return true
  end
  for i = 1, #s do
    local c = s:sub(i, i)
    seen[c] = (seen[c] or 0) + 1
    if i > #pattern then
      local gone = s:sub(i - #pattern, i - #pattern)
      seen[gone] = seen[gone] - 1
    end
    if i >= #pattern and equal() then starts[#starts + 1] = i - #pattern end
  end
  return starts
end
]==],
    },
    {
      name = "jumps over what it found",
      language = "lua",
      verdict = "WA",
      case = "stretches that overlap",
      why = "After a find the search goes on behind it. The next one may begin within it.",
      code = [==[
function anagram_starts(s, pattern)
  local function sorted(text)
    local letters = { text:byte(1, -1) }
    table.sort(letters)
    return table.concat(letters, ",")
  end
  local wanted, starts, i = sorted(pattern), {}, 1
  while i + #pattern - 1 <= #s do
    if sorted(s:sub(i, i + #pattern - 1)) == wanted then
      starts[#starts + 1] = i - 1
      i = i + #pattern
    else
      i = i + 1
    end
  end
  return starts
end
]==],
    },
    {
      name = "compares sums of codes",
      language = "lua",
      verdict = "WA",
      case = "the same sum of character codes",
      why = "A sum of character codes is easy to roll, but different counts can have the same sum: "
        .. "`bb` and `ac`. A rolling hash finds candidates, and they have to be checked.",
      code = [==[
function anagram_starts(s, pattern)
  local sum, starts = 0, {}
  for i = 1, #pattern do sum = sum - pattern:byte(i) end
  for i = 1, #s do
    sum = sum + s:byte(i)
    if i > #pattern then sum = sum - s:byte(i - #pattern) end
    if i >= #pattern and sum == 0 then starts[#starts + 1] = i - #pattern end
  end
  return starts
end
]==],
    },
    {
      name = "counts every stretch anew",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each stretch is counted from its first character: n·m steps, n²/4 for a pattern of "
        .. "half the log. From one stretch to the next one character enters and one leaves.",
      code = [==[
function anagram_starts(s, pattern)
  local starts = {}
  for first = 1, #s - #pattern + 1 do
    local surplus, fits = {}, true
    for i = 1, #pattern do
      local p, c = pattern:byte(i), s:byte(first + i - 1)
      surplus[p] = (surplus[p] or 0) - 1
      surplus[c] = (surplus[c] or 0) + 1
    end
    for _, count in pairs(surplus) do fits = fits and count == 0 end
    if fits then starts[#starts + 1] = first - 1 end
  end
  return starts
end
]==],
    },
    {
      name = "sorts every stretch",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Sorted texts are equal exactly when the counts are, but sorting every stretch costs "
        .. "n·m log m.",
      code = [==[
function anagram_starts(s, pattern)
  local function sorted(text)
    local letters = {}
    for i = 1, #text do letters[i] = text:byte(i) end
    table.sort(letters)
    return table.concat(letters, ",")
  end
  local wanted, starts = sorted(pattern), {}
  for first = 1, #s - #pattern + 1 do
    local window = s:sub(first, first + #pattern - 1)
    if sorted(window) == wanted then starts[#starts + 1] = first - 1 end
  end
  return starts
end
]==],
    },
  },

  hints = {
    { text = "When are two texts the same up to order? And what changes in that when the stretch "
        .. "moves by one place?", cost_min = 2 },
    { text = "Keep for each character the difference: how often in the stretch, minus how often in "
        .. "the pattern. All differences must be 0. How do you know without looking at all?",
      cost_min = 3 },
    { text = "Count the characters whose difference is not 0. A change from 0 adds one to this "
        .. "number, a change to 0 takes one away. One character enters, one leaves, then the "
        .. "number is compared with 0.", cost_min = 5 },
  },

  follow_ups = {
    { ask = "Why not compare all counts at every step? There are only 95 characters.",
      answer = "That is linear too, with a factor of 95 or, written with a fixed array, a few "
        .. "vector instructions; a good answer. With action names in place of characters the "
        .. "factor is the number of different names." },
    { ask = "The pattern may miss or gain one action.",
      answer = "For a stretch of the same length, let it through while the positive differences "
        .. "sum to at most one; keep that sum as you keep the number of unequal ones. For other "
        .. "lengths run one window per length." },
    { ask = "A thousand patterns at once?",
      answer = "Group them by length and keep one rolling hash of the counts per length, for "
        .. "example the sum of a random 64-bit number per character. Look it up in a map from hash "
        .. "to pattern, and check what is found." },
    { ask = "The log is a stream. What is kept?",
      answer = "The last m characters, in a ring, since you must know what leaves, and the "
        .. "differences." },
  },

  explain = [==[
**Invariant.** After place `i`, `surplus[c]` is the number of `c` in the last m characters minus the
number of `c` in the pattern, and `unequal` is the number of characters whose surplus is not 0.

**Why it is right.** Two texts are the same up to order exactly when they have every character
equally often, so when all surpluses are 0. `change` alters one surplus by one, and `unequal`
changes only if that surplus was 0 or becomes 0. While the first window fills, the pattern's
characters that have not come yet are simply a negative surplus.

**Cost.** Two changes per place, one look at a number: O(n + m) time, and one entry per different
character.

**Usual mistakes**

- *Entries of 0.* Tables of counts that are compared as a whole must treat "0" and "not there"
  alike. Python's `Counter` does so since 3.10, a `dict` never does.
- *Kinds for counts*, and sums or products of codes for counts: necessary, not sufficient.
- *One off.* The window that ends at place i, counted from 1, begins at i - m + 1, which is place
  i - m counted from 0.
- *Overlaps.* Searching on behind a find is what text editors do, not what is asked.
- *A pattern longer than the log* needs no special case when the window never becomes full.
]==],
}
