design "JSON events: from what clients send to a table you can trust" {
  asks = "Here is a file of raw JSON events from our mobile and web clients. Load it and prepare it for a click model. What do you do first, and how would you know that the table you end up with is right?",
  covers = { "S12-W", "S12-C01", "S12-C12" },
  seed = 7,
}

chapter "What arrives" [[
Two thousand people use the site for two weeks, and their clients log one nested JSON event for each of three thousand impressions. Nine days in, a release goes out. From then on some clients write numbers in quotes, leave the tenure out, send dwell in milliseconds, call the votes `score`, send an event twice, or die in the middle of a line.

Ask before you write any code: is it a stream or a daily file? How many events? Which fields nest, which are lists? Is the label inside the event? Here it is: `click`. One field must never become a feature: `dwell_seconds` is only known after the click.
]]
local bad_share = slider("share of events with each fault", 0.03, { 0.005, 0.12, unit = "%", apply = true })
local log = simulate.impressions { users = 2000, days = 14, base_ctr = 0.06 }
local lines = simulate.records { log, events = 3000, fault_day = 9, as = "lines",
  type = bad_share, missing = bad_share, unit = bad_share, renamed = bad_share, duplicate = bad_share, truncated = bad_share / 3 }
show.table { data.where { lines, column = "planted", is = "none", otherwise = true }, rows = 4,
  title = "Four broken lines, with what is wrong with each",
  see = "the column `planted` is the truth: only a simulator can print it, and your loader never sees it" }

chapter "A contract at the door" [[
A JSON Schema says what an event must look like: which keys, of which type, within which range. Each line is read with limits on size and depth, repaired where nothing can be lost, and then validated. What fails goes into quarantine with its line, its path and a way to mend it. Nothing is dropped in silence: rows plus quarantine always equals lines.

Casting early turns "412" into 412 once, in one place, and counts it. The count is worth more than the cast: it is the number that tells the client team on day nine that their release changed a type. The same holds for a key that was renamed.
]]
local cast = toggle("cast to the schema's types", true)
local rename = toggle("score is votes", false)
local units = choice("dwell above the limit is", "trusted", { "trusted", "refused", "divided by 1000" })
local limit = slider("limit for dwell", 2000, { 20, 20000, scale = "log", unit = "s", step = 1 })
local maximum = units == "refused" and ', "maximum": ' .. limit or ""
local schema = [[{
  "type": "object", "required": ["event_id", "at", "user", "post", "click", "dwell_seconds"],
  "properties": {
    "event_id": {"type": "string", "x-role": "id"},
    "at": {"type": "string", "format": "date-time", "x-role": "time"},
    "user": {"type": "object", "required": ["id"], "properties": {
      "id": {"type": "integer", "x-role": "id", "x-privacy": "pii"},
      "tenure_days": {"type": "integer", "x-role": "feature", "x-unit": "days"},
      "country": {"type": "string", "x-role": "feature", "x-privacy": "sensitive"}}},
    "post": {"type": "object", "required": ["id", "votes"], "properties": {
      "id": {"type": "integer", "x-role": "id"},
      "community": {"type": "string", "x-role": "feature"},
      "votes": {"type": "integer", "x-role": "feature"},
      "topics": {"type": "array", "items": {"type": "string"}}}},
    "context": {"type": "object", "properties": {
      "platform": {"type": "string", "x-role": "feature"},
      "position": {"type": "integer", "x-role": "feature"}}},
    "dwell_seconds": {"type": "number", "minimum": 0]] .. maximum .. [[, "x-unit": "seconds"},
    "click": {"type": "boolean", "x-role": "label"}}}]]
local rows, bad, reasons, repairs, totals = data.records { lines, schema = schema, cast = cast, unique = "event_id",
  rename = rename and { "post.score=post.votes" } or nil,
  rescale = units == "divided by 1000" and { "dwell_seconds>" .. limit .. "/1000" } or nil,
  as = "rows, quarantine, reasons, repairs, totals" }
show.table { totals, title = "Where the lines went",
  see = "lines = rows + quarantined; a jump of quarantined or repaired is an alert, whatever the cause" }
show.table { reasons, title = "Quarantine by reason",
  see = "each reason has a path and a mend; the largest is the one to take to the client team first" }
