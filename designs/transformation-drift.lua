design "Transformation drift: retraining does not mend a feature" {
  asks = "Quality dropped on Tuesday, one feature looks odd, and a colleague says: retrain every day. What do you check first, and what would retraining really have done?",
  covers = { "S06-P3", "S06-C07", "S06-C04", "S13-P2" },
  seed = 17,
}

chapter "A feature breaks, quietly" [[
The strongest input of the model is affinity: how often this person has dealt with the topic before. On day 14 the serving path begins to compute it differently. Nothing crashes: a join finds nothing, a unit is mistaken, a copy stands still, a text comes in capitals.

You choose what breaks, how, and for which share of requests. The warehouse still computes every feature as it always has, which is why nobody notices there.
]]
local breakage = choice("what breaks", "affinity, missing", { "nothing", "affinity, missing", "affinity, times 1000", "votes, stand still", "topic, capitals", apply = true })
local share = slider("share of requests", 1.0, { 0.05, 1.0, apply = true })
local how = ({ ["affinity, missing"] = { "affinity", "null" }, ["affinity, times 1000"] = { "affinity", "scaled" },
  ["votes, stand still"] = { "post_votes", "stale" }, ["topic, capitals"] = { "topic", "casing" } })[breakage]
local broken = breakage ~= "nothing"
local day = 14
local warehouse = simulate.impressions { users = 3000, days = 35, base_ctr = 0.08, as = "warehouse" }
local served = simulate.impressions { users = 3000, days = 35, base_ctr = 0.08, drift = broken and "broken-feature" or "none",
  drift_day = day, drift_strength = share, drift_column = how and how[1] or "affinity", breakage = how and how[2] or "null", as = "as served" }
local past, past_week, clean = warehouse:split { days = { 14, 28 }, as = "two weeks, warehouse fortnight, warehouse live" }
local past_served, week_served, live = served:split { days = { 14, 28 }, as = "two weeks as served, fortnight as served, live" }
show.table { monitor.compare { past, on = week_served, as = "columns" },
  title = "The two weeks after the change, against the two before",
  see = "community and media move every fortnight, because other posts are up; one column does more than move: look at missing_change, or let the unit be mistaken and look at its PSI" }

chapter "Retrain more, they said" [[
Three models serve the last week. The first is the old one, trained on the two weeks before the change. The second was retrained on what was served in the two weeks after it. The third was retrained on the same two weeks from the warehouse, where the feature is still right. And in a table of its own stands the old model with the serving path mended.

Retraining on served logs looks like a cure: calibration comes back, because the model learns to live without the feature. What the feature knew stays lost, and the bug is now part of the model. Retraining on the warehouse mends nothing, since it learns a value that serving will never send. Mending the transformation gives everything back, without a single new label.

A mistaken unit is the subtle case. Nothing is lost in it, so the retrained model reads the new unit as well as the old one, and the incident seems closed. It will open again on the day on which somebody upstream mends the unit.
]]
local frozen = train.ftrl { past, lambda1 = 0.1, as = "old model" }
local on_served = train.ftrl { week_served, lambda1 = 0.1, as = "retrained on served logs" }
local on_warehouse = train.ftrl { past_week, lambda1 = 0.1, as = "retrained on the warehouse" }
local metrics = { "excess_log_loss", "roc_auc", "calibration_ratio" }
show.table { measure.compare { frozen, on_served, on_warehouse, on = live, metrics = metrics, as = "as served" },
  title = "The last week, served with the broken feature",
  see = "retraining on served logs brings calibration back near 1; no retraining brings back the order" }
show.table { measure.compare { frozen, on = clean, metrics = metrics, as = "mended" },
  title = "The last week, with the transformation mended and the model untouched",
  see = "the old model was never ill; it was fed something else" }

