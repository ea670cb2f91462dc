design "Wrong metric: the model with the better AUC loses money" {
  asks = "Model A has the higher AUC, model B the lower log loss. A notification that is opened earns one euro, one that is ignored costs five cents of patience. Which model do you ship, where do you set the threshold, and why did the leaderboard not tell you?",
  covers = { "S10-P1", "S10-C02", "S10-C04", "S10-C12", "S11-C03", "S11-C10", "S01-C02" },
  seed = 7,
}

chapter "Two candidates" [[
The team has two models of the click. One learned from every feature, but on a log in which most rows without a click were dropped to save time. The other learned from five features and every row.

Sort them by AUC and the first wins clearly. Sort them by log loss and it is far behind. Neither number is mistaken. AUC asks whether a clicked row stands above one that was not, and reads nothing but the order. Log loss asks what probability was given to what then happened, and a score of 0.2 for a 3% event costs it dearly.

So which is the better model? The question has no answer until you know what the score will be used for.
]]
local keep = slider("negatives kept", 0.10, { 0.01, 1.0, scale = "log", unit = "%" })
local log = source("impressions",
  simulate.impressions { users = 4000, days = 28, base_ctr = 0.03 },
  { "time", "day", "click" })
local past, hold, live = log:split { days = { 14, 21 }, as = "past, hold, live" }
local rich = train.ftrl { past, keep_negatives = keep, as = "A: all features, negatives dropped" }
local plain = train.ftrl { past, features = { "position", "media", "topic", "platform", "hour" }, as = "B: five features, all rows" }
show.table { measure.compare { rich, plain, on = live,
    metrics = { "roc_auc", "average_precision", "log_loss", "excess_log_loss", "brier", "calibration_ratio" } },
  title = "The leaderboard, on the fourth week",
  see = "A leads in the two columns that read the order and trails in all that read the number" }
show.roc { rich, plain, on = live, truth = true,
  title = "ROC on the fourth week", x_title = "false positive rate", y_title = "true positive rate",
  see = "A lies above B nearly everywhere, and no point of this plot knows that A promises several times too many clicks" }

chapter "The bill" [[
Now the use. We send a notification when it is expected to pay. Opened, it earns 1 euro. Ignored, it costs 5 cents of patience. It pays when p · 1 exceeds (1 - p) · 0.05, that is from p* = 0.05 / 1.05 = 4.8% on.

That rule needs no data and no tuning. It needs one thing only: that the number is a probability. Feed it the scores of A and nearly everyone is notified, because A calls nearly everyone a 5% case. The model with the better order loses money on every thousand impressions, while B earns some.
]]
local cost = slider("cost of an ignored notification", 0.05, { 0.01, 0.3, scale = "log", unit = "€" })
local function decide_by_formula(model, name)
  return decide.threshold { model, false_positive = -cost, as = name }
end
local bill_a = decide_by_formula(rich, "A at p*")
local bill_b = decide_by_formula(plain, "B at p*")
show.table { measure.utility { bill_a, bill_b, on = live },
  title = "Euros per 1000 impressions, on the fourth week",
  see = "the same rule, two models: A acts on nearly everybody and pays for it; the last row is what the true probabilities would earn" }
show.line { measure.utility_curve { rich, plain, on = live, false_positive = -cost, up_to = 0.6, points = 121 },
  y = "earned", by = "threshold",
  title = "What each threshold would have earned", x_title = "threshold on the score", y_title = "euros per 1000 impressions",
  see = "A's curve has a higher top than B's, but far to the right of p*: the order is worth money and the number is not to be trusted" }

chapter "Two repairs" [[
First repair: give the numbers their meaning back. Fit a map on the third week, which neither model has seen, and use the formula as it stands. When the price of a mistake changes next month, the threshold follows by itself.

Second repair: leave the scores alone and look for the threshold that earned most on the third week. That works too, at a price. The threshold means nothing by itself, it belongs to this model at this cost, and it is chosen by a curve that is flat on top and noisy. Hand it fewer rows and watch it jump.
]]
local method = choice("calibration of A", "platt", { "none", "platt", "beta", "isotonic", "temperature" })
local rows = slider("held-out rows", 20000, { 200, 20000, scale = "log", step = 1 })
local some = data.sample { hold, count = rows, as = "held out" }
local fixed = calibrate[method] { rich, on = some, as = "A, calibration: " .. method }
local by_formula = decide_by_formula(fixed, "A, calibration: " .. method .. ", at p*")
local by_search = decide.threshold { rich, on = some, choose = "empirical", false_positive = -cost, as = "A as it is, best threshold on held-out rows" }
show.table { measure.utility { bill_a, bill_b, by_formula, by_search, on = live },
  title = "Both repairs, on the fourth week",
  see = "either repair lets A earn what its order is worth; expected_earned is the same without the luck of the week" }
show.reliability { rich, fixed, on = live, bins = 10, truth = true,
  title = "What the scores mean, before and after", x_title = "predicted click probability", y_title = "observed click rate",
  see = "with a map the line lies on the diagonal around p*, the only stretch that this decision reads" }

chapter "Describing one point" [[
Precision, recall and F describe a single threshold, so they are only as sensible as the threshold. At the habitual 0.5 a calibrated model of a 3% event calls nobody: accuracy 97%, recall 0. Those 97% are the base rate's, not the model's.

Which β to take for F is again a question about costs. F2 says that a missed click hurts more than a needless message, F0.5 the reverse. If you know the costs, skip F and count euros.
]]
local named = { "accuracy@0.5", "recall@0.5", "precision@0.05", "recall@0.05", "f0.5@0.05", "f1@0.05", "f2@0.05", "lift@0.1" }
show.table { measure.compare { rich, plain, fixed, on = live, metrics = named, best = false },
  title = "Metrics of single thresholds",
  see = "accuracy at 0.5 is highest for whoever never says yes; lift reads the order alone and is the same before and after calibration" }
show.line { measure.curve { fixed, on = live, metrics = { "precision", "recall", "f1" }, from = 0.005, to = 0.25, points = 50 },
  y = "value", by = "argument",
  title = "Precision, recall and F1 of A after the chosen map", x_title = "threshold", y_title = "share",
  see = "precision is bought with recall all the way; nothing on this plot says where to stop, the costs do" }

expect.above { rich, "roc_auc", 0.70, on = live, when = keep >= 0.05, because = "all features rank well, however many negatives were dropped" }
expect.above { rich, "excess_log_loss", 0.5, on = live, when = keep <= 0.2, because = "the same model is far off as a probability" }
expect.below { bill_a, "expected_utility", 0, on = live, when = keep <= 0.2 and cost >= 0.04, because = "acting on inflated probabilities loses money" }
expect.above { bill_b, "utility_share", 0.4, on = live, when = cost <= 0.06, because = "a weaker order with honest numbers earns" }
expect.above { by_formula, "utility_share", 0.6, on = live, when = method ~= "none" and method ~= "temperature" and rows >= 5000 and cost <= 0.06, because = "calibrated, the better order earns more" }
expect.above { by_search, "utility_share", 0.6, on = live, when = rows >= 10000 and cost <= 0.06, because = "enough held-out rows find a good threshold too" }

challenge "Earn 74% of the best possible with the formula, from a training of fewer than 20,000 rows" {
  goal.above { by_formula, "utility_share", 0.74, on = live },
  goal.below { fixed, "rows_trained", 20000 },
}
