design "Lines, trees or a network: what does the data pay for?" {
  asks = "You have a logistic baseline for clicks. When is it worth going to boosted trees or a network, how do you know when to stop training, and can you trust the probabilities that come out?",
  covers = { "S01-C08", "S01-C12", "S10-C10" },
  seed = 3,
}

chapter "Four families on the same rows" [[
Two weeks of traffic train, three days say when to stop, four days calibrate, and the last week measures. Nobody tunes anything yet: each family gets sensible settings and the same columns.

Logistic regression adds up one weight for each value of each column. Every value learns alone: what 12 votes mean says nothing about 13, and no pair of columns counts unless somebody crosses them by hand. Trees cut a number where it matters and share what they learn on each side, and the next cut may depend on the last. A network draws smooth curves, and its embeddings let a rare level borrow from levels like it. Wide & deep keeps a memory of exact pairs beside a network.

Because the site is simulated, "excess" is a real number: 0% would be a model that knows the true probability of every impression.
]]
local log = source("impressions", simulate.impressions { users = 1300, days = 28, base_ctr = 0.05 }, { "time", "day", "click" })
local past, stop, hold, live = log:split { days = { 14, 17, 21 }, as = "training, stopping, calibration, last week" }
local line = train.wide { past, valid = stop, deep = false, epochs = 4, as = "logistic" }
local forest = train.gbdt { past, valid = stop, rounds = 60, depth = 3, as = "trees" }
local net = train.mlp { past, valid = stop, hidden = { 24, 12 }, epochs = 4, as = "network" }
local wide = train.wide { past, valid = stop, hidden = { 24, 12 }, epochs = 4, crosses = { "topic*media" }, as = "wide & deep" }
show.table { measure.compare { line, forest, net, wide, on = live, metrics = { "excess_log_loss", "roc_auc", "calibration_ratio", "ece" } },
  title = "Each family on the last week",
  see = "the families are a percent or two of log loss apart, and the AUC does not even put them in the same order; no family is best by name" }

