-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What two sorted lists of disjoint spans have in common, by one walk through both. The drill is
-- about which list may move on after each comparison, and about ends that fall together.

-- `n` disjoint spans, none of which touches another, with gaps of up to `widest`.
local function shifts(n, widest, rand)
  local spans, at = {}, rand(-20, 20)
  for i = 1, n do
    local last = at + rand(0, widest)
    spans[i] = { at, last }
    at = last + rand(1, widest)
  end
  return spans
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local two_indices = [==[
-- Compares the current span of each list and moves on in the list whose span ends first: nothing
-- later in the other list can meet that span.
function intersect_intervals(moderator, translator)
  local common, i, j = {}, 1, 1
  while i <= #moderator and j <= #translator do
    local a, b = moderator[i], translator[j]
    local first, last = math.max(a[1], b[1]), math.min(a[2], b[2])
    if first <= last then common[#common + 1] = { first, last } end
    if a[2] < b[2] then i = i + 1 else j = j + 1 end
  end
  return common
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = two_indices:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return two_indices:sub(1, first - 1) .. new .. two_indices:sub(last + 1)
end

return drill {
  id = "intersect-intervals",
  title = "When both are online",
  category = "intervals",
  level = "medium",
  minutes = 15,
  covers = { "S03-C02", "S03-P1" },
  signature = "intersect_intervals(moderator: (int, int)[], translator: (int, int)[]) -> (int, int)[]",

  statement = [==[
An appeal in a foreign language is decided by a moderator and a translator together. Each of them
keeps a list of the spans in which they are online.

Given both lists, return the spans in which both are online.

**Conventions**

- Spans are pairs `(first, last)`, closed at both ends, with `first ≤ last`. Time is continuous;
  values lie between -10^12 and 10^12.
- Each list is sorted by `first`, and within a list no two spans have a moment in common: each one
  ends before the next begins. You need not check that. Either list may be empty.
- If the two share a single moment, as (1, 4) and (4, 9) do, that moment is a span of the answer:
  (4, 4).
- Return the common spans by ascending `first`, each as long as it can be. If there are none,
  return the empty list.
- Do not change the input.

**Cost.** O(n + m) time for lists of `n` and `m` spans, and no space beside the answer that grows.
]==],

  examples = {
    {
      args = { { { 0, 4 }, { 6, 9 } }, { { 2, 7 } } },
      result = { { 2, 4 }, { 6, 7 } },
      note = "The translator's one span meets both of the moderator's.",
    },
    {
      args = { { { 1, 4 } }, { { 4, 9 } } },
      result = { { 4, 4 } },
      note = "Both are online at 4, for a moment.",
    },
    {
      args = { { { 0, 2 }, { 8, 9 } }, { { 3, 7 } } },
      result = {},
      note = "They never meet.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 2000, 4000, 8000, 16000 },
    -- As regular as a timetable: where a machine guesses branches, small inputs must not be guessed
    -- better than large ones.
    input = function(n, rand)
      local moderator, translator, shift = {}, {}, rand(0, 1000)
      for i = 1, n // 2 do
        moderator[i] = { shift + 10 * i, shift + 10 * i + 6 }
        translator[i] = { shift + 10 * i + 4, shift + 10 * i + 9 }
      end
      return { moderator, translator }
    end,
  },

  cases = function(rand, case)
    case { name = "both lists are empty", args = { {}, {} } }
    case { name = "the moderator is never online", args = { {}, { { 1, 5 } } } }
    case { name = "the translator is never online", args = { { { 1, 5 }, { 7, 8 } }, {} } }
    case { name = "a shared moment", catches = "drops single moments",
           args = { { { 0, 4 } }, { { 4, 6 } } } }
    case { name = "two pairs that meet", catches = "moves on where the span ends later",
           args = { { { 0, 4 }, { 6, 9 } }, { { 1, 5 }, { 7, 8 } } } }
    case { name = "both end together", catches = "stands still when both end together",
           args = { { { 0, 5 }, { 7, 9 } }, { { 2, 5 }, { 8, 9 } } } }
    case { name = "the translator came first", catches = "asks only who came second",
           args = { { { 3, 6 } }, { { 1, 4 } } } }
    case { name = "one long against three short", catches = "moves on in both lists",
           args = { { { 0, 30 } }, { { 2, 4 }, { 8, 9 }, { 20, 40 } } } }
    case { name = "three short against one long", catches = "moves on in both lists",
           args = { { { 2, 4 }, { 8, 9 }, { 20, 40 } }, { { 0, 30 } } } }
    case { name = "the same list twice",
           args = { { { 1, 3 }, { 5, 5 }, { 8, 12 } }, { { 1, 3 }, { 5, 5 }, { 8, 12 } } } }
    case { name = "taking turns", args = { { { 0, 1 }, { 4, 5 }, { 8, 9 } }, { { 2, 3 }, { 6, 7 } } } }
    case { name = "one after the other's last", args = { { { 0, 3 }, { 5, 6 } }, { { 7, 9 } } } }
    case { name = "moments against moments",
           args = { { { 1, 1 }, { 3, 3 }, { 5, 5 } }, { { 3, 3 }, { 4, 4 }, { 5, 5 } } } }
    case { name = "both edges of a span", args = { { { 2, 6 } }, { { 0, 2 }, { 6, 9 } } } }
    case { name = "before and after zero",
           args = { { { -1000000000000, -5 }, { -1, 8 } }, { { -7, 0 }, { 8, 1000000000000 } } } }
    for i = 1, 4 do
      case { name = "random " .. i,
             args = { shifts(rand(1, 30), 6, rand), shifts(rand(1, 30), 6, rand) } }
    end
    case { name = "random, short against long", args = { shifts(50, 2, rand), shifts(8, 20, rand) } }
    case { name = "2000 and 2000 spans", args = { shifts(2000, 9, rand), shifts(2000, 9, rand) } }
    case { name = "3000 spans against one", args = { shifts(3000, 9, rand), { { 100, 20000 } } } }
  end,

  compare = "exact",

  -- Every pair.
  oracle = function(args)
    local common = {}
    for _, a in ipairs(args[1]) do
      for _, b in ipairs(args[2]) do
        local first, last = math.max(a[1], b[1]), math.min(a[2], b[2])
        if first <= last then common[#common + 1] = { first, last } end
      end
    end
    table.sort(common, function(a, b) return a[1] < b[1] end)
    return common
  end,

  reference = {
    lua = two_indices,
    python = [==[
def intersect_intervals(moderator, translator):
    # Move on in the list whose span ends first: nothing later in the other can meet that span.
    common = []
    i = j = 0
    while i < len(moderator) and j < len(translator):
        first = max(moderator[i][0], translator[j][0])
        last = min(moderator[i][1], translator[j][1])
        if first <= last:
            common.append((first, last))
        if moderator[i][1] < translator[j][1]:
            i += 1
        else:
            j += 1
    return common
]==],
    cpp = [==[
// Moves on in the list whose span ends first: nothing later in the other can meet that span.
#include <algorithm>
#include <cstddef>
#include <tuple>
#include <vector>

using Span = std::tuple<long long, long long>;

std::vector<Span> intersect_intervals(const std::vector<Span>& moderator,
                                      const std::vector<Span>& translator) {
  std::vector<Span> common;
  std::size_t i = 0, j = 0;
  while (i < moderator.size() && j < translator.size()) {
    auto [a_first, a_last] = moderator[i];
    auto [b_first, b_last] = translator[j];
    long long first = std::max(a_first, b_first), last = std::min(a_last, b_last);
    if (first <= last) common.emplace_back(first, last);
    if (a_last < b_last) {
      ++i;
    } else {
      ++j;
    }
  }
  return common;
}
]==],
  },

  wrong = {
    {
      name = "drops single moments",
      language = "lua",
      verdict = "WA",
      case = "a shared moment",
      why = "The test first < last is for half-open spans. Closed spans that touch share a moment, "
        .. "and it belongs to the answer.",
      code = reference_with("first <= last", "first < last"),
    },
    {
      name = "moves on where the span ends later",
      language = "lua",
      verdict = "WA",
      case = "two pairs that meet",
      why = "The span that ends later is left behind, though the next span of the other list may "
        .. "still meet it. Only the one that ends first is finished.",
      code = reference_with("if a[2] < b[2] then i", "if a[2] > b[2] then i"),
    },
    {
      name = "stands still when both end together",
      language = "lua",
      verdict = "MLE",
      reason = "peak",
      case = "both end together",
      why = "One list moves on when its span ends strictly first, the other likewise, and with equal "
        .. "ends neither does: the same common span is reported for ever. With equal ends both "
        .. "spans are finished, so either list may move on.",
      code = reference_with("if a[2] < b[2] then i = i + 1 else j = j + 1 end",
                            "if a[2] < b[2] then i = i + 1 elseif b[2] < a[2] then j = j + 1 end"),
    },
    {
      name = "moves on in both lists",
      language = "lua",
      verdict = "WA",
      case = "one long against three short",
      why = "After a comparison both lists move on, so a long span is compared with one partner "
        .. "only. The one that ends later must stay.",
      code = reference_with("if a[2] < b[2] then i = i + 1 else j = j + 1 end",
                            "i, j = i + 1, j + 1"),
    },
    {
      name = "asks only who came second",
      language = "lua",
      verdict = "WA",
      case = "the translator came first",
      why = "A common span is reported when the translator's begins inside the moderator's. It may "
        .. "be the other way round: compare the later start with the earlier end, whoever has them.",
      code = reference_with("if first <= last then", "if a[1] <= b[1] and b[1] <= a[2] then"),
    },
    {
      name = "searches the other list from its start",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "For each span of one list the other is read from the beginning up to where it is past. "
        .. "That is n·m/2 steps: what ended before one span also ended before the next, so remember "
        .. "where you were.",
      code = [==[
function intersect_intervals(moderator, translator)
  local common = {}
  for _, a in ipairs(moderator) do
    for _, b in ipairs(translator) do
      if b[1] > a[2] then break end
      if b[2] >= a[1] then
        common[#common + 1] = { math.max(a[1], b[1]), math.min(a[2], b[2]) }
      end
    end
  end
  return common
end
]==],
    },
  },

  hints = {
    { text = "Take one span of each list. How do you read off their common part, in one formula for "
        .. "all ways in which they can lie?", cost_min = 1 },
    { text = "After you have compared two spans, which of the two can still meet something else, "
        .. "and which is finished?", cost_min = 2 },
    { text = "Two indices. The common part is from max(starts) to min(ends), if that is not empty. "
        .. "Then move on in the list whose current span ends first; at equal ends either will do. "
        .. "Stop when one list is used up.", cost_min = 3 },
  },

  follow_ups = {
    { ask = "One list has ten spans, the other ten million. Can you do better than n + m?",
      answer = "For each of the ten, find by binary search the first span that does not end before "
        .. "it begins, and read on from there: O(m log n + answer). Galloping search gives the same "
        .. "without knowing beforehand which list is short." },
    { ask = "Three people, or k?",
      answer = "Keep k indices. The common part is from the largest start to the least end; move on "
        .. "in the list with the least end, which a heap finds in O(log k). Or sweep over all ends "
        .. "and report where the count is k." },
    { ask = "The spans are half-open. What changes?",
      answer = "The test becomes first < last. Spans of one list may then touch each other, and with "
        .. "equal ends it is still right to move on in either." },
    { ask = "How would you return the union, or when only the moderator is there?",
      answer = "The same walk over the ends of both lists with two flags, on or off: the wanted "
        .. "combination of flags begins and ends spans. With closed ends a difference would have "
        .. "open ends, so use half-open spans for it." },
  },

  explain = [==[
**Common part.** Two closed spans share the moments from the later start to the earlier end; if that
start is after that end, they share none. The one formula covers apart, touching, partly over each
other, inside and equal.

**Invariant.** Before each step, every common span that involves a span before `i` or before `j` has
been reported, and nothing else has.

**Why moving on is right.** Let a end no later than b. The spans of b's list after b begin after b
ends, so after a ends: none of them meets a. What a shares with b has just been reported, and what
it shares with earlier ones was reported before. So a is finished. With equal ends both are.

**Order and length.** The steps report parts with ascending starts. Two reported parts never touch:
they lie in different spans of at least one list, and these are apart. So each is as long as it can
be.

**Cost.** Each step finishes a span: at most n + m steps, and two indices.

**Usual mistakes**

- *The wrong side moves on.* Ask which of the two can still meet something.
- *Equal ends with two strict comparisons.* Nothing moves, and the loop never ends.
- *Both move on.* Then the i-th span is only compared with the i-th.
- *Four cases in place of max and min.* One of them is usually missing.
]==],
}
