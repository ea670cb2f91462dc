-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The receiving end of a batch job whose workers crash and start again. The drill is about making
-- a chunk count exactly once when it may be written any number of times, and about a resume point
-- that never runs ahead of what is safe.

-- The reference. Most wrong answers are this text with one thing changed.
local staged_sums = [==[
-- Rows wait in `open` under their chunk, as sums by key, until the attempt that wrote them commits.
-- Chunks below `first_open` are done and forgotten; `done` has those that are done above it.
ChunkLedger = {}
ChunkLedger.__index = ChunkLedger

function ChunkLedger.new()
  return setmetatable({ totals = {}, open = {}, done = {}, first_open = 0 }, ChunkLedger)
end

-- The sums that this attempt has staged, or nil when it has no say any more.
function ChunkLedger:staged(chunk, attempt)
  if chunk < self.first_open or self.done[chunk] then return nil end
  local open = self.open[chunk]
  if not open or attempt > open.attempt then
    open = { attempt = attempt, sums = {} }
    self.open[chunk] = open
  end
  if attempt < open.attempt then return nil end
  return open.sums
end

function ChunkLedger:write(chunk, attempt, key, amount)
  local sums = self:staged(chunk, attempt)
  if sums then sums[key] = (sums[key] or 0) + amount end
end

function ChunkLedger:commit(chunk, attempt)
  local sums = self:staged(chunk, attempt)
  if not sums then return false end
  for key, amount in pairs(sums) do self.totals[key] = (self.totals[key] or 0) + amount end
  self.open[chunk] = nil
  self.done[chunk] = true
  while self.done[self.first_open] do
    self.done[self.first_open] = nil
    self.first_open = self.first_open + 1
  end
  return true
end

function ChunkLedger:total(key)
  return self.totals[key] or 0
end

function ChunkLedger:next_chunk()
  return self.first_open
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

-- `n` calls in which anything may happen to the chunks around the front.
local function chaos(n, keys, rand)
  local calls, front = {}, 0
  for i = 1, n do
    local chunk, attempt = math.max(0, front + rand(-2, 2)), rand(1, 3)
    local key, what = "k" .. rand(1, keys), rand(1, 20)
    if what <= 9 then
      calls[i] = { "write", chunk, attempt, key, rand(-5, 9) }
    elseif what <= 14 then
      calls[i] = { "commit", chunk, attempt }
      if rand(1, 3) == 1 then front = front + 1 end
    elseif what <= 17 then
      calls[i] = { "total", key }
    else
      calls[i] = { "next_chunk" }
    end
  end
  return calls
end

-- `chunks` chunks of `rows` rows by a few workers that take turns, overtake each other and crash.
local function job(chunks, rows, keys, crash_percent, rand)
  local calls, waiting, first = {}, {}, 0
  while first < chunks or #waiting > 0 do
    while #waiting < 4 and first < chunks do
      waiting[#waiting + 1] = { first, 1 }
      first = first + 1
    end
    local turn = rand(1, #waiting)
    local chunk, attempt = waiting[turn][1], waiting[turn][2]
    local crashes = rand(1, 100) <= crash_percent
    for _ = 1, crashes and rand(0, rows) or rows do
      calls[#calls + 1] = { "write", chunk, attempt, "k" .. rand(1, keys), rand(1, 9) }
    end
    if crashes then
      waiting[turn][2] = attempt + 1
    else
      calls[#calls + 1] = { "commit", chunk, attempt }
      table.remove(waiting, turn)
    end
    calls[#calls + 1] = { "next_chunk" }
    calls[#calls + 1] = { "total", "k" .. rand(1, keys) }
  end
  return calls
end

return drill {
  id = "resumable-chunks",
  title = "Every chunk counts once",
  category = "pipelines",
  level = "medium",
  minutes = 30,
  covers = { "S08-C10", "S05-C06" },
  signature = [[
    class ChunkLedger()
      write(chunk: int, attempt: int, key: string, amount: int)
      commit(chunk: int, attempt: int) -> bool
      total(key: string) -> int
      next_chunk() -> int
  ]],

  statement = [==[
Every night a batch job reads a year of votes, cut into chunks 0, 1, 2, …, and sums them up by
community. Its workers run on cheap machines that are taken away without warning. Then the chunk is
given to another worker as a new attempt with a higher number, and written again from its first row.
A worker that was thought dead may also come back and go on.

Write the ledger that the workers write to, `ChunkLedger()`:

- `write(chunk, attempt, key, amount)`: this attempt found `amount` votes for `key` in the chunk;
- `commit(chunk, attempt)`: this attempt has written the chunk to its end. Returns whether the call
  made the chunk count;
- `total(key)`: the sum of the amounts for `key` over all chunks that count, 0 if there are none;
- `next_chunk()`: the lowest chunk that does not count yet. A job that starts again starts there.

**Rules**

1. A row counts for nothing before its attempt has committed the chunk.
2. As soon as an attempt has written to a chunk or tried to commit it, lower attempts at that chunk
   have no say any more: their rows are dropped, those already written as well as those still to
   come, and their `commit` returns false.
3. The first `commit` that rule 2 does not refuse makes the chunk count, with the rows of that
   attempt and no others, and returns true. From then on nothing changes this chunk: rows are
   ignored, and every `commit` returns false, whatever its attempt is.

**Conventions**

- `chunk ≥ 0`, `attempt ≥ 1`, both whole numbers without further bounds. Attempts may be skipped.
- Chunks are worked on and committed in any order, many at a time.
- A chunk may have no rows, and is committed all the same: it counts, with nothing in it.
- Amounts may be zero or negative. An attempt may write the same key many times: they add up.
- Keys are any strings. A new ledger has `next_chunk() = 0`.

**Cost.** O(1) a call on average; a `commit` may take time for the different keys of its chunk.
Memory follows the different keys, and the chunks that are open or count already ahead of
`next_chunk()`. It does not grow with the number of rows, of crashes, or of chunks done.
]==],

  examples = {
    {
      new = {},
      calls = { { "write", 0, 1, "cats", 5 }, { "total", "cats" }, { "write", 0, 2, "cats", 5 },
                { "write", 0, 2, "dogs", 2 }, { "commit", 0, 2 }, { "total", "cats" },
                { "next_chunk" } },
      result = { nil, 0, nil, nil, true, 5, 1 },
      note = "Attempt 1 crashed after its first row. Attempt 2 wrote the row again, and it counts "
        .. "once.",
    },
    {
      new = {},
      calls = { { "commit", 1, 1 }, { "next_chunk" }, { "commit", 0, 1 }, { "next_chunk" },
                { "commit", 0, 1 } },
      result = { true, 0, true, 2, false },
      note = "Chunk 1 is done first. The job may go on at 2 only when chunk 0 is done too. The "
        .. "last call changes nothing and says so.",
    },
    {
      new = {},
      calls = { { "write", 0, 1, "cats", 5 }, { "write", 0, 2, "cats", 4 }, { "commit", 0, 1 },
                { "write", 0, 1, "cats", 9 }, { "commit", 0, 2 }, { "total", "cats" } },
      result = { nil, nil, false, nil, true, 4 },
      note = "The worker of attempt 1 is alive after all, and too late.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "1",
    sizes = { 2000, 4000, 8000, 16000 },
    -- Chunks in order, four calls each. Every second one crashes after its first row.
    input = function(n, rand)
      local calls, shift = {}, rand(0, 7)
      for chunk = 0, n // 4 - 1 do
        local key = "k" .. (chunk + shift) % 8
        calls[4 * chunk + 1] = { "write", chunk, 1, key, 3 }
        calls[4 * chunk + 2] = { "write", chunk, 1 + chunk % 2, key, 3 }
        calls[4 * chunk + 3] = { "commit", chunk, 1 + chunk % 2 }
        calls[4 * chunk + 4] = { "next_chunk" }
      end
      return { new = {}, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, calls)
      case { name = name, catches = catches, new = {}, calls = calls }
    end
    story("nothing written", nil, { { "next_chunk" }, { "total", "a" }, { "total", "" } })
    story("one chunk", nil,
          { { "write", 0, 1, "a", 2 }, { "write", 0, 1, "b", 3 }, { "write", 0, 1, "a", 4 },
            { "commit", 0, 1 }, { "total", "a" }, { "total", "b" }, { "next_chunk" } })
    story("not committed yet", "counts rows as they come",
          { { "write", 0, 1, "a", 2 }, { "total", "a" }, { "commit", 0, 1 }, { "total", "a" } })
    story("a crash before the commit", "moves on when a chunk begins",
          { { "write", 0, 1, "a", 2 }, { "next_chunk" } })
    story("crashed and written again", "keeps what the crash left",
          { { "write", 0, 1, "a", 2 }, { "write", 0, 2, "a", 2 }, { "commit", 0, 2 },
            { "total", "a" } })
    story("crashed twice", "keeps what the crash left",
          { { "write", 0, 1, "a", 2 }, { "write", 0, 4, "a", 2 }, { "write", 0, 9, "a", 2 },
            { "commit", 0, 9 }, { "total", "a" } })
    story("written again after the commit", "counts a chunk again",
          { { "write", 0, 1, "a", 2 }, { "commit", 0, 1 }, { "write", 0, 2, "a", 2 },
            { "commit", 0, 2 }, { "total", "a" }, { "next_chunk" } })
    story("the answer to a commit was lost", "counts a chunk again",
          { { "write", 0, 1, "a", 2 }, { "commit", 0, 1 }, { "commit", 0, 1 }, { "total", "a" } })
    story("rows of a worker thought dead", "listens to the dead",
          { { "write", 0, 2, "a", 2 }, { "write", 0, 1, "a", 7 }, { "commit", 0, 2 },
            { "total", "a" } })
    story("the commit of a worker thought dead", "lets any attempt commit",
          { { "write", 0, 1, "a", 7 }, { "write", 0, 2, "a", 2 }, { "commit", 0, 1 },
            { "total", "a" }, { "next_chunk" }, { "write", 0, 2, "a", 5 }, { "commit", 0, 2 },
            { "total", "a" } })
    story("an empty chunk", "an empty chunk stays open",
          { { "commit", 0, 1 }, { "next_chunk" }, { "commit", 0, 2 } })
    story("an empty attempt after a crash", "an empty chunk stays open",
          { { "write", 0, 1, "a", 2 }, { "commit", 0, 2 }, { "total", "a" }, { "next_chunk" } })
    story("the second chunk is faster", "resumes after the highest chunk",
          { { "write", 1, 1, "a", 2 }, { "commit", 1, 1 }, { "next_chunk" }, { "total", "a" },
            { "commit", 0, 1 }, { "next_chunk" } })
    story("the last gap closes", nil,
          { { "commit", 3, 1 }, { "commit", 1, 1 }, { "commit", 2, 1 }, { "next_chunk" },
            { "commit", 0, 1 }, { "next_chunk" }, { "write", 2, 5, "a", 9 }, { "commit", 2, 5 },
            { "total", "a" } })
    story("votes taken back", nil,
          { { "write", 0, 1, "", -4 }, { "write", 0, 1, "", 0 }, { "commit", 0, 1 },
            { "total", "" } })
    story("a chunk far away", nil,
          { { "write", 1000000000000, 1, "a", 1 }, { "commit", 1000000000000, 1 },
            { "next_chunk" }, { "total", "a" } })
    for i = 1, 4 do
      story("random " .. i, nil, chaos(70, 3, rand))
    end
    story("60 chunks, many crashes", nil, job(60, 5, 10, 60, rand))
    story("400 chunks", nil, job(400, 15, 200, 10, rand))
    story("1500 small chunks", nil, job(1500, 2, 30, 20, rand))
  end,

  compare = "exact",

  -- Remembers every call, decides each commit by looking back, and sums anew for each question.
  oracle = function(case)
    local calls, result, counted = case.calls, {}, {}
    for i, call in ipairs(calls) do
      local what = call[1]
      if what == "commit" then
        local fine = not counted[call[2]]
        for j = 1, i - 1 do
          local other = calls[j]
          local about_chunk = other[1] == "write" or other[1] == "commit"
          if about_chunk and other[2] == call[2] and other[3] > call[3] then fine = false end
        end
        if fine then counted[call[2]] = i end
        result[i] = fine
      elseif what == "total" then
        local sum = 0
        for j = 1, i - 1 do
          local row = calls[j]
          local at = row[1] == "write" and counted[row[2]]
          if at and j < at and row[3] == calls[at][3] and row[4] == call[2] then
            sum = sum + row[5]
          end
        end
        result[i] = sum
      elseif what == "next_chunk" then
        local chunk = 0
        while counted[chunk] do chunk = chunk + 1 end
        result[i] = chunk
      end
    end
    return result
  end,

  reference = {
    lua = staged_sums,
    python = [==[
from collections import Counter, defaultdict


class ChunkLedger:
    def __init__(self):
        self.totals = Counter()
        self.open = {}  # chunk -> (its highest attempt, what that attempt has staged)
        self.done = set()  # chunks that count already above first_open
        self.first_open = 0

    def _staged(self, chunk, attempt):
        """The sums of this attempt, or None when it has no say any more."""
        if chunk < self.first_open or chunk in self.done:
            return None
        current, sums = self.open.get(chunk, (0, None))
        if attempt > current:
            sums = defaultdict(int)
            self.open[chunk] = (attempt, sums)
        return sums if attempt >= current else None

    def write(self, chunk, attempt, key, amount):
        sums = self._staged(chunk, attempt)
        if sums is not None:
            sums[key] += amount

    def commit(self, chunk, attempt):
        sums = self._staged(chunk, attempt)
        if sums is None:
            return False
        for key, amount in sums.items():
            self.totals[key] += amount
        del self.open[chunk]
        self.done.add(chunk)
        while self.first_open in self.done:
            self.done.remove(self.first_open)
            self.first_open += 1
        return True

    def total(self, key):
        return self.totals[key]

    def next_chunk(self):
        return self.first_open
]==],
  },

  wrong = {
    {
      name = "counts rows as they come",
      language = "lua",
      verdict = "WA",
      case = "not committed yet",
      why = "Rows go straight into the totals. After a crash the next attempt writes the same "
        .. "rows, and they count twice. Stage them until the commit.",
      code = changed(changed(staged_sums,
        "if sums then sums[key] = (sums[key] or 0) + amount end",
        "if sums then self.totals[key] = (self.totals[key] or 0) + amount end"),
        "  for key, amount in pairs(sums) do self.totals[key] = (self.totals[key] or 0) + amount "
        .. "end\n", ""),
    },
    {
      name = "moves on when a chunk begins",
      language = "lua",
      verdict = "WA",
      case = "a crash before the commit",
      why = "The checkpoint is written before the work: next_chunk passes a chunk once somebody "
        .. "has begun it. If that worker crashes and the job starts again, the chunk is skipped "
        .. "and its rows are lost.",
      code = changed(staged_sums, "  return self.first_open\n", [==[
  local chunk = self.first_open
  while self.done[chunk] or self.open[chunk] do chunk = chunk + 1 end
  return chunk
]==]),
    },
    {
      name = "keeps what the crash left",
      language = "lua",
      verdict = "WA",
      case = "crashed and written again",
      why = "A new attempt adds to what the crashed one has staged, so the rows that both wrote "
        .. "count twice. A new attempt starts from nothing.",
      code = changed(staged_sums, "open = { attempt = attempt, sums = {} }",
                     "open = { attempt = attempt, sums = open and open.sums or {} }"),
    },
    {
      name = "counts a chunk again",
      language = "lua",
      verdict = "WA",
      case = "written again after the commit",
      why = "Nobody remembers that the chunk counts already. A commit whose answer was lost is "
        .. "sent again, or the chunk is run again, and it is added a second time.",
      code = changed(staged_sums,
        "  if chunk < self.first_open or self.done[chunk] then return nil end\n", ""),
    },
    {
      name = "listens to the dead",
      language = "lua",
      verdict = "WA",
      case = "rows of a worker thought dead",
      why = "Rows are staged by chunk without a look at the attempt. A worker that was only slow "
        .. "adds its rows to those of its successor. Refuse attempts below the highest seen.",
      code = changed(staged_sums, "  local sums = self:staged(chunk, attempt)\n  if sums then sums",
        [==[
  local open = self.open[chunk]
  local sums = self:staged(chunk, math.max(attempt, open and open.attempt or 0))
  if sums then sums]==]),
    },
    {
      name = "lets any attempt commit",
      language = "lua",
      verdict = "WA",
      case = "the commit of a worker thought dead",
      why = "commit takes whatever is staged, whoever asks. The late commit of the first worker "
        .. "then publishes the second one's half-written chunk.",
      code = changed(staged_sums, "  local sums = self:staged(chunk, attempt)\n  if not sums",
        [==[
  local open = self.open[chunk]
  local sums = self:staged(chunk, math.max(attempt, open and open.attempt or 0))
  if not sums]==]),
    },
    {
      name = "an empty chunk stays open",
      language = "lua",
      verdict = "WA",
      case = "an empty chunk",
      why = "commit refuses a chunk in which nothing was written by this attempt. An hour without "
        .. "votes then blocks the resume point for ever.",
      code = changed(staged_sums, "  if not sums then return false end",
                     "  if not sums or not next(sums) then return false end"),
    },
    {
      name = "resumes after the highest chunk",
      language = "lua",
      verdict = "WA",
      case = "the second chunk is faster",
      why = "next_chunk is one past the highest chunk that counts. With several workers the lower "
        .. "ones may still be running, and a restart would skip them.",
      code = changed(changed(staged_sums, "  self.done[chunk] = true\n",
        "  self.done[chunk] = true\n  self.highest = math.max(self.highest or -1, chunk)\n"),
        "  return self.first_open\n", "  return (self.highest or -1) + 1\n"),
    },
    {
      name = "searches from chunk 0",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "next_chunk starts at 0 and walks past everything that is done, every time. The front "
        .. "only moves forward, so keep it and go on from there.",
      code = changed(changed(changed(staged_sums, [==[
  while self.done[self.first_open] do
    self.done[self.first_open] = nil
    self.first_open = self.first_open + 1
  end
]==], ""), "chunk < self.first_open or ", ""), "  return self.first_open\n", [==[
  local chunk = 0
  while self.done[chunk] do chunk = chunk + 1 end
  return chunk
]==]),
    },
    {
      name = "remembers every chunk for ever",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "The set of chunks that count grows for the whole night. Below next_chunk it holds "
        .. "everything, so one number says the same.",
      code = changed(staged_sums, "    self.done[self.first_open] = nil\n", ""),
    },
  },

  hints = {
    { text = "Rows must be able to vanish without a trace when their worker crashes. Where do they "
        .. "stay until it is clear that they count?", cost_min = 3 },
    { text = "Stage sums by key for each open chunk, with the highest attempt seen there. A "
        .. "higher attempt starts with nothing staged, a lower one is refused. One helper can do "
        .. "this for write and commit.", cost_min = 4 },
    { text = "A commit moves the staged sums into the totals and marks the chunk. Keep next_chunk "
        .. "as a number: after each commit, move it on while the chunk it points at is marked, and "
        .. "erase the marks you pass. Whatever lies below it is done.", cost_min = 6 },
  },

  follow_ups = {
    { ask = "The ledger itself can crash. What must be durable, and in which order?",
      answer = "The totals and the mark that the chunk is done must change in one transaction. If "
        .. "they cannot, write the chunk's result under a name made of the chunk, which makes the "
        .. "write repeatable, then the mark. Never the mark first: a crash in between loses the "
        .. "chunk, while the other order only repeats it." },
    { ask = "A worker's commit was lost on the way back. It tries again and gets false. Is it "
        .. "done?",
      answer = "It cannot tell whether it or another attempt won. Here both are fine, since the "
        .. "chunk counts. To answer exactly, keep the winning attempt of each chunk, for as long "
        .. "as a worker may retry." },
    { ask = "Who hands out attempt numbers?",
      answer = "One place that is consistent, such as the scheduler's database. The number is a "
        .. "fencing token: what matters is that it only rises, and that the store checks it and "
        .. "not the worker, which may believe in its lease long after it has ended." },
    { ask = "Is this exactly-once delivery?",
      answer = "No. Rows are delivered any number of times. Their effect is exactly once, because "
        .. "the sink knows which chunk they belong to and can tell a repetition." },
    { ask = "How large should a chunk be?",
      answer = "Large enough that committing and scheduling is a small part of its time, small "
        .. "enough that losing one at the preemption rate you have costs little. It is the same "
        .. "balance as for a checkpoint interval: about the square root of twice the cost of a "
        .. "commit times the mean time between losses." },
  },

  explain = [==[
**Invariant.** `totals` is the sum over the chunks that count, each with the rows of the one attempt
that committed it. Every chunk below `first_open` counts, `first_open` itself does not, and `done`
holds exactly the counting chunks above it. `open[chunk]` has the highest attempt that touched the
chunk and what that attempt, and no other, has written.

**Why it holds.** A higher attempt replaces the record, so nothing of a lower one survives; a lower
one gets no record, so it cannot write or commit. A commit moves the sums once, and afterwards the
chunk is below `first_open` or in `done`, where both methods refuse it. Moving `first_open` while
its chunk is in `done` restores the statement about the front.

**Cost.** A row is one update of a sum. The front moves once past each chunk. Memory has the keys,
the sums of open chunks, and the marks above the front.

**Usual mistakes**

- *Counting on arrival.* Right until the first crash.
- *The checkpoint before the write.* It turns "at least once" into "at most once": rows get lost,
  and nothing shows it.
- *Forgetting that a chunk is done*, so that a retried commit doubles it.
- *Trusting the worker.* Whether it is still in charge is decided where the data is, by comparing
  attempt numbers.
- *The highest chunk as the resume point*, when chunks finish out of order.
]==],
}
