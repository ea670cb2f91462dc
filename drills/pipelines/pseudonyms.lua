-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- User names replaced by short tokens from a salted hash, with as few digits as will keep different
-- users apart. The drill is about the collision that nobody sees: two users with one token become
-- one user, and every count that follows is wrong.

-- The reference. Most wrong answers are this text with one thing changed.
local shortest_prefix = [==[
-- Hash each different user once. Then try one length after the other, until there are as many
-- different prefixes as users.
local function hash_of(text)
  local h = 0xCBF29CE484222325
  for i = 1, #text do h = (h ~ text:byte(i)) * 0x100000001B3 end
  h = (h ~ (h >> 30)) * 0xBF58476D1CE4E5B9
  h = (h ~ (h >> 27)) * 0x94D049BB133111EB
  return string.format("%016x", h ~ (h >> 31))
end

function pseudonyms(users, salt, min_digits)
  local hashes, different = {}, {}
  for _, user in ipairs(users) do
    if not hashes[user] then
      hashes[user] = hash_of(salt .. ":" .. user)
      different[#different + 1] = hashes[user]
    end
  end

  local function all_apart(digits)
    local taken = {}
    for _, hash in ipairs(different) do
      local token = hash:sub(1, digits)
      if taken[token] then return false end
      taken[token] = true
    end
    return true
  end
  local digits = min_digits
  while not all_apart(digits) do digits = digits + 1 end

  local tokens = {}
  for i, user in ipairs(users) do tokens[i] = hashes[user]:sub(1, digits) end
  return tokens
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

local function hash_of(text)
  local h = 0xCBF29CE484222325
  for i = 1, #text do h = (h ~ text:byte(i)) * 0x100000001B3 end
  h = (h ~ (h >> 30)) * 0xBF58476D1CE4E5B9
  h = (h ~ (h >> 27)) * 0x94D049BB133111EB
  return string.format("%016x", h ~ (h >> 31))
end

-- The first two of the users u1, u2, … whose hashes have exactly `digits` digits in common.
local function users_that_share(digits, salt)
  local by_prefix = {}
  for i = 1, 100000 do
    local hash = hash_of(salt .. ":u" .. i)
    local other = by_prefix[hash:sub(1, digits)]
    if other and hash_of(salt .. ":" .. other):sub(digits + 1, digits + 1)
        ~= hash:sub(digits + 1, digits + 1) then
      return other, "u" .. i
    end
    by_prefix[hash:sub(1, digits)] = "u" .. i
  end
  error("there are no such users")
end

local function user_with_zeros(salt)
  local i = 1
  while hash_of(salt .. ":u" .. i):sub(1, 2) ~= "00" do i = i + 1 end
  return "u" .. i
end

local function some_users(n, different, rand)
  local users = {}
  for i = 1, n do users[i] = "user" .. rand(1, different) end
  return users
end

return drill {
  id = "pseudonyms",
  title = "Short names for strangers",
  category = "pipelines",
  level = "easy",
  minutes = 20,
  covers = { "S09-C03", "S09-P1" },
  signature = "pseudonyms(users: string[], salt: string, min_digits: int) -> string[]",

  statement = [==[
A table of votes is handed to analysts. They must be able to count the votes of a user, and must not
see who it is. So the column with the users is replaced by tokens: the first digits of a salted
hash. Short tokens are cheaper to keep and say less, but if two users get the same token, their
votes are added up as one person's, and nobody notices.

Given the column `users`, a row each, return the column of tokens, in the same order.

**Rules**

1. The hash of a user is computed from the bytes of the text `<salt>:<user>`, that is the salt, one
   colon, and the user, and written as 16 hexadecimal digits in lower case with leading zeros:

        h = 0xCBF29CE484222325
        for each byte b of the text, from the first to the last:
            h = (h ^ b) * 0x100000001B3
        h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9
        h = (h ^ (h >> 27)) * 0x94D049BB133111EB
        h = h ^ (h >> 31)

   `h` is an unsigned 64-bit number and products are taken modulo 2^64; `^` is the bitwise exclusive
   or, and `>>` shifts zeros in from the left. With the salt `s` the user `ann` has the hash
   88cb82c5f3801c78.
2. All tokens of the column have the same number of digits, d: the least number from `min_digits` on
   for which different users have different tokens. The token of a user is the first d digits of the
   hash.

**Conventions**

- `1 ≤ min_digits ≤ 16`. The whole hashes of different users in a column are different; you need not
  check that.
- A user may stand in any number of rows and has the same token in all of them. That is no
  collision.
- Users and the salt are UTF-8 texts and may be empty. `Ann` and `ann` are different users.
- Without rows the answer is the empty list.

**Cost.** For `n` rows O(n log n) or better, taking an access to a hash map as constant.
]==],

  examples = {
    {
      args = { { "ann", "bob", "ann" }, "s", 4 },
      result = { "88cb", "f2c7", "88cb" },
      note = "Four digits keep ann and bob apart.",
    },
    {
      args = { { "ann", "bob", "ann" }, "t", 4 },
      result = { "62ff", "6c0b", "62ff" },
      note = "Another salt gives other tokens, so tables with different salts cannot be joined.",
    },
    {
      args = { { "kim", "ann", "oto" }, "s", 1 },
      result = { "13", "88", "14" },
      note = "The hashes of kim and oto begin with the same digit. Two digits are needed, and all "
        .. "tokens have two.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    -- All users are different.
    input = function(n, rand)
      local users, first = {}, rand(100000, 500000)
      for i = 1, n do users[i] = "u" .. first + i end
      return { users, "s", 1 }
    end,
  },

  cases = function(rand, case)
    local function one(name, catches, users, salt, min_digits)
      case { name = name, catches = catches, args = { users, salt, min_digits } }
    end
    one("no rows", nil, {}, "s", 4)
    one("one user", nil, { "ann" }, "s", 4)
    one("whole hashes", nil, { "ann", "bob" }, "s", 16)
    one("more digits than needed", "as short as can be", { "ann", "bob" }, "s", 8)
    one("the same user again", "takes a repetition for a collision", { "ann", "bob", "ann", "ann" },
        "s", 6)
    one("a hash that begins with zeros", "loses leading zeros", { user_with_zeros("s") }, "s", 5)
    one("another salt", "ignores the salt", { "ann", "bob" }, "t", 6)
    one("no salt", "ignores the salt", { "ann" }, "", 6)
    do
      local first, second = users_that_share(2, "s")
      one("two users collide", "lets users share a token", { first, second }, "s", 1)
      one("two collide, a third does not", "makes only some longer", { first, second, "ann" }, "s",
          1)
      one("a collision far apart", "looks at the row before", { first, "ann", "bob", second }, "s",
          1)
    end
    do
      local first, second = users_that_share(4, "s")
      one("five digits are needed", "adds digits in pairs", { second, first, second }, "s", 4)
      one("exactly as many as asked for", nil, { second, first }, "s", 5)
      one("four digits in common, and a repetition", "takes a repetition for a collision",
          { first, second, first }, "s", 4)
    end
    one("capitals, and beyond ASCII", nil, { "Ann", "ann", "Zoë", "", "日本" }, "ß", 2)
    for i = 1, 4 do
      one("random " .. i, nil, some_users(rand(10, 80), 60, rand), "salt" .. rand(1, 99),
          rand(1, 4))
    end
    one("3000 rows, 300 users", nil, some_users(3000, 300, rand), "2024-06", 2)
    one("2000 rows, nearly all different", nil, some_users(2000, 1000000, rand), "2024-06", 4)
  end,

  compare = "exact",

  -- Compares every two users digit by digit.
  oracle = function(args)
    local users, salt, digits = table.unpack(args)
    local hashes, tokens = {}, {}
    for i, user in ipairs(users) do hashes[i] = hash_of(salt .. ":" .. user) end
    for i = 1, #users do
      for j = 1, i - 1 do
        while users[i] ~= users[j] and hashes[i]:sub(1, digits) == hashes[j]:sub(1, digits) do
          digits = digits + 1
        end
      end
    end
    for i, hash in ipairs(hashes) do tokens[i] = hash:sub(1, digits) end
    return tokens
  end,

  reference = {
    lua = shortest_prefix,
    python = [==[
MASK = (1 << 64) - 1


def hash_of(text):
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = (h ^ byte) * 0x100000001B3 & MASK
    h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    h = (h ^ (h >> 27)) * 0x94D049BB133111EB & MASK
    return f"{h ^ (h >> 31):016x}"


def pseudonyms(users, salt, min_digits):
    hashes = {user: hash_of(f"{salt}:{user}") for user in set(users)}
    digits = min_digits
    while len({h[:digits] for h in hashes.values()}) < len(hashes):
        digits += 1
    return [hashes[user][:digits] for user in users]
]==],
  },

  wrong = {
    {
      name = "as short as can be",
      language = "lua",
      verdict = "WA",
      case = "one user",
      why = "The search for the length begins at 1. The least number of digits is asked for so "
        .. "that tables of different size have tokens of one form.",
      code = changed(shortest_prefix, "local digits = min_digits", "local digits = 1"),
    },
    {
      name = "takes a repetition for a collision",
      language = "lua",
      verdict = "WA",
      case = "the same user again",
      why = "A token that occurs twice is taken for a collision, also when it is the same user's. "
        .. "With any repetition the tokens then become whole hashes. Compare different users only.",
      code = changed(shortest_prefix, [==[
    if not hashes[user] then
      hashes[user] = hash_of(salt .. ":" .. user)
      different[#different + 1] = hashes[user]
    end
]==], [==[
    hashes[user] = hash_of(salt .. ":" .. user)
    different[#different + 1] = hashes[user]
]==]):gsub("while not all_apart%(digits%)", "while digits < 16 and not all_apart(digits)"),
    },
    {
      name = "loses leading zeros",
      language = "lua",
      verdict = "WA",
      case = "a hash that begins with zeros",
      why = "The hash is written with as many digits as it needs. When it begins with a zero, the "
        .. "first digits are other digits.",
      code = changed(shortest_prefix, "%016x", "%x"),
    },
    {
      name = "ignores the salt",
      language = "lua",
      verdict = "WA",
      case = "another salt",
      why = "The user alone is hashed. Anybody can hash all known names and look the tokens up, "
        .. "and tables made for different purposes can be joined.",
      code = changed(shortest_prefix, 'hash_of(salt .. ":" .. user)', 'hash_of("s:" .. user)'),
    },
    {
      name = "lets users share a token",
      language = "lua",
      verdict = "WA",
      case = "two users collide",
      why = "The hash is cut and nobody looks. Two users become one: with d digits and n users "
        .. "there are about n²/2 / 16^d such pairs.",
      code = changed(shortest_prefix,
        "  while not all_apart(digits) do digits = digits + 1 end\n", ""),
    },
    {
      name = "numbers the second one",
      language = "lua",
      verdict = "WA",
      case = "two users collide",
      why = "Whoever comes second with a token gets a number behind it. Who that is depends on the "
        .. "order of the rows: in tomorrow's table it may be the other one.",
      code = changed(changed(shortest_prefix,
        "  while not all_apart(digits) do digits = digits + 1 end\n", ""),
        "  for i, user in ipairs(users) do tokens[i] = hashes[user]:sub(1, digits) end\n", [==[
  local owner = {}
  for i, user in ipairs(users) do
    local token = hashes[user]:sub(1, digits)
    if owner[token] and owner[token] ~= user then token = token .. "2" end
    owner[token] = user
    tokens[i] = token
  end
]==]),
    },
    {
      name = "makes only some longer",
      language = "lua",
      verdict = "WA",
      case = "two collide, a third does not",
      why = "Each user gets as many digits as that user needs. All tokens of a column have the "
        .. "same number: otherwise the length of a token changes when other users come or go.",
      code = changed(shortest_prefix,
        "  for i, user in ipairs(users) do tokens[i] = hashes[user]:sub(1, digits) end\n", [==[
  for i, user in ipairs(users) do
    local own = min_digits
    local function shared()
      for _, hash in ipairs(different) do
        if hash ~= hashes[user] and hash:sub(1, own) == hashes[user]:sub(1, own) then
          return true
        end
      end
      return false
    end
    while shared() do own = own + 1 end
    tokens[i] = hashes[user]:sub(1, own)
  end
]==]),
    },
    {
      name = "looks at the row before",
      language = "lua",
      verdict = "WA",
      case = "a collision far apart",
      why = "Each hash is compared with that of the row before. That finds all collisions only if "
        .. "the hashes are sorted.",
      code = changed(shortest_prefix, "      taken[token] = true\n",
                     "      taken = { [token] = true }\n"),
    },
    {
      name = "adds digits in pairs",
      language = "lua",
      verdict = "WA",
      case = "five digits are needed",
      why = "Whole bytes are added, two digits at a time, so a token may have one digit more than "
        .. "is needed.",
      code = changed(shortest_prefix, "digits = digits + 1", "digits = math.min(16, digits + 2)"),
    },
    {
      name = "compares every two users",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each hash is compared with each other one: n²/2 comparisons. A set of prefixes finds "
        .. "a repetition at once, or sort the hashes and compare neighbours.",
      code = changed(shortest_prefix, [==[
    local taken = {}
    for _, hash in ipairs(different) do
      local token = hash:sub(1, digits)
      if taken[token] then return false end
      taken[token] = true
    end
    return true
]==], [==[
    local tokens = {}
    for i, hash in ipairs(different) do tokens[i] = hash:sub(1, digits) end
    for i = 1, #tokens do
      for j = 1, i - 1 do
        if tokens[i] == tokens[j] then return false end
      end
    end
    return true
]==]),
    },
  },

  hints = {
    { text = "How can you tell that a length is enough? Count two things.", cost_min = 2 },
    { text = "It is enough when the different users have as many different prefixes. Hash each "
        .. "user once, keep the hashes in a map, and use a set for the prefixes.", cost_min = 2 },
    { text = "From min_digits on: put the prefixes of all different users' hashes into a set; if "
        .. "it is smaller than the number of users, try one digit more. There are at most 16 "
        .. "lengths.",
      cost_min = 3 },
  },

  follow_ups = {
    { ask = "How many digits do a million users need?",
      answer = "About n²/2 / 16^d pairs collide. With n = 10^6 that is 5·10^11 / 16^d: at 10 "
        .. "digits one pair in two tables, at 12 one in about 560. For all apart one needs about "
        .. "twice as many digits as it takes to count the users." },
    { ask = "Is the table anonymous now?",
      answer = "No. Whoever has the salt can hash all user names and look. And without it the "
        .. "votes themselves give people away: when somebody posts publicly what they voted for, "
        .. "the token is known, and with it everything else in the table." },
    { ask = "Then what is better than a salt?",
      answer = "A keyed hash such as HMAC with a key that is kept apart from the data and can be "
        .. "destroyed; or a random token for each user in a guarded table. Plain hashes of names, "
        .. "mail addresses or telephone numbers are undone by trying all of them." },
    { ask = "A user is added and the tokens get a digit longer. What becomes of yesterday's "
        .. "tables?",
      answer = "Yesterday's token is the beginning of today's, so old tables can still be joined "
        .. "by prefix, and yesterday's were unique among yesterday's users. To avoid it fix a "
        .. "length with room, check, and fail loudly." },
    { ask = "How would you do this for a billion rows on many machines?",
      answer = "Hash, remove duplicates by partitions of the hash, sort each partition and take "
        .. "the longest common prefix of neighbours; the maximum over all partitions plus one is "
        .. "d. Then a second pass cuts." },
  },

  explain = [==[
**Invariant.** `different` has the hash of each different user once. `all_apart(d)` is true exactly
when the first d digits of those hashes are all different.

**Why the first length that works is right.** The search goes upwards from `min_digits`, so it stops
at the least one. Once all prefixes of length d are different they stay different when they get
longer. It stops at 16 at the latest, because the whole hashes differ.

**Why it is stable.** The token depends on the salt, the user and d. Neither the order of the rows
nor a repetition changes it, and a change of d only adds or removes digits at the end.

**Cost.** One hash for each different user, and at most 16 passes with a set; on average about
log₁₆(n²) of them. Sorting the hashes and comparing neighbours does it in one.

**Usual mistakes**

- *Cutting without looking.* Collisions come early: half of the way, in digits, to where one would
  expect them.
- *Counting rows in place of users*, so that every repetition is a collision.
- *Mending by order.* A number behind the second one gives the same user different tokens in
  different tables.
- *A fixed or no salt*, so that tokens can be looked up and tables be joined.
- *Calling it anonymous.*
]==],
}
