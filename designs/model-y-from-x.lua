design "Model y from x: say what is paid for before you say how" {
  asks = "Here is a table: some columns x, a number y, four weeks of it. Model y from x. How do you begin, what do you report, and how would anyone know that it works?",
  covers = { "S11-W", "S11-C02", "S11-C06", "S11-C12", "S12-C05", "S12-C06" },
  seed = 11,
}

chapter "What is y?" [[
Before any model, look at y and ask three things. Is it a number or a label in disguise? When is it known? And what does a miss cost?

Here y is a number like minutes read: never below zero, mostly small, sometimes huge. A few rows were logged wrongly and are far too high, as happens in every real table. Its mean sits well above its median, so the two best known guesses already disagree. Which of them is right depends on what is paid for, not on the data.

Three weeks are for learning; the last one measures, because that is the order in which the model will meet them.
]]
local law = choice("shape of y", "heavy_tailed", { "linear", "heteroscedastic", "heavy_tailed" })
local wrong = slider("rows logged wrongly", 0.01, { 0, 0.10, unit = "%" })
local log = source("table",
  simulate.values { law = law, rows = 6000, days = 28, outlier_share = wrong, outlier_size = 8, noise = 0.8, group_spread = 0.4, quantiles = { 0.1, 0.9 } },
  { "day", "y" })
local past, live = log:split { days = { 21 }, as = "past, live" }
show.ecdf { log, column = "y",
  title = "How y is spread", x_title = "y", y_title = "share of rows at or below",
  see = "half of the rows lie in a short steep stretch, and the last tenth reaches far to the right: a mean is pulled there, a median is not" }

chapter "Baselines come first" [[
A constant is the first model. The mean is the best constant if a miss costs its square; the median, if it costs its size. Yesterday's mean is the naive forecast, and a mean for each group is the first baseline that looks at x at all.

Put them on the board before anything else. A model that cannot beat the group mean on next week's rows has learned nothing that pays for its upkeep. And notice that already here one column is won by one baseline and the next by another.
]]
local mean = train.baseline { past, kind = "mean", as = "mean" }
local middle = train.baseline { past, kind = "median", as = "median" }
local yesterday = train.baseline { past, kind = "last_day", as = "yesterday" }
local by_group = train.baseline { past, kind = "mean", by = "group", as = "mean by group" }
show.table { measure.compare { mean, middle, yesterday, by_group, on = live, metrics = { "rmse", "mae", "mean_error" } },
  title = "Baselines on the fourth week",
  see = "the median has the smaller absolute error and is too low on the whole; the mean is right on the whole and pays for it row by row" }

chapter "One loss, one question" [[
Three models on the same columns, differing only in the loss. Least squares asks for the mean, and lets one wild row weigh as much as a hundred others. Huber asks for the mean of what is not wild. The median asks for the middle.

Draw what each says along x1, beside the truth. On skewed data the true mean runs above the true median, and each model follows its own. None of them is broken: they answer different questions. If you fit one and quote the error of another, you will call a good model bad.

The two choices transform y before least squares and bring the prediction back. A logarithm tames the tail. Carried straight back it says the median; smeared over the residuals it says the mean. (Where y falls below zero there is no logarithm, and the choice is ignored.)
]]
local transform = choice("transform of y", "none", { "none", "log1p", "boxcox" })
local back = choice("way back", "smearing", { "smearing", "plain" })
local line = train.linear { past, transform = law == "heavy_tailed" and transform or "none", back = back, as = "least squares" }
local delta = slider("Huber's delta", 1.345, { 0.3, 10, scale = "log" })
local huber = train.huber { past, delta = delta, as = "Huber" }
local median = train.quantile { past, level = 0.5, as = "median regression" }
show.line { measure.conditional { line, huber, median, on = live, column = "x1", bins = 10, observed = false, truth = { "y_median" } }, y = "value", by = "x1",
  title = "What each loss learns, along x1", x_title = "x1", y_title = "y",
  see = "least squares runs with the true mean as far as a straight line can; the median runs lower, with the true median; wild rows lift the former and not the latter" }
show.table { measure.compare { by_group, line, huber, median, on = live, metrics = { "rmse", "mae", "mean_error", "rmse_to_truth" } },
  title = "The same models by four measures, on the fourth week",
  see = "no row wins every column; the last line is what the truth itself would score, so nobody can ask for less" }

chapter "A band, not only a line" [[
Whoever plans with y wants to know how wrong the number may be. Two more quantile fits give a band: a tenth of the rows should fall under the lower one, a tenth over the upper.

Coverage is the calibration of a regression. Check it on the week that nobody trained on, and again by cohort: a band that holds on average may be too wide for quiet groups and too narrow for loud ones.
]]
local low = train.quantile { past, level = 0.1, as = "10% quantile" }
local high = train.quantile { past, level = 0.9, as = "90% quantile" }
show.line { measure.conditional { low, high, on = live, column = "x1", bins = 10, observed = false, truth = { "y_q10", "y_q90" } }, y = "value", by = "x1",
  title = "An 80% band along x1", x_title = "x1", y_title = "y",
  see = "where y is skewed the upper edge is far from the middle and the lower edge near it: one plus-minus number cannot say that" }
show.table { measure.coverage { low, high, on = live, level = 0.8 },
  title = "How much of the fourth week lies inside",
  see = "eight of ten rows inside is what was promised; the width says what the promise costs" }

chapter "Where is it wrong?" [[
One error for all rows hides cohorts. Average the residuals by group and give each an interval: a group whose interval lies off zero is one that the model does not understand, and the first thing to look at.

Wild rows make these intervals wide. That is worth saying aloud: the fewer rows a group has, the less a large residual means.
]]
show.table { measure.segments { line, on = live, by = "group", metrics = { "mean_error", "mae" } },
  title = "Least squares by group, on the fourth week",
  see = "mean_error is the mean of prediction minus y: a group far off zero is either new behaviour or a handful of wild rows, and the number of rows tells which to suspect" }

expect.below { median, "coverage", 0.58, on = live, because = "half of the rows lie under a median" }
expect.above { median, "coverage", 0.42, on = live, because = "half of the rows lie under a median" }
expect.between { low, "coverage", { 0.06, 0.15 }, on = live, because = "the lower edge promises a tenth" }
expect.between { high, "coverage", { 0.85, 0.95 }, on = live, because = "the upper edge promises nine tenths" }
expect.below { median, "excess_mae", 0.12, on = live, when = law == "heavy_tailed", because = "a linear median is near the true one" }

challenge "Serve one number: mean absolute error within 15% of the best possible, and on the whole no more than 5% too low or too high" {
  goal.below { line, "excess_mae", 0.15, on = live },
  goal.between { line, "calibration_ratio", { 0.95, 1.05 }, on = live },
}
