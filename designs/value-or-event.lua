design "One y, two questions: how long, or long enough?" {
  asks = "Reading time can be predicted in seconds, or as the chance that somebody stays half a minute. Which one do you model for a feed, and where do you put the threshold?",
  covers = { "S11-A", "S11-C01", "S11-C10", "S11-C02", "S11-C05" },
  seed = 4,
}

chapter "Seconds, or an event" [[
The site may push a post to the top of a feed. A push costs attention; it pays if the reader stays for at least as long as the product calls reading. The log has seconds: most are zero, the rest run from a glance to an hour.

The same column can be a number to predict or a line to cross. The line turns a heavy tail into a rare label, throws the length away, and is exactly what this decision asks.
]]
local seconds = slider("counts as reading from", 30, { 5, 240, scale = "log", unit = "s", apply = true })
local log = source("impressions",
  simulate.impressions { users = 1800, days = 21, base_ctr = 0.06, outcomes = { "dwell_seconds" }, columns = { "examination", "attraction" } },
  { "day", "dwell_seconds" })
local seen = log:split { days = { 14 }, as = "seen, later" }
local rows = data.event { log, column = "dwell_seconds", above = seconds, name = "reads" }
local past, live = rows:split { days = { 14 }, as = "past, live" }
show.ecdf { past, column = "dwell_seconds",
  title = "Seconds on a post", x_title = "seconds", y_title = "share of impressions at or below",
  see = "more than half of all impressions are zero seconds, and few pass the line" }

chapter "Three models of one column" [[
Least squares on the seconds asks for their mean. A hurdle model asks for the mean in two parts, opened or not and how long then. Logistic regression asks only for the chance of crossing the line.

Let each rank the impressions and push its first ones. The curve counts what a push earns by the truth: one for each real reading, minus the cost of every push.
]]
local cost = slider("cost of a push, in readings", 0.10, { 0.01, 0.5, scale = "log" })
local keep = slider("negatives kept", 0.2, { 0.01, 1, scale = "log", unit = "%", apply = true })
local correct = toggle("undo the sampling", false)
local p = train.logistic { past, label = "reads", keep_negatives = keep, correct = correct, as = "chance of reading" }
local line = train.linear { seen, label = "dwell_seconds", as = "seconds, least squares" }
local hurdle = train.hurdle { seen, label = "dwell_seconds", as = "seconds, hurdle" }
show.line { measure.acting { p, hurdle, line, on = live, label = "reads", cost = cost }, y = "earned", by = "share",
  title = "Earned by pushing the first ones", x_title = "share of impressions pushed", y_title = "readings earned per 1000 impressions",
  see = "all three rank nearly alike; what differs between them is not the order but where to stop" }

chapter "Where to stop" [[
A push pays where the chance of reading exceeds its cost. If the model says chances, the threshold is the cost itself: nothing to tune, and when the cost changes tomorrow the threshold follows without training.

Predicted seconds have no such line. Pushing where the expected time reaches the line looks natural and is wrong: a mean of half a minute can be one stay of ten minutes among twenty of nothing. You can search the best cut on held-out rows, but it moves with the cost and with the mix of posts.

And the chance must be a chance. Train on a sample of the negatives without undoing it, and the order stays while the rule pushes far too much.
]]
local rule = measure.rule { p, on = live, label = "reads", cost = cost, thresholds = { cost }, best = false, as = "rule" }
show.table { measure.rule { p, hurdle, line, on = live, label = "reads", cost = cost, thresholds = { cost, seconds, seconds } },
  title = "Push where the score reaches its threshold",
  see = "while the sampling is not undone, the rule on chances pushes most impressions at a loss; undone, it earns most of what can be had. The rules on seconds push far too few, and miss two thirds" }
show.reliability { p, on = live, bins = 10, binning = "quantile", truth = true,
  title = "Is the chance a chance?", x_title = "predicted chance of reading", y_title = "observed share",
  see = "on the diagonal the threshold can be trusted; above or below it the rule acts on a wrong price" }

chapter "When length is what is paid" [[
Now let the product be paid by the minute, an advertisement between paragraphs. The decision is about magnitude, and the event has thrown it away: a post that holds one reader for ten minutes and one that holds him for thirty seconds are equal to the classifier.

Rank by expected seconds then. The question that decides between regression and classification is not what y looks like but what is done with the answer.
]]
local price = slider("cost of a push, in seconds", 8, { 1, 60, scale = "log", unit = "s" })
show.line { measure.acting { p, hurdle, line, on = live, label = "dwell_seconds", cost = price }, y = "earned", by = "share",
  title = "Earned when every second is paid", x_title = "share of impressions pushed", y_title = "seconds earned per 1000 impressions",
  see = "the models of seconds stop at the right place by themselves: where the expected seconds fall to the price" }
show.table { measure.rule { hurdle, line, on = live, label = "dwell_seconds", cost = price, thresholds = { price, price } },
  title = "Push where the expected seconds reach the price",
  see = "here predicted seconds have a line of their own, and the rule on them is near the best possible" }

expect.below { rule, "missed", 0.5, when = correct and cost >= 0.05 and cost <= 0.2 and seconds <= 60, because = "a calibrated chance compared with its cost is the best rule there is" }
expect.above { p, "roc_auc", 0.6, on = live, because = "sampling negatives keeps the order" }

challenge "Miss less than a third of what the best possible rule earns, training on fewer than 5,500 rows" {
  goal.below { rule, "missed", 0.33 },
  goal.below { p, "rows_trained", 5500 },
}
