-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- How many different keys, when whoever sends the keys knows how they are hashed. The drill is
-- about the word "expected" in O(1) expected: expected over what? Over the program's own coin flips
-- it holds for every input, over the inputs it holds until somebody chooses them.

-- `n` keys, all multiples of `step`, of which one in ten occurs a second time.
local function multiples(n, step, rand)
  local keys, different = {}, n - n // 10
  for i = 1, n do keys[i] = (i - 1) % different * step end
  return rand.shuffle(keys)
end

local function random_keys(n, low, high, rand)
  local keys = {}
  for i = 1, n do keys[i] = rand(low, high) end
  return keys
end

-- What makes all keys meet in one bucket, in tables of any size that matters here:
-- a table with a power of two of buckets that takes the remainder;
local low_bits = 1 << 40
-- Lua 5.4, which takes the remainder by 2^k - 1 for 2^k places (its first versions: by 2^k);
local places_of_lua = ((1 << 14) - 1) * ((1 << 15) - 1) * (1 << 16)
-- the GNU C++ library, whose bucket counts are these primes while a map grows.
local buckets_of_gnu = 10273 * 20753 * 42043

return drill {
  id = "different-keys",
  title = "Keys that somebody chose",
  category = "hash-maps",
  level = "hard",
  minutes = 30,
  covers = { "S03-C04" },
  signature = "different_keys(keys: int[]) -> int",

  statement = [==[
A counter at the door of a site answers one question a minute: how many different client numbers
were seen? Clients choose their numbers themselves. Some of them have read the counter's source, and
the source of the language's library, and would like to see it fall over.

Given the numbers `keys` of one minute, return how many different ones there are.

**Conventions**

- Keys are signed 64-bit integers from the whole range, 0 and negative ones included. Two keys are
  the same only if all 64 bits are.
- The list may be empty; the answer is then 0. Keys come in any order, and each as often as it
  likes.
- Tests contain lists made to be as bad as possible for the obvious hash tables: one of your own
  that takes remainders, and those that come with Lua and with C++.
- Do not change the input.

**Cost.** For `n` keys, at most O(n log n) time and O(n) space, **for every list of keys**, also one
that was made with your program in view. Where the program flips coins that the sender does not see,
the time may be an expected one; then it is expected for each list by itself.
]==],

  examples = {
    {
      args = { { 7, 3, 7, 7, 12 } },
      result = 3,
      note = "7, 3 and 12.",
    },
    {
      args = { { 0, 4294967296, 0, -1 } },
      result = 3,
      note = "0 and 2^32 agree in their lower 32 bits and are different keys all the same.",
    },
  },

  -- Far above what any sound solution needs, and far below what a flooded table does.
  limits = { time_ms = 200, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 2000, 4000, 8000, 16000 },
    input = function(n, rand) return { multiples(n, low_bits, rand) } end,
  },

  cases = function(rand, case)
    case { name = "no keys", args = { {} } }
    case { name = "one key", args = { { 42 } } }
    case { name = "all the same", args = { { 5, 5, 5, 5 } } }
    case { name = "zero is a key", catches = "takes 0 for an empty place",
           args = { { 3, 0, 8, 0 } } }
    case { name = "negative keys", catches = "a negative remainder",
           args = { { -1, 1, -17, -1, 17, -33 } } }
    case { name = "the same lower half", catches = "keeps half of the key",
           args = { { 1, 1 + (1 << 32), 1 + (1 << 33), 1, 1 - (1 << 32) } } }
    case { name = "equal as floats", catches = "turns keys into floats",
           args = { { 1 << 53, (1 << 53) + 1, (1 << 53) + 2, (1 << 62) + 1, 1 << 62 } } }
    case { name = "ends of the range",
           args = { { math.mininteger, math.maxinteger, math.mininteger, 0 } } }
    for i = 1, 3 do
      case { name = "random " .. i, args = { random_keys(rand(5, 100), -20, 20, rand) } }
    end
    case { name = "random, the whole range",
           args = { random_keys(100, math.mininteger, math.maxinteger, rand) } }
    case { name = "5000 keys of the whole range",
           args = { random_keys(5000, math.mininteger, math.maxinteger, rand) } }
    case { name = "5000 small keys", args = { random_keys(5000, 0, 3000, rand) } }
    case { name = "multiples of a power of two", catches = "takes the remainder for a hash",
           args = { multiples(20000, low_bits, rand) } }
    case { name = "multiples of the bucket counts of C++", catches = "trusts std::unordered_set",
           args = { multiples(20000, buckets_of_gnu, rand) } }
    case { name = "multiples of the table sizes of Lua", catches = "trusts Lua's tables",
           args = { multiples(32000, places_of_lua, rand) } }
  end,

  compare = "exact",

  -- Compares each key with all before it.
  oracle = function(args)
    local keys, different = args[1], 0
    for i, key in ipairs(keys) do
      local fresh = 1
      for j = 1, i - 1 do
        if keys[j] == key then fresh = 0 end
      end
      different = different + fresh
    end
    return different
  end,

  reference = {
    lua = [==[
-- Every key is mixed with a secret number before the table sees it. Each step of the mixing can be
-- undone, so different keys stay different; which of them meet in a bucket nobody can know.
local secret = math.random(0)

local function mixed(key)
  key = (key ~ secret) * 0x9E3779B97F4A7C15
  key = (key ~ (key >> 32)) * 0xBF58476D1CE4E5B9
  return key ~ (key >> 29)
end

function different_keys(keys)
  local seen, different = {}, 0
  for _, key in ipairs(keys) do
    local name = mixed(key)
    if not seen[name] then
      seen[name] = true
      different = different + 1
    end
  end
  return different
end
]==],
    python = [==[
# Sorting needs no hash: what is equal ends up side by side, and no order of keys is a bad one.
def different_keys(keys):
    ordered = sorted(keys)
    return sum(i == 0 or key != ordered[i - 1] for i, key in enumerate(ordered))
]==],
    cpp = [==[
// Every key is mixed with a secret number before the table sees it. The mixing ends with the upper
// bits folded into the lower ones, and different keys keep different hashes.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <unordered_set>
#include <vector>

namespace {

struct MixedHash {
  std::size_t operator()(long long key) const {
    static const auto secret =
        static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
    std::uint64_t x = (static_cast<std::uint64_t>(key) ^ secret) * 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 32)) * 0xBF58476D1CE4E5B9u;
    return x ^ (x >> 29);
  }
};

}  // namespace

long long different_keys(const std::vector<long long>& keys) {
  const std::unordered_set<long long, MixedHash> seen(keys.begin(), keys.end());
  return static_cast<long long>(seen.size());
}
]==],
  },

  wrong = {
    {
      name = "takes the remainder for a hash",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      case = "multiples of a power of two",
      why = "The bucket is the key modulo the number of buckets, a power of two: only the lowest "
        .. "bits are looked at. Keys that agree in them all land in one bucket, and every look-up "
        .. "walks through all of it.",
      code = [==[
function different_keys(keys)
  local buckets, size, different = {}, 16, 0
  for i = 0, size - 1 do buckets[i] = {} end
  for _, key in ipairs(keys) do
    local bucket, known = buckets[key % size], false
    for i = 1, #bucket do
      if bucket[i] == key then
        known = true
        break
      end
    end
    if not known then
      bucket[#bucket + 1] = key
      different = different + 1
      if different > size then
        local old = buckets
        buckets, size = {}, 2 * size
        for i = 0, size - 1 do buckets[i] = {} end
        for i = 0, size // 2 - 1 do
          for _, moved in ipairs(old[i]) do
            local into = buckets[moved % size]
            into[#into + 1] = moved
          end
        end
      end
    end
  end
  return different
end
]==],
    },
    {
      name = "stirs with a constant and keeps the low bits",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      case = "multiples of a power of two",
      why = "Multiplying by an odd constant moves bits upwards only: if the lowest 40 bits of the "
        .. "keys are 0, so are those of the products, and these are the bits that choose the "
        .. "bucket. An exclusive or with a constant changes nothing either, and both stand in the "
        .. "source for all to read.",
      code = [==[
function different_keys(keys)
  local size = 1024
  local heads, key_of, next_of, different = {}, {}, {}, 0
  for _, key in ipairs(keys) do
    local bucket = ((key ~ 0x5851F42D4C957F2D) * 0x9E3779B97F4A7C15) & (size - 1)
    local at = heads[bucket]
    while at and key_of[at] ~= key do at = next_of[at] end
    if not at then
      different = different + 1
      key_of[different], next_of[different] = key, heads[bucket]
      heads[bucket] = different
      if different > size then
        size, heads = 2 * size, {}
        for i = 1, different do
          local to = ((key_of[i] ~ 0x5851F42D4C957F2D) * 0x9E3779B97F4A7C15) & (size - 1)
          next_of[i], heads[to] = heads[to], i
        end
      end
    end
  end
  return different
end
]==],
    },
    {
      name = "trusts Lua's tables",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      case = "multiples of the table sizes of Lua",
      why = "Lua 5.4 hashes an integer by its remainder modulo the number of places less one, and "
        .. "draws no random number for it. Keys that are multiples of it form one long chain. Mix "
        .. "the key with a number that the sender cannot know before the table sees it.",
      code = [==[
function different_keys(keys)
  local seen, different = {}, 0
  for _, key in ipairs(keys) do
    if not seen[key] then
      seen[key] = true
      different = different + 1
    end
  end
  return different
end
]==],
    },
    {
      name = "trusts std::unordered_set",
      language = "cpp",
      verdict = "TLE",
      reason = "cpu",
      case = "multiples of the bucket counts of C++",
      why = "In the GNU library the hash of an integer is the integer, and the bucket its "
        .. "remainder modulo a prime from a known list. Multiples of these primes all meet in one "
        .. "bucket. Give the set a hash of your own that mixes in a secret.",
      code = [==[
#include <unordered_set>
#include <vector>

long long different_keys(const std::vector<long long>& keys) {
  std::unordered_set<long long> seen;
  for (const long long key : keys) seen.insert(key);
  return static_cast<long long>(seen.size());
}
]==],
    },
    {
      name = "takes 0 for an empty place",
      language = "lua",
      verdict = "WA",
      case = "zero is a key",
      why = "In the array of places 0 stands for an empty one, and so the key 0 is never found in "
        .. "it. Keep apart whether a place is used and what is in it.",
      code = [==[
function different_keys(keys)
  local size = 4
  while size < 2 * #keys do size = 2 * size end
  local place, secret, different = {}, math.random(0), 0
  for i = 0, size - 1 do place[i] = 0 end
  for _, key in ipairs(keys) do
    local x = (key ~ secret) * 0x9E3779B97F4A7C15
    local at = (x ~ (x >> 32)) & (size - 1)
    while place[at] ~= 0 and place[at] ~= key do at = (at + 1) & (size - 1) end
    if place[at] == 0 then
      place[at] = key
      different = different + 1
    end
  end
  return different
end
]==],
    },
    {
      name = "keeps half of the key",
      language = "lua",
      verdict = "WA",
      case = "the same lower half",
      why = "A hash of 32 bits is stored in place of the key, so keys with equal hashes are taken "
        .. "for one. A hash says where to look; whether two keys are the same only the keys "
        .. "themselves tell.",
      code = [==[
function different_keys(keys)
  local seen, different = {}, 0
  for _, key in ipairs(keys) do
    local hash = key & 0xFFFFFFFF
    if not seen[hash] then
      seen[hash] = true
      different = different + 1
    end
  end
  return different
end
]==],
    },
  },

  pitfalls = {
    ["turns keys into floats"] = "A double holds whole numbers exactly up to 2^53. Beyond, "
      .. "neighbouring keys become the same number.",
    ["a negative remainder"] = "In C++ the remainder of a negative number is negative or 0, and no "
      .. "bucket has such an index. Lua's and Python's remainder has the sign of the divisor. Use "
      .. "an unsigned number for the hash.",
  },

  hints = {
    { text = "A hash table is fast because keys spread over its buckets. Who decides here how they "
        .. "spread?",
      cost_min = 3 },
    { text = "Two ways out: do without hashing, or make the hash depend on something that the "
        .. "sender cannot know.",
      cost_min = 4 },
    { text = "Draw a secret number at the start. Replace each key by a mixture of key and secret "
        .. "in steps that can be undone (exclusive or, multiplying by an odd number, folding the "
        .. "upper bits into the lower), and use that as the table's key. Or sort a copy and count "
        .. "where neighbours differ.", cost_min = 6 },
  },

  follow_ups = {
    { ask = "What does O(1) expected mean, and over what is the expectation taken?",
      answer = "With a fixed hash it is over the keys: true for random ones, worth nothing once "
        .. "somebody chooses them. With a hash drawn at random from a good family it is over the "
        .. "draw, and then holds for each list of keys that was fixed before the draw." },
    { ask = "Is a random multiplier enough?",
      answer = "Taking the top bits of (odd random number × key) is universal up to a factor of "
        .. "two: the expected number of collisions of any two keys is at most 2 per size of table. "
        .. "The low bits of that product are useless. Against a sender who can watch response "
        .. "times and adapt, use a keyed hash such as SipHash." },
    { ask = "How do other languages do it?",
      answer = "Python, Rust, Go and Perl draw a random key for their hashes of strings. Python's "
        .. "integers hash to themselves, yet its tables bring in all bits of a hash while probing, "
        .. "which makes floods by 64-bit integers hard. Java turns long buckets into trees. The "
        .. "standard C++ maps promise nothing." },
    { ask = "Does sorting always save you?",
      answer = "If its worst case is n log n: merge sort, heap sort, introsort. A quicksort with a "
        .. "fixed choice of pivots, which Lua's table.sort largely is, can be flooded too: there "
        .. "are programs that build its worst input while it runs." },
    { ask = "Only an estimate is needed, in a few kilobytes.",
      answer = "HyperLogLog, with a keyed hash: with a known one a sender picks keys with extreme "
        .. "hashes and makes the estimate as large as he likes, or hides in one register." },
  },

  explain = [==[
**What a flood is.** A table walks through the keys of one bucket. If n keys are in the same bucket,
the n insertions walk through 0 + 1 + … + (n-1) keys, n²/2 in all. Who knows the hash can find such
keys: for a remainder they are simply multiples.

**Why the mixing keeps the answer.** Exclusive or with a constant, multiplying by an odd number
modulo 2^64, and x ~ (x >> s) can each be undone. So the mixture is a renaming: different keys get
different names, and the number of different names is the number of different keys.

**Why it keeps the time.** Which keys meet in a bucket depends on the secret. A sender who does not
know it can still guess, but has no better chance than with random keys. (This mixture is a
practical one. For a proof take a universal family, against an adaptive sender a keyed cryptographic
hash.)

**Cost.** O(n) expected time with the mixture, for each list; O(n log n) with a sort that has no bad
case. O(n) space.

**Usual mistakes**

- *Taking the language's table for granted.* Right for keys that nobody chooses, such as your own
  row numbers.
- *A constant for a secret.* It stands in the source.
- *Multiplying and keeping the low bits.* Multiplication moves information upwards. Use the upper
  bits, or fold them down.
- *Comparing hashes in place of keys.* Different keys may have equal hashes.
- *A marker for an empty place that is a key, too.*
]==],
}
