design "Missing is not zero" {
  asks = "A third of the values of your best feature are missing. A colleague fills them with zero and AUC barely moves. Is that fine? How do you find out why they are missing, and what do you do about it?",
  covers = { "S12-P1", "S12-C02", "S12-C12" },
  seed = 7,
}

chapter "A column with holes" [[
`affinity` counts how often a person has dealt with a topic before, and a third of it is missing. Three stories are possible, and they look the same in a table.

By chance alone (MCAR): a queue drops messages. By something we can see (MAR): the counter of busy people times out, and we know who is busy. By the value itself (MNAR): large counters overflow, so that mostly large values are gone.

In this world the true value is known. Draw it for the rows that have a value and for those that do not.
]]
local why = choice("why it is missing", "mnar", { "mcar", "mar", "mnar", apply = true })
local rate = slider("share missing", 0.33, { 0.05, 0.8, unit = "%", apply = true })
local log = simulate.impressions { users = 2500, days = 21, base_ctr = 0.06, missing = why, missing_rate = rate, missing_column = "affinity",
  drift = "broken-feature", breakage = "null", drift_column = "affinity", drift_day = 16, drift_strength = 0.7 }
local past, quiet, outage = log:split { days = { 11, 16 }, as = "past, quiet days, outage" }
local marked = features.missing { past, columns = { "affinity" }, filling = "none" }
show.line { diagnose.ecdf { marked, column = "affinity_true", by = "affinity_missing" }, y = "y", by = "x",
  title = "True affinity where it is there and where it is missing", x_title = "true affinity", y_title = "share of rows at or below",
  see = "one curve on the other: the gaps say nothing of the value. A curve further right: the gaps hide large values" }

chapter "What the data can say" [[
Two tests need no truth. Little's test asks whether the means of the other columns differ between rows with and without a gap. A logistic regression asks whether anything observed tells where the gaps are. Either can refute "by chance alone". A small p means: look at who is missing before you drop a single row.

Neither can tell MAR from MNAR. What would decide is the missing value, and it is missing. The last line of the table uses the truth, and no real log has that line. Ask the people who run the pipeline instead; they often know.
]]
local tests, facts = diagnose.missing { past, column = "affinity", truth = "affinity_true",
  by = { "user_activity", "user_tenure_days", "post_votes", "hour", "platform" }, as = "tests, p-values" }
show.table { tests, title = "Why is affinity missing?",
  see = "under MAR the activity of the user gives it away; under MNAR only the last line, which you will never have, is sure" }
show.table { diagnose.compare { marked, by = "affinity_missing", columns = { "user_activity", "user_tenure_days", "post_votes", "hour", "platform", "affinity_true" } },
  title = "Rows with a gap against rows without",
  see = "the size of the difference says who is missing; one row a session is used, so that the rows of a slate do not flatter p" }

chapter "Every filling is a claim" [[
Zero claims that the person has never been here. The mean claims an ordinary person. Complete rows claim that those who are gone were like those who stayed. A regression on the other columns claims MAR. An indicator beside the filling claims nothing, and lets the model learn what a gap means.

The slope says how much one standard deviation of affinity adds to the log-odds of a click. Zero turns heavy users into strangers who click like regulars, and under MNAR it loses more than half of the slope of the values that were seen (0.34 falls to 0.13). The regression fill looks clever and is no nearer to the truth than the mean: the true values it should guess are exactly those it has never seen.
]]
local effects = diagnose.imputation { past, column = "affinity", label = "click", truth = "affinity_true",
  by = { "user_activity", "user_tenure_days", "post_votes" }, as = "fillings" }
show.table { effects, title = "What each filling does to the column and to its slope on the click",
  see = "compare mean and slope with the last row, the truth; with an indicator the slope is that of the complete rows, whatever the filling" }

chapter "What the model makes of it" [[
Four models differ in nothing but this column. One is given zero for a gap, one your filling, one is told that there is a gap (these hashed features have a value of their own for "empty"), and one never sees affinity at all. All are measured on five quiet days, in which gaps happen as they did in training.

Knowing affinity, gaps and all, takes the excess loss from 7.1% down to 5.6%. Filling with zero gives more than half of that back. AUC, as your colleague said, hardly moves: 0.714 and 0.706.
]]
local filling = choice("your filling", "zero", { "zero", "mean", "median", "constant" })
local indicator = toggle("with an indicator", false)
local keep_column = toggle("keep the column", true)
local lambda = slider("L2 shrinkage", 1, { 0.1, 1000, scale = "log" })
local others = { "platform", "country", "user_activity", "user_tenure_days", "topic", "media", "post_age_hours", "post_votes", "position" }
local function with(...)
  local all = { ... }
  for i = 1, #others do all[#all + 1] = others[i] end
  return all
