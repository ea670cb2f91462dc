design "Ad clicks: the ranking is fine, the bids are not" {
  asks = "Training was made ten times cheaper by dropping negatives. AUC did not move, yet the auction loses money. What broke, how do you mend it, and how would you have seen it on day one?",
  covers = { "S01-W", "S01-C01", "S01-C02", "S01-C03", "S01-C04", "S01-P2", "S10-C01", "S10-C02", "S10-C03", "S10-C04", "S10-C06" },
  seed = 7,
}

chapter "Traffic" [[
Five thousand people scroll ranked slates for four weeks. A click is rare, and it is drawn from a probability that the simulator knows: that is the thin ink line you will see in every plot, and the one thing no real log can show you.

The first two weeks train the model, the third is kept to calibrate it, the fourth is where we measure. Three disjoint weeks, in time order, because that is how the model will live.
]]
local base_ctr = slider("base click rate", 0.03, { 0.002, 0.20, scale = "log", unit = "%" })
local log = source("impressions",
  simulate.impressions { users = 5000, days = 28, base_ctr = base_ctr },
  { "time", "day", "click" })
local past, hold, live = log:split { days = { 14, 21 }, as = "past, hold, live" }
show.line { log, y = "click", by = "day", truth = "click_probability",
  title = "Click rate by day", x_title = "day", y_title = "clicks per impression",
  see = "the daily rate wobbles around the true rate by about the noise you expect of a few thousand impressions a day" }

chapter "A cheaper training set" [[
Nearly all impressions are negatives, and each teaches little. Keep every click and a tenth of the rest: training costs a tenth and the ranking hardly suffers.

But the model now lives in a world where clicks are ten times as common as they are. With keep rate w, the odds it learns are the true odds divided by w. At w = 0.1 an impression with a true 3% chance is scored near 24%. The order of the scores survives. Their meaning does not, and an auction multiplies a bid by exactly that meaning.
]]
local keep = slider("negatives kept", 0.10, { 0.01, 1.0, scale = "log", unit = "%" })
local model = train.ftrl { past, keep_negatives = keep, as = "as trained" }
show.number { model, on = live, metrics = { "roc_auc", "log_loss", "excess_log_loss", "calibration_ratio", "rows_trained" },
  title = "The model as trained, on the fourth week",
  see = "AUC alone cannot tell you that anything is wrong: it only reads the order of the scores" }

chapter "The way back" [[
Two repairs. The closed form knows how the sample was made: q = p / (p + (1 - p) / w) undoes it exactly, for free, and is right whenever dropping negatives is the only thing wrong.

A learned map knows nothing of the sampling. It looks at a week that training never saw and asks what each score turned out to mean. Platt fits two numbers and needs a hundred clicks. Isotonic regression fits any rising staircase and wants a thousand. Because it learns from outcomes it also mends what the closed form cannot, such as a model too sure of itself.

Never fit the map on the training weeks: there the model has seen the answers, and the map would learn to trust it.
]]
local prior = calibrate.prior { model, keep_negatives = keep, as = "closed form" }
local method = choice("calibration", "isotonic", { "none", "platt", "isotonic" })
local fixed = calibrate[method] { model, on = hold, as = "calibrated (" .. method .. ")" }
show.reliability { model, prior, fixed, on = live, bins = 12, binning = "quantile", truth = true,
  title = "Reliability on the fourth week",
  x_title = "predicted click probability", y_title = "observed click rate",
  see = "the uncalibrated line predicts far too much everywhere, with the same AUC; a calibrated line lies on the diagonal" }
show.number { fixed, on = live, metrics = { "log_loss", "best_log_loss", "excess_log_loss", "ece", "calibration_ratio", "roc_auc" },
  title = "After calibration, on the fourth week",
  see = "excess log loss is what is left to gain: 0% would mean that the model knows the true probability of every impression" }

chapter "How you would have seen it" [[
One number on one line of a dashboard would have caught this on the first day: the sum of predictions over the sum of clicks, the calibration ratio. It needs no bins and no ranking, a thousand clicks fix it to within 3%, and it is the number that the auction pays for.

In an interview, say the order: look at the calibration ratio first, then at the reliability curve by segment, then at ECE with two binnings. Quote AUC last, because it answers another question.
]]
show.histogram { model, fixed, on = live, bins = 40,
  title = "Scores before and after", x_title = "score", y_title = "share of impressions",
  see = "calibration moves the whole distribution to where clicks really happen; it does not change who ranks above whom" }
show.line { monitor.daily { model, prior, fixed, on = live, metric = "calibration_ratio" }, y = "value", by = "day",
  title = "Calibration ratio by day", x_title = "day", y_title = "predicted clicks over clicks", guide = 1,
  see = "a ratio far from 1 from the first hour is a sampling or a join mistake; one that drifts away slowly is the world changing" }

expect.below { fixed, "ece", 0.02, on = live, when = method ~= "none", because = "a map fitted on a held-out week should mean what it says" }
expect.between { fixed, "calibration_ratio", { 0.85, 1.15 }, on = live, when = method ~= "none", because = "the sum of predictions should be near the sum of clicks" }
expect.between { prior, "calibration_ratio", { 0.75, 1.25 }, on = live, because = "the closed form undoes the sampling" }
expect.above { model, "roc_auc", 0.62, on = live, because = "dropping negatives keeps the order" }

challenge "Keep log loss within 4.4% of the best possible, training on fewer than 30,000 rows" {
  goal.below { fixed, "excess_log_loss", 0.044, on = live },
  goal.below { model, "rows_trained", 30000 },
}
