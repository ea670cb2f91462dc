-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Feature hashing with signs. The drill is about an unsigned remainder in languages whose integers
-- are signed, about bytes and not letters, and about collisions that must be able to cancel.

local fields = { "country", "device", "topic", "hour", "surface", "größe" }

-- `n` features whose names come from `kinds` different ones.
local function row(n, kinds, rand)
  local names, values = {}, {}
  for i = 1, n do
    names[i] = rand.pick(fields) .. "=" .. rand(1, kinds)
    values[i] = (rand.float() - 0.5) * 8
  end
  return names, values
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local signed_sum = [==[
-- Lua's integers wrap as unsigned ones do; only the remainder needs care. It is taken of the upper
-- 63 bits first, which are never negative.
local function remainder(h, m)
  return ((h >> 1) % m * 2 + (h & 1)) % m
end

function hash_features(names, values, buckets)
  local result = {}
  for place = 1, buckets do result[place] = 0.0 end
  for i, name in ipairs(names) do
    local h = 0xcbf29ce484222325
    for k = 1, #name do h = (h ~ name:byte(k)) * 0x100000001b3 end
    local place = remainder(h, buckets) + 1
    local sign = h * 0x9e3779b97f4a7c15 < 0 and -1 or 1
    result[place] = result[place] + sign * values[i]
  end
  return result
end
]==]

local function reference_with(old, new)
  local first, last = signed_sum:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return signed_sum:sub(1, first - 1) .. new .. signed_sum:sub(last + 1)
end

