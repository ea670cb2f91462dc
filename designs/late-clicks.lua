design "Late clicks: today's zeros are not all zeros" {
  asks = "You retrain every night, but some clicks take days to reach the log. What do you do with an impression of an hour ago that has no click yet?",
  covers = { "S01-C07" },
  seed = 11,
}

chapter "A log that is still filling up" [[
Every impression is logged at once; its click is logged when it arrives. Here most clicks arrive within hours and some take days, as when people come back to a saved post, or when a mobile client sends its events in batches.

We train at midnight before day 14. For a row of last week nearly every click is in. For a row of the last hour almost none is. The two lines of the plot are the same impressions: as the log showed them that midnight, and as it showed them in the end.
]]
local delay = slider("mean delay of a click", 36, { 2, 120, scale = "log", unit = "hours", apply = true })
local log = source("impressions",
  simulate.impressions { users = 4000, days = 21, base_ctr = 0.06, click_delay_hours = delay },
  { "time", "day", "click", "click_arrival" })
local past, live = log:split { days = { 14 }, as = "as it turned out, the week after" }
local known = data.known_at { log, day = 14, as = "as known on day 14" }
show.line { known, past, y = "click", by = "day", band = false,
  title = "Click rate by day, as known at midnight and in the end", x_title = "day of the impression", y_title = "clicks per impression",
  see = "the two lines part in the last days: the world did not cool down, its clicks are on their way" }

chapter "Three answers that need no model of time" [[
The naive answer trains on what the log says: no click yet is no click. It is fresh and biased: it learns a click rate that is too low. Online learners make it worse than the average shows. They pass through the log in order and end on its youngest rows, which are the least ripe, so a tenth of the clicks missing in the log becomes half of the clicks missing in the predictions.

Waiting leaves out rows that are younger than the window. Each row that stays has had time to be clicked, so the bias shrinks. The price is paid in freshness: with a window of three days the model knows nothing of the last three days, and it has fewer rows.

Weighting keeps every row. A click that did arrive counts for those of its age that did not: if a third of clicks are in by now, it counts three times. That needs the share that arrives in time, and reading it off the clicks one has is a trap of its own. A click of an hour ago can only be in the log if it took less than an hour, so naive averages of delays come out too short. The step uses the product-limit form for data cut off on the right.
]]
local wait = slider("wait before a row counts", 24, { 0, 240, unit = "hours" })
local naive = train.delayed { log, day = 14, method = "naive", as = "naive" }
local waited = train.delayed { log, day = 14, method = "wait", wait_hours = wait, as = "wait" }
local weighted = train.delayed { log, day = 14, method = "weights", as = "weights" }

chapter "Clicks and delays together" [[
The joint model asks two questions of every row at once: will it be clicked, and how long would that take. A row that was clicked answers both. A row without a click says "never, or not yet": its likelihood is 1 - p + p S(e), where S(e) is the chance that a click takes longer than the time e that has passed.

Training then has a simple shape. A row without a click is not a zero but the belief that its click is on the way, p S / (1 - p + p S). For a row of last week that is nearly zero. For a row of an hour ago it is nearly p: the row says almost nothing, which is just what it knows.
]]
local law = choice("law of the delay", "weibull", { "exponential", "weibull", apply = true })
local joint = train.delayed { log, day = 14, method = "joint", law = law, as = "joint" }
local oracle = train.delayed { log, day = 14, method = "oracle", as = "every click known" }
show.table { measure.compare { naive, waited, weighted, joint, oracle, on = live,
    metrics = { "calibration_ratio", "excess_log_loss", "roc_auc", "rows_trained", "clicks_expected" } },
  title = "Five models on the week that follows, all its clicks counted",
  see = "naive predicts too few clicks; the joint model comes close to the model that was told every click, and all of them rank about equally well" }
show.reliability { naive, joint, oracle, on = live, bins = 10, binning = "quantile", truth = true,
  title = "Reliability on the following week", x_title = "predicted click probability", y_title = "observed click rate",
  see = "the naive line lies above the diagonal everywhere: more is clicked than it says" }

chapter "What the delay looks like, and what to say" [[
The exponential law is the textbook choice and is wrong here: the site has many clicks at once and a long tail. Switch the law and watch the calibration of the joint model. An exponential with the right mean has too few quick clicks, so it believes that too many are still on the way for the rows of the last hours, and predicts some 12% too much.

In an interview, name the label's window first: a click within how long? Then say what you do with rows that are younger than the window, and how you would notice if the delay itself changed, because a slower pipeline looks exactly like people losing interest. Plot the click rate by the age of the row, not only by day.
]]
show.line { monitor.daily { naive, joint, oracle, on = live, metric = "calibration_ratio" }, y = "value", by = "day",
  title = "Predicted over observed clicks, day by day", x_title = "day", y_title = "calibration ratio", guide = 1,
  see = "a model trained on unripe labels is low from its first hour; it does not drift there" }

expect.below { naive, "calibration_ratio", 0.97, on = live, when = delay >= 24, because = "clicks on their way were learned as refusals" }
expect.between { joint, "calibration_ratio", { 0.8, 1.15 }, on = live, when = law == "weibull" and delay <= 60, because = "it knows that young rows are unripe" }
expect.between { oracle, "calibration_ratio", { 0.9, 1.1 }, on = live, because = "with every click known there is nothing to correct" }

challenge "Wait long enough to predict 87% of the coming clicks, and keep 65,000 rows, while clicks stay as late as they are" {
  goal.above { waited, "calibration_ratio", 0.87, on = live },
  goal.above { waited, "rows_trained", 65000 },
  goal.below { naive, "calibration_ratio", 0.6, on = live },
}
