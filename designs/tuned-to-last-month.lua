design "Tuned to last month" {
  asks = "Offline, every round of tuning raised the AUC. Live, the new model is worse than its first draft, and nothing is broken. What did the tuning fit, how would you have known before the launch, and how much history should the next model see?",
  covers = { "S12-P3", "S12-C12", "S12-C09", "S11-C07", "S10-C05", "S10-C09", "S10-C11", "S01-C11" },
  seed = 5,
}

chapter "Three weeks to learn from, two weeks to live in" [[
Everything before day 21 may be used to train and to tune. From day 21 on the model serves, and that is where it earns or loses.

On day 14 tastes move, by as much as you set, and stay moved: people turn to other topics, and from video to text. Two thirds of the history then describe a world that is gone. The click rate drops by a quarter that day, somebody says that it must be the holidays, and the tuning goes on.
]]
local drift = slider("how far tastes move on day 14", 0.8, { 0.0, 1.0, apply = true })
local log = source("impressions",
  simulate.impressions { users = 3000, sessions_per_day = 0.4, days = 35, base_ctr = 0.10,
    drift = "concept", drift_day = 14, drift_strength = drift },
  { "time", "day", "click" })
local days = slider("days of history to train on", 20, { 3, 20, step = 1, unit = "days", apply = true })
local older, history, live = log:split { days = { 21 - days, 21 }, as = "older, history, live" }
show.line { log, y = "click", by = "day", truth = "click_probability", mark_day = 14, mark = drift > 0,
  title = "Click rate by day", x_title = "day", y_title = "clicks per impression",
  see = "a step on day 14: the slates are still ranked for the old tastes, so people find less to click on" }

chapter "The score that tuning saw" [[
The usual way: shuffle the history, hold a fifth of its rows out, and try settings until the held-out score is best. Here one setting is tried, the number of passes over the training rows. More passes fit the history more closely.

The shuffled hold-out likes that. It comes from the same days as the training rows, so a model that knows those days better ranks it better. It cannot say that most of those days will not come back. Take the passes from 1 to 8 and watch both tables: the first AUC rises, the second falls, and live the loss moves further from the best possible.
]]
local passes = slider("passes over the training rows", 6, { 1, 8, step = 1, apply = true })
local some, shuffled = data.holdout { history, by = "random", share = 0.2, as = "training rows, shuffled hold-out" }
local tuned = train.ftrl { some, epochs = passes, as = "tuned" }
show.number { tuned, on = shuffled, metrics = { "roc_auc", "excess_log_loss", "calibration_ratio" },
  title = "What tuning saw: rows shuffled out of the history",
  see = "a good AUC, from a test that shares its weeks with the training rows" }
show.number { tuned, on = live, metrics = { "roc_auc", "excess_log_loss", "calibration_ratio", "rows_trained" },
  title = "What came: the two weeks it served",
  see = "the AUC fell by several points, and no setting was ever judged by this number" }

chapter "Ask next week instead" [[
Hold out the end of the history, not a handful of it. Train on the days before, test on the last fifth: that repeats what a launch does, predicting days that the model has not seen from days that it has.

The forward score is lower. It is also the only one that is near to what live traffic will say, and the only one that tells you to shorten the history or to stop sooner. A lower number that is true beats a higher one that is not.
]]
local early, recent = data.holdout { history, by = "time", share = 0.2, as = "earlier days, latest days" }
local rehearsed = train.ftrl { early, epochs = passes, as = "trained on the earlier days" }
show.number { rehearsed, on = recent, metrics = { "roc_auc", "excess_log_loss", "calibration_ratio" },
  title = "The rehearsal: the latest days, predicted from those before",
  see = "close to the live table, and known before the launch" }

chapter "Look at slices before you sign" [[
The sum of predictions over the sum of clicks is near 1 on live traffic, so a dashboard with one line is content. By kind of media the same model is far off in both directions, and the errors cancel.

That is the mark of a rule that moved. The inputs are as they were: no null rate changes, and no PSI comes near the 0.1 at which people begin to ask. With this many rows some p-values are tiny all the same, since everybody is two weeks older and posts come and go in other communities. Tiny p-values of tiny shifts explain no loss. Only the label moved, and only outcomes can show it, by slice, a day or two late.
]]
show.table { measure.segments { tuned, on = live, by = "media", metrics = { "calibration_ratio", "roc_auc" } },
  title = "Live, by kind of media",
  see = "predicted over observed is above 1 for what people turned from and below 1 for what they turned to" }
show.table { monitor.compare { history, on = live }, title = "Every input, live against the history",
  see = "read the effect sizes: no input moved enough to explain the loss" }

chapter "Be ready for it" [[
Two habits keep a model from being the model of last month. Watch the score by day, from before the launch, so that a step is seen as a step. And refit on a rhythm, with a window that forgets: here every week, on as many days as you chose above.

The refit model catches up once its window holds mostly new days. A long window needs longer to forget; a short one is noisy for ever. That is the trade you set with the days of history.
]]
show.line { monitor.daily { tuned, on = log, metric = "roc_auc" }, y = "value", by = "day", mark_day = 14, mark = drift > 0,
  title = "AUC by day", x_title = "day", y_title = "ROC AUC",
  see = "the step is on day 14, a week before the launch: the history itself could have told you" }
local weekly = scenario.retraining { log, first_day = 21, every_days = 7, window_days = days,
  body = function(model, window) return train.ftrl { window } end }
show.line { weekly, y = "excess_log_loss", by = "day",
  title = "Excess log loss by day: frozen on day 21, or refitted after a week", x_title = "day", y_title = "above the best possible",
  see = "after the refit on day 28 the lines part: the new window holds more of the new world" }

expect.above { tuned, "roc_auc", 0.69, on = shuffled, when = days >= 18 and passes >= 4, because = "the shuffled hold-out flatters" }
expect.below { tuned, "roc_auc", 0.68, on = live, when = drift >= 0.7, because = "most of what it knows is of the old world" }
expect.below { rehearsed, "roc_auc", 0.69, on = recent, when = drift >= 0.7 and days >= 15, because = "the forward test sees the step" }
expect.between { tuned, "calibration_ratio", { 0.85, 1.15 }, on = live, when = days >= 7, because = "the whole stays calibrated while the slices are not" }

challenge "Live: within 5.7% of the best possible log loss, trained on fewer than 50,000 rows" {
  goal.below { tuned, "excess_log_loss", 0.057, on = live },
  goal.below { tuned, "rows_trained", 50000 },
}
