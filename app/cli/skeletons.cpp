// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/skeletons.hpp"

namespace rehearse::cli {

const char* const kDrillSkeleton =
    R"lua(-- A drill of your own. Change everything below; drills/README.md of the product says what each field
-- means, and `rehearse lint` says what is wrong. Starters in every language come from `signature`.
return drill {
  id = "ID", title = "TITLE", category = "mine",
  level = "easy", -- easy | medium | hard
  minutes = 10,
  covers = { "S02-P1" }, -- what of content/inventory.toml it practises

  -- Types: int, float, bool, string, T[], T?, map<K,V>, (A, B).
  signature = "FUNCTION(values: int[]) -> int",
  statement = [==[
Return the sum of `values`; 0 of an empty list.
]==],
  examples = { { args = { { 1, 2, 3 } }, result = 6, note = "1 + 2 + 3." } },
  limits = { time_ms = 1000, memory_mb = 64 },

  -- The inputs; the expected answers come from the reference. `rand(a, b)` is a seeded whole number.
  cases = function(rand, case)
    case { name = "empty", args = { {} } }
    case { name = "one", args = { { 7 } } }
    case { name = "negative", args = { { -3, 1 } } }
    for n = 1, 5 do
      local values = {}
      for i = 1, 20 do values[i] = rand(-50, 50) end
      case { name = "random " .. n, args = { values } }
    end
  end,
  compare = "exact",

  -- Brute force that does not share the reference's idea; it checks the reference.
  oracle = function(args)
    local function from(i)
      if i > #args[1] then return 0 end
      return args[1][i] + from(i + 1)
    end
    return from(1)
  end,

  reference = { lua = [==[
function FUNCTION(values)
  local sum = 0
  for i = 1, #values do sum = sum + values[i] end
  return sum
end
]==] },

  -- The mistakes that the cases must catch: three or more, each refused for its reason.
  wrong = {
    { name = "misses the last", verdict = "WA", why = "It stops one short of the end.",
      code = "function FUNCTION(values)\n  local sum = 0\n  for i = 1, #values - 1 do sum = sum + values[i] end\n  return sum\nend" },
    { name = "drops signs", verdict = "WA", why = "It adds absolute values.",
      code = "function FUNCTION(values)\n  local sum = 0\n  for i = 1, #values do sum = sum + math.abs(values[i]) end\n  return sum\nend" },
    { name = "returns nothing", verdict = "WA", why = "It forgets to return.",
      code = "function FUNCTION(values) end" },
  },
  hints = { { text = "Keep one number and add to it.", cost_min = 1 } },
  follow_ups = { { ask = "What if the values come as a stream?", answer = "The same: one number is all the state." } },
  explain = "One pass, one number of state.",
}
)lua";

const char* const kDesignSkeleton =
    R"lua(-- A design of your own. Change everything below; designs/README.md of the product lists the words, and
-- `rehearse lint` says what is wrong. Nothing is computed here: the calls record steps, and the engine
-- runs what the plots and expectations need.
design "TITLE" {
  asks = "What does the reader find out by moving the sliders?",
  covers = { "S01-C01" }, -- what of content/inventory.toml it shows
  seed = 7,
}

chapter "Traffic" [[
Prose beside the plots that follow. The site is simulated, so the truth is known and can be drawn.
]]
local base_ctr = slider("base click rate", 0.05, { 0.01, 0.20, scale = "log", unit = "%" })
local log = source("impressions",
  simulate.impressions { users = 400, days = 14, base_ctr = base_ctr },
  { "time", "day", "click" })
local past, live = log:split { days = { 10 }, as = "past, live" }
show.line { log, y = "click", by = "day", truth = "click_probability",
  title = "Click rate by day", x_title = "day", y_title = "clicks per impression",
  see = "the daily rate wobbles around the true rate" }

chapter "A model" [[
What it learns from the past, measured on days that it never saw.
]]
local model = train.ftrl { past, as = "model" }
show.number { model, on = live, metrics = { "log_loss", "roc_auc" },
  title = "The model on the last four days",
  see = "how far it is from a coin: an AUC of 0.5 would mean that it learned nothing" }

-- The design's own tests: `rehearse check ID` runs them.
expect.above { model, "roc_auc", 0.5, on = live, because = "clicks depend on what the model sees" }
)lua";

const char* const kCardSkeleton = R"md(+++
id = "ID"
kind = "concept"            # concept | worked-example | pitfall | quick-set | mock-prompt | story | reading
title = "TITLE"
area = "ml"                 # ml | ml-system-design | coding | behavioral
covers = ["S01-C01"]        # what of content/inventory.toml it teaches
prereq = []                 # cards to know before
follow_ups = []             # cards to read next
drills = []                 # drills that practise it
# design = "click-calibration"   # the design that shows it
minutes = 3
revision = 1                # raise it when the answer changes: the schedule stays, the card is flagged
# changed = "One sentence: what the last revision changed."
+++

## In thirty seconds

Say it as you would say it aloud: what it is, when it matters.

## Why it matters

What goes wrong without it, with a number.

## How it works

The mechanism, one idea a paragraph.

## Example

Concrete numbers: 9 of 10 shown at 0.9 were clicked.

## Traps

What people get wrong.

## Asked next

The follow-up question, and where it leads.

## Questions

### recall

Say it in one sentence.

```toml
answer = "The sentence."
```

### numeric

Of 10 impressions scored 0.9, how many clicks does a calibrated model expect?

```toml
answer = 9
tolerance = 0.001
compute = "10 * 0.9"
```
)md";

}  // namespace rehearse::cli
