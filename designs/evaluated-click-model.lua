design "A click model, evaluated as it will be used" {
  asks = "Build and evaluate a click model. How do you split, what do you report, where does calibration come from, and will the gain you measured survive in production?",
  covers = { "S10-W", "S10-C04", "S10-C05", "S10-C07", "S10-C09", "S01-C02", "S01-C03" },
  seed = 21,
}

chapter "Four sets, cut the way the model will live" [[
Ask first what the score is for. If it only orders a slate, the order is all that counts. If it is multiplied by a bid or held against a threshold, it must be a probability. Here it does both, so we report both.

The model will score tomorrow's impressions, and many of tomorrow's users are strangers. So cut twice. By time: two weeks to train, a week for calibration and for nothing else, a last week to measure. And by person: a fifth of the users is taken out of training and calibration altogether, to stand for those who have not arrived yet.
]]
local base_ctr = slider("base click rate", 0.03, { 0.005, 0.15, scale = "log", unit = "%", apply = true })
local log = source("impressions",
  simulate.impressions { users = 4500, days = 28, base_ctr = base_ctr, user_spread = 0.4, session_correlation = 0.05,
    miscalibration = 0.3, miscalibration_by = "surface" },
  { "time", "day", "click" })
local known, strangers = data.holdout { log, by = "user", share = 0.2, as = "known users, strangers" }
local past, hold, live = known:split { days = { 14, 21 }, as = "past, hold, live" }
local before, live_strangers = strangers:split { days = { 21 }, as = "not used, strangers live" }
show.line { log, y = "click", by = "day", truth = "click_probability",
  title = "Click rate by day", x_title = "day", y_title = "clicks per impression",
  see = "the four weeks are alike, so what differs below is the models' doing" }

chapter "Baseline first, then the model" [[
A baseline says what the extra work bought. Five features that everyone has, against all of them; both by logistic regression, both with log loss as the thing made small, because a probability is wanted.

The better one trains on a share of the negatives, which is cheap and breaks its numbers, and gets a map fitted on the third week. That week chose nothing else: no feature, no parameter. A set that has already chosen the winner has an opinion about it.
]]
local keep = slider("negatives kept", 0.10, { 0.02, 1.0, scale = "log", unit = "%" })
local method = choice("calibration", "platt", { "none", "platt", "isotonic", "beta" })
local old = train.ftrl { past, features = { "position", "media", "topic", "platform", "hour" }, as = "baseline" }
local new_raw = train.ftrl { past, features = { "position", "media", "topic", "platform", "hour", "country", "community", "affinity", "post_votes", "post_age_hours", "user_activity", "user_tenure_days" },
  keep_negatives = keep, as = "new, as trained" }
local new = calibrate[method] { new_raw, on = hold, as = "new, calibration: " .. method }
local figures = { "log_loss", "excess_log_loss", "roc_auc", "average_precision", "ece_quantile", "calibration_ratio" }
show.table { measure.compare { old, new_raw, new, on = live, metrics = figures },
  title = "Known users, a week later",
  see = "log loss is the primary number because the score is used as one; AUC and average precision are the same before and after the map" }
show.table { measure.compare { old, new, on = live_strangers, metrics = figures },
  title = "Strangers, the same week",
  see = "AUC is lower by about 0.03 than for known users: quote this table for people who have not arrived yet" }
show.reliability { new_raw, new, on = live, bins = 10, truth = true,
  title = "Reliability before and after the map", x_title = "predicted click probability", y_title = "observed click rate",
  see = "the map moves the curve onto the diagonal; error bars are 95% intervals of the observed rate" }
show.table { measure.auc { old, new, on = live },
  title = "Is the better order more than luck?",
  see = "both models are judged on the same rows, so the interval of the difference is far narrower than the two intervals suggest; rows of one user are not independent, so take it as the least width" }

chapter "By segment" [[
On the whole the model is right. Cut the same week by the surface on which the impression was shown, which the model was not told, and it is not: on home it promises a tenth too little, on search half too much.

Cut by platform, which it was told, and there is little to see. So the rule is to cut by what the model does not know. Small segments need the interval beside the number, or you will chase noise.
]]
local by = choice("cut by", "surface", { "surface", "platform", "country", "media" })
local mended = calibrate.segments { new, on = hold, by = "surface", shrinkage = 20, as = "new, mended by surface" }
show.table { measure.segments { new, mended, on = live, by = by, metrics = { "calibration_ratio", "log_loss" }, most = 8 },
  title = "Each " .. by .. ", on the fourth week",
  see = "compare mean_prediction with true_mean, and only then calibration_ratio: the ratio carries the luck of the week" }

chapter "Shadow, then online" [[
In shadow the new model scores live traffic and nobody sees its order. That shows latency, missing features and the calibration ratio on real requests. It cannot show what users would have clicked, for they saw the old order.

Since this site is simulated we can look. Every slate of the fourth week is put in each model's order and its expected clicks are read off the truth. Notice which offline numbers foretold the gain. Before its map the new model has by far the worst log loss, and the clicks it would get are the same to the last digit: a map moves no slate. The baseline has fine log loss, and its order gets fewer clicks than the one that was shown.

So an offline gain and an online gain are two things, joined only by what the score is used for. Quote AUC or nDCG for the slate, log loss and calibration for the bid, and expect the online gain to be smaller than either suggests: here even a perfect order would win no more than about 12%.
]]
local shadow = measure.online { old, new_raw, new, mended, on = live, as = "shadow" }
show.table { shadow,
  title = "Offline beside online, on the fourth week",
  see = "as trained and calibrated get the same clicks with very different log loss; the last row is the most that any order can get" }
show.table { measure.online { old, new, on = live, cohort = "platform" },
  title = "Clicks by cohort",
  see = "an average gain may hide a cohort that lost; here each platform gains" }
show.table { measure.ranking { old, new, on = live, by = "session_id", k = 3 },
  title = "The same slates, judged offline by their order",
  see = "most slates have no click and are undefined; logged clicks favour the order that was shown, so nDCG understates a new one" }

local online = data.where { shadow, column = "model", is = "new, calibration: " .. method, as = "new model online" }
expect.below { new, "excess_log_loss", 0.14, on = live, when = method ~= "none" and keep >= 0.1 and base_ctr >= 0.02, because = "the calibrated model is close to the truth" }
expect.above { new, "roc_auc", 0.66, on = live_strangers, when = keep >= 0.1 and base_ctr >= 0.02, because = "it ranks for users it has never seen" }
expect.between { mended, "calibration_ratio", { 0.85, 1.18 }, on = live, when = base_ctr >= 0.02, because = "segment offsets keep the whole right" }
expect.above { online, "online_uplift", 0, when = keep >= 0.1 and base_ctr >= 0.02, because = "the better order gets more clicks than the one that was shown" }

challenge "An online gain of 4.4% with log loss within 9% of the best possible, trained on fewer than 20,000 rows" {
  goal.above { online, "online_uplift", 0.044 },
  goal.below { new, "excess_log_loss", 0.09, on = live },
  goal.below { new, "rows_trained", 20000 },
}
