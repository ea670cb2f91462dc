-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Which log lines are kept for a closer look, decided by a hash of the request and nothing else.
-- The drill is about a decision that every machine takes alike without asking another, and that
-- holds for all lines of a request or for none at the same rate.

-- The reference. Most wrong answers are this text with one thing changed.
local hash_of_request = [==[
-- A request's number in [0, 1) comes from salt and request alone. A line is kept when this number
-- is below the rate of its route.
local function unit(text)
  local h = 0xCBF29CE484222325
  for i = 1, #text do h = (h ~ text:byte(i)) * 0x100000001B3 end
  h = (h ~ (h >> 30)) * 0xBF58476D1CE4E5B9
  h = (h ~ (h >> 27)) * 0x94D049BB133111EB
  h = h ~ (h >> 31)
  return (h >> 11) * 2.0 ^ -53
end

function sampled_lines(lines, rates, default_rate, salt)
  local kept = {}
  for i, line in ipairs(lines) do
    local request, route = line[1], line[2]
    local rate = rates[route]
    if rate == nil then rate = default_rate end
    if unit(salt .. ":" .. request) < rate then kept[#kept + 1] = i - 1 end
  end
  return kept
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

local finalizer = [==[
  h = (h ~ (h >> 30)) * 0xBF58476D1CE4E5B9
  h = (h ~ (h >> 27)) * 0x94D049BB133111EB
  h = h ~ (h >> 31)
]==]

local function fnv1a(text)
  local h = 0xCBF29CE484222325
  for i = 1, #text do h = (h ~ text:byte(i)) * 0x100000001B3 end
  return h
end

local function unit(text)
  local h = fnv1a(text)
  h = (h ~ (h >> 30)) * 0xBF58476D1CE4E5B9
  h = (h ~ (h >> 27)) * 0x94D049BB133111EB
  return ((h ~ (h >> 31)) >> 11) * 2.0 ^ -53
end

-- The first request r1, r2, … of which `holds` is true; with it, its number in [0, 1).
local function request_with(holds, salt)
  for i = 1, 200000 do
    local request = "r" .. i
    local u = unit(salt .. ":" .. request)
    if holds(u, request) then return request, u end
  end
  error("there is no such request")
end

-- `n` lines of about n/3 requests on `routes` routes.
local function traffic(n, routes, rand)
  local lines = {}
  for i = 1, n do
    lines[i] = { "req-" .. rand(1, 1 + n // 3), "/" .. rand(1, routes) }
  end
  return lines
end

local function rates_for(routes, rand)
  local rates = {}
  for i = 1, routes do
    if rand(1, 4) > 1 then rates["/" .. i] = rand(0, 8) / 8 end
  end
  return rates
end

return drill {
  id = "sampled-lines",
  title = "The same thousandth everywhere",
  category = "pipelines",
  level = "medium",
  minutes = 20,
  covers = { "S06-C09", "S13-C05" },
  signature = "sampled_lines(lines: (string, string)[], rates: map<string, float>, "
    .. "default_rate: float, salt: string) -> int[]",

  statement = [==[
Each request to a feed passes through retrieval, ranking and moderation, and each of them logs
lines. A few requests are logged in full, for debugging and for training. The services do not talk
to each other about it, they are restarted at any time, and yet they should pick the same requests.
So the pick depends on the request's id and on a salt, and on nothing else.

Given `lines`, pairs of a request's id and the route that logged it, return the places of the lines
that are kept, ascending and counted from 0.

**Which lines are kept**

1. The rate of a line is `rates[route]`, or `default_rate` for a route that is not in `rates`. A
   rate of 0 is a rate: such a route keeps nothing.
2. The number `u` of a request is computed from the bytes of the text `salt .. ":" .. request`, that
   is the salt, one colon, and the request's id:

        h = 0xCBF29CE484222325
        for each byte b of the text, from the first to the last:
            h = (h ^ b) * 0x100000001B3
        h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9
        h = (h ^ (h >> 27)) * 0x94D049BB133111EB
        h = h ^ (h >> 31)
        u = (h >> 11) / 2^53

   `h` is an unsigned 64-bit number and products are taken modulo 2^64; `^` is the bitwise exclusive
   or, and `>>` shifts zeros in from the left. (The first part is FNV-1a: for the text `a` it gives
   0xAF63DC4C8601EC8C. The second part mixes its bits.) `h >> 11` has 53 bits, so `u` is exact as a
   64-bit float, and 0 ≤ u < 1.
3. A line is kept if `u < rate`.

**Conventions**

- Rates lie in [0, 1]. A rate of 1 keeps everything.
- Ids, routes and the salt are UTF-8 texts and may be empty. An id may occur on any number of lines,
  next to each other or not.
- Without lines the answer is the empty list.

**Cost.** Time may grow like the total length of the lines: what is decided for one line must not
depend on how many came before.
]==],

  examples = {
    {
      args = { { { "r1", "/rank" }, { "r2", "/rank" }, { "r1", "/feed" }, { "r3", "/rank" } },
               { ["/rank"] = 0.5 }, 0.0, "2024" },
      result = { 0, 3 },
      note = "With this salt u is 0.25 for r1, 0.66 for r2 and 0.13 for r3. /feed is not listed, "
        .. "and the default rate keeps nothing.",
    },
    {
      args = { { { "r1", "/rank" }, { "r2", "/rank" }, { "r3", "/feed" } },
               { ["/rank"] = 0.0 }, 1.0, "2024" },
      result = { 2 },
      note = "/rank is listed with the rate 0. /feed has the default rate of 1.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    -- Every line has a request of its own.
    input = function(n, rand)
      local lines, first = {}, rand(100000, 500000)
      for i = 1, n do lines[i] = { tostring(first + i), "/rank" } end
      return { lines, { ["/rank"] = 0.25 }, 0.0, "s" }
    end,
  },

  cases = function(rand, case)
    local function one(name, catches, lines, rates, default_rate, salt)
      case { name = name, catches = catches, args = { lines, rates, default_rate, salt } }
    end
    local function on_route(requests, route)
      local lines = {}
      for i, request in ipairs(requests) do lines[i] = { request, route } end
      return lines
    end
    local some = {}
    for i = 1, 20 do some[i] = "r" .. i end

    one("no lines", nil, {}, { a = 0.5 }, 0.5, "s")
    do
      local request = request_with(function(u, request)
        local plain = fnv1a("s:" .. request)
        return u > 0.6 and plain % 1000 > 500 and (plain >> 11) * 2.0 ^ -53 > 0.6
      end, "s")
      one("a number in the upper half", "reads the hash as signed", { { request, "a" } },
          { a = 0.25 }, 0.0, "s")
    end
    one("a rate of one", nil, on_route(some, "a"), { a = 1.0 }, 0.0, "s")
    one("a rate of zero", "takes zero for missing", on_route(some, "a"), { a = 0.0 }, 1.0, "s")
    one("a route without a rate", "forgets the default", on_route(some, "b"), { a = 0.0 }, 1.0,
        "s")
    do
      -- Dropped at a rate of 1/8, and also by those who use the plain hash or read it as signed.
      local request = request_with(function(u, request)
        local plain = fnv1a("s:" .. request)
        return u > 0.2 and u < 0.45 and plain % 1000 >= 125 and (plain >> 11) * 2.0 ^ -53 > 0.2
      end, "s")
      local lines = {}
      for i = 1, 16 do lines[i] = { request, "a" } end
      one("one request, sixteen lines", "keeps every so many lines", lines, { a = 0.125 }, 0.0,
          "s")
    end
    do
      -- Kept as it should be, dropped when the route takes part.
      local request = request_with(function(u, request)
        local plain = fnv1a("s:" .. request)
        return u < 0.4 and plain % 1000 < 400 and (plain >> 11) * 2.0 ^ -53 < 0.4
          and unit("s:" .. request .. "a") > 0.5 and unit("s:" .. request .. "b") < 0.4
      end, "s")
      one("one request, two routes", "draws anew for each route",
          { { request, "a" }, { request, "b" } }, { a = 0.5, b = 0.5 }, 0.0, "s")
    end
    one("consecutive ids", "takes the remainder of a plain hash", on_route(some, "a"),
        { a = 0.5 }, 0.0, "s")
    one("another salt", "ignores the salt", on_route(some, "a"), { a = 0.5 }, 0.0, "t")
    one("no salt", nil, on_route(some, "a"), { a = 0.5 }, 0.0, "")
    do
      local request, u = request_with(function(u) return u < 0.001 end, "s")
      one("one in a thousand", "counts in whole percent", { { request, "a" } }, { a = 0.001 }, 0.0,
          "s")
      one("a rate of exactly u", "keeps at the rate itself", { { request, "a" } }, { a = u }, 0.0,
          "s")
    end
    one("different rates on the routes of one request", nil,
        { { "r1", "a" }, { "r1", "b" }, { "r1", "c" }, { "r1", "d" } },
        { a = 0.9, b = 0.5, c = 0.1 }, 0.7, "s")
    one("empty ids, and some beyond ASCII", nil,
        { { "", "" }, { "Zoë", "" }, { "日本", "é" }, { ":", "é" } }, { ["é"] = 0.6 }, 0.6, "ß")
    for i = 1, 3 do
      one("random " .. i, nil, traffic(rand(30, 90), 4, rand), rates_for(4, rand), rand(0, 4) / 4,
          "salt" .. i)
    end
    one("5000 lines", nil, traffic(5000, 12, rand), rates_for(12, rand), 0.03125, "2024-06")
    one("1 of 1000 of 5000 lines", nil, traffic(5000, 3, rand), {}, 0.001, "2024-06")
  end,

  compare = "exact",

  -- Compares whole numbers: h >> 11 against the rate times 2^53, and decides by request first.
  oracle = function(args)
    local lines, rates, default_rate, salt = table.unpack(args)
    local number, kept = {}, {}
    for _, line in ipairs(lines) do
      number[line[1]] = math.tointeger(unit(table.concat({ salt, line[1] }, ":")) * 2.0 ^ 53)
    end
    for place = 0, #lines - 1 do
      local line = lines[place + 1]
      local rate = default_rate
      if rates[line[2]] then rate = rates[line[2]] end
      if number[line[1]] < math.ceil(rate * 2.0 ^ 53) then kept[#kept + 1] = place end
    end
    return kept
  end,

  reference = {
    lua = hash_of_request,
    python = [==[
MASK = (1 << 64) - 1


def unit(text):
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = (h ^ byte) * 0x100000001B3 & MASK
    h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    h = (h ^ (h >> 27)) * 0x94D049BB133111EB & MASK
    h ^= h >> 31
    return (h >> 11) / 2**53


def sampled_lines(lines, rates, default_rate, salt):
    return [
        place
        for place, (request, route) in enumerate(lines)
        if unit(f"{salt}:{request}") < rates.get(route, default_rate)
    ]
]==],
    cpp = [==[
// A request's number comes from salt and request alone; a line is kept if it is below its rate.
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

double unit(const std::string& text) {
  std::uint64_t h = 0xCBF29CE484222325;
  for (unsigned char byte : text) h = (h ^ byte) * 0x100000001B3;
  h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9;
  h = (h ^ (h >> 27)) * 0x94D049BB133111EB;
  h ^= h >> 31;
  return static_cast<double>(h >> 11) * 0x1p-53;
}

std::vector<long long> sampled_lines(const std::vector<std::pair<std::string, std::string>>& lines,
                                     const std::map<std::string, double>& rates,
                                     double default_rate, const std::string& salt) {
  std::vector<long long> kept;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& [request, route] = lines[i];
    auto listed = rates.find(route);
    double rate = listed == rates.end() ? default_rate : listed->second;
    if (unit(salt + ":" + request) < rate) kept.push_back(static_cast<long long>(i));
  }
  return kept;
}
]==],
  },

  wrong = {
    {
      name = "takes zero for missing",
      language = "lua",
      verdict = "WA",
      case = "a rate of zero",
      why = "A rate of 0 is treated like no rate, and the default is used. Zero is how a route is "
        .. "switched off, for instance because its lines hold private messages.",
      code = changed(hash_of_request, "if rate == nil then", "if rate == nil or rate == 0 then"),
    },
    {
      name = "forgets the default",
      language = "lua",
      verdict = "WA",
      case = "a route without a rate",
      why = "A route that is not listed keeps nothing. The default rate is for such routes.",
      code = changed(hash_of_request, "rate = default_rate", "rate = 0.0"),
    },
    {
      name = "keeps every so many lines",
      language = "lua",
      verdict = "WA",
      case = "one request, sixteen lines",
      why = "A counter keeps one line in so many. The share is right, but it depends on the order "
        .. "of the lines, a restart changes it, and no request is ever kept as a whole.",
      code = changed(changed(hash_of_request, "  local kept = {}\n",
                             "  local kept, due = {}, {}\n"),
        "    if unit(salt .. \":\" .. request) < rate then kept[#kept + 1] = i - 1 end\n", [==[
    due[route] = (due[route] or 0) + rate
    if due[route] >= 1 then
      due[route] = due[route] - 1
      kept[#kept + 1] = i - 1
    end
]==]),
    },
    {
      name = "draws anew for each route",
      language = "lua",
      verdict = "WA",
      case = "one request, two routes",
      why = "The route is hashed too, so each service picks requests of its own. The lines of a "
        .. "request that was kept in ranking are missing in moderation, and cannot be joined.",
      code = changed(hash_of_request, 'unit(salt .. ":" .. request)',
                     'unit(salt .. ":" .. request .. route)'),
    },
    {
      name = "reads the hash as signed",
      language = "lua",
      verdict = "WA",
      case = "a number in the upper half",
      why = "The hash is divided as a signed number. Half of all requests then get a number below "
        .. "zero, and are kept at every rate above it. Shift with zeros first.",
      code = changed(hash_of_request, "(h >> 11) * 2.0 ^ -53", "h * 2.0 ^ -64"),
    },
    {
      name = "takes the remainder of a plain hash",
      language = "lua",
      verdict = "WA",
      case = "consecutive ids",
      why = "The rate is compared with the remainder of FNV-1a by 1000. That is another number "
        .. "than the services agreed on, and the lower bits of a simple hash are its worst.",
      code = changed(changed(hash_of_request, finalizer, ""), "(h >> 11) * 2.0 ^ -53",
                     "h % 1000 / 1000"),
    },
    {
      name = "leaves the mixing out",
      language = "lua",
      verdict = "WA",
      case = "consecutive ids",
      why = "FNV-1a alone moves the last byte of a text only into the lower and middle bits. The "
        .. "upper ones, which decide, are nearly the same for ids that differ at the end: they are "
        .. "kept or dropped in rows.",
      code = changed(hash_of_request, finalizer, ""),
    },
    {
      name = "ignores the salt",
      language = "lua",
      verdict = "WA",
      case = "another salt",
      why = "The request alone is hashed. Every study then keeps the same requests, and a user who "
        .. "is in one sample is in all of them.",
      code = changed(hash_of_request, 'unit(salt .. ":" .. request)', 'unit("s:" .. request)'),
    },
    {
      name = "counts in whole percent",
      language = "lua",
      verdict = "WA",
      case = "one in a thousand",
      why = "The number is cut to whole percent and compared with a rate in percent. Rates that "
        .. "are no whole percent come out wrong; one in a thousand becomes none or one in a "
        .. "hundred.",
      code = changed(changed(hash_of_request, 'unit(salt .. ":" .. request)',
                             'math.floor(100 * unit(salt .. ":" .. request))'),
        "if rate == nil then rate = default_rate end",
        "if rate == nil then rate = default_rate end\n    rate = math.floor(100 * rate)"),
    },
    {
      name = "keeps at the rate itself",
      language = "lua",
      verdict = "WA",
      case = "a rate of exactly u",
      why = "A line is kept if u < rate. With <= a rate of 0 could keep a line.",
      code = changed(hash_of_request, "< rate then kept", "<= rate then kept"),
    },
    {
      name = "looks the request up in a list",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "To decide alike for all lines of a request, the earlier requests are kept in a list "
        .. "and searched. The hash decides alike without any memory.",
      code = changed(changed(hash_of_request, "  local kept = {}\n",
                             "  local kept, seen, number = {}, {}, {}\n"),
        "    if unit(salt .. \":\" .. request) < rate then kept[#kept + 1] = i - 1 end\n", [==[
    local at
    for j = 1, #seen do
      if seen[j] == request then at = j end
    end
    if not at then
      at = #seen + 1
      seen[at], number[at] = request, unit(salt .. ":" .. request)
    end
    if number[at] < rate then kept[#kept + 1] = i - 1 end
]==]),
    },
  },

  hints = {
    { text = "Two machines see different lines in a different order. What do they both know about "
        .. "a request?", cost_min = 1 },
    { text = "Write the number of a request as a function of one text. In Python cut each product "
        .. "with & (2^64 - 1); in C++ take unsigned 64-bit numbers and unsigned bytes; Lua wraps "
        .. "by itself, and its >> shifts zeros in.", cost_min = 3 },
    { text = "For each line: look up the rate, with the default only if the route is absent; "
        .. "compute u from salt, colon and request; keep the place if u < rate. There is no state.",
      cost_min = 3 },
  },

  follow_ups = {
    { ask = "The rate goes up from 1% to 5%. Which requests are kept now?",
      answer = "All that were kept before, and others: u < 0.01 implies u < 0.05. Samples are "
        .. "nested as long as salt and hash stay the same, so old and new logs can be compared." },
    { ask = "How do you estimate the total number of lines from the sample?",
      answer = "Weight each kept line by 1/rate and add up. Log the rate with the line, since "
        .. "rates change. Routes of different rates can then be added; the variance comes from the "
        .. "least rates." },
    { ask = "Sample by request, by user or by line?",
      answer = "By what you want to see whole. By request to follow it through the services, by "
        .. "user to study sessions. Errors must then be taken over users too, since lines of one "
        .. "user are not independent." },
    { ask = "Requests that fail are rare and never in the sample.",
      answer = "Keep them at a higher rate, up to all, decided at the end of the request. That "
        .. "needs a buffer until the outcome is known, and services that agree on it. The weights "
        .. "must say so, otherwise the error rate in the sample is nonsense." },
    { ask = "Why does one salt for everything do harm?",
      answer = "Samples are then the same requests over and over. An experiment that assigns users "
        .. "with the same hash gets a sample that lies wholly in one arm. Give each use a salt of "
        .. "its own." },
  },

  explain = [==[
**Invariant.** There is none to keep, and that is the point: whether a line is kept is a function of
salt, request and rate. It does not depend on what came before, on the machine, or on a restart.

**Why it is right.** `u` is spread evenly over [0, 1) for different requests, so a rate r keeps
about that share. For one request `u` is one number: routes with the same rate keep the same
requests, and a route with a higher rate keeps a superset. At rate 0 nothing is below, at rate 1
everything.

**Why two steps.** FNV-1a is short, and its last step is a multiplication by 2^40 + 0x1B3. What the
last byte changes lands in the lower 17 bits and from bit 40 on; the uppermost stay as they were.
The mixing carries every bit into every other. The comparison with the rate uses the upper bits
first, so without it consecutive ids share their fate.

**Cost.** One pass over the bytes of each id, and no memory beside the answer.

**Usual mistakes**

- *A counter or a random number for each line.* Right in share, useless for joining.
- *Hashing more than the unit*: with the route or the time in it, the request falls apart.
- *Signed numbers.* A division or a remainder of a negative hash is not what you meant, and differs
  between languages.
- *Zero and missing.* `rates.get(route) or default` turns a rate of 0 into the default.
- *Whole percent.* Rates of interest are below one percent.
]==],
}
