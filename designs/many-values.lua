design "Many values: a column with sixteen hundred names" {
  asks = "Your strongest signal is an id with thousands of values. How do you give it to the model, and why does the team's target encoding shine in training and fail in the week it goes live?",
  covers = { "S01-C05", "S12-C03", "S12-C11" },
  seed = 7,
}

chapter "Three sizes of the same problem" [[
A platform has three values, a community sixty, a user sixteen hundred, and a post several thousand, most of which will be gone next week. Choose the column here; all that follows is about it.

Few values are easy: one weight for each, with thousands of rows behind it. Many values are not. Two weeks give a user 26 impressions and one or two clicks, so most of what a table says about him is luck. And a value that first appears tomorrow has no weight at all.

Every model below knows topic, media, position and affinity. They differ only in what they are told of the chosen column. The first line of each table is a model that is told nothing, the last is what nobody can beat.
]]
local column = choice("column", "user_id", { "platform", "community", "user_id", "post_id", apply = true })
local log = source("impressions",
  simulate.impressions { users = 2000, days = 21, base_ctr = 0.06, user_spread = 1.0, community_spread = 0.4 },
  { "time", "day", "click", "platform", "community", "user_id", "post_id" })
local past0, live0 = log:split { days = { 14 }, as = "two weeks, third week" }
local known, known_live = features.fallback { past0, live0, levels = { "user_id" }, name = "user", as = "known, known live" }
local past1, live1 = features.cross { known, known_live, columns = { column }, name = "key", as = "named, named live" }
show.table { features.hash_report { past1, columns = { "key" }, bits = { 8, 12, 16, 20 }, as = "places" },
  title = "How many values of " .. column .. " there are, and how they fall into 2^bits places",
  see = "features is the number of values; sharing counts those that have to share a weight with another" }

chapter "Hashing: no table, no labels, no leak" [[
The hashing trick skips the dictionary. A value's name is hashed, and the last bits of the hash say which weight it uses. A value that nobody has seen has a place already, memory is fixed, and no label is looked at. What you pay is that values meet: of n values in m places, about n(1 - (1 - 1/m)^(n-1)) share.

Draw that line before you choose the bits, and check your hash against it. Names that look alike, such as consecutive ids, are not scattered as chance would: with 16 bits nearly four times as many users meet as should.

Collisions are not the real trouble here, though. With 20 bits no two users meet, and still the model gains little, because each weight has 26 rows to learn from.
]]
local bits = slider("hash bits", 14, { 4, 18, step = 1 })
show.line { features.hash_report { past1, columns = { "key" }, bits = { 4, 6, 8, 10, 12, 14, 16, 18, 20 }, lines = true, as = "collisions" },
  y = "sharing_share", by = "bits",
  title = "Share of values that share their place", x_title = "bits of the hash", y_title = "share of values",
  see = "the ink line is what chance expects: once there are more places than values, each bit more halves it" }

chapter "Whose labels?" [[
Target encoding puts one number in place of the name: the click rate of that value, drawn towards the rate of everybody by a prior that weighs m rows, (clicks + m · rate) / (rows + m). One weight curve then serves all values. But the number is made of labels, and the question is whose.

Naive: all training rows, including the row that is being encoded. For a user with 26 rows and one click, that click sits in the number that predicts it. Out of fold: from the other folds only, whole sessions kept together. Time-aware: only clicks that had arrived before the impression, which is what a live system can know.

In the training table the naive line does what cannot be done: its log loss is below the best possible. That is how a leak announces itself.
]]
local m = slider("smoothing", 5, { 0.5, 500, scale = "log", unit = "rows" })
local bins = slider("bins of an encoding", 16, { 2, 40, step = 1 })
local past2, live2 = features.target { past1, live1, columns = { "key" }, method = "naive", allow_leak = true, smoothing = m,
  suffix = "_naive", as = "naive, naive live" }
local past3, live3 = features.target { past2, live2, columns = { "key" }, method = "folds", fold_by = "session_id", smoothing = m,
  suffix = "_folds", as = "folds, folds live" }
local past4, live4 = features.target { past3, live3, columns = { "key" }, method = "time", smoothing = m, suffix = "_time", as = "time, time live" }
local past5, live5 = features.fallback { past4, live4, levels = { "key", "community" }, strength = m, as = "fallback, fallback live" }
local past, live = features.bin { past5, live5, columns = { "key_naive", "key_folds", "key_time", "prior_rate" }, bins = bins,
  as = "training weeks, live week" }
local function trained(name, told)
  return train.ftrl { past, features = { "topic", "media", "position", "affinity", told }, bits = 16, lambda1 = 0.1, as = name }