chapter "Parity, cell by cell" [[
Distributions need thousands of rows and a threshold. Parity needs neither. Take the same event from both sides, the features as serving logged them and as the warehouse computes them, and compare: they are equal or they are not. A hash of the event's id draws the sample, so that both sides keep the same events without talking to each other.

The two hashes are the cheapest form of it. They travel as one number a column and an hour, and differ as soon as one cell does. They say that something differs; the row beside them says what. A human reads 'missing online' or '1000 times as large' and knows which team to call.
]]
local sample = slider("events logged in full", 0.01, { 0.001, 0.1, scale = "log" })
local parity = monitor.parity { warehouse, on = served, sample = sample, drift = broken, drift_day = day, as = "parity" }
show.table { parity, title = "Served against warehouse, all days",
  see = "differs is the share of sampled events whose cell is not the same; every other column agrees to the last digit" }
show.line { monitor.parity { warehouse, on = served, sample = sample, by_day = true, as = "by day" }, y = "differs", by = "day", mark_day = day, mark = broken,
  title = "Share of events that differ, by day", x_title = "day", y_title = "share of sampled events",
  see = "no noise floor and no baseline: zero until the day, and not zero from it on" }
show.number { frozen, on = live, metrics = { "excess_log_loss", "roc_auc" }, title = "What the broken feature costs",
  see = "keep this number beside the price of logging one event in a hundred" }

chapter "Before an experiment, too" [[
Now imagine the same week as an experiment. Control ranks without affinity. Treatment is the model above, and its affinity is broken in serving. The experiment is read, treatment looks worse, and a good model is buried with a p-value.

Parity is therefore checked before the first user is assigned: shadow traffic, the same events on both sides, zero differences. It costs a day. An experiment on a broken feature costs weeks and answers a question that nobody asked.
]]
local without = train.ftrl { past, lambda1 = 0.1, features = { "community", "topic", "media", "post_age_hours", "post_votes", "position", "hour" }, as = "control, without affinity" }
show.table { measure.compare { without, frozen, on = live, metrics = metrics, as = "as the experiment sees them" },
  title = "The experiment as it was run, with the feature broken",
  see = "by log loss the better model loses: treatment was judged by what serving sent it" }
show.table { measure.compare { without, frozen, on = clean, metrics = metrics, as = "with parity" },
  title = "The same experiment with parity",
  see = "the gain that the experiment could not see" }

chapter "What is launched" [[
Two decisions are yours: how many events are logged in full, and what is done about the last week.
]]
local act = choice("what is done", "retrain on served logs", { "nothing", "retrain on served logs", "retrain on the warehouse", "mend the transformation" })
local model = act == "retrain on served logs" and on_served or act == "retrain on the warehouse" and on_warehouse or frozen
local rows = act == "mend the transformation" and clean or live
show.number { model, on = rows, metrics = metrics, title = "The last week, after what was done",
  see = "the order is back only where the cause was mended" }

expect.above { frozen, "excess_log_loss", 0.01, on = live, when = breakage == "affinity, missing" and share >= 0.9, because = "the model misses its strongest input" }
expect.above { on_served, "excess_log_loss", 0.055, on = live, when = breakage == "affinity, missing" and share >= 0.9, because = "no retraining brings back what the feature knew" }
expect.below { frozen, "excess_log_loss", 0.055, on = clean, because = "the old model was never ill" }
expect.between { parity, "columns_differing", { 1, 1 }, when = broken and share >= 0.5 and sample >= 0.005, because = "one transformation broke, and parity names that one" }
expect.below { parity, "first_alarm_delay", 1, when = broken and breakage ~= "votes, stand still" and share >= 0.5 and sample >= 0.01, because = "the first sampled event of the day already differs" }

challenge "Bring the last week back to its order, logging fewer than 200 events in full, and see the break on its first day" {
  goal.above { model, "roc_auc", 0.72, on = rows },
  goal.below { parity, "rows_compared", 200 },
  goal.below { parity, "first_alarm_delay", 1 },
}
