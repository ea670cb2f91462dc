-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Privacy labels that must follow the data through a graph of derived features. The drill is about
-- what a check at the entrance misses: a label gets lost one derivation later, and the graph is
-- large, has circles, and a few places where somebody has allowed it.

-- The reference. Most wrong answers are this text with one thing changed.
local highest_first = [==[
-- The highest label spreads first. What it reaches needs no other, so that every feature is reached
-- once; then the next label spreads over what is left.
function under_labelled(labels, reviewed, derived)
  local allowed, targets = {}, {}
  for _, feature in ipairs(reviewed) do allowed[feature] = true end
  for feature = 0, #labels - 1 do targets[feature] = {} end
  for _, pair in ipairs(derived) do table.insert(targets[pair[1]], pair[2]) end

  local carries = {}
  for feature = 0, #labels - 1 do carries[feature] = labels[feature + 1] end
  for label = 2, 1, -1 do
    local stack = {}
    for feature = 0, #labels - 1 do
      if labels[feature + 1] == label then stack[#stack + 1] = feature end
    end
    while #stack > 0 do
      local feature = table.remove(stack)
      for _, target in ipairs(targets[feature]) do
        if carries[target] < label and not allowed[target] then
          carries[target] = label
          stack[#stack + 1] = target
        end
      end
    end
  end

  local result = {}
  for feature = 0, #labels - 1 do
    if carries[feature] > labels[feature + 1] then result[#result + 1] = feature end
  end
  return result
end
]==]

-- `code` with `old` replaced by `new`; a change that no longer applies is an error.
local function changed(code, old, new)
  local first, last = code:find(old, 1, true)
  assert(first, "the code no longer contains: " .. old)
  return code:sub(1, first - 1) .. new .. code:sub(last + 1)
end

-- Where the labels spread, in the reference.
local spreading = [==[
  for label = 2, 1, -1 do
    local stack = {}
    for feature = 0, #labels - 1 do
      if labels[feature + 1] == label then stack[#stack + 1] = feature end
    end
    while #stack > 0 do
      local feature = table.remove(stack)
      for _, target in ipairs(targets[feature]) do
        if carries[target] < label and not allowed[target] then
          carries[target] = label
          stack[#stack + 1] = target
        end
      end
    end
  end
]==]

-- Features n-1 → n-2 → … → 0, all of them public but the first.
local function chain(n)
  local labels, derived = {}, {}
  for i = 1, n do
    labels[i] = i == n and 2 or 0
    if i < n then derived[i] = { i, i - 1 } end
  end
  return labels, derived
end

-- A random graph with `links` derivations; labels are mostly low, `percent` of the features are
-- reviewed.
local function graph(n, links, percent, rand)
  local labels, reviewed, derived = {}, {}, {}
  for i = 1, n do
    local dice = rand(1, 10)
    labels[i] = dice == 1 and 2 or dice <= 3 and 1 or 0
    if rand(1, 100) <= percent then reviewed[#reviewed + 1] = i - 1 end
  end
  for i = 1, links do derived[i] = { rand(0, n - 1), rand(0, n - 1) } end
  return labels, rand.shuffle(reviewed), derived
end

return drill {
  id = "privacy-labels",
  title = "Labels that get lost on the way",
  category = "pipelines",
  level = "medium",
  minutes = 25,
  covers = { "S09-C10", "S09-C02", "S09-P2" },
  signature = "under_labelled(labels: int[], reviewed: int[], derived: (int, int)[]) -> int[]",

  statement = [==[
Every feature of a feature store has a privacy label: 0 public, 1 internal, 2 personal. The labels
are checked when raw data comes in. But features are derived from features, and whoever derives one
writes its label by hand. A count of a person's messages is as personal as the messages, whatever
its label says.

Given the labels as declared, the features that were reviewed, and which feature is derived from
which, return the features whose declared label is too low.

**Rules**

1. `labels[i]` is the declared label of feature `i`. Features are numbered from 0.
2. A pair `(source, target)` in `derived` says that `target` is computed from `source`, perhaps
   among others.
3. A feature in `reviewed` was looked at by the privacy team, which has confirmed its declared
   label: it is an average over many people, say. It carries its declared label, whatever it is
   derived from.
4. Any other feature carries the highest of: its own declared label, and the labels that the
   features carry which it is directly derived from. So a label passes on through any number of
   derivations, and ends only at a reviewed feature.
5. Derivations may go round in circles, because some features are computed from yesterday's values
   of others. A label passes round the circle like anywhere else; what nothing brings in, nobody
   carries.
6. Return the features that carry a higher label than they declare, in ascending order.

**Conventions**

- Labels are 0, 1 or 2. `reviewed` has no repetitions and any order.
- A pair may occur twice, and a feature may be derived from itself.
- There may be no features; then the answer is empty, as it is when all is well.
- Chains may be thousands of features long.

**Cost.** Time and memory may grow like the number of features and of pairs.
]==],

  examples = {
    {
      args = { { 2, 0, 1, 0 }, {}, { { 0, 1 }, { 1, 2 }, { 3, 2 } } },
      result = { 1, 2 },
      note = "Feature 1 is public by its label and derived from a personal one. Feature 2 is "
        .. "derived from feature 1, so it is personal too, and internal is too low.",
    },
    {
      args = { { 2, 0, 1, 0 }, { 1 }, { { 0, 1 }, { 1, 2 }, { 3, 2 } } },
      result = {},
      note = "Feature 1 was reviewed: it is public indeed, and passes nothing on.",
    },
    {
      args = { { 1, 0, 0 }, {}, { { 0, 1 }, { 1, 2 }, { 2, 1 } } },
      result = { 1, 2 },
      note = "Features 1 and 2 are derived from each other, and internal data comes in.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    input = function(n)
      local labels, derived = chain(n)
      return { labels, {}, derived }
    end,
  },

  cases = function(rand, case)
    local function one(name, catches, labels, reviewed, derived)
      case { name = name, catches = catches, args = { labels, reviewed, derived } }
    end
    one("no features", nil, {}, {}, {})
    one("nothing derived", nil, { 0, 2, 1 }, {}, {})
    one("one derivation", nil, { 2, 0 }, {}, { { 0, 1 } })
    one("the label is high enough", nil, { 1, 1, 2 }, {}, { { 0, 1 }, { 1, 2 } })
    one("a source with a lower label", "follows the arrows the wrong way", { 0, 2 }, {},
        { { 0, 1 } })
    one("internal data made public", "knows personal data only", { 1, 0 }, {}, { { 0, 1 } })
    one("two derivations away", "looks one derivation back", { 2, 0, 0 }, {},
        { { 0, 1 }, { 1, 2 } })
    one("found in another order", "reports in the order of finding", { 0, 2, 0, 0 }, {},
        { { 1, 3 }, { 3, 0 }, { 1, 2 } })
    one("listed from the end", "goes through the pairs once", { 0, 0, 0, 2 }, {},
        { { 1, 0 }, { 2, 1 }, { 3, 2 } })
    one("two sources, the second one is worse", nil, { 1, 2, 0 }, {}, { { 0, 2 }, { 1, 2 } })
    one("internal first, personal by a longer way", "raises a label once", { 1, 2, 0, 0, 1 }, {},
        { { 0, 3 }, { 1, 2 }, { 2, 3 }, { 3, 4 } })
    one("a reviewed feature", "reports what was reviewed", { 2, 0 }, { 1 }, { { 0, 1 } })
    one("behind a review", "goes on behind a review", { 2, 1, 1 }, { 1 }, { { 0, 1 }, { 1, 2 } })
    one("a way around a review", nil, { 2, 0, 0, 0 }, { 1 },
        { { 0, 1 }, { 1, 3 }, { 0, 2 }, { 2, 3 } })
    one("reviewed and personal", "takes reviewed for public", { 2, 0, 1 }, { 0, 2 },
        { { 0, 1 }, { 2, 1 } })
    one("a circle", "runs around in circles", { 2, 0, 0, 0 }, {},
        { { 0, 1 }, { 1, 2 }, { 2, 3 }, { 3, 1 } })
    one("a circle where nothing comes in", nil, { 0, 0, 2 }, {}, { { 0, 1 }, { 1, 0 }, { 0, 2 } })
    one("derived from itself, and a pair twice", nil, { 1, 0, 0 }, {},
        { { 0, 0 }, { 0, 1 }, { 0, 1 }, { 2, 2 } })
    one("a review in a circle", nil, { 0, 0, 0, 2 }, { 1 },
        { { 0, 1 }, { 1, 2 }, { 2, 0 }, { 3, 0 } })
    for i = 1, 6 do one("random " .. i, nil, graph(rand(8, 30), rand(8, 45), 15, rand)) end
    one("3000 features, 4000 derivations", nil, graph(3000, 4000, 10, rand))
    local labels, derived = chain(400)
    one("a chain of 400", nil, labels, {}, derived)
  end,

  compare = "exact",

  -- Goes over all pairs until nothing changes any more.
  oracle = function(args)
    local labels, reviewed, derived = args[1], args[2], args[3]
    local carries, fixed, result = {}, {}, {}
    for i, label in ipairs(labels) do carries[i - 1] = label end
    for _, feature in ipairs(reviewed) do fixed[feature] = true end
    local again = true
    while again do
      again = false
      for _, pair in ipairs(derived) do
        local source, target = pair[1], pair[2]
        if not fixed[target] and carries[source] > carries[target] then
          carries[target] = carries[source]
          again = true
        end
      end
    end
    for i, label in ipairs(labels) do
      if carries[i - 1] > label then result[#result + 1] = i - 1 end
    end
    return result
  end,

  reference = {
    lua = highest_first,
    python = [==[
def under_labelled(labels, reviewed, derived):
    fixed = set(reviewed)
    targets = [[] for _ in labels]
    for source, target in derived:
        if target not in fixed:
            targets[source].append(target)

    carries = list(labels)
    for label in (2, 1):  # what the higher label reaches needs no lower one
        stack = [feature for feature, declared in enumerate(labels) if declared == label]
        while stack:
            for target in targets[stack.pop()]:
                if carries[target] < label:
                    carries[target] = label
                    stack.append(target)
    return [feature for feature, declared in enumerate(labels) if carries[feature] > declared]
]==],
    cpp = [==[
// The highest label spreads first, so a feature is raised once; reviewed features are never raised.
#include <utility>
#include <vector>

std::vector<long long> under_labelled(const std::vector<long long>& labels,
                                      const std::vector<long long>& reviewed,
                                      const std::vector<std::pair<long long, long long>>& derived) {
  std::vector<bool> fixed(labels.size());
  for (long long feature : reviewed) fixed[feature] = true;
  std::vector<std::vector<long long>> targets(labels.size());
  for (auto [source, target] : derived)
    if (!fixed[target]) targets[source].push_back(target);

  std::vector<long long> carries = labels, stack, result;
  for (long long label : {2, 1}) {
    for (std::size_t i = 0; i < labels.size(); ++i)
      if (labels[i] == label) stack.push_back(static_cast<long long>(i));
    while (!stack.empty()) {
      long long feature = stack.back();
      stack.pop_back();
      for (long long target : targets[feature]) {
        if (carries[target] >= label) continue;
        carries[target] = label;
        stack.push_back(target);
      }
    }
  }
  for (std::size_t i = 0; i < labels.size(); ++i)
    if (carries[i] > labels[i]) result.push_back(static_cast<long long>(i));
  return result;
}
]==],
  },

  wrong = {
    {
      name = "follows the arrows the wrong way",
      language = "lua",
      verdict = "WA",
      case = "one derivation",
      why = "The label goes from a feature to its sources. What is derived from personal data is "
        .. "personal; what personal data is derived from need not be.",
      code = changed(highest_first, "table.insert(targets[pair[1]], pair[2])",
                     "table.insert(targets[pair[2]], pair[1])"),
    },
    {
      name = "knows personal data only",
      language = "lua",
      verdict = "WA",
      case = "internal data made public",
      why = "Only the label 2 is spread. There are three labels, and internal data must not become "
        .. "public either.",
      code = changed(highest_first, "for label = 2, 1, -1 do", "for label = 2, 2 do"),
    },
    {
      name = "looks one derivation back",
      language = "lua",
      verdict = "WA",
      case = "two derivations away",
      why = "Each feature is compared with the declared labels of its direct sources. If one of "
        .. "them declares too little, everything behind it looks fine.",
      code = changed(highest_first, "          stack[#stack + 1] = target\n", ""),
    },
    {
      name = "goes through the pairs once",
      language = "lua",
      verdict = "WA",
      case = "listed from the end",
      why = "One pass over the pairs passes labels on only where the pairs happen to stand in the "
        .. "order of the data.",
      code = changed(highest_first, spreading, [==[
  for _, pair in ipairs(derived) do
    local source, target = pair[1], pair[2]
    if not allowed[target] then carries[target] = math.max(carries[target], carries[source]) end
  end
]==]),
    },
    {
      name = "raises a label once",
      language = "lua",
      verdict = "WA",
      case = "internal first, personal by a longer way",
      why = "Labels spread in one search from all features at once, and a feature that was raised "
        .. "is not looked at again. If the lower label arrives first, the higher one stops there.",
      code = changed(highest_first, spreading, [==[
  local queue, raised = {}, {}
  for feature = 0, #labels - 1 do
    if carries[feature] > 0 then queue[#queue + 1] = feature end
  end
  local at = 1
  while at <= #queue do
    local feature = queue[at]
    at = at + 1
    for _, target in ipairs(targets[feature]) do
      if carries[target] < carries[feature] and not raised[target] and not allowed[target] then
        carries[target] = carries[feature]
        raised[target] = true
        queue[#queue + 1] = target
      end
    end
  end
]==]),
    },
    {
      name = "reports in the order of finding",
      language = "lua",
      verdict = "WA",
      case = "found in another order",
      why = "The features are returned as the search finds them. Ascending order is due.",
      code = changed(changed(changed(highest_first, "  local carries = {}\n",
                                     "  local carries, found, seen = {}, {}, {}\n"),
        "          carries[target] = label\n", [==[
          carries[target] = label
          if not seen[target] then found[#found + 1] = target end
          seen[target] = true
]==]), [==[
  local result = {}
  for feature = 0, #labels - 1 do
    if carries[feature] > labels[feature + 1] then result[#result + 1] = feature end
  end
  return result
]==], "  return found\n"),
    },
    {
      name = "reports what was reviewed",
      language = "lua",
      verdict = "WA",
      case = "a reviewed feature",
      why = "A reviewed feature is reported because its source has a higher label. The review says "
        .. "that its own label is right.",
      code = changed(highest_first, "if carries[target] < label and not allowed[target] then",
        "if allowed[target] then\n          carries[target] = math.max(carries[target], label)\n"
        .. "        elseif carries[target] < label then"),
    },
    {
      name = "goes on behind a review",
      language = "lua",
      verdict = "WA",
      case = "behind a review",
      why = "Reviewed features are left out of the report, but labels pass through them. The "
        .. "review says that what they carry is no more than they declare.",
      code = changed(changed(highest_first, " and not allowed[target] then", " then"),
        "if carries[feature] > labels[feature + 1] then",
        "if carries[feature] > labels[feature + 1] and not allowed[feature] then"),
    },
    {
      name = "takes reviewed for public",
      language = "lua",
      verdict = "WA",
      case = "reviewed and personal",
      why = "A reviewed feature passes on nothing at all. A review confirms the declared label, "
        .. "which may well be personal, and that label spreads.",
      code = changed(highest_first, "if labels[feature + 1] == label then",
                     "if labels[feature + 1] == label and not allowed[feature] then"),
    },
    {
      name = "runs around in circles",
      language = "lua",
      verdict = "RTE",
      case = "a circle",
      why = "Each feature asks its sources what they carry, and those theirs. In a circle the "
        .. "questions never end, and in a long chain they are too deep for many languages.",
      code = changed(changed(highest_first, "table.insert(targets[pair[1]], pair[2])",
                             "table.insert(targets[pair[2]], pair[1])"), spreading, [==[
  local known = {}
  local function carried(feature)
    if known[feature] then return known[feature] end
    local highest = labels[feature + 1]
    if not allowed[feature] then
      for _, source in ipairs(targets[feature]) do
        highest = math.max(highest, (carried(source)))
      end
    end
    known[feature] = highest
    return highest
  end
  for feature = 0, #labels - 1 do carries[feature] = carried(feature) end
]==]),
    },
    {
      name = "goes through the pairs until nothing changes",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "All pairs are gone through again as long as some label rises. A chain that is listed "
        .. "from its end rises by one feature a round.",
      code = changed(highest_first, spreading, [==[
  local again = true
  while again do
    again = false
    for _, pair in ipairs(derived) do
      local source, target = pair[1], pair[2]
      if carries[target] < carries[source] and not allowed[target] then
        carries[target] = carries[source]
        again = true
      end
    end
  end
]==]),
    },
    {
      name = "searches back from every feature",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "For each feature all that it comes from is searched. On a chain that is n²/2 steps. "
        .. "Search forwards, from the labels, for all features at once.",
      code = changed(changed(highest_first, "table.insert(targets[pair[1]], pair[2])",
                             "table.insert(targets[pair[2]], pair[1])"), spreading, [==[
  for start = 0, #labels - 1 do
    local stack, seen = { start }, { [start] = true }
    while #stack > 0 do
      local feature = table.remove(stack)
      carries[start] = math.max(carries[start], labels[feature + 1])
      for _, source in ipairs(allowed[feature] and {} or targets[feature]) do
        if not seen[source] then
          seen[source] = true
          stack[#stack + 1] = source
        end
      end
    end
  end
]==]),
    },
  },

  hints = {
    { text = "Do not ask each feature where it comes from. Begin at the labels, and ask where they "
        .. "go.", cost_min = 2 },
    { text = "A search from all personal features at once finds everything that carries 2. A "
        .. "feature is visited once, so circles do no harm. Reviewed features are not entered.",
      cost_min = 3 },
    { text = "Keep `carries`, at first the declared labels. For label 2, then for label 1: put all "
        .. "features that declare it on a stack; for each target that carries less and is not "
        .. "reviewed, raise it and put it on the stack. Report where carries is above the label.",
      cost_min = 5 },
  },

  follow_ups = {
    { ask = "Why the highest label first?",
      answer = "A feature that carries 2 needs no visit for 1, so each is raised once. In another "
        .. "order a feature may be raised several times. With many levels take a bucket for each, "
        .. "from the highest down: still linear." },
    { ask = "The report has four hundred features. Where do you begin?",
      answer = "At those whose declared label is lower than that of a direct source: there a label "
        .. "gets lost, all others inherit the mistake. Keep for each raised feature the source "
        .. "that raised it, and the path to the raw data can be shown." },
    { ask = "A new derivation is added. Must everything be computed again?",
      answer = "No. If the source carries more than the target, raise the target and spread from "
        .. "there. Removing one is harder, since labels may have to fall; compute what is "
        .. "reachable from the target anew." },
    { ask = "Labels form no line: health data, location, contacts.",
      answer = "Then carry sets of labels and their union, a bit each. One search for each bit, or "
        .. "a search that goes on whenever a set grows, which is at most one visit for each bit." },
    { ask = "Where should this run?",
      answer = "In the build, on each change of a definition, so that it fails before data flows; "
        .. "and again where features are served, since a consumer's clearance must be held against "
        .. "what a feature carries and not against what it declares. A check of the raw data alone "
        .. "sees none of this." },
  },

  explain = [==[
**Invariant.** While label L spreads, no feature has more in `carries` than the rules give it, and a
feature that carries L and has a target still to be raised is on the stack.

**Why it is right.** By rule 4, a feature carries at least L exactly if it declares as much, or is
not reviewed and has a direct source that carries at least L. Unrolled, that is a path from a
feature that declares L or more, on which no feature after the first is reviewed. The search follows
those paths and no others. Circles need no care: a feature is raised to L once, and then does not
carry less than L. Rule 5 asks for the least solution, and a search that begins at declared labels
finds no more than that.

**Why a reviewed feature is still a source.** Its label is confirmed, not removed. It is put on the
stack by what it declares, and never raised.

**Cost.** Each feature is put on the stack at most twice, by its own label and when it is raised,
and each pair is looked at as often: O(V + E).

**Usual mistakes**

- *Direct sources only*, compared by what they declare: the first wrong label hides all behind it.
- *Two labels.* Internal is one too.
- *Raising once in an order that is not by label.*
- *Recursion*: circles and depth.
- *A review as an eraser* or as a mere exception in the report. It is a boundary that carries its
  own label.
]==],
}
