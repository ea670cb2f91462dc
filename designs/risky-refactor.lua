design "The refactor that looked risky" {
  asks = "You rewrite the ranker in eight bits to halve its latency. No downtime, a launch in three days, and nobody may notice. How do you make it boring?",
  covers = { "S14-A", "S14-C05", "S14-C06", "S14-N1" },
  seed = 12,
}

chapter "On the bench" [[
A network ranks the feed. Its weights are four bytes each, and the rewrite keeps them in a few bits. That is less memory, a third of the work, and a different number for every score.

Measure both on the same held-out days before anything else: what is lost in log loss, what is won in latency, on one core with 2,000 candidates a request. Costs are counted operations at declared prices, the same on every machine. The 99th percentile falls from 9.5 to 5.3 ms with any number of bits up to eight. Memory goes on shrinking below that, and so does quality.
]]
local bits = slider("bits of a weight", 4, { 2, 8, step = 1 })
local log = source("impressions", simulate.impressions { users = 1500, days = 16, base_ctr = 0.08 }, { "time", "day", "click" })
local past, hold, live = log:split { days = { 9, 11 }, as = "past, hold, live" }
local network = train.mlp { past, valid = hold, hidden = { 32, 16 }, epochs = 3, as = "in service" }
local rewrite = compress.quantize { network, sample = past, bits = bits, as = "rewrite, " .. bits .. " bits" }
local bench = serve.compare { network, rewrite, on = live, candidates = 2000, rate = 100, overhead_ms = 1.5, requests = 5000 }
show.table { bench, title = "Both on the bench", see = "excess log loss moves by a few tenths of a percent, latency by nearly half: that is the case for the rewrite" }

chapter "In the shadow" [[
A part of the live requests is copied. The rewrite scores them, its answers are logged and thrown away. Requests are chosen by a hash, so the same ones are copied tomorrow.

Look at decisions and not at scores: a post in the top tenth under one model should be there under the other. 96% of 239 requests sounds fine, but with so few of them the truth may be 93%, and same_at_least says so. Copy more.

Every copied request costs a second inference. That bill is the price of not learning it from users. It ends with the launch, and it should be said out loud.
]]
local share = slider("requests copied", 0.02, { 0.005, 1, scale = "log", unit = "%" })
local report, scores = serve.shadow { network, rewrite, on = live, share = share, top = 0.1, cost_ms = 2, as = "shadow, its scores" }
show.table { report, title = "Agreement in the shadow",
  see = "same_decision first, then p01 and p99: a mean difference of nothing can hide two errors that cancel" }
show.scatter { scores, x = "live", y = "candidate",
  title = "Each request twice", x_title = "score in service", y_title = "score of the rewrite",
  see = "rounding scatters points around the diagonal; a cloud that bends away from it would be a bug" }
show.ecdf { scores, column = "difference", title = "Differences of scores", x_title = "rewrite minus in service", y_title = "share of requests",
  see = "the width of this step is what a user could notice" }

chapter "Five in a hundred" [[
Then real users, 5% of them, for as long as it takes to see what would be worth stopping for. Write the triggers down before the launch. Slow requests up by three points, or conversions down by three, for ten minutes on end: back, by itself, and somebody is told.

How long is that? It is arithmetic, not feeling. A rise of slow requests from 3% to 6% shows after 282 of them, nine minutes of this canary. A fall of conversions by two points of twenty takes an hour and a half.
]]
local canary = slider("canary", 0.05, { 0.01, 0.5, scale = "log", unit = "%" })
local minutes = slider("minutes of canary", 60, { 10, 480, scale = "log", step = 1, unit = "min" })
local slow_size = serve.canary_size { before = 0.03, change = 0.03, share = canary, rate = 600, as = "slow requests, by size" }
local drop_size = serve.canary_size { before = 0.2, change = -0.02, share = canary, rate = 600, as = "conversions, by size" }
show.table { slow_size, title = "Slow requests, from 3% to 6%", see = "minutes is what the canary must last for this trigger to mean anything" }
show.table { drop_size, title = "Conversions, from 20% to 18%", see = "longer than this canary lasts: it cannot promise that, so the ramp behind it must" }
local stages = { shares = { canary, math.max(canary, 0.25), 1 }, minutes = { minutes, 90, 120 }, conversion = 0.03, window = 30, sustained = 10, least_requests = 300, shadow_minutes = 60 }
stages.as = "faults, summary"
local by_fault, summary = serve.rollout(stages)
show.table { by_fault, title = "What this launch would have caught",
  see = "the shadow stops what differs and what is slow; what needs everybody's load waits for the last stage" }

chapter "During, and after" [[
Before: a page that says who watches which number, and the command that goes back. During: a line every half hour, also when there is nothing to say, since silence reads as trouble. After: the same numbers once more in a week, because leaks and full disks are patient.

The sentence for the story: so many bits, so many milliseconds, so many decisions in a thousand that changed, none of them noticed, at the price of so many seconds of doubled inference. The risk was the same as for anybody else. It was looked at earlier.
]]
show.table { summary, title = "The launch in one line", see = "hours is what three days have to hold; false_rollbacks is how often you would have explained an alarm about nothing" }

local packed = data.where { bench, column = "model", is = "rewrite, " .. bits .. " bits", as = "the rewrite" }
local sound = data.where { by_fault, column = "fault", is = "none", as = "sound launches" }
expect.above { report, "same_decision", 0.99, when = bits == 8, because = "eight bits change almost no decision" }
expect.above { report, "rank_correlation", 0.9, when = bits >= 4, because = "rounding keeps the order of most posts" }
expect.below { packed, "p99_ms", 8, because = "in eight bits or fewer a multiply-add costs a quarter" }
expect.below { sound, "rolled_back", 0.21, because = "ten minutes on end is more than noise does" }

challenge "A model of less than 3 kB, at least 97.5% of decisions surely the same, for less than 5 s of doubled inference" {
  goal.below { packed, "kilobytes", 3 },
  goal.above { report, "same_at_least", 0.975 },
  goal.below { report, "extra_cpu_s", 5 },
}