chapter "How much data does it take?" [[
Now the same families on 1,000 rows, on 5,000, and on all of them. More freedom needs more rows to pay for it: a thousand rows hold some fifty clicks, and nobody learns fine rules from fifty clicks. Stopped on days that they did not train on, trees and network still lose no more than the line here; left alone they would, as the last chapter shows. As rows come in, what a line of weights cannot say no data will teach it.

This is the picture to draw when somebody asks for "a deep model". If your curve has gone flat, a richer family may help. If it still falls, more rows or better features are cheaper. All of this fits on one machine: thirty numbers of four bytes for each row are 1.2 GB at ten million rows. At a few hundred million it is no longer one machine's work, and one pass over hashed features is what still runs.
]]
local points = { line, forest, net }
for _, n in ipairs { 1000, 5000 } do
  local some = data.sample { past, count = n, as = n .. " rows" }
  points[#points + 1] = train.wide { some, valid = stop, deep = false, epochs = 8, batch = 64, as = "logistic, " .. n }
  points[#points + 1] = train.gbdt { some, valid = stop, rounds = 60, depth = 3, as = "trees, " .. n }
  points[#points + 1] = train.mlp { some, valid = stop, hidden = { 24, 12 }, epochs = 4, batch = 64, as = "network, " .. n }
end
points.on, points.along, points.metric = live, "rows_trained", "excess_log_loss"
show.line { measure.against(points), y = "excess_log_loss", by = "rows_trained",
  title = "Excess log loss against training rows", x_title = "rows trained on", y_title = "log loss over the best possible, less 1",
  see = "every family gains from rows, and the line of weights stays above the others; the ink line at 0 is the best that anybody could do" }

chapter "When to stop" [[
A tree is fitted to what the trees before it got wrong. Sooner or later what they got wrong is chance, and the next tree learns it by heart. The loss on training rows cannot tell: it falls for ever. So watch rows that training never touches, from the days after it, and keep the trees up to their best loss.

Those rows are used up by being looked at. A loss that chose the number of trees is a little too good, and after a hundred settings it is a lot too good: report a week that chose nothing.

Grow the trees deeper or let each one speak louder, and watch the minimum come sooner and lie higher. Small steps and shallow trees need more rounds and forgive more. Depth is bought with rows: on this site taste is nearly a sum over columns, so that with few rows trees of a single question beat the clever ones.
]]
local rows = slider("rows to learn from", 8000, { 1000, 40000, scale = "log", step = 1, apply = true })
local depth = slider("depth of a tree", 6, { 1, 8, step = 1, apply = true })
local rate = slider("learning rate", 0.3, { 0.03, 0.6, scale = "log", apply = true })
local few = data.sample { past, count = rows, as = "rows to learn from" }
local grown = train.gbdt { few, valid = stop, rounds = 50, depth = depth, learning_rate = rate, early_stopping = 50, as = "stopped early" }
show.line { measure.learning_curve { grown, on = stop }, y = "loss", by = "step",
  title = "Log loss after each tree", x_title = "trees", y_title = "log loss",
  see = "training loss goes below the best possible, which no honest model can: from there on it is memory; validation loss turns much sooner" }

chapter "Too sure of itself" [[
What happens to those who do not stop? The same settings, all fifty trees. Pushed past the minimum, the margins keep growing: rows that look good are called certain, rows that look bad impossible. The order of the rows suffers a little, their meaning a lot.

Calibration on days of their own takes back the part that is exaggeration: two numbers do it (Platt), or a staircase that needs more clicks (isotonic). It cannot take back the part that is noise, so the stopped model stays ahead.

The stopped model is a warning of another kind: its probabilities were nearly right, so that a map from four days of clicks changes its loss by little and may even raise its ECE. Calibrate because a curve on fresh rows says so, and keep the map only if it wins there.
]]
local method = choice("calibration", "platt", { "none", "platt", "isotonic" })
local over = train.gbdt { few, rounds = 50, depth = depth, learning_rate = rate, as = "never stopped" }
local fixed = calibrate[method] { over, on = hold, as = "never stopped, calibrated (" .. method .. ")" }
local both = calibrate[method] { grown, on = hold, as = "stopped early, calibrated (" .. method .. ")" }
show.reliability { over, fixed, both, on = live, bins = 10, binning = "quantile", truth = true,
  title = "Reliability on the last week", x_title = "predicted click probability", y_title = "observed click rate",
  see = "the line that never stopped is too flat: its high scores promise more clicks than come and its low ones fewer" }
show.table { measure.compare { over, fixed, grown, both, on = live, metrics = { "excess_log_loss", "ece", "roc_auc", "trees" } },
  title = "Stopped, calibrated, both or neither",
  see = "calibration mends most of the loss of the overgrown model and none of its order (AUC); stopping mends both, and leaves a map little to do" }

expect.above { over, "excess_log_loss", 0.10, on = live, when = depth >= 6 and rate >= 0.3 and rows <= 10000, because = "fifty deep trees on few rows learn the noise by heart" }
expect.above { over, "ece", 0.015, on = live, when = depth >= 6 and rate >= 0.3 and rows <= 10000, because = "trees that grew too long are too sure of themselves" }
expect.below { fixed, "ece", 0.02, on = live, when = method ~= "none" and rows >= 5000, because = "a map fitted on days of its own takes back the exaggeration" }
expect.below { grown, "excess_log_loss", 0.12, on = live, when = rows >= 5000, because = "stopping early keeps what can be kept" }
expect.below { net, "excess_log_loss", 0.08, on = live, because = "a small network on all rows is near the best possible" }

challenge "Trees from fewer than 3,000 rows, within 6.5% of the best possible" {
  goal.below { grown, "excess_log_loss", 0.065, on = live },
  goal.below { grown, "rows_trained", 3000 },
}
