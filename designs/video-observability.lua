design "Four layers on one clock: observing a video recommender" {
  asks = "You own the ranking of a video feed. What do you put on the dashboard, which of it may wake somebody, and when it does at three in the morning, in which order do you read it?",
  covers = { "S06-W", "S06-C01", "S06-C02", "S06-C03" },
  seed = 12,
}

chapter "One incident, seen from four sides" [[
Two quiet weeks of a feed, hour by hour, and then at hour 400 something happens for two days. Choose what. The signals come from four layers, each with an owner. Infrastructure asks whether requests are answered. Data asks whether the model is told the truth. Model asks whether what it says makes sense. Business asks whether anybody minds.

The default is an embedding model that was swapped under a running index: item vectors of one model, queries of another. Everything in the top two layers is green. Requests are fast, features are fresh and complete. The recommender answers promptly, and with strangers.

Look at where a trace begins, and what stays flat. A dashboard is read as much from its flat lines as from its jumps, since each of them rules out an owner.
]]
local kinds = { "embedding_swap", "bad_deploy", "null_feature", "unit_x1000", "stale_store", "schema_change", "skew", "concept_shift", "audience_shift",
  "bot_wave", "holiday", "slow_dependency", "cold_cache", "label_delay", "leaking_experiment", "nothing" }
local kind = choice("what happens", "embedding_swap", kinds)
local magnitude = slider("how strong, times its usual", 1.0, { 0.2, 3.0, scale = "log" })
local signals, incidents = simulate.operations { days = 21, incidents_per_week = 0, segments = false,
  plant = kind, plant_hour = 400, plant_lasts = 48, plant_magnitude = magnitude, as = "signals, incidents" }
local window = data.where { data.where { signals, column = "hour", at_least = 352, as = "signals" }, column = "hour", below = 472, as = "five days" }
show.timeline { window, x = "hour",
  columns = { "latency_p99", "error_rate", "queue_depth", "null_rate", "feature_psi", "parity_mismatch", "freshness_minutes", "score_mean", "calibration_ratio", "coverage", "embedding_cosine", "ctr", "sessions" },
  groups = { "infrastructure", "infrastructure", "infrastructure", "data", "data", "data", "data", "model", "model", "model", "model", "business", "business" },
  broken = "incident",
  title = "Thirteen signals, four layers, five days", x_title = "hour", y_title = "signal",
  see = "the shaded span is the truth; embedding cosine and coverage fall in its first hour, click rate follows, and infrastructure and data do not stir" }

chapter "Who spoke first" [[
A line that moves has to be told from a line that wiggles. So each signal is compared with what is usual at that hour of the day, learned from the first two weeks, and counted in standard deviations. That takes the daily wave out (at eight in the evening there are nearly three times as many sessions as at eight in the morning, and no alert should care), and it lets a latency and a click rate be measured with one ruler.

Each row below is one signal with a rule of its own: beyond the threshold for two hours in a row, unless you move the knobs. Delay is counted from the true beginning. Then the page: it goes out when two signals agree, and it lists what spoke, because the reader at three in the morning needs the sentence and not the chart.
]]
local sigma = slider("deviation that counts", 5.0, { 3.0, 10.0, step = 0.5, unit = "σ" })
local agree = slider("signals that must agree", 2, { 1, 4, step = 1 })
local sustain = slider("hours in a row", 2, { 1, 12, step = 1, unit = "hours" })
local watched = { "latency_p99", "error_rate", "queue_depth", "null_rate", "feature_psi", "parity_mismatch", "freshness_minutes", "labels_arrived", "score_mean", "calibration_ratio", "coverage", "embedding_cosine", "ctr", "sessions" }
local alone, pages, seen, joint = monitor.alerts { signals, incidents, watch = watched, sigma = sigma, sustain = sustain, corroborate = agree, as = "signals alone, pages, seen, joint" }
show.table { alone, title = "Each signal's own alarm over the third week",
  see = "recall is 1 where the signal saw the incident, delay_hours when; a signal with useless pages and no recall is one that the page is better without" }
