design "A failure and a success, with their numbers" {
  asks = "Tell me about a release of yours that went wrong, and one that went right. What was the damage, how sure are you of it, and what would you do in the first ten minutes today?",
  covers = { "S14-W", "S14-C02", "S14-C05", "S14-C07", "S14-P1", "S14-P3", "S14-N2" },
  seed = 6,
}

chapter "Where it stood" [[
A feed sends a notification when its model gives a post at least one chance in four of being opened. Forty posts are scored in a minute. Two weeks of traffic trained a better model, boosted trees that know how close a person is to a community. The third week is the one that everybody will later talk about.

A story needs the line before the line that moved. So write down first what the old model did: of what it sent, how much was opened (precision), and of what would have been opened, how much it sent (recall). Of a hundred notifications 25 were opened. The new model promises 32, and half as many again found.
]]
local threshold = 0.25
local log = source("impressions", simulate.impressions { users = 2500, days = 28, base_ctr = 0.2 }, { "time", "day", "click" })
local past, live, later = log:split { days = { 14, 21 }, as = "two weeks, third week, fourth week" }
local old = train.ftrl { past, features = { "topic", "media", "post_age_hours" }, as = "old model" }
local new = train.gbdt { past, features = { "topic", "media", "post_age_hours", "user_activity", "affinity", "platform", "community" },
  rounds = 40, depth = 4, as = "new model" }
local promised = serve.impact { old, new, on = live, threshold = threshold, as = "promised" }
show.table { promised, title = "The promise: the third week, features as the warehouse has them",
  see = "points and percent are different numbers; the interval says which of them you may quote" }

chapter "The failure" [[
In the release a service was renamed and one feature, the person's affinity with the community, arrived empty. Nothing crashed. Scores were numbers between 0 and 1 and the dashboard of errors was green. But a missing affinity falls on the side of the trees where people are close, so nearly everything passed the threshold and was sent.

Somebody saw it. The sentence for the incident channel is in the last column: from, to, by how much, how sure, in points and in percent. After ten minutes of traffic the interval is so wide that it holds zero, and saying so is part of the message. After an hour it does not.

The column hurt counts the notifications that would have been opened had precision stayed: the fall, times what was sent. That five times as many were sent is a second number, and also theirs to feel.
]]
local minutes = slider("minutes before anyone acts", 45, { 5, 480, scale = "log", step = 1, unit = "min" })
local action = choice("what you do then", "roll back", { "leave it on", "roll back", "toggle to shadow" })
local sent_per_minute = 40
local exposed_rows = math.min(20000, math.floor(minutes * sent_per_minute + 0.5) + (action == "leave it on" and sent_per_minute * 240 or 0))
local logged_rows = math.min(20000, exposed_rows + (action == "toggle to shadow" and sent_per_minute * 240 or 0))
local exposed = data.sample { live, count = exposed_rows, as = "requests exposed" }
local logged = data.sample { live, count = logged_rows, as = "requests logged" }
local exposed_seen = data.blank { exposed, columns = { "affinity" }, as = "as served" }
local logged_seen = data.blank { logged, columns = { "affinity" }, as = "as served and logged" }
local damage = serve.impact { old, new, on = exposed, seen = exposed_seen, threshold = threshold, as = "damage" }
show.table { damage, title = "The damage, on the requests that met the release",
  see = "read the sentence at the end aloud; without the bracket it is an anecdote" }

chapter "Back, or only out of the way?" [[
Rolling back protects people at once and ends the evidence: from that minute on nobody learns what the faulty version does, to whom, and why. Leaving it on to collect evidence is an experiment on people who did not agree to it.

There is a third way, if it was built beforehand. Toggle the release to shadow: the old model answers, the new one is fed the same requests and its scores are logged. Four more hours of evidence hurt nobody and cost one more inference each. It does not work for every fault; one that brings down the machines has to go.

Evidence is what the root cause is found with. Half the width of the interval says how much of it there is.
]]
local evidence = serve.impact { old, new, on = logged, seen = logged_seen, threshold = threshold, as = "evidence" }
show.table { evidence, title = "The evidence, on the requests that were logged",
  see = "half_width against hurt in the table above: rolling back and leaving on trade one for the other, the shadow has both" }
show.table { monitor.compare { data.sample { past, count = 4000, as = "some training rows" }, on = logged_seen }, title = "What the logs say: columns against the training weeks",
  see = "missing_change: one column went from always there to never; the root cause was one line long, once the inputs were logged and not only the scores" }

chapter "The success" [[
The remedy is not 'we rolled back'. It is what now stands in the way of the next one. Replay five hundred logged requests through the new service before it gets traffic, and compare its scores with those of the training code: they must be the same numbers. The broken service fails that test in a second, the mended one passes.

Then the second launch, with the feature, a shadow first, and the same measure as before. Same model, one week later, another story.
]]
local replayed = data.sample { live, count = 500, as = "replayed requests" }
local broken = data.blank { replayed, columns = { "affinity" }, as = "replayed through the broken service" }
local parity_broken, gaps = serve.shadow { new, new, on = replayed, seen = broken, threshold = threshold, as = "parity of the broken service, gaps" }
local parity_mended = serve.shadow { new, new, on = replayed, threshold = threshold, as = "parity of the mended service" }
show.table { parity_broken, title = "Replay through the broken service", see = "same_decision is what users would have met; greatest alone refuses the release" }
show.table { parity_mended, title = "Replay through the mended service", see = "all the same: 100%, and no difference at all" }
show.ecdf { gaps, column = "difference", title = "What the missing feature did to each score", x_title = "score served minus score in training", y_title = "share of requests",
  see = "nearly every score rose; a guardrail on the mean score would have seen it in the first minute, and there was none" }
local delivered = serve.impact { old, new, on = later, threshold = threshold, as = "delivered" }
show.table { delivered, title = "The second launch: the fourth week", see = "the promise of the first page, kept within its interval" }

chapter "The story in a minute" [[
What and whom: notifications, so many a minute. What went wrong, in points and percent, with the interval. How it was noticed and how long that took. What you did first, and what that cost. The root cause, in one sentence without a name in it. What stands in the way now, with the number it would have shown. Who checked that it does, and when.

Then the exercise. Know the fall of precision to within 2.5 points either way, and disturb fewer than sixty people for it.
]]
local fall = data.where { damage, column = "metric", is = "precision", as = "the fall of precision" }
local known = data.where { evidence, column = "metric", is = "precision", as = "precision in the evidence" }
local gain = data.where { delivered, column = "metric", is = "precision", as = "precision of the second launch" }
expect.above { gain, "change", 0.0, because = "the new model is better when it is fed" }
expect.below { parity_broken, "same_decision", 0.95, because = "a replay of five hundred requests sees the missing feature" }
expect.above { parity_mended, "same_decision", 0.9999, because = "the same model on the same features gives the same scores" }
expect.below { known, "change", 0, when = logged_rows > 4000, because = "without the feature more of what is sent is not wanted" }

challenge "The fall known to within 2.5 points, and fewer than sixty people disturbed" {
  goal.below { known, "half_width", 0.025 },
  goal.below { fall, "hurt", 60 },
}