return drill {
  id = "hashing-trick",
  title = "A million feature names in a thousand places",
  category = "models",
  level = "easy",
  minutes = 20,
  covers = { "S01-C05", "S12-C03" },
  signature = "hash_features(names: string[], values: float[], buckets: int) -> float[]",

  statement = [==[
A feed model has features such as `topic=chess` or `user=40317`. New names appear every hour and no
table of them is kept. Instead each name is hashed to one of `buckets` places, and the model has one
weight per place.

Given the `names` and `values` of one row, return its vector: a list of `buckets` numbers. Each feature
adds its value, multiplied with a sign, to one place.

The **hash** `h` of a name is its 64-bit FNV-1a hash. Begin with `h = 14695981039346656037`
(`0xcbf29ce484222325`). For each byte of the name, first replace `h` by `h xor byte`, then by the low
64 bits of `h · 1099511628211` (`0x100000001b3`). All numbers are unsigned.

The **place** is `h mod buckets`, with `h` taken as unsigned. Places are counted from 0; place 0 is the
first element of the result.

The **sign** is -1 if the top bit (bit 63) of `h · 0x9e3779b97f4a7c15` is set, taking the low 64 bits of
the product, and +1 if it is not.

**Conventions**

- `names` and `values` have the same length `n ≥ 0`. Values are finite.
- A name is UTF-8 text and is hashed byte by byte. The empty name is allowed; its hash is the number
  that `h` begins with.
- `1 ≤ buckets ≤ 10^6`. It need not be a power of two.
- A name may occur several times, and several names may share a place. All of them add up.
- For tests: the hash of `a` is `0xaf63dc4c8601ec8c`.
- An error of 10^-9 is allowed in each place (relative to the value where that is above 1). Do not
  change the input.

**Cost.** Time must grow like the total length of the names plus `buckets`. Memory may grow like
`buckets`.
]==],

  examples = {
    {
      args = { { "price", "country=de" }, { 2.5, 1.0 }, 8 },
      result = { 0.0, 0.0, 2.5, 0.0, 0.0, 0.0, 0.0, -1.0 },
      note = "`price` has place 2 and sign +1, `country=de` place 7 and sign -1.",
    },
    {
      args = { { "surface=home", "topic=art" }, { 1.0, 1.0 }, 4 },
      result = { 0.0, 0.0, 0.0, 0.0 },
      note = "Both have place 0, with opposite signs.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 2000, 4000, 8000, 16000 },
    -- Half as many places as features.
    input = function(n, rand)
      local names, values = row(n, 9, rand)
      return { names, values, n // 2 }
    end,
  },

  cases = function(rand, case)
    case { name = "no features", args = { {}, {}, 3 } }
    case { name = "one feature", catches = "multiplies first", args = { { "price" }, { 2.5 }, 8 } }
    case { name = "an odd hash with a positive sign", catches = "takes the sign from the lowest bit",
           args = { { "device=ios" }, { 1.0 }, 8 } }
    case { name = "two names in one place", catches = "keeps the last of a place",
           args = { { "price", "topic=art" }, { 1.0, 2.0 }, 2 } }
    case { name = "two names cancel", catches = "only adds",
           args = { { "surface=home", "topic=art" }, { 1.0, 1.0 }, 8 } }
    case { name = "the top bit is set, a power of two", catches = "a place below zero",
           args = { { "user=7" }, { 3.0 }, 8 } }
    case { name = "the top bit is set, ten places", catches = "takes the remainder with a sign",
           args = { { "ad=5" }, { 1.0 }, 10 } }
    case { name = "letters beyond ASCII", catches = "hashes letters",
           args = { { "topic=猫" }, { 1.0 }, 8 } }
    case { name = "an accent", catches = "takes bytes with a sign", args = { { "topic=café" }, { 1.0 }, 6 } }
    case { name = "the empty name", args = { { "" }, { 1.0 }, 7 } }
    case { name = "capital letters and spaces", catches = "tidies the names up",
           args = { { "A", "a", " a", "a " }, { 1.0, 2.0, 4.0, 8.0 }, 100 } }
    case { name = "an accent of its own", catches = "tidies the names up",
           args = { { "caf\u{e9}", "cafe\u{301}" }, { 1.0, 2.0 }, 100 } }
    case { name = "a single place",
           args = { { "price", "country=de", "hour=7", "ad=1" }, { 1.0, 2.0, 4.0, 8.0 }, 1 } }
    case { name = "the same name twice", args = { { "bias", "bias" }, { 1.5, -4.0 }, 5 } }
    case { name = "a value of zero", args = { { "price", "ad=2" }, { 0.0, 1.0 }, 3 } }
    case { name = "many places, few names", args = { { "price", "ad=3" }, { 1.0, 1.0 }, 150 } }
    for i = 1, 4 do
      local names, values = row(rand(3, 40), 30, rand)
      case { name = "random " .. i, args = { names, values, rand(1, 40) } }
    end
    for i = 1, 2 do
      local names, values = row(rand(3, 40), 30, rand)
      case { name = "random, a power of two " .. i, args = { names, values, 1 << rand(0, 6) } }
    end
    local names, values = row(2000, 500, rand)
    case { name = "2000 features", args = { names, values, 1000 } }
    names, values = row(3000, 9, rand)
    case { name = "3000 features, 64 places", args = { names, values, 64 } }
  end,

  compare = { tolerance = 1e-9 },
  pitfalls = {
    ["tidies the names up"] = "The bytes are hashed as they stand. With small letters, cut spaces or joined "
      .. "accents a name gets another place than where the model was trained.",
  },

  -- Numbers as eight digits to the base 256, lowest first, multiplied as on paper. Each place then
  -- looks for its features.
  oracle = function(args)
    local function times(digits, by)
      local result = {}
      for i = 1, 8 do result[i] = 0 end
      for i = 1, 8 do
        for k = 1, 9 - i do
          result[i + k - 1] = result[i + k - 1] + digits[i] * (by[k] or 0)
        end
      end
      for i = 1, 8 do
        if i < 8 then result[i + 1] = result[i + 1] + result[i] // 256 end
        result[i] = result[i] % 256
      end
      return result
    end
    local names, values, buckets = args[1], args[2], args[3]
    local places, signs, vector = {}, {}, {}
    for i = 1, #names do
      local h = { 0x25, 0x23, 0x22, 0x84, 0xe4, 0x9c, 0xf2, 0xcb }
      for k = 1, #names[i] do
        h[1] = h[1] ~ names[i]:byte(k)
        h = times(h, { 0xb3, 0x01, 0, 0, 0, 0x01 })
      end
      local place = 0
      for digit = 8, 1, -1 do place = (place * 256 + h[digit]) % buckets end
      local mixed = times(h, { 0x15, 0x7c, 0x4a, 0x7f, 0xb9, 0x79, 0x37, 0x9e })
      places[i], signs[i] = place, mixed[8] >= 128 and -1 or 1
    end
    for place = 0, buckets - 1 do
      local sum = 0
      for i = 1, #names do
        if places[i] == place then sum = sum + signs[i] * values[i] end
      end
      vector[place + 1] = sum
    end
    return vector
  end,

  reference = {
    lua = signed_sum,
    python = [==[
MASK = (1 << 64) - 1


def fnv1a(data):
    h = 0xCBF29CE484222325
    for byte in data:
        h = (h ^ byte) * 0x100000001B3 & MASK
    return h


def hash_features(names, values, buckets):
    vector = [0.0] * buckets
    for name, value in zip(names, values):
        h = fnv1a(name.encode())
        negative = h * 0x9E3779B97F4A7C15 >> 63 & 1
        vector[h % buckets] += -value if negative else value
    return vector
]==],
    cpp = [==[
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace {

// A char may be signed, and a negative one would flip all upper bits: hence the unsigned char.
std::uint64_t fnv1a(const std::string& text) {
  std::uint64_t h = 0xcbf29ce484222325;
  for (const unsigned char byte : text) h = (h ^ byte) * 0x100000001b3;
  return h;
}

}  // namespace

std::vector<double> hash_features(const std::vector<std::string>& names,
                                  const std::vector<double>& values, long long buckets) {
  std::vector<double> vector(static_cast<std::size_t>(buckets));
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::uint64_t h = fnv1a(names[i]);
    const bool negative = h * 0x9e3779b97f4a7c15 >> 63;
    vector[h % vector.size()] += negative ? -values[i] : values[i];
  }
  return vector;
}
]==],
  },

  wrong = {
    {
      name = "takes the remainder with a sign",
      language = "lua",
      verdict = "WA",
      case = "the top bit is set, ten places",
      why = "The hash is held in a signed integer, so half of all hashes are negative. The remainder "
        .. "of h - 2^64 is that of h only when buckets divides 2^64, that is for powers of two.",
      code = reference_with("return ((h >> 1) % m * 2 + (h & 1)) % m", "return h % m"),
    },
    {
      name = "a place below zero",
      language = "lua",
      verdict = "RTE",
      case = "the top bit is set, a power of two",
      why = "In C, C++ and Java, and with Lua's math.fmod, the remainder of a negative number is "
        .. "negative. The place lies before the first element.",
      code = reference_with("return ((h >> 1) % m * 2 + (h & 1)) % m", "return math.fmod(h, m)"),
    },
    {
      name = "only adds",
      language = "lua",
      verdict = "WA",
      case = "two names cancel",
      why = "Without signs every collision raises the place: the inner product of two unrelated rows is "
        .. "too high on average. With signs a collision is as often too low, so the error has mean 0.",
      code = reference_with("h * 0x9e3779b97f4a7c15 < 0 and -1 or 1", "1"),
    },
    {
      name = "takes the sign from the lowest bit",
      language = "lua",
      verdict = "WA",
      case = "an odd hash with a positive sign",
      why = "With an even number of places the lowest bit of the hash is also the lowest bit of the "
        .. "place. All names of a place then have the same sign, and nothing ever cancels. The sign "
        .. "must not depend on what decided the place.",
      code = reference_with("h * 0x9e3779b97f4a7c15 < 0 and -1 or 1", "(h & 1 == 1) and -1 or 1"),
    },
    {
      name = "keeps the last of a place",
      language = "lua",
      verdict = "WA",
      case = "two names in one place",
      why = "A feature that finds its place taken replaces what was there. Features of a place add up.",
      code = reference_with("result[place] + sign * values[i]", "sign * values[i]"),
    },
    {
      name = "multiplies first",
      language = "lua",
      verdict = "WA",
      case = "one feature",
      why = "Multiplying before the xor is FNV-1, without the a. The last byte then changes only the "
        .. "lowest eight bits. A server that hashes otherwise than the trainer reads other weights.",
      code = reference_with("h = (h ~ name:byte(k)) * 0x100000001b3",
        "h = h * 0x100000001b3 ~ name:byte(k)"),
    },
    {
      name = "hashes letters",
      language = "lua",
      verdict = "WA",
      case = "letters beyond ASCII",
      why = "The code points of the letters are hashed instead of the bytes. For ASCII names there is "
        .. "no difference, so it shows only in production, in some languages.",
      code = reference_with("for k = 1, #name do h = (h ~ name:byte(k)) * 0x100000001b3 end",
        "for _, letter in utf8.codes(name) do h = (h ~ letter) * 0x100000001b3 end"),
    },
    {
      name = "takes bytes with a sign",
      language = "lua",
      verdict = "WA",
      case = "an accent",
      why = "Where a char is signed, bytes above 127 are negative numbers, and the xor flips all upper "
        .. "bits of the hash. Convert to an unsigned byte first.",
      code = reference_with("h ~ name:byte(k)", "h ~ (name:byte(k) ~ 128) - 128"),
    },
    {
      name = "each place looks for its features",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "For every place all features are read: n · buckets. A feature knows its place, so go "
        .. "through the features and add.",
      code = [==[
function hash_features(names, values, buckets)
  local places, signed, result = {}, {}, {}
  for i, name in ipairs(names) do
    local h = 0xcbf29ce484222325
    for k = 1, #name do h = (h ~ name:byte(k)) * 0x100000001b3 end
    places[i] = ((h >> 1) % buckets * 2 + (h & 1)) % buckets
    signed[i] = h * 0x9e3779b97f4a7c15 < 0 and -values[i] or values[i]
  end
  for place = 0, buckets - 1 do
    local sum = 0.0
    for i = 1, #places do
      if places[i] == place then sum = sum + signed[i] end
    end
    result[place + 1] = sum
  end
  return result
end
]==],
    },
  },

  hints = {
    { text = "How does your language hold a 64-bit number whose top bit is set, and what does its "
        .. "remainder operator do then?", cost_min = 2 },
    { text = "Overflow in the product is wanted: keep the low 64 bits. A language with wrapping integers "
        .. "does it by itself, one with large integers needs a mask.", cost_min = 2 },
    { text = "Without an unsigned type: halve first. h = 2q + r with q = h >> 1 (logical shift) and "
        .. "r = h & 1, so h mod m = (2 (q mod m) + r) mod m, and q is not negative.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Why does the sign help?",
      answer = "Let two rows share no feature. Their inner product should be 0. Each pair that collides "
        .. "contributes its values' product times two independent signs, which has mean 0. So the "
        .. "hashed inner product is unbiased, with a variance of about |x|²|y|² / buckets." },
    { ask = "How many places do you take?",
      answer = "With d active names and m places a name collides with a frequent one with probability of "
        .. "about d/m. Count the names that carry most of the traffic and take ten times as many; then "
        .. "compare the log loss at half the size. 2^18 to 2^24 is usual." },
    { ask = "Two frequent names collide. How would you notice, and what can you do?",
      answer = "Log a sample of names with their places and look for places with two heavy names. "
        .. "Give frequent names places of their own through a small table, or hash each name twice "
        .. "and sum both weights." },
    { ask = "May the hash function of the language's hash tables be used?",
      answer = "No. It may differ between versions, between languages, and in Python between two runs. "
        .. "Trainer and server must agree for years: fix the function, the encoding and the seed, and "
        .. "test a few known values on both sides." },
    { ask = "What is lost against a table of names?",
      answer = "You cannot get from a weight back to its name, so keep a sample of names for "
        .. "explanations; and rare names are never dropped, they add noise to their places." },
  },

  explain = [==[
**What is computed.** A linear map from names to places: column `name` of the matrix has a single
entry, +1 or -1. Names need not be known in advance, memory is fixed, and the same name gets the same
place on every machine.

**Unsigned arithmetic.** Sums, products, xor and shifts to the left have the same low 64 bits whether a
number is read as signed or not. Comparisons, shifts to the right, and the remainder do not. With
`h = 2q + r`, where q is the logical shift of h, `h mod m = (2 (q mod m) + r) mod m`; here all numbers
are small and not negative.

**The sign.** It must be independent of the place. The place depends on the low bits when m is a power
of two. The lowest bit of FNV-1a is no more than the parity of the bytes' lowest bits. Multiplying by a
large odd number and taking the top bit mixes all 64 bits.

**Cost.** A few operations for each byte, and the vector itself. In practice the vector is kept sparse:
only the places that occur.

**Usual mistakes**

- *A negative place.* It crashes, or in Python and Lua silently reads from another place than the C++
  server does.
- *Signed char*, and *letters for bytes.* Both are invisible in ASCII tests.
- *Sign and place from the same bits.*
- *No mask in Python.* The result modulo 2^64 stays right, but the number grows with every byte, and
  without a last mask the remainder is wrong.
- *abs(h).* The most negative number has no positive counterpart, and the remainder is another one
  anyway.
]==],
}
