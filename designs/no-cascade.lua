design "One model for everything" {
  asks = "A teammate proposes one large model that scores every post for every request: no stages, no cache, simply the best scores. What happens at three thousand requests a second, and what would you build instead?",
  covers = { "S04-P3", "S04-C09" },
  seed = 6,
}

chapter "It works in the demo" [[
Six hundred new posts a day. The large model takes 60 microseconds for each pair of reader and post, so a request costs 36 milliseconds of one core, and one more for overhead. In the demo it answers in 40 ms and the lists are the best there are.

At 3,000 requests a second that is 111 cores. With fewer the line grows for ever: there is no slow answer that users could get used to, there is none. A client that gives up after 100 ms shows what is popular instead.

A cascade scores all six hundred with a model so small that it costs half a microsecond, a product of two short vectors, and gives the large model only the best of them. Fifty times 60 microseconds is 3 ms. The plot has the 99th percentile of both against load, on as many cores as you choose.
]]
local servers = slider("cores", 10, { 2, 130, step = 1, scale = "log" })
local n = slider("posts that the large model sees", 600, { 10, 600, step = 10, scale = "log" })
local posts, small_us, large_us = 600, 0.5, 60
local path = { servers = servers, overhead_ms = 1, fetch_ms = 4, deadline_ms = 100, users = 2000000, price = 30 }
local stages = { rows = { posts, n }, us = { small_us, large_us } }
if n >= posts then stages = { rows = { posts }, us = { large_us } } end
local function p99(name, more)
  local table = serve.path_sweep(with(path, with(more, { vary = "rate", values = { 20, 50, 100, 200, 400, 800, 1600, 3200 }, requests = 3000, name = name, as = name })))
  return data.where { table, column = "series", is = name .. " p99", as = name .. ", 99th percentile" }
end
show.line { p99("one model", { rows = { posts }, us = { large_us } }), p99("cascade of 50", { rows = { posts, 50 }, us = { small_us, large_us } }),
  y = "latency_ms", by = "rate", log_x = true, band = false, guide = 100,
  title = "99th percentile against load", x_title = "requests a second", y_title = "latency (ms)",
  see = "each line reaches the deadline where its work equals the cores; the cascade gets there with eight times the load" }

chapter "What the cascade loses" [[
The small model errs: by a standard deviation of one in log-odds, four times what the large one does. Some posts that the large one would have put first never reach it. How many is a matter of how many are handed on, and the plot has it: minutes watched in four weeks against the number handed on, for a large model that is as good as ours and for one that is not.

With ten handed on a seventh of the minutes is gone, since the small model then makes the list and the large one only shuffles it. With fifty it is a fiftieth. From a hundred on nobody would notice.

And look at the poor ranker: its line falls from the beginning. The more posts it may choose from, the more of its choices are mistakes. Handing on more is no free insurance.
]]
local site = { users = 50, posts = posts, mood = 0.6, stale = 0.6, click = 0.5, dwell = 3, report = 20 }
local function depths(name, noise)
  local sweep = simulate.feed_sweep(with(site, { users = 30, noise = noise, candidates_values = { 10, 20, 50, 100, 200, 600 }, name = name, as = name }))
  return data.columns { sweep, columns = { "policy", "candidates", "minutes" }, names = { "series", "candidates", "minutes" }, as = name }
end
show.line { depths("a good large model", 0.25), depths("a poor large model", 1.2), y = "minutes", by = "candidates", log_x = true, band = false,
  title = "What is handed on", x_title = "posts handed to the large model", y_title = "minutes a user in four weeks",
  see = "the upper line is flat from 100 on: what you pay beyond that buys nothing; the lower one only falls" }

chapter "Made beforehand" [[
The other way to answer fast is to have the answer. A list for each user, made anew every few hours by a batch job and looked up in 2 ms. The line at the cores is then for those who find no list.

It is paid for twice. Once in cores that make lists for users who never come: two million lists of 5 ms every six hours are half a core, and every half hour they are six. And once in what the list cannot know. It has no post younger than itself, and it does not know what the user did a minute ago, which is what today's mood shows in.

The plot has the second price. Even a list that was just made loses a seventh, because the mood of today is not in it; at twelve hours of age it loses more than a quarter.
]]
local cached = slider("requests that find a list", 0, { 0, 0.9, unit = "%" })
local refresh = slider("hours until a list is made anew", 12, { 1, 48, scale = "log", step = 1, unit = "hours" })
local ages = simulate.feed_sweep(with(site, { users = 30, noise = 0.25, candidates = 100, cached = 1, list_hours_values = { 0, 1, 3, 6, 12, 24 }, name = "all from lists", as = "lists" }))
local online = simulate.feed_sweep(with(site, { users = 30, noise = 0.25, candidates = 100, list_hours_values = { 0, 1, 3, 6, 12, 24 }, name = "all scored online", as = "online" }))
local function by_age(table, as)
  return data.columns { table, columns = { "policy", "list_hours", "minutes" }, names = { "series", "list_hours", "minutes" }, as = as }
