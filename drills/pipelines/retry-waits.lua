-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The waits of a client that tries again: ceilings that double up to a cap, and a draw below each,
-- from a generator that is written out. The drill is about what keeps retries from becoming the
-- next outage: different draws for different clients, a cap, and a budget that ends the trying.

-- The reference. Most wrong answers are this text with one thing changed.
local full_jitter = [==[
-- One pass: the generator gives a draw, the draw and the ceiling give a wait, the ceiling doubles
-- while it is below the cap.
function retry_waits(client, base_ms, cap_ms, retries, budget_ms)
  local state = client
  local function draw()
    state = state + 0x9E3779B97F4A7C15
    local z = state
    z = (z ~ (z >> 30)) * 0xBF58476D1CE4E5B9
    z = (z ~ (z >> 27)) * 0x94D049BB133111EB
    return z ~ (z >> 31)
  end
  local waits, total, ceiling = {}, 0, base_ms
  for i = 1, retries do
    local wait = ((draw() >> 32) * (ceiling + 1)) >> 32
    if total + wait > budget_ms then break end
    waits[i] = wait
    total = total + wait
    ceiling = math.min(cap_ms, 2 * ceiling)
  end
  return waits
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

-- The i-th wait, i from 0, by itself: the generator's state after i + 1 draws is a product.
local function wait_number(i, client, base_ms, cap_ms)
  local z = client + (i + 1) * 0x9E3779B97F4A7C15
  z = (z ~ (z >> 30)) * 0xBF58476D1CE4E5B9
  z = (z ~ (z >> 27)) * 0x94D049BB133111EB
  z = z ~ (z >> 31)
  local ceiling = math.tointeger(math.min(cap_ms, base_ms * 2.0 ^ math.min(i, 60)))
  return ((z >> 32) * (ceiling + 1)) >> 32
end

local function sum_of_waits(count, client, base_ms, cap_ms)
  local sum = 0
  for i = 0, count - 1 do sum = sum + wait_number(i, client, base_ms, cap_ms) end
  return sum
end

-- A client whose fourth wait is longer than the fifth by 100 ms or more.
local function client_with_a_dip(base_ms, cap_ms)
  local client = 1
  while wait_number(3, client, base_ms, cap_ms) < wait_number(4, client, base_ms, cap_ms) + 100 do
    client = client + 1
  end
  return client
end

return drill {
  id = "retry-waits",
  title = "Try again, but not all at once",
  category = "pipelines",
  level = "medium",
  minutes = 20,
  covers = { "S08-C10" },
  signature = "retry_waits(client: int, base_ms: int, cap_ms: int, retries: int, "
    .. "budget_ms: int) -> int[]",

  statement = [==[
The feature store of a feed was down for a minute. Ten thousand ranking servers noticed at the same
moment, and if all of them try again after exactly one second, then after two, then after four, it
goes down again each time. So each server draws its waits at random below a ceiling that doubles, up
to a cap, and gives up when it has waited for long enough.

Given the server's number `client`, return the list of its waits in milliseconds, for at most
`retries` retries.

**The waits**

For retry i = 0, 1, 2, …:

1. The ceiling is `base_ms · 2^i`, or `cap_ms` if that is less.
2. One draw `z` is taken from the generator below, and the wait is
   `((z >> 32) * (ceiling + 1)) >> 32`: a whole number from 0 to the ceiling, both included. The
   product fits into 63 bits.
3. If the waits so far and this one add up to more than `budget_ms`, the list ends **before** this
   wait, whatever later ones would be. The sum may be equal to the budget.

**The generator** is splitmix64. Its state is a 64-bit number that starts as `client`. All sums and
products are taken modulo 2^64, `^` is the bitwise exclusive or, and `>>` shifts zeros in from the
left. A draw is:

    state = state + 0x9E3779B97F4A7C15
    z = state
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB
    z = z ^ (z >> 31)

For client 0 the first draw is 0xE220A8397B1DCDAF. Each retry takes one draw, the next in turn.

**Conventions**

- `client` is any 64-bit number; a negative one stands for `client + 2^64`.
- `1 ≤ base_ms ≤ cap_ms ≤ 2^30`, `0 ≤ retries ≤ 100000`, `0 ≤ budget_ms ≤ 10^15`.
- The list is empty when there are no retries, or when the first wait is over the budget.

**Cost.** Time may grow like the number of retries.
]==],

  examples = {
    {
      args = { 0, 100, 1000, 3, 100000 },
      result = { 89, 86, 10 },
      note = "The ceilings are 100, 200 and 400. Chance made the third wait the shortest.",
    },
    {
      args = { 1, 100, 1000, 3, 100000 },
      result = { 57, 149, 389 },
      note = "Another server under the same conditions.",
    },
    {
      args = { 1, 100, 1000, 3, 220 },
      result = { 57, 149 },
      note = "57 + 149 is 206, and the third wait of 389 would bring it over 220.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    input = function(n, rand)
      return { rand(0, 1000000), 10, 30000, n, 1000000000000000 }
    end,
  },

  cases = function(rand, case)
    local ample = 1000000000000000
    local function one(name, catches, ...)
      case { name = name, catches = catches, args = { ... } }
    end
    one("no retries", nil, 0, 100, 1000, 0, ample)
    one("one retry", "everybody waits alike", 0, 100, 1000, 1, ample)
    one("a second server", "all servers draw the same", 7, 100, 1000, 1, ample)
    one("a negative number", "all servers draw the same", -7, 100, 1000, 3, ample)
    one("the ends of the 64-bit range", nil, math.mininteger, 1, 1073741824, 20, ample)
    one("the cap is reached", "waits without bound", 0, 100, 1000, 8, ample)
    one("base and cap are equal", "waits without bound", 3, 50, 50, 12, ample)
    one("a base of one millisecond", nil, 3, 1, 1, 12, ample)
    one("less than the ceilings, enough for the waits", "the budget pays for ceilings",
        5, 100, 1000, 6, sum_of_waits(6, 5, 100, 1000) + 1)
    one("spent to the last millisecond", "the last millisecond is kept",
        5, 100, 1000, 6, sum_of_waits(6, 5, 100, 1000))
    one("one millisecond short", "the last wait is cut", 5, 100, 1000, 6,
        sum_of_waits(6, 5, 100, 1000) - 1)
    do
      local client = client_with_a_dip(1000, 64000)
      one("a later wait would fit", "goes on after the budget is spent", client, 1000, 64000, 5,
          sum_of_waits(3, client, 1000, 64000) + wait_number(4, client, 1000, 64000) + 50)
    end
    one("no budget at all", nil, 9, 1000, 1000, 5, 0)
    one("a hundred retries", "doubles into the sign", 11, 100, 60000, 100, ample)
    one("a thousand retries at the largest cap", "doubles into the sign", 12, 1, 1073741824, 1000,
        ample)
    for i = 1, 4 do
      local base = rand(1, 500)
      one("random " .. i, nil, rand(math.mininteger, math.maxinteger), base,
          base * rand(1, 100), rand(5, 40), rand(1000, 200000))
    end
    one("1500 retries", nil, 99, 10, 30000, 1500, ample)
  end,

  compare = "exact",

  -- Each wait by its own formula, without a state.
  oracle = function(args)
    local client, base_ms, cap_ms, retries, budget_ms = table.unpack(args)
    local waits, left = {}, budget_ms
    for i = 0, retries - 1 do
      waits[i + 1] = wait_number(i, client, base_ms, cap_ms)
      left = left - waits[i + 1]
      if left < 0 then
        waits[i + 1] = nil
        break
      end
    end
    return waits
  end,

  reference = {
    lua = full_jitter,
    python = [==[
MASK = (1 << 64) - 1


def draws(state):
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
        yield z ^ (z >> 31)


def retry_waits(client, base_ms, cap_ms, retries, budget_ms):
    waits, left, ceiling = [], budget_ms, base_ms
    for _, z in zip(range(retries), draws(client)):
        wait = (z >> 32) * (ceiling + 1) >> 32
        if wait > left:
            break
        waits.append(wait)
        left -= wait
        ceiling = min(cap_ms, 2 * ceiling)
    return waits
]==],
  },

  wrong = {
    {
      name = "everybody waits alike",
      language = "lua",
      verdict = "WA",
      case = "one retry",
      why = "The wait is the ceiling itself. All servers that failed together come back together: "
        .. "the load is as high as before, only less often.",
      code = changed(full_jitter, "((draw() >> 32) * (ceiling + 1)) >> 32", "ceiling"),
    },
    {
      name = "all servers draw the same",
      language = "lua",
      verdict = "WA",
      case = "a second server",
      why = "The generator starts from a constant. The waits look random, but they are the same on "
        .. "every server, and nothing is spread.",
      code = changed(full_jitter, "local state = client", "local state = 0"),
    },
    {
      name = "waits without bound",
      language = "lua",
      verdict = "WA",
      case = "the cap is reached",
      why = "The ceiling doubles for ever. After twenty retries the server waits for a day, long "
        .. "after the store is back.",
      code = changed(full_jitter, "math.min(cap_ms, 2 * ceiling)",
                     "math.min(2147483647, 2 * ceiling)"),
    },
    {
      name = "cuts the wait at the cap",
      language = "lua",
      verdict = "WA",
      case = "the cap is reached",
      why = "The cap is applied to the drawn wait and not to the ceiling. Once the ceiling is far "
        .. "above the cap, nearly all waits are exactly the cap, and the herd is together again.",
      code = changed(changed(full_jitter, "math.min(cap_ms, 2 * ceiling)",
                             "math.min(2147483647, 2 * ceiling)"),
        "((draw() >> 32) * (ceiling + 1)) >> 32",
        "math.min(cap_ms, ((draw() >> 32) * (ceiling + 1)) >> 32)"),
    },
    {
      name = "the budget pays for ceilings",
      language = "lua",
      verdict = "WA",
      case = "less than the ceilings, enough for the waits",
      why = "The ceilings are summed up in place of the waits, so the server gives up after about "
        .. "half of the time it has.",
      code = changed(changed(full_jitter, "total + wait > budget_ms",
                             "total + ceiling > budget_ms"),
                     "total = total + wait", "total = total + ceiling"),
    },
    {
      name = "the last millisecond is kept",
      language = "lua",
      verdict = "WA",
      case = "spent to the last millisecond",
      why = "The waits may add up to the budget exactly; more than the budget ends the list.",
      code = changed(full_jitter, "total + wait > budget_ms", "total + wait >= budget_ms"),
    },
    {
      name = "the last wait is cut",
      language = "lua",
      verdict = "WA",
      case = "one millisecond short",
      why = "The wait that does not fit is shortened to what is left. All servers whose budget "
        .. "ends at the same time then make their last try at the same time.",
      code = changed(full_jitter, "if total + wait > budget_ms then break end", [==[
    if total + wait > budget_ms then
      if budget_ms > total then waits[i] = budget_ms - total end
      break
    end]==]),
    },
    {
      name = "goes on after the budget is spent",
      language = "lua",
      verdict = "WA",
      case = "a later wait would fit",
      why = "A wait that does not fit is skipped and a shorter one taken later. The list ends at "
        .. "the first wait that does not fit.",
      code = changed(changed(full_jitter, "if total + wait > budget_ms then break end",
                             "if total + wait <= budget_ms then"),
        "waits[i] = wait\n    total = total + wait\n",
        "waits[#waits + 1] = wait\n      total = total + wait\n    end\n"),
    },
    {
      name = "doubles into the sign",
      language = "lua",
      verdict = "WA",
      case = "a hundred retries",
      why = "The power is computed first and cut afterwards. At 64 bits it turns negative and then "
        .. "zero, the cap does not help, and the server ends up trying without any wait. Double "
        .. "only while the ceiling is below the cap.",
      code = changed(changed(full_jitter, "local wait =",
        "ceiling = math.min(cap_ms, base_ms << (i - 1))\n    local wait ="),
        "    ceiling = math.min(cap_ms, 2 * ceiling)\n", ""),
    },
    {
      name = "draws everything again",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "For retry i the generator is started again and i draws are thrown away. That is n²/2 "
        .. "draws. Keep the state between retries.",
      code = changed(full_jitter, "local wait =",
                     "state = client\n    for _ = 1, i - 1 do draw() end\n    local wait ="),
    },
  },

  hints = {
    { text = "Three things run along: the generator's state, the ceiling, and what is left of the "
        .. "budget. None of them has to be computed from the beginning for each retry.",
      cost_min = 2 },
    { text = "Do not compute 2^i. Start with base_ms and after each retry replace the ceiling by "
        .. "the lesser of cap_ms and twice the ceiling. It then never gets large.", cost_min = 2 },
    { text = "In Lua integers wrap at 64 bits and >> shifts zeros in, so the generator can be "
        .. "typed as it stands. In Python cut each sum and product with & (2^64 - 1). In C++ use "
        .. "unsigned 64-bit numbers throughout.", cost_min = 3 },
  },

  follow_ups = {
    { ask = "Why draw from 0 to the ceiling and not around it?",
      answer = "The widest spread gives the lowest peak: retries of n servers are spread over the "
        .. "whole interval. Half fixed and half drawn keeps a least wait, at the price of an empty "
        .. "first half. With very short waits possible, the cap on the number of retries "
        .. "matters." },
    { ask = "Every server keeps to this, and the store still drowns in retries. What is missing?",
      answer = "Backoff spreads retries, it does not bound their number. Add a retry budget per "
        .. "server, say retries up to 10% of requests, a circuit breaker that stops asking at all, "
        .. "and load shedding in the store. Retry at one layer only: three layers with three tries "
        .. "each make 27." },
    { ask = "Which errors should be retried?",
      answer = "Those that may pass: timeouts, overload, lost connections. Not those that will "
        .. "come again, such as a refused argument. And only calls that may be repeated: a timeout "
        .. "does not say whether the write happened, so give writes a key that makes them "
        .. "idempotent." },
    { ask = "The server answers with the time after which to try again.",
      answer = "Take it as the least wait and add a draw on top. If it is used as it stands, all "
        .. "clients that got the same answer come back at the same moment." },
    { ask = "Why is the randomness seeded by hand here?",
      answer = "For tests and for replaying an incident: client and retry number give the wait. In "
        .. "service seed from the machine's entropy. Never from the start time in seconds: servers "
        .. "that restart together would draw alike." },
  },

  explain = [==[
**Invariant.** Before retry i, `ceiling` is min(cap, base · 2^i), `state` is client + i · γ modulo
2^64 with γ the constant of the generator, and `total` is the sum of the waits in the list.

**Why it holds.** If min(cap, base · 2^i) is the cap, so is the next one, and min(cap, 2 · cap) =
cap. Otherwise doubling gives base · 2^(i+1), cut at the cap. Since the ceiling never exceeds 2^30,
its double fits easily, whatever the number of retries.

**The wait.** `z >> 32` is a whole number u with 0 ≤ u < 2^32, so u · (c + 1) / 2^32 lies in [0, c +
1), and its whole part is 0 … c. Each value comes from 2^32 / (c + 1) draws, give or take one, so
the bias is far below what could be noticed. It also uses the upper bits; the remainder of a
division would use the lower ones, which are poor in many generators.

**Cost.** A few operations a retry.

**Usual mistakes**

- *No draw, or the same draw everywhere.* Servers that fail together stay together.
- *No cap*, or a cap that cuts the wait in place of the ceiling, which brings the herd together at
  the cap.
- *The power before the minimum.* 2^63 is negative in 64 bits and 2^64 is zero.
- *The budget.* Count what was waited; stop at the first that does not fit; equal fits.
]==],
}
