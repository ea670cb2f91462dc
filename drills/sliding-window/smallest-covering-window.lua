-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The shortest piece of a text that has all needed letters, as often as they are needed. The drill
-- is about one number that says whether the window is complete, and when it may change.

-- A text of `n` letters out of the first `kinds` of the alphabet.
local function random_text(n, kinds, rand)
  local letters = {}
  for i = 1, n do letters[i] = string.char(96 + rand(1, kinds)) end
  return table.concat(letters)
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local counted_window = [==[
-- lacking[c] is how many of c the window still lacks; below 0 there are more than needed. `missing`
-- is the sum of those above 0: the window is complete when it is 0.
function smallest_covering_window(s, need)
  local lacking, missing = {}, #need
  for i = 1, #need do
    local c = need:byte(i)
    lacking[c] = (lacking[c] or 0) + 1
  end
  local first, best_first, best_length = 1, nil, nil
  for last = 1, #s do
    local c = s:byte(last)
    if lacking[c] then
      if lacking[c] > 0 then missing = missing - 1 end
      lacking[c] = lacking[c] - 1
    end
    while missing == 0 do
      local length = last - first + 1
      if not best_length or length < best_length then best_first, best_length = first, length end
      local gone = s:byte(first)
      first = first + 1
      if lacking[gone] then
        lacking[gone] = lacking[gone] + 1
        if lacking[gone] > 0 then missing = missing + 1 end
      end
    end
  end
  return best_first and s:sub(best_first, best_first + best_length - 1) or ""
end
]==]

-- The reference with each `old` replaced by its `new`; a change that no longer applies is an error.
local function reference_with(changes)
  local code = counted_window
  for _, change in ipairs(changes) do
    local begins, ends = code:find(change.old, 1, true)
    assert(begins, "the reference no longer contains: " .. change.old)
    code = code:sub(1, begins - 1) .. change.new .. code:sub(ends + 1)
  end
  return code
end

