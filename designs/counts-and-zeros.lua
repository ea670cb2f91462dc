design "Counts and zeros: when a bell curve is the wrong picture" {
  asks = "Predict how many comments a post draws and how long people stay on it. Most rows are zero and a few are enormous. What do you fit, and how do you compare?",
  covers = { "S11-C04", "S11-C05", "S11-C02", "S11-C06" },
  seed = 3,
}

chapter "A count is not a number line" [[
Comments are 0, 1, 2 and so on. A straight line through them promises too little for the quiet posts, at the end less than nothing, and too little again for the busiest. Poisson regression models the logarithm of the mean, so nothing is negative, and compares by deviance, the squared error of counts.

The baseline is the mean. Look at what each model says along x1.
]]
local burst = slider("burstiness", 1.0, { 0, 2, apply = true })
local posts = source("posts", simulate.values { law = "counts", rows = 6000, days = 28, noise = burst, quantiles = { 0.9 } }, { "day", "y" })
local past, live = posts:split { days = { 21 }, as = "past, live" }
local mean = train.baseline { past, kind = "mean", as = "mean" }
local line = train.linear { past, as = "straight line" }
local poisson = train.poisson { past, as = "Poisson" }
local nb = train.negative_binomial { past, as = "negative binomial" }
show.line { measure.conditional { line, poisson, on = live, column = "x1", bins = 12 }, y = "value", by = "x1",
  title = "Mean count along x1", x_title = "x1", y_title = "comments",
  see = "the true mean bends upward and Poisson bends with it; the straight line is too low at both ends and too high in the middle" }
show.table { measure.compare { mean, poisson, nb, on = live, metrics = { "poisson_deviance", "rmse", "mae", "calibration_ratio" } },
  title = "Models of the mean, on the fourth week",
  see = "Poisson and negative binomial agree to a hair: for the mean alone either will do" }

chapter "The same mean, another law" [[
A Poisson count has a variance equal to its mean. Real counts come in bursts: one reply brings the next. The dispersion of the Poisson fit says so before any plot, 1 if the law holds and more if it does not.

The negative binomial has a parameter for it. Its mean is the same, its law is not: more zeros, a longer tail. Whoever sets an alarm at ten comments, or wants an honest interval, needs the law.
]]
show.line { measure.counts { poisson, nb, on = live, most = 10 }, y = "share", by = "count",
  title = "How often 0, 1, 2 … comments", x_title = "comments", y_title = "share of posts",
  see = "the negative binomial lies on what was observed; Poisson expects too few zeros and too many ones and twos" }
show.number { poisson, on = live, metrics = { "dispersion", "nb_deviance@1", "poisson_deviance" },
  title = "Poisson",
  see = "a dispersion of 1 would mean that the Poisson law holds" }
show.number { nb, on = live, metrics = { "alpha", "dispersion", "nb_deviance@1" },
  title = "Negative binomial",
  see = "alpha estimates the squared burstiness that the simulator used; the dispersion is back at 1" }

chapter "A pile of zeros" [[
Reading time has another shape: most impressions are not opened at all, and who opens stays for seconds or for an hour. The zeros and the seconds have different causes, so give each a model: will it be opened, and how long then. Multiply, and you have the mean. That is a hurdle model.

The popular short cut is to fit log(1 + y). It is right for neither part. And exp of a mean of logs is not a mean: carried straight back it falls short by a large factor, and smearing over the residuals mends the sum but not the shape.
]]
local quiet = slider("spread of the reading times", 1.1, { 0.3, 2 })
local reads = simulate.values { law = "zero_inflated", rows = 6000, days = 28, noise = quiet, quantiles = { 0.5, 0.9 } }
local before, after = reads:split { days = { 21 }, as = "before, after" }
local straight = train.linear { before, as = "straight line" }
local back = choice("way back from the logarithm", "plain", { "plain", "smearing" })
local logged = train.linear { before, transform = "log1p", back = back, as = "log(1 + y), " .. back }
local hurdle = train.hurdle { before, as = "hurdle" }
show.line { measure.conditional { straight, logged, hurdle, on = after, column = "x1", bins = 12, observed = false }, y = "value", by = "x1",
  title = "Mean reading time along x1", x_title = "x1", y_title = "minutes",
  see = "the hurdle model bends with the truth; the straight line promises negative minutes at the left; the logarithm carried straight back lies far below the truth" }
show.table { measure.compare { straight, logged, hurdle, on = after, metrics = { "calibration_ratio", "rmse_to_truth", "mae", "rmse" } },
  title = "Models of reading time, on the fourth week",
  see = "a calibration ratio far below 1 means that the sum is underestimated by that factor; rmse_to_truth is the distance to the true mean, which the noise of single rows hides from every other column" }
local which = choice("what is served", "straight line", { "straight line", "log(1 + y)", "hurdle" })
local served = which == "hurdle" and hurdle or which == "log(1 + y)" and logged or straight
show.number { served, on = after, metrics = { "calibration_ratio", "mae", "excess_mae" },
  title = "The model that is served",
  see = "planners add predictions up and want the ratio at 1; readers of single rows want a small absolute error; on skewed data the two pull apart" }

chapter "Or ask for a quantile" [[
If nobody needs the mean, do not fight for it. Quantiles pass through any rising transform unharmed, do not care how far the far rows are, and say what one wants to hear: half of the readers stay under this, nine of ten under that. Where more than half of the rows are zero the median is zero, and that is the honest answer.
]]
local upper = train.quantile { before, level = 0.9, as = "90% quantile" }
show.line { measure.conditional { upper, on = after, column = "x1", bins = 12, observed = false, truth = { "y_q90" } }, y = "value", by = "x1",
  title = "The time that nine of ten stay under", x_title = "x1", y_title = "minutes",
  see = "the straight quantile is right on average, too high at the left and too low at the right: its shape is a question of columns, and coverage by cohort would show it" }

expect.above { poisson, "dispersion", 1.3, on = live, when = burst > 0.6, because = "bursts spread counts beyond their mean" }
expect.between { nb, "dispersion", { 0.8, 1.2 }, on = live, because = "the second parameter takes the bursts up" }
expect.below { logged, "calibration_ratio", 0.8, on = after, when = back == "plain" and quiet > 0.8, because = "the exponential of a mean of logs is no mean" }
expect.between { hurdle, "calibration_ratio", { 0.85, 1.15 }, on = after, when = quiet < 1.5, because = "two parts multiply to the mean" }

challenge "Serve one model of reading time: its sum within 12% of what comes, its mean absolute error within 25% of the best possible" {
  goal.between { served, "calibration_ratio", { 0.88, 1.12 }, on = after },
  goal.below { served, "excess_mae", 0.25, on = after },
}
