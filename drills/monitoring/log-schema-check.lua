-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A schema check over a log of nested events: everything that is wrong, not the first thing only.
-- The drill is about paths in place of keys, about not blaming a child for its parent, and about
-- duplicates found without looking back through the log.

-- An event as the log writes it, from a list of fields: { key, text } or { key, { fields } }.
local function event(fields)
  local tokens = {}
  local function write(list)
    for _, field in ipairs(list) do
      if type(field[2]) == "table" then
        tokens[#tokens + 1] = { field[1], "{" }
        write(field[2])
        tokens[#tokens + 1] = { "", "}" }
      else
        tokens[#tokens + 1] = { field[1], field[2] }
      end
    end
  end
  write(fields)
  return tokens
end

local clicks = {
  id = "string", at = "float", user = "object", ["user.id"] = "int",
  ["user.country"] = "string?", clicked = "bool", context = "object?",
  ["context.slot"] = "int", ["context.model"] = "string",
}

-- A sound event of the schema above.
local function click(name, rand)
  local fields = {
    { "id", '"' .. name .. '"' }, { "at", rand(0, 1) == 0 and "17" or "17.25" },
    { "user", { { "id", tostring(rand(0, 999)) } } },
    { "clicked", rand(0, 1) == 0 and "true" or "false" },
  }
  if rand(0, 1) == 0 then table.insert(fields[3][2], { "country", '"is"' }) end
  if rand(0, 1) == 0 then
    fields[5] = { "context", { { "slot", tostring(rand(0, 9)) }, { "model", '"v2"' } } }
  end
  return fields
end

-- The same with faults: fields go missing, change their type, are new, or an id comes again.
local function faulty_clicks(n, names, rand)
  local texts = { "3", "-2.5", "true", '"12"', "null", { { "id", "1" } }, {} }
  local events = {}
  for i = 1, n do
    local fields = click("e" .. rand(1, names), rand)
    for _ = 1, rand(0, 2) do
      local list = rand(0, 2) == 0 and fields[3] and type(fields[3][2]) == "table" and fields[3][2]
        or fields
      local what = rand(1, 3)
      if what == 1 and #list > 0 then
        table.remove(list, rand(1, #list))
      elseif what == 2 and #list > 0 then
        local at = rand(1, #list)
        list[at] = { list[at][1], rand.pick(texts) }
      elseif what == 3 then
        table.insert(list, rand(1, #list + 1), { "new_" .. i .. "_" .. #list, rand.pick(texts) })
      end
    end
    events[i] = event(fields)
  end
  return events
end

-- The reference. Several wrong answers are this text with one thing changed.
local paths_and_seen = [==[
-- One walk per event with the path of the object that is open; `present` holds what the event has,
-- by path. Missing fields are asked for afterwards, and only where their parent is there.
local function kind_of(text)
  if text == "{" then return "object" end
  if text == "true" or text == "false" then return "bool" end
  if text == "null" then return "null" end
  if text:sub(1, 1) == '"' then return "string" end
  return text:find(".", 1, true) and "float" or "int"
end

function schema_problems(schema, id_path, events)
  -- What the schema says, taken apart once: type, whether it is due, the parent's path.
  local rules = {}
  for path, written in pairs(schema) do
    rules[path] = {
      kind = written:gsub("%?$", ""), due = written:sub(-1) ~= "?",
      parent = path:match("^(.*)%.") or "",
    }
  end
  local problems, seen = {}, {}
  for i, tokens in ipairs(events) do
    local found = {}
    local function note(path, what) found[#found + 1] = { i - 1, path, what } end
    local present = { [""] = true }
    local open, skipping = { "" }, 0
    for _, token in ipairs(tokens) do
      local key, text = token[1], token[2]
      if skipping > 0 then
        skipping = skipping + (text == "{" and 1 or text == "}" and -1 or 0)
      elseif text == "}" then
        open[#open] = nil
      else
        local parent = open[#open]
        local path = parent == "" and key or parent .. "." .. key
        local rule, kind = rules[path], kind_of(text)
        local fits = rule and (kind == rule.kind or kind == "int" and rule.kind == "float")
        if kind ~= "null" or not rule then
          present[path] = fits and text or false
          if not rule then note(path, "unknown") elseif not fits then note(path, "type") end
        end
        if kind == "object" then
          if fits then open[#open + 1] = path else skipping = 1 end
        end
      end
    end
    for path, rule in pairs(rules) do
      if rule.due and present[path] == nil and present[rule.parent] then note(path, "missing") end
    end
    local id = present[id_path]
    if id then
      if seen[id] then note(id_path, "duplicate") end
      seen[id] = true
    end
    table.sort(found, function(a, b) return a[2] < b[2] end)
    table.move(found, 1, #found, #problems + 1, problems)
  end
  return problems
end
]==]

-- The reference with `old` replaced by `new`; a change that no longer applies is an error.
local function reference_with(old, new)
  local first, last = paths_and_seen:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return paths_and_seen:sub(1, first - 1) .. new .. paths_and_seen:sub(last + 1)
end

return drill {
  id = "log-schema-check",
  title = "What is wrong with last night's log?",
  category = "monitoring",
  level = "medium",
  minutes = 30,
  covers = { "S12-C01", "S13-C06", "S06-C07" },
  signature = "schema_problems(schema: map<string, string>, id_path: string, "
    .. "events: (string, string)[][]) -> (int, string, string)[]",

  statement = [==[
Before a log is used for training or for an experiment, it is checked against a schema. The team
wants to see everything that is wrong at once.

An event is a list of tokens `(key, text)` in the order of the log line. The text tells the kind of
value:

| text | kind |
|---|---|
| `{` | an object begins under this key; its fields follow |
| `}` (with the key `""`) | the innermost open object ends |
| `true`, `false` | bool |
| `null` | no value |
| begins with `"` | string |
| anything else | a number: float if it has a point, int if not |

The *path* of a field is its key, with the keys of the objects around it before it, joined by
points: `user.id`. The schema maps paths to `int`, `float`, `bool`, `string` or `object`. A `?` at
the end, as in `string?`, means that the field may be left out.

Return all problems as `(event, path, problem)`, the event counted from 0. The problems are

- `"unknown"`: the path is not in the schema;
- `"type"`: the value is of another kind than the schema says;
- `"missing"`: a field without `?` is not there, though the object around it is;
- `"duplicate"`: at `id_path`, an id that an earlier event had too.

**Conventions**

- An int is fine where a float is due, a float is not fine where an int is due. A number within
  quotes is a string.
- `null` counts as not there: no type problem, and `missing` if the field is due. A path that is not
  in the schema is unknown even if it is `null`.
- Each object is judged from the outside in. When an object is unknown, or stands where another kind
  is due, what is inside it is not looked at. When an object is not there, or something else stands
  in its place, its fields are not missing: they are due only inside an object that is there. The
  event itself is always there.
- If the schema has `a.b`, it has `a` too, as `object` or `object?`.
- `id_path` is an `int` or `string` of the schema, without `?`. Only an id of the right type takes
  part in the search for duplicates, whatever else is wrong with its event. Ids are equal when their
  texts are. The first event with an id is never a duplicate, all later ones are.
- Problems come by event, and within an event by path, in the order of bytes. No path has more than
  one problem in an event.
- Events are well formed: braces match, a key occurs at most once in an object, keys consist of
  letters, digits and `_`. An event may have no tokens at all.

**Cost.** For a fixed schema and events of a bounded size, time must grow like the number of events.
Space may too.
]==],

  examples = {
    {
      args = {
        { id = "int", user = "object", ["user.country"] = "string?", ["user.age"] = "int" }, "id",
        {
          event { { "id", "7" }, { "user", { { "age", '"41"' }, { "plan", '"pro"' } } } },
          event { { "id", "7" }, { "user", { { "country", "null" }, { "age", "41" } } } },
          event { { "id", "8.5" }, { "age", "41" } },
        },
      },
      result = {
        { 0, "user.age", "type" }, { 0, "user.plan", "unknown" },
        { 1, "id", "duplicate" },
        { 2, "age", "unknown" }, { 2, "id", "type" }, { 2, "user", "missing" },
      },
      note = "\"41\" is a string. The second event's country is null, which is fine. In the third "
        .. "event `age` is not `user.age`, and with the user missing its age is not missing too.",
    },
    {
      args = {
        { id = "int", page = "object?", ["page.slot"] = "int" }, "id",
        {
          event { { "id", "1" } },
          event { { "id", "2" }, { "page", {} } },
          event { { "id", "3" }, { "page", "4" } },
        },
      },
      result = { { 1, "page.slot", "missing" }, { 2, "page", "type" } },
      note = "Without a page there is no slot to miss; with an empty page there is.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 250, 500, 1000, 2000 },
    -- No duplicates: a search through the earlier ids goes through all of them.
    input = function(n)
      local events = {}
      for i = 1, n do events[i] = event { { "id", tostring(i) }, { "ok", "true" } } end
      return { { id = "int", ok = "bool" }, "id", events }
    end,
  },

  cases = function(rand, case)
    local plain = { id = "int", score = "float", text = "string?" }
    case { name = "no events", args = { plain, "id", {} } }
    case { name = "a sound event",
           args = { plain, "id",
                    { event { { "id", "1" }, { "score", "0.5" }, { "text", '"a"' } } } } }
    case {
      name = "an event without fields",
      args = { { id = "int" }, "id", { event {}, event {} } },
    }
    case {
      name = "three problems in one event",
      catches = "the first problem only",
      args = { plain, "id", { event { { "id", "1" }, { "text", "5" }, { "zone", "1" } },
                              event { { "id", "2" }, { "score", "0.5" } } } },
    }
    case {
      name = "a whole number for a float",
      catches = "a whole number is no float",
      args = { plain, "id", { event { { "id", "1" }, { "score", "3" } } } },
    }
    case {
      name = "a float for a whole number",
      catches = "any number will do",
      args = { { id = "int", slot = "int" }, "id", { event { { "id", "1" }, { "slot", "2.0" } } } },
    }
    case {
      name = "numbers within quotes",
      catches = "casts what can be cast",
      args = { plain, "id", { event { { "id", "1" }, { "score", '"0.5"' } },
                              event { { "id", "2" }, { "score", "1" }, { "text", '"7"' } } } },
    }
    case {
      name = "true within quotes",
      catches = "casts what can be cast",
      args = { { id = "int", ok = "bool" }, "id", { event { { "id", "1" }, { "ok", '"true"' } } } },
    }
    case {
      name = "null for a field that may be left out",
      catches = "null is a type of its own",
      args = { plain, "id", { event { { "id", "1" }, { "score", "1.5" }, { "text", "null" } } } },
    }
    case {
      name = "null for a field that is due",
      catches = "null is a type of its own",
      args = { plain, "id", { event { { "id", "1" }, { "score", "null" } } } },
    }
    case {
      name = "unknown and null",
      args = { plain, "id", { event { { "id", "1" }, { "score", "1" }, { "old", "null" } } } },
    }
    local nested = { id = "int", user = "object", ["user.id"] = "int", ["user.home"] = "object?",
                     ["user.home.zone"] = "string" }
    case {
      name = "problems two levels down",
      catches = "looks at the outer fields only",
      args = { nested, "id", { event { { "id", "1" }, { "user", { { "id", "2" },
               { "home", { { "zone", "5" } } } } } } } },
    }
    case {
      name = "the object itself is missing",
      catches = "blames the children too",
      args = { nested, "id", { event { { "id", "1" } },
                               event { { "id", "2" }, { "user", { { "id", "4" } } } } } },
    }
    case {
      name = "a number where an object is due",
      catches = "blames the children too",
      args = { nested, "id", { event { { "id", "1" }, { "user", "17" } } } },
    }
    case {
      name = "the same key at two levels",
      catches = "keys without their path",
      args = { nested, "id", { event { { "id", "1" }, { "user", { { "home", "null" } } } } } },
    }
    case {
      name = "an inner path before an outer one",
      catches = "goes level by level",
      args = { nested, "id", { event { { "id", "1" }, { "user", { { "id", "2" }, { "bot", "true" } } },
                                       { "zone", "3" } } } },
    }
    case {
      name = "numbers of all kinds",
      catches = "knows plain digits only",
      args = { { id = "int", gain = "float" }, "id",
               { event { { "id", "-3" }, { "gain", "-0.5" } }, event { { "id", "1e5" }, { "gain", "2e3" } },
                 event { { "id", "1.5e3" }, { "gain", "-7" } } } },
    }
    case {
      name = "braces within quotes",
      catches = "looks for braces in strings",
      args = { { id = "string", user = "object?" }, "id",
               { event { { "id", '"{"' } }, event { { "id", '"}"' }, { "user", '"{"' } } } },
    }
    case { name = "a field after an object has ended",
           args = { nested, "id", { event { { "user", { { "id", "1" } } }, { "id", "3" } },
                                    event { { "user", { { "id", "1" } } }, { "zone", "3" } } } } }
    case {
      name = "an unknown object",
      catches = "goes into unknown objects",
      args = { plain, "id", { event { { "id", "1" }, { "extra", { { "a", { { "b", "1" } } },
               { "c", "2" } } }, { "score", "1" } } } },
    }
    case {
      name = "an object where a number is due",
      catches = "goes into unknown objects",
      args = { plain, "id", { event { { "id", "1" }, { "score", { { "value", "1" } } } } } },
    }
    case { name = "objects without fields",
           args = { nested, "id", { event { { "id", "1" }, { "user", {} } },
                                    event { { "id", "2" }, { "user", { { "id", "5" },
                                            { "home", {} } } } } } } }
    case {
      name = "keys and ids in capital letters",
      catches = "takes capital letters for small ones",
      args = { { id = "string" }, "id", { event { { "id", '"a"' } }, event { { "id", '"A"' } },
                                          event { { "ID", '"b"' } } } },
    }
    case {
      name = "the same number, another text",
      catches = "compares ids as numbers",
      args = { { id = "int" }, "id", { event { { "id", "7" } }, event { { "id", "07" } },
                                       event { { "id", "+7" } }, event { { "id", "07" } } } },
    }
    case { name = "three events with one id",
           args = { { id = "string" }, "id", { event { { "id", '"a"' } }, event { { "id", '"b"' } },
                    event { { "id", '"a"' } }, event { { "id", '"a"' } } } } }
    case {
      name = "an id that is no id",
      catches = "compares broken ids too",
      args = { { id = "int" }, "id", { event { { "id", '"x"' } }, event { { "id", '"x"' } },
               event { { "id", "null" } }, event { { "id", "null" } } } },
    }
    case { name = "the id of a broken event",
           args = { { id = "int", ok = "bool" }, "id",
                    { event { { "id", "4" } }, event { { "id", "4" }, { "ok", "true" } } } } }
    case { name = "the id stands in an object",
           args = { { meta = "object", ["meta.id"] = "string" }, "meta.id",
                    { event { { "meta", { { "id", '"k"' } } } }, event {},
                      event { { "meta", { { "id", '"k"' } } } } } } }
    case {
      name = "in the order of bytes",
      args = { { id = "int", b = "int", B = "int", b_1 = "int", ba = "int", a = "int" }, "id",
               { event { { "id", "1" } } } },
    }
    for i = 1, 5 do
      case { name = "random " .. i, args = { clicks, "id", faulty_clicks(rand(2, 9), 6, rand) } }
    end
    case { name = "300 events, many faults",
           args = { clicks, "id", faulty_clicks(300, 200, rand) } }
    local sound = {}
    for i = 1, 600 do sound[i] = event(click("c" .. i, rand)) end
    case { name = "600 sound events", args = { clicks, "id", sound } }
  end,

  compare = "exact",
  pitfalls = {
    ["goes level by level"] = "Problems of the outer fields are reported before those inside objects. The "
      .. "order is that of the whole paths, so `user.bot` comes before `zone`.",
    ["knows plain digits only"] = "What is no other kind is a number: with a sign, or with an exponent. A "
      .. "point makes it a float, and nothing else does.",
    ["looks for braces in strings"] = "Only the text that is a brace begins or ends an object. A string "
      .. "begins with a quote, whatever comes after it.",
    ["takes capital letters for small ones"] = "Keys and ids are compared as they stand.",
    ["compares ids as numbers"] = "Ids are equal when their texts are. 7 and 07 are two ids here; what "
      .. "writes them so differently is worth a look of its own.",
  },

  -- Each event becomes a tree, and schema and tree go down together, level by level. Earlier events
  -- are searched for the id.
  oracle = function(args)
    local schema, id_path, events = args[1], args[2], args[3]
    local function kind(value)
      if type(value) == "table" then return "object" end
      if value:match('^"') then return "string" end
      if value == "true" or value == "false" then return "bool" end
      return value:match("%.") and "float" or "int"
    end
    local function tree_of(tokens)
      local at = 0
      local function fields()
        local object = {}
        while at < #tokens do
          at = at + 1
          local key, text = tokens[at][1], tokens[at][2]
          if text == "}" then return object end
          object[key] = text == "{" and fields() or text
        end
        return object
      end
      return fields()
    end
    local function sound(path, value)
      local due = schema[path]:gsub("%?", "")
      return kind(value) == due or due == "float" and kind(value) == "int"
    end
    local ids, problems = {}, {}
    for number, tokens in ipairs(events) do
      local found, id = {}, nil
      local function descend(object, prefix)
        for key, value in pairs(object) do
          local path = prefix .. key
          if not schema[path] then
            table.insert(found, { number - 1, path, "unknown" })
          elseif value ~= "null" and not sound(path, value) then
            table.insert(found, { number - 1, path, "type" })
          elseif type(value) == "table" then
            descend(value, path .. ".")
          end
        end
        for path, written in pairs(schema) do
          local key = path:sub(1, #prefix) == prefix and path:sub(#prefix + 1)
          if key and not key:find(".", 1, true) and not written:find("?", 1, true)
             and (object[key] == nil or object[key] == "null") then
            table.insert(found, { number - 1, path, "missing" })
          end
          if path == id_path and key and object[key] and object[key] ~= "null"
             and sound(path, object[key]) then
            id = object[key]
          end
        end
      end
      descend(tree_of(tokens), "")
      for _, earlier in ipairs(ids) do
        if earlier == id then
          table.insert(found, { number - 1, id_path, "duplicate" })
          break
        end
      end
      table.insert(ids, id)
      table.sort(found, function(a, b) return a[2] < b[2] end)
      for _, problem in ipairs(found) do table.insert(problems, problem) end
    end
    return problems
  end,

  reference = {
    lua = paths_and_seen,
    python = [==[
def kind_of(text):
    if text == "{":
        return "object"
    if text in ("true", "false"):
        return "bool"
    if text == "null":
        return "null"
    if text.startswith('"'):
        return "string"
    return "float" if "." in text else "int"


# One walk per event with the path of the object that is open; `present` holds what the event has,
# by path. Missing fields are asked for afterwards, and only where their parent is there.
def schema_problems(schema, id_path, events):
    kinds = {path: written.rstrip("?") for path, written in schema.items()}
    due = [(path, path.rpartition(".")[0]) for path in schema if not schema[path].endswith("?")]
    problems, seen = [], set()
    for number, tokens in enumerate(events):
        found, present, open_paths, skipping = {}, {"": True}, [""], 0
        for key, text in tokens:
            if skipping:
                skipping += (text == "{") - (text == "}")
                continue
            if text == "}":
                open_paths.pop()
                continue
            path = f"{open_paths[-1]}.{key}" if open_paths[-1] else key
            kind, wanted = kind_of(text), kinds.get(path)
            fits = kind == wanted or (kind, wanted) == ("int", "float")
            if wanted is None:
                found[path] = "unknown"
            elif kind != "null":
                present[path] = fits and text
                if not fits:
                    found[path] = "type"
            if kind == "object":
                if fits:
                    open_paths.append(path)
                else:
                    skipping = 1
        for path, parent in due:
            if path not in present and present.get(parent):
                found[path] = "missing"
        if identity := present.get(id_path):
            if identity in seen:
                found[id_path] = "duplicate"
            seen.add(identity)
        problems += [(number, path, found[path]) for path in sorted(found)]
    return problems
]==],
    cpp = [==[
#include <cstddef>
#include <map>
#include <string>
#include <tuple>
#include <unordered_set>
#include <utility>
#include <vector>

using Problem = std::tuple<long long, std::string, std::string>;

static std::string kind_of(const std::string& text) {
  if (text == "{") return "object";
  if (text == "true" || text == "false") return "bool";
  if (text == "null") return "null";
  if (text.starts_with('"')) return "string";
  return text.find('.') != std::string::npos ? "float" : "int";
}

struct Rule {
  std::string kind, parent;
  bool due;
};

// One walk per event with the path of the object that is open; `present` holds what the event has,
// by path. Missing fields are asked for afterwards, and only where their parent is there.
std::vector<Problem> schema_problems(
    const std::map<std::string, std::string>& schema, const std::string& id_path,
    const std::vector<std::vector<std::tuple<std::string, std::string>>>& events) {
  std::map<std::string, Rule> rules;
  for (const auto& [path, written] : schema) {
    const bool due = !written.ends_with('?');
    const std::size_t point = path.rfind('.');
    rules[path] = {due ? written : written.substr(0, written.size() - 1),
                   point == std::string::npos ? "" : path.substr(0, point), due};
  }
  std::vector<Problem> problems;
  std::unordered_set<std::string> seen;
  for (std::size_t number = 0; number < events.size(); ++number) {
    std::map<std::string, std::string> found;          // by path, so in the order asked for
    std::map<std::string, std::string> present{{"", "{"}};  // an empty text: of the wrong kind
    std::vector<std::string> open{""};
    int skipping = 0;
    for (const auto& [key, text] : events[number]) {
      if (skipping > 0) {
        skipping += text == "{" ? 1 : text == "}" ? -1 : 0;
        continue;
      }
      if (text == "}") {
        open.pop_back();
        continue;
      }
      const std::string path = open.back().empty() ? key : open.back() + "." + key;
      const std::string kind = kind_of(text);
      const auto rule = rules.find(path);
      bool fits = false;
      if (rule == rules.end()) {
        found[path] = "unknown";
      } else {
        const std::string& wanted = rule->second.kind;
        fits = kind == wanted || (kind == "int" && wanted == "float");
        if (kind != "null") present[path] = fits ? text : "";
        if (kind != "null" && !fits) found[path] = "type";
      }
      if (kind == "object") {
        if (fits)
          open.push_back(path);
        else
          skipping = 1;
      }
    }
    for (const auto& [path, rule] : rules) {
      const auto parent = present.find(rule.parent);
      if (rule.due && !present.contains(path) && parent != present.end() && !parent->second.empty())
        found[path] = "missing";
    }
    const auto id = present.find(id_path);
    if (id != present.end() && !id->second.empty() && !seen.insert(id->second).second)
      found[id_path] = "duplicate";
    for (const auto& [path, problem] : found)
      problems.emplace_back(static_cast<long long>(number), path, problem);
  }
  return problems;
}
]==],
  },

  wrong = {
    {
      name = "the first problem only",
      language = "lua",
      verdict = "WA",
      case = "three problems in one event",
      why = "The check of an event ends at its first problem. Whoever mends the log then learns of "
        .. "the second one a day later, and the counts per problem are wrong.",
      code = reference_with("table.move(found, 1, #found, #problems + 1, problems)",
                            "problems[#problems + 1] = found[1]"),
    },
    {
      name = "a whole number is no float",
      language = "lua",
      verdict = "WA",
      case = "a whole number for a float",
      why = "Writers drop the fraction of whole floats: 3 and 3.0 are the same score. An int is "
        .. "fine where a float is due.",
      code = reference_with(' or kind == "int" and rule.kind == "float")', ")"),
    },
    {
      name = "any number will do",
      language = "lua",
      verdict = "WA",
      case = "a float for a whole number",
      why = "Ints and floats are taken for each other in both directions. A slot of 2.0 means that "
        .. "somebody averaged slots, or that the column has been through a table with nulls.",
      code = reference_with('kind == "int" and rule.kind == "float"',
                            '(kind == "int" or kind == "float") and '
                              .. '(rule.kind == "int" or rule.kind == "float")'),
    },
    {
      name = "casts what can be cast",
      language = "lua",
      verdict = "WA",
      case = "numbers within quotes",
      why = "The quotes are taken off before the kind is told. A number within quotes is a string, "
        .. "and the reader of another language will treat it as one.",
      code = reference_with("local function kind_of(text)\n", [==[
local function kind_of(text)
  local inner = text:match('^"(.*)"$')
  if inner and (tonumber(inner) or inner == "true" or inner == "false") then text = inner end
]==]),
    },
    {
      name = "null is a type of its own",
      language = "lua",
      verdict = "WA",
      case = "null for a field that may be left out",
      why = "null is reported as a wrong type. Here it means that the value is not there, which is "
        .. "fine for an optional field and `missing` for one that is due.",
      code = reference_with('if kind ~= "null" or not rule then', "do"),
    },
    {
      name = "looks at the outer fields only",
      language = "lua",
      verdict = "WA",
      case = "problems two levels down",
      why = "Objects are accepted as they are, and their fields are never compared with the "
        .. "schema. In real logs nearly everything is nested.",
      code = reference_with("if fits then open[#open + 1] = path else skipping = 1 end", [==[
skipping = 1
          for inner in pairs(rules) do
            if inner:find(".", 1, true) then present[inner] = true end
          end]==]),
    },
    {
      name = "keys without their path",
      language = "lua",
      verdict = "WA",
      case = "the same key at two levels",
      why = "Fields are looked up by their last key, so the event's `id` passes for the user's "
        .. "`id` that is missing. The path is the name.",
      code = reference_with("present[rule.parent] then note", [==[
present[rule.parent]
         and not present[path:match("[^.]*$")] then note]==]),
    },
    {
      name = "blames the children too",
      language = "lua",
      verdict = "WA",
      case = "the object itself is missing",
      why = "Each due field of the schema is asked for, whether or not the object around it is "
        .. "there. One missing object makes a page of complaints, and a field of an optional "
        .. "object becomes compulsory.",
      code = reference_with("present[path] == nil and present[rule.parent] then",
                            "present[path] == nil then"),
    },
    {
      name = "goes into unknown objects",
      language = "lua",
      verdict = "WA",
      case = "an unknown object",
      why = "An object that should not be there is reported with all that is in it. The object is "
        .. "the problem.",
      code = reference_with("if fits then open[#open + 1] = path else skipping = 1 end",
                            "open[#open + 1] = path"),
    },
    {
      name = "compares broken ids too",
      language = "lua",
      verdict = "WA",
      case = "an id that is no id",
      why = "An id of the wrong type takes part in the search for duplicates. Its own problem has "
        .. "been reported; two broken ids say nothing about the events being the same.",
      code = reference_with("present[path] = fits and text or false",
                            "present[path] = (fits or path == id_path) and text or false"),
    },
    {
      name = "searches the earlier events",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each id is compared with all ids before it, which is quadratic. A set answers at once "
        .. "whether an id was there.",
      code = reference_with([==[
      if seen[id] then note(id_path, "duplicate") end
      seen[id] = true
]==], [==[
      for _, earlier in ipairs(seen) do
        if earlier == id then
          note(id_path, "duplicate")
          break
        end
      end
      seen[#seen + 1] = id
]==]),
    },
  },

  hints = {
    { text = "Separate what an event has from what the schema asks for. What an event has is a "
        .. "map from paths to texts; a stack of open objects gives the paths.", cost_min = 3 },
    { text = "Unknown and type problems are found while walking through the tokens, missing ones "
        .. "afterwards by walking through the schema. When must the walk skip to the end of an "
        .. "object? When is a field of the schema due at all?", cost_min = 4 },
    { text = "Skip (with a depth counter) an object that is unknown or stands in the wrong place. "
        .. "A field is due if the path of its parent is there as an object, with \"\" for the "
        .. "event itself. Keep a set of ids of the right type. Sort each event's problems by path.",
      cost_min = 6 },
  },

  follow_ups = {
    { ask = "A million events have the same problem. What do you show?",
      answer = "Counts and rates per (path, problem) with a few example events each, split by "
        .. "client version. The list of all problems is for a test; people need the table." },
    { ask = "The log does not fit into memory, and duplicates may be far apart.",
      answer = "Partition by a hash of the id, so that equal ids meet, and check part by part. If "
        .. "duplicates come close together (retries do), a set with an expiry is enough. A Bloom "
        .. "filter bounds memory but calls some fresh ids duplicates." },
    { ask = "Which of these should stop the pipeline?",
      answer = "Decide by rate and by use: an id or label of the wrong type above a small share "
        .. "stops it, an unknown field is a notice. Compare with yesterday's rates, since a jump "
        .. "says more than a level. Never drop bad rows in silence: it biases what is left." },
    { ask = "How does the schema change over time?",
      answer = "Give it a version that the events carry. New fields begin as optional, fields are "
        .. "never given another type but a new name, and both ends check against the same file." },
    { ask = "Why treat null as missing?",
      answer = "Because readers do: most turn both into the same missing value. If a null means "
        .. "something else than absence, such as \"asked and refused\", it deserves a value of its "
        .. "own." },
  },

  explain = [==[
**Idea.** An event is a set of paths with texts. Walking through the tokens with a stack of open
paths gives every field its full name, and with the name the rule. What is *there* can be judged at
once; what is *not there* can be judged only when the event is complete.

**Invariant.** Outside a skipped object, the top of the stack is the path of the innermost open
object, and every object on the stack is one that the schema wants there. `present` has a text for
each field of the right kind, and false for each of a wrong kind.

**Why the blame is right.** A field is missing when it is due, absent from `present`, and its parent
has a true entry: it is there, and it is an object. A parent that is absent or of the wrong kind has
none, so its children are left alone. Since objects that do not belong are skipped as a whole,
nothing below them is reported. So each fault is named once, at its outermost place.

**Cost.** One step a token, one a rule and event, a sort of the few problems of one event, and one
look-up in the set of ids. Searching the earlier ids instead is quadratic in the events.

**Usual mistakes**

- *Ending at the first problem*, which is what an exception does by itself.
- *Keys for paths.* `id` occurs at every level of every log.
- *Blaming children*: a missing object reported with all its fields hides the one line that matters.
- *Casting while checking.* A check that repairs what it reads finds nothing.
- *null*: three answers are possible (wrong type, missing, fine), so the schema has to say which.
]==],
}
