design "What a click means" {
  asks = "Posts shown on top are clicked more than eight times as often as posts at the bottom. Are they eight times as good? A new ranker trained on these clicks has by far the better AUC and brings fewer clicks. Why, and what would you log from now on?",
  covers = { "S01-N1", "S01-C02", "S10-C04", "S10-C07", "S10-P1" },
  seed = 3,
}

chapter "The top is clicked more" [[
A slate of six posts is put in order by last year's ranker. A click needs two things: that the post is looked at, and that it is liked once it is. How often a place is looked at falls with its position, as position to the power of minus the slider. At 0 every place is looked at. At 0.9 the sixth gets a fifth of the looks of the first.

The log holds only the product. Of the factor of eight between first and sixth place, five is the place and less than two is the post, and from ranked slates alone nobody can tell. So one slate in twenty is shown in random order: there the posts are equally good everywhere, and what is left of the fall is the place.
]]
local bias = slider("position bias", 0.9, { 0.0, 1.5, apply = true })
local noise = slider("noise of last year's ranker", 1.0, { 0.2, 2.0, apply = true })
local random = slider("slates shown in random order", 0.05, { 0.01, 0.5, scale = "log", unit = "%", apply = true })
local log = source("impressions",
  simulate.impressions { users = 2500, sessions_per_day = 0.3, days = 28, base_ctr = 0.10, ranker_noise = noise,
    position_bias = bias, random_slates = random, columns = { "attraction" } },
  { "time", "day", "click", "position", "session_id", "random_slate", "ranker_score" })
local past, live = log:split { days = { 21 }, as = "three weeks, the fourth week" }
local ranked = data.where { past, column = "random_slate", is = "false", as = "ranked slates" }
local shuffled = data.where { past, column = "random_slate", is = "true", as = "random slates" }
show.line { ranked, shuffled, y = "click", by = "position",
  title = "Clicks by position", x_title = "position, 1 is the top", y_title = "clicks per impression",
  see = "in random order the fall is the place alone; the ranked line falls faster, because better posts stand higher" }
show.line { ranked, shuffled, y = "attraction", by = "position",
  title = "How much the posts are liked, by position (truth)", x_title = "position, 1 is the top", y_title = "clicks per look",
  see = "known only because the site is simulated: ranked slates really are better on top, by far less than their clicks say" }

chapter "A model that learns the old order" [[
Train on the clicks as they are, and hand the model the old ranker's score, as pipelines do without anybody deciding it. The score says where the post stood, and posts on top were clicked. The model learns that a high score is clicked, which is true, and takes the place for taste. Its AUC is splendid, since the test clicks come from the same places.

Leave the score out and the AUC falls by six points, for the model can no longer guess where a post stood. Yet its slates bring more clicks. Offline it was marked for predicting the old ranker; online it is paid for knowing what people like.

The third model keeps the score and is told the position as well. While training, position explains what the place did, so the score keeps only what it knows of the post. When it ranks, it is asked about every post as if that stood on top.
]]
local about = { "platform", "country", "user_activity", "user_tenure_days", "topic", "media", "post_age_hours", "post_votes", "affinity", "hour" }
local function with(more)
  local all = {}
  for _, name in ipairs(about) do all[#all + 1] = name end
  for _, name in ipairs(more) do all[#all + 1] = name end
  return all
end
local naive = train.logistic { past, features = with { "ranker_score" }, as = "clicks as they are" }
local plain = train.logistic { past, features = about, as = "old score left out" }
local told = train.logistic { past, features = with { "ranker_score", "position" }, as = "told the position" }
local online = measure.online { naive, plain, told, on = live, position_bias = bias }
show.table { online, title = "Offline, and in the slates that each would really show",
  see = "compare the second column with the last: the order of the models is not the same, and the last is the one that pays" }

chapter "How much is the place?" [[
The curve of looks can be estimated. Where slates are random, it is read off their clicks, with the noise of few rows. Expectation maximization uses all slates: for every impression without a click it asks how probable it is that the post was liked and not looked at, fits taste to those answers, and reads the curve off again.

It ends between the plain click rates and the truth. Last year's ranker knew things of a post that our columns do not hold, such as how good it is, and what the columns cannot explain is booked on the place.

The same learner with and without EM brings almost the same slates: the old score is left out, so no column knew where a post stood and there was little to take out. What differs is the meaning of a score. By EM it says how often a post is clicked when it is looked at. On the log, where most posts are not looked at, its log loss is therefore far worse, and that is no fault: it answers another question.
]]
local taste, curve = train.position { past, method = "em", rounds = 4, features = about, true_position_bias = bias, as = "taste by EM, curves" }
show.line { curve, y = "examination", by = "position",
  title = "How often a place is looked at, by three estimates", x_title = "position, 1 is the top", y_title = "looks, the top is 1",
  see = "plain click rates fall too fast, EM goes part of the way back, and random slates scatter around the true line" }
local blind = train.position { past, method = "none", rounds = 4, features = about, as = "places ignored, its curves" }
show.table { measure.online { blind, taste, on = live, position_bias = bias },
  title = "The same learner, with places ignored and taken out",
  see = "the slates are worth the same, the log losses are not: a probability has a meaning only with its condition" }

chapter "What randomness buys" [[
Random slates cost: their posts are as good at the bottom as on top, so the best places are wasted. The first view shows the price by day. What they buy is a training set in which nothing stood on top for a reason.

A model trained on them alone needs no theory of places, only enough rows. At one slate in twenty it has a twentieth of the log, and that is not quite enough; at one in ten it comes close to the models that use everything. The usual answer is both: a small share for ever, to train on and to check the examination curve against, and position in the model for the rest.
]]
local chance = train.logistic { shuffled, features = with { "ranker_score" }, as = "random slates only" }
show.line { ranked, shuffled, y = "click", by = "day",
  title = "The price: clicks by day", x_title = "day", y_title = "clicks per impression",
  see = "the gap between the lines, times the share of random slates, is what the knowledge costs" }
local bought = measure.online { chance, told, on = live, position_bias = bias }
show.table { bought, title = "Learned from random slates alone, beside the model that was told the position",
  see = "move the share of random slates and watch the first model catch up with the second" }

local function uplift(of, name) return data.where { of, column = "model", is = name, as = name .. ", online" } end
expect.above { naive, "roc_auc", 0.70, on = live, when = random <= 0.2 and bias >= 0.6 and noise >= 0.8, because = "places are predictable, and it predicts them" }
expect.below { plain, "roc_auc", 0.70, on = live, because = "without the old score the place cannot be guessed" }
expect.below { uplift(online, "clicks as they are"), "online_uplift", 0.09, when = random <= 0.1 and bias >= 0.6 and noise >= 0.8 and noise <= 1.2, because = "it keeps much of the old order" }
expect.above { uplift(online, "old score left out"), "online_uplift", 0.09, when = bias >= 0.8 and noise >= 1, because = "taste is what reorders slates" }
expect.above { uplift(online, "told the position"), "online_uplift", 0.09, when = bias >= 0.8 and noise >= 1, because = "position took the blame for the place" }
expect.above { taste, "log_loss", 0.33, on = live, when = bias >= 0.8, because = "its probability is of a click given a look" }

challenge "Learn from random slates alone: 10% more clicks online, from fewer than 12,000 random impressions" {
  goal.above { uplift(bought, "random slates only"), "online_uplift", 0.10 },
  goal.below { chance, "rows_trained", 12000 },
}
