-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A log whose entries are chained by hashes, checked against a few hashes that are kept elsewhere.
-- The drill is about what a chain proves by itself and what it does not: a change in the middle
-- breaks it, while a new end, or a missing one, can only be seen from outside.

-- The reference. Most wrong answers are this text with one thing changed.
local one_walk = [==[
-- One walk: each entry against the hash before it, and against the anchor for its number if there
-- is one. What then remains of the anchors speaks of entries that are gone.
function audit_chain(entries, anchors)
  local before, next_anchor = "0000000000000000", 1
  for i, entry in ipairs(entries) do
    local text, hash = entry[1], entry[2]
    local h = 0xCBF29CE484222325
    for k = 1, #before do h = (h ~ before:byte(k)) * 0x100000001B3 end
    for k = 1, #text do h = (h ~ text:byte(k)) * 0x100000001B3 end
    if string.format("%016x", h) ~= hash then return { "altered", i - 1 } end
    local anchor = anchors[next_anchor]
    if anchor and anchor[1] == i then
      if anchor[2] ~= hash then return { "rewritten", i - 1 } end
      next_anchor = next_anchor + 1
    end
    before = hash
  end
  if anchors[next_anchor] then return { "truncated", #entries } end
  return { "ok", #entries }
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

local walk_through_anchors = [==[
    local anchor = anchors[next_anchor]
    if anchor and anchor[1] == i then
      if anchor[2] ~= hash then return { "rewritten", i - 1 } end
      next_anchor = next_anchor + 1
    end
]==]

local genesis = "0000000000000000"

local function fnv1a(text)
  local h = 0xCBF29CE484222325
  for i = 1, #text do h = (h ~ text:byte(i)) * 0x100000001B3 end
  return string.format("%016x", h)
end

-- A log of these texts as it should be.
local function log_of(texts)
  local entries, before = {}, genesis
  for i, text in ipairs(texts) do
    before = fnv1a(before .. text)
    entries[i] = { text, before }
  end
  return entries
end

local function anchors_at(entries, ...)
  local anchors = {}
  for k, count in ipairs { ... } do anchors[k] = { count, entries[count][2] } end
  return anchors
end

-- The first `count` entries; all of them when count is left out.
local function first_of(entries, count)
  local result = {}
  for i = 1, count or #entries do result[i] = { entries[i][1], entries[i][2] } end
  return result
end

-- What somebody does who changes entry `place` (from 1) and mends all the hashes behind it.
local function rewritten(entries, place, text)
  local texts = {}
  for i, entry in ipairs(entries) do texts[i] = i == place and text or entry[1] end
  return log_of(texts)
end

local function some_texts(n, rand)
  local texts = {}
  for i = 1, n do
    texts[i] = "mod" .. rand(1, 9) .. rand.pick { " removed ", " approved ", " banned " }
      .. rand(1, 999)
  end
  return texts
end

-- A log to which, perhaps, something was done.
local function suspicious(n, rand)
  local entries = log_of(some_texts(n, rand))
  local counts, at = {}, 0
  while true do
    at = at + rand(1, n // 2)
    if at > n then break end
    counts[#counts + 1] = at
  end
  local anchors = anchors_at(entries, table.unpack(counts))
  for _ = 1, rand(0, 2) do
    local what, place = rand(1, 4), rand(1, #entries)
    if what == 1 then entries[place][1] = entries[place][1] .. "0" end
    if what == 2 then entries = rewritten(entries, place, "nothing happened") end
    if what == 3 then entries = first_of(entries, place) end
    if what == 4 and #entries > 1 then table.remove(entries, place) end
  end
  return { entries, anchors }
end

return drill {
  id = "audit-chain",
  title = "Who touched the moderation log?",
  category = "pipelines",
  level = "easy",
  minutes = 20,
  covers = { "S09-C09" },
  signature = "audit_chain(entries: (string, string)[], anchors: (int, string)[]) "
    .. "-> (string, int)",

  statement = [==[
Every decision of a moderator or of a model is written to a log, and the log must not be changed
afterwards. So each entry is stored with a hash that covers the entry and the hash of the one
before. Every night the number of entries and the last hash are written down in another place, to
which those who run the log have no access: an anchor.

Given the `entries`, pairs of text and stored hash, and the `anchors`, pairs of a number of entries
and a hash, find out whether the log was touched, and where.

**The hash** of an entry is FNV-1a with 64 bits, as 16 hexadecimal digits in lower case with leading
zeros, of these bytes: the 16 digits of the hash that is **stored** with the entry before, or
sixteen `0` for the first entry, and then the entry's text.

    h = 0xCBF29CE484222325
    for each byte b, from the first to the last:
        h = (h ^ b) * 0x100000001B3

`h` is an unsigned 64-bit number, `^` is the bitwise exclusive or, and the product is taken modulo
2^64. The first entry of a log, if its text is `a`, has the hash 02d29dfc03a5d2cc.

**An anchor** `(count, hash)` says: when the log had `count` entries, the last of them was stored
with this hash.

**The answer** is a pair. Go through the entries from the first to the last, and for each of them
make the tests 1 and 2 in this order. Return what is found first:

1. `("altered", i)` if the stored hash of entry i is not the hash of the entry. Entries are counted
   from 0.
2. `("rewritten", i)` if there is an anchor whose count is i + 1, and its hash is not the stored
   hash of entry i.
3. After the last entry: `("truncated", n)` if there is an anchor whose count is greater than `n`,
   the number of entries.
4. `("ok", n)` otherwise.

**Conventions**

- Anchors come with their counts strictly ascending, from 1 on. There may be none. Trust them.
- Entries that came after the last anchor are normal and are tested by rule 1 alone.
- Texts are any UTF-8 texts and may be empty. A stored hash may be any text, if somebody put it
  there.
- The log may be empty.

**Cost.** Time may grow like the number of bytes in the log and the number of anchors.
]==],

  examples = {
    {
      args = { { { "a", "02d29dfc03a5d2cc" }, { "b", "3535684c83e3615a" } },
               { { 1, "02d29dfc03a5d2cc" } } },
      result = { "ok", 2 },
      note = "The second entry came after the anchor.",
    },
    {
      args = { { { "x", "02d29dfc03a5d2cc" }, { "b", "3535684c83e3615a" } },
               { { 1, "02d29dfc03a5d2cc" } } },
      result = { "altered", 0 },
      note = "The text of the first entry does not belong to its hash. The hash itself is "
        .. "untouched, so it agrees with the anchor.",
    },
    {
      args = { { { "x", "02d2b6fc03a5fd47" }, { "b", "39587b1c6fbe9644" } },
               { { 2, "3535684c83e3615a" } } },
      result = { "rewritten", 1 },
      note = "The text was changed and all hashes were mended. The chain is sound; the anchor "
        .. "knows better.",
    },
    {
      args = { { { "a", "02d29dfc03a5d2cc" } }, { { 2, "3535684c83e3615a" } } },
      result = { "truncated", 1 },
      note = "There were two entries once.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 200, 400, 800, 1600 },
    -- A sound log with an anchor at every second entry.
    input = function(n, rand)
      local texts, anchors = {}, {}
      for i = 1, n do texts[i] = "banned " .. rand(1000, 9999) end
      local entries = log_of(texts)
      for count = 2, n, 2 do anchors[#anchors + 1] = { count, entries[count][2] } end
      return { entries, anchors }
    end,
  },

  cases = function(rand, case)
    local function one(name, catches, entries, anchors)
      case { name = name, catches = catches, args = { entries, anchors } }
    end
    local sound = log_of { "ann removed 7", "bob banned x", "", "ann approved 9", "eve removed 1",
                           "bob banned y" }
    local changed_text = first_of(sound)
    changed_text[3][1] = "bob banned z"
    local changed_hash = first_of(sound)
    changed_hash[3][2] = "0123456789abcdef"
    local swapped = first_of(sound)
    swapped[2], swapped[3] = swapped[3], swapped[2]
    local removed = first_of(sound)
    table.remove(removed, 4)
    local mended = rewritten(sound, 3, "bob banned z")

    one("an empty log", nil, {}, {})
    one("one sound entry", nil, first_of(sound, 1), {})
    one("a sound log without anchors", nil, sound, {})
    one("the last entry is anchored", nil, sound, anchors_at(sound, 6))
    one("entries since the anchor", "allows nothing after the anchor", sound,
        anchors_at(sound, 1, 4))
    one("a text was changed in the middle", "trusts the stored hashes", changed_text,
        anchors_at(sound, 6))
    one("a text was changed, no anchors", "trusts the stored hashes", changed_text, {})
    one("a hash was changed in the middle", nil, changed_hash, {})
    one("two entries changed places", nil, swapped, anchors_at(sound, 6))
    one("an entry was taken out", nil, removed, {})
    one("the first entry was changed", "believes a sound chain", rewritten(sound, 1, "nothing"),
        anchors_at(sound, 1))
    one("the end was cut off", "does not miss the end", first_of(sound, 4),
        anchors_at(sound, 2, 5))
    one("everything is gone", "does not miss the end", {}, anchors_at(sound, 6))
    one("mended to the end", "believes a sound chain", mended, anchors_at(sound, 6))
    one("mended, and two anchors say so", "asks the last anchor only", mended,
        anchors_at(sound, 2, 4, 6))
    one("changed, and cut off as well", "counts first", first_of(changed_text, 4),
        anchors_at(sound, 6))
    one("mended, and cut off as well", "counts first", first_of(mended, 5),
        anchors_at(sound, 3, 6))
    one("mended after the last anchor", nil, rewritten(sound, 5, "nothing"), anchors_at(sound, 4))
    one("a stored hash in capitals", nil, { { "a", fnv1a(genesis .. "a"):upper() } }, {})
    for i = 1, 6 do case { name = "random " .. i, args = suspicious(rand(6, 25), rand) } end
    do
      local entries = log_of(some_texts(400, rand))
      one("400 sound entries", nil, entries, anchors_at(entries, 100, 300, 400))
      one("400 entries, mended from the 250th on", nil, rewritten(entries, 250, "nothing"),
          anchors_at(entries, 100, 200, 300, 400))
    end
  end,

  compare = "exact",

  -- Collects everything that is wrong and takes the first.
  oracle = function(args)
    local entries, anchors = args[1], args[2]
    local found = {}
    for i = 1, #entries do
      local before = i == 1 and genesis or entries[i - 1][2]
      if fnv1a(before .. entries[i][1]) ~= entries[i][2] then
        found[#found + 1] = { 2 * i, "altered", i - 1 }
      end
    end
    for _, anchor in ipairs(anchors) do
      local entry = entries[anchor[1]]
      if not entry then
        found[#found + 1] = { 2 * #entries + 2, "truncated", #entries }
      elseif entry[2] ~= anchor[2] then
        found[#found + 1] = { 2 * anchor[1] + 1, "rewritten", anchor[1] - 1 }
      end
    end
    local first = { math.huge, "ok", #entries }
    for _, one in ipairs(found) do
      if one[1] < first[1] then first = one end
    end
    return { first[2], first[3] }
  end,

  reference = {
    lua = one_walk,
    python = [==[
MASK = (1 << 64) - 1


def fnv1a(text):
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = (h ^ byte) * 0x100000001B3 & MASK
    return f"{h:016x}"


def audit_chain(entries, anchors):
    anchored = dict(anchors)
    before = "0" * 16
    for i, (text, stored) in enumerate(entries):
        if fnv1a(before + text) != stored:
            return ("altered", i)
        if anchored.get(i + 1, stored) != stored:
            return ("rewritten", i)
        before = stored
    if anchors and anchors[-1][0] > len(entries):
        return ("truncated", len(entries))
    return ("ok", len(entries))
]==],
    cpp = [==[
// One walk with a pointer into the anchors, which are sorted by their counts.
#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

std::string fnv1a(const std::string& text) {
  std::uint64_t h = 0xCBF29CE484222325;
  for (unsigned char byte : text) h = (h ^ byte) * 0x100000001B3;
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(h));
  return digits;
}

std::pair<std::string, long long> audit_chain(
    const std::vector<std::pair<std::string, std::string>>& entries,
    const std::vector<std::pair<long long, std::string>>& anchors) {
  const long long count = static_cast<long long>(entries.size());
  auto anchor = anchors.begin();
  std::string before(16, '0');
  for (long long i = 0; i < count; ++i) {
    const auto& [text, stored] = entries[static_cast<std::size_t>(i)];
    if (fnv1a(before + text) != stored) return {"altered", i};
    if (anchor != anchors.end() && anchor->first == i + 1) {
      if (anchor->second != stored) return {"rewritten", i};
      ++anchor;
    }
    before = stored;
  }
  if (anchor != anchors.end()) return {"truncated", count};
  return {"ok", count};
}
]==],
  },

  wrong = {
    {
      name = "allows nothing after the anchor",
      language = "lua",
      verdict = "WA",
      case = "entries since the anchor",
      why = "The last anchor is held against the last entry. The log has grown since the anchor "
        .. "was written: an anchor speaks of the entry at its count.",
      code = changed(one_walk, '  return { "ok", #entries }\n', [==[
  if #anchors > 0 and anchors[#anchors][1] < #entries then return { "rewritten", #entries - 1 } end
  return { "ok", #entries }
]==]),
    },
    {
      name = "trusts the stored hashes",
      language = "lua",
      verdict = "WA",
      case = "a text was changed in the middle",
      why = "The stored hashes are compared with the anchors and never computed from the texts. "
        .. "Any text can then be changed, as long as its hash is left alone.",
      code = changed(one_walk,
        '    if string.format("%016x", h) ~= hash then return { "altered", i - 1 } end\n', ""),
    },
    {
      name = "compares the last hash",
      language = "lua",
      verdict = "WA",
      case = "a text was changed in the middle",
      why = "The chain is computed from the texts alone, and its end compared with the last stored "
        .. "hash. That shows that something was changed, and not where.",
      code = changed(changed(one_walk,
        'if string.format("%016x", h) ~= hash then',
        'local computed = string.format("%016x", h)\n'
        .. "    if i == #entries and computed ~= hash then"),
        "    before = hash\n", "    before = computed\n"),
    },
    {
      name = "does not miss the end",
      language = "lua",
      verdict = "WA",
      case = "the end was cut off",
      why = "A log without its last entries is a sound chain. Only an anchor with a higher count "
        .. "says that there was more.",
      code = changed(one_walk,
        '  if anchors[next_anchor] then return { "truncated", #entries } end\n', ""),
    },
    {
      name = "believes a sound chain",
      language = "lua",
      verdict = "WA",
      case = "the first entry was changed",
      why = "Anchors are used for their counts only. Whoever can write the log can mend all hashes "
        .. "behind a change, and the chain is sound again.",
      code = changed(one_walk,
        '      if anchor[2] ~= hash then return { "rewritten", i - 1 } end\n', ""),
    },
    {
      name = "asks the last anchor only",
      language = "lua",
      verdict = "WA",
      case = "mended, and two anchors say so",
      why = "Only the newest anchor is compared, so the change is placed between the beginning and "
        .. "now. The first anchor that disagrees narrows it down to a night.",
      code = changed(one_walk, 'local before, next_anchor = "0000000000000000", 1',
                     'local before, next_anchor = "0000000000000000", math.max(1, #anchors)'),
    },
    {
      name = "counts first",
      language = "lua",
      verdict = "WA",
      case = "changed, and cut off as well",
      why = "The number of entries is tested before the entries are. What is found first on the "
        .. "way from the first entry is due.",
      code = changed(one_walk, '  local before, next_anchor = "0000000000000000", 1\n', [==[
  local before, next_anchor = "0000000000000000", 1
  if #anchors > 0 and anchors[#anchors][1] > #entries then return { "truncated", #entries } end
]==]),
    },
    {
      name = "follows the chain from its start each time",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "For each entry the chain is computed anew from the first. The hash before it has just "
        .. "been checked: go on from there.",
      code = changed(one_walk, [==[
    local h = 0xCBF29CE484222325
    for k = 1, #before do h = (h ~ before:byte(k)) * 0x100000001B3 end
    for k = 1, #text do h = (h ~ text:byte(k)) * 0x100000001B3 end
]==], [==[
    local h
    before = "0000000000000000"
    for j = 1, i do
      h = 0xCBF29CE484222325
      for k = 1, #before do h = (h ~ before:byte(k)) * 0x100000001B3 end
      for k = 1, #entries[j][1] do h = (h ~ entries[j][1]:byte(k)) * 0x100000001B3 end
      before = entries[j][2]
    end
]==]),
    },
    {
      name = "searches all anchors for each entry",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The anchors are searched from the first at each entry. Both lists ascend, so a "
        .. "pointer that moves along is enough; so is a map by count.",
      code = changed(one_walk, walk_through_anchors, [==[
    for k, anchor in ipairs(anchors) do
      if anchor[1] == i then
        if anchor[2] ~= hash then return { "rewritten", i - 1 } end
        next_anchor = k + 1
      end
    end
]==]),
    },
  },

  hints = {
    { text = "What do you need to know about the entries before entry i to check it?",
      cost_min = 1 },
    { text = "Only the hash stored with the one before. So one walk is enough, and it stops at the "
        .. "first thing that is wrong.", cost_min = 2 },
    { text = "Keep `before`, beginning with sixteen zeros, and a pointer to the next anchor. For "
        .. "each entry compute the hash of before and text and compare; if the next anchor has "
        .. "this count, compare it and move on. If an anchor is left at the end, entries are "
        .. "missing.",
      cost_min = 3 },
  },

  follow_ups = {
    { ask = "Would you use this hash for a real log?",
      answer = "Never: with FNV-1a anybody finds another text with the same hash in no time. Take "
        .. "SHA-256. It stands here because it can be typed in an interview." },
    { ask = "Why not sign each entry, without any chain?",
      answer = "A signature proves that an entry was written by the holder of the key. It does not "
        .. "show that an entry is missing, or that two changed places, and the holder can sign "
        .. "anything again. Chain and anchor show that; use both." },
    { ask = "Personal data in the log must be erased on request. Then the chain breaks.",
      answer = "Keep the personal part outside and chain a salted hash of it, or encrypt it with a "
        .. "key for each person and destroy the key. The chain stays sound and the text is gone. "
        .. "The salt must go too, or the text can be guessed." },
    { ask = "An auditor wants to check one entry of a log with a billion entries.",
      answer = "A chain must be walked from the last anchor. A Merkle tree proves one entry with "
        .. "about 30 hashes, and that an older tree is a prefix of the newer one with as many." },
    { ask = "How often do you anchor, and where?",
      answer = "What was written since the last anchor can be rewritten unseen, so as often as you "
        .. "can bear to lose. Anywhere the operators of the log cannot write: another team's store "
        .. "with write-once retention, or a public log." },
  },

  explain = [==[
**Invariant.** When entry i is looked at, all entries before it have the hashes that they should,
given those before them, and all anchors up to there agree.

**What the chain proves.** If entry i passes rule 1, its text and the hash before it are those that
were hashed. So an anchor that agrees at count c vouches for all of the first c entries: changing,
removing, adding or moving one of them changes its hash and, mending or not, the one at c.

**What it does not prove.** Every prefix of a sound chain is a sound chain, and whoever can write
can mend. Both are visible only against something that was kept elsewhere, hence rules 2 and 3.
Since the walk tests the anchors in order, the change that rule 2 reports lies between the last
anchor that agrees and the one that does not.

**Cost.** Each byte is hashed once, and each hash of sixteen digits once more.

**Usual mistakes**

- *Comparing stored hashes with each other* and never with the texts.
- *A missing end.* Nothing inside the log says how long it was.
- *A mended chain.* Soundness is no proof of honesty.
- *The newest anchor alone*: it says that, and not where.
- *Quadratic checks*: the chain is made so that one step needs only the step before.
]==],
}
