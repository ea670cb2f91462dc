design "What you want right now" {
  asks = "Your feed knows what a user has liked for a year. Should it also know what they did a minute ago? What does each second of delay cost, and what would you pay to have none?",
  covers = { "S04-C04" },
  seed = 9,
}

chapter "Two kinds of features" [[
Some things about a user hardly change: topics liked over a year, language, age of the account. A nightly job computes them, and a value of yesterday is as good as one of now. The same is true of most that is known about a video: length, creator, topic.

Other things are over within the hour. Today this user wants football and nothing else, and says so with the first three swipes. Here a user's taste for a topic differs by one in log-odds from user to user, and by the mood below from one day to the next of the same user.

A session signal that is a minutes old is worth e to the minus a over 20 of what it was. The plot has what that does to the month.
]]
local mood = slider("how much days differ", 0.7, { 0, 1.5, unit = "log-odds", apply = true })
local site = { users = 60, posts = 200, mood = mood, click = 0.5, dwell = 3, report = 20 }
local by_age = simulate.feed_sweep(with(site, { signal_minutes_values = { 0.1, 0.5, 1, 3, 10, 30, 60, 240 }, name = "signals of this age", as = "by age" }))
local static = simulate.feed(with(site, { signal_minutes = 100000, name = "nightly features alone", as = "nightly features alone" }))
local function drawn(table, as) return data.columns { table, columns = { "policy", "signal_minutes", "minutes" }, names = { "series", "signal_minutes", "minutes" }, as = as } end
show.line { drawn(by_age, "signals by age"), y = "minutes", by = "signal_minutes", log_x = true, band = false,
  title = "What a minute of delay costs", x_title = "age of the session signals (minutes)", y_title = "minutes a user in four weeks",
  see = "flat up to a minute, steep from three to sixty, flat again: seconds are soon good enough, an hour is as good as never" }

chapter "What the backtest promised" [[
The backtest joins each request with the signals as of its own time: age zero. It is the left end of the plot. The service reads what the job last wrote, so it stands further to the right, and nobody made a mistake in the model.

That distance is the parity gap. It can be measured before the launch: join the log with what had *arrived* by the time of the request, and not with what had happened. Or log the features that were served, and train on those.

Then choose the window by the feature and not by habit. Seconds for session signals, minutes for counts that many users share, a day for tastes. A window below what the curve asks for is money for nothing.
]]
local delay = slider("age of signals when they are used", 30, { 0.1, 120, scale = "log", unit = "minutes" })
local promised = data.where { by_age, column = "signal_minutes", equals = 0.1, as = "the backtest" }
local mine = simulate.feed(with(site, { signal_minutes = delay, beside = promised, name = "as served", as = "as served" }))
local gained = simulate.feed(with(site, { signal_minutes = delay, beside = static, name = "as served", as = "gain over nightly features" }))
show.table { data.columns { mine, columns = { "minutes", "minutes_change", "visits", "visits_change" }, names = { "minutes", "against the backtest", "visits", "against the backtest, visits" } },
  title = "As served, against the backtest", see = "the change is the parity gap: the model is the same, only its inputs came late" }
show.table { data.columns { gained, columns = { "minutes", "minutes_change", "clicks_change" }, names = { "minutes", "against nightly features", "clicks against nightly features" } },
  title = "As served, against nightly features alone", see = "what the whole pipeline of session signals is worth at this age" }

chapter "What it costs" [[
A stream keeps counters in memory and the request reads them on its way: dearer by a fraction of a millisecond, and by the machines that run the stream. The shorter the window, the more of both. Here a request costs 0.3 milliseconds for each halving of the age below two hours, on top of 4.

A thousand requests a second, $30 for a core, and cores that may be busy four fifths of their time. Find the age at which the next halving is no longer worth its cores.

Then the exercise. Session signals can win a quarter more minutes than nightly features alone. Win a sixth, on six cores, with an answer within 45 ms at the 99th percentile.
]]
local halvings = math.max(0, math.log(120 / delay) / math.log(2))
local cores = slider("cores", 5, { 4, 12, step = 1 })
local served = serve.path { rows = { 200 }, us = { 20 }, rate = 1000, servers = cores, overhead_ms = 0.3 * halvings, fetch_ms = 4, deadline_ms = 200, as = "served, its requests" }
show.table { data.columns { served, columns = { "service_ms", "utilization", "p50_ms", "p99_ms", "cost_per_month" } },
  title = "The service", see = "utilization moves with the age of the signals; p99 moves with utilization, slowly and then at once" }

local as_told = mood == 0.7
local fresh = data.where { by_age, column = "signal_minutes", equals = 0.1, as = "signals of six seconds" }
local old = data.where { by_age, column = "signal_minutes", equals = 240, as = "signals of four hours" }
expect.above { fresh, "minutes", 32, when = as_told, because = "today's mood is known" }
expect.below { old, "minutes", 29, when = as_told, because = "today's mood is over" }

challenge "A sixth more minutes, 45 ms, six cores" {
  goal.above { gained, "minutes_change", 0.165 },
  goal.below { served, "p99_ms", 45 },
  goal.below { served, "cost_per_month", 180.01 },
}
