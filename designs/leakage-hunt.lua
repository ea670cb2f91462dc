design "Too good to be true: a leakage hunt" {
  asks = "Offline AUC jumped overnight from 0.74 to 0.88, with two new columns. Production got worse. How do you find the column that knows the answer, before it ships?",
  covers = { "S10-C08", "S12-C08" },
  seed = 9,
}

chapter "The jump" [[
Somebody joined two columns to the training log. One says for how many seconds a post was open. One is the number of its record in a store. Offline the model is suddenly brilliant.

Production has neither: nobody has opened the post when it is being ranked, and the record is written after the visit. The columns arrive empty, and a model that leaned on them has nothing to lean on. The leak's strength says in how many rows the column really follows the click; a leak is rarely perfect, and a weak one is harder to see.
]]
local strength = slider("how often the leaks follow the click", 0.4, { 0.02, 1, unit = "%", apply = true })
local log = source("impressions",
  simulate.impressions { users = 2500, days = 21, base_ctr = 0.06, leaks = { "after_outcome", "id" }, leak_strength = strength },
  { "time", "day", "click", "user_id" })
local past, hold, later = log:split { days = { 14, 17 }, as = "past, held out, live" }
local served = data.blank { later, columns = { "open_seconds", "record_id" }, as = "live, as served" }
local honest_columns = { "topic", "community", "media", "affinity", "position", "platform", "country", "user_activity", "user_tenure_days", "post_age_hours", "post_votes", "hour" }
local all_columns = { "open_seconds", "record_id" }
for _, column in ipairs(honest_columns) do all_columns[#all_columns + 1] = column end
local eager = train.ftrl { past, features = all_columns, bits = 16, as = "with the new columns" }
local honest = train.ftrl { past, features = honest_columns, bits = 16, as = "without them" }
show.table { measure.compare { eager, honest, on = hold, metrics = { "roc_auc", "log_loss", "calibration_ratio" } },
  title = "On held-out rows, columns filled",
  see = "a forward hold-out does not help: the held-out rows carry the same leak" }
show.table { measure.compare { eager, honest, on = served, metrics = { "roc_auc", "log_loss", "calibration_ratio" } },
  title = "On live rows as production serves them",
  see = "with the columns empty the brilliant model ranks no better than the honest one and predicts three times too many clicks" }

chapter "Every column in the dock" [[
Five questions for each column, from cheap to dear. Alone: how well does it rank clicks by itself? Shuffled: how much worse is the model when the column is scrambled? Left out: how much worse is a model trained without it? Earlier: for a column about the user, did it already have that power in the user's session before? Late: do its moments lie after the row's own time?

None of them is proof. A column that dominates can be honest: position is worth a sixth of all importance and belongs there. And a leak can hide behind a twin: leave out one of two and the other takes over part of its work, so ablation shows less than shuffling does. The verdict names a reason, and the reason tells you which pipeline to read.
]]
local alone = slider("suspect a column that alone reaches AUC", 0.9, { 0.55, 0.99, apply = true })
local share = slider("suspect a column worth this share of all", 0.5, { 0.05, 0.95, unit = "%", apply = true })
local columns, summary = validate.leakage { past, on = hold, features = all_columns, alone_limit = alone, share_limit = share,
  planted = { "open_seconds", "record_id" }, as = "columns, summary" }
show.table { columns,
  title = "Columns, the most suspicious first",
  see = "planted is the truth: compare it with suspect, and read in the reason which test gave the column away" }
show.table { summary,
  title = "Found, missed, wrongly accused",
  see = "a low threshold finds every leak and accuses honest columns too; somebody has to read each of them" }

chapter "Make it impossible instead" [[
Tests find some leaks. What prevents them is a rule about time: a feature row may be joined only if it was known before the impression, by its arrival and not by its event time. Log features when they are served and train on that log, and a column that is empty at serving is empty in training.

Say it in this order in an interview: what the column would have been at decision time, how I would check it on one example by hand, which test would have caught it, and what in the pipeline stops the next one.
]]
show.reliability { eager, honest, on = served, bins = 10, binning = "quantile", truth = true,
  title = "Reliability on live rows as served", x_title = "predicted click probability", y_title = "observed click rate",
  see = "a leak that goes missing does not only cost its own worth: every prediction moves, because the empty value meant something else in training" }

expect.above { eager, "roc_auc", 0.75, on = hold, when = strength >= 0.3, because = "the columns know the outcome" }
expect.above { honest, "roc_auc", 0.6, on = served, because = "honest columns are there at serving" }
expect.below { summary, "planted_and_missed", 0.5, when = strength >= 0.9, because = "a strong leak cannot hide" }

challenge "Find both leaks and accuse no honest column, with leaks no stronger than these" {
  goal.below { summary, "planted_and_missed", 0.5 },
  goal.below { summary, "wrongly_accused", 0.5 },
  goal.below { eager, "roc_auc", 0.9, on = hold },
}
