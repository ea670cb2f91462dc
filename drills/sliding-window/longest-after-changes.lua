-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The longest run of one letter after at most k changes. The drill is about turning "after changes"
-- into a condition on a window: its length minus its most frequent letter.

-- A text of `n` letters out of the first `kinds` of the alphabet.
local function random_text(n, kinds, rand)
  local letters = {}
  for i = 1, n do letters[i] = string.char(64 + rand(1, kinds)) end
  return table.concat(letters)
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local growing_window = [==[
-- The window first … last is good when all but k of its letters are the most frequent one. `most`
-- is the largest count that one letter had in any window so far: only a larger one can make a
-- longer window good, so it need not be lowered.
function longest_after_changes(s, k)
  local count, most, first = {}, 0, 1
  for last = 1, #s do
    local c = s:byte(last)
    count[c] = (count[c] or 0) + 1
    if count[c] > most then most = count[c] end
    if last - first + 1 > most + k then
      local gone = s:byte(first)
      count[gone] = count[gone] - 1
      first = first + 1
    end
  end
  return #s - first + 1
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local begins, ends = growing_window:find(old, 1, true)
  assert(begins, "the reference no longer contains: " .. old)
  return growing_window:sub(1, begins - 1) .. new .. growing_window:sub(ends + 1)
end

return drill {
  id = "longest-after-changes",
  title = "A streak with a few slips",
  category = "sliding-window",
  level = "medium",
  minutes = 25,
  covers = { "S02-F", "S03-C04" },
  signature = "longest_after_changes(s: string, k: int) -> int",

  statement = [==[
An experiment logs for each request the variant that answered it, as one letter. Requests of one
client should stay with one variant, but a few slipped to another while servers were restarted. How
long was the longest streak of one variant, if up to `k` slips are forgiven?

Given the log `s` and `k`, you may change at most `k` letters of `s`, each to any other letter.
Return the length of the longest run of equal letters that can be made.

**Conventions**

- A run is a stretch of neighbouring letters that are all the same. It may be of any letter.
- At most `k` changes: fewer are fine, and `k = 0` allows none.
- `0 ≤ k ≤ 10^9`, so `k` may be larger than the log. A run is never longer than the log.
- The letters are `A` to `Z`.
- The log may be empty; then the answer is 0. It has at most 10^5 letters.

**Cost.** Time must grow like `n`, the length of the log, whatever `k` is. Space may grow like `n`.
]==],

  examples = {
    {
      args = { "AABABBA", 1 },
      result = 4,
      note = "Change the first B to A, and the log begins with AAAA.",
    },
    {
      args = { "ABCD", 2 },
      result = 3,
      note = "Any three neighbours can be made equal by two changes.",
    },
    {
      args = { "AAB", 7 },
      result = 3,
      note = "The log has three letters, so no run is longer.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- Half of the letters may be changed, so a good window reaches far from every start.
    input = function(n, rand) return { random_text(n, 26, rand), n // 2 } end,
  },

  cases = function(rand, case)
    case { name = "one letter", catches = "one off in the length", args = { "A", 0 } }
    case { name = "an empty log", args = { "", 2 } }
    case { name = "no change allowed", args = { "ABBBAAC", 0 } }
    case { name = "more changes than letters", catches = "longer than the log",
           args = { "ABA", 5 } }
    case { name = "one slip between two runs", catches = "adds k to the longest run",
           args = { "AABAA", 1 } }
    case { name = "the first letter is the slip", catches = "keeps the letter it began with",
           args = { "ABBB", 1 } }
    case { name = "a letter has left the window", catches = "counts what has left",
           args = { "ABABAB", 0 } }
    case { name = "the frequent letter changes", args = { "AAAABBBBBCB", 1 } }
    case { name = "the best run comes first", args = { "AABAAACDEF", 1 } }
    case { name = "the best run comes last", args = { "CDEFAABAAA", 1 } }
    case { name = "two slips side by side", args = { "AAABBAAAC", 2 } }
    case { name = "all the same", args = { "ZZZZZ", 2 } }
    case { name = "all different", args = { "ABCDEFGH", 3 } }
    for i = 1, 5 do
      case { name = "random " .. i,
             args = { random_text(rand(20, 60), 1 + i, rand), rand(0, 6) } }
    end
    case { name = "6000 letters", args = { random_text(6000, 2, rand), 40 } }
    case { name = "8000 letters, few changes", args = { random_text(8000, 26, rand), 5 } }
  end,

  compare = "exact",

  -- Letter by letter: from every start as far as k letters that differ allow.
  oracle = function(args)
    local s, k = args[1], args[2]
    local best = 0
    for letter in ("ABCDEFGHIJKLMNOPQRSTUVWXYZ"):gmatch(".") do
      for first = 1, #s do
        local changes = 0
        for last = first, #s do
          if s:sub(last, last) ~= letter then changes = changes + 1 end
          if changes > k then break end
          best = math.max(best, last - first + 1)
        end
      end
    end
    return best
  end,

  reference = {
    lua = growing_window,
    python = [==[
# The window is good when all but k of its letters are the most frequent one. `most` is the largest
# count of one letter in any window so far: only a larger one can make a longer window good.
def longest_after_changes(s, k):
    count = {}
    most = first = 0
    for last, c in enumerate(s):
        count[c] = count.get(c, 0) + 1
        most = max(most, count[c])
        if last - first + 1 > most + k:
            count[s[first]] -= 1
            first += 1
    return len(s) - first
]==],
  },

  wrong = {
    {
      name = "one off in the length",
      language = "lua",
      verdict = "WA",
      case = "one letter",
      why = "The window from first to last, both included, has last - first + 1 letters.",
      code = reference_with("return #s - first + 1", "return #s - first"),
    },
    {
      name = "longer than the log",
      language = "lua",
      verdict = "WA",
      case = "more changes than letters",
      why = "The most frequent letter plus k may be more than there are letters. A run is a part "
        .. "of the log.",
      code = [==[
function longest_after_changes(s, k)
  local count, most, first = {}, 0, 1
  for last = 1, #s do
    local c = s:byte(last)
    count[c] = (count[c] or 0) + 1
    if count[c] > most then most = count[c] end
    if last - first + 1 > most + k then
      local gone = s:byte(first)
      count[gone] = count[gone] - 1
      first = first + 1
    end
  end
  return #s == 0 and 0 or most + k
end
]==],
    },
    {
      name = "adds k to the longest run",
      language = "lua",
      verdict = "WA",
      case = "one slip between two runs",
      why = "The changes need not be at the end of a run. One change between two runs of the same "
        .. "letter joins them.",
      code = [==[
function longest_after_changes(s, k)
  local longest, run = 0, 0
  for i = 1, #s do
    run = i > 1 and s:byte(i) == s:byte(i - 1) and run + 1 or 1
    longest = math.max(longest, run)
  end
  return math.min(longest + k, #s)
end
]==],
    },
    {
      name = "keeps the letter it began with",
      language = "lua",
      verdict = "WA",
      case = "the first letter is the slip",
      why = "From each start the run is one of the letter there. The letter at the start may be "
        .. "among those that are changed.",
      code = [==[
function longest_after_changes(s, k)
  local best = 0
  for first = 1, #s do
    local changes, last = 0, first
    while last <= #s do
      if s:byte(last) ~= s:byte(first) then changes = changes + 1 end
      if changes > k then break end
      last = last + 1
    end
    best = math.max(best, last - first)
  end
  return best
end
]==],
    },
    {
      name = "counts what has left",
      language = "lua",
      verdict = "WA",
      case = "a letter has left the window",
      why = "The counts are never lowered, so they are those of the whole log so far. A letter "
        .. "that was frequent long ago then makes every later window look good.",
      code = reference_with("      count[gone] = count[gone] - 1\n", ""),
    },
    {
      name = "follows every start",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "From every start the letters are counted again until more than k must be changed. "
        .. "When k is large that is quadratic.",
      code = [==[
function longest_after_changes(s, k)
  local best = 0
  for first = 1, #s do
    local count, most = {}, 0
    for last = first, #s do
      local c = s:byte(last)
      count[c] = (count[c] or 0) + 1
      most = math.max(most, count[c])
      if last - first + 1 - most > k then break end
      best = math.max(best, last - first + 1)
    end
  end
  return best
end
]==],
    },
    {
      name = "counts every window anew",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The two ends move as they should, but the most frequent letter is found by a walk "
        .. "through the window at every step. Keep the counts while the ends move.",
      code = [==[
function longest_after_changes(s, k)
  local function most_frequent(first, last)
    local count, most = {}, 0
    for i = first, last do
      local c = s:byte(i)
      count[c] = (count[c] or 0) + 1
      most = math.max(most, count[c])
    end
    return most
  end
  local first = 1
  for last = 1, #s do
    if last - first + 1 > most_frequent(first, last) + k then first = first + 1 end
  end
  return #s - first + 1
end
]==],
    },
  },

  hints = {
    { text = "Take one stretch. How many changes does it need, and to which letter would you "
        .. "change?",
      cost_min = 2 },
    { text = "Its length minus the count of its most frequent letter. A stretch within a good one "
        .. "is good, so two ends that only move to the right will do. What do you "
        .. "keep?", cost_min = 3 },
    { text = "Keep the counts of the window and the largest count seen. Take a letter in; if the "
        .. "length is above that count plus k, let the leftmost go. The window never becomes "
        .. "shorter, so its length at the end is the answer.", cost_min = 6 },
  },

  follow_ups = {
    { ask = "When a letter leaves, the largest count may fall. You do not lower it. Is that right?",
      answer = "Yes. The window never becomes shorter, so its length is a record, and only a count "
        .. "above `most` can beat it. A bad window merely moves on at that length. It grows again "
        .. "when a letter reaches a new highest count, and then that count is true." },
    { ask = "I do not like that. Is there a plainer way?",
      answer = "Find the largest of the 26 counts anew at each step and shrink while the window is "
        .. "bad: 26·n. Or run one window per letter that counts letters other than it. Both are "
        .. "linear, and easier to defend." },
    { ask = "Instead of letters there are a million different names.",
      answer = "The trick with the record still costs O(1) a step with a hash map. To lower the "
        .. "largest count exactly, keep how many names have each count: it changes by one at a "
        .. "time." },
    { ask = "Return the start and the letter as well.",
      answer = "The window at the end may be bad, but whenever it grows it is good. At those "
        .. "moments note `first` and the letter that holds the record." },
  },

  explain = [==[
**What a change costs.** A stretch of length L in which some letter occurs m times becomes a run of
that letter by L - m changes. The cheapest letter is the most frequent one. So a stretch is good
when L - m ≤ k for its largest count m, and the longest good stretch is asked for.

**Invariant.** After `last`, the window `first … last` is as long as the longest good stretch that
ends at or before `last`. `most` is at least the count of every letter in the window.

**It never grows too late.** Let the window have length L, and let a good stretch of length L + 1
end at `last`. Then that stretch is the window with `last` added. One of its letters occurs at least
L + 1 - k times, so `most` is at least that, and the test lets the window grow.

**It never grows too early.** When the window grows it is good. Either `last` set the record: then
the window really has `most` equal letters, and the test says that this is enough. Or the record was
set earlier: then no test has failed since, because after a failed one the window has `most + k`
letters and only a new record lets it grow. So `first` has not moved, the letters that set the
record are all inside, and again the test says that this is enough.

When a test fails, the window moves on with its length. It may then be bad, but its length was
reached.

**Cost.** One step per letter, with one count up and at most one down: O(n). 26 counts.

**Usual mistakes**

- *`most + k` as the answer* exceeds the log when k is large. The length of the window does not.
- *Changes at the end of a run only*: joining two runs is the point.
- *The first letter is sacred*: it may be a slip.
- *Counts that are not lowered*: `most` may be a record, the counts must be those of the window.
- *One off* in the length of a closed range.
]==],
}
