-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Content hashes along a pipeline: a step's hash covers its code and the hashes of its inputs, so
-- it changes whenever anything above it does. The drill is about the order in which they can be
-- computed, about steps that have none, and about a text to hash that is the same every time.

-- The reference. Most wrong answers are this text with one thing changed.
local ready_steps = [==[
-- A step is ready when the hashes of all its different inputs are known. Each ready step tells
-- those that wait for it; whoever is never told lies on a cycle or below one.
local function fnv1a(text)
  local h = 0xCBF29CE484222325
  for i = 1, #text do h = (h ~ text:byte(i)) * 0x100000001B3 end
  return string.format("%016x", h)
end

function artifact_hashes(steps)
  local place, hashes = {}, {}
  for i, step in ipairs(steps) do
    place[step[1]] = i
    hashes[i] = ""
  end

  local inputs, missing, waiting, ready = {}, {}, {}, {}
  for i = 1, #steps do waiting[i] = {} end
  for i, step in ipairs(steps) do
    local names, seen = {}, {}
    for _, name in ipairs(step[3]) do
      if not seen[name] then
        seen[name] = true
        names[#names + 1] = name
        table.insert(waiting[place[name]], i)
      end
    end
    table.sort(names)
    inputs[i], missing[i] = names, #names
    if #names == 0 then ready[#ready + 1] = i end
  end

  local done = 0
  while done < #ready do
    done = done + 1
    local i = ready[done]
    local lines = { steps[i][2] .. "\n" }
    for _, name in ipairs(inputs[i]) do
      lines[#lines + 1] = name .. "=" .. hashes[place[name]] .. "\n"
    end
    hashes[i] = fnv1a(table.concat(lines))
    for _, next_step in ipairs(waiting[i]) do
      missing[next_step] = missing[next_step] - 1
      if missing[next_step] == 0 then ready[#ready + 1] = next_step end
    end
  end
  return hashes
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

-- What several wrong answers share: a step's hash by asking its inputs for theirs first.
local function asking(body)
  return [==[
local function fnv1a(text)
  local h = 0xCBF29CE484222325
  for i = 1, #text do h = (h ~ text:byte(i)) * 0x100000001B3 end
  return string.format("%016x", h)
end

local function different(names)
  local result, seen = {}, {}
  for _, name in ipairs(names) do
    if not seen[name] then
      seen[name] = true
      result[#result + 1] = name
    end
  end
  table.sort(result)
  return result
end

function artifact_hashes(steps)
  local by_name, hashes, begun = {}, {}, {}
  for _, step in ipairs(steps) do by_name[step[1]] = step end
  local hash_of
]==] .. body .. [==[
  local result = {}
  for i, step in ipairs(steps) do result[i] = hash_of(step[1]) end
  return result
end
]==]
end

local function fnv1a(text)
  local h = 0xCBF29CE484222325
  for i = 1, #text do h = (h ~ text:byte(i)) * 0x100000001B3 end
  return string.format("%016x", h)
end

-- A version of the code with which a step without inputs has a hash that begins with a zero.
local function code_with_a_zero()
  local version = 1
  while fnv1a("v" .. version .. "\n"):sub(1, 1) ~= "0" do version = version + 1 end
  return "v" .. version
end

-- `n` steps with up to `most` inputs each among the steps that come before them in a hidden order;
-- `loops` of them have an input that comes later, which may make a cycle.
local function pipeline(n, most, loops, rand)
  local order, steps = {}, {}
  for i = 1, n do order[i] = "s" .. i end
  rand.shuffle(order)
  for i = 1, n do
    local inputs = {}
    if i > 1 then
      for k = 1, rand(0, most) do inputs[k] = order[rand(math.max(1, i - 10), i - 1)] end
    end
    if loops > 0 and i < n and rand(1, n) <= loops then inputs[#inputs + 1] = order[rand(i, n)] end
    steps[i] = { order[i], "code" .. rand(1, 5), inputs }
  end
  return rand.shuffle(steps)
end

-- A chain of n steps, listed from its end to its beginning.
local function chain(n, first)
  local steps = {}
  for i = 1, n do
    steps[i] = { "s" .. first + i, "v1", i < n and { "s" .. first + i + 1 } or {} }
  end
  return steps
end

local function diamonds(count)
  local steps = { { "a0", "v1", {} }, { "b0", "v2", {} } }
  for i = 1, count do
    local inputs = { "a" .. i - 1, "b" .. i - 1 }
    steps[#steps + 1] = { "a" .. i, "v1", inputs }
    steps[#steps + 1] = { "b" .. i, "v2", inputs }
  end
  return steps
end

return drill {
  id = "artifact-hashes",
  title = "What has to be built again",
  category = "pipelines",
  level = "medium",
  minutes = 30,
  covers = { "S04-C08", "S05-C07", "S05-C01" },
  signature = "artifact_hashes(steps: (string, string, string[])[]) -> string[]",

  statement = [==[
A training pipeline has steps: clean the votes, count them, join them to posts, train. The output of
a step is kept under a hash. When the pipeline runs again, a step whose hash is known is not run but
read. So the hash must change when the step's own code changes, and when anything above it does,
however far up; and it must not change because somebody listed the inputs in another order.

Each step is given as its name, the version of its code, and the names of the steps whose output it
reads. Return the hash of every step, in the order of `steps`.

**Rules**

1. The text of a step is the version of its code and a line feed; then, for each of its
   **different** inputs in ascending order of their names, the name, `=`, the hash of that input,
   and a line feed. Its own name is not part of it.
2. The hash is FNV-1a of the bytes of that text, with 64 bits, as 16 hexadecimal digits in lower
   case with leading zeros:

        h = 0xCBF29CE484222325
        for each byte b of the text, from the first to the last:
            h = (h ^ b) * 0x100000001B3

   `h` is an unsigned 64-bit number, `^` is the bitwise exclusive or, and the product is taken
   modulo 2^64. The text `v1` and a line feed has the hash 6860e0194e469cc6.
3. A step that lies on a cycle has no hash, and neither has a step that reads from one without a
   hash, directly or through others. Its place holds the empty text. All other steps have their
   hashes all the same.

**Conventions**

- Names and versions are ASCII texts without line feeds and `=`. Names are different and not empty;
  they are compared byte by byte, so `B` comes before `a` and `s10` before `s2`.
- Every input is the name of a step in the list. Steps stand in any order. A step may list an input
  twice, and it may list itself, which is a cycle.
- There may be thousands of steps, and chains as long.
- Without steps the answer is the empty list.

**Cost.** Time and memory may grow like the number of steps and of inputs, with a logarithm for
sorting.
]==],

  examples = {
    {
      args = { { { "clean", "v1", {} }, { "count", "v1", { "clean" } } } },
      result = { "6860e0194e469cc6", "53440347b17c66ad" },
      note = "The text of count is v1, a line feed, clean=6860e0194e469cc6 and a line feed.",
    },
    {
      args = { { { "count", "v1", { "clean" } }, { "clean", "v2", {} } } },
      result = { "9c3a9a40e39d3fa8", "686b22194e4f6171" },
      note = "The code of clean has changed, so both hashes have.",
    },
    {
      args = { { { "a", "v1", { "b" } }, { "b", "v1", { "a" } }, { "c", "v1", { "b" } },
                 { "d", "v1", {} } } },
      result = { "", "", "", "6860e0194e469cc6" },
      note = "a and b read each other, and c reads b. d has nothing to do with it.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    input = function(n, rand) return { chain(n, 10000 * rand(1, 8)) } end,
  },

  cases = function(rand, case)
    local function one(name, catches, steps)
      case { name = name, catches = catches, args = { steps } }
    end
    one("no steps", nil, {})
    one("one step", nil, { { "a", "v1", {} } })
    one("the same code under two names", nil, { { "a", "v1", {} }, { "b", "v1", {} } })
    one("a hash that begins with a zero", "loses leading zeros",
        { { "a", code_with_a_zero(), {} } })
    one("inputs out of order", "takes the inputs as they are listed",
        { { "b", "v1", {} }, { "a", "v2", {} }, { "x", "v1", { "b", "a" } },
          { "y", "v1", { "a", "b" } } })
    one("an input listed twice", "takes an input twice",
        { { "a", "v1", {} }, { "x", "v1", { "a", "a" } }, { "y", "v1", { "a" } } })
    one("names that sort by bytes", nil,
        { { "s2", "v1", {} }, { "s10", "v2", {} }, { "B", "v3", {} },
          { "x", "v1", { "B", "s10", "s2" } } })
    one("one name begins another", "sorts the lines",
        { { "s1", "v1", {} }, { "s10", "v2", {} }, { "x", "v1", { "s1", "s10" } } })
    one("two steps up", "looks one step up",
        { { "a", "v9", {} }, { "b", "v1", { "a" } }, { "c", "v1", { "b" } } })
    one("forty diamonds", "asks again and again", diamonds(40))
    one("a step reads itself", "runs around in circles",
        { { "a", "v1", { "a" } }, { "b", "v1", {} } })
    one("two steps read each other", "runs around in circles",
        { { "a", "v1", { "b" } }, { "b", "v1", { "a" } } })
    one("a cycle and a healthy step", "gives everything up",
        { { "b", "v1", {} }, { "a", "v1", { "a" } }, { "c", "v1", { "b" } } })
    one("below a cycle", "cuts the cycle open",
        { { "d", "v1", { "c", "ok" } }, { "c", "v1", { "b" } }, { "ok", "v1", {} },
          { "b", "v1", { "a" } }, { "a", "v1", { "b", "ok" } } })
    one("above a cycle", nil,
        { { "ok", "v1", {} }, { "a", "v1", { "b", "ok" } }, { "b", "v1", { "a" } } })
    one("two cycles, one below the other", nil,
        { { "a", "v1", { "b" } }, { "b", "v1", { "a" } }, { "c", "v1", { "a", "d" } },
          { "d", "v1", { "c" } }, { "e", "v2", {} } })
    for i = 1, 3 do one("random " .. i, nil, pipeline(rand(8, 30), 3, 0, rand)) end
    for i = 1, 3 do one("random with loops " .. i, nil, pipeline(rand(8, 30), 3, 3, rand)) end
    one("a chain of 1000", nil, rand.shuffle(chain(1000, 10000)))
    one("2000 steps", nil, pipeline(2000, 4, 2, rand))
  end,

  compare = "exact",

  -- Rounds over all steps, as long as one of them gets a hash.
  oracle = function(args)
    local steps, known, result = args[1], {}, {}
    local again = true
    while again do
      again = false
      for _, step in ipairs(steps) do
        local whole = not known[step[1]]
        for _, name in ipairs(step[3]) do whole = whole and known[name] ~= nil end
        if whole then
          local names, text = table.move(step[3], 1, #step[3], 1, {}), step[2] .. "\n"
          table.sort(names)
          for k, name in ipairs(names) do
            if name ~= names[k - 1] then text = text .. name .. "=" .. known[name] .. "\n" end
          end
          known[step[1]] = fnv1a(text)
          again = true
        end
      end
    end
    for i, step in ipairs(steps) do result[i] = known[step[1]] or "" end
    return result
  end,

  reference = {
    lua = ready_steps,
    python = [==[
MASK = (1 << 64) - 1


def fnv1a(text):
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = (h ^ byte) * 0x100000001B3 & MASK
    return f"{h:016x}"


def artifact_hashes(steps):
    code = {name: version for name, version, _ in steps}
    inputs = {name: sorted(set(listed)) for name, _, listed in steps}
    missing = {name: len(names) for name, names in inputs.items()}
    waiting = {name: [] for name in inputs}
    for name, names in inputs.items():
        for above in names:
            waiting[above].append(name)

    hashes = {}
    ready = [name for name, count in missing.items() if count == 0]
    while ready:
        name = ready.pop()
        lines = [f"{above}={hashes[above]}\n" for above in inputs[name]]
        hashes[name] = fnv1a(code[name] + "\n" + "".join(lines))
        for below in waiting[name]:
            missing[below] -= 1
            if missing[below] == 0:
                ready.append(below)
    return [hashes.get(name, "") for name, _, _ in steps]
]==],
    cpp = [==[
// Steps whose inputs all have hashes are ready; each one, once hashed, tells those that wait.
#include <cstdint>
#include <cstdio>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

using Step = std::tuple<std::string, std::string, std::vector<std::string>>;

std::string fnv1a(const std::string& text) {
  std::uint64_t h = 0xCBF29CE484222325;
  for (unsigned char byte : text) h = (h ^ byte) * 0x100000001B3;
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(h));
  return digits;
}

std::vector<std::string> artifact_hashes(const std::vector<Step>& steps) {
  std::unordered_map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < steps.size(); ++i) place[std::get<0>(steps[i])] = i;

  std::vector<std::set<std::string>> inputs(steps.size());
  std::vector<std::vector<std::size_t>> waiting(steps.size());
  std::vector<std::size_t> missing(steps.size()), ready;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto& listed = std::get<2>(steps[i]);
    inputs[i].insert(listed.begin(), listed.end());
    for (const std::string& name : inputs[i]) waiting[place[name]].push_back(i);
    missing[i] = inputs[i].size();
    if (missing[i] == 0) ready.push_back(i);
  }

  std::vector<std::string> hashes(steps.size());
  while (!ready.empty()) {
    std::size_t i = ready.back();
    ready.pop_back();
    std::string text = std::get<1>(steps[i]) + "\n";
    for (const std::string& name : inputs[i]) text += name + "=" + hashes[place[name]] + "\n";
    hashes[i] = fnv1a(text);
    for (std::size_t below : waiting[i])
      if (--missing[below] == 0) ready.push_back(below);
  }
  return hashes;
}
]==],
  },

  wrong = {
    {
      name = "loses leading zeros",
      language = "lua",
      verdict = "WA",
      case = "a hash that begins with a zero",
      why = "The number is written with as many digits as it needs. One hash in sixteen is then "
        .. "shorter, and differs from what another language writes.",
      code = changed(ready_steps, "%016x", "%x"),
    },
    {
      name = "takes the inputs as they are listed",
      language = "lua",
      verdict = "WA",
      case = "inputs out of order",
      why = "The text follows the order in which the inputs are listed, or in which a map gives "
        .. "them. The same step then has several hashes and is run again for nothing.",
      code = changed(ready_steps, "    table.sort(names)\n", ""),
    },
    {
      name = "sorts the lines",
      language = "lua",
      verdict = "WA",
      case = "one name begins another",
      why = "The finished lines are sorted, and not the names. `=` comes after the digits, so "
        .. "s10=… comes before s1=…, while s1 comes before s10.",
      code = changed(changed(ready_steps, "    table.sort(names)\n", ""),
        "    hashes[i] = fnv1a(table.concat(lines))",
        "    local first = table.remove(lines, 1)\n    table.sort(lines)\n"
        .. "    hashes[i] = fnv1a(first .. table.concat(lines))"),
    },
    {
      name = "takes an input twice",
      language = "lua",
      verdict = "WA",
      case = "an input listed twice",
      why = "An input that is listed twice has two lines in the text. It is one input.",
      code = changed(ready_steps, "if not seen[name] then", "do"),
    },
    {
      name = "looks one step up",
      language = "lua",
      verdict = "WA",
      case = "two steps up",
      why = "Only the code of the direct inputs goes into the hash. A change two steps up is not "
        .. "seen, and the old output is read as if it were still right.",
      code = changed(ready_steps, "hashes[place[name]]", 'fnv1a(steps[place[name]][2] .. "\\n")'),
    },
    {
      name = "asks again and again",
      language = "lua",
      verdict = "TLE",
      reason = "cpu",
      case = "forty diamonds",
      why = "Each step asks its inputs for their hashes, and nobody remembers the answer. With two "
        .. "inputs a level the number of questions doubles at each level.",
      code = asking([==[
  function hash_of(name)
    local text = by_name[name][2] .. "\n"
    for _, above in ipairs(different(by_name[name][3])) do
      text = text .. above .. "=" .. hash_of(above) .. "\n"
    end
    return fnv1a(text)
  end
]==]),
    },
    {
      name = "runs around in circles",
      language = "lua",
      verdict = "RTE",
      case = "a step reads itself",
      why = "The hashes are asked for and remembered, but nobody notices that a question is "
        .. "already being asked. On a cycle it goes round until the stack is full.",
      code = asking([==[
  function hash_of(name)
    if hashes[name] then return hashes[name] end
    local text = by_name[name][2] .. "\n"
    for _, above in ipairs(different(by_name[name][3])) do
      local hash = hash_of(above)
      text = text .. above .. "=" .. hash .. "\n"
    end
    hashes[name] = fnv1a(text)
    return hashes[name]
  end
]==]),
    },
    {
      name = "cuts the cycle open",
      language = "lua",
      verdict = "WA",
      case = "a step reads itself",
      why = "A step that is asked a second time answers with the empty text, and whoever asked "
        .. "goes on with it. Steps on a cycle then get hashes that depend on where the search "
        .. "began.",
      code = asking([==[
  function hash_of(name)
    if hashes[name] then return hashes[name] end
    if begun[name] then return "" end
    begun[name] = true
    local text = by_name[name][2] .. "\n"
    for _, above in ipairs(different(by_name[name][3])) do
      text = text .. above .. "=" .. hash_of(above) .. "\n"
    end
    hashes[name] = fnv1a(text)
    return hashes[name]
  end
]==]),
    },
    {
      name = "gives everything up",
      language = "lua",
      verdict = "WA",
      case = "a step reads itself",
      why = "As soon as there is a cycle, no step has a hash. Steps that are neither on it nor "
        .. "below it can be run and kept as always.",
      code = changed(ready_steps, "  return hashes\n", [==[
  if #ready < #steps then
    for i = 1, #steps do hashes[i] = "" end
  end
  return hashes
]==]),
    },
    {
      name = "goes over all steps in rounds",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "All steps are looked at, round after round, until no more hash can be found. With a "
        .. "chain listed from its end, each round finds one.",
      code = [==[
local function fnv1a(text)
  local h = 0xCBF29CE484222325
  for i = 1, #text do h = (h ~ text:byte(i)) * 0x100000001B3 end
  return string.format("%016x", h)
end

function artifact_hashes(steps)
  local known = {}
  local again = true
  while again do
    again = false
    for _, step in ipairs(steps) do
      local complete = not known[step[1]]
      for _, name in ipairs(step[3]) do complete = complete and known[name] end
      if complete then
        local names, seen = {}, {}
        for _, name in ipairs(step[3]) do
          if not seen[name] then
            seen[name] = true
            names[#names + 1] = name
          end
        end
        table.sort(names)
        local text = step[2] .. "\n"
        for _, name in ipairs(names) do text = text .. name .. "=" .. known[name] .. "\n" end
        known[step[1]] = fnv1a(text)
        again = true
      end
    end
  end
  local result = {}
  for i, step in ipairs(steps) do result[i] = known[step[1]] or "" end
  return result
end
]==],
    },
  },

  hints = {
    { text = "Which steps can be hashed at once? After that, which others can, and who knows about "
        .. "it?", cost_min = 2 },
    { text = "Count for each step how many of its different inputs have no hash yet, and keep for "
        .. "each step a list of those that read it. A step whose count comes to zero is ready.",
      cost_min = 4 },
    { text = "Put all steps without inputs into a list. Take them one by one: build the text from "
        .. "the sorted inputs, hash it, and lower the count of everyone who reads it; those at "
        .. "zero join the list. Steps that never join lie on a cycle or below one. Nothing else "
        .. "needs a test.",
      cost_min = 6 },
  },

  follow_ups = {
    { ask = "Which cycle is it? People want to see the names.",
      answer = "Among the steps left over, start anywhere and follow any left-over input: each has "
        .. "one, so a step must repeat, and the way from its first to its second visit is a cycle. "
        .. "It takes linear time. Strongly connected components give all of them." },
    { ask = "Two steps have the same code and inputs but different names. Why the same hash?",
      answer = "Their outputs are the same, so one run serves both, and renaming a step runs "
        .. "nothing again. Should the name matter to the code, it must be part of what is hashed, "
        .. "like any other parameter." },
    { ask = "What else belongs into the hash of a training step?",
      answer = "Everything that may change the output: parameters, seeds, the versions of "
        .. "libraries and of the container, the hardware if sums are done in another order. What "
        .. "is left out gives stale outputs, what is put in without need gives needless runs." },
    { ask = "A step's code changed, but its output is the same bytes. Must everything below run?",
      answer = "Not if steps below hash the content of their inputs and not the recipe: then they "
        .. "find their old hash and the change stops there. The price is that a step's hash is "
        .. "known only after its inputs were built." },
    { ask = "Is FNV good enough?",
      answer = "For this interview. With 64 bits, a million artifacts collide with a chance of "
        .. "about 1 in 37 million, but anybody can make a collision on purpose. Use SHA-256 where "
        .. "a wrong hit would hurt." },
  },

  explain = [==[
**Invariant.** A step enters `ready` exactly when all its different inputs have hashes, and
`missing` counts those that have none yet.

**Why it is right.** By induction over `ready`: when a step is taken out, its inputs have been
hashed, so its text is complete. A step that never enters has an input that never enters. Following
such inputs upwards never ends, and there are finitely many steps, so the way runs into a cycle: the
step is on one or below one. Conversely no step on a cycle can enter first, since its input on the
cycle would have had to enter before. So the places left empty are exactly those of rule 3, without
any search for cycles.

**Why the text is always the same.** Different inputs in the order of their names: neither the order
of listing nor that of a hash map can be seen. Line feed and `=` do not occur in names or versions,
so two different steps never have the same text.

**Cost.** Each input is entered into one list, sorted once, and told once: O(V + E log E).

**Usual mistakes**

- *The order of a map* in the hashed text.
- *Sorting finished lines.* `s10=` comes before `s1=`: sort names.
- *One step up only.* Hashes of inputs, not their code.
- *Recursion.* Without memory exponential, without a mark for "in progress" endless on a cycle, and
  in Python too deep for a long chain.
- *All or nothing.* One cycle in a corner must not stop the rest.
- *Digits.* Fixed width, lower case: hashes are compared between languages.
]==],
}
