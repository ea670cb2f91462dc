-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Which arm of an experiment a user is in, by hashes of the experiment's name and the user. The
-- drill is about independence: of other experiments, of who takes part and who gets what, and of
-- how far the experiment has been rolled out.

-- The reference. Most wrong answers are this text with one thing changed.
local two_hashes = [==[
-- Two hashes with different texts: one says whether the user takes part, the other which arm. Arms
-- own consecutive ranges of 0 … W-1, found by their upper ends.
local function upper_bits(text)
  local h = 0xCBF29CE484222325
  for i = 1, #text do h = (h ~ text:byte(i)) * 0x100000001B3 end
  h = (h ~ (h >> 30)) * 0xBF58476D1CE4E5B9
  h = (h ~ (h >> 27)) * 0x94D049BB133111EB
  return (h ~ (h >> 31)) >> 32
end

function experiment_arms(users, experiment, share_ppm, arms)
  local ends, total = {}, 0
  for i, arm in ipairs(arms) do
    total = total + arm[2]
    ends[i] = total
  end
  local result = {}
  for i, user in ipairs(users) do
    result[i] = ""
    if (upper_bits(experiment .. "/in/" .. user) * 1000000) >> 32 < share_ppm then
      local ticket = (upper_bits(experiment .. "/arm/" .. user) * total) >> 32
      local low, high = 1, #ends
      while low < high do
        local middle = (low + high) // 2
        if ticket < ends[middle] then high = middle else low = middle + 1 end
      end
      result[i] = arms[low][1]
    end
  end
  return result
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

local binary_search = [==[
      local low, high = 1, #ends
      while low < high do
        local middle = (low + high) // 2
        if ticket < ends[middle] then high = middle else low = middle + 1 end
      end
]==]

local function upper_bits(text)
  local h = 0xCBF29CE484222325
  for i = 1, #text do h = (h ~ text:byte(i)) * 0x100000001B3 end
  h = (h ~ (h >> 30)) * 0xBF58476D1CE4E5B9
  h = (h ~ (h >> 27)) * 0x94D049BB133111EB
  return (h ~ (h >> 31)) >> 32
end

local function bucket(user) return (upper_bits("exp/in/" .. user) * 1000000) >> 32 end

local function ticket(user, total) return (upper_bits("exp/arm/" .. user) * total) >> 32 end

-- The first of the users u1, u2, … with this ticket in the experiment `exp`.
local function user_with_ticket(wanted, total)
  local i = 1
  while ticket("u" .. i, total) ~= wanted do i = i + 1 end
  return "u" .. i
end

local function people(n, first)
  local users = {}
  for i = 1, n do users[i] = "u" .. first + i - 1 end
  return users
end

local function some_arms(n, most, rand)
  local arms = {}
  for i = 1, n do arms[i] = { "arm" .. i, rand(0, most) } end
  arms[rand(1, n)][2] = most
  return rand.shuffle(arms)
end

return drill {
  id = "experiment-arms",
  title = "Who sees the new feed",
  category = "pipelines",
  level = "medium",
  minutes = 25,
  covers = { "S13-C05", "S13-C09" },
  signature = "experiment_arms(users: string[], experiment: string, share_ppm: int, "
    .. "arms: (string, int)[]) -> string[]",

  statement = [==[
A community tests a new ranking of its feed. Part of the users take part in the experiment, and
those are split into arms. Every server must come to the same arm for a user, on every visit,
without asking a database; two experiments must not split the users in the same way; and when the
experiment is rolled out from 1% of the users to 10%, nobody who is in it may change arms.

Given the `users`, the name of the `experiment`, the share of users who take part in parts per
million, and the `arms` as pairs of name and weight, return each user's arm, in the order of the
users, or the empty text for a user who does not take part.

**Rules**

1. For any text, its number `t` is computed from its bytes:

        h = 0xCBF29CE484222325
        for each byte b of the text, from the first to the last:
            h = (h ^ b) * 0x100000001B3
        h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9
        h = (h ^ (h >> 27)) * 0x94D049BB133111EB
        h = h ^ (h >> 31)
        t = h >> 32

   `h` is an unsigned 64-bit number and products are taken modulo 2^64; `^` is the bitwise exclusive
   or, and `>>` shifts zeros in from the left. So 0 ≤ t < 2^32. The text `exp/in/u1` has the number
   0x3C3123EF.
2. A user takes part if `(t * 1000000) >> 32` is less than `share_ppm`, where `t` is the number of
   the text `<experiment>/in/<user>`.
3. The arm of a user who takes part is decided by the number `t` of the text
   `<experiment>/arm/<user>`. Let W be the sum of all weights. The user's ticket is `(t * W) >> 32`,
   a whole number from 0 to W - 1. The first arm in the list owns the tickets from 0 to its weight
   less one, the second the next ones, as many as its weight, and so on.

**Conventions**

- `0 ≤ share_ppm ≤ 1000000`.
- There is at least one arm. Weights are whole numbers of 0 or more, and 1 ≤ W ≤ 10^9. They need not
  add up to 100 or to anything else: 1 and 1 split like 50 and 50. An arm of weight 0 gets nobody.
- All products fit into 63 bits.
- Names are ASCII texts. Arms have different names, none of them empty. A user may be listed more
  than once.
- Without users the answer is the empty list.

**Cost.** For `a` arms, O(a) once and O(log a) for each user, beside the time to read the names.
There may be thousands of arms: a parameter search is run as one experiment. Memory must not depend
on W.
]==],

  examples = {
    {
      args = { { "u1", "u2", "u3", "u4" }, "exp", 1000000, { { "control", 1 }, { "new", 1 } } },
      result = { "new", "new", "new", "control" },
      note = "All take part. The tickets are 1, 1, 1 and 0, of two.",
    },
    {
      args = { { "u1", "u2", "u3", "u4" }, "exp", 500000, { { "control", 1 }, { "new", 1 } } },
      result = { "new", "", "new", "control" },
      note = "Half of the users take part. Whoever does has the same arm as before.",
    },
    {
      args = { { "u1", "u2", "u3", "u4" }, "votes", 1000000, { { "control", 1 }, { "new", 1 } } },
      result = { "new", "control", "control", "control" },
      note = "Another experiment splits the users in another way.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    -- As many arms as users.
    input = function(n, rand)
      local arms = {}
      for i = 1, n do arms[i] = { "a" .. i, rand(1, 50) } end
      return { people(n, rand(100000, 500000)), "grid", 1000000, arms }
    end,
  },

  cases = function(rand, case)
    local function one(name, catches, users, experiment, share_ppm, arms)
      case { name = name, catches = catches, args = { users, experiment, share_ppm, arms } }
    end
    local alone = { { "new", 1 } }
    local halves = { { "control", 50 }, { "new", 50 } }
    local few = {}
    for i = 1, 12 do
      local user = "u" .. i
      if ticket(user, 100) ~= 50 then few[#few + 1] = user end
    end

    one("nobody", nil, {}, "exp", 1000000, halves)
    one("nobody takes part", nil, few, "exp", 0, halves)
    one("everybody takes part, one arm", nil, few, "exp", 1000000, alone)
    one("half take part, one arm", nil, few, "exp", 500000, alone)
    one("a user at the edge of the share", "one too many takes part", { "u1", "u2" }, "exp",
        bucket("u1"), alone)
    one("two arms", "one hash for both questions", few, "exp", 1000000, halves)
    one("a small share, two arms", "one hash for both questions", people(60, 1), "exp", 100000,
        halves)
    one("the last ticket of the first arm and the next", "the border belongs to both",
        { user_with_ticket(49, 100), user_with_ticket(50, 100) }, "exp", 1000000, halves)
    one("another experiment", "every experiment splits alike", few, "exp2", 1000000, halves)
    one("arms that are not in alphabetical order", "sorts the arms", few, "exp", 1000000,
        { { "b", 30 }, { "a", 70 } })
    one("weights that add up to ten", "takes the weights for percent", few, "exp", 1000000,
        { { "a", 7 }, { "b", 3 } })
    one("weights that add up to a thousand", "takes the weights for percent", few, "exp", 1000000,
        { { "a", 100 }, { "b", 200 }, { "c", 700 } })
    one("an arm of weight zero at each end", nil,
        { user_with_ticket(0, 10), user_with_ticket(9, 10), "u5" }, "exp", 1000000,
        { { "none", 0 }, { "a", 4 }, { "nor here", 0 }, { "b", 6 }, { "nor there", 0 } })
    one("a billion tickets", "one place for each ticket", few, "exp", 1000000,
        { { "a", 999999999 }, { "b", 1 } })
    one("the same user twice, and one without a name", nil, { "u3", "", "u3" }, "exp", 1000000,
        halves)
    for i = 1, 4 do
      one("random " .. i, nil, people(rand(10, 60), rand(1, 100000)), "test" .. rand(1, 99),
          rand(2, 10) * 100000, some_arms(rand(1, 9), 40, rand))
    end
    one("3000 users, five arms", nil, people(3000, 1), "feed-2024", 250000, some_arms(5, 10, rand))
    one("2000 users, 60 arms", nil, people(2000, 1), "grid", 1000000, some_arms(60, 9, rand))
  end,

  compare = "exact",

  -- Hands the tickets out to the arms one after the other, until the user's is reached.
  oracle = function(args)
    local users, experiment, share_ppm, arms = table.unpack(args)
    local total, result = 0, {}
    for _, arm in ipairs(arms) do total = total + arm[2] end
    for i, user in ipairs(users) do
      local left = (upper_bits(experiment .. "/arm/" .. user) * total) // 4294967296
      local at = 1
      while left >= arms[at][2] do
        left = left - arms[at][2]
        at = at + 1
      end
      local takes_part = upper_bits(experiment .. "/in/" .. user) * 1000000
        < share_ppm * 4294967296
      result[i] = takes_part and arms[at][1] or ""
    end
    return result
  end,

  reference = {
    lua = two_hashes,
    python = [==[
from bisect import bisect_right
from itertools import accumulate

MASK = (1 << 64) - 1


def upper_bits(text):
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = (h ^ byte) * 0x100000001B3 & MASK
    h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    h = (h ^ (h >> 27)) * 0x94D049BB133111EB & MASK
    return (h ^ (h >> 31)) >> 32


def experiment_arms(users, experiment, share_ppm, arms):
    ends = list(accumulate(weight for _, weight in arms))  # one past the last ticket of each arm

    def arm(user):
        if upper_bits(f"{experiment}/in/{user}") * 1000000 >> 32 >= share_ppm:
            return ""
        ticket = upper_bits(f"{experiment}/arm/{user}") * ends[-1] >> 32
        return arms[bisect_right(ends, ticket)][0]

    return [arm(user) for user in users]
]==],
  },

  wrong = {
    {
      name = "one too many takes part",
      language = "lua",
      verdict = "WA",
      case = "a user at the edge of the share",
      why = "A share of s parts per million are the buckets 0 … s-1. With <= the bucket s takes "
        .. "part too, and a share of 0 lets somebody in.",
      code = changed(two_hashes, ">> 32 < share_ppm", ">> 32 <= share_ppm"),
    },
    {
      name = "one hash for both questions",
      language = "lua",
      verdict = "WA",
      case = "two arms",
      why = "Taking part and the arm are decided by the same number. With a share of 10% all who "
        .. "take part have a low number, and all of them land in the first arm.",
      code = changed(two_hashes, '"/arm/"', '"/in/"'),
    },
    {
      name = "arms are cut from the share",
      language = "lua",
      verdict = "WA",
      case = "two arms",
      why = "The range of those who take part is cut into arms. The split is even, but when the "
        .. "share grows the cuts move, and users change from one arm to the other in the middle of "
        .. "the experiment.",
      code = changed(two_hashes, '(upper_bits(experiment .. "/arm/" .. user) * total) >> 32',
        '((upper_bits(experiment .. "/in/" .. user) * 1000000) >> 32) * total // share_ppm'),
    },
    {
      name = "the border belongs to both",
      language = "lua",
      verdict = "WA",
      case = "the last ticket of the first arm and the next",
      why = "Tickets are numbered from 0, so an arm with the upper end e owns those below e. With "
        .. "<= it takes the first ticket of its neighbour, and an arm of weight 0 at the front "
        .. "gets one.",
      code = changed(two_hashes, "ticket < ends[middle]", "ticket <= ends[middle]"),
    },
    {
      name = "every experiment splits alike",
      language = "lua",
      verdict = "WA",
      case = "another experiment",
      why = "The user alone is hashed. Then the users with the new ranking are also those with the "
        .. "new design, and no effect can be told from the other.",
      code = changed(changed(two_hashes, 'experiment .. "/in/"', '"exp/in/"'),
                     'experiment .. "/arm/"', '"exp/arm/"'),
    },
    {
      name = "sorts the arms",
      language = "lua",
      verdict = "WA",
      case = "arms that are not in alphabetical order",
      why = "The arms go through a sorted map, and their ranges follow the names. The order of the "
        .. "list decides.",
      code = changed(two_hashes, "  local ends, total = {}, 0\n", [==[
  arms = table.move(arms, 1, #arms, 1, {})
  table.sort(arms, function(a, b) return a[1] < b[1] end)
  local ends, total = {}, 0
]==]),
    },
    {
      name = "takes the weights for percent",
      language = "lua",
      verdict = "WA",
      case = "weights that add up to ten",
      why = "The ticket is drawn from 100 whatever the weights add up to. With weights of 7 and 3 "
        .. "nine tenths of the users have no arm, or all land in the last.",
      code = changed(two_hashes, "user) * total) >> 32", "user) * 100) >> 32"),
    },
    {
      name = "one place for each ticket",
      language = "lua",
      verdict = "MLE",
      reason = "peak",
      case = "a billion tickets",
      why = "The list has one place for each ticket. That is quick to read and needs memory for "
        .. "the sum of the weights. The upper ends of the ranges say the same.",
      code = changed(changed(changed(two_hashes, "    ends[i] = total\n",
        "    for ticket = total - arm[2], total - 1 do ends[ticket + 1] = i end\n"),
        binary_search, ""), "arms[low][1]", "arms[ends[ticket + 1]][1]"),
    },
    {
      name = "walks through the arms",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "For each user the arms are tried one after the other. The upper ends ascend: halve.",
      code = changed(two_hashes, binary_search, [==[
      local low = 1
      while ticket >= ends[low] do low = low + 1 end
]==]),
    },
  },

  hints = {
    { text = "There are two questions about each user, and they must be answered by numbers that "
        .. "have nothing to do with each other.", cost_min = 2 },
    { text = "Add up the weights as you go through the arms. The sums are the ends of the ranges, "
        .. "and they ascend.", cost_min = 2 },
    { text = "The arm of a ticket is the first whose sum is greater than the ticket, strictly. "
        .. "Find it by halving (bisect_right, upper_bound). Arms of weight 0 have the same sum as "
        .. "the one before and are passed over by themselves.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "The share goes from 1% to 10%. Who changes?",
      answer = "Users from outside come in, nobody goes out, and nobody changes arms: taking part "
        .. "compares a fixed number with a threshold that grew, and the arm does not look at the "
        .. "share at all." },
    { ask = "In the middle of the test you want to change the weights from 50/50 to 90/10.",
      answer = "Users would move between arms, and have then seen both. Start anew under another "
        .. "name, or enrol only new users under the new weights and analyse the two periods apart. "
        .. "Pooling them gives a Simpson's paradox when traffic changed as well." },
    { ask = "Two experiments change the same button. How do you keep them apart?",
      answer = "Put both into one layer: hash with the layer's name, and give each experiment a "
        .. "range of the buckets. Within a layer a user is in one experiment at most; between "
        .. "layers the splits are independent." },
    { ask = "How do you notice that the assignment is broken?",
      answer = "Compare the counts per arm with the weights by a chi-square test, daily and by "
        .. "platform, and stop at a small p-value: with a sample ratio mismatch no effect can be "
        .. "believed. And run A/A tests, whose p-values must be uniform." },
    { ask = "Users log in on a second device, or are logged out.",
      answer = "The unit must be one that stays. By account if most are logged in, by device if "
        .. "not, and then one person may be in both arms, which shrinks the effect. Say which, and "
        .. "count in the analysis by the unit that was hashed." },
  },

  explain = [==[
**Invariant.** After reading the arms, `ends[i]` is the sum of the first i weights, and arm i owns
the tickets from `ends[i-1]` to `ends[i] - 1`. These ranges do not overlap and cover 0 … W-1.

**Why it is right.** The search keeps the first arm with `ticket < ends` between `low` and `high`.
That arm's end is above the ticket and the end before it is not, so it owns the ticket. An arm of
weight 0 has the end of the arm before it, and is never the first one above.

**Why two texts.** With one number for both questions the answer to the first fixes much of the
second: whoever takes part in a 10% experiment has a number in the lowest tenth. With two texts the
numbers are as good as independent, and so are those of different experiments. The share enters only
the first question, so rolling out moves nobody between arms.

**Cost.** O(a) for the sums, O(log a) for each user, one number for each arm.

**Usual mistakes**

- *No salt.* All experiments split the users in the same way, and their effects are mixed up.
- *One hash for both questions*, or arms cut out of the share.
- *Weights as percent.* Scale the ticket to what the weights add up to.
- *The borders.* Ranges are half-open; "first end greater than the ticket".
- *A remainder of a poor hash* in place of the upper bits of a mixed one: arms that differ by the
  parity of the user's number.
]==],
}
