-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The two places whose values add up to a target: look the missing partner up among what was seen.
-- The drill is about order: asking before entering keeps a value from being its own partner, and
-- sorting loses the places that are asked for.

-- `n` values with exactly one pair that sums to the target, which is returned too: all others are
-- even and the target is odd but for one odd value.
local function one_pair(n, rand)
  local nums, used = {}, {}
  for i = 1, n do
    local value
    repeat value = 2 * rand(-4 * n, 4 * n) until not used[value]
    used[value] = true
    nums[i] = value
  end
  local first = rand(1, n)
  local second = rand(1, n - 1)
  if second >= first then second = second + 1 end
  nums[first] = nums[first] + 1
  return nums, nums[first] + nums[second]
end

-- The pair lies at the very end.
local function pair_at_end(n)
  local nums = {}
  for i = 1, n do nums[i] = 4 * i end
  nums[n - 1], nums[n] = 1, 2
  return nums, 3
end

return drill {
  id = "pair-with-sum",
  title = "Two gifts that empty the voucher",
  category = "hash-maps",
  level = "easy",
  minutes = 15,
  covers = { "S03-C04" },
  signature = "pair_with_sum(nums: int[], target: int) -> int[]",

  statement = [==[
A site sells digital gifts. A voucher must be used up at once, and for exactly two gifts. The shop
shows the prices in a fixed order and some have a discount that makes them negative: the site pays
you back.

Given the prices `nums` and the voucher's value `target`, return the two places whose prices add up
to `target`.

**Conventions**

- Places are counted from 0 and returned in ascending order, as a list of two numbers.
- There is exactly one such pair of places. You need not check that.
- The two places differ: a gift cannot be bought twice. Two gifts at different places may have the
  same price.
- There are at least two prices. Prices and target may be negative or zero, and lie between -10^15
  and 10^15.
- Do not change the input.

**Cost.** Time must grow like `n`, taking an access to a hash map as constant. Space may grow like
`n`.
]==],

  examples = {
    {
      args = { { 12, 5, 30, 8 }, 13 },
      result = { 1, 3 },
      note = "5 + 8. Places are counted from 0.",
    },
    {
      args = { { 6, 1, 6 }, 12 },
      result = { 0, 2 },
      note = "The 6 at place 0 cannot be taken twice, but there is another 6.",
    },
    {
      args = { { 6, 15, -3 }, 12 },
      result = { 1, 2 },
      note = "15 - 3. The 6 alone would need a second 6.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    input = function(n) return { pair_at_end(n) } end,
  },

  cases = function(rand, case)
    case { name = "two prices", catches = "counts from 1", args = { { 3, 4 }, 7 } }
    case { name = "the pair in falling order", catches = "answers in the order of the values",
           args = { { 9, 20, 2 }, 11 } }
    case { name = "half of the target stands before the pair", catches = "takes a gift twice",
           args = { { 5, 2, 8 }, 10 } }
    case { name = "two equal halves", catches = "keeps only the last place",
           args = { { 4, 1, 4 }, 8 } }
    case { name = "a free gift", args = { { 0, 3, 7 }, 7 } }
    case { name = "both are zero", args = { { 0, 5, 0 }, 0 } }
    case { name = "negative target", args = { { 1, -4, 2, -7 }, -11 } }
    case { name = "opposite prices", args = { { 8, 3, -8, 1 }, 0 } }
    case { name = "large prices",
           args = { { 1000000000000000, 1, -1000000000000000 + 5 }, 5 } }
    case { name = "first and last", args = { { 10, 1, 2, 3, 30 }, 40 } }
    for i = 1, 5 do
      local nums, target = one_pair(rand(5, 60), rand)
      case { name = "random " .. i, args = { nums, target } }
    end
    for i = 1, 2 do
      local nums, target = one_pair(3000, rand)
      case { name = "3000 prices " .. i, args = { nums, target } }
    end
    local nums, target = pair_at_end(4000)
    case { name = "4000 prices, the pair at the end", args = { nums, target } }
  end,

  compare = "exact",

  -- Every pair of places.
  oracle = function(args)
    local nums, target = args[1], args[2]
    for first = 1, #nums do
      for second = first + 1, #nums do
        if nums[first] + nums[second] == target then return { first - 1, second - 1 } end
      end
    end
  end,

  reference = {
    lua = [==[
-- Each price asks whether its partner came earlier, and only then may it be a partner itself.
function pair_with_sum(nums, target)
  local place = {}
  for i, price in ipairs(nums) do
    local partner = place[target - price]
    if partner then return { partner, i - 1 } end
    place[price] = i - 1
  end
end
]==],
    python = [==[
def pair_with_sum(nums, target):
    place = {}
    for i, price in enumerate(nums):
        partner = place.get(target - price)
        if partner is not None:
            return [partner, i]
        place[price] = i
]==],
  },

  wrong = {
    {
      name = "answers in the order of the values",
      language = "lua",
      verdict = "WA",
      case = "the pair in falling order",
      why = "Sorting and moving two pointers finds the prices, and the places are then given in "
        .. "the order of the prices. Ascending places are asked for.",
      code = [==[
function pair_with_sum(nums, target)
  local order = {}
  for i = 1, #nums do order[i] = i end
  table.sort(order, function(a, b)
    if nums[a] ~= nums[b] then return nums[a] < nums[b] end
    return a < b
  end)
  local low, high = 1, #order
  while low < high do
    local sum = nums[order[low]] + nums[order[high]]
    if sum == target then return { order[low] - 1, order[high] - 1 } end
    if sum < target then low = low + 1 else high = high - 1 end
  end
end
]==],
    },
    {
      name = "takes a gift twice",
      language = "lua",
      verdict = "WA",
      case = "half of the target stands before the pair",
      why = "All prices are entered before anybody asks, so a price of half the target finds "
        .. "itself. Ask first and enter afterwards, or compare the places.",
      code = [==[
function pair_with_sum(nums, target)
  local place = {}
  for i, price in ipairs(nums) do place[price] = i - 1 end
  for i, price in ipairs(nums) do
    local partner = place[target - price]
    if partner then return { math.min(partner, i - 1), math.max(partner, i - 1) } end
  end
end
]==],
    },
    {
      name = "keeps only the last place",
      language = "lua",
      verdict = "RTE",
      case = "two equal halves",
      why = "Two gifts with the same price share one entry of the map. It holds the last place, "
        .. "and the search through the entries never meets the first.",
      code = [==[
function pair_with_sum(nums, target)
  local place = {}
  for i, price in ipairs(nums) do place[price] = i - 1 end
  for price, i in pairs(place) do
    local partner = place[target - price]
    if partner and partner ~= i then return { math.min(i, partner), math.max(i, partner) } end
  end
  error("there is no pair")
end
]==],
    },
    {
      name = "counts from 1",
      language = "lua",
      verdict = "WA",
      case = "two prices",
      why = "Lua's tables begin at 1, the places of this drill at 0.",
      code = [==[
function pair_with_sum(nums, target)
  local place = {}
  for i, price in ipairs(nums) do
    local partner = place[target - price]
    if partner then return { partner, i } end
    place[price] = i
  end
end
]==],
    },
    {
      name = "tries every pair",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "n²/2 pairs are tried. For each price the partner's price is known: look it up instead "
        .. "of searching.",
      code = [==[
function pair_with_sum(nums, target)
  for first = 1, #nums do
    for second = first + 1, #nums do
      if nums[first] + nums[second] == target then return { first - 1, second - 1 } end
    end
  end
end
]==],
    },
  },

  hints = {
    { text = "You look at one price. What must the other one cost?", cost_min = 1 },
    { text = "How could you know at once whether that price has already gone by, and where?",
      cost_min = 2 },
    { text = "Keep a map from price to place. For each price look the partner up first; if it is "
        .. "there you are done, and if not enter the price with its place.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "There may be no pair, or several.",
      answer = "No pair: say what to return, an empty list or nothing. Several: return the first "
        .. "found, or for all of them keep a list of places per price; the answer alone can then "
        .. "have n²/4 pairs." },
    { ask = "The prices are sorted. Can you do without the map?",
      answer = "Two pointers from both ends: too small a sum moves the lower, too large one the "
        .. "upper. Linear time and constant space." },
    { ask = "Three gifts instead of two?",
      answer = "Sort, fix one, and move two pointers over the rest: n². No much faster way is "
        .. "known; a map does the same n² with more space." },
    { ask = "The prices do not fit into memory.",
      answer = "Sort externally and run the two pointers over two streams, or partition by hash so "
        .. "that a price and its partner land in the same part: hash the smaller of p and "
        .. "target - p." },
  },

  explain = [==[
**Invariant.** Before price i is looked at, the map holds the place of every earlier price, and no
two of these earlier ones add up to the target.

**Why it is right.** Let a < b be the pair. When b is looked at, a has been entered, so the look-up
succeeds. It cannot succeed earlier, since that would be a second pair. Because the map holds
earlier places only, a price never meets itself, and the found place is always the smaller one.

**Equal prices.** A later equal price overwrites the entry. That does no harm: if the overwritten
one belonged to the pair, its partner has not come yet, and then the pair would exist twice.

**Cost.** O(n) expected time and O(n) space. Sorting places by price and moving two pointers takes
O(n log n) and no map.

**Usual mistakes**

- *Entering everything first.* Half the target then finds itself.
- *Sorting the prices.* The places are gone.
- *Answering in the order in which partners were found.* The map gives the earlier place first.
]==],
}
