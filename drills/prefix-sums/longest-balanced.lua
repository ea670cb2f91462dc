-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The longest stretch with as many ones as zeros: two places with the same surplus enclose it. The
-- drill is about keeping the first place of each surplus, the place before the list included.

local function random_bits(n, share_of_ones, rand)
  local bits = {}
  for i = 1, n do bits[i] = rand.float() < share_of_ones and 1 or 0 end
  return bits
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local first_places = [==[
-- Walks with a surplus of ones over zeros. `first[s]` says after how many votes the surplus was s
-- for the first time; between two places with the same surplus, ones and zeros are equally many.
function longest_balanced(bits)
  local first = { [0] = 0 }
  local surplus, longest = 0, 0
  for i, bit in ipairs(bits) do
    surplus = surplus + (bit == 1 and 1 or -1)
    if first[surplus] then
      longest = math.max(longest, i - first[surplus])
    else
      first[surplus] = i
    end
  end
  return longest
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = first_places:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return first_places:sub(1, first - 1) .. new .. first_places:sub(last + 1)
end

return drill {
  id = "longest-balanced",
  title = "As many for as against",
  category = "prefix-sums",
  level = "medium",
  minutes = 20,
  covers = { "S03-C04" },
  signature = "longest_balanced(bits: int[]) -> int",

  statement = [==[
The votes on a controversial post were logged in order: 1 is a vote up, 0 a vote down. A study of
disputes looks for the longest stretch of the log in which the two sides were in balance.

Given the log `bits`, return the length of the longest stretch of neighbouring votes that holds as
many ones as zeros.

**Conventions**

- Every value is 0 or 1.
- A stretch consists of neighbouring votes; none may be left out.
- The length is the number of votes, so it is even.
- If no such stretch exists, in particular for an empty log, return 0.
- Do not change the input.

**Cost.** Time must grow like `n`, taking an access to a hash map as constant. Space may grow like
`n`.
]==],

  examples = {
    {
      args = { { 1, 0, 0, 1, 1, 1 } },
      result = 4,
      note = "The first four votes: two up, two down. So are the four votes from the second one "
        .. "on.",
    },
    {
      args = { { 0, 1, 0, 1 } },
      result = 4,
      note = "The whole log is in balance.",
    },
    {
      args = { { 1, 1, 1 } },
      result = 0,
      note = "Nobody was against.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    -- Few ones: balance is short everywhere, so that even a search from the longest stretch down
    -- tries nearly all of them. The sizes keep an array of 2n + 1 leads small enough that fetching
    -- its memory does not outweigh the walk.
    input = function(n, rand) return { random_bits(n, 0.1, rand) } end,
  },

  cases = function(rand, case)
    case { name = "no votes", args = { {} } }
    case { name = "one vote", args = { { 1 } } }
    case { name = "against only", catches = "counts a zero as nothing", args = { { 0, 0, 0 } } }
    case { name = "one of each", catches = "forgets the place before the first vote",
           args = { { 0, 1 } } }
    case { name = "the ones are far apart", catches = "counts without looking where",
           args = { { 1, 0, 0, 0, 0, 1 } } }
    case { name = "the rarer kind at both ends", catches = "trims the ends",
           args = { { 0, 0, 1, 1, 1, 1, 0 } } }
    case { name = "a dent on the way", catches = "compares two runs only",
           args = { { 0, 0, 1, 0, 1, 1 } } }
    case { name = "balanced again and again", catches = "keeps the last place",
           args = { { 0, 1, 0, 1, 0, 1 } } }
    case { name = "for only", args = { { 1, 1, 1, 1 } } }
    case { name = "one side, then the other", args = { { 1, 1, 1, 0, 0, 0 } } }
    case { name = "in the middle only", args = { { 1, 1, 1, 0, 1, 0, 1, 1, 1 } } }
    case { name = "at the end only", args = { { 1, 1, 1, 1, 0, 0 } } }
    case { name = "all but the last", args = { { 0, 1, 1, 0, 1 } } }
    case { name = "all but the first", args = { { 0, 0, 1, 1, 0 } } }
    case { name = "two disputes, the second is longer",
           args = { { 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0 } } }
    for i = 1, 5 do
      case { name = "random " .. i, args = { random_bits(rand(5, 60), 0.5, rand) } }
    end
    case { name = "random, few ones", args = { random_bits(120, 0.2, rand) } }
    case { name = "2000 votes", args = { random_bits(2000, 0.5, rand) } }
    case { name = "2000 votes, mostly for", args = { random_bits(2000, 0.7, rand) } }
  end,

  compare = "exact",

  -- Every stretch, counted by itself.
  oracle = function(args)
    local bits, longest = args[1], 0
    for first = 1, #bits do
      local count = { [0] = 0, [1] = 0 }
      for last = first, #bits do
        count[bits[last]] = count[bits[last]] + 1
        if count[0] == count[1] then longest = math.max(longest, last - first + 1) end
      end
    end
    return longest
  end,

  reference = {
    lua = first_places,
    python = [==[
def longest_balanced(bits):
    # After how many votes each surplus of ones was seen first; before the first vote it is 0.
    first = {0: 0}
    surplus = longest = 0
    for i, bit in enumerate(bits, 1):
        surplus += 1 if bit else -1
        longest = max(longest, i - first.setdefault(surplus, i))
    return longest
]==],
  },

  wrong = {
    {
      name = "forgets the place before the first vote",
      language = "lua",
      verdict = "WA",
      case = "one of each",
      why = "A stretch that begins with the first vote lies between the place before it, where the "
        .. "surplus is 0, and a later one. That place must be in the map from the start.",
      code = reference_with("{ [0] = 0 }", "{}"),
    },
    {
      name = "counts a zero as nothing",
      language = "lua",
      verdict = "WA",
      case = "against only",
      why = "The plain sum of the votes stays the same over a run of zeros, so that run is taken "
        .. "for balanced. A vote down must count -1.",
      code = reference_with("(bit == 1 and 1 or -1)", "bit"),
    },
    {
      name = "counts without looking where",
      language = "lua",
      verdict = "WA",
      case = "the ones are far apart",
      why = "Twice the smaller count is what one could get by choosing votes. A stretch must take "
        .. "all votes between its ends.",
      code = [==[
function longest_balanced(bits)
  local ones = 0
  for _, bit in ipairs(bits) do ones = ones + bit end
  return 2 * math.min(ones, #bits - ones)
end
]==],
    },
    {
      name = "trims the ends",
      language = "lua",
      verdict = "WA",
      case = "the rarer kind at both ends",
      why = "Votes of the larger side are cut off at the ends until the rest is in balance. When "
        .. "both ends belong to the smaller side it is a guess which one to cut, and a wrong one "
        .. "cannot be undone.",
      code = [==[
function longest_balanced(bits)
  local first, last, surplus = 1, #bits, 0
  for _, bit in ipairs(bits) do surplus = surplus + 2 * bit - 1 end
  while surplus ~= 0 do
    local larger = surplus > 0 and 1 or 0
    if bits[first] ~= larger and bits[last] == larger then
      surplus = surplus - (2 * bits[last] - 1)
      last = last - 1
    else
      surplus = surplus - (2 * bits[first] - 1)
      first = first + 1
    end
  end
  return last - first + 1
end
]==],
    },
    {
      name = "compares two runs only",
      language = "lua",
      verdict = "WA",
      case = "a dent on the way",
      why = "The shorter of two neighbouring runs, doubled, is the best stretch that changes sides "
        .. "once. A balanced stretch may change sides many times.",
      code = [==[
function longest_balanced(bits)
  local longest, run, before = 0, 0, 0
  for i, bit in ipairs(bits) do
    if i > 1 and bit ~= bits[i - 1] then before, run = run, 0 end
    run = run + 1
    if run <= before then longest = math.max(longest, 2 * run) end
  end
  return longest
end
]==],
    },
    {
      name = "keeps the last place",
      language = "lua",
      verdict = "WA",
      case = "balanced again and again",
      why = "The place of a surplus is overwritten each time it comes back, so only the distance "
        .. "to the latest one is measured. The first place gives the longest stretch: never "
        .. "overwrite it.",
      code = reference_with([==[
      longest = math.max(longest, i - first[surplus])
    else
      first[surplus] = i
    end
]==], [==[
      longest = math.max(longest, i - first[surplus])
    end
    first[surplus] = i
]==]),
    },
    {
      name = "tries every beginning",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "From each vote the log is read to its end: n²/2 steps. All of these walks see the "
        .. "same surpluses, shifted: one walk and a map of places are enough.",
      code = [==[
function longest_balanced(bits)
  local longest = 0
  for first = 1, #bits do
    local surplus = 0
    for last = first, #bits do
      surplus = surplus + 2 * bits[last] - 1
      if surplus == 0 and last - first + 1 > longest then longest = last - first + 1 end
    end
  end
  return longest
end
]==],
    },
  },

  hints = {
    { text = "Walk through the log and count +1 for a vote up and -1 for a vote down. What does "
        .. "the count do over a balanced stretch?", cost_min = 2 },
    { text = "It comes back to the value that it had before the stretch. So a balanced stretch "
        .. "lies between two places with the same count. For a given end, which of the earlier "
        .. "places with that count do you want?", cost_min = 3 },
    { text = "Keep a map from count to the first place where it occurred, with count 0 at place 0 "
        .. "before the first vote. At each place: if the count is in the map, the distance is a "
        .. "candidate; if not, enter the place.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "How many balanced stretches are there?",
      answer = "Keep how often each count occurred in place of where, and add that number at each "
        .. "place: every earlier place with the same count is a beginning." },
    { ask = "Three kinds of votes, equally many of each?",
      answer = "The key becomes a pair of differences, (a - b, a - c). Two places with the same "
        .. "pair enclose equal numbers of all three." },
    { ask = "Can you avoid the hash map?",
      answer = "The count stays between -n and n, so an array of 2n + 1 places does it, quicker "
        .. "and without a worst case." },
    { ask = "Twice as many ones as zeros?",
      answer = "Count +1 for a one and -2 for a zero. Any fixed ratio p : q works with weights q "
        .. "and -p." },
    { ask = "The longest stretch with more ones than zeros?",
      answer = "Now a smaller count before the end is enough. It suffices to look at count - 1: if "
        .. "the count is positive the whole beginning is the answer, else the first place with "
        .. "count - 1, because counts move by one step at a time." },
  },

  explain = [==[
**Idea.** Let S(i) be the ones minus the zeros among the first i votes. The stretch from vote j + 1
to vote i is in balance exactly if S(i) = S(j), and its length is i - j.

**Invariant.** Before vote i is counted, `first` holds, for each value that occurred among S(0) …
S(i-1), the least index at which it did, and `longest` is the answer for the first i - 1 votes.

**Why the first place is enough.** Among all j with S(j) = S(i) the smallest gives the longest
stretch that ends at i. Later ones are never better, for this end or any other. S(0) = 0 is entered
at the start, so that a stretch may begin with the first vote.

**Cost.** One look-up and at most one entry per vote: O(n) expected time, O(n) space.

**Usual mistakes**

- *No entry for the place before the list.* The whole list is then never found.
- *Overwriting.* One entry per count, written once.
- *0 as 0.* The plain sum does not see zeros.
- *A window with two pointers.* Lengthening a stretch may bring it into balance or out of it, so
  there is no rule for when to move the left end.
- *Trimming from the ends.* It looks like the same greedy idea from both sides, and seven votes
  refute it.
]==],
}
