design "Cold start: what to say of a community that nobody has seen" {
  asks = "Communities open every day. Your model knows them by name only after weeks. What do you predict on their first day, and from when on do you let their own numbers speak?",
  covers = { "S11-C08", "S12-C11", "S11-C06", "S12-C06" },
  seed = 9,
}

chapter "Large, small and brand new" [[
Communities differ: some click twice as much as others for reasons that no column explains. A few have thousands of rows, most have a handful, and some open only tomorrow.

Two weeks are past, the third is served. We ask for one number a community, its click rate, and measure it on the week to come.
]]
local fresh = slider("communities opening a day", 0.05, { 0.01, 0.15, unit = "%", apply = true })
local spread = slider("how much communities differ", 0.7, { 0, 1.5, apply = true })
local log = source("impressions",
  simulate.impressions { users = 1300, days = 21, base_ctr = 0.05, communities = 150, community_spread = spread, new_communities_per_day = fresh },
  { "day", "community", "click" })
local past, live = log:split { days = { 14 }, as = "past, live" }
local new = data.where { live, column = "community_age_days", below = 10, as = "new communities" }
local known = data.where { live, column = "community_age_days", at_least = 10, as = "known communities" }

chapter "Own mean, mean of all, or between" [[
No pooling gives each community its own mean. With five rows and no click that is a rate of zero, stated with a straight face. Full pooling gives everyone the same mean: never silly, and blind to every difference.

Partial pooling stands between, and how far is not a matter of taste. Look at how much the means of all communities vary, subtract what chance alone would make of them, and what is left says how many rows the prior is worth. A community with n rows is then trusted n / (n + k). A new one has n = 0 and starts at the prior: the cold start is not a special case but the left end of a scale.
]]
local none = train.pooled { past, by = "community", pooling = "none", as = "no pooling" }
local full = train.pooled { past, by = "community", pooling = "full", as = "full pooling" }
local partial = train.pooled { past, by = "community", pooling = "partial", as = "partial pooling" }
show.scatter { measure.groups { partial, on = live }, x = "rows", y = "value", by = "series",
  title = "Each community: own mean, pooled and true", x_title = "rows in the past", y_title = "click rate",
  see = "at the left own means scatter from zero to far too high while the pooled ones stay near the truth; at the right the two meet" }
show.number { partial, on = live, metrics = { "groups", "prior_mean", "prior_worth" },
  title = "The prior, learned from all communities",
  see = "a community needs as many rows as the prior is worth before its own mean counts for half" }
show.table { measure.compare { full, none, partial, on = live, metrics = { "log_loss", "excess_log_loss", "calibration_ratio" } },
  title = "All communities, next week",
  see = "partial pooling is never worse than either end; without pooling a zero said of five rows costs dearly when somebody clicks" }

chapter "Content knows something on day one" [[
A new community has no history, but it has a topic, its posts have media, its readers have habits. A model of content predicts from those on the first day. Give it the community's name as well, a weight for each, under a ridge penalty: the penalty is the pooling. Strong, and all names are alike; weak, and each is on its own. The fewer rows there are to learn from, the stronger it has to be.

A name that training never saw has no weight and adds nothing, so the model falls back to content by itself. That is the fallback you want: not a branch in the serving code, but the same model with one term silent.
]]
local content = train.logistic { past, features = { "topic", "media", "platform", "hour", "post_age_hours", "post_votes", "affinity", "position", "user_activity" }, as = "content only" }
local ridge = slider("ridge on names", 1e-5, { 1e-6, 1, scale = "log" })
local keep = slider("negatives kept", 1, { 0.05, 1, scale = "log", unit = "%", apply = true })
local both = train.logistic { past, l2 = ridge, keep_negatives = keep, correct = true, iterations = 60, features = { "community", "topic", "media", "platform", "hour", "post_age_hours", "post_votes", "affinity", "position", "user_activity" }, as = "content and names" }
show.table { measure.compare { full, partial, content, both, on = new, metrics = { "log_loss", "excess_log_loss", "roc_auc" } },
  title = "Communities younger than ten days",
  see = "means of groups say little here, content takes the largest step; names add something still, since some of these communities had a few days of past" }
show.table { measure.compare { full, partial, content, both, on = known, metrics = { "log_loss", "excess_log_loss", "roc_auc" } },
  title = "Communities that are known",
  see = "here names add what content cannot see, if the ridge lets them and does not let them say too much" }

chapter "A ladder of fallbacks" [[
For serving, say the ladder aloud. A user's own rate if there are rows; else the community's; else everybody's, each shrunk to the next by how many rows it rests on. It can be computed as a feature with what was known at the time, and the feature goes into the model like any other.

And say how you would see it work: measure new and known apart. An average over all rows hides the cold ones, because the large communities own the average.
]]
local rung = slider("rows the next rung is worth", 50, { 1, 1000, scale = "log", apply = true })
local ladder_past, ladder_live = features.fallback { past, live, levels = { "user_id", "community" }, strength = rung, as = "past with ladder, live with ladder" }
local ladder = train.logistic { ladder_past, features = { "prior_rate", "topic", "media", "platform", "hour", "post_age_hours", "post_votes", "affinity", "position", "user_activity" }, as = "content and ladder" }
show.table { measure.segments { ladder, on = ladder_live, by = "prior_level", metrics = { "excess_log_loss", "calibration_ratio" } },
  title = "On which rung the rows of the served week stand",
  see = "most rows stand on a user's own numbers, some on the community's, very few on everybody's; each rung should have a ratio near 1, but a hundred rows cannot show it: look at the interval first" }

expect.below { partial, "excess_log_loss", 0.25, on = live, because = "one number a community cannot know the posts, but must not be silly" }
expect.below { partial, "log_loss", 0.3, on = new, because = "a prior never says zero" }
expect.above { content, "roc_auc", 0.6, on = new, because = "content orders the posts of communities that nobody has seen" }

challenge "Excess log loss under 8.5% on known communities, training content and names on fewer than 7,000 rows" {
  goal.below { both, "excess_log_loss", 0.085, on = known },
  goal.below { both, "rows_trained", 7000 },
}