return drill {
  id = "smallest-covering-window",
  title = "The shortest proof of a bot",
  category = "sliding-window",
  level = "hard",
  minutes = 25,
  covers = { "S02-F", "S03-C04" },
  signature = "smallest_covering_window(s: string, need: string) -> string",

  statement = [==[
A moderation team writes down what an account did as a string, one character per action: `p` for a
post, `v` for a vote, `f` for a follow, and so on. A rule names the actions that are suspicious when
they happen close together, such as `vvvf`: three votes and one follow, in any order. As evidence,
the shortest part of the log is shown in which all of them happened.

Given the log `s` and the rule `need`, return the shortest stretch of `s` that contains every
character of `need`, each at least as often as in `need`.

**Conventions**

- A stretch is a run of neighbouring characters. It may contain other characters and more of the
  needed ones.
- The order of the characters does not matter, neither in `need` nor in the stretch.
- If several stretches are equally short, return the leftmost. If there is none, return the empty
  string.
- Characters are printable ASCII; `v` and `V` are different actions.
- `need` has at least one character and `s` may be empty. Each has at most 10^5, and `need` may be
  longer than `s`.

**Cost.** Time must grow like `n`, the length of both strings together, however long the stretches
are. Space may grow like `n`.
]==],

  examples = {
    {
      args = { "pvfvpvvpf", "vvvf" },
      result = "vfvpv",
      note = "Three votes and a follow in five actions. `vvpf` has the follow, but only two votes.",
    },
    {
      args = { "fvpvf", "fv" },
      result = "fv",
      note = "`vf` at the end is as short, but further right.",
    },
    {
      args = { "pvpvp", "vvv" },
      result = "",
      note = "There are only two votes in the whole log.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 2000, 4000, 8000, 16000 },
    -- The last action completes the window, and then every step makes it shorter.
    input = function(n) return { ("v"):rep(n - 1) .. "f", "vf" } end,
  },

  cases = function(rand, case)
    case { name = "an empty log", args = { "", "v" } }
    case { name = "one action, needed", args = { "v", "v" } }
    case { name = "one action, not needed", args = { "p", "v" } }
    case { name = "more needed than there is", args = { "vf", "vvf" } }
    case { name = "one action needed twice", catches = "asks for kinds, not for counts",
           args = { "vvp", "vv" } }
    case { name = "the whole log is needed", catches = "measures after letting go",
           args = { "fpv", "vf" } }
    case { name = "two equally short", catches = "keeps the last of equals",
           args = { "vppfppv", "fv" } }
    case { name = "a surplus between what is needed", catches = "a surplus fills a gap",
           args = { "fvvf", "vff" } }
    case { name = "the first action is superfluous", catches = "lets go once per step",
           args = { "vvvpf", "vf" } }
    case { name = "more than needed within the window", args = { "vvvvpffp", "vvff" } }
    case { name = "the window ends the log", args = { "fppvppvf", "fv" } }
    case { name = "the window begins the log", args = { "vfppvpf", "fv" } }
    case { name = "a later window is shorter", args = { "vpppfpvpfvf", "vvf" } }
    case { name = "in another order", args = { "pcabp", "abc" } }
    case { name = "upper and lower case", args = { "vVfF", "Vf" } }
    case { name = "spaces and signs", args = { "a %b%. %", "%% " } }
    for i = 1, 4 do
      local log = random_text(rand(10, 60), 2 + i, rand)
      case { name = "random " .. i, args = { log, random_text(rand(1, 5), 1 + i, rand) } }
    end
    case { name = "random, not enough",
           args = { random_text(60, 4, rand), random_text(40, 2, rand) } }
    case { name = "6000 actions", args = { random_text(6000, 8, rand), random_text(6, 8, rand) } }
    case { name = "8000 actions, a long rule",
           args = { random_text(8000, 5, rand), random_text(30, 5, rand) } }
  end,

  compare = "exact",

  -- Length by length and from left to right: cross out the needed characters one by one.
  oracle = function(args)
    local s, need = args[1], args[2]
    for length = #need, #s do
      for first = 1, #s - length + 1 do
        local rest = need
        for i = first, first + length - 1 do
          local at = rest:find(s:sub(i, i), 1, true)
          if at then rest = rest:sub(1, at - 1) .. rest:sub(at + 1) end
        end
        if rest == "" then return s:sub(first, first + length - 1) end
      end
    end
    return ""
  end,

  reference = {
    lua = counted_window,
    python = [==[
from collections import Counter


# lacking[c] is how many of c the window still lacks, below 0 a surplus; `missing` sums what is
# above 0. The window is complete when it is 0.
def smallest_covering_window(s, need):
    lacking, missing = Counter(need), len(need)
    first = best_first = 0
    best_length = len(s) + 1
    for last, c in enumerate(s):
        missing -= lacking[c] > 0
        lacking[c] -= 1
        while missing == 0:
            if last - first + 1 < best_length:
                best_first, best_length = first, last - first + 1
            lacking[s[first]] += 1
            missing += lacking[s[first]] > 0
            first += 1
    return s[best_first : best_first + best_length] if best_length <= len(s) else ""
]==],
    cpp = [==[
// lacking[c] is how many of c the window still lacks, below 0 a surplus; `missing` sums what is
// above 0. The window is complete when it is 0.
#include <array>
#include <cstddef>
#include <string>

std::string smallest_covering_window(const std::string& s, const std::string& need) {
  std::array<long long, 256> lacking{};
  for (unsigned char c : need) ++lacking[c];
  std::size_t missing = need.size(), first = 0, best_first = 0, best_length = s.size() + 1;
  for (std::size_t last = 0; last < s.size(); ++last) {
    if (lacking[static_cast<unsigned char>(s[last])]-- > 0) --missing;
    while (missing == 0) {
      if (last - first + 1 < best_length) {
        best_first = first;
        best_length = last - first + 1;
      }
      if (++lacking[static_cast<unsigned char>(s[first++])] > 0) ++missing;
    }
  }
  return best_length <= s.size() ? s.substr(best_first, best_length) : "";
}
]==],
  },

  wrong = {
    {
      name = "asks for kinds, not for counts",
      language = "lua",
      verdict = "WA",
      case = "more needed than there is",
      why = "The window counts as complete when every needed character is in it once. The rule "
        .. "asks for each of them as often as it is written.",
      code = reference_with({
        { old = "local lacking, missing = {}, #need", new = "local lacking, missing = {}, 0" },
        { old = "    lacking[c] = (lacking[c] or 0) + 1\n",
          new = "    if not lacking[c] then missing = missing + 1 end\n    lacking[c] = 1\n" },
      }),
    },
    {
      name = "measures after letting go",
      language = "lua",
      verdict = "WA",
      case = "one action, needed",
      why = "The leftmost character leaves first and the window is measured afterwards. By then it "
        .. "may lack what has just left. Measure while the window is complete, then let go.",
      code = reference_with({
        { old = "      local length = last - first + 1\n"
            .. "      if not best_length or length < best_length then best_first, best_length "
            .. "= first, length end\n",
          new = "" },
        { old = "        if lacking[gone] > 0 then missing = missing + 1 end\n      end\n",
          new = "        if lacking[gone] > 0 then missing = missing + 1 end\n      end\n"
            .. "      local length = last - first + 1\n"
            .. "      if not best_length or length < best_length then best_first, best_length "
            .. "= first, length end\n" },
      }),
    },
    {
      name = "keeps the last of equals",
      language = "lua",
      verdict = "WA",
      case = "two equally short",
      why = "With <= a later stretch replaces an equally short one. The leftmost is asked for.",
      code = reference_with({ { old = "length < best_length", new = "length <= best_length" } }),
    },
    {
      name = "lets go once per step",
      language = "lua",
      verdict = "WA",
      case = "the first action is superfluous",
      why = "At each step at most one character leaves. When the window is completed at last, a "
        .. "whole tail of superfluous ones must leave at once: while, not if.",
      code = reference_with({ { old = "while missing == 0 do", new = "if missing == 0 then" } }),
    },
    {
      name = "a surplus fills a gap",
      language = "lua",
      verdict = "WA",
      case = "a surplus between what is needed",
      why = "Every needed character that comes in lowers the number of missing ones, also when "
        .. "there are enough of its kind. Four votes do not make up for a missing follow.",
      code = reference_with({
        { old = "if lacking[c] > 0 then missing = missing - 1 end", new = "missing = missing - 1" },
        { old = "if lacking[gone] > 0 then missing = missing + 1 end",
          new = "missing = missing + 1" },
        { old = "while missing == 0 do", new = "while missing <= 0 do" },
      }),
    },
    {
      name = "follows every start until it is complete",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "From every start the characters are counted again until the window is complete. If "
        .. "that takes long, it is n²/2 steps. The counts of the next start differ by one "
        .. "character.",
      code = [==[
function smallest_covering_window(s, need)
  local best = ""
  for first = 1, #s do
    local lacking, missing = {}, #need
    for c in need:gmatch(".") do lacking[c:byte()] = (lacking[c:byte()] or 0) + 1 end
    for last = first, #s do
      local c = s:byte(last)
      if (lacking[c] or 0) > 0 then
        lacking[c] = lacking[c] - 1
        missing = missing - 1
      end
      if missing == 0 then
        if best == "" or last - first + 1 < #best then best = s:sub(first, last) end
        break
      end
    end
  end
  return best
end
]==],
    },
    {
      name = "cuts out every improvement",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each time the window becomes shorter it is cut out and stored as a string. It can "
        .. "become shorter n times, and that is n²/2 copied characters. Keep its two ends and cut "
        .. "once.",
      code = reference_with({
        { old = "then best_first, best_length = first, length end",
          new = "then\n        best_length, best_first = length, s:sub(first, last)\n      end" },
        { old = "best_first and s:sub(best_first, best_first + best_length - 1) or \"\"",
          new = "best_first or \"\"" },
      }),
    },
  },

  hints = {
    { text = "Once a window is complete, what can you do to find a shorter one with the same end? "
        .. "And when it is no longer complete, which end has to move?", cost_min = 2 },
    { text = "Both ends only move to the right. The expensive part is the question whether the "
        .. "window is complete. Can you answer it without looking at all counts?", cost_min = 3 },
    { text = "Keep for each character how many the window still lacks, negative for a surplus, and "
        .. "one number `missing`. A character that comes in lowers `missing` only if it was "
        .. "lacking; one that leaves raises it only if it is lacking afterwards. While `missing` "
        .. "is 0: measure, then let the leftmost go.", cost_min = 6 },
  },

  follow_ups = {
    { ask = "Why is it not quadratic, with a loop in a loop?",
      answer = "Each character enters once and leaves at most once. 2n moves, each of constant "
        .. "cost, plus one pass over the rule." },
    { ask = "Can the comparison of all counts at each step do as well?",
      answer = "It costs the number of different needed characters per step: with ASCII at most "
        .. "95, with arbitrary action names as many as the rule has. `missing` costs one." },
    { ask = "The needed actions must come in the given order.",
      answer = "Another problem. For each end the latest start is wanted: keep, for each prefix of "
        .. "the rule, the latest start of a stretch that contains it in order, and update from the "
        .. "longest prefix to the shortest. O(n·m), constant work per cell." },
    { ask = "The log has a billion actions, of which few are needed.",
      answer = "Keep only the places of needed characters, as a stream of (place, character), and "
        .. "run the same window over it. Lengths are differences of places." },
    { ask = "Close together in time, instead of in the number of actions?",
      answer = "Same window over (time, action): measure time[last] - time[first]. Ask how events "
        .. "with the same time are to be treated, and events that arrive late." },
  },

  explain = [==[
**Invariant.** `lacking[c]` is the number of `c` in the rule minus the number of `c` in the window.
`missing` is the sum of the positive ones, so the window is complete exactly when it is 0. Every
start before `first` has been measured with its earliest end.

**Why it holds.** A character that enters lowers its number by one. This changes the sum of the
positive ones only if the number was positive. A character that leaves raises it, and the sum
changes only if it is positive then. When the window becomes complete, `last` is the earliest end
for `first`: a shorter one was not complete. It is measured, and all longer stretches with this
start may be forgotten. The next start cannot have an earlier end, since a stretch within an
incomplete one is not complete. As starts ascend and only strictly shorter stretches replace the
best, the leftmost of the shortest is kept.

**Cost.** n characters enter, at most n leave, one string is cut out: O(n + m) time for a rule of m
characters; one number per different character.

**Usual mistakes**

- *Kinds for counts.* A set of what is in the window forgets how often.
- *A surplus fills a gap.* `missing` may change only at the border between enough and too few: test
  before lowering, after raising.
- *Order of measuring and letting go.* Measure while it is complete.
- *Ties.* `<` keeps the first, `<=` the last.
- *Copies.* A string cut out per improvement is hidden quadratic work. Keep numbers.
- *Characters that are not needed* must not get an entry that makes them look needed.
]==],
}
