design "The winner's score is a promise nobody made" {
  asks = "We tried forty settings and report the best validation loss. The same rows also fitted the calibration. What is wrong with both numbers, and what would you have held out?",
  covers = { "S10-P2", "S01-C12", "S10-C10" },
  seed = 3,
}

chapter "A search with a budget" [[
Three settings of a click model: its learning rate and two penalties, each over three or four powers of ten. Every trial trains and is judged on two forward folds, so a trial costs two fits; the budget says how many we pay for.

Random search draws settings blindly. Bayesian search begins with six spread-out trials, fits a Gaussian process to their losses, and from then on tries where it expects to gain most: where the predicted loss is low, or where it does not know. Neither sees more than the folds. The column live_of_best says what the best setting so far is worth on the last week.
]]
local budget = slider("trials a search may cost", 12, { 8, 40, unit = "trials", apply = true })
local log = source("impressions", simulate.impressions { users = 1600, days = 28, base_ctr = 0.05 }, { "time", "day", "click" })
local past, tune_week, live = log:split { days = { 14, 21 }, as = "past, tuning week, live" }
local by_chance = tune.search { past, on = live, method = "random", budget = budget, folds = 2, as = "random search, winner by chance" }
local by_model, model = tune.search { past, on = live, method = "bayesian", budget = budget, folds = 2, as = "bayesian search, winner" }
show.line { by_chance, by_model, y = "best_so_far", by = "trial", band = false,
  title = "Best validation loss so far", x_title = "trials", y_title = "log loss on the folds",
  see = "both lines only fall; the model-guided one falls sooner once its first six trials are in" }
show.table { by_model, rows = 40,
  title = "The trials of the Bayesian search",
  see = "from the seventh trial on most settings lie in one region of the learning rate, and the losses there differ by less than their noise" }

chapter "Peeking" [[
Now forget the method and look at the arithmetic of choosing. Each loss on a validation set is the true loss plus the luck of that set. The least of forty losses is the one with the best mix of merit and luck, so it is too low, and the more you try and the smaller the set, the more so.

The plot repeats the whole procedure three hundred times with validation sets drawn anew. One line is what the winner scored on the rows that chose it: the number in the slide deck. Another is what the same winner is worth, and it stops falling early. Between the two lies nothing but luck. The lowest possible line belongs to a judge who knows the truth of each setting.
]]
local trials = slider("settings tried", 40, { 5, 60, unit = "trials", apply = true })
local share = slider("part of the labelled rows that calibrates", 0.9, { 0.05, 0.95, unit = "%", apply = true })
local left = data.sample { tune_week, count = 4000, as = "labelled rows" }
local size = math.floor(4000 * (1 - share))
local curve, summary = validate.peeking { past, on = tune_week, trials = trials, validation_rows = size, replicates = 300, as = "curve, summary" }
show.line { curve, y = "value", by = "trials", band = false, log_x = true,
  title = "The winner on the rows that chose it, and on rows that chose nothing", x_title = "settings tried", y_title = "log loss",
  see = "the lower line keeps falling long after the winner has stopped getting better" }
show.table { summary,
  title = "After all trials",
  see = "optimism is the part of the reported loss that was luck; regret is what a perfect judge of the same settings would have saved" }

chapter "Calibrated on the rows that judge" [[
The second sharing is quieter. The model that ships was trained on a fifth of the negatives, so its scores are far too high and it needs a map. Fit a staircase and measure it on the rows that fitted it: the calibration error is nothing at all and the ratio is exactly one, always, because that is how the staircase was bent. It says nothing about the next week.

So calibration needs rows of its own: later than the training rows, and not those that choose the settings. But there are only four thousand labelled rows left, and what one of them gets the other lacks. Give calibration most and settings are chosen by luck. Give it little and the map is built on a handful of clicks. How little it can live on depends on the map: Platt bends two numbers, the staircase as many as it likes.
]]
local method = choice("calibration", "isotonic", { "isotonic", "platt" })
local cheap = train.ftrl { past, keep_negatives = 0.2, as = "as trained" }
local calibration_rows = data.sample { left, share = share, as = "calibration rows" }
local fixed = method == "platt" and calibrate.platt { cheap, on = calibration_rows, as = "calibrated" }
  or calibrate.isotonic { cheap, on = calibration_rows, form = "step", as = "calibrated" }
show.table { measure.compare { cheap, fixed, on = calibration_rows, metrics = { "ece", "calibration_ratio", "log_loss", "excess_log_loss" } },
  title = "Measured on the rows that fitted the map",
  see = "the calibration error is almost nothing: the map was made to do that" }
show.table { measure.compare { cheap, fixed, on = live, metrics = { "ece", "calibration_ratio", "log_loss", "excess_log_loss" } },
  title = "Measured on the live week",
  see = "on rows that fitted nothing the error is back; excess log loss says what the map really costs against the true probabilities" }
show.reliability { fixed, on = live, bins = 10, binning = "quantile", truth = true,
  title = "Reliability on the live week", x_title = "predicted click probability", y_title = "observed click rate",
  see = "a staircase fitted to a few thousand rows has a few wide steps, and its ends are guesses" }

expect.above { summary, "optimism", 0.002, when = share >= 0.88 and trials >= 20, because = "the best of many noisy losses is too low" }
expect.below { fixed, "ece", 0.001, on = calibration_rows, when = method == "isotonic", because = "a staircase measured on its own rows looks perfect" }
expect.above { cheap, "calibration_ratio", 2.5, on = live, because = "four fifths of the negatives were never seen" }

challenge "Divide four thousand rows: a winner honest to within 0.0025, and a map that leaves less than 7% to gain" {
  goal.below { summary, "optimism", 0.0025 },
  goal.below { fixed, "excess_log_loss", 0.07, on = live },
}
