design "K-fold on a log: it picks the wrong model, and nesting does not save it" {
  asks = "You tuned with random folds and then, to be safe, nested them. Both numbers say 0.69, and the live week gives 0.64. Which mistake did nesting mend, and which did it keep?",
  covers = { "S11-P2", "S11-C09" },
  seed = 4,
}

chapter "Labels that belong to their day" [[
What people click on changes. On day 9 of this log it changes much at once, so that it can be seen; elsewhere it creeps. Either way a row of Tuesday is a better guide to Wednesday than to next month, and rows are not exchangeable.

K-fold assumes that they are. Shuffle these rows, and every training part holds days from both sides of the change, and so does every test part. The future holds only one side.
]]
local shift = slider("how far tastes move on day 9", 0.8, { 0, 1, apply = true })
local log = source("impressions",
  simulate.impressions { users = 1700, days = 21, base_ctr = 0.1, drift = "concept", drift_day = 9, drift_strength = shift },
  { "time", "day", "click" })
local earlier, live = log:split { days = { 14 }, as = "earlier, live" }
show.line { log, y = "click", by = "day", truth = "click_probability", mark = shift > 0, mark_day = 9,
  title = "Click rate by day", x_title = "day", y_title = "clicks per impression",
  see = "five of the fourteen days to learn from are like the live week, nine are not" }

chapter "Two searches that differ in their folds" [[
Six settings of one model, the same six for both searches. The learning rate decides how fast it forgets. On shuffled folds forgetting is a loss: there is nothing to be ahead of, and slow averaging over all rows wins. Forward folds test on days that come later, and reward a model that keeps up.

So the folds do more than misjudge a model. They choose another one.
]]
local budget = slider("settings tried", 6, { 3, 24, unit = "trials", apply = true })
local first = slider("first day to learn from", 0, { 0, 5, unit = "days", apply = true })
local past = data.where { earlier, column = "day", at_least = first, as = "past" }
local columns = { "topic", "community", "media", "affinity", "position" }
local shuffled, from_random = tune.search { past, on = live, metric = "roc_auc", method = "halton", budget = budget, split = "random", folds = 3, features = columns, as = "random folds, chosen by random folds" }
local ordered, from_forward = tune.search { past, on = live, metric = "roc_auc", method = "halton", budget = budget, split = "forward", folds = 3, features = columns, as = "forward folds, chosen by forward folds" }
show.line { shuffled, ordered, y = "value", by = "trial", band = false,
  title = "The same settings under both kinds of folds", x_title = "trial", y_title = "ROC AUC on the folds",
  see = "the two lines do not agree on which settings are good, and the random line promises more at its peaks" }
show.table { ordered, rows = 24,
  title = "The settings, judged by forward folds",
  see = "live_of_best is what the best setting so far is worth on the live week; alpha is the learning rate" }
show.table { measure.compare { from_random, from_forward, on = live, metrics = { "roc_auc", "log_loss", "excess_log_loss", "calibration_ratio" } },
  title = "The two winners on the live week",
  see = "the winner of the forward folds ranks better and leaves less to gain over the true probabilities" }

chapter "What nesting mends, and what it does not" [[
The winner's own score is the best of six noisy ones and flatters itself a little. Nesting mends that. Inside each outer fold the whole search runs anew on inner folds, and its winner is judged on rows that chose nothing. It costs a multiple of the fits, as the last column says, and here it finds little to correct: with tens of thousands of rows the luck of choosing is small.

What is wrong is larger, and both levels share it. An outer fold made by shuffling has days like its training days, whatever happens inside it. Forward folds inside forward folds come nearer. They still promise too much, since the first of them train and test before the change: a mean over folds is a mean over the past. Move the first day to learn from and watch the promise come down to what is kept.
]]
local inner = slider("inner folds", 2, { 2, 4, apply = true })
local nested_random = validate.nested { past, on = live, metric = "roc_auc", method = "halton", budget = budget, split = "random", folds = 3, inner_folds = inner, features = columns, as = "random folds" }
local nested_forward = validate.nested { past, on = live, metric = "roc_auc", method = "halton", budget = budget, split = "forward", folds = 3, inner_folds = first == 0 and inner or 2, features = columns, as = "forward folds" }
show.table { nested_random,
  title = "Random folds: three estimates of one model",
  see = "the nested estimate agrees with the winner's own score, and the live week contradicts both" }
show.table { nested_forward,
  title = "Forward folds: three estimates of one model",
  see = "the gap to the live week is half as wide, and the model at its end is the better one" }

chapter "When k-fold is right" [[
It is right when the rows to come are like the rows at hand: images, documents drawn at random, people in a survey. Then it wastes nothing, and nesting is all the caution you need. Group the folds when rows come in groups. Order them when rows come in time, with a gap as long as labels and windows reach.

In the interview, say what you assume before you say how you split: "I assume that tastes drift over weeks and that most people return, so I test on later days and look at the last block by itself."
]]
local random_gap = data.where { nested_random, column = "estimate", is = "nested", as = "nested, random folds" }
local forward_gap = data.where { nested_forward, column = "estimate", is = "nested", as = "nested, forward folds" }

expect.above { random_gap, "optimism", 0.03, when = shift >= 0.7 and first == 0, because = "nesting does not help folds that mix the past with its future" }
expect.below { forward_gap, "optimism", 0.05, because = "forward folds hold out later days" }

challenge "Bring the forward promise to within a point and a half of the live week, without a model that is worse, while tastes move as they do" {
  goal.between { forward_gap, "optimism", { -0.015, 0.015 } },
  goal.above { from_forward, "roc_auc", 0.64, on = live },
  goal.below { live, "click_probability", 0.08 },
}
