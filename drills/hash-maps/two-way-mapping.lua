-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Is one text the other with its letters exchanged? The drill is about a mapping that has to be
-- checked in both directions, and about tests that look right and are weaker.

-- The printable characters, in a random order.
local function alphabet(rand)
  local bytes = {}
  for byte = 32, 126 do bytes[#bytes + 1] = byte end
  return rand.shuffle(bytes)
end

-- `n` random characters of the first `kinds` printable ones.
local function random_text(n, kinds, rand)
  local letters = {}
  for i = 1, n do letters[i] = string.char(31 + rand(1, kinds)) end
  return table.concat(letters)
end

-- `text` with each character exchanged for another.
local function exchanged(text, rand)
  local to = alphabet(rand)
  return (text:gsub(".", function(letter) return string.char(to[letter:byte() - 31]) end))
end

-- `text` with one character replaced at a random place by another that it has, if it has two.
local function with_a_slip(text, rand)
  local at, from = rand(1, #text), rand(1, #text)
  return text:sub(1, at - 1) .. text:sub(from, from) .. text:sub(at + 1)
end

-- A long stretch of one character, then others that come for the first time near the end.
local function late_letters(n)
  local tail = "bcdefghijklmnopqrstuvwxyz"
  return ("a"):rep(n // 2) .. tail:rep(n // 2 // #tail + 1):sub(1, n - n // 2)
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local two_maps = [==[
-- Each character of one text stands for exactly one of the other, in both directions.
function two_way_mapping(a, b)
  if #a ~= #b then return false end
  local to, back = {}, {}
  for i = 1, #a do
    local x, y = a:byte(i), b:byte(i)
    if to[x] == nil and back[y] == nil then
      to[x], back[y] = y, x
    elseif to[x] ~= y or back[y] ~= x then
      return false
    end
  end
  return true
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = two_maps:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return two_maps:sub(1, first - 1) .. new .. two_maps:sub(last + 1)
end

return drill {
  id = "two-way-mapping",
  title = "The banned advert in disguise",
  category = "hash-maps",
  level = "easy",
  minutes = 12,
  covers = { "S03-C04" },
  signature = "two_way_mapping(a: string, b: string) -> bool",

  statement = [==[
An advert is banned, and comes back with its characters exchanged: every `e` has become a `3`, every
`a` a `@`, and so on. A filter is to notice that.

Given two texts `a` and `b`, tell whether `b` is `a` with its characters exchanged: each character
of `a` is replaced by one character, the same wherever it stands, and different characters by
different ones.

**Conventions**

- A character may be replaced by itself. So every text is in this relation to itself.
- Only texts of the same length can be. Two empty texts are.
- The texts consist of printable ASCII characters, the space included. Upper and lower case are
  different characters.
- Characters keep their places: this is not about shuffling.

**Cost.** Time must grow like the length `n` of the texts. Memory must not grow with it: there are
only 95 different characters.
]==],

  examples = {
    {
      args = { "cheap", "ch3@p" },
      result = true,
      note = "e becomes 3, a becomes @, and the others stay.",
    },
    {
      args = { "sell", "s311" },
      result = true,
      note = "Both l become 1.",
    },
    {
      args = { "deal", "d33l" },
      result = false,
      note = "e and a would both become 3.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "1",
    sizes = { 2000, 4000, 8000, 16000 },
    input = function(n) return { late_letters(n), late_letters(n):upper() } end,
  },

  cases = function(rand, case)
    case { name = "two empty texts", args = { "", "" } }
    case { name = "one character each", args = { "a", "x" } }
    case { name = "one becomes two", catches = "checks the way back only", args = { "aa", "xy" } }
    case { name = "two become one", catches = "checks one way only", args = { "ab", "xx" } }
    case { name = "the second text is longer", catches = "stops at the shorter text",
           args = { "ab", "xyz" } }
    case { name = "the first text is longer", catches = "stops at the shorter text",
           args = { "aba", "xy" } }
    case { name = "as many different ones", catches = "counts the different ones",
           args = { "aaab", "xxyy" } }
    case { name = "the same counts, at other places", catches = "compares how often",
           args = { "aabb", "xyxy" } }
    case { name = "two are swapped", catches = "replaces one after another",
           args = { "abba", "baab" } }
    case { name = "the same text", args = { "buy now", "buy now" } }
    case { name = "one becomes what another was", args = { "abc", "bca" } }
    case { name = "upper case is different", args = { "aA", "xx" } }
    case { name = "with spaces and signs", args = { "a b-a", "@_#!@" } }
    case { name = "wrong at the last place", args = { "abcabcabc", "xyzxyzxyx" } }
    for i = 1, 2 do
      local text = random_text(rand(10, 80), 12, rand)
      case { name = "random, exchanged " .. i, args = { text, exchanged(text, rand) } }
    end
    for i = 1, 3 do
      local text = random_text(rand(10, 80), 9, rand)
      case { name = "random, with a slip " .. i,
             args = { text, with_a_slip(exchanged(text, rand), rand) } }
    end
    local text = random_text(4000, 95, rand)
    case { name = "4000 characters, exchanged", args = { text, exchanged(text, rand) } }
    case { name = "4000 characters, with a slip",
           args = { text, with_a_slip(exchanged(text, rand), rand) } }
  end,

  compare = "exact",

  -- No maps: two places hold equal characters in one text exactly when they do in the other.
  oracle = function(args)
    local a, b = args[1], args[2]
    if #a ~= #b then return false end
    for i = 1, #a do
      for j = i + 1, #a do
        if (a:byte(i) == a:byte(j)) ~= (b:byte(i) == b:byte(j)) then return false end
      end
    end
    return true
  end,

  reference = {
    lua = two_maps,
    python = [==[
def two_way_mapping(a, b):
    # Every pair of characters at the same place must fit to all pairs before it, both ways.
    if len(a) != len(b):
        return False
    to, back = {}, {}
    return all(to.setdefault(x, y) == y and back.setdefault(y, x) == x for x, y in zip(a, b))
]==],
  },

  wrong = {
    {
      name = "checks one way only",
      language = "lua",
      verdict = "WA",
      case = "two become one",
      why = "Each character of `a` always becomes the same one, which is checked, but two "
        .. "different ones may become the same. Keep the map back as well.",
      code = reference_with([==[
    if to[x] == nil and back[y] == nil then
      to[x], back[y] = y, x
    elseif to[x] ~= y or back[y] ~= x then
]==], [==[
    if to[x] == nil then
      to[x] = y
    elseif to[x] ~= y then
]==]),
    },
    {
      name = "checks the way back only",
      language = "lua",
      verdict = "WA",
      case = "one becomes two",
      why = "Two characters never become the same, which is checked, but one may become two "
        .. "different ones.",
      code = reference_with([==[
    if to[x] == nil and back[y] == nil then
      to[x], back[y] = y, x
    elseif to[x] ~= y or back[y] ~= x then
]==], [==[
    if back[y] == nil then
      back[y] = x
    elseif back[y] ~= x then
]==]),
    },
    {
      name = "stops at the shorter text",
      language = "python",
      verdict = "WA",
      case = "the second text is longer",
      why = "`zip` ends with the shorter text, and what the longer has beyond is never looked at. "
        .. "Compare the lengths first.",
      code = [==[
def two_way_mapping(a, b):
    to, back = {}, {}
    return all(to.setdefault(x, y) == y and back.setdefault(y, x) == x for x, y in zip(a, b))
]==],
    },
    {
      name = "compares how often",
      language = "lua",
      verdict = "WA",
      case = "the same counts, at other places",
      why = "Both texts have their characters equally often, but at different places. The counts "
        .. "are equal if `b` can be exchanged and shuffled to `a`.",
      code = [==[
function two_way_mapping(a, b)
  if #a ~= #b then return false end
  local function counts_of(text)
    local times, list = {}, {}
    for i = 1, #text do
      local letter = text:byte(i)
      times[letter] = (times[letter] or 0) + 1
    end
    for _, count in pairs(times) do list[#list + 1] = count end
    table.sort(list)
    return table.concat(list, ",")
  end
  return counts_of(a) == counts_of(b)
end
]==],
    },
    {
      name = "counts the different ones",
      language = "lua",
      verdict = "WA",
      case = "as many different ones",
      why = "The number of different characters is compared, in `a` and in `b`. It says nothing "
        .. "about places. The number of different pairs has to be the same as well.",
      code = [==[
function two_way_mapping(a, b)
  if #a ~= #b then return false end
  local function different(text)
    local seen, total = {}, 0
    for i = 1, #text do
      if not seen[text:byte(i)] then total = total + 1 end
      seen[text:byte(i)] = true
    end
    return total
  end
  return different(a) == different(b)
end
]==],
    },
    {
      name = "replaces one after another",
      language = "lua",
      verdict = "WA",
      case = "two are swapped",
      why = "The exchange is carried out on the text, one character after another. What was "
        .. "replaced first is replaced again when its new character's turn comes. All exchanges "
        .. "happen at once.",
      code = [==[
function two_way_mapping(a, b)
  if #a ~= #b then return false end
  local done, taken, text = {}, {}, a
  for i = 1, #a do
    local x, y = a:byte(i), b:byte(i)
    if not done[x] then
      if taken[y] then return false end
      done[x], taken[y] = true, true
      local bytes = {}
      for at = 1, #text do
        local byte = text:byte(at)
        bytes[at] = string.char(byte == x and y or byte)
      end
      text = table.concat(bytes)
    end
  end
  return text == b
end
]==],
    },
    {
      name = "looks for the first place again and again",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "At each place it searches both texts for the first occurrence of the character and "
        .. "compares the two. That is right, but the first occurrence can be far away, and the "
        .. "search is made at every place. Remember it in a map.",
      code = [==[
function two_way_mapping(a, b)
  if #a ~= #b then return false end
  for i = 1, #a do
    if a:find(a:sub(i, i), 1, true) ~= b:find(b:sub(i, i), 1, true) then return false end
  end
  return true
end
]==],
    },
    {
      name = "compares all pairs of places",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      case = "4000 characters, exchanged",
      why = "Whether two places are equal in `a` exactly when they are in `b` is the right "
        .. "question, but it need not be asked for all n² pairs.",
      code = [==[
function two_way_mapping(a, b)
  if #a ~= #b then return false end
  for i = 1, #a do
    for j = 1, #a do
      if (a:byte(i) == a:byte(j)) ~= (b:byte(i) == b:byte(j)) then return false end
    end
  end
  return true
end
]==],
    },
  },

  hints = {
    { text = "Go through both texts at once. What must you remember of the places before, to judge "
        .. "the next one?", cost_min = 1 },
    { text = "What each character has become. But is it enough to know this for the characters of "
        .. "`a`? Try `ab` and `xx`.", cost_min = 2 },
    { text = "Two maps, from `a` to `b` and back. At each place either both characters are new, "
        .. "and the pair is entered into both maps, or both maps must have exactly this pair.",
      cost_min = 3 },
  },

  follow_ups = {
    { ask = "Can you do it with one structure instead of two maps?",
      answer = "Compare for each place where its character was last seen: in both texts it must be "
        .. "the same place, or nowhere. Or count: the number of different characters of `a`, of "
        .. "`b` and of pairs must be the same." },
    { ask = "Group a thousand texts by this relation.",
      answer = "Write each text in a normal form: number its characters in the order of their "
        .. "first occurrence, so `sell` is 0 1 2 2. Texts belong together exactly if the forms are "
        .. "equal. Separate the numbers, or 1 2 and 12 run into each other." },
    { ask = "Words instead of characters: does the text follow the pattern `abba`?",
      answer = "The same with words as one side. The number of words must be that of the letters. "
        .. "If the text has no spaces, it is a search with backtracking." },
    { ask = "Spammers replace a by @ in one place and by 4 in another. Now?",
      answer = "Then it is no mapping any more. Fold look-alikes to one character first, with a "
        .. "table of confusable characters, and compare the folded texts. Expect false hits." },
    { ask = "What if the texts are Unicode?",
      answer = "Go by code points, or by graphemes if accents may be separate, and normalise both. "
        .. "Maps instead of arrays then, and memory grows with the number of different "
        .. "characters." },
  },

  explain = [==[
**Invariant.** After `i` places, `to` and `back` are inverse to each other and hold exactly the
pairs of characters that stood at the same place so far.

**Why it is right.** If both characters are new, the pair can be added, and the maps stay inverse.
If one of them is known, the pair must be the known one; otherwise a character of `a` would become
two, or two would become one, and no later place can mend that. When all places are passed, `to` is
the exchange that was asked for.

**Both directions.** That `to` is a function says: one character becomes one. That `back` is a
function says: two do not become the same. Neither follows from the other. `aa`, `xy` breaks the
first only, `ab`, `xx` the second only.

**Cost.** Two look-ups a place: O(n). The maps have at most 95 entries.

**Usual mistakes**

- *One direction.*
- *Counts.* Equal counts are necessary and not enough; places matter.
- *Different lengths*, when places are paired until one text ends.
- *Replacing in place*, one character after another: what was replaced is replaced again.
- *Searching for first occurrences* at every place.
]==],
}
