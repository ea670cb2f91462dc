-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The longest stretch in which nothing occurs twice. The drill is about the left end of a window:
-- it jumps, it never goes back, and most of what was seen survives a repeat.

-- A text of `n` letters out of the first `kinds` of the alphabet.
local function random_text(n, kinds, rand)
  local letters = {}
  for i = 1, n do letters[i] = string.char(96 + rand(1, kinds)) end
  return table.concat(letters)
end

-- The printable characters from ! to ~, in order: 94 of them.
local function all_printable()
  local letters = {}
  for byte = 33, 126 do letters[#letters + 1] = string.char(byte) end
  return table.concat(letters)
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local last_places = [==[
-- For every character the place where it was last seen. The window begins at `first`; a character
-- that was last seen inside the window moves `first` to the place after it.
function longest_without_repeat(s)
  local last, first, best = {}, 1, 0
  for i = 1, #s do
    local c = s:byte(i)
    if last[c] and last[c] >= first then first = last[c] + 1 end
    last[c] = i
    if i - first + 1 > best then best = i - first + 1 end
  end
  return best
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local begins, ends = last_places:find(old, 1, true)
  assert(begins, "the reference no longer contains: " .. old)
  return last_places:sub(1, begins - 1) .. new .. last_places:sub(ends + 1)
end

return drill {
  id = "longest-without-repeat",
  title = "A feed that does not repeat itself",
  category = "sliding-window",
  level = "medium",
  minutes = 15,
  covers = { "S02-F", "S03-C04" },
  signature = "longest_without_repeat(s: string) -> int",

  statement = [==[
A ranking team wants to know how varied a feed is. A day of somebody's feed is written down as a
string: one character per post, and equal characters are posts of the same community.

Return the length of the longest stretch of the feed in which no community occurs twice.

**Conventions**

- A stretch is a run of neighbouring posts; nothing in between may be left out.
- Return the length only, not the stretch.
- Characters are printable ASCII, from space to `~`. Each of them, the space too, is a community
  like any other, and `a` and `A` are two different ones.
- The feed may be empty; then the answer is 0. It has at most 10^5 posts.

**Cost.** Time must grow like `n`, the length of the feed. Space may grow like `n`.
]==],

  examples = {
    {
      args = { "mgomag" },
      result = 4,
      note = "`goma` has four different communities. `mgoma` is longer, but has m twice.",
    },
    {
      args = { "qqqq" },
      result = 1,
      note = "Every stretch of two posts repeats q.",
    },
    {
      args = { "kzzkp" },
      result = 3,
      note = "The second k does not clash with the first: the stretch `zkp` begins after it.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 2000, 4000, 8000, 16000 },
    -- Few communities: the stretches are short, and what looks beyond them is work for nothing.
    input = function(n, rand) return { random_text(n, 3, rand) } end,
  },

  cases = function(rand, case)
    case { name = "an empty feed", args = { "" } }
    case { name = "one post", catches = "measures at repeats only", args = { "a" } }
    case { name = "all the same", args = { "aaaaa" } }
    case { name = "no repeat at all", catches = "measures at repeats only", args = { "abcdef" } }
    case { name = "most of the stretch survives the repeat", catches = "forgets everything",
           args = { "abcadef" } }
    case { name = "the repeat is in the middle", catches = "drops one post per repeat",
           args = { "abcbd" } }
    case { name = "the repeat lies before the window", catches = "the left end goes back",
           args = { "abba" } }
    case { name = "many communities, short stretches", args = { "aabbccdd" } }
    case { name = "the longest stretch comes first", args = { "abcdeffeeff" } }
    case { name = "the longest stretch comes last", args = { "aaabbabcdef" } }
    case { name = "spaces are posts", args = { "a b c  " } }
    case { name = "upper and lower case", args = { "aAbBaA" } }
    case { name = "digits and signs", args = { "1%a-1%[]^$.]" } }
    case { name = "all printable characters twice", args = { all_printable():rep(2) } }
    for i = 1, 5 do
      case { name = "random " .. i, args = { random_text(rand(5, 60), 2 + 2 * i, rand) } }
    end
    case { name = "1500 posts, many communities",
           args = { all_printable():reverse():rep(8) .. random_text(748, 26, rand) } }
    case { name = "2000 posts", args = { random_text(2000, 26, rand) } }
  end,

  compare = "exact",

  -- Every start, with a search through the stretch for each character that might follow.
  oracle = function(args)
    local s, best = args[1], 0
    for first = 1, #s do
      local stretch = s:sub(first, first)
      while first + #stretch <= #s do
        local c = s:sub(first + #stretch, first + #stretch)
        if stretch:find(c, 1, true) then break end
        stretch = stretch .. c
      end
      best = math.max(best, #stretch)
    end
    return best
  end,

  reference = {
    lua = last_places,
    python = [==[
# The window begins at `first`; a character last seen inside it moves `first` past that place.
def longest_without_repeat(s):
    last = {}
    first = best = 0
    for i, c in enumerate(s):
        first = max(first, last.get(c, -1) + 1)
        last[c] = i
        best = max(best, i - first + 1)
    return best
]==],
    cpp = [==[
// The window begins at `first`; a character last seen inside it moves `first` past that place.
#include <algorithm>
#include <array>
#include <string>

long long longest_without_repeat(const std::string& s) {
  std::array<long long, 256> after{};  // the place after the last one of each character, 0 if none
  long long first = 0, best = 0, i = 0;
  for (unsigned char c : s) {
    first = std::max(first, after[c]);
    after[c] = ++i;
    best = std::max(best, i - first);
  }
  return best;
}
]==],
  },

  wrong = {
    {
      name = "the left end goes back",
      language = "lua",
      verdict = "WA",
      case = "the repeat lies before the window",
      why = "The left end is set to the place after the last occurrence, even when that occurrence "
        .. "lies before the window. The window then grows to the left and takes a repeat in "
        .. "again. The left end may only move to the right: take the larger of both.",
      code = reference_with("if last[c] and last[c] >= first then", "if last[c] then"),
    },
    {
      name = "forgets everything",
      language = "lua",
      verdict = "WA",
      case = "most of the stretch survives the repeat",
      why = "At a repeat the stretch is begun anew with the current post. What stands between the "
        .. "first occurrence and the second is still without a repeat and belongs to it.",
      code = [==[
function longest_without_repeat(s)
  local seen, length, best = {}, 0, 0
  for c in s:gmatch(".") do
    if seen[c] then seen, length = {}, 0 end
    seen[c] = true
    length = length + 1
    best = math.max(best, length)
  end
  return best
end
]==],
    },
    {
      name = "drops one post per repeat",
      language = "lua",
      verdict = "WA",
      case = "the repeat is in the middle",
      why = "At a repeat the leftmost post leaves, and only that one. If the first occurrence lies "
        .. "further right it is still inside. Let posts leave until it has gone: while, not if.",
      code = [==[
function longest_without_repeat(s)
  local inside, first, best = {}, 1, 0
  for i = 1, #s do
    local c = s:byte(i)
    if inside[c] then
      inside[s:byte(first)] = nil
      first = first + 1
    end
    inside[c] = true
    best = math.max(best, i - first + 1)
  end
  return best
end
]==],
    },
    {
      name = "measures at repeats only",
      language = "lua",
      verdict = "WA",
      case = "one post",
      why = "The length is compared when a repeat ends the stretch. The last stretch is ended by "
        .. "the end of the feed and never compared. Compare at every post.",
      code = [==[
function longest_without_repeat(s)
  local last, first, best = {}, 1, 0
  for i = 1, #s do
    local c = s:byte(i)
    if last[c] and last[c] >= first then
      best = math.max(best, i - first)
      first = last[c] + 1
    end
    last[c] = i
  end
  return best
end
]==],
    },
    {
      name = "follows every start to the end",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "All pairs of a start and an end are tried, n²/2 of them. Once a stretch has a repeat, "
        .. "every longer one with the same start has it too.",
      code = [==[
function longest_without_repeat(s)
  local best = 0
  for first = 1, #s do
    local seen, repeated = {}, false
    for last = first, #s do
      local c = s:byte(last)
      repeated = repeated or seen[c]
      seen[c] = true
      if not repeated then best = math.max(best, last - first + 1) end
    end
  end
  return best
end
]==],
    },
    {
      name = "cuts the front off",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each start looks only as far as the first repeat, but for the next start the rest of "
        .. "the feed is copied into a new string: n²/2 characters. Move an index instead.",
      code = [==[
function longest_without_repeat(s)
  local best = 0
  while #s > 0 do
    local seen, length = {}, 0
    while length < #s and not seen[s:byte(length + 1)] do
      length = length + 1
      seen[s:byte(length)] = true
    end
    best = math.max(best, length)
    s = s:sub(2)
  end
  return best
end
]==],
    },
  },

  hints = {
    { text = "Suppose `abcd` is the longest stretch that ends at the d, and the next post is b. "
        .. "Which is the longest stretch that ends at this b?", cost_min = 1 },
    { text = "Everything up to and with the first b has to go, and nothing else. So remember where "
        .. "each character was last seen. Does such a place always lie inside the stretch?",
      cost_min = 2 },
    { text = "Walk through the feed with `first`, the start of the stretch. For each place i: if "
        .. "s[i] was last seen at or after `first`, set `first` to one past that place. Store i, "
        .. "then compare i - first + 1 with the best.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Which stretch is it?",
      answer = "Keep `first` and the length whenever the best improves. With > the leftmost of the "
        .. "longest stretches wins." },
    { ask = "Communities become names, or the feed is UTF-8 text. What changes?",
      answer = "The map is keyed by what counts as one element. For names that is a hash map. For "
        .. "text say which unit is meant: bytes, code points, or what a reader takes for one "
        .. "letter; byte by byte, an accented letter is two elements and the answer is wrong." },
    { ask = "Trying each start up to its first repeat has two nested loops. Is it quadratic here?",
      answer = "No: a stretch without a repeat has at most 95 characters, so it costs at most "
        .. "95·n. With an unbounded set of communities it is quadratic. The window does not depend "
        .. "on it." },
    { ask = "A community may occur up to twice in a stretch.",
      answer = "The last place is no longer enough. Keep a count per community and let posts leave "
        .. "from the left while the newest one's count is above two. Each post enters and leaves "
        .. "once, so it is still linear." },
  },

  explain = [==[
**Invariant.** After place `i`, the stretch `first … i` has no repeat, and none that ends at `i` and
begins earlier has none.

**Why it holds.** Let `c` be the character at `i`. If `c` does not occur in `first … i - 1`, the old
stretch plus `c` has no repeat, and `first` cannot be smaller, since it could not be before. If it
does occur, then at one place only, `p`, because the old stretch had no repeat; this is also where
`c` was last seen. Every stretch with the end `i` that begins at `p` or before has `c` twice, and
the one that begins at `p + 1` has no repeat. The longest stretch of all ends somewhere, and there
it is compared.

**Cost.** One look-up and one entry per post: O(n) time, and one entry for each different character.

**Usual mistakes**

- *The left end goes back.* The place where `c` was last seen may lie before the window. Keep
  `first = max(first, last + 1)`. Feeds like `abba` show it: the last a was forgotten long ago.
- *Starting anew at a repeat.* Only the part up to the first occurrence is spoiled.
- *One post per repeat.* When a set is kept instead of places, posts leave from the left until the
  first occurrence has gone, so this is a loop. It stays linear, as each post leaves once.
- *The last stretch.* It is not ended by a repeat. Compare at every post, or once more at the end.
- *0 for none.* In languages where a missing entry reads as 0, the place 0 looks like "never seen".
  Store the place after the last one, as the C++ solution does.
]==],
}
