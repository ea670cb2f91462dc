-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A nested record made into one flat row of named columns, and held against a schema. The drill is
-- about what must not happen quietly: a missing value that becomes a zero, two values that fall on
-- one column, an element of a list that overwrites the one before.

-- The reference. Most wrong answers are this text with one thing changed.
local stack_of_prefixes = [==[
-- One walk with a stack of what is open: the prefix of its paths, that of its patterns, and the
-- next place if it is a list. Values are collected by path, and judged when all of them are known.
function flatten_record(events, schema)
  local paths, found, stack = {}, {}, {}
  for _, event in ipairs(events) do
    local kind, name, text = event[1], event[2], event[3]
    local top = stack[#stack]
    if kind == "}" or kind == "]" then
      stack[#stack] = nil
    elseif not top then
      stack[1] = { path = "", pattern = "" }
    else
      local path, pattern = top.path .. name, top.pattern .. name
      if top.place then
        path, pattern = top.path .. top.place, top.pattern .. "*"
        top.place = top.place + 1
      end
      if kind == "{" then
        stack[#stack + 1] = { path = path .. ".", pattern = pattern .. "." }
      elseif kind == "[" then
        stack[#stack + 1] = { path = path .. ".", pattern = pattern .. ".", place = 0 }
      elseif found[path] then
        found[path].twice = true
      else
        found[path] = { kind = kind, text = text, pattern = pattern }
        paths[#paths + 1] = path
      end
    end
  end

  local row, errors = {}, {}
  local function report(path, what) errors[#errors + 1] = { path, what } end
  for _, path in ipairs(paths) do
    local value = found[path]
    local due = schema[value.pattern]
    if value.twice then
      report(path, "collision")
    elseif not due then
      report(path, "unknown")
    elseif value.kind == "null" then
      if due:sub(-1) ~= "?" then report(path, "null") end
    elseif value.kind ~= due:gsub("%?", "") then
      report(path, "type")
    else
      row[path] = value.text
    end
  end
  for pattern, due in pairs(schema) do
    local needed = due:sub(-1) ~= "?" and not pattern:find("*", 1, true)
    if needed and not found[pattern] then report(pattern, "missing") end
  end
  table.sort(errors, function(a, b) return a[1] < b[1] end)
  return { row, errors }
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

-- Records are written as values: object { "name", value, "name", value }, list { value, … } and
-- scalars { kind, text }.
local function object(fields) return { "{", fields } end
local function list(elements) return { "[", elements } end
local function number(text) return { "number", text } end
local function text(words) return { "string", words } end
local yes, null = { "bool", "true" }, { "null", "" }

local function emit(events, name, value)
  local kind, inner = value[1], value[2]
  if kind == "{" then
    events[#events + 1] = { "{", name, "" }
    for i = 1, #inner, 2 do emit(events, inner[i], inner[i + 1]) end
    events[#events + 1] = { "}", "", "" }
  elseif kind == "[" then
    events[#events + 1] = { "[", name, "" }
    for i = 1, #inner do emit(events, "", inner[i]) end
    events[#events + 1] = { "]", "", "" }
  else
    events[#events + 1] = { kind, name, inner }
  end
end

local function events_of(fields)
  local events = {}
  emit(events, "", object(fields))
  return events
end

local function some_value(depth, rand)
  local dice = rand(1, depth > 0 and 9 or 6)
  if dice <= 2 then return number(tostring(rand(-9, 99))) end
  if dice <= 4 then return text(rand.pick { "", "x", "12", "0" }) end
  if dice == 5 then return yes end
  if dice == 6 then return null end
  local inner = {}
  if dice == 7 then
    for i = 1, rand(0, 3) do inner[i] = some_value(depth - 1, rand) end
    return list(inner)
  end
  for _ = 1, rand(0, 3) do
    inner[#inner + 1] = rand.pick { "a", "b", "c", "a.b", "0" }
    inner[#inner + 1] = some_value(depth - 1, rand)
  end
  return object(inner)
end

local function some_record(fields, rand)
  local inner = {}
  for _ = 1, fields do
    inner[#inner + 1] = rand.pick { "a", "b", "c", "d", "e", "a.b", "b.0" }
    inner[#inner + 1] = some_value(3, rand)
  end
  return events_of(inner)
end

local function some_schema(rand)
  local schema = {}
  local steps = { "a", "b", "c", "d", "e", "*", "0" }
  for _ = 1, 14 do
    local path = rand.pick { "a", "b", "c", "d", "e" }
    for _ = 1, rand(0, 2) do path = path .. "." .. rand.pick(steps) end
    schema[path] = rand.pick { "number", "string", "bool", "number?", "string?", "bool?" }
  end
  return schema
end

-- A record as it should be, with `posts` posts.
local function many_posts(posts, rand)
  local elements = {}
  for i = 1, posts do
    local tags = {}
    for k = 1, rand(0, 3) do tags[k] = text("tag" .. k) end
    elements[i] = object { "id", number(tostring(i)), "title", text("post " .. i),
                           "score", rand(1, 5) == 1 and null or number("0.5"), "tags", list(tags) }
  end
  return events_of { "user", object { "name", text("ann") }, "posts", list(elements) }
end

local post_schema = { ["user.name"] = "string", ["user.age"] = "number?",
                      ["posts.*.id"] = "number", ["posts.*.title"] = "string",
                      ["posts.*.score"] = "number?", ["posts.*.tags.*"] = "string" }

return drill {
  id = "flatten-record",
  title = "Flat, or refused",
  category = "pipelines",
  level = "medium",
  minutes = 35,
  covers = { "S12-C01", "S12-P1" },
  signature = "flatten_record(events: (string, string, string)[], schema: map<string, string>) "
    .. "-> (map<string, string>, (string, string)[])",

  statement = [==[
Logs arrive as nested records, and a model reads a flat row of columns. The record has been parsed
already; what you get is the parser's `events`, and a `schema` that says which columns there are.
Return the row, and a list of everything that is wrong.

**Events** are triples of kind, name and text:

- `{` opens an object and `[` opens a list; `}` and `]` close the innermost one that is open;
- `string`, `number`, `bool` and `null` are values, with their text, which is empty for null. A
  number's text is kept as it is.

The name is that of the field if what opens or stands here is directly inside an object, and empty
otherwise. The first event opens the record, which is an object, and the last one closes it. The
events are well-formed.

**Paths.** The path of a value has the names of the fields that lead to it, joined by dots. For an
element of a list, the name is its place in that list, counted from 0. In
`{"user": {"tags": ["x", "y"]}}` the value y has the path `user.tags.1`. The **pattern** of a value
is the same with `*` for each place in a list: `user.tags.*`.

**The schema** maps patterns to types: `string`, `number` or `bool`, with a `?` behind it if the
value is optional.

**Rules.** For each path at which there are values:

1. If there are two or more, they are all dropped: the error is `collision`. Names may contain dots,
   look like places, and occur twice in an object, so this happens.
2. Otherwise, if the pattern is not in the schema, the error is `unknown`.
3. Otherwise, if the value is null, it is left out of the row. That is fine if it is optional; if
   not, the error is `null`.
4. Otherwise, if the kind of the value is not the type, the error is `type`. A string of digits is a
   string.
5. Otherwise the row has the value's text under its path.

For each pattern of the schema that is not optional and has no `*` in it: if there is no value with
this path at all, not even a dropped one, the error is `missing`.

Objects and lists are no values: an empty one leaves nothing behind. A value that is missing or null
is absent from the row. It is not zero, and not the empty text.

**The answer** is the row, as a map from path to text, and the errors, as pairs of path and error in
ascending order of the paths, byte by byte.

**Conventions**

- Names are UTF-8 texts without `*`; they may be empty. The parts of a pattern are joined by dots
  too.
- Objects and lists are nested at most 50 deep.

**Cost.** For paths of bounded length, O(n log n) for `n` events and patterns.
]==],

  examples = {
    {
      args = { { { "{", "", "" }, { "{", "user", "" }, { "string", "name", "ann" },
                 { "}", "", "" }, { "[", "tags", "" }, { "string", "", "x" }, { "string", "", "y" },
                 { "]", "", "" }, { "}", "", "" } },
               { ["user.name"] = "string", ["user.age"] = "number?", ["tags.*"] = "string" } },
      result = { { ["user.name"] = "ann", ["tags.0"] = "x", ["tags.1"] = "y" }, {} },
      note = "The age is optional and absent, and there is no column for it.",
    },
    {
      args = { { { "{", "", "" }, { "null", "age", "" }, { "string", "karma", "12" },
                 { "bool", "admin", "true" }, { "}", "", "" } },
               { age = "number", karma = "number", name = "string" } },
      result = { {}, { { "admin", "unknown" }, { "age", "null" }, { "karma", "type" },
                       { "name", "missing" } } },
      note = "Everything that is wrong is reported, once each.",
    },
    {
      args = { { { "{", "", "" }, { "number", "a.b", "1" }, { "{", "a", "" },
                 { "number", "b", "2" }, { "}", "", "" }, { "}", "", "" } },
               { ["a.b"] = "number" } },
      result = { {}, { { "a.b", "collision" } } },
      note = "Two different places in the record have the same path. Neither value is taken.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    -- Half of the values are fields of the record, the other half elements of a list.
    input = function(n, rand)
      local fields, schema, elements, first = {}, { ["l.*"] = "number" }, {}, rand(10000, 50000)
      for i = 1, n // 2 do
        fields[#fields + 1] = "f" .. first + i
        fields[#fields + 1] = number("1")
        schema["f" .. first + i] = "number"
        elements[i] = number("2")
      end
      fields[#fields + 1] = "l"
      fields[#fields + 1] = list(elements)
      return { events_of(fields), schema }
    end,
  },

  cases = function(rand, case)
    local function one(name, catches, fields, schema)
      case { name = name, catches = catches, args = { events_of(fields), schema } }
    end
    one("an empty record and no schema", nil, {}, {})
    one("two fields", nil, { "a", number("1.50"), "b", yes }, { a = "number", b = "bool" })
    one("a field in a field", nil, { "a", object { "b", object { "c", text("x") } } },
        { ["a.b.c"] = "string" })
    one("an optional number is absent", "missing becomes zero", { "a", number("1") },
        { a = "number", b = "number?" })
    one("an optional number is null", "null becomes a text", { "a", null }, { a = "number?" })
    one("a number is null", nil, { "a", null }, { a = "number" })
    one("a number is absent", "says nothing of what is missing", {}, { a = "number" })
    one("a number in quotes", "takes a text for a number", { "a", text("12") }, { a = "number" })
    one("the empty text is a value", nil, { "a", text("") }, { a = "string" })
    one("a field that nobody knows", "passes unknown fields over", { "a", number("1") }, {})
    one("an empty list", "asks for elements", { "a", list {} }, { ["a.*"] = "number" })
    one("a list of numbers", "gives all elements one path",
        { "a", list { number("1"), number("2"), null, number("3") } }, { ["a.*"] = "number?" })
    one("a list of objects", "counts values only",
        { "a", list { object { "b", number("1") }, object {}, object { "b", number("2") } } },
        { ["a.*.b"] = "number" })
    one("lists in a list", "goes on counting in the next list",
        { "a", list { list { number("1"), number("2") }, list { number("3") } } },
        { ["a.*.*"] = "number" })
    one("a value after a list in a list", nil,
        { "a", list { number("1"), list { number("2"), number("3") }, number("4") } },
        { ["a.*"] = "number", ["a.*.*"] = "number" })
    one("more than ten elements", nil,
        { "a", list { yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, null } },
        { ["a.*"] = "bool" })
    one("a name with a dot", "the last one wins",
        { "a.b", number("1"), "a", object { "b", number("2") } }, { ["a.b"] = "number" })
    one("a name like a place", "the last one wins",
        { "a", list { number("1") }, "a.0", number("1") }, { ["a.*"] = "number" })
    one("a name twice", "the last one wins", { "a", number("1"), "a", null }, { a = "number?" })
    one("a name three times, unknown as well", nil, { "a", yes, "a", yes, "a", yes }, {})
    one("two errors", "stops at the first error", { "a", text("x"), "b", text("y") },
        { a = "number", b = "bool" })
    one("errors out of order", "reports in the order of finding",
        { "c", null, "b", yes, "B", yes }, { c = "bool", a = "bool" })
    one("an object where a value is due", nil, { "a", object { "b", yes } }, { a = "bool" })
    one("a value where an object is due", nil, { "a", yes }, { ["a.b"] = "bool" })
    one("a field named by a digit is no element", nil, { "a", object { "0", yes } },
        { ["a.*"] = "bool", ["a.0"] = "bool?" })
    one("an element is no field named by a digit", nil, { "a", list { yes } }, { ["a.0"] = "bool" })
    one("empty names", nil, { "", yes, "a", object { "", yes } },
        { [""] = "bool", ["a."] = "bool" })
    one("fields below an empty name", "no dot behind an empty name",
        { "", object { "a", yes, "", object { "b", yes } } },
        { [".a"] = "bool", ["..b"] = "bool" })
    one("a list below an empty name", "no dot behind an empty name", { "", list { yes } },
        { [".*"] = "bool" })
    for i = 1, 6 do
      case { name = "random " .. i, args = { some_record(rand(3, 12), rand), some_schema(rand) } }
    end
    case { name = "400 posts", args = { many_posts(400, rand), post_schema } }
  end,

  compare = "exact",

  -- Writes out every value with its path by going down recursively, then compares each with all.
  oracle = function(args)
    local events, schema = args[1], args[2]
    local values, at = {}, 1
    local function read(path, pattern)
      local kind, _, words = table.unpack(events[at])
      at = at + 1
      if kind ~= "{" and kind ~= "[" then
        values[#values + 1] = { table.concat(path, "."), table.concat(pattern, "."), kind, words }
        return
      end
      local place = 0
      while events[at][1] ~= "}" and events[at][1] ~= "]" do
        local step = kind == "[" and tostring(place) or events[at][2]
        path[#path + 1] = step
        pattern[#pattern + 1] = kind == "[" and "*" or step
        read(path, pattern)
        path[#path], pattern[#pattern] = nil, nil
        place = place + 1
      end
      at = at + 1
    end
    read({}, {})

    local row, errors = {}, {}
    for i, value in ipairs(values) do
      local path, pattern, kind, words = table.unpack(value)
      local times, before = 0, false
      for j, other in ipairs(values) do
        if other[1] == path then
          times = times + 1
          before = before or j < i
        end
      end
      local due = schema[pattern] or ""
      local optional = due:find("?", 1, true) ~= nil
      local what
      if times > 1 then what = "collision"
      elseif due == "" then what = "unknown"
      elseif kind == "null" then what = not optional and "null" or nil
      elseif kind ~= due and kind .. "?" ~= due then what = "type"
      else row[path] = words end
      if what and not before then errors[#errors + 1] = { path, what } end
    end
    for pattern, due in next, schema do
      local there = due:find("?", 1, true) or pattern:find("*", 1, true)
      for _, value in ipairs(values) do there = there or value[1] == pattern end
      if not there then errors[#errors + 1] = { pattern, "missing" } end
    end
    table.sort(errors, function(a, b) return a[1] < b[1] end)
    return { row, errors }
  end,

  reference = {
    lua = stack_of_prefixes,
    python = [==[
def flatten_record(events, schema):
    found = {}  # path -> the values there, as (pattern, kind, text)
    stack = []  # what is open, as [prefix of paths, prefix of patterns, next place or None]
    for kind, name, text in events:
        if kind in "}]":
            stack.pop()
            continue
        if not stack:
            stack.append(["", "", None])
            continue
        top = stack[-1]
        path, pattern = top[0] + name, top[1] + name
        if top[2] is not None:
            path, pattern = f"{top[0]}{top[2]}", top[1] + "*"
            top[2] += 1
        if kind in "{[":
            stack.append([path + ".", pattern + ".", 0 if kind == "[" else None])
        else:
            found.setdefault(path, []).append((pattern, kind, text))

    row, errors = {}, {}
    for path, values in found.items():
        pattern, kind, text = values[0]
        due = schema.get(pattern)
        if len(values) > 1:
            errors[path] = "collision"
        elif due is None:
            errors[path] = "unknown"
        elif kind == "null":
            if not due.endswith("?"):
                errors[path] = "null"
        elif kind != due.rstrip("?"):
            errors[path] = "type"
        else:
            row[path] = text
    for pattern, due in schema.items():
        if not due.endswith("?") and "*" not in pattern and pattern not in found:
            errors[pattern] = "missing"
    return row, sorted(errors.items(), key=lambda error: error[0].encode())
]==],
  },

  wrong = {
    {
      name = "missing becomes zero",
      language = "lua",
      verdict = "WA",
      case = "an optional number is absent",
      why = "An optional number that is absent gets a column with 0. The model cannot tell any "
        .. "more that nobody knew the value from a value of zero.",
      code = changed(stack_of_prefixes, "  for pattern, due in pairs(schema) do\n", [==[
  for pattern, due in pairs(schema) do
    if due == "number?" and not found[pattern] and not pattern:find("*", 1, true) then
      row[pattern] = "0"
    end
]==]),
    },
    {
      name = "null becomes a text",
      language = "lua",
      verdict = "WA",
      case = "an optional number is null",
      why = "A null that is allowed goes into the row as the empty text. It is absent.",
      code = changed(stack_of_prefixes, 'if due:sub(-1) ~= "?" then report(path, "null") end',
        'if due:sub(-1) ~= "?" then report(path, "null") else row[path] = "" end'),
    },
    {
      name = "says nothing of what is missing",
      language = "lua",
      verdict = "WA",
      case = "a number is absent",
      why = "Only the values that are there are looked at. What is not there must be looked for in "
        .. "the schema.",
      code = changed(stack_of_prefixes, "if needed and not found[pattern] then",
                     "if needed and found[pattern] == false then"),
    },
    {
      name = "takes a text for a number",
      language = "lua",
      verdict = "WA",
      case = "a number in quotes",
      why = "A string that looks like a number is let through. Today it is \"12\", tomorrow "
        .. "\"1e3\", \"12 \" or \"nan\"; say what you accept, and cast at one place.",
      code = changed(stack_of_prefixes, 'elseif value.kind ~= due:gsub("%?", "") then',
        'elseif value.kind ~= due:gsub("%?", "") and not (value.kind == "string" and '
        .. 'due:find("number", 1, true) and tonumber(value.text)) then'),
    },
    {
      name = "passes unknown fields over",
      language = "lua",
      verdict = "WA",
      case = "a field that nobody knows",
      why = "A field that is not in the schema is dropped without a word. A renamed field then "
        .. "looks like one that is missing, and a new one is never found.",
      code = changed(stack_of_prefixes, '      report(path, "unknown")\n', ""),
    },
    {
      name = "gives all elements one path",
      language = "lua",
      verdict = "WA",
      case = "a list of numbers",
      why = "The place of an element is not part of its path, so the elements of a list fall on "
        .. "one column.",
      code = changed(stack_of_prefixes,
        'path, pattern = top.path .. top.place, top.pattern .. "*"',
        'path, pattern = top.path .. "*", top.pattern .. "*"'),
    },
    {
      name = "counts values only",
      language = "lua",
      verdict = "WA",
      case = "a list of objects",
      why = "The place moves on with each value and not with each element. Objects in a list then "
        .. "all have the place 0.",
      code = changed(stack_of_prefixes, "        top.place = top.place + 1\n",
        '        if kind ~= "{" and kind ~= "[" then top.place = top.place + 1 end\n'),
    },
    {
      name = "goes on counting in the next list",
      language = "lua",
      verdict = "WA",
      case = "lists in a list",
      why = "There is one counter for each depth, and it is not set back when a list opens. The "
        .. "second inner list begins where the first one ended.",
      code = changed(stack_of_prefixes, 'path = path .. ".", pattern = pattern .. ".", place = 0 }',
        'path = path .. ".", pattern = pattern .. ".",\n'
        .. "                              place = top.inner or 0, outer = top }"):gsub(
        "      stack%[#stack%] = nil\n",
        "      if top.outer then top.outer.inner = top.place end\n      stack[#stack] = nil\n"),
    },
    {
      name = "asks for elements",
      language = "lua",
      verdict = "WA",
      case = "an empty list",
      why = "A pattern with * is reported as missing, since no value has this path. How many "
        .. "elements a list has is not said by the schema; none is fine.",
      code = changed(stack_of_prefixes, ' and not pattern:find("*", 1, true)', ""),
    },
    {
      name = "no dot behind an empty name",
      language = "lua",
      verdict = "WA",
      case = "fields below an empty name",
      why = "The dot is left out wherever the path so far is the empty text. That is so for the "
        .. "record, but also for a field with the empty name: what is in it has a path that begins "
        .. "with a dot.",
      code = changed(changed(stack_of_prefixes,
        '{ path = path .. ".", pattern = pattern .. "." }',
        '{ path = path == "" and "" or path .. ".",\n'
        .. '                              pattern = pattern == "" and "" or pattern .. "." }'),
        '{ path = path .. ".", pattern = pattern .. ".", place = 0 }',
        '{ path = path == "" and "" or path .. ".", place = 0,\n'
        .. '                              pattern = pattern == "" and "" or pattern .. "." }'),
    },
    {
      name = "the last one wins",
      language = "lua",
      verdict = "WA",
      case = "a name with a dot",
      why = "A second value with the same path overwrites the first. Which of the two the model "
        .. "gets depends on the order of the fields, and nobody is told.",
      code = changed(stack_of_prefixes, "        found[path].twice = true\n",
        "        found[path] = { kind = kind, text = text, pattern = pattern }\n"),
    },
    {
      name = "stops at the first error",
      language = "lua",
      verdict = "WA",
      case = "two errors",
      why = "Only one error is returned. Whoever mends the record has to send it once for each.",
      code = changed(stack_of_prefixes, "  return { row, errors }\n",
                     "  return { row, { errors[1] } }\n"),
    },
    {
      name = "reports in the order of finding",
      language = "lua",
      verdict = "WA",
      case = "errors out of order",
      why = "The errors are returned as they are found, those that are missing last. Ascending "
        .. "order of the paths is due.",
      code = changed(stack_of_prefixes,
        "  table.sort(errors, function(a, b) return a[1] < b[1] end)\n", ""),
    },
    {
      name = "searches all values for a collision",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "For each value all earlier paths are compared. A map from path to value tells at "
        .. "once.",
      code = changed(stack_of_prefixes, "      elseif found[path] then\n        found[path].twice",
        [==[
      elseif (function()
        for _, other in ipairs(paths) do
          if other == path then return true end
        end
        return false
      end)() then
        found[path].twice]==]),
    },
  },

  hints = {
    { text = "What do you need to know of the objects and lists that are open, to name the next "
        .. "value? And what is different for a list?", cost_min = 3 },
    { text = "Keep a stack. Each entry has the path so far, the pattern so far, and for a list the "
        .. "place of the next element. Whatever comes next in a list, value or opening bracket, "
        .. "takes that place and moves it on.", cost_min = 4 },
    { text = "Walk first, judge afterwards: collect the values in a map by path and mark a second "
        .. "one. Then go through the paths with rules 1 to 5, through the schema for what is "
        .. "missing, and sort the errors.", cost_min = 5 },
  },

  follow_ups = {
    { ask = "How would you make paths that cannot collide?",
      answer = "Escape dots in names, as JSON Pointer does with its separator, and write places in "
        .. "brackets. Then different values have different paths, except for a name that occurs "
        .. "twice. The columns look uglier, which is why people take the risk; so at least "
        .. "check." },
    { ask = "A missing age: what does the model get?",
      answer = "An explicit missing value, plus an indicator column if missing means something, "
        .. "and an imputed value that was fitted on the training data. The same code must do it in "
        .. "training and in service." },
    { ask = "A list of 10 000 tags becomes 10 000 columns.",
      answer = "Do not flatten it. Aggregate in the schema: the count, the first k, a hash of "
        .. "bags, or a table of its own with the record's key. Places in a list are rarely good "
        .. "columns." },
    { ask = "One record in a thousand is wrong. Refuse it, or mend it?",
      answer = "Put it aside with its errors, count by error and by version of the client, and "
        .. "raise an alarm on the rate. What is mended quietly is never mended at the source. For "
        .. "serving, fall back to what the model does with missing values, and count that too." },
    { ask = "How should the schema change over time?",
      answer = "Adding optional fields is safe. Removing a field, making one required or changing "
        .. "a type needs a new version, with the version in each record, and readers that know "
        .. "both during the change." },
  },

  explain = [==[
**Invariant.** The stack has what is open, from the record to the innermost. Each entry's prefixes
are the path and the pattern of what it is, with a dot behind, and a list's place is the number of
its elements that have begun.

**Why it is right.** A value directly inside an object is named by its field, one inside a list by
the number of elements before it, and the prefix says the rest. Objects and lists are elements like
any other, so they take a place when they open. Closing removes the entry, and the count of the list
around it is found as it was left.

**Why in two passes.** A value can only be judged when it is known that no other has its path, and
that is known at the end. With a map by path the rules are then tried in their order, each path
once; what is missing is what the schema has and the map has not. A path is never both found and
missing, so each has one error at most and the order is fixed.

**Cost.** One step an event, one look-up a value and a pattern, and the sorting of the errors.

**Usual mistakes**

- *Zero for missing.* `get(path, 0)` is short and wrong: the mean, the model and the monitor all
  take it for a measurement.
- *Null as a text*, or as missing: three different things.
- *Collisions.* A map that is assigned to twice keeps one value and the other is lost.
- *Empty names.* "No path yet" and "the path is the empty text" are two things; only the record has
  no path.
- *Places.* One counter for each list that is open, moved on by every element.
- *The first error only.*
]==],
}
