-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A stack that knows its smallest value. The drill is about state that must be undone together with
-- what caused it, and about equal values, of which the first to come must not take the rest along.

-- `n` calls on a stack that grows by and by; values from -range to range.
local function random_calls(n, range, rand)
  local calls = {}
  for i = 1, n do
    local what = rand(1, 10)
    if what <= 4 then
      calls[i] = { "push", rand(-range, range) }
    elseif what <= 6 then
      calls[i] = { "pop" }
    elseif what == 7 then
      calls[i] = { "top" }
    else
      calls[i] = { "minimum" }
    end
  end
  return calls
end

-- The reference. Some of the wrong answers are this text with a few words changed.
local stack_of_minima = [==[
-- Beside the values a second stack: its top is the minimum of all values. A value is pushed there
-- as well when it is not larger than the minimum so far, and popped there when it is popped here.
MinStack = {}
MinStack.__index = MinStack

function MinStack.new() return setmetatable({ values = {}, minima = {} }, MinStack) end

function MinStack:push(x)
  self.values[#self.values + 1] = x
  local minimum = self.minima[#self.minima]
  if not minimum or x <= minimum then self.minima[#self.minima + 1] = x end
end

function MinStack:pop()
  local x = self.values[#self.values]
  if not x then return nil end
  self.values[#self.values] = nil
  if x == self.minima[#self.minima] then self.minima[#self.minima] = nil end
  return x
end

function MinStack:top() return self.values[#self.values] end

function MinStack:minimum() return self.minima[#self.minima] end
]==]

-- The reference with each `old` replaced by its `new`; a change that no longer applies is an error.
local function reference_with(changes)
  local code = stack_of_minima
  for _, change in ipairs(changes) do
    local begins, ends = code:find(change.old, 1, true)
    assert(begins, "the reference no longer contains: " .. change.old)
    code = code:sub(1, begins - 1) .. change.new .. code:sub(ends + 1)
  end
  return code
end

return drill {
  id = "min-stack",
  title = "The deadline that counts",
  category = "state",
  level = "easy",
  minutes = 15,
  covers = { "S02-F" },
  signature = [[
    class MinStack()
      push(x: int)
      pop() -> int?
      top() -> int?
      minimum() -> int?
  ]],

  statement = [==[
A request to a feed service opens nested steps, and each step may bring a deadline of its own, as
the time at which it must be done. When a step ends, its deadline goes with it, the latest opened
first. At every moment the earliest of all open deadlines decides how long may still be waited.

Write `MinStack()` with

- `push(x)`: put the value `x` on top;
- `pop()`: take the top value off and return it;
- `top()`: the top value, which stays;
- `minimum()`: the smallest value in the stack, which stays.

**Conventions**

- Of an empty stack `pop`, `top` and `minimum` return nothing (`nil`, `None`), and change nothing.
- A new stack is empty. It may become empty again and be used on.
- Equal values are common, and each counts: when one is popped the others remain.
- Values are 64-bit integers and use the whole range, so the difference of two of them may not fit.

**Cost.** Every call takes constant time. Memory follows the number of values that are in the stack.
]==],

  examples = {
    {
      new = {},
      calls = { { "push", 30 }, { "push", 10 }, { "push", 20 }, { "minimum" }, { "pop" },
                { "minimum" }, { "pop" }, { "minimum" } },
      result = { nil, nil, nil, 10, 20, 10, 10, 30 },
      note = "The 20 goes first and changes nothing. When the 10 has gone, 30 is the smallest "
        .. "again.",
    },
    {
      new = {},
      calls = { { "push", 5 }, { "push", 5 }, { "pop" }, { "minimum" }, { "top" } },
      result = { nil, nil, 5, 5, 5 },
      note = "One of two equal values remains.",
    },
    {
      new = {},
      calls = { { "minimum" }, { "pop" }, { "push", -1 }, { "minimum" } },
      result = { nil, nil, nil, -1 },
      note = "An empty stack has nothing to give.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 1000, 2000, 4000, 8000 },
    -- n calls. The stack grows with the smallest value at the bottom, then shrinks; each change is
    -- followed by a question.
    input = function(n)
      local calls = {}
      for i = 1, n, 2 do
        calls[i] = i <= n // 2 and { "push", i } or { "pop" }
        calls[i + 1] = { "minimum" }
      end
      return { new = {}, calls = calls }
    end,
  },

  cases = function(rand, case)
    local function story(name, catches, calls)
      case { name = name, catches = catches, new = {}, calls = calls }
    end
    story("empty", nil, { { "top" }, { "pop" }, { "minimum" }, { "pop" } })
    story("one value", nil, { { "push", 4 }, { "top" }, { "minimum" }, { "pop" }, { "top" } })
    story("the minimum is popped", "one minimum for all",
          { { "push", 7 }, { "push", 3 }, { "pop" }, { "minimum" } })
    story("the minimum of an emptied stack", "keeps the minimum of an empty stack",
          { { "push", 3 }, { "pop" }, { "minimum" } })
    story("a larger value after it was emptied", "keeps the minimum of an empty stack",
          { { "push", 3 }, { "pop" }, { "push", 9 }, { "minimum" } })
    story("two equal minima", "pushes equal minima once",
          { { "push", 2 }, { "push", 2 }, { "pop" }, { "minimum" } })
    story("the top is not the minimum", "keeps the values sorted",
          { { "push", 1 }, { "push", 6 }, { "push", 4 }, { "minimum" }, { "top" } })
    story("a larger value is popped", "pops both stacks",
          { { "push", 2 }, { "push", 5 }, { "pop" }, { "minimum" } })
    story("equal minima apart", "pushes equal minima once",
          { { "push", 2 }, { "push", 5 }, { "push", 2 }, { "pop" }, { "minimum" }, { "pop" },
            { "minimum" } })
    story("falling, then taken off", nil,
          { { "push", 3 }, { "push", 2 }, { "push", 1 }, { "minimum" }, { "pop" }, { "minimum" },
            { "pop" }, { "minimum" }, { "pop" }, { "minimum" } })
    story("zero and negative values", nil,
          { { "push", 0 }, { "minimum" }, { "push", -4 }, { "minimum" }, { "pop" }, { "minimum" },
            { "top" } })
    story("ends of the 64-bit range", "stores differences",
          { { "push", math.maxinteger }, { "push", math.mininteger }, { "minimum" }, { "pop" },
            { "minimum" }, { "top" } })
    for i = 1, 3 do story("random " .. i, nil, random_calls(60, 20, rand)) end
    for i = 1, 2 do story("random, many equal " .. i, nil, random_calls(60, 2, rand)) end
    story("random, large values", nil, random_calls(60, math.maxinteger, rand))
    story("8000 calls", nil, random_calls(8000, 1000000, rand))
    story("8000 calls, many equal", nil, random_calls(8000, 3, rand))
    do
      local calls = {}
      for i = 1, 1000 do calls[i] = { "push", -i } end
      for i = 1001, 2000, 2 do calls[i], calls[i + 1] = { "minimum" }, { "pop" } end
      story("1000 falling values, half of them taken off", nil, calls)
    end
  end,

  compare = "exact",

  -- Keeps all values in a list and looks for the smallest when asked.
  oracle = function(case)
    local values, result = {}, {}
    for i, call in ipairs(case.calls) do
      if call[1] == "push" then
        table.insert(values, call[2])
      elseif call[1] == "pop" then
        result[i] = table.remove(values)
      elseif call[1] == "top" then
        result[i] = values[#values]
      elseif #values > 0 then
        result[i] = math.min(table.unpack(values))
      end
    end
    return result
  end,

  reference = {
    lua = stack_of_minima,
    python = [==[
# Each entry holds the value and the minimum of everything up to it.
class MinStack:
    def __init__(self):
        self.entries = []

    def push(self, x):
        self.entries.append((x, min(x, self.entries[-1][1]) if self.entries else x))

    def pop(self):
        return self.entries.pop()[0] if self.entries else None

    def top(self):
        return self.entries[-1][0] if self.entries else None

    def minimum(self):
        return self.entries[-1][1] if self.entries else None
]==],
    cpp = [==[
// Each entry holds the value and the minimum of everything up to it.
#include <algorithm>
#include <optional>
#include <vector>

class MinStack {
 public:
  void push(long long x) {
    entries_.push_back({x, entries_.empty() ? x : std::min(x, entries_.back().minimum)});
  }

  std::optional<long long> pop() {
    const auto x = top();
    if (x) entries_.pop_back();
    return x;
  }

  std::optional<long long> top() const {
    if (entries_.empty()) return std::nullopt;
    return entries_.back().value;
  }

  std::optional<long long> minimum() const {
    if (entries_.empty()) return std::nullopt;
    return entries_.back().minimum;
  }

 private:
  struct Entry {
    long long value, minimum;
  };
  std::vector<Entry> entries_;
};
]==],
  },

  wrong = {
    {
      name = "one minimum for all",
      language = "lua",
      verdict = "WA",
      case = "the minimum is popped",
      why = "One variable holds the smallest value so far. When that value is popped the one "
        .. "before it has been forgotten. The minimum belongs to every height of the stack.",
      code = [==[
MinStack = {}
MinStack.__index = MinStack

function MinStack.new() return setmetatable({ values = {} }, MinStack) end

function MinStack:push(x)
  self.values[#self.values + 1] = x
  if #self.values == 1 or x < self.smallest then self.smallest = x end
end

function MinStack:pop() return table.remove(self.values) end

function MinStack:top() return self.values[#self.values] end

function MinStack:minimum() return #self.values > 0 and self.smallest or nil end
]==],
    },
    {
      name = "keeps the minimum of an empty stack",
      language = "lua",
      verdict = "WA",
      case = "the minimum of an emptied stack",
      why = "The last minimum is left where it is when the stack becomes empty. It is then "
        .. "returned for a stack without values, and it beats the next one that is pushed.",
      code = reference_with({
        { old = "if x == self.minima[#self.minima] then",
          new = "if x == self.minima[#self.minima] and #self.minima > 1 then" },
      }),
    },
    {
      name = "pushes equal minima once",
      language = "lua",
      verdict = "WA",
      case = "two equal minima",
      why = "A value equal to the minimum is not pushed on the second stack, but when it is popped "
        .. "the minimum is popped with it, and the first of the equal values is still there. Use "
        .. "<=.",
      code = reference_with({ { old = "x <= minimum", new = "x < minimum" } }),
    },
    {
      name = "pops both stacks",
      language = "lua",
      verdict = "WA",
      case = "a larger value is popped",
      why = "Not every value was pushed on the second stack, but every pop takes one from it. Pop "
        .. "there only what equals its top, or push the minimum there each time.",
      code = reference_with({
        { old = "if x == self.minima[#self.minima] then", new = "if #self.minima > 0 then" },
      }),
    },
    {
      name = "keeps the values sorted",
      language = "lua",
      verdict = "WA",
      case = "the top is not the minimum",
      why = "The values are kept in sorted order, so the minimum is at hand, but then pop takes "
        .. "the wrong value: a stack gives back what came last.",
      code = [==[
MinStack = {}
MinStack.__index = MinStack

function MinStack.new() return setmetatable({ values = {} }, MinStack) end

function MinStack:push(x)
  local at = #self.values + 1
  while at > 1 and self.values[at - 1] < x do at = at - 1 end
  table.insert(self.values, at, x)
end

function MinStack:pop() return table.remove(self.values) end

function MinStack:top() return self.values[#self.values] end

function MinStack:minimum() return self.values[#self.values] end
]==],
    },
    {
      name = "stores differences",
      language = "lua",
      verdict = "WA",
      case = "ends of the 64-bit range",
      why = "One stack of differences to the minimum: a negative one says that the minimum "
        .. "changed, and gives the old one back. It needs a single number beside the stack, but "
        .. "differences of 64-bit values do not fit into 64 bits.",
      code = [==[
MinStack = {}
MinStack.__index = MinStack

function MinStack.new() return setmetatable({ above = {}, smallest = nil }, MinStack) end

function MinStack:push(x)
  if #self.above == 0 then self.smallest = x end
  self.above[#self.above + 1] = x - self.smallest
  if x < self.smallest then self.smallest = x end
end

function MinStack:top()
  local above = self.above[#self.above]
  if not above then return nil end
  return above < 0 and self.smallest or self.smallest + above
end

function MinStack:pop()
  local x, above = self:top(), table.remove(self.above)
  if above and above < 0 then self.smallest = self.smallest - above end
  return x
end

function MinStack:minimum() return #self.above > 0 and self.smallest or nil end
]==],
    },
    {
      name = "looks through the stack",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each question looks at all values. The answer for what lies below the top was known "
        .. "when the top was pushed.",
      code = [==[
MinStack = {}
MinStack.__index = MinStack

function MinStack.new() return setmetatable({ values = {} }, MinStack) end

function MinStack:push(x) self.values[#self.values + 1] = x end

function MinStack:pop() return table.remove(self.values) end

function MinStack:top() return self.values[#self.values] end

function MinStack:minimum()
  local smallest = self.values[1]
  for i = 2, #self.values do
    if self.values[i] < smallest then smallest = self.values[i] end
  end
  return smallest
end
]==],
    },
  },

  hints = {
    { text = "A variable with the smallest value is right until that value is popped. What would "
        .. "you have to know then?", cost_min = 1 },
    { text = "The smallest of what lies below. It does not change as long as what lies below "
        .. "stays, so it can be written down. When?", cost_min = 2 },
    { text = "When a value is pushed: store beside it the smaller one of it and the minimum stored "
        .. "below. Popping takes both away, and the minimum is always stored at the top.",
      cost_min = 3 },
  },

  follow_ups = {
    { ask = "A minimum for every entry doubles the memory. Can you save some?",
      answer = "Push on a second stack only values that are not larger than its top. For random "
        .. "values that is about ln n entries, for falling ones all. Equal values need an entry "
        .. "each, or one entry with a count." },
    { ask = "Can it be done with one number beside the values?",
      answer = "Store the differences to the minimum: a negative one marks the value that became "
        .. "the minimum and gives the old one back when it is popped. It overflows with values of "
        .. "full width and looks clever; a reviewer will ask for the pair." },
    { ask = "A queue with a minimum?",
      answer = "Two such stacks: push on one, pop from the other, and when that one is empty move "
        .. "everything over. The minimum is the smaller of both. Constant on average. Or a deque "
        .. "of candidates with rising values, as for the minimum of a window." },
    { ask = "The maximum as well? The median? The number of different values?",
      answer = "Whatever can be computed from the value on top and the answer for what lies below "
        .. "can be stored in the entry: maximum, sum, number of zeros. The median cannot; it needs "
        .. "two heaps or a sorted structure beside the stack, O(log n). The number of different "
        .. "values needs a map of counts." },
    { ask = "Why is this useful beyond interviews?",
      answer = "The idea is to keep with each state what is needed to return to the one before: "
        .. "nested transactions, undo, scopes. Undoing means dropping an entry." },
  },

  explain = [==[
**Invariant.** The second stack holds the values that are not larger than anything below them, in
the order in which they came. Its top is the minimum of all values.

**Why it holds.** A pushed value that is larger than the minimum changes nothing. One that is not
becomes the minimum and goes on top of both. Let `x` be popped. If it is not equal to the minimum,
it has no entry in the second stack. If it is equal, it had one, since every value equal to the
minimum at the time was pushed there, and that entry is the top: what came to the second stack later
also came to the first later, and has been popped. What remains is what there was before `x` came.

**With pairs.** Simpler: every entry holds the value and the minimum up to it. Nothing below an
entry can change while it is there, so its minimum stays right. Popping removes both together.

**Cost.** Each call looks at the tops only: constant time. At most two numbers a value.

**Usual mistakes**

- *One variable.* The minimum is a property of each height, so one number cannot hold it.
- *`<` for `<=`.* The second of two equal minima gets no entry but takes one away.
- *Two stacks that are popped together* must be pushed together.
- *The empty stack.* All three answers, and a minimum that outlives the last value.
- *0 or a huge number as a sentinel.* The whole range is in use.
]==],
}
