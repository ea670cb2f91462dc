design "Clicks lose the month" {
  asks = "The new ranker wins its first week by 6% more clicks. Would you ship it? What would you have logged and watched to know what the month will bring, and what would you rank by instead?",
  covers = { "S04-P1", "S04-C07" },
  seed = 4,
}

chapter "Two feeds on one site" [[
The same users, the same posts, four weeks. One feed orders by the chance of a click. The other, yours, also counts minutes watched and what a report costs. Your weights are below, all in clicks: 2 for a minute says that a minute watched is worth two clicks.

Some headlines promise more than the post holds. They are clicked, and left unread. A reader who was let down is not gone the same day. Satisfaction is a stock: each visit replaces 8% of it by what the visit gave, and the chance to come back tomorrow follows the stock.

So the clicks feed starts above yours and ends below it. It never has fewer clicks in a visit; it has fewer visits. Raise the worth of a minute to 2 and the cost of a report to 20 and look again: the first days cost you more, and the last ones pay for it.
]]
local bait = slider("clicks that bait adds", 0.8, { 0, 1.5, unit = "log-odds", apply = true })
local disappoints = slider("readers that bait loses", 0.8, { 0, 1.5, unit = "log-odds", apply = true })
local loyalty = slider("what satisfaction is worth", 2, { 0, 4, unit = "log-odds", apply = true })
local dwell = slider("a minute watched is worth", 0.5, { 0, 12, unit = "clicks" })
local report = slider("a report costs", 0, { 0, 120, step = 1, unit = "clicks" })
local diversity = slider("a creator's second post costs", 0, { 0, 0.6, unit = "clicks" })
local function feed(more)
  local call = { bait = bait, disappoints = disappoints, loyalty = loyalty }
  for key, value in pairs(more) do call[key] = value end
  return call
end
local greedy_call = feed { name = "clicks alone" }
greedy_call.as = "clicks alone, its days, its users, its log"
local greedy, greedy_days, _, greedy_log = simulate.feed(greedy_call)
local mine_call = feed { name = "yours", dwell = dwell, report = report, diversity = diversity, beside = greedy }
mine_call.as = "yours, its days, its users, its log"
local mine, mine_days = simulate.feed(mine_call)
show.line { greedy_days, mine_days, y = "clicks", by = "day", band = false,
  title = "Clicks a day, for each user of the site", x_title = "day", y_title = "clicks",
  see = "where the lines cross; an experiment that ends before that day ships the lower one" }
show.line { greedy_days, mine_days, y = "visits", by = "day", band = false,
  title = "Users who come", x_title = "day", y_title = "share of users",
  see = "both begin at a half; what the first days did shows a week later and does not stop" }
show.table { mine, title = "Your month, and the change against clicks alone",
  see = "the columns that end in change: with higher weights the first week's clicks fall and the visits of the month rise" }

chapter "What an experiment says after a week, and after four" [[
Twelve hundred users, half of them in each arm: what the team would have seen. The clicks feed is the control; the treatment is the feed with your weights. A guardrail is a metric that must not get worse by more than an amount that was named before: here a tenth of a click, a fifth of a visit, a hundredth of a report for each user.

After a week nobody can tell the clicks of the arms apart: the interval reaches from a quarter of a click better to half a click worse, and the guardrail on clicks says stop. Visits have begun to move, by a tenth. After four weeks both have moved by a fifth or more, and the guardrail that said stop was wrong. Reports are so rare that even four weeks leave zero in their interval: a rare metric needs more users than the one that you planned for.

Three guardrails looked at every day are many chances to be alarmed by luck. Name the primary metric, its direction and the day of the decision. Divide alpha among the others (Bonferroni: 5% among three is 1.7% each), or watch by a rule that was made for looking.
]]
local function arms(days)
  local a = feed { name = "clicks alone", users = 1200, days = days }
  a.as = "control, its days, users of the control"
  local b = feed { name = "yours", users = 1200, days = days, dwell = 2, report = 20 }
  b.as = "treatment, its days, users of the treatment"
  local _, _, control = simulate.feed(a)
  local _, _, treatment = simulate.feed(b)
  return data.stack { data.where { control, column = "bucket", is = "a" }, data.where { treatment, column = "bucket", is = "b" },
    names = { "control", "treatment" }, as = days .. " days" }
end
local guards = { metrics = { "clicks", "visits", "reports" }, worse = { "down", "down", "up" }, thresholds = { 0.1, 0.2, 0.01 } }
local week = experiment.guardrails { arms(7), metrics = guards.metrics, worse = guards.worse, thresholds = guards.thresholds, as = "after a week" }
local month = experiment.guardrails { arms(28), metrics = guards.metrics, worse = guards.worse, thresholds = guards.thresholds, as = "after four weeks" }
local shown_columns = { "metric", "control", "treatment", "worsening", "low", "high", "threshold", "state" }
show.table { data.columns { week, columns = shown_columns }, title = "After a week: 2 clicks a minute, 20 a report, against clicks alone",
  see = "clicks are past the threshold and their interval holds zero; whoever decides by clicks on this day stops the better feed" }