end
local models = {
  nothing = train.ftrl { past1, features = { "topic", "media", "position", "affinity" }, bits = 16, lambda1 = 0.1, as = "told nothing" },
  hashed = train.ftrl { past1, features = { "topic", "media", "position", "affinity", "key" }, bits = bits, lambda1 = 0.1, as = "hashed name" },
  naive = trained("naive", "key_naive_bin"),
  folds = trained("out of fold", "key_folds_bin"),
  time = trained("time-aware", "key_time_bin"),
  fallback = trained("time-aware, with fallback", "prior_rate_bin"),
}
show.table { measure.compare { models.nothing, models.hashed, models.naive, models.folds, models.time, on = past,
    metrics = { "log_loss", "roc_auc", "calibration_ratio" } },
  title = "In the training weeks",
  see = "compare log loss with the last line: who is below it has read the answers" }
show.table { measure.compare { models.nothing, models.hashed, models.naive, models.folds, models.time, on = live,
    metrics = { "log_loss", "excess_log_loss", "roc_auc", "calibration_ratio", "nonzero_weights" } },
  title = "In the live week",
  see = "the order turns round: the honest encodings win and the naive one gives back what it never had; set the column to post_id and it predicts less than half of the clicks" }

chapter "What the encoding says, and what happens" [[
Group rows by their encoded rate and look at the real one. In training the naive encoding lies on its own diagonal by construction, from nothing up to a fifth. In the live week the same users are far closer to the average: the extremes were luck, and luck does not repeat.

The time-aware encoding was never able to read its own row, so training and live week tell the same story. That sameness, and no metric, is what you are after: a feature should mean the same on both sides of the launch.
]]
local past_means, live_means = features.bin { past4, live4, columns = { "key_naive", "key_time" }, bins = 12, form = "mean",
  as = "training weeks, live week" }
show.line { past_means, live_means, y = "click", by = "key_naive_bin", band = false,
  title = "Naive encoding: click rate by encoded rate", x_title = "encoded click rate", y_title = "clicks per impression",
  see = "two lines where there should be one: the gap at both ends is what the model unlearns the hard way" }
show.line { past_means, live_means, y = "click", by = "key_time_bin", band = false,
  title = "Time-aware encoding: click rate by encoded rate", x_title = "encoded click rate", y_title = "clicks per impression",
  see = "the two lines lie on each other; take the smoothing to 500 rows and watch everybody become average" }

chapter "Somebody new" [[
What does an encoding say of a value without rows? The rate of everybody, and with few rows nearly that. Better is to fall back step by step: the user's own clicks, drawn towards the rate of the community he is shown, which is drawn towards that of everybody. With two rows he is nearly the community, with two hundred nearly himself. No threshold has to be chosen, and the first row of a new user already has a sensible number.

Smoothing is the judgement. Too little, and the encoding believes luck; too much, and it forgets what it was for.
]]
local fresh = data.where { live, column = "user_level", is = "everybody", as = "newcomers" }
show.table { measure.compare { models.nothing, models.hashed, models.time, models.fallback, on = fresh, metrics = { "log_loss", "excess_log_loss", "roc_auc" } },
  title = "Live rows of users who had fewer than 20 impressions until then",
  see = "with user_id, a weight of their own is worth almost nothing to newcomers, a smoothed rate much more, and the fallback adds what their community tells" }
local told = choice("what is launched", "hashed", { "hashed", "naive", "folds", "time", "fallback" })
local launched = models[told]
show.number { launched, on = live, metrics = { "excess_log_loss", "roc_auc", "calibration_ratio", "nonzero_weights" },
  title = "What is launched, in the live week", see = "loss and memory of the model that the challenge judges" }

expect.above { models.naive, "roc_auc", 0.82, on = past, when = column == "user_id" and m <= 5, because = "it has read the labels that it is judged on" }
expect.below { models.naive, "roc_auc", 0.79, on = live, when = column == "user_id", because = "live there are no such labels to read" }
expect.below { models.time, "excess_log_loss", 0.13, on = live, when = column == "user_id" and m >= 2 and m <= 100 and bins >= 8, because = "what was known in time is worth a lot" }
expect.above { models.hashed, "excess_log_loss", 0.13, on = live, when = column == "user_id", because = "a weight for each user has too few rows to learn from" }
expect.below { models.naive, "calibration_ratio", 0.8, on = live, when = column == "post_id" and m <= 10, because = "posts of the live week were never seen" }

challenge "Serve it from fewer than 45 weights, within 10.7% of the best possible" {
  goal.below { launched, "excess_log_loss", 0.107, on = live },
  goal.below { launched, "nonzero_weights", 45 },
}
