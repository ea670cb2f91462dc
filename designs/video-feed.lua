design "A video feed, from the candidates to the month" {
  asks = "Design the home feed of a video site. You have a latency budget, a monthly bill and an owner who asks for long-term value. Which funnel, which scorer, which weights, what is made beforehand, and how do you know that it was right?",
  covers = { "S04-W" },
  seed = 12,
}

chapter "Clarify first" [[
Before any box: what is it for, what may it cost, who is it for?

What for. Minutes today and visits in a month are different goals, and the feed that wins one can lose the other. Here the owner wants both: more visits in four weeks, and no fewer minutes.

What it may cost. 2,000 requests a second, 30 ms at the 99th percentile until the list is there, 100 ms until the client gives up, $30 for a core in a month.

For whom. Two million users. Some are logged out or new; they get what is popular, which is also the fallback of everybody else. Privacy in a sentence: we keep what was watched as discrete signals with a date of deletion, aggregate what goes into candidates of others, and put neither names nor locations into features.
]]
local posts, users = 600, 50
local site = { users = users, posts = posts, mood = 0.6, stale = 0.6 }
local path = { rate = 2000, fetch_ms = 4, deadline_ms = 100, users = 2000000, price = 30 }

chapter "Candidates" [[
Which sources know what a user may like? Three hundred users and two hundred channels, with most follows known and three in ten held back. Each source is asked for its best; the plot has how many of the held back ones are among the first n. How far luck lets anybody come is drawn in “Where candidates come from”.

Popularity needs nothing but counts and serves whoever is logged out. Item-kNN says: who follows this also follows that. ALS writes users and channels as a few numbers. In turns they beat each of them once enough are handed on, since they err in different ways.

Have ratings of your own? Give them in place of the two tables: `run video-feed --input known=FILE --input held=FILE`, columns user and item.
]]
local joins, kept_back = simulate.subscriptions { users = 300, communities = 200, taste = 5, popularity = 1, joins = 12, as = "all follows, held back, chances" }
local known = source("known", joins, { "user", "item" })
local held = source("held", kept_back, { "user", "item" })
local _, depths = recommend.sources { known, held, methods = { "popularity", "item-knn", "als" }, factors = 8, as = "sources, recall by depth" }
show.line { depths, y = "recall", by = "depth", log_x = true, band = false, title = "What each source still holds after n candidates", x_title = "candidates handed on", y_title = "recall",
  see = "the merged line loses to ALS where few are handed on and wins where many are; read it at your number" }

chapter "The scorer, and what it costs" [[
Three rankers learned the same. The linear one takes 2 microseconds for a pair and errs by 0.9 in log-odds; trees take 12 and err by 0.5; the network takes 60 and errs by 0.25. A first stage of half a microsecond picks what they see.

Here are nine funnels: each ranker with 20, 60 or 150 candidates, all at 2,000 requests a second, on as many cores as keep them at four fifths of their time. To the right: dollars a month. Up: minutes watched in four weeks. The front is what nobody beats in both.

One thing surprises most people. For the same money a better model on fewer candidates beats a worse one on more, until the candidates are too few to choose from. And the linear ranker gets worse the more it sees: the best of many guesses is the one most overrated.
]]
local rankers = { linear = { us = 2, noise = 0.9 }, trees = { us = 12, noise = 0.5 }, network = { us = 60, noise = 0.25 } }
local weights = { click = 0.5, dwell = 3, report = 20 }
local function funnel(ranker, n, cores, more)
  return serve.path(with(path, with({ rows = { posts, n }, us = { 0.5, rankers[ranker].us }, servers = cores, overhead_ms = 1 }, more)))
