-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A rate limit that allows short bursts and a steady rate after them. The drill is about two numbers
-- of state, refilled when somebody asks: nothing lost to rounding, nothing gained by a clock.

-- The reference. Several wrong answers are this text with one thing changed.
local lazy_refill = [==[
-- How many tokens there were at the latest time seen. Each call first adds what has flowed in since.
TokenBucket = {}
TokenBucket.__index = TokenBucket

function TokenBucket.new(capacity, refill_per_s)
  return setmetatable({ capacity = capacity, refill_per_s = refill_per_s, tokens = capacity,
                        latest_s = 0 }, TokenBucket)
end

function TokenBucket:allow(now_s, cost)
  if now_s > self.latest_s then
    local refill = (now_s - self.latest_s) * self.refill_per_s
    self.tokens = math.min(self.capacity, self.tokens + refill)
    self.latest_s = now_s
  end
  if self.tokens < cost then return false end
  self.tokens = self.tokens - cost
  return true
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

-- `n` requests. The clock moves by up to `step` sixteenths of a second a call and, with probability
-- `back`, as much the other way.
local function requests(n, step, most, back, rand)
  local calls, now = {}, rand(0, 1000)
  for i = 1, n do
    now = math.max(0, now + rand(0, step) * (rand.float() < back and -1 or 1))
    calls[i] = { "allow", now / 16, rand(0, most) }
  end
  return calls
end

return drill {
  id = "token-bucket",
  title = "Slow down, but not at once",
  category = "streams",
  level = "medium",
  minutes = 20,
  covers = { "S02-T", "S02-P1", "S02-P3" },
  signature = [[
    class TokenBucket(capacity: int, refill_per_s: float)
      allow(now_s: float, cost: int) -> bool
  ]],

  statement = [==[
A public interface for programs limits its callers. A caller may send a burst of requests after a
quiet while, but in the long run no more than a fixed rate. The rule is told as a bucket: it holds up
to `capacity` tokens, `refill_per_s` tokens flow in each second, evenly, and what does not fit is
lost. A request takes as many tokens as it costs, or is refused.

Write `TokenBucket(capacity, refill_per_s)` with

- `allow(now_s, cost)`: if there are at least `cost` tokens at `now_s`, take them and return true.
  Otherwise return false and take nothing.

**Conventions**

- The bucket is full at time 0.
- Tokens flow in continuously: with a rate of 2 there is half a token more after a quarter of a
  second. Parts of tokens count, they are just never enough for a whole one.
- The requests come through several machines, so the clock can step back. A call that carries a time
  smaller than the latest seen, in any call whether allowed or not, is treated as if it carried that
  latest time. Time gone back adds nothing and takes nothing, and it is not counted twice when the
  clock comes forward again.
- `1 ≤ capacity ≤ 10^9`, `0 ≤ cost ≤ 10^9`. A request that costs nothing is always allowed, one that
  costs more than `capacity` never.
- Times lie between 0 and 10^9 seconds and are multiples of 1/16. `refill_per_s` is a power of two
  between 1/16 and 1024. All amounts are then exact in floating point, and no rounding decides.

**Cost.** Each call takes constant time, however much time has passed. Memory is constant.
]==],

  examples = {
    {
      new = { 4, 0.5 },
      calls = { { "allow", 10, 3 }, { "allow", 10, 2 }, { "allow", 11, 2 }, { "allow", 12, 2 },
                { "allow", 14, 1 } },
      result = { true, false, false, true, true },
      note = "One token is left at 10, there are 1.5 at 11 and 2 at 12. At 14 another one has flowed "
        .. "in.",
    },
    {
      new = { 2, 1 },
      calls = { { "allow", 100, 2 }, { "allow", 90, 1 }, { "allow", 100, 1 }, { "allow", 101, 1 } },
      result = { true, false, false, true },
      note = "The step back to 90 is taken as 100, and returning to 100 brings nothing. The next "
        .. "token is there at 101.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "1",
    sizes = { 2000, 4000, 8000, 16000 },
    -- Two requests a second against one token a second: half of them pass.
    input = function(n)
      local calls = {}
      for i = 1, n do calls[i] = { "allow", i / 2, 1 } end
      return { new = { 100, 1 }, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, capacity, rate, calls)
      for i, call in ipairs(calls) do calls[i] = { "allow", call[1], call[2] } end
      case { name = name, catches = catches, new = { capacity, rate }, calls = calls }
    end
    story("full at the start", "starts empty", 3, 1, { { 0, 1 }, { 0, 2 }, { 0, 1 } })
    story("exactly enough", "wants more than enough", 5, 1, { { 0, 5 }, { 1, 1 }, { 1, 1 } })
    story("a request that costs nothing", nil, 1, 1,
          { { 0, 1 }, { 0, 0 }, { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } })
    story("a long rest fills it once", "saves up without end", 3, 1,
          { { 0, 3 }, { 1000, 2 }, { 1000, 1 }, { 1000, 1 }, { 1001, 1 }, { 1001, 1 } })
    story("more than the bucket holds", nil, 3, 1, { { 0, 4 }, { 1000, 4 }, { 1000, 3 } })
    story("small steps add up", "keeps whole tokens only", 2, 0.5,
          { { 0, 2 }, { 0.5, 1 }, { 1, 1 }, { 1.5, 1 }, { 2, 1 }, { 2, 1 } })
    story("half a token is kept", "keeps whole tokens only", 2, 1,
          { { 0, 2 }, { 1.5, 1 }, { 2, 1 }, { 2, 1 } })
    story("a refusal takes nothing", "a refusal costs something", 4, 1,
          { { 0, 3 }, { 0, 2 }, { 0, 2 }, { 0, 1 }, { 1, 2 }, { 2, 2 } })
    story("a refusal does not stop the flow", "a refusal loses the refill", 2, 1,
          { { 0, 2 }, { 1, 2 }, { 2, 2 } })
    story("a burst in the middle of a second", "counts in fixed windows", 4, 4,
          { { 10.9375, 4 }, { 11, 4 }, { 11.5, 2 }, { 12, 2 } })
    story("steady flow after the burst", "counts in fixed windows", 8, 2,
          { { 0, 8 }, { 1, 3 }, { 1, 2 }, { 2, 2 }, { 3, 3 } })
    story("the clock steps back", "time gone back takes tokens", 4, 1,
          { { 100, 2 }, { 50, 2 }, { 100, 0 }, { 102, 2 } })
    story("the clock steps back and comes forward", "refills the same time twice", 4, 1,
          { { 100, 4 }, { 50, 1 }, { 100, 1 }, { 101, 1 }, { 101, 1 } })
    story("a refused call moves the clock too", "only what is allowed moves the clock", 4, 1,
          { { 100, 4 }, { 110, 5 }, { 102, 4 }, { 110, 1 } })
    story("high rate, fine steps", nil, 64, 1024,
          { { 5, 64 }, { 5.0625, 64 }, { 5.0625, 1 }, { 5.125, 65 }, { 5.125, 64 } })
    story("low rate", nil, 1, 0.0625, { { 0, 1 }, { 15.9375, 1 }, { 16, 1 }, { 31.9375, 1 } })
    story("a rest of years", "adds token by token", 1000000000, 1024,
          { { 0, 1000000000 }, { 900000, 921600000 }, { 900000, 1 }, { 999999999, 1000000000 },
            { 1000000000, 1025 }, { 1000000000, 1024 } })
    for i = 1, 3 do
      story("random " .. i, nil, rand(1, 8), 2.0 ^ rand(-4, 2), (function()
        local list = requests(60, 30, 3, 0, rand)
        for j, call in ipairs(list) do list[j] = { call[2], call[3] } end
        return list
      end)())
    end
    for i = 1, 3 do
      case { name = "random, unsteady clock " .. i, new = { rand(1, 8), 2.0 ^ rand(-4, 2) },
             calls = requests(60, 30, 3, 0.3, rand) }
    end
    case { name = "1500 requests", new = { 20, 2 }, calls = requests(1500, 10, 2, 0, rand) }
    case { name = "3000 requests, unsteady clock", new = { 50, 8 },
           calls = requests(3000, 8, 3, 0.2, rand) }
  end,

  compare = "exact",

  -- Walks through the time in sixteenths of a second and counts tokens in 256ths.
  oracle = function(case)
    local capacity, rate = case.new[1] * 256, case.new[2] * 16
    local tokens, at, result = capacity, 0, {}
    for i, call in ipairs(case.calls) do
      local now = call[2] * 16
      if now - at > 1000000 then
        -- Too far to walk: no flow in a bucket of this size is slower than that.
        tokens, at = math.min(capacity, tokens + (now - at) * rate), now
      end
      while at < now do
        at = at + 1
        tokens = math.min(capacity, tokens + rate)
      end
      result[i] = call[3] * 256 <= tokens
      if result[i] then tokens = tokens - call[3] * 256 end
    end
    return result
  end,

  reference = {
    lua = lazy_refill,
    python = [==[
class TokenBucket:
    # The tokens at the latest time seen; each call first adds what has flowed in since.
    def __init__(self, capacity, refill_per_s):
        self.capacity = capacity
        self.refill_per_s = refill_per_s
        self.tokens = capacity
        self.latest_s = 0.0

    def allow(self, now_s, cost):
        if now_s > self.latest_s:
            refill = (now_s - self.latest_s) * self.refill_per_s
            self.tokens = min(self.capacity, self.tokens + refill)
            self.latest_s = now_s
        if self.tokens < cost:
            return False
        self.tokens -= cost
        return True
]==],
    cpp = [==[
// The tokens at the latest time seen; each call first adds what has flowed in since.
#include <algorithm>

class TokenBucket {
 public:
  TokenBucket(long long capacity, double refill_per_s)
      : capacity_(static_cast<double>(capacity)), refill_per_s_(refill_per_s), tokens_(capacity_) {}

  bool allow(double now_s, long long cost) {
    if (now_s > latest_s_) {
      tokens_ = std::min(capacity_, tokens_ + (now_s - latest_s_) * refill_per_s_);
      latest_s_ = now_s;
    }
    if (tokens_ < static_cast<double>(cost)) return false;
    tokens_ -= static_cast<double>(cost);
    return true;
  }

 private:
  double capacity_;
  double refill_per_s_;
  double tokens_;
  double latest_s_ = 0;
};
]==],
  },

  wrong = {
    {
      name = "starts empty",
      language = "lua",
      verdict = "WA",
      case = "full at the start",
      why = "The first burst is refused. A caller that has been quiet has a full bucket.",
      code = changed(lazy_refill, "tokens = capacity,", "tokens = 0,"),
    },
    {
      name = "wants more than enough",
      language = "lua",
      verdict = "WA",
      case = "full at the start",
      why = "A request may take the last token: it is refused when there are fewer than it costs, "
        .. "not when there are just as many.",
      code = changed(lazy_refill, "self.tokens < cost", "self.tokens <= cost"),
    },
    {
      name = "saves up without end",
      language = "lua",
      verdict = "WA",
      case = "a long rest fills it once",
      why = "Tokens flow in without a limit. After a quiet night the caller can send a night's worth "
        .. "of requests in one second.",
      code = changed(lazy_refill, "math.min(self.capacity, self.tokens + refill)",
                     "self.tokens + refill"),
    },
    {
      name = "keeps whole tokens only",
      language = "lua",
      verdict = "WA",
      case = "small steps add up",
      why = "The refill is rounded down to whole tokens, and the clock is moved all the same. With "
        .. "frequent calls each of them throws its part of a token away, and the bucket never "
        .. "fills. Keep the fraction, or move the clock only by the time that was paid out.",
      code = changed(lazy_refill, "(now_s - self.latest_s) * self.refill_per_s",
                     "math.floor((now_s - self.latest_s) * self.refill_per_s)"),
    },
    {
      name = "a refusal costs something",
      language = "lua",
      verdict = "WA",
      case = "a request that costs nothing",
      why = "The tokens are taken first, and the answer is whether any are left. A caller who is "
        .. "refused sinks deeper with each try.",
      code = changed(lazy_refill, "  if self.tokens < cost then return false end\n"
                       .. "  self.tokens = self.tokens - cost\n  return true",
                     "  self.tokens = self.tokens - cost\n  return self.tokens >= 0"),
    },
    {
      name = "a refusal loses the refill",
      language = "lua",
      verdict = "WA",
      case = "small steps add up",
      why = "The clock moves at every call, but the refill is kept only when the request is allowed. "
        .. "A caller that keeps asking keeps the bucket empty.",
      code = [==[
TokenBucket = {}
TokenBucket.__index = TokenBucket

function TokenBucket.new(capacity, refill_per_s)
  return setmetatable({ capacity = capacity, refill_per_s = refill_per_s, tokens = capacity,
                        latest_s = 0 }, TokenBucket)
end

function TokenBucket:allow(now_s, cost)
  now_s = math.max(now_s, self.latest_s)
  local refill = (now_s - self.latest_s) * self.refill_per_s
  local tokens = math.min(self.capacity, self.tokens + refill)
  self.latest_s = now_s
  if tokens < cost then return false end
  self.tokens = tokens - cost
  return true
end
]==],
    },
    {
      name = "counts in fixed windows",
      language = "lua",
      verdict = "WA",
      case = "exactly enough",
      why = "Costs are added up in windows as long as the bucket takes to fill, and the sum starts "
        .. "again with each window. Around the edge between two windows a caller can send twice "
        .. "what the bucket holds, and within a window nothing flows in.",
      code = [==[
TokenBucket = {}
TokenBucket.__index = TokenBucket

function TokenBucket.new(capacity, refill_per_s)
  return setmetatable({ capacity = capacity, window_s = capacity / refill_per_s, latest_s = 0,
                        window = 0, used = 0 }, TokenBucket)
end

function TokenBucket:allow(now_s, cost)
  self.latest_s = math.max(self.latest_s, now_s)
  local window = self.latest_s // self.window_s
  if window ~= self.window then self.window, self.used = window, 0 end
  if self.used + cost > self.capacity then return false end
  self.used = self.used + cost
  return true
end
]==],
    },
    {
      name = "time gone back takes tokens",
      language = "lua",
      verdict = "WA",
      case = "the clock steps back",
      why = "When the clock steps back the difference is negative, and so is the refill.",
      code = changed(changed(lazy_refill, "  if now_s > self.latest_s then\n", "  do\n"),
                     "    self.latest_s = now_s\n",
                     "    self.latest_s = math.max(self.latest_s, now_s)\n"),
    },
    {
      name = "refills the same time twice",
      language = "lua",
      verdict = "WA",
      case = "the clock steps back and comes forward",
      why = "A step back adds nothing, but it is taken for the latest time. When the clock comes "
        .. "forward again, the same seconds fill the bucket once more.",
      code = changed(lazy_refill, "    self.latest_s = now_s\n  end\n",
                     "  end\n  self.latest_s = now_s\n"),
    },
    {
      name = "only what is allowed moves the clock",
      language = "lua",
      verdict = "WA",
      case = "a refused call moves the clock too",
      why = "The latest time is remembered only when a request is allowed. A refused one has seen "
        .. "that time as well, and a later call with a smaller one counts as made then.",
      code = [==[
TokenBucket = {}
TokenBucket.__index = TokenBucket

function TokenBucket.new(capacity, refill_per_s)
  return setmetatable({ capacity = capacity, refill_per_s = refill_per_s, tokens = capacity,
                        latest_s = 0 }, TokenBucket)
end

function TokenBucket:allow(now_s, cost)
  now_s = math.max(now_s, self.latest_s)
  local refill = (now_s - self.latest_s) * self.refill_per_s
  local tokens = math.min(self.capacity, self.tokens + refill)
  if tokens < cost then return false end
  self.tokens, self.latest_s = tokens - cost, now_s
  return true
end
]==],
    },
    {
      name = "adds token by token",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      case = "a rest of years",
      why = "The refill is played as it would happen, one token after the other. After a long rest "
        .. "that takes as many steps as tokens have flowed. Multiply instead.",
      code = changed(lazy_refill, [==[
    local refill = (now_s - self.latest_s) * self.refill_per_s
    self.tokens = math.min(self.capacity, self.tokens + refill)
]==], [==[
    local refill = (now_s - self.latest_s) * self.refill_per_s
    while refill >= 1 and self.tokens < self.capacity do
      self.tokens, refill = self.tokens + 1, refill - 1
    end
    self.tokens = math.min(self.capacity, self.tokens + refill)
]==]),
    },
    {
      name = "plays the log from the start",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "All requests that were allowed are kept, and each call works out from the start how "
        .. "many tokens are left. Two numbers say the same: the tokens and the time at which there "
        .. "were that many.",
      code = [==[
TokenBucket = {}
TokenBucket.__index = TokenBucket

function TokenBucket.new(capacity, refill_per_s)
  return setmetatable({ capacity = capacity, refill_per_s = refill_per_s, latest_s = 0,
                        log = {} }, TokenBucket)
end

function TokenBucket:allow(now_s, cost)
  self.latest_s = math.max(self.latest_s, now_s)
  local tokens, at = self.capacity, 0
  for _, taken in ipairs(self.log) do
    tokens = math.min(self.capacity, tokens + (taken[1] - at) * self.refill_per_s) - taken[2]
    at = taken[1]
  end
  tokens = math.min(self.capacity, tokens + (self.latest_s - at) * self.refill_per_s)
  if tokens < cost then return false end
  if cost > 0 then self.log[#self.log + 1] = { self.latest_s, cost } end
  return true
end
]==],
    },
    {
      name = "keeps every request",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "The answers come from two numbers, but every request is noted besides. A limiter meets "
        .. "its heaviest load just when it is attacked.",
      code = changed(changed(lazy_refill, "latest_s = 0 }", "latest_s = 0, log = {} }"),
                     "  if self.tokens < cost",
                     "  self.log[#self.log + 1] = { now_s, cost }\n  if self.tokens < cost"),
    },
  },

  hints = {
    { text = "Nobody sees the bucket between two calls. When must its level be right?",
      cost_min = 1 },
    { text = "Keep two numbers: the tokens, and the time for which that number is right. What do "
        .. "you do with them at the start of each call, allowed or not?", cost_min = 2 },
    { text = "If now is later than the latest time: add (now - latest) times the rate, cut at the "
        .. "capacity, and set latest to now. Otherwise leave both alone. Then compare and take. Do "
        .. "not round the tokens.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "In production the rate is 10 a second and nothing is a power of two. What about "
        .. "rounding?",
      answer = "Count in integers: time in nanoseconds and tokens in units of 1/10^9, or keep the "
        .. "remainder of the division. Or store one time only, the moment at which the bucket will "
        .. "be full again: a request moves it on by cost/rate and is allowed if it then lies at "
        .. "most capacity/rate ahead." },
    { ask = "Compare with a count per minute, and with a log of the last minute.",
      answer = "A count per fixed minute is one number, and lets twice the limit pass around the "
        .. "edge. A log is exact for a sliding minute and costs memory per request; seconds with "
        .. "counts bound it. The bucket allows bursts up to its capacity and needs two numbers." },
    { ask = "There are ten million callers.",
      answer = "A bucket is full again after capacity/rate seconds without a request, and a full "
        .. "one need not be stored: drop it, and make it anew, full, when its caller returns." },
    { ask = "Twenty servers share one limit per caller.",
      answer = "Keep the bucket in one store and do refill, test and take in one atomic step there, "
        .. "with the store's clock. Or give each server a part of the rate and correct the parts "
        .. "now and then: no round trip, some unfairness. Decide what happens when the store is "
        .. "down: let all through, or nobody." },
    { ask = "What should a refused caller be told?",
      answer = "When to come back: (cost - tokens)/rate seconds from now, and some jitter, so that "
        .. "not all refused callers return at the same moment." },
  },

  explain = [==[
**Invariant.** `tokens` is the level of the bucket at `latest`, the largest time that any call has
carried: between 0 and `capacity`.

**Why it holds.** Between two calls nothing is taken, so the level rises at the given rate until it
meets the capacity and stays there. That is `min(capacity, tokens + Δt · rate)`, whatever the length
of the gap. A time that is not later leaves both numbers alone, so `latest` never falls and no second
is paid out twice. Whether the request is allowed is decided after the refill and cannot change it.

In any stretch of length T at most `capacity + T · rate` tokens are taken: those at its start and
those that flow in.

**Cost.** A few operations and two numbers.

**Usual mistakes**

- *Rounding down the refill while moving the clock.* With calls more frequent than tokens it never
  refills at all.
- *No cap*, or a cap only when something is taken.
- *Negative time.* Without a test a step back takes tokens away; with the test but without holding
  `latest` it gives them twice.
- *Saving the state only on success*, or half of it.
- *Taking before asking.*
- *Fixed windows.* The sum over two neighbouring halves can be twice the limit.
- *A loop or a timer that fills the bucket.* The level is needed only when somebody asks.
]==],
}