show.table { pages, title = "The pages of the rule that wants two signals to agree",
  see = "the signals of one page, with their deviations, are the first line of the diagnosis: which layers are in it and which are not" }
show.table { incidents, title = "What it was",
  see = "the cure depends on the layer of the cause and not on the layer that hurts: retraining would mend none of the data faults" }

chapter "The same rule on faults of the model alone" [[
One incident proves little about a rule. So here it watches thirty-two weeks in which about once a week something goes wrong inside the model and nowhere else: an embedding swapped, an experiment that leaks into its control, tastes that change. These are the faults that a recommender's owner is alone with. No server is slow, no feature is missing, and the business signal moves by 5 to 20%.

Among them are two kinds that need nobody: other people arriving, which moves inputs and scores and leaves the rule of clicking alone, and ordinary days. Agreement between signals, so good against spikes, is dear here: some of these faults have only one honest witness.
]]
local hard, hard_truth = simulate.operations { days = 224, incidents_per_week = 1, segments = false, kinds = { "embedding_swap", "leaking_experiment", "concept_shift", "audience_shift", "nothing" }, as = "weeks, what happened" }
local _, _, quiet_seen, quiet = monitor.alerts { hard, hard_truth, watch = watched, sigma = sigma, sustain = sustain, corroborate = agree, as = "a, b, faults, rule" }
show.table { quiet, title = "The rule over thirty weeks",
  see = "nearly all are caught, half a day late on average, with one useless page in three weeks" }
show.table { quiet_seen, rows = 30, title = "Fault by fault",
  see = "a swap is paged within an hour or two; a concept shift, which grows over a day, takes half a day or more; audience shifts are the useless pages" }

chapter "Labels come late: what the model can say by itself" [[
Click rate and calibration need clicks, and clicks need time. Until they are in, a calibrated model can be asked about itself. If its scores are probabilities, then the area under the ROC curve that they lead one to expect can be computed from the scores alone.

Below, a click model lives through three weeks in which something changes on day 17. The expected line is there at midnight, with the scatter that a day of labels would have. The truth arrives days later. When the audience changes they move together. When people click on other things than before, the scores still believe in the old rule: the expected line stays up while the truth falls out of its band. Nothing without labels can see that, so keep a few labels fast.
]]
local change = choice("what changes on day 17", "concept", { "concept", "audience", "none", apply = true })
local log = source("impressions", simulate.impressions { users = 3000, days = 24, base_ctr = 0.06, click_delay_hours = 30, drift = change, drift_day = 17, drift_strength = 1 },
  { "time", "day", "click", "click_arrival" })
local past, hold, live = log:split { days = { 9, 13 }, as = "past, hold, live" }
local model = calibrate.platt { train.ftrl { past, as = "trained" }, on = hold, as = "click model" }
show.line { monitor.cbpe { model, on = live, metric = "roc_auc", known_day = 23, as = "roc auc" }, y = "value", by = "day", mark_day = 17, mark = change ~= "none",
  title = "ROC AUC by day: expected from scores, from the clicks so far, and in the end", x_title = "day", y_title = "ROC AUC",
  see = "before day 17 the truth scatters inside the band of the expected line; after it the truth leaves the band and the expected line never learns of it" }

expect.above { joint, "recall", 0.5, when = magnitude >= 0.8 and sigma <= 6 and agree <= 2 and sustain <= 3 and (kind == "embedding_swap" or kind == "bad_deploy" or kind == "null_feature" or kind == "slow_dependency"),
  because = "a fault of its usual size moves at least two signals" }
expect.below { joint, "useless_a_week", 3, when = sigma >= 5 and agree >= 2 and sustain >= 2, because = "two signals for two hours are rarely chance" }
expect.above { quiet, "recall", 0.6, when = sigma <= 5 and agree <= 2 and sustain <= 2, because = "most faults of the model are seen by the model's signals and by clicks" }

challenge "Faults of the model: at most one useless page in seven weeks, 90% caught, within fifteen hours on average" {
  goal.below { quiet, "useless_a_week", 0.15 },
  goal.above { quiet, "recall", 0.9 },
  goal.below { quiet, "delay_hours", 15 },
}
