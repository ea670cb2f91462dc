design "Five splits, five promises: which one is kept" {
  asks = "Cross-validation promised an AUC of 0.69. The first week of production gives 0.67, and nothing is broken. Where did the other two points come from, and which split would have told you?",
  covers = { "S01-P1", "S01-C06", "S10-C05", "S12-C09" },
  seed = 5,
}

chapter "A site that changes" [[
Three weeks of impressions: two to learn from, and a third that is the future. On day 9 tastes move: the same people begin to click on other topics, and the ranker, which knows the old tastes, shows them the wrong posts. The click rate falls by a quarter.

AUC is the yardstick here, on purpose. Log loss moves when the base rate moves, so it cannot compare weeks with different click rates. The order of scores can.
]]
local shift = slider("how far tastes move on day 9", 0.6, { 0, 1, apply = true })
local log = source("impressions",
  simulate.impressions { users = 2000, days = 21, base_ctr = 0.08, user_spread = 1.5, drift = "concept", drift_day = 9, drift_strength = shift },
  { "time", "day", "click", "user_id" })
local earlier, live = log:split { days = { 14 }, as = "earlier, live" }
show.line { log, y = "click", by = "day", truth = "click_probability", mark = shift > 0, mark_day = 9,
  title = "Click rate by day", x_title = "day", y_title = "clicks per impression",
  see = "the rate drops on day 9 and stays there: from then on another rule decides what is clicked" }

chapter "Five estimates of one number" [[
The same model and the same rows, with five ways to hold some out. Random folds shuffle all rows. User folds keep each person whole. Blocked folds are runs of days, and days after the test block stay in training. Forward folds train on what came before and test on what came next. Rolling folds do so with the last five days only.

Each is right about something. Random folds say how well the model does on more rows of the same two weeks, by the same people. User folds say how it does on strangers: where the model sees the user's id they promise less, because what was learned of one person is no use for another. Forward folds say how it does tomorrow. In production we get tomorrow, with mostly known people.
]]
local knows = choice("the model sees", "content and the user's id", { "content", "content and the user's id", apply = true })
local columns = { "topic", "community", "media", "affinity", "position", "platform" }
if knows ~= "content" then columns[#columns + 1] = "user_id" end
local first = slider("first day to learn from", 0, { 0, 9, unit = "days", apply = true })
local gap = slider("gap between training and test", 0, { 0, 3, unit = "days", apply = true })
local past = data.where { earlier, column = "day", at_least = first, as = "past" }
local by_fold, summary = validate.cross { past, on = live, metric = "roc_auc", folds = 4, gap_days = first <= 6 and gap or 0, window_days = 5,
  splits = { "random", "user", "blocked", "forward", "rolling" },
  fit = function(rows) return train.ftrl { rows, features = columns, bits = 16, lambda1 = 0.1 } end, as = "by fold, by split" }
show.table { summary,
  title = "AUC by split, and what the live week gave",
  see = "optimism is how much AUC a split promised and production did not pay: random folds promise most, forward and rolling folds least" }
show.line { by_fold, y = "value", by = "fold", band = false,
  title = "AUC by fold", x_title = "fold (blocked, forward, rolling: in order of time)", y_title = "ROC AUC",
  see = "random folds agree with each other and are wrong together, while the forward line falls as it crosses day 9: its last fold is nearest to the future" }

chapter "Ask what will be new" [[
A split is a sentence about the future: it names what the model will not have seen when it is used. Write the sentence first. Here it reads: tomorrow's tastes are not last week's, and tomorrow's people are mostly known. That is a forward split. For a new country the people are new as well, and the test rows should be later and of other users at once.

Three habits help. Quote the last forward fold next to the mean, since it has learned most and lies nearest. Leave a gap as long as labels take to arrive. And when the folds fall off over time, ask why: with training begun after the change even shuffled folds agree with production, but fewer rows make a weaker model, and the forward folds, which train on fewer still, begin to scold.
]]
local random = data.where { summary, column = "split", is = "random", as = "random" }
local forward = data.where { summary, column = "split", is = "forward", as = "forward" }
local model = train.ftrl { past, features = columns, bits = 16, lambda1 = 0.1, as = "trained on the past" }

chapter "How sure is a number" [[
One more way to fool oneself is the interval. Impressions of one person resemble each other, since some people click on nearly everything and others on nothing. A thousand rows of fifty people are not a thousand opinions. Draw rows again and again and the interval comes out too narrow; draw whole people and it keeps its promise.
]]
show.table { validate.interval { model, on = live, metric = "calibration_ratio", by = "user_id", replicates = 60 },
  title = "Calibration ratio of the live week with its 95% interval",
  see = "the interval over whole users is twice as wide, and it is the honest one" }

expect.above { random, "optimism", 0.01, when = shift >= 0.5 and first == 0, because = "shuffled folds mix the days before the change with the days after it on both sides" }
expect.below { forward, "optimism", 0.05, because = "forward folds hold out what is new in production" }

challenge "Make even shuffled folds honest to within half a point, without paying for it in live AUC, while tastes stay as they moved" {
  goal.between { random, "optimism", { -0.005, 0.005 } },
  goal.above { random, "live", 0.661 },
  goal.below { live, "click_probability", 0.07 },
}