end
show.line { by_age(ages, "lists by age"), by_age(online, "online by age"), y = "minutes", by = "list_hours", band = false,
  title = "What an old list loses", x_title = "mean age of the list (hours)", y_title = "minutes a user in four weeks",
  see = "the gap at zero is the mood that a batch job cannot know; the slope is news growing old" }

chapter "Your system at 3,000 requests a second" [[
Everything together: the cores, what is handed on, the share that finds a list and how often lists are made. A request that finds a list is answered from it; the others wait for a core; whoever waits longer than 100 ms gets what is popular. The feed below is then shown exactly these lists in these shares, for four weeks.

Read the latency off the requests and not off a sum: the 99th percentile of a system that answers some in 2 ms and others in 30 is the percentile of the mixture. With a third looked up, the 99th percentile of all is the 98.5th of the rest.
]]
local report, requests = serve.path(with(path, with(stages, { rate = 3000, cached = cached, refresh_hours = refresh, as = "your system, its requests" })))
local ideal = simulate.feed(with(site, { noise = 0.25, name = "no limits", as = "no limits" }))
local served = with(site, { noise = 0.25, candidates = n >= posts and 0 or n, list_hours = refresh / 2, served = report, beside = ideal, name = "yours", as = "your feed" })
local mine = simulate.feed(served)
show.table { data.columns { report, columns = { "p50_ms", "p99_ms", "service_ms", "utilization", "online", "cached", "fallback", "list_cores", "cost_per_month" } },
  title = "Your system", see = "utilization first: at 1 and beyond everybody who finds no list gets the fallback" }
local _, half = serve.path(with(path, { rows = { posts, 50 }, us = { small_us, large_us }, rate = 3000, cached = 0.5, refresh_hours = refresh, as = "half looked up" }))
local function latencies(of, as) return data.columns { of, columns = { "latency_ms" }, as = as } end
show.ecdf { latencies(requests, "your system"), latencies(half, "a cascade of 50, half looked up"), column = "latency_ms", title = "Latency of each request, on the same cores", x_title = "latency (ms)", y_title = "share of requests answered by then",
  see = "a wall at 100 is a system without cores to spare; the curve with a step is two ways in one: the half that is looked up, then what is scored; read it at 0.99" }
show.table { data.columns { mine, columns = { "minutes", "minutes_change", "visits", "visits_change", "reports_per_1000" },
    names = { "minutes", "change", "visits", "change of visits", "reports per 1,000" } },
  title = "Your feed, against the same model without limits",
  see = "a fallback loses nine tenths of the minutes of its request, so a few percent of fallbacks cost more than a whole stage" }

chapter "Say it in an interview" [[
Begin with the budget: 100 ms at the 99th percentile, of which features take 18 in the tail, and what a core costs. Then the arithmetic: posts × microseconds × requests a second is cores. One model for everything fails in that line, before anybody draws a box.

Then three levers with what each loses: a cascade loses what the first stage cannot see, a cache loses freshness, a fallback loses nearly everything. Say which you would watch: recall of the first stage against the large model on a sample of requests, age of the lists that were served, share of fallbacks.

Then the exercise. $330 a month is eleven cores, lists included. Answer within 50 ms at the 99th percentile and lose less than 9% of the minutes.
]]
local lines = data.where { by_age(ages, "ages"), column = "list_hours", equals = 12, as = "lists of twelve hours" }
local fresh_lines = data.where { by_age(online, "ages online"), column = "list_hours", equals = 12, as = "scored online" }
expect.below { lines, "minutes", 38, because = "a list of twelve hours knows neither mood nor news" }
expect.above { fresh_lines, "minutes", 40, because = "online scoring knows both" }
expect.above { report, "fallback", 0.9, when = n >= posts and servers <= 60 and cached == 0, because = "one model for everything needs 111 cores" }

challenge "$330, 50 ms at p99, and less than 9% of the minutes lost" {
  goal.below { report, "cost_per_month", 330.01 },
  goal.below { report, "p99_ms", 50 },
  goal.above { mine, "minutes_change", -0.09 },
}
