-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- One short text for a whole feature set, equal in training and in service if and only if a model
-- would read the same thing. The drill is about what belongs into the hash, what must not, and a
-- way to write it down that two programs in two languages cannot read differently.

-- The reference. Most wrong answers are this text with one thing changed.
local sorted_by_name = [==[
-- Features in the order of their names, every text with its length in front, one hash over all.
local function with_length(text) return #text .. ":" .. text end

function schema_hash(features)
  local sorted = table.move(features, 1, #features, 1, {})
  table.sort(sorted, function(a, b) return a[1] < b[1] end)
  local parts = {}
  for _, feature in ipairs(sorted) do
    local name, type_name, levels = feature[1], feature[2], feature[3]
    parts[#parts + 1] = with_length(name) .. with_length(type_name) .. #levels .. ";"
    for _, level in ipairs(levels) do parts[#parts + 1] = with_length(level) end
  end
  local h = 0xCBF29CE484222325
  for _, part in ipairs(parts) do
    for i = 1, #part do h = (h ~ part:byte(i)) * 0x100000001B3 end
  end
  return string.format("%016x", h)
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

local by_name = "  table.sort(sorted, function(a, b) return a[1] < b[1] end)\n"

-- The text of one feature, and the hash of any text: for the oracle, and to look for special cases.
local function text_of(feature)
  local text = string.format("%d:%s%d:%s%d;", #feature[1], feature[1], #feature[2], feature[2],
                             #feature[3])
  for _, level in ipairs(feature[3]) do text = text .. #level .. ":" .. level end
  return text
end

local function fnv1a(text)
  local h = 0xCBF29CE484222325
  for i = 1, #text do h = (h ~ text:byte(i)) * 0x100000001B3 end
  return string.format("%016x", h)
end

local function feature_with_a_zero()
  local number = 1
  while fnv1a(text_of({ "f" .. number, "int", {} })):sub(1, 1) ~= "0" do number = number + 1 end
  return { "f" .. number, "int", {} }
end

local function feature_set(n, rand)
  local features, types = {}, { "int", "float", "string", "bool" }
  for i = 1, n do
    local levels = {}
    if rand(1, 3) == 1 then
      for k = 1, rand(1, 4) do levels[k] = rand.pick { "a", "b", "c" } .. 10 * k end
    end
    features[i] = { rand.pick { "user_", "post_", "Sub" } .. i, rand.pick(types), levels }
  end
  return rand.shuffle(features)
end

return drill {
  id = "schema-hash",
  title = "Sixteen digits for a feature set",
  category = "pipelines",
  level = "easy",
  minutes = 15,
  covers = { "S06-C07", "S05-C07" },
  signature = "schema_hash(features: (string, string, string[])[]) -> string",

  statement = [==[
A model is trained by a job in one language and served by a program in another. Both know the list
of its features. When they disagree, nothing fails: the model only gets worse. So both compute a
hash of what they know, the job stores it with the model, and the server refuses a model whose hash
is not its own.

A feature is its name, its type, and its levels: the texts that a categorical feature may have, in
the order in which they are numbered for the model. A feature that is not categorical has no levels.

Given the `features` in any order, return the hash.

**Rules**

1. The features are taken in ascending order of their names, compared byte by byte: `B` comes before
   `a`, and `user10` before `user2`.
2. A text is written as its length in bytes, in decimal, a colon, and the text itself: `int` is
   `3:int`, and the empty text is `0:`.
3. A feature is written as its name (rule 2), its type (rule 2), the number of its levels in
   decimal, a semicolon, and its levels (rule 2) in the order given. That order means something and
   is kept.
4. All features are written one after the other with nothing in between. The hash is FNV-1a of these
   bytes, with 64 bits, as 16 hexadecimal digits in lower case with leading zeros:

        h = 0xCBF29CE484222325
        for each byte b, from the first to the last:
            h = (h ^ b) * 0x100000001B3

   `h` is an unsigned 64-bit number, `^` is the bitwise exclusive or, and the product is taken
   modulo 2^64. The hash of no bytes at all is `cbf29ce484222325`.

**Conventions**

- Names are different. Names, types and levels are UTF-8 texts of any bytes, colons, semicolons and
  digits included; all may be empty.
- A level may occur twice in a feature. Each is written.
- The list of features may be empty.
- Do not change the input.

**Cost.** O(n log n) for `n` features, beside the time to read their bytes.
]==],

  examples = {
    {
      args = { { { "age", "int", {} } } },
      result = "09bce3f18e8e0192",
      note = "The bytes are 3:age3:int0; and the hash begins with a zero.",
    },
    {
      args = { { { "lang", "cat", { "en", "de" } }, { "age", "int", {} } } },
      result = "6a8ab52fbb8663d0",
      note = "The bytes are 3:age3:int0;4:lang3:cat2;2:en2:de. The age comes first, and the levels "
        .. "stay as they are.",
    },
    {
      args = { { { "age", "int", {} }, { "lang", "cat", { "de", "en" } } } },
      result = "7155617eb7d2c41c",
      note = "In this feature set German is level 0 and English 1, so a model that was trained on "
        .. "the one before must not be served with it.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    -- Names in falling order.
    input = function(n, rand)
      local features, top = {}, 10000 * rand(2, 8)
      for i = 1, n do features[i] = { "f" .. top - i, "int", {} } end
      return { features }
    end,
  },

  cases = function(rand, case)
    local function one(name, catches, ...)
      case { name = name, catches = catches, args = { { ... } } }
    end
    one("no features", nil)
    one("one feature", "leaves the type out", { "score", "int", {} })
    one("another type", "leaves the type out", { "score", "bool", {} })
    one("a hash that begins with a zero", "loses leading zeros", feature_with_a_zero())
    one("two features, sorted", "adds up the hashes of features", { "age", "int", {} },
        { "bio", "string", {} })
    one("two features, not sorted", "keeps the order of listing", { "bio", "string", {} },
        { "age", "int", {} })
    one("levels out of order", "sorts the levels", { "lang", "cat", { "en", "de", "fr" } })
    one("a level twice", "takes the levels for a set", { "lang", "cat", { "de", "de" } })
    one("a longer name that comes first", "sorts what is written", { "aa", "int", {} },
        { "b", "int", {} })
    one("capitals", "sorts like a dictionary", { "b", "int", {} }, { "C", "int", {} },
        { "a", "int", {} })
    one("beyond ASCII", "counts characters", { "größe", "int", {} })
    one("levels beyond ASCII", "counts characters", { "mood", "cat", { "😀", "é", "" } })
    one("numbers in names", nil, { "user2", "int", {} }, { "user10", "int", {} },
        { "user1", "int", {} })
    one("texts like the format", nil, { "1:a", "3:int0;", { "0;", ":" } }, { "", "", { "" } })
    one("a comma is a letter", nil, { "a,b", "cat", { "x,y" } }, { "a", "cat", { "x", "y" } })
    for i = 1, 4 do
      case { name = "random " .. i, args = { feature_set(rand(3, 40), rand) } }
    end
    case { name = "3000 features", args = { feature_set(3000, rand) } }
  end,

  compare = "exact",

  -- Takes the least name again and again.
  oracle = function(args)
    local taken, text = {}, ""
    for _ = 1, #args[1] do
      local least
      for i, feature in ipairs(args[1]) do
        if not taken[i] and (not least or feature[1] < args[1][least][1]) then least = i end
      end
      taken[least] = true
      text = text .. text_of(args[1][least])
    end
    return fnv1a(text)
  end,

  reference = {
    lua = sorted_by_name,
    python = [==[
MASK = (1 << 64) - 1


def written(text):
    data = text.encode()
    return b"%d:%s" % (len(data), data)


def schema_hash(features):
    h = 0xCBF29CE484222325
    for name, type_name, levels in sorted(features, key=lambda feature: feature[0].encode()):
        data = written(name) + written(type_name) + b"%d;" % len(levels)
        for byte in data + b"".join(map(written, levels)):
            h = (h ^ byte) * 0x100000001B3 & MASK
    return f"{h:016x}"
]==],
  },

  wrong = {
    {
      name = "leaves the type out",
      language = "lua",
      verdict = "WA",
      case = "one feature",
      why = "Only names and levels are hashed. A feature that turns from a whole number of seconds "
        .. "into a float of minutes keeps its hash.",
      code = changed(sorted_by_name, "with_length(name) .. with_length(type_name)",
                     "with_length(name)"),
    },
    {
      name = "loses leading zeros",
      language = "lua",
      verdict = "WA",
      case = "a hash that begins with a zero",
      why = "The hash is written with as many digits as it needs. One in sixteen then differs from "
        .. "what the other side writes.",
      code = changed(sorted_by_name, "%016x", "%x"),
    },
    {
      name = "adds up the hashes of features",
      language = "lua",
      verdict = "WA",
      case = "two features, sorted",
      why = "The features are hashed one by one and combined by exclusive or. That needs no order, "
        .. "but it is another hash than the other side computes, and two equal parts cancel out.",
      code = changed(changed(sorted_by_name, [==[
  local h = 0xCBF29CE484222325
  for _, part in ipairs(parts) do
    for i = 1, #part do h = (h ~ part:byte(i)) * 0x100000001B3 end
  end
]==], [==[
  local h = #features == 0 and 0xCBF29CE484222325 or 0
  for _, part in ipairs(parts) do
    local one = 0xCBF29CE484222325
    for i = 1, #part do one = (one ~ part:byte(i)) * 0x100000001B3 end
    h = h ~ one
  end
]==]), "    for _, level in ipairs(levels) do parts[#parts + 1] = with_length(level) end\n", [==[
    for _, level in ipairs(levels) do parts[#parts] = parts[#parts] .. with_length(level) end
]==]),
    },
    {
      name = "keeps the order of listing",
      language = "lua",
      verdict = "WA",
      case = "two features, not sorted",
      why = "The hash depends on the order in which the features are listed. Both sides read them "
        .. "from maps, so it differs although nothing else does.",
      code = changed(sorted_by_name, by_name, ""),
    },
    {
      name = "sorts the levels",
      language = "lua",
      verdict = "WA",
      case = "levels out of order",
      why = "The levels are sorted like the features. Their order is their numbering: when it "
        .. "changes, every category means another one, and that must change the hash.",
      code = changed(sorted_by_name, "    for _, level in ipairs(levels) do",
        "    levels = table.move(levels, 1, #levels, 1, {})\n    table.sort(levels)\n"
        .. "    for _, level in ipairs(levels) do"),
    },
    {
      name = "takes the levels for a set",
      language = "lua",
      verdict = "WA",
      case = "a level twice",
      why = "A level that occurs twice is written once. The second one has a number too.",
      code = changed(sorted_by_name,
        "    parts[#parts + 1] = with_length(name)", [==[
    local set, seen = {}, {}
    for _, level in ipairs(levels) do
      if not seen[level] then set[#set + 1] = level end
      seen[level] = true
    end
    levels = set
    parts[#parts + 1] = with_length(name)]==]),
    },
    {
      name = "sorts what is written",
      language = "lua",
      verdict = "WA",
      case = "a longer name that comes first",
      why = "The finished texts are sorted. They begin with a length, so short names come first "
        .. "whatever their letters are.",
      code = changed(sorted_by_name, "return a[1] < b[1]",
                     "return with_length(a[1]) < with_length(b[1])"),
    },
    {
      name = "sorts like a dictionary",
      language = "lua",
      verdict = "WA",
      case = "capitals",
      why = "Names are compared without regard to capitals, or by the rules of a locale. Then the "
        .. "hash depends on the machine's settings. Compare bytes.",
      code = changed(sorted_by_name, "return a[1] < b[1]", "return a[1]:lower() < b[1]:lower()"),
    },
    {
      name = "counts characters",
      language = "lua",
      verdict = "WA",
      case = "beyond ASCII",
      why = "The length is counted in characters. Languages do not agree on what a character is; a "
        .. "length in bytes of UTF-8 is the same everywhere.",
      code = changed(sorted_by_name, "return #text ..", "return utf8.len(text) .."),
    },
    {
      name = "inserts each feature at its place",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each feature is inserted into a sorted list, which moves all that come after it: n²/2 "
        .. "moves when the names come in falling order.",
      code = changed(changed(sorted_by_name, by_name, ""),
        "  local sorted = table.move(features, 1, #features, 1, {})\n", [==[
  local sorted = {}
  for _, feature in ipairs(features) do
    local at = #sorted + 1
    while at > 1 and feature[1] < sorted[at - 1][1] do
      sorted[at] = sorted[at - 1]
      at = at - 1
    end
    sorted[at] = feature
  end
]==]),
    },
  },

  hints = {
    { text = "Of three orders in the input, one means something: that of the levels. That of the "
        .. "features does not, so you choose it.", cost_min = 1 },
    { text = "Sort by name, by bytes: Lua and C++ do that by themselves for ASCII; in Python "
        .. "compare the encoded names. Take all lengths in bytes too.", cost_min = 2 },
    { text = "Sort a copy of the list; write each feature as name, type, number of levels, "
        .. "semicolon and levels, each text behind its length and a colon; run all bytes through "
        .. "one hash; print it with %016x.", cost_min = 3 },
  },

  follow_ups = {
    { ask = "Why the lengths? A comma in between would do.",
      answer = "Only while no name holds a comma. Without lengths two different feature sets can "
        .. "be written as the same bytes, and the hash cannot tell them apart, however good it is. "
        .. "With lengths the bytes can be read back in one way only." },
    { ask = "Server and model disagree. What does the hash tell you?",
      answer = "That they do, not where. Keep the written schema beside its hash, and show the "
        .. "difference by name: missing, added, another type, other levels. Or hash each feature "
        .. "too, and compare those." },
    { ask = "A feature was added that the model does not use. Must the hash change?",
      answer = "Not that of the model: hash the features the model reads, not all that exist. "
        .. "Otherwise every new feature takes all old models out of service." },
    { ask = "The code of a feature changed, its name and type did not.",
      answer = "This hash does not see it. Put the version of the code, or a hash of it and of "
        .. "what it reads, into the schema. What remains are changes in the data itself, which "
        .. "only comparing distributions can find." },
    { ask = "Where is the hash checked?",
      answer = "When the model is loaded, so that a bad pair never gets traffic; in each log line, "
        .. "so that training rows from two schemas are not mixed; and in the build, where the "
        .. "sides are compared before anything is released." },
  },

  explain = [==[
**Invariant.** The bytes are a function of the feature set and can be read back into it: a length
says where its text ends, the number of levels says where the feature ends. So different sets give
different bytes, and the same set gives the same bytes, however it is listed.

**Why sorting is enough.** Names are different, so ascending order by bytes is one order and no
more. Byte order needs no locale, and for UTF-8 it is also the order of the code points.

**What belongs in.** Whatever changes the numbers that the model reads: which features there are,
their types, the numbering of categories. What must stay out is what differs by accident: the order
of a map, the settings of a machine, the time of the build.

**Cost.** Sorting n names, and one multiplication a byte.

**Usual mistakes**

- *The order of a map in the hash*, so that the alarm rings for nothing, and is switched off.
- *Sorting too much.* The order of levels is meaning, not accident.
- *Combining hashes by exclusive or or by a sum* to get rid of the order. Equal parts cancel, and
  parts of two features can be exchanged unseen.
- *Separators* that may occur in names.
- *Characters for bytes, a locale's order, missing zeros*: the three places where languages differ.
]==],
}
