-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The smallest input on which a plausible greedy rule is not optimal, or the certainty that there
-- is none within bounds. The drill is about looking for counter-examples in order, with an honest
-- optimum to compare with, before anybody tries to prove anything.

-- A pack of 1 and some others of at most `largest`, in any order.
local function random_packs(kinds, largest, rand)
  local packs, used = { 1 }, { [1] = true }
  while #packs < kinds do
    local size = rand(2, largest)
    if not used[size] then
      used[size] = true
      packs[#packs + 1] = size
    end
  end
  return rand.shuffle(packs)
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local up_from_below = [==[
-- best[a] is the fewest packs for amount a. As long as the rule was optimal for all smaller
-- amounts, it needs 1 + best[a - largest pack that fits] for a: the first a where that is not
-- best[a] is the answer.
function greedy_counter_example(packs, limit)
  local sizes = table.move(packs, 1, #packs, 1, {})
  table.sort(sizes)
  local best, largest = { [0] = 0 }, 1
  for amount = 1, limit do
    while largest < #sizes and sizes[largest + 1] <= amount do largest = largest + 1 end
    local by_rule = 1 + best[amount - sizes[largest]]
    local fewest = by_rule
    for i = 1, largest do fewest = math.min(fewest, 1 + best[amount - sizes[i]]) end
    if fewest < by_rule then return amount end
    best[amount] = fewest
  end
  return nil
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = up_from_below:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return up_from_below:sub(1, first - 1) .. new .. up_from_below:sub(last + 1)
end

return drill {
  id = "greedy-counter-example",
  title = "Where the largest pack first goes wrong",
  category = "greedy",
  level = "medium",
  minutes = 25,
  covers = { "S03-C06" },
  signature = "greedy_counter_example(packs: int[], limit: int) -> int?",

  statement = [==[
A site sells tokens in packs. Whoever orders an amount gets exactly that many tokens, and each pack
costs the site a fee, so it wants to use as few packs as possible. The shop's code follows a rule:

> As long as tokens are missing, add the largest pack that is not larger than what is missing.

Somebody says that the rule always uses the fewest packs. Before you try to prove that, look for a
counter-example.

Given the sizes of the `packs` and a `limit`, return the smallest amount from 1 to `limit` for which
the rule uses more packs than necessary, or nothing (`nil`, `None`, `std::nullopt`) if there is
none.

**Conventions**

- Of each size there are as many packs as you like.
- There is a pack of 1, so each amount can be put together. The sizes are different whole numbers
  from 1 to 10^9, in any order. There may be packs larger than `limit`, and no other pack than that
  of 1.
- `limit` itself is among the amounts to be tried. `0 ≤ limit`; with 0 there is nothing to try.
- Do not change the input.

**Cost.** O(limit · number of packs) time and O(limit) space, however large the packs are.
]==],

  examples = {
    {
      args = { { 1, 3, 4 }, 100 },
      result = 6,
      note = "The rule takes 4 + 1 + 1, but 3 + 3 is enough. For 1 to 5 the rule is right.",
    },
    {
      args = { { 10, 1, 5, 25 }, 200 },
      result = nil,
      note = "No amount up to 200 needs fewer packs than the rule uses.",
    },
    {
      args = { { 1, 10, 25 }, 29 },
      result = nil,
      note = "The first counter-example is 30 (10 + 10 + 10 against 25 and five of 1), just beyond "
        .. "the limit.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- Each pack divides the next, so there is no counter-example and all amounts are tried.
    input = function(n) return { { 2, 1, 8, 4 }, n } end,
  },

  cases = function(rand, case)
    case { name = "nothing to try", args = { { 1, 3, 4 }, 0 } }
    case { name = "only the pack of 1", args = { { 1 }, 20 } }
    case { name = "two sizes", args = { { 1, 2 }, 15 } }
    case { name = "the same pack twice", catches = "never takes a pack twice",
           args = { { 1, 3, 4, 9 }, 12 } }
    case { name = "the limit itself", catches = "leaves the limit out",
           args = { { 1, 3, 4, 9 }, 6 } }
    case { name = "just below", args = { { 1, 3, 4, 9 }, 5 } }
    case { name = "sizes in any order", catches = "takes the packs as sorted",
           args = { { 5, 1, 10, 2 }, 16 } }
    case { name = "sizes in any order, with an answer", args = { { 8, 1, 20, 5 }, 16 } }
    case { name = "a pack larger than the limit", catches = "makes room for the largest pack",
           args = { { 1, 1000000000, 3, 4 }, 10 } }
    case { name = "beyond the largest pack", catches = "stops at the largest pack",
           args = { { 1, 7, 10 }, 20 } }
    case { name = "the best way leaves two sizes out", catches = "leaves out one size only",
           args = { { 1, 4, 5, 6 }, 12 } }
    case { name = "three packs of one size", catches = "tries sums of two packs",
           args = { { 1, 10, 25 }, 40 } }
    case { name = "two different packs", catches = "tries one size only",
           args = { { 1, 3, 6, 7 }, 14 } }
    case { name = "a good set of sizes", catches = "tries all ways",
           args = { { 1, 2, 5, 10, 20, 50 }, 300 } }
    for i = 1, 4 do
      case { name = "random " .. i, args = { random_packs(rand(2, 5), 30, rand), 100 } }
    end
    for i = 1, 2 do
      case { name = "random, large packs " .. i,
             args = { random_packs(rand(4, 8), 900, rand), 2500 } }
    end
    case { name = "up to 8000, none", args = { { 1, 5, 10, 50, 100, 500 }, 8000 } }
    case { name = "a late one",
           args = { { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1025, 1536 }, 5000 } }
  end,

  compare = "exact",

  -- Grows the set of amounts that j packs can make, for j = 1, 2, …, and plays the rule out.
  oracle = function(args)
    local packs, limit = args[1], args[2]
    local needed, front, reached = { [0] = 0 }, { 0 }, 0
    while reached < limit do
      local following = {}
      for _, amount in ipairs(front) do
        for _, size in ipairs(packs) do
          local sum = amount + size
          if sum <= limit and not needed[sum] then
            needed[sum] = needed[amount] + 1
            following[#following + 1] = sum
            reached = reached + 1
          end
        end
      end
      front = following
    end
    for amount = 1, limit do
      local missing, used = amount, 0
      while missing > 0 do
        local pack = 0
        for _, size in ipairs(packs) do
          if size <= missing and size > pack then pack = size end
        end
        missing, used = missing - pack, used + 1
      end
      if used > needed[amount] then return amount end
    end
    return nil
  end,

  reference = {
    lua = up_from_below,
    python = [==[
def greedy_counter_example(packs, limit):
    best = [0]
    for amount in range(1, limit + 1):
        fitting = [size for size in packs if size <= amount]
        fewest = 1 + min(best[amount - size] for size in fitting)
        by_rule = 1 + best[amount - max(fitting)]
        if fewest < by_rule:
            return amount
        best.append(fewest)
    return None
]==],
    cpp = [==[
// best[a] is the fewest packs for amount a. As long as the rule was optimal for all smaller
// amounts, it needs 1 + best[a - largest pack that fits] for a.
#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

std::optional<long long> greedy_counter_example(const std::vector<long long>& packs,
                                                long long limit) {
  std::vector<long long> best = {0};
  for (long long amount = 1; amount <= limit; ++amount) {
    long long largest = 1, fewest = amount;
    for (const long long size : packs) {
      if (size > amount) continue;
      largest = std::max(largest, size);
      fewest = std::min(fewest, 1 + best[static_cast<std::size_t>(amount - size)]);
    }
    if (fewest < 1 + best[static_cast<std::size_t>(amount - largest)]) return amount;
    best.push_back(fewest);
  }
  return std::nullopt;
}
]==],
  },

  wrong = {
    {
      name = "never takes a pack twice",
      language = "lua",
      verdict = "WA",
      case = "the same pack twice",
      why = "The optimum is worked out as if there were one pack of each size: amounts are gone "
        .. "through downwards for each size. What the rule is compared with is then too large, and "
        .. "nothing is found.",
      code = [==[
function greedy_counter_example(packs, limit)
  local sizes = table.move(packs, 1, #packs, 1, {})
  table.sort(sizes, function(a, b) return a > b end)
  local best = { [0] = 0 }
  for amount = 1, limit do best[amount] = math.huge end
  for _, size in ipairs(sizes) do
    for amount = limit, size, -1 do
      best[amount] = math.min(best[amount], best[amount - size] + 1)
    end
  end
  for amount = 1, limit do
    local missing, used = amount, 0
    for _, size in ipairs(sizes) do
      used = used + missing // size
      missing = missing % size
    end
    if used > best[amount] then return amount end
  end
  return nil
end
]==],
    },
    {
      name = "leaves the limit out",
      language = "lua",
      verdict = "WA",
      case = "the limit itself",
      why = "The search ends one amount early. The limit is among the amounts to be tried.",
      code = reference_with("for amount = 1, limit do", "for amount = 1, limit - 1 do"),
    },
    {
      name = "takes the packs as sorted",
      language = "lua",
      verdict = "WA",
      case = "sizes in any order",
      why = "The rule is played with the packs in the order in which they are given. It says the "
        .. "largest that fits: sort a copy first.",
      code = [==[
function greedy_counter_example(packs, limit)
  local best = { [0] = 0 }
  for amount = 1, limit do
    best[amount] = math.huge
    for _, size in ipairs(packs) do
      if size <= amount then best[amount] = math.min(best[amount], best[amount - size] + 1) end
    end
    local missing, used = amount, 0
    for i = #packs, 1, -1 do
      used = used + missing // packs[i]
      missing = missing % packs[i]
    end
    if missing > 0 or used > best[amount] then return amount end
  end
  return nil
end
]==],
    },
    {
      name = "leaves out one size only",
      language = "lua",
      verdict = "WA",
      case = "the best way leaves two sizes out",
      why = "The rule is compared with itself without the largest size that fits. The best way may "
        .. "do without the second largest too: an optimum must be free to use anything.",
      code = [==[
function greedy_counter_example(packs, limit)
  local sizes = table.move(packs, 1, #packs, 1, {})
  table.sort(sizes, function(a, b) return a > b end)
  local function by_rule(amount, first)
    local used = 0
    for i = first, #sizes do
      used = used + amount // sizes[i]
      amount = amount % sizes[i]
    end
    return used
  end
  local largest = #sizes
  for amount = 1, limit do
    while largest > 1 and sizes[largest - 1] <= amount do largest = largest - 1 end
    if largest < #sizes and by_rule(amount, largest + 1) < by_rule(amount, largest) then
      return amount
    end
  end
  return nil
end
]==],
    },
    {
      name = "stops at the largest pack",
      language = "lua",
      verdict = "WA",
      case = "beyond the largest pack",
      why = "Amounts above the largest pack are not tried, as if the rule repeated itself from "
        .. "there. The smallest counter-example can lie above the largest pack, though below the "
        .. "sum of the two largest.",
      code = reference_with("  for amount = 1, limit do",
                            "  for amount = 1, math.min(limit, sizes[#sizes]) do"),
    },
    {
      name = "tries sums of two packs",
      language = "lua",
      verdict = "WA",
      case = "three packs of one size",
      why = "Only amounts that two packs make are tried. They give the counter-examples that come "
        .. "to mind first, but not all: with packs of 1, 10 and 25 it takes three of 10.",
      code = [==[
function greedy_counter_example(packs, limit)
  local sizes = table.move(packs, 1, #packs, 1, {})
  table.sort(sizes, function(a, b) return a > b end)
  local smallest = nil
  for _, a in ipairs(sizes) do
    for _, b in ipairs(sizes) do
      local missing, used = a + b, 0
      for _, size in ipairs(sizes) do
        used = used + missing // size
        missing = missing % size
      end
      if used > 2 and a + b <= limit then smallest = math.min(smallest or a + b, a + b) end
    end
  end
  return smallest
end
]==],
    },
    {
      name = "tries one size only",
      language = "lua",
      verdict = "WA",
      case = "two different packs",
      why = "The rule is compared with the packs of one size that make the amount. The best way "
        .. "may mix sizes: 9 is 6 + 3, where the rule takes 7 + 1 + 1.",
      code = [==[
function greedy_counter_example(packs, limit)
  local sizes = table.move(packs, 1, #packs, 1, {})
  table.sort(sizes, function(a, b) return a > b end)
  for amount = 1, limit do
    local missing, used = amount, 0
    for _, size in ipairs(sizes) do
      used = used + missing // size
      missing = missing % size
    end
    for _, size in ipairs(sizes) do
      if amount % size == 0 and amount // size < used then return amount end
    end
  end
  return nil
end
]==],
    },
    {
      name = "makes room for the largest pack",
      language = "lua",
      verdict = "MLE",
      reason = "peak",
      case = "a pack larger than the limit",
      why = "The table of optima reaches up to the largest pack. Amounts above the limit are never "
        .. "asked for, and a pack may be a billion.",
      code = reference_with("  for amount = 1, limit do", [==[
  for amount = 1, math.max(limit, sizes[#sizes]) do best[amount] = 0 end
  for amount = 1, limit do]==]),
    },
    {
      name = "tries all ways",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      case = "a good set of sizes",
      why = "The optimum is found by trying each pack first and asking again for the rest, without "
        .. "remembering what was asked before. The number of ways grows exponentially with the "
        .. "amount; there are only `limit` different questions.",
      code = [==[
function greedy_counter_example(packs, limit)
  local sizes = table.move(packs, 1, #packs, 1, {})
  table.sort(sizes, function(a, b) return a > b end)
  local function fewest(amount)
    if amount == 0 then return 0 end
    local best = math.huge
    for _, size in ipairs(sizes) do
      if size <= amount then best = math.min(best, 1 + fewest(amount - size)) end
    end
    return best
  end
  for amount = 1, limit do
    local missing, used = amount, 0
    for _, size in ipairs(sizes) do
      used = used + missing // size
      missing = missing % size
    end
    if fewest(amount) < used then return amount end
  end
  return nil
end
]==],
    },
    {
      name = "adds pack by pack for each amount",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "The rule is played out anew for each amount, one pack at a time: amount / largest "
        .. "pack steps each, quadratic in all. After the first pack the rule goes on as for a "
        .. "smaller amount, whose answer is known.",
      code = [==[
function greedy_counter_example(packs, limit)
  local sizes = table.move(packs, 1, #packs, 1, {})
  table.sort(sizes, function(a, b) return a > b end)
  local best = { [0] = 0 }
  for amount = 1, limit do
    best[amount] = math.huge
    for _, size in ipairs(sizes) do
      if size <= amount then best[amount] = math.min(best[amount], best[amount - size] + 1) end
    end
    local missing, used, at = amount, 0, 1
    while missing > 0 do
      while sizes[at] > missing do at = at + 1 end
      missing, used = missing - sizes[at], used + 1
    end
    if used > best[amount] then return amount end
  end
  return nil
end
]==],
    },
  },

  hints = {
    { text = "To call the rule wrong for an amount you need two numbers. Which, and which of them "
        .. "is harder to get?",
      cost_min = 2 },
    { text = "The fewest packs for an amount: whichever pack is added last, the rest is a smaller "
        .. "amount. Go upwards and remember.", cost_min = 4 },
    { text = "best[0] = 0 and best[a] = 1 + the least of best[a - p] over all packs p that fit. "
        .. "While no counter-example has come up, the rule needs 1 + best[a - largest that fits]. "
        .. "Return the first a where this is more than best[a].", cost_min = 5 },
  },

  follow_ups = {
    { ask = "You found none up to the limit. Is the rule right for all amounts?",
      answer = "Only if the limit is high enough. If there is a counter-example at all, the "
        .. "smallest is below the sum of the two largest packs (Kozen and Zaks, 1994). So a search "
        .. "up to there is a proof. Without such a bound it is evidence." },
    { ask = "For which sizes can you prove the rule without a search?",
      answer = "If each size divides the next. Then an optimal choice has fewer packs of a size "
        .. "than make the next larger one, or they could be exchanged for it; only one choice is "
        .. "like that, and it is the rule's." },
    { ask = "How would you look for a counter-example to a greedy rule in an interview?",
      answer = "Take the smallest inputs in which choices conflict: two that fit well together "
        .. "against one that looks better alone, ties, equal lengths. On paper three or four "
        .. "elements are enough; at a desk compare with brute force on all small inputs, from the "
        .. "smallest up." },
    { ask = "And if you find none?",
      answer = "Try to prove it. Exchange: take an optimal solution, change its first difference "
        .. "to the greedy choice, and show that it stays valid and no worse. Or an invariant: "
        .. "after each step the greedy solution is at least as far as any other. If the valid sets "
        .. "form a matroid (each part of a valid set is valid, and a larger valid set always has "
        .. "an element to give to a smaller one), greedy by weight is optimal." },
    { ask = "Why does it suffice to find the smallest counter-example?",
      answer = "One is enough to refute. The smallest is also the easiest to understand: in it the "
        .. "rule's choice and the best one share no pack, since a shared pack could be taken out "
        .. "of both and would leave a smaller one." },
  },

  explain = [==[
**Optimum.** The last pack of a best choice for amount a is some p, and the rest is a best choice
for a - p. So best[a] = 1 + min best[a - p], computed upwards.

**The rule.** After its first pack, the largest that fits, the rule goes on as it would for the
rest. As long as no counter-example has come up, it is optimal for the rest, so it uses 1 + best[a -
largest]. At the first a where that exceeds best[a] the rule is not optimal, and for all smaller
amounts it is: a is the smallest counter-example.

**Cost.** Each amount looks at each pack once: O(limit · packs) time, O(limit) space.

**What it teaches.** A greedy rule that is right for all examples one thinks of may still be wrong:
packs of 1, 10 and 25 work up to 29, and most sets of coins in use are such that it always works. A
claim "greedy is optimal" needs a proof, a claim that it is not needs one input, and a search from
the smallest input up finds it if there is a small one.

**Usual mistakes**

- *Comparing with another heuristic* in place of the optimum: leaving out one size, sums of two,
  multiples of one pack. What is found is a counter-example, but it need not be the smallest, and
  what is not found may exist.
- *One pack of each size.* That is another problem.
- *Stopping too early*, at the largest pack or just below the limit.
- *An optimum by trying all ways* without remembering. It works for the examples.
]==],
}
