-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- One more span in a sorted list of disjoint ones. The drill is about the three parts of the list
-- (before, met, after), any of which may be empty.

-- `n` disjoint spans, none of which touches another; from 1 to `widest` between them.
local function schedule(n, widest, rand)
  local spans, at = {}, rand(-20, 20)
  for i = 1, n do
    local last = at + rand(0, widest)
    spans[i] = { at, last }
    at = last + rand(1, widest)
  end
  return spans
end

-- A span that begins and ends somewhere around `spans`.
local function any_span(spans, rand)
  local low, high = spans[1][1] - 5, spans[#spans][2] + 5
  local a, b = rand(low, high), rand(low, high)
  return { math.min(a, b), math.max(a, b) }
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local three_parts = [==[
-- Three parts: the spans that end before the new one begins, those that meet it and are swallowed,
-- and the rest.
function insert_interval(intervals, added)
  local result, i = {}, 1
  while intervals[i] and intervals[i][2] < added[1] do
    result[#result + 1] = intervals[i]
    i = i + 1
  end
  local first, last = added[1], added[2]
  while intervals[i] and intervals[i][1] <= last do
    first = math.min(first, intervals[i][1])
    last = math.max(last, intervals[i][2])
    i = i + 1
  end
  result[#result + 1] = { first, last }
  return table.move(intervals, i, #intervals, #result + 1, result)
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = three_parts:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return three_parts:sub(1, first - 1) .. new .. three_parts:sub(last + 1)
end

return drill {
  id = "insert-interval",
  title = "One more quiet hour",
  category = "intervals",
  level = "medium",
  minutes = 15,
  covers = { "S03-P1" },
  signature = "insert_interval(intervals: (int, int)[], added: (int, int)) -> (int, int)[]",

  statement = [==[
A user of a community app can name times at which no notification may be sent. The app keeps these
quiet times as a sorted list of spans. Now the user adds one more, and the list must be in the same
form afterwards.

Given the list `intervals` and the span `added`, return the list of quiet times with `added` in it.
Spans that have a moment in common become one.

**Conventions**

- Spans are pairs `(first, last)`, closed at both ends, with `first ≤ last`; a single moment is
  allowed. Values lie between -10^12 and 10^12.
- `intervals` is sorted by `first`, and no two of its spans have a moment in common: each one ends
  before the next begins. You need not check that. It may be empty.
- If `added` shares even one moment with a span, as (1, 4) does with (4, 6), the two become one
  span. Time is continuous: (1, 4) and (5, 6) stay apart.
- Return spans in the same form: ascending, no two with a moment in common.
- Do not change the input.

**Cost.** O(n) time and space for `n` spans. The list is already sorted.
]==],

  examples = {
    {
      args = { { { 1, 3 }, { 6, 9 } }, { 2, 5 } },
      result = { { 1, 5 }, { 6, 9 } },
      note = "The new span meets the first only. Between 5 and 6 notifications may be sent.",
    },
    {
      args = { { { 1, 2 }, { 3, 5 }, { 6, 7 }, { 8, 10 }, { 12, 16 } }, { 4, 8 } },
      result = { { 1, 2 }, { 3, 10 }, { 12, 16 } },
      note = "It swallows three spans and reaches from the start of the first to the end of the "
        .. "last of them.",
    },
    {
      args = { { { 10, 20 } }, { 0, 5 } },
      result = { { 0, 5 }, { 10, 20 } },
      note = "It meets nothing and stands before all others.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 4000, 8000, 16000, 32000 },
    -- The new span swallows the first three quarters of the list.
    input = function(n, rand)
      local spans = schedule(n, 9, rand)
      return { spans, { spans[2][1], spans[n * 3 // 4][2] } }
    end,
  },

  cases = function(rand, case)
    case { name = "before all others", args = { { { 5, 8 }, { 10, 12 } }, { 1, 3 } } }
    case { name = "between two", catches = "appends and does not sort",
           args = { { { 0, 2 }, { 9, 12 } }, { 4, 6 } } }
    case { name = "after all others", catches = "waits for a later span",
           args = { { { 5, 8 }, { 10, 12 } }, { 20, 30 } } }
    case { name = "the list is empty", catches = "looks at the first span unasked",
           args = { {}, { 4, 7 } } }
    case { name = "starts in the middle of one", catches = "begins where the new one begins",
           args = { { { 0, 4 }, { 15, 16 } }, { 2, 8 } } }
    case { name = "ends in the middle of one", catches = "ends where the new one ends",
           args = { { { 0, 1 }, { 6, 12 } }, { 4, 8 } } }
    case { name = "the end of an earlier span", catches = "leaves touching spans apart",
           args = { { { 1, 4 }, { 20, 21 } }, { 4, 6 } } }
    case { name = "the start of a later span", catches = "leaves touching spans apart",
           args = { { { 1, 2 }, { 6, 9 } }, { 4, 6 } } }
    case { name = "one unit from both neighbours", args = { { { 1, 3 }, { 7, 9 } }, { 4, 6 } } }
    case { name = "inside an existing one", args = { { { 0, 10 }, { 15, 16 } }, { 3, 5 } } }
    case { name = "a bridge over three", catches = "joins the first it meets",
           args = { { { 0, 2 }, { 4, 6 }, { 8, 10 }, { 20, 30 } }, { 1, 9 } } }
    case { name = "swallows all", args = { { { 3, 4 }, { 6, 7 }, { 9, 9 } }, { 0, 50 } } }
    case { name = "the same span again", args = { { { 3, 4 }, { 6, 9 } }, { 6, 9 } } }
    case { name = "a moment that is quiet already", args = { { { 3, 6 } }, { 6, 6 } } }
    case { name = "a moment between moments", args = { { { 1, 1 }, { 3, 3 } }, { 2, 2 } } }
    case { name = "far apart",
           args = { { { -1000000000000, -999999999999 } }, { 1000000000000, 1000000000000 } } }
    for i = 1, 5 do
      local spans = schedule(rand(2, 40), 6, rand)
      case { name = "random " .. i, args = { spans, any_span(spans, rand) } }
    end
    for i = 1, 2 do
      local spans = schedule(4000, 9, rand)
      case { name = "4000 spans " .. i, args = { spans, any_span(spans, rand) } }
    end
  end,

  compare = "exact",

  -- Grows `added` by everything that it meets until nothing more is met; all the others stay.
  oracle = function(args)
    local grown, rest = { args[2][1], args[2][2] }, table.move(args[1], 1, #args[1], 1, {})
    local changed = true
    while changed do
      changed = false
      for i, span in ipairs(rest) do
        if math.max(span[1], grown[1]) <= math.min(span[2], grown[2]) then
          grown = { math.min(span[1], grown[1]), math.max(span[2], grown[2]) }
          table.remove(rest, i)
          changed = true
          break
        end
      end
    end
    rest[#rest + 1] = grown
    table.sort(rest, function(a, b) return a[1] < b[1] end)
    return rest
  end,

  reference = {
    lua = three_parts,
    python = [==[
def insert_interval(intervals, added):
    # Before, met, after: the spans that meet the new one decide where it begins and ends.
    first, last = added
    before = [span for span in intervals if span[1] < first]
    after = [span for span in intervals if span[0] > last]
    met = intervals[len(before):len(intervals) - len(after)]
    if met:
        first, last = min(first, met[0][0]), max(last, met[-1][1])
    return before + [(first, last)] + after
]==],
  },

  wrong = {
    {
      name = "appends and does not sort",
      language = "lua",
      verdict = "WA",
      case = "before all others",
      why = "The new span is put at the end, and what it meets is swallowed. Where it meets nothing "
        .. "it still has a place in the order.",
      code = [==[
function insert_interval(intervals, added)
  local result, first, last = {}, added[1], added[2]
  for _, span in ipairs(intervals) do
    if span[2] < first or last < span[1] then
      result[#result + 1] = span
    else
      first, last = math.min(first, span[1]), math.max(last, span[2])
    end
  end
  result[#result + 1] = { first, last }
  return result
end
]==],
    },
    {
      name = "waits for a later span",
      language = "lua",
      verdict = "WA",
      case = "after all others",
      why = "The new span is written when one is found that begins after it. If there is none, it "
        .. "is never written: the loop ends with the span still in hand.",
      code = [==[
function insert_interval(intervals, added)
  if #intervals == 0 then return { added } end
  local result, first, last, written = {}, added[1], added[2], false
  for _, span in ipairs(intervals) do
    if span[2] < first then
      result[#result + 1] = span
    elseif last < span[1] then
      if not written then result[#result + 1] = { first, last } end
      written = true
      result[#result + 1] = span
    else
      first, last = math.min(first, span[1]), math.max(last, span[2])
    end
  end
  return result
end
]==],
    },
    {
      name = "looks at the first span unasked",
      language = "lua",
      verdict = "RTE",
      case = "the list is empty",
      why = "The quick ways out for `before all` and `after all` read the first and the last span. "
        .. "A user who has no quiet times yet has neither.",
      code = reference_with("  local result, i = {}, 1\n", [==[
  if added[2] < intervals[1][1] then
    return table.move(intervals, 1, #intervals, 2, { added })
  end
  local result, i = {}, 1
]==]),
    },
    {
      name = "leaves touching spans apart",
      language = "lua",
      verdict = "WA",
      case = "the end of an earlier span",
      why = "The span that ends at the very moment at which the new one begins is passed by. Closed "
        .. "spans share that moment: only those that end strictly before stay as they are.",
      code = reference_with("intervals[i][2] < added[1]", "intervals[i][2] <= added[1]"),
    },
    {
      name = "ends where the new one ends",
      language = "lua",
      verdict = "WA",
      case = "ends in the middle of one",
      why = "The end of the swallowed span is ignored, though it may lie beyond that of the new one. "
        .. "Take the larger.",
      code = reference_with("    last = math.max(last, intervals[i][2])\n", ""),
    },
    {
      name = "begins where the new one begins",
      language = "lua",
      verdict = "WA",
      case = "starts in the middle of one",
      why = "The start of the swallowed span is ignored, so the part of it before the new one is no "
        .. "longer quiet.",
      code = reference_with("    first = math.min(first, intervals[i][1])\n", ""),
    },
    {
      name = "joins the first it meets",
      language = "lua",
      verdict = "WA",
      case = "a bridge over three",
      why = "After one span has been joined the rest is copied. The joined span may meet the next "
        .. "ones too: go on while they begin no later than it ends.",
      code = reference_with("while intervals[i] and intervals[i][1] <= last do",
                            "if intervals[i] and intervals[i][1] <= last then"),
    },
    {
      name = "removes one span after the other",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each swallowed span is removed from the middle of a list, and all that follow move up "
        .. "by one. Many swallowed spans make that quadratic: write a new list instead.",
      code = [==[
function insert_interval(intervals, added)
  local result = table.move(intervals, 1, #intervals, 1, {})
  local at, first, last = 1, added[1], added[2]
  while result[at] and result[at][2] < first do at = at + 1 end
  while result[at] and result[at][1] <= last do
    first, last = math.min(first, result[at][1]), math.max(last, result[at][2])
    table.remove(result, at)
  end
  table.insert(result, at, { first, last })
  return result
end
]==],
    },
  },

  hints = {
    { text = "Sort the spans of the list, in your head, into three kinds by what the new one does "
        .. "to them. Where do the three kinds stand in the list?", cost_min = 1 },
    { text = "First come those that end before the new one begins: copy them. Last come those that "
        .. "begin after it ends: copy them. What do those between them become?", cost_min = 2 },
    { text = "One span, from the least start to the largest end of them and the new one. Three loops "
        .. "over one index: while end < added.first copy; while start <= last widen first and last; "
        .. "write (first, last) in any case; copy the rest.", cost_min = 3 },
  },

  follow_ups = {
    { ask = "Could you find the place faster than in O(n)?",
      answer = "Yes: starts and ends both ascend, so two binary searches give the met part in "
        .. "O(log n). A new list still takes O(n) to write. In place, in an array, the tail must "
        .. "move by the number of swallowed spans: O(n) moves, but a single block copy." },
    { ask = "Spans are added all day. Which structure?",
      answer = "An ordered map from start to end. Find the last span that begins no later than the "
        .. "new one, step forward erasing what meets it, insert the union. A span is erased once, "
        .. "so it is O(log n) amortised." },
    { ask = "Now the user takes a quiet time away.",
      answer = "The same three parts, but the met spans leave at most two remainders: the piece of "
        .. "the first before the cut and the piece of the last after it. With closed ends and "
        .. "continuous time these would have to be open there, so half-open spans are the better "
        .. "form." },
    { ask = "The quiet times repeat every day, and one goes from 23:00 to 07:00.",
      answer = "Cut it at midnight into two spans of the day, insert both, and join the last span "
        .. "with the first again when the list is shown." },
  },

  explain = [==[
**Three parts.** Both the starts and the ends of the list ascend. So the spans that end before
`added` begins are a first part, those that begin after it ends are a last part, and what is between
them are exactly the spans that meet it. Any of the three may be empty.

**Why the middle becomes one span.** Each span of the middle has a moment in common with `added`, so
together they are one piece, from the least start to the largest end. It cannot meet the neighbours:
a span of the first part ends before `added` begins and before the middle begins, since the list was
disjoint, and the same holds at the other side.

The second loop compares with `last`, which it raises itself. That is harmless: only the last span
of the middle can raise it beyond the end of `added`, and the next span of the list begins after
that one ends.

**Cost.** Each span is looked at once: O(n).

**Usual mistakes**

- *Writing the new span only when a later one is found.* It is lost at the end of the list, and in
  an empty list. Write it between the loops, in any case.
- *Reading the first or last span* before asking whether there is one.
- *One end forgotten.* Four situations decide: inside, around, over the left end, over the right end.
- *Sorting.* Append and merge is right and simple at O(n log n); say that it throws away what is
  known, and it will be asked why.
- *Removing in place in a loop*, which moves the tail again and again.
]==],
}
