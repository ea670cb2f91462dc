design "Accuracy, R² and squared error: three numbers quoted by habit" {
  asks = "Your click model has 97% accuracy and your reading-time model an R² of 0.2. Which one would you ship, and what would you want to see instead?",
  covers = { "S11-P1", "S11-C02", "S11-C03", "S12-C05" },
  seed = 5,
}

chapter "97% accurate, and useless" [[
Clicks are rare. A model that never says click is right whenever nobody clicks, which is nearly always. Real models tie with it: no row reaches one half, so at that threshold they too say never.

Accuracy answers a question that nobody asked: how often is a yes or no at one half correct, if both mistakes cost the same. Look at what tells the models apart: the order (AUC, average precision) and the probability itself (log loss against the best possible).
]]
local base_ctr = slider("base click rate", 0.03, { 0.005, 0.30, scale = "log", unit = "%", apply = true })
local clicks = source("impressions", simulate.impressions { users = 2500, days = 21, base_ctr = base_ctr }, { "day", "click" })
local past, live = clicks:split { days = { 14 }, as = "past, live" }
local never = train.baseline { past, kind = "prior", as = "base rate for all" }
local weak = train.logistic { past, features = { "hour", "platform", "country" }, as = "three weak columns" }
local full = train.logistic { past, l2 = 0.001, as = "all columns" }
show.table { measure.compare { never, weak, full, on = live, metrics = { "accuracy@0.5", "roc_auc", "average_precision", "log_loss", "excess_log_loss" } },
  title = "Three click models on the third week",
  see = "accuracy is the same for all three to the third digit; AUC and average precision rise from top to bottom, and the excess log loss says how much there is still to gain" }
show.pr { weak, full, on = live,
  title = "Precision against recall", x_title = "recall", y_title = "precision",
  see = "the base rate is the floor; what a better model buys is the height above it at the recall you need" }

chapter "An R² of 0.2 may be perfect" [[
R² compares a model with the mean, so it depends on how much y varies among the rows you happened to take. Narrow the rows and the same model, with the same error, scores less. Widen them and it scores more. And where y is mostly chance, even the truth has a small R².

So quote the error in the units of y, beside a baseline, and beside the best possible where you can bound it. R² on a slice is no grade.
]]
local noise = slider("chance in y", 3.5, { 0.5, 5 })
local values = simulate.values { law = "linear", rows = 6000, days = 28, noise = noise }
local clean_before, clean_after = values:split { days = { 21 }, as = "before, after" }
local slice = data.where { clean_after, column = "x1", above = -0.5, below = 0.5, as = "slice" }
local plain = train.linear { clean_before, as = "all columns" }
local narrow = train.linear { clean_before, features = { "x1" }, as = "x1 alone" }
show.table { measure.compare { narrow, plain, on = clean_after, metrics = { "r2", "rmse", "rmse_to_truth", "mae" } },
  title = "All rows of the last week",
  see = "the truth itself, on the last line, explains only a part of y and no model can have the rest; the model of all columns is next to it, with an R² that many would send back" }
show.table { measure.compare { narrow, plain, on = slice, metrics = { "r2", "rmse", "rmse_to_truth", "mae" } },
  title = "The same models on the rows with x1 near zero",
  see = "R² falls for everybody, the truth included, though nobody predicts worse and rmse_to_truth stays where it was: there is less for x1 to explain here" }

chapter "Squared error by habit" [[
Squared error is chosen because it is there. It means that a miss of ten costs a hundred times a miss of one. If a few rows were logged wrongly, those rows now own the model.

Compare what happens to each model as you add wrong rows: least squares is lifted everywhere, Huber and the median hardly move. But do not switch by habit either. On clean skewed data the median is far below the mean, and if money follows the sum, the median loses it.
]]
local wild = slider("rows logged wrongly", 0.01, { 0, 0.05, unit = "%" })
local dirty = simulate.values { law = "heavy_tailed", rows = 6000, days = 28, noise = 0.9, outlier_share = wild, outlier_size = 12, quantiles = { 0.8 } }
local before, after = dirty:split { days = { 21 }, as = "before, after" }
local line = train.linear { before, as = "least squares" }
local huber = train.huber { before, as = "Huber" }
local median = train.quantile { before, level = 0.5, as = "median" }
show.line { measure.conditional { line, huber, median, on = after, column = "x1", bins = 10, observed = false, truth = { "y_median" } }, y = "value", by = "x1",
  title = "Predictions along x1", x_title = "x1", y_title = "y",
  see = "wrong rows lift least squares above the true mean nearly everywhere; the other two stay near the true median, which is another question; no straight line can follow the bend at the right" }

chapter "Let the cost choose" [[
Suppose that a unit too little costs three times a unit too much: seats, stock, time slots. Then neither mean nor median is best. The number that costs least is a quantile: with costs k to 1 it is the one at k / (k + 1).

That is the whole trick of an asymmetric loss. Name the two costs, compute the level, fit that quantile, and report the cost itself rather than a score.
]]
local ratio = slider("cost of too little, in costs of too much", 4, { 0.25, 20, scale = "log" })
local level = ratio / (1 + ratio)
local paid = train.quantile { before, level = level, as = "the quantile that costs least" }
local cost = "pinball@" .. string.format("%.3f", level)
show.table { measure.compare { line, huber, median, paid, on = after, metrics = { cost, "mae", "rmse", "coverage" }, best = false },
  title = "The cost of a miss, and the usual scores",
  see = "the first column is what is paid, a row, in units of both costs together: the quantile at k / (k + 1) pays least and wins neither of the usual scores" }

expect.below { never, "accuracy@0.5", 1, on = live, because = "somebody clicks" }
expect.above { full, "roc_auc", 0.62, on = live, because = "all columns together order the rows" }
expect.below { full, "excess_log_loss", 0.10, on = live, when = base_ctr < 0.1, because = "it is near the best possible, though its accuracy says nothing" }
expect.between { plain, "r2", { 0.1, 0.45 }, on = clean_after, when = noise > 3 and noise < 4, because = "it explains a part and the rest is chance" }
expect.below { plain, "excess_mse", 0.03, on = clean_after, because = "it is next to the truth all the same" }

challenge "One number for two readers: two of three rows stay under it, and its mean absolute error is within 12% of the best possible" {
  goal.below { paid, "excess_mae", 0.12, on = after },
  goal.above { paid, "coverage", 0.63, on = after },
}