end
local function trained(fill, mark, columns, name)
  local a, b, c = features.missing { past, quiet, outage, columns = { "affinity" }, filling = fill, digits = 0, indicator = mark }
  return train.ftrl { a, features = columns, lambda2 = lambda, as = name }, b, c
end
local zero, quiet_zero, outage_zero = trained("zero", false, with("affinity"), "zero")
local mine, quiet_mine, outage_mine = trained(filling, indicator,
  keep_column and (indicator and with("affinity", "affinity_missing") or with("affinity")) or with(), "yours")
local gap = train.ftrl { past, features = with("affinity"), lambda2 = lambda, as = "gap kept as a gap" }
local without = train.ftrl { past, features = with(), lambda2 = lambda, as = "without the column" }
show.table { measure.compare { gap, without, on = quiet, metrics = { "excess_log_loss", "log_loss", "roc_auc", "calibration_ratio" } },
  title = "Quiet days: the gap kept, and no such column",
  see = "the distance between the two is what affinity is worth; a filling should give away little of it" }
show.number { zero, on = quiet_zero, metrics = { "excess_log_loss", "roc_auc", "calibration_ratio" },
  title = "Quiet days: zero for a gap", see = "AUC hardly differs, the excess loss does" }
show.number { mine, on = quiet_mine, metrics = { "excess_log_loss", "roc_auc", "calibration_ratio" },
  title = "Quiet days: your filling", see = "an indicator wins back what zero gave away, the more so the more the gap says" }

chapter "The day the meaning of a gap changes" [[
On day 16 the pipeline breaks, and four of five values are gone for everybody. The model that had learned "a gap is a heavy user" now takes everybody for a heavy user and bids 15% too much. What was best on quiet days is worst today.

The mean, without an indicator, had learned less from the gaps and loses less now. Under MCAR a gap means nobody in particular and keeps meaning that; there the zero is the one that breaks, since it turns the whole site into strangers.

Nothing learned from the past protects against a change of meaning. A null rate with an alert does, and it only exists if nobody filled the column before it was counted. Record gaps first, fill later.
]]
show.line { monitor.daily { gap, without, on = log, metric = "calibration_ratio" }, y = "value", by = "day", guide = 1,
  mark_day = 16, mark = true, title = "Calibration before and after the outage", x_title = "day", y_title = "predicted clicks over clicks",
  see = "a model that never saw the column sails through; one that trusts the gap is wrong from the first hour" }
show.line { features.missing { log, columns = { "affinity" }, filling = "none" }, y = "affinity_missing", by = "day", mark_day = 16, mark = true,
  title = "Null rate of affinity", x_title = "day", y_title = "share missing",
  see = "the cheapest monitor of all: a rate a column a day, counted before anything is filled" }
show.number { mine, on = outage_mine, metrics = { "calibration_ratio", "excess_log_loss" },
  title = "Outage: your filling", see = "the more a model has learned from the gaps, the more it is wrong when they come for another reason" }

expect.below { facts, "value_p", 0.001, when = why == "mnar" and rate >= 0.15 and rate <= 0.6, because = "the truth shows what no test on the log can" }
expect.below { facts, "observed_p", 0.001, when = why == "mar" and rate >= 0.15 and rate <= 0.6, because = "MAR is visible in the columns that drive it" }
expect.above { facts, "observed_p", 0.0005, when = why == "mcar", because = "chance is not refuted" }
expect.above { zero, "excess_log_loss", 0.059, on = quiet_zero, when = why == "mnar" and rate >= 0.25 and rate <= 0.4 and lambda <= 10, because = "zero gives back what the column had won" }
expect.below { gap, "excess_log_loss", 0.059, on = quiet, when = why == "mnar" and rate >= 0.25 and rate <= 0.4 and lambda <= 10, because = "a model that knows of the gap keeps it" }
expect.above { without, "excess_log_loss", 0.0, on = quiet, because = "a column that matters is missed" }

challenge "Keep the excess loss on quiet days below 6%, and stay calibrated to within 10% when the pipeline breaks" {
  goal.below { mine, "excess_log_loss", 0.06, on = quiet_mine },
  goal.between { mine, "calibration_ratio", { 0.9, 1.1 }, on = outage_mine },
}