show.table { data.columns { month, columns = shown_columns }, title = "After four weeks",
  see = "negative is better: the treatment wins on clicks too, by more than it lost" }

chapter "Log what was seen" [[
A list has ten places, and readers look at four of them. A log of what was sent says that the tenth post was not clicked. It was not seen. A model that is trained on such rows learns that the tenth place is bad, and so is whatever tends to stand there.

Write down for each post of each list: the place, whether it came on screen, the scores and weights that ordered it, the version, and the probability with which it was chosen where chance had a part. The first two are what you see below. Without them clicks of two feeds cannot be compared at all, since the feed that is read deeper has the lower rate.
]]
local seen = data.where { greedy_log, column = "seen", equals = 1, as = "of those seen" }
show.line { data.columns { greedy_log, columns = { "place", "click" }, as = "of those sent" }, data.columns { seen, columns = { "place", "click" }, as = "of those seen" },
  y = "click", by = "place", title = "Clicks by place, clicks alone", x_title = "place", y_title = "share clicked",
  see = "the two lines part from the second place on; at the tenth nearly nine in ten clicks that would have come are missing for want of a look" }

chapter "Weights, and what nobody beats" [[
Each point is a feed: a worth of a minute and a cost of a report, for the same users, posts and errors of prediction, so that no difference is luck. To the right: more clicks in the first week, which is what the quarter's slide will show. Up: more visits in the month.

The points that nobody beats in both form the front. Everything below it is a mistake whatever you want. On it, somebody has to say what a visit is worth. That is a decision about the product, and a ranker that ranks by clicks alone has made it without telling anyone.

Nobody knows the visits of next month when the weights are set. What is known the same day: finished posts, reports, hides, answers to "was this worth your time". Weigh those, and check the weights against returns once a quarter by an experiment that is long enough.
]]
local sweep_call = feed { users = 60, dwell_values = { 0, 1, 3, 8 }, report_values = { 0, 20, 60 }, diversity_values = { 0, 0.2 } }
sweep_call.as = "all weights"
local all, front = measure.pareto { simulate.feed_sweep(sweep_call), columns = { "clicks_first_week", "visits" }, as = "all weights, the front" }
show.scatter { all, x = "clicks_first_week", y = "visits", by = "front",
  title = "24 feeds", x_title = "clicks in the first week", y_title = "visits in four weeks",
  see = "the way from the lower right to the upper left is the front; clicks alone is not even the rightmost point" }
show.table { data.columns { front, columns = { "dwell", "report", "diversity", "clicks_first_week", "visits", "minutes", "reports_per_1000" },
    names = { "a minute", "a report", "a second post", "clicks, week 1", "visits", "minutes", "reports per 1,000" } },
  title = "The front, from the fewest first clicks to the most",
  see = "read it from below: what the next visit costs in first clicks gets dearer with every row" }

chapter "Say it in an interview" [[
"I would not ship on clicks. I would rank by a weighted sum of what we predict at the moment of ranking: open, finish, report. I would show the front of those weights and let the owner of the product choose a point. Visits and reports are guardrails with thresholds named in advance, and a holdout of 1% stays on the old weights for a quarter, since satisfaction moves slowly."

Then the exercise. Win at least 35% more visits in the month, halve the reports, and give up no more than 10% of the clicks in the first week.
]]
local as_told = bait == 0.8 and disappoints == 0.8 and loyalty == 2
local begins = data.where { greedy_days, column = "day", equals = 0, as = "clicks alone on the first day" }
local ends = data.where { greedy_days, column = "day", equals = 27, as = "clicks alone on the last day" }
local early = data.where { week, column = "metric", is = "visits", as = "visits after a week" }
local late = data.where { month, column = "metric", is = "visits", as = "visits after four weeks" }
expect.above { begins, "clicks", 0.65, when = as_told, because = "the feed that ranks by clicks gets them" }
expect.below { ends, "clicks", 0.55, when = as_told, because = "readers who were let down do not come back" }
expect.below { late, "worsening", -1, when = as_told, because = "four weeks show what one did not" }
expect.above { early, "worsening", -1, when = as_told, because = "after a week visits have only begun to move" }

challenge "35% more visits, half the reports, at most 10% fewer clicks in the first week" {
  goal.above { mine, "visits_change", 0.35 },
  goal.below { mine, "reports_per_1000_change", -0.50 },
  goal.above { mine, "clicks_first_week_change", -0.10 },
}
