design "Predicted and actual: two distributions that need not agree" {
  asks = "Is this target a probability or a quantity? Here are the predictions and the outcomes. What do their distributions tell you, what do they not tell you, and which distance do you quote?",
  covers = { "S10-A", "S10-C02", "S10-C04", "S11-C01", "S12-C10" },
  seed = 17,
}

chapter "One visit, two targets" [[
A visit to a post leaves a click (it happened or it did not) and a dwell time in seconds (mostly zero, sometimes minutes). The first wants a probability and log loss. The second wants a value, and first of all the answer to which value: the mean, if seconds are summed up somewhere, the median or a high quantile if a promise is made about one visit.

Look at the outcomes before any model. More than half of the visits have no dwell at all, the mean is eight seconds, and one visit in a hundred lasts longer than three minutes.
]]
local base_ctr = slider("base click rate", 0.05, { 0.01, 0.2, scale = "log", unit = "%", apply = true })
local log = source("impressions",
  simulate.impressions { users = 2500, days = 24, base_ctr = base_ctr, outcomes = { "dwell_seconds" } },
  { "time", "day", "click" })
local past, hold, live = log:split { days = { 12, 16 }, as = "past, hold, live" }
show.ecdf { live, column = "dwell_seconds", truth = "dwell_expected", log_x = true,
  title = "Seconds of dwell, and their expectations", x_title = "seconds", y_title = "share of visits at or below",
  see = "the expectations (ink) are never zero and never huge: an expectation is not a forecast of one visit's value" }

chapter "Predictions, given what happened" [[
For a probability, split the predictions by the outcome. The rows that were clicked should have higher scores, and the distance between the two curves at its widest is the KS statistic, one number for how well the model separates.

It will not separate well, and should not. A click that has a 5% chance is a surprise whenever it comes. The last line of the table does the same with the true probabilities in place of the scores: a KS of 0.42 is all there is to have, and a model that shows much more has seen the answer.
]]
local keep = slider("negatives kept", 0.2, { 0.02, 1.0, scale = "log", unit = "%" })
local method = choice("calibration", "platt", { "none", "platt", "isotonic", "beta" })
local raw = train.ftrl { past, label = "click", keep_negatives = keep, as = "as trained" }
local model = calibrate[method] { raw, on = hold, as = "calibration: " .. method }
show.ecdf { measure.scores { model, on = live }, column = "prediction", by = "outcome",
  title = "Predictions of the click, by what happened", x_title = "predicted probability", y_title = "share of visits at or below",
  see = "two curves with a gap: its greatest height is KS; both reach far into each other's range, as they must for a rare event" }
show.table { measure.distance { raw, model, on = live },
  title = "Distances between distributions",
  see = "calibration leaves the KS between outcomes as it was, and cuts the Wasserstein distance to the true probabilities from 0.14 to under 0.01" }

chapter "The same shape, the wrong rows" [[
Now compare the predictions with the truth as two heaps of numbers. A small Wasserstein distance says that the heaps look alike: about as many 2% cases and as many 10% cases as there should be. It does not say that the right rows are in them. Shuffle the scores among the rows and the distance does not move, while the model now knows nothing.

So a distance between distributions is a check and a monitor, cheap because it needs no labels. Quality is measured row by row, by a proper score. Read them together: far apart means wrong, close means only that this test found nothing.
]]
show.histogram { raw, model, on = live, bins = 40,
  title = "Where the scores lie", x_title = "predicted probability", y_title = "share of visits",
  see = "dropping negatives moves the whole heap to the right, a map brings it home" }
show.table { measure.compare { raw, model, on = live, metrics = { "log_loss", "excess_log_loss", "brier", "roc_auc", "ks", "ece_quantile" } },
  title = "Row by row, on the last eight days",
  see = "the proper scores tell what a distance of distributions cannot: whether the right rows have the right numbers" }

chapter "The quantity: predictions are narrower than outcomes" [[
For seconds of dwell, lay the distribution of predictions over that of outcomes. They do not match, and it is no fault. Variance splits in two: what the features explain, and the rest. Predictions carry only the first part, so they are always narrower. Someone who stretches them until the shapes agree makes every single prediction worse.

What to ask instead: does the mean agree on the whole and in each cohort, and is the loss the right one for the use? Squared error asks for the mean and is ruled by a few long visits. The pinball loss at 95% asks for a level that 19 visits in 20 stay below, and cares nothing for how far the longest went. A promise made to a user ("usually under half a minute") is of the second kind, and a higher promise is easier to keep and worth less.
]]
local promise = slider("promised quantile of dwell", 0.95, { 0.6, 0.99, apply = true })
local mean = train.gbdt { past, label = "dwell_seconds", loss = "squared", rounds = 30, depth = 3, as = "mean of dwell" }
local high = train.gbdt { past, label = "dwell_seconds", loss = "quantile", quantile = promise, rounds = 30, depth = 3, as = "quantile of dwell" }
show.table { measure.distance { mean, on = live },
  title = "Predicted and observed seconds",
  see = "far from the outcomes and near to the true means: only the second distance says something about the model" }
show.table { measure.segments { mean, on = live, by = "platform", metrics = { "calibration_ratio", "rmse_to_truth" } },
  title = "Does the mean agree in each cohort?",
  see = "mean_prediction against true_mean is the question; the interval of the observed mean is wide, because few long visits make it" }
show.table { measure.compare { mean, high, on = live, metrics = { "mean_prediction", "mean_label", "rmse", "mae", "r2", "pinball_95", "coverage" } },
  title = "Two answers to two questions",
  see = "the first has the better RMSE, the second stays above as many visits as it promised (coverage); neither is wrong" }

expect.above { model, "ks", 0.2, on = live, because = "the model separates clicks from the rest" }
expect.below { model, "excess_log_loss", 0.12, on = live, when = method == "platt" or method == "isotonic", because = "calibrated predictions are close to the truth row by row" }
expect.between { high, "coverage", { promise - 0.04, promise + 0.04 }, on = live, because = "the quantile model covers what it promises" }
expect.between { mean, "calibration_ratio", { 0.8, 1.25 }, on = live, because = "on the whole the predicted seconds add up to the seconds that came" }

challenge "A promise that at least 92% of the visits keep, of 20 seconds on average at most" {
  goal.above { high, "coverage", 0.92, on = live },
  goal.below { high, "mean_prediction", 20, on = live },
}