show.table { repairs, title = "What was repaired",
  see = "every cast and every rename is counted by path; the numbers in quotes begin on the day of the release" }

chapter "What got through" [[
Quarantine costs events; leniency costs truth. A unit that changed breaks no type and no required key: 14,200 is as good a number as 14.2. Only a range can catch it, and the range must sit in the gap between the longest honest read and the shortest glance in milliseconds. Too low and good reads are hurt. Too high and the wrong ones pass.

A missing tenure is no error at all to this schema, because `tenure_days` is not required. It becomes an empty cell, which is right: a gap you can see is worth more than a zero you cannot.
]]
local faults, facts = diagnose.records { lines, rows, bad, as = "faults, facts",
  check = { "dwell_seconds=true_dwell_seconds", "post.votes=true_votes", "user.tenure_days=true_tenure_days" } }
show.table { faults, title = "Planted faults, and what became of them",
  see = "the last column is the dangerous one: rows in the table whose values are not what really happened" }
show.table { facts,
  title = "The loader in four numbers",
  see = "strict loaders move faults into the first number, lenient ones into the third" }

chapter "Profile before you model" [[
Now look at the table as if you had never seen the clients: type, gaps, cardinality, extremes. A profile raises suspicions, and each is a question to ask. Two heaps of dwell a thousandfold apart mean milliseconds. An id that never repeats teaches a model nothing. Dwell ranks the clicks almost perfectly on its own, because it happens after them: that is a leak, and the reason why the schema gives it no role.
]]
local columns, suspicions = diagnose.profile { rows, label = "click", as = "columns, suspicions" }
show.table { columns, title = "Profile of the loaded table",
  see = "compare greatest with median: a factor of thousands is a unit, not a person" }
show.table { suspicions, title = "Suspicions",
  see = "each suspicion is a question for whoever writes the data; none is mended by the loader on its own" }
show.line { diagnose.histogram { data.where { rows, column = "dwell_seconds", above = 0 }, column = "dwell_seconds", by = "click", bins = 60, log = true },
  y = "y", by = "x", log_x = true, title = "Dwell by outcome, as loaded", x_title = "dwell in seconds", y_title = "share of events",
  see = "two hills are glances and reads; the low foothills a thousandfold to the right are the same people in milliseconds" }

chapter "Assertions that stay" [[
A notebook forgets; a test does not. The last step is to write down what you found as assertions that run on every batch: the share in quarantine, the share of gaps by column, the number of levels, the range of each number, the age of the newest event. When one fails the batch waits, and a person looks.

The two curves here are such assertions: the share of events without a tenure, and the share of reads longer than your limit, both by day. No schema and no model would have told you. A rate by day does, on the first day.
]]
show.line { features.missing { rows, columns = { "user.tenure_days" }, filling = "none" }, y = "user.tenure_days_missing", by = "day",
  mark_day = 9, mark = true, title = "Share of events without a tenure", x_title = "day", y_title = "share missing",
  see = "it steps up on the day of the release: a rate to alert on, which filling with a mean would have hidden" }

show.line { data.event { rows, column = "dwell_seconds", above = limit, name = "over_limit" }, y = "over_limit", by = "day",
  mark_day = 9, mark = true, title = "Share of reads above your limit", x_title = "day", y_title = "share above the limit",
  see = "nothing before the release and something after it: a range is an assertion even where you do not refuse" }

expect.below { facts, "wrong_rate", 0.001, when = units == "divided by 1000" and limit >= 250 and limit <= 600, because = "between the longest read and the shortest glance in milliseconds the unit can be told" }
expect.above { facts, "wrong_rate", 0.003, when = units == "trusted" and bad_share >= 0.02, because = "no type check sees a changed unit" }
expect.below { facts, "good_lost", 0.0005, when = units ~= "refused" or limit > 300, because = "a schema that fits the site loses no good event" }
expect.below { facts, "quarantine_rate", 0.03, when = cast and rename and units == "divided by 1000" and bad_share <= 0.04, because = "with the repairs only repeats and half lines are left to refuse" }

challenge "Lose less than 2% of the lines, and let fewer than one wrong value in a thousand rows through" {
  goal.below { facts, "quarantine_rate", 0.02 },
  goal.below { facts, "wrong_rate", 0.001 },
}