end
local nine = {}
for _, name in ipairs { "linear", "trees", "network" } do
  for _, n in ipairs { 20, 60, 150 } do
    local service_ms = 1 + posts * 0.0005 + n * rankers[name].us / 1000
    local cores = math.ceil(2000 * service_ms / 1000 / 0.8)
    local report = funnel(name, n, cores, { requests = 4000, as = name .. " " .. n .. " served" })
    nine[#nine + 1] = simulate.feed(with(site, with(weights, { users = 30, noise = rankers[name].noise, candidates = n, served = report, name = name .. ", " .. n, as = name .. " " .. n })))
  end
end
nine.as = "nine funnels"
local all, front = measure.pareto { data.stack(nine), columns = { "cost_per_month", "minutes" }, better = { "low", "high" }, as = "nine funnels, their front" }
show.scatter { all, x = "cost_per_month", y = "minutes", by = "front", title = "Nine funnels", x_title = "dollars a month", y_title = "minutes a user in four weeks",
  see = "the front bends: from 210 to 390 dollars it gains two minutes, from there to 780 a third of one" }
show.table { data.columns { front, columns = { "policy", "cost_per_month", "p99_ms", "minutes", "visits" }, names = { "ranker, candidates", "dollars a month", "p99 (ms)", "minutes", "visits" } },
  title = "The front, from the cheapest", see = "the cheapest funnel is on the front by being cheap; walk down until a row is not worth its dollars" }

chapter "Your system" [[
Now all of it. The ranker, what it sees and on how many cores; the share of requests that find a list made beforehand, and how often those are made; how old the signals of a session are when they arrive; what a minute, a report and a creator's second video are worth, in clicks.

Signals first. What a user feels like today shows in the last few minutes. A stream brings it within ten seconds and makes each request half a millisecond dearer; micro-batches bring it after ten minutes and half of it is gone; an hourly job brings it when it is over. A list made beforehand knows none of it.

The site today: linear, 300 candidates, clicks alone, hourly signals, no lists. The changes in the last table are against it.
]]
local ranker = choice("ranker", "linear", { "linear", "trees", "network" })
local n = slider("candidates", 300, { 10, 400, step = 10, scale = "log" })
local cores = slider("cores", 8, { 2, 40, step = 1, scale = "log" })
local signals = choice("signals of the session", "hourly job", { "hourly job", "micro-batches", "stream" })
local cached = slider("requests that find a list", 0, { 0, 0.9, unit = "%" })
local refresh = slider("hours until a list is made anew", 12, { 1, 48, scale = "log", step = 1, unit = "hours" })
local dwell = slider("a minute watched is worth", 0, { 0, 12, unit = "clicks" })
local report = slider("a report costs", 0, { 0, 120, step = 1, unit = "clicks" })
local diversity = slider("a creator's second video costs", 0, { 0, 0.6, unit = "clicks" })
local minutes_old = ({ ["hourly job"] = 60, ["micro-batches"] = 10, stream = 0.17 })[signals]
local overhead = signals == "stream" and 1.5 or 1
local served, requests = funnel(ranker, n, cores, { overhead_ms = overhead, cached = cached, refresh_hours = refresh, as = "your system, its requests" })
local today_served = funnel("linear", 300, 6, { as = "today's system" })
local today, today_days = simulate.feed(with(site, { noise = 0.9, candidates = 300, signal_minutes = 60, served = today_served, name = "today", as = "today, its days" }))
local mine, days = simulate.feed(with(site, { noise = rankers[ranker].noise, candidates = n, signal_minutes = minutes_old, list_hours = refresh / 2,
  dwell = dwell, report = report, diversity = diversity, served = served, beside = today, name = "yours", as = "your feed, its days" }))
show.table { data.columns { served, columns = { "p50_ms", "p99_ms", "p99_low_ms", "p99_high_ms", "utilization", "cached", "fallback", "list_cores", "cost_per_month" } },
  title = "Your system", see = "p99 with its interval, from simulated requests end to end; cost holds the cores that make lists" }
show.line { today_days, days, y = "visits", by = "day", band = false, title = "Users who come", x_title = "day", y_title = "share of users",
  see = "a month is not yet the end: a line that still falls on the last day will cost the next month too" }
show.table { data.columns { mine, columns = { "visits", "visits_change", "minutes", "minutes_change", "reports_per_1000", "reports_per_1000_change", "clicks_first_week_change" },
    names = { "visits", "change", "minutes", "change of minutes", "reports per 1,000", "change of reports", "change of first week's clicks" } },
  title = "Your month, against the site today",
  see = "weights move visits and reports, the funnel moves minutes, and waiting eats a little of both" }

chapter "How you would know" [[
None of these truths is on a dashboard. What you log: every list with place, what came on screen, the probability with which it was chosen, scores, weights and version; clicks, minutes, reports, joined by the id of the list. A hundredth of the requests is ranked at random among the candidates. They are what another policy can be judged from later.

What you watch: the 99th percentile and the share of fallbacks by the minute; age of lists and of signals; calibration of each predicted outcome by day; recall of the first stage against the network on sampled requests; visits and reports as guardrails of every experiment, and a holdout that keeps today's feed for a quarter.

One deep network for all six hundred videos would win a little offline and cost 74 cores. The cascade is the trade that you name aloud. With more time: propensities into training, a cold start for new creators by content, and exploration that is paid out of a budget.

Then the exercise, against a site that has ranked by clicks alone: 55% more visits, five times the minutes, reports cut by 55%, within 30 ms at the 99th percentile and $260 a month.
]]
local als = data.where { depths, column = "series", is = "als", as = "ALS" }
local as_told = ranker == "linear" and n == 300 and cores == 8 and signals == "hourly job" and cached == 0 and dwell == 0 and report == 0 and diversity == 0
expect.between { mine, "visits_change", { -0.1, 0.1 }, when = as_told, because = "your feed begins as the site is today" }
expect.above { als, "recall", 0, because = "every source finds something" }

challenge "55% more visits, five times the minutes, 55% fewer reports, 30 ms at p99, $260 a month" {
  goal.above { mine, "visits_change", 0.55 },
  goal.above { mine, "minutes_change", 4 },
  goal.below { mine, "reports_per_1000_change", -0.55 },
  goal.below { served, "p99_ms", 30 },
  goal.below { served, "cost_per_month", 260.01 },
}
