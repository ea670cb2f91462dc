design "Five monitors of a recommender" {
  asks = "A recommender is live. You may watch five things: what it predicts, whether that comes true, what it is fed, whether labels arrive, and how fast it answers. What does each see that no other does, and which alerts do you switch on?",
  covers = { "S04-C10" },
  seed = 18,
}

chapter "Thirty weeks, five monitors" [[
Thirty weeks of a feed, hour by hour. About once in five days something happens: a deploy that fails, a feature that arrives empty, a store that stops to refresh, a slow dependency, labels that come late, tastes that change, other people who come. The list of it is known, because the site is simulated.

Five monitors stand beside the recommender. Predictions: the mean score. Calibration: clicks predicted over clicks that came. Features: empty values, distance from the training data, differences between offline and online, age. Labels: how many arrived. Latency: the 99th percentile and errors. Each is compared with what is usual at that hour, in standard deviations.

Switch them on and off. The first row is your rule, the others are its signals alone.
]]
local predictions = toggle("predictions", true)
local calibration = toggle("calibration", true)
local inputs = toggle("features", true)
local labels = toggle("labels", true)
local latency = toggle("latency", true)
local sigma = slider("deviation that counts", 4.0, { 3.0, 10.0, step = 0.5, unit = "σ" })
local sustain = slider("hours in a row", 1, { 1, 8, step = 1, unit = "hours" })
local signals, incidents = simulate.operations { days = 210, incidents_per_week = 1.4, segments = false,
  kinds = { "bad_deploy", "null_feature", "stale_store", "skew", "slow_dependency", "label_delay", "concept_shift", "audience_shift", "nothing" }, as = "signals, what happened" }
local groups = {
  { predictions, { "score_mean" } }, { calibration, { "calibration_ratio" } },
  { inputs, { "null_rate", "feature_psi", "parity_mismatch", "freshness_minutes" } },
  { labels, { "labels_arrived" } }, { latency, { "latency_p99", "error_rate" } } }
local watched = {}
for _, group in ipairs(groups) do
  if group[1] then for _, name in ipairs(group[2]) do watched[#watched + 1] = name end end
end
if #watched == 0 then watched = { "score_mean" } end
local rules, pages, seen, joint = monitor.alerts { signals, incidents, watch = watched, sigma = sigma, sustain = sustain, as = "rules, pages, seen, your rule" }
show.table { rules, title = "Your rule, then each signal alone",
  see = "recall is the share of harmful incidents that were paged; useless pages are those in which nothing that harms was going on" }
show.table { seen, rows = 50, title = "Incident by incident",
  see = "switch a monitor off and look for the rows that turn to missed: those were its own" }

chapter "What only one of them sees" [[
Latency alone sees a slow dependency: every score is right, only late. Labels alone tell that a fall in clicks is a queue that is stuck and no fall. Features alone see a null before anybody has been shown a bad list. Calibration alone sees tastes change: inputs are as ever, scores are as ever, and clicks are not. Predictions see nothing first, and see a little of nearly everything.

So the monitors are no ranking from good to bad, they are witnesses to different things. One is missing in most teams, calibration by slice, because it needs labels joined to the scores that were served. Log the score with the exposure and it is a query.
]]
local function alone(name, list)
  local _, _, _, rule = monitor.alerts { signals, incidents, watch = list, sigma = sigma, sustain = sustain, as = name .. " rules, " .. name .. " pages, " .. name .. " seen, " .. name }
  return rule
end
local five = data.stack { alone("predictions", groups[1][2]), alone("calibration", groups[2][2]), alone("features", groups[3][2]), alone("labels", groups[4][2]), alone("latency", groups[5][2]),
    names = { "predictions", "calibration", "features", "labels", "latency" }, column = "monitor", as = "each alone" }
show.table { data.columns { five, columns = { "monitor", "pages_a_week", "useless_a_week", "precision", "recall", "delay_hours", "caught", "harmful" } },
  title = "Each of the five alone, at your threshold", see = "calibration alone sees most, because tastes change often here; a quarter of what harms is seen by others and not by it" }

chapter "Say it in an interview" [[
Name the five, and for each the owner and the first step. Latency and errors page at once and roll back. Features page the owner of the pipeline. Labels hold every verdict that is built on clicks. Calibration and predictions open a ticket in daylight, unless they leap.

Set thresholds from history: so many useless pages a month are acceptable, and the threshold follows. A page needs to last: one hour above a line is a spike, two are a message.

Asking for two hours loses little and wins more than silence: a page about nothing keeps a rule quiet for half a day, and what begins in those hours is missed. A calmer rule can catch more.

Then the exercise. Catch 95% of the harmful incidents with at most one useless page in seven weeks, within eight hours on average.
]]
expect.above { joint, "recall", 0.5, when = predictions and calibration and inputs and labels and latency and sigma <= 5 and sustain <= 2, because = "five witnesses see most of what harms" }

challenge "95% caught, one useless page in seven weeks, within eight hours" {
  goal.above { joint, "recall", 0.95 },
  goal.below { joint, "useless_a_week", 0.15 },
  goal.below { joint, "delay_hours", 8 },
}
