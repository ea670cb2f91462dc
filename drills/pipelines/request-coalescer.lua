-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Requests gathered into batches that leave when they are full or when their first request has
-- waited long enough. The drill is about three rules that are easy to say and easy to mix up: whose
-- wait counts, when a batch is full, and at which time it left.

-- The reference. Most wrong answers are this text with one thing changed.
local one_open_batch = [==[
-- There is one open batch. Its deadline is set when it gets its first request and never moves.
Coalescer = {}
Coalescer.__index = Coalescer

function Coalescer.new(max_items, max_wait_ms)
  return setmetatable({ max_items = max_items, max_wait_ms = max_wait_ms,
                        waiting = {}, items = 0, deadline_ms = 0 }, Coalescer)
end

function Coalescer:send(at_ms, sent)
  sent[#sent + 1] = { at_ms, self.waiting }
  self.waiting, self.items = {}, 0
end

function Coalescer:expire(now_ms, sent)
  if #self.waiting > 0 and self.deadline_ms <= now_ms then self:send(self.deadline_ms, sent) end
end

function Coalescer:add(request, items, at_ms)
  local sent = {}
  self:expire(at_ms, sent)
  if self.items + items > self.max_items then self:send(at_ms, sent) end
  if #self.waiting == 0 then self.deadline_ms = at_ms + self.max_wait_ms end
  self.waiting[#self.waiting + 1] = request
  self.items = self.items + items
  if self.items == self.max_items then self:send(at_ms, sent) end
  self:expire(at_ms, sent)
  return sent
end

function Coalescer:tick(now_ms)
  local sent = {}
  self:expire(now_ms, sent)
  return sent
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

-- `n` calls with steps of up to `step` ms, requests of up to `most` items, one call in `ticks` a
-- tick.
local function traffic(n, step, most, ticks, rand)
  local calls, now = {}, rand(0, 1000)
  for i = 1, n do
    now = now + rand(0, step)
    if rand(1, ticks) == 1 then
      calls[i] = { "tick", now }
    else
      calls[i] = { "add", i, rand(1, most), now }
    end
  end
  return calls
end

return drill {
  id = "request-coalescer",
  title = "Full, or waited long enough",
  category = "pipelines",
  level = "medium",
  minutes = 25,
  covers = { "S08-C09", "S08-C01" },
  signature = [[
    class Coalescer(max_items: int, max_wait_ms: int)
      add(request: int, items: int, at_ms: int) -> (int, int[])[]
      tick(now_ms: int) -> (int, int[])[]
  ]],

  statement = [==[
A service that scores comments for toxicity runs on a GPU, which scores 32 comments in about the
time of one. So requests are gathered into batches. A request asks for the scores of one or more
comments, its `items`, and is never split.

Write `Coalescer(max_items, max_wait_ms)` with

- `add(request, items, at_ms)`: a request arrives;
- `tick(now_ms)`: time has passed and nothing has arrived.

Both return the batches that this call caused to leave, or found to have left, in the order in which
they left. A batch is a pair: the time at which it left, and its requests in order of arrival.

**When a batch leaves**

There is at most one open batch. It leaves at the first of these moments:

1. `max_wait_ms` after the arrival of its **first** request. That moment is the time it left,
   however late the next call comes: a timer sends it, and the call only tells you. A request that
   arrives at that very moment is too late for it.
2. When a request arrives whose items would bring the batch over `max_items`. The batch leaves at
   that time without the request, which opens the next one.
3. When it holds `max_items` items exactly. It leaves at once, with the request that filled it.

In `add` these rules are applied in this order.

**Conventions**

- `max_items ≥ 1` and `max_wait_ms ≥ 0`. With a wait of 0 no request waits: each is a batch of
  its own that leaves when it arrives, and the same call returns it.
- `1 ≤ items ≤ max_items`. Request numbers are whole numbers and say nothing.
- Times are whole milliseconds, handed in; they never go back from call to call, may stand still,
  and may jump far ahead.
- A call that makes nothing leave returns an empty list. An empty batch never leaves.

**Cost.** O(1) a call on average, whatever `max_items` is and however long nothing happened; a call
that returns a batch may take time for its length.
]==],

  examples = {
    {
      new = { 4, 10 },
      calls = { { "add", 1, 1, 100 }, { "add", 2, 1, 108 }, { "tick", 109 }, { "tick", 130 },
                { "tick", 140 } },
      result = { {}, {}, {}, { { 110, { 1, 2 } } }, {} },
      note = "The wait counts from request 1. The batch left at 110; the call at 130 only tells.",
    },
    {
      new = { 4, 10 },
      calls = { { "add", 1, 3, 100 }, { "add", 2, 2, 101 }, { "add", 3, 2, 105 },
                { "tick", 200 } },
      result = { {}, { { 101, { 1 } } }, { { 105, { 2, 3 } } }, {} },
      note = "Request 2 does not fit beside 1, so 1 leaves. Request 3 fills the next batch "
        .. "exactly.",
    },
    {
      new = { 4, 10 },
      calls = { { "add", 1, 1, 100 }, { "add", 2, 4, 110 } },
      result = { {}, { { 110, { 1 } }, { 110, { 2 } } } },
      note = "At 110 the deadline of the first batch is reached, and request 2 fills one alone.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- One batch of n requests, filled to the last place.
    input = function(n, rand)
      local calls, start = {}, rand(0, 1000)
      for i = 1, n do calls[i] = { "add", i, 1, start + i // 4 } end
      return { new = { n, 1000000 }, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, max_items, max_wait_ms, calls)
      case { name = name, catches = catches, new = { max_items, max_wait_ms }, calls = calls }
    end
    story("nothing arrives", nil, 4, 10, { { "tick", 0 }, { "tick", 50 }, { "tick", 50 } })
    story("the deadline itself", "joins at the deadline", 9, 10,
          { { "add", 1, 1, 0 }, { "tick", 9 }, { "tick", 10 } })
    story("the first one's wait counts", "counts the wait from the last arrival", 9, 10,
          { { "add", 1, 1, 0 }, { "add", 2, 1, 6 }, { "tick", 9 }, { "tick", 10 } })
    story("a steady trickle", "counts the wait from the last arrival", 9, 10,
          { { "add", 1, 1, 0 }, { "add", 2, 1, 7 }, { "tick", 10 }, { "add", 3, 1, 14 },
            { "add", 4, 1, 21 }, { "tick", 24 } })
    story("nobody ticks", "leaves only when somebody ticks", 9, 10,
          { { "add", 1, 1, 0 }, { "add", 2, 1, 10 }, { "tick", 20 } })
    story("nobody looks for long", "left when somebody looked", 9, 10,
          { { "add", 1, 1, 0 }, { "tick", 75 }, { "add", 2, 1, 80 }, { "add", 3, 1, 200 } })
    story("arrives at the deadline", "joins at the deadline", 9, 10,
          { { "add", 1, 1, 0 }, { "add", 2, 1, 3 }, { "add", 3, 1, 10 }, { "tick", 20 } })
    story("does not fit any more", "fills beyond the cap", 4, 10,
          { { "add", 1, 3, 0 }, { "add", 2, 2, 0 }, { "tick", 10 } })
    story("filled exactly", "a full batch stays open", 4, 10,
          { { "add", 1, 3, 0 }, { "add", 2, 1, 1 }, { "tick", 10 } })
    story("a batch of one", "a full batch stays open", 1, 10,
          { { "add", 1, 1, 0 }, { "add", 2, 1, 0 }, { "tick", 10 } })
    story("a new batch has a new deadline", "keeps the deadline of the batch before", 2, 10,
          { { "add", 1, 1, 0 }, { "add", 2, 1, 5 }, { "add", 3, 1, 8 }, { "tick", 10 },
            { "tick", 17 }, { "tick", 18 } })
    story("a large request opens the next", "keeps the deadline of the batch before", 4, 10,
          { { "add", 1, 1, 0 }, { "add", 2, 4, 3 }, { "add", 3, 3, 4 }, { "add", 4, 2, 9 },
            { "tick", 14 }, { "tick", 19 } })
    story("no wait at all", "a wait of zero is no deadline", 4, 0,
          { { "add", 1, 1, 5 }, { "add", 2, 1, 5 }, { "tick", 5 }, { "add", 3, 4, 6 } })
    story("silence for an age", "counts the milliseconds", 4, 10,
          { { "add", 1, 1, 5 }, { "tick", 1000000000000000 },
            { "add", 2, 1, 2000000000000000 }, { "tick", 2000000000000010 } })
    for i = 1, 3 do
      case { name = "random " .. i, new = { rand(2, 8), rand(1, 12) },
             calls = traffic(45, 5, 2, 4, rand) }
    end
    case { name = "random, no wait", new = { 5, 0 }, calls = traffic(30, 2, 5, 4, rand) }
    case { name = "8000 calls, batches of 32", new = { 32, 15 },
           calls = traffic(8000, 2, 5, 6, rand) }
    case { name = "8000 calls, mostly deadlines", new = { 1000, 8 },
           calls = traffic(8000, 3, 3, 3, rand) }
  end,

  compare = "exact",

  -- Batch by batch in place of call by call: where does the batch that opens here end, and which
  -- call reports it?
  oracle = function(case)
    local max_items, max_wait_ms = case.new[1], case.new[2]
    local calls, result = case.calls, {}
    local function time_of(i) return calls[i][#calls[i]] end
    for i = 1, #calls do result[i] = {} end
    local first = 1
    while first <= #calls do
      local batch, total, next_first = {}, 0, #calls + 1
      for i = first, #calls do
        local items = calls[i][1] == "add" and calls[i][3] or 0
        local due = #batch > 0 and time_of(first) + max_wait_ms
        if #batch == 0 and items == 0 then
          next_first = i + 1  -- no batch opens here
          break
        elseif due and time_of(i) >= due then
          table.insert(result[i], { due, batch })
          next_first = i
          break
        elseif total + items > max_items then
          table.insert(result[i], { time_of(i), batch })
          next_first = i
          break
        end
        if items > 0 then batch[#batch + 1] = calls[i][2] end
        total = total + items
        if total == max_items or max_wait_ms == 0 then
          table.insert(result[i], { time_of(i), batch })
          next_first = i + 1
          break
        end
      end
      first = next_first
    end
    return result
  end,

  reference = {
    lua = one_open_batch,
    python = [==[
class Coalescer:
    def __init__(self, max_items, max_wait_ms):
        self.max_items = max_items
        self.max_wait_ms = max_wait_ms
        self.waiting = []
        self.items = 0
        self.deadline_ms = 0  # of the open batch, set by its first request

    def _send(self, at_ms):
        batch = (at_ms, self.waiting)
        self.waiting, self.items = [], 0
        return batch

    def add(self, request, items, at_ms):
        sent = self.tick(at_ms)
        if self.items + items > self.max_items:
            sent.append(self._send(at_ms))
        if not self.waiting:
            self.deadline_ms = at_ms + self.max_wait_ms
        self.waiting.append(request)
        self.items += items
        if self.items == self.max_items:
            sent.append(self._send(at_ms))
        return sent + self.tick(at_ms)

    def tick(self, now_ms):
        if self.waiting and self.deadline_ms <= now_ms:
            return [self._send(self.deadline_ms)]
        return []
]==],
    cpp = [==[
// One open batch whose deadline is set by its first request; each rule is one `if`.
#include <utility>
#include <vector>

class Coalescer {
 public:
  using Batch = std::pair<long long, std::vector<long long>>;

  Coalescer(long long max_items, long long max_wait_ms)
      : max_items_(max_items), max_wait_ms_(max_wait_ms) {}

  std::vector<Batch> add(long long request, long long items, long long at_ms) {
    std::vector<Batch> sent;
    expire(at_ms, sent);
    if (items_ + items > max_items_) send(at_ms, sent);
    if (waiting_.empty()) deadline_ms_ = at_ms + max_wait_ms_;
    waiting_.push_back(request);
    items_ += items;
    if (items_ == max_items_) send(at_ms, sent);
    expire(at_ms, sent);
    return sent;
  }

  std::vector<Batch> tick(long long now_ms) {
    std::vector<Batch> sent;
    expire(now_ms, sent);
    return sent;
  }

 private:
  void send(long long at_ms, std::vector<Batch>& sent) {
    sent.emplace_back(at_ms, std::exchange(waiting_, {}));
    items_ = 0;
  }

  void expire(long long now_ms, std::vector<Batch>& sent) {
    if (!waiting_.empty() && deadline_ms_ <= now_ms) send(deadline_ms_, sent);
  }

  long long max_items_, max_wait_ms_;
  std::vector<long long> waiting_;
  long long items_ = 0, deadline_ms_ = 0;
};
]==],
  },

  wrong = {
    {
      name = "counts the wait from the last arrival",
      language = "lua",
      verdict = "WA",
      case = "the first one's wait counts",
      why = "Each arrival moves the deadline. As long as requests trickle in faster than the wait, "
        .. "the batch never leaves, and its first request waits until the batch is full.",
      code = changed(one_open_batch, "if #self.waiting == 0 then self.deadline_ms = "
        .. "at_ms + self.max_wait_ms end", "self.deadline_ms = at_ms + self.max_wait_ms"),
    },
    {
      name = "leaves only when somebody ticks",
      language = "lua",
      verdict = "WA",
      case = "nobody ticks",
      why = "add does not look at the deadline, so a request joins a batch that has left.",
      code = changed(one_open_batch, "local sent = {}\n  self:expire(at_ms, sent)\n",
                     "local sent = {}\n"),
    },
    {
      name = "left when somebody looked",
      language = "lua",
      verdict = "WA",
      case = "nobody looks for long",
      why = "The batch is stamped with the time of the call that noticed it. It left at its "
        .. "deadline; latencies measured with the other stamp are too long.",
      code = changed(one_open_batch, "self:send(self.deadline_ms, sent)",
                     "self:send(now_ms, sent)"),
    },
    {
      name = "joins at the deadline",
      language = "lua",
      verdict = "WA",
      case = "the deadline itself",
      why = "At its deadline the batch has left: the test is deadline <= now, not <.",
      code = changed(one_open_batch, "self.deadline_ms <= now_ms", "self.deadline_ms < now_ms"),
    },
    {
      name = "fills beyond the cap",
      language = "lua",
      verdict = "WA",
      case = "does not fit any more",
      why = "The request is put in first and the size is looked at afterwards, so a batch can hold "
        .. "nearly twice the cap. On a GPU that is where memory runs out.",
      code = changed(changed(one_open_batch,
        "  if self.items + items > self.max_items then self:send(at_ms, sent) end\n", ""),
        "if self.items == self.max_items", "if self.items >= self.max_items"),
    },
    {
      name = "a full batch stays open",
      language = "lua",
      verdict = "WA",
      case = "filled exactly",
      why = "A full batch leaves only when the next request does not fit. It has nothing to wait "
        .. "for: each full batch is then late by one arrival, or by the whole wait.",
      code = changed(one_open_batch,
        "  if self.items == self.max_items then self:send(at_ms, sent) end\n", ""),
    },
    {
      name = "keeps the deadline of the batch before",
      language = "lua",
      verdict = "WA",
      case = "a new batch has a new deadline",
      why = "The deadline is cleared when the timer fires and not when a batch leaves because of "
        .. "its size. The next batch then leaves early, at a deadline that was not its own.",
      code = changed(changed(changed(one_open_batch,
        "if #self.waiting == 0 then self.deadline_ms =",
        "if not self.deadline_ms then self.deadline_ms ="),
        "waiting = {}, items = 0, deadline_ms = 0", "waiting = {}, items = 0"),
        "self:send(self.deadline_ms, sent) end", [==[

    self:send(self.deadline_ms, sent)
    self.deadline_ms = nil
  end]==]),
    },
    {
      name = "counts the milliseconds",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      case = "silence for an age",
      why = "Time is walked through millisecond by millisecond in search of the deadline. Compare "
        .. "the deadline with the new time: nothing happens in between.",
      code = changed(changed(one_open_batch, "waiting = {}, items = 0",
                             "waiting = {}, items = 0, clock_ms = 0"),
        "  if #self.waiting > 0 and self.deadline_ms <= now_ms then self:send(self.deadline_ms, "
        .. "sent) end\n", [==[
  if #self.waiting == 0 then self.clock_ms = now_ms end
  while true do
    if #self.waiting > 0 and self.deadline_ms <= self.clock_ms then
      self:send(self.deadline_ms, sent)
    end
    if self.clock_ms >= now_ms then break end
    self.clock_ms = self.clock_ms + 1
  end
]==]),
    },
    {
      name = "adds the batch up again",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "At each arrival the items of the whole open batch are added up. Keep the sum.",
      code = changed(changed(changed(one_open_batch, "  self:expire(at_ms, sent)\n  if self.items",
        [==[
  self:expire(at_ms, sent)
  self.items = 0
  for i = 1, #self.waiting do self.items = self.items + self.sizes[i] end
  if self.items]==]),
        "  self.waiting[#self.waiting + 1] = request\n",
        "  self.waiting[#self.waiting + 1] = request\n  self.sizes[#self.waiting] = items\n"),
        "waiting = {}, items = 0", "waiting = {}, sizes = {}, items = 0"),
    },
  },

  pitfalls = {
    ["a wait of zero is no deadline"] = "With a wait of 0 the deadline of a batch is the moment it "
      .. "opens, so look at the deadline once more after the request was put in.",
  },

  hints = {
    { text = "Only one batch is open at any time. Which facts about it do the three rules need?",
      cost_min = 2 },
    { text = "Its requests, the sum of their items, and its deadline. The deadline is set by the "
        .. "request that opens the batch; no later arrival touches it.", cost_min = 3 },
    { text = "Write send(at) and expire(now): send the batch at its deadline if deadline <= now. "
        .. "add is: expire; send at at_ms if the request does not fit; set the deadline if the "
        .. "batch is empty; put the request in; send if full; expire once more for a wait of 0.",
      cost_min = 5 },
  },

  follow_ups = {
    { ask = "How do you choose max_wait_ms?",
      answer = "From the latency budget: p99 of a request is at most its wait plus the time of a "
        .. "batch plus the queue before the GPU. Then look at the arrival rate: if a batch fills "
        .. "in less time than the wait, the wait hardly matters; if two requests rarely arrive "
        .. "within it, waiting only costs." },
    { ask = "Requests come with their own deadlines.",
      answer = "The batch's deadline becomes the least of theirs, less the time of scoring. One "
        .. "running minimum is enough, since requests only ever leave all together." },
    { ask = "The GPU is busy when a batch is due. Send it anyway?",
      answer = "Not into a queue of batches: leave it open and let it fill, and send when the GPU "
        .. "is free or about to be. Batches then grow with the load by themselves, which is what "
        .. "dynamic batching in serving frameworks does." },
    { ask = "Comments have very different lengths. Is a cap on items right?",
      answer = "Padding makes a batch cost its longest item times its size, so cap that product, "
        .. "or gather by length class with one open batch each. Then several deadlines are open, "
        .. "and the next one comes from a small heap." },
    { ask = "How do you make it safe for several threads?",
      answer = "One lock around the three fields, held for the few steps of add; the batch is "
        .. "moved out under the lock and scored outside. A single timer is armed for the open "
        .. "batch and carries the batch's number, so that a timer that fires late does not send "
        .. "the next." },
  },

  explain = [==[
**Invariant.** After a call at time t, the open batch is either empty, or holds fewer than
`max_items` items, its deadline is its first request's arrival plus the wait, and that is after t.

**Why it holds.** `expire(t)` removes a batch that is due. A request that does not fit removes the
batch before it is put in, so the sum never passes the cap. A request that fills the batch removes
it at once. Only the request that opens a batch sets the deadline, and the last `expire` covers the
one case where that deadline is not in the future, a wait of 0.

**Order.** In one `add`, at most two batches leave: one that was due or in the way, then the one
that the request fills. The first left no later than the second, since its time is a deadline ≤
`at_ms` or `at_ms` itself.

**Cost.** A request is put in once and handed out once: O(1) a call on average. Time that passes
costs nothing, because it is compared and not walked through.

**Usual mistakes**

- *The wait counts from the last arrival.* A debounce, not a deadline: a steady trickle starves the
  first request.
- *The size is checked afterwards.* Then the cap is no cap.
- *The deadline outlives its batch.* When a batch leaves by size, its timer must die with it.
- *The time of noticing for the time of leaving.*
- *The edge.* `deadline <= now` has left; try a wait of 0 and an arrival at the deadline.
]==],
}
