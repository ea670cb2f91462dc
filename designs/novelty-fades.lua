design "The effect that fades" {
  asks = "The new home for newcomers lifts daily activity by six points in the first week. Finance wants to book six points for the year. What do you say?",
  covers = { "S13-C01" },
  seed = 41,
}

chapter "A new thing is new once" [[
Put something new on a screen and people touch it. Some of that is value, and stays. Some is curiosity, and goes: its half-life is a few days. A test that runs for a week measures mostly curiosity.

Count days from each user's own exposure, not from the launch. By calendar date old and new users mix, the fresh ones keep the average up, and the decay hides for as long as people keep arriving.
]]
local effect = slider("effect on the first day", 0.08, { -0.05, 0.12, unit = "%" })
local lasting = slider("share that lasts", 0.25, { 0, 1.5 })
local half = slider("half-life of the rest", 4, { 1, 20, scale = "log", unit = "days" })
local users = slider("newcomers", 1600, { 500, 4000, scale = "log", step = 100, apply = true })
local panel = source("daily activity", simulate.onboarding_activity { users = users, followed_days = 28, effect = effect, lasting = lasting, half_life_days = half },
  { "user_id", "arm", "day_since", "week", "active" })
local treated, control = data.where { panel, column = "arm", is = "treatment", as = "treatment" }, data.where { panel, column = "arm", is = "control", as = "control" }
show.line { treated, control, y = "active", by = "day_since",
  title = "Share of newcomers active, by day since exposure", x_title = "days since exposure", y_title = "share active",
  see = "both arms fall, as all newcomers' activity does; what matters is the gap, wide at first and then narrow" }
show.line { panel, y = "active_effect", by = "day_since", band = false, guide = 0, y_from_zero = true,
  title = "The true effect by day since exposure", x_title = "days since exposure", y_title = "true difference in the share active",
  see = "it falls by half of what will go in every half-life, down to the part that lasts; the first week is not the year" }

chapter "Two readings of one test" [[
Here is the test as a dashboard shows it after a week, and the same users in their fourth week. Each user gives seven rows a week, and those rows know each other: somebody active on Monday tends to be active on Tuesday. So the errors are counted by user. Count rows instead and the interval shrinks by a quarter or more, for no reason at all.

The first week's interval is correct for the question it answers. It is the question that is wrong.
]]
local function week(k)
  return data.where { panel, column = "week", equals = k - 1, as = "week " .. k }
end
local function reading(rows, name)
  return data.columns { experiment.compare { rows, outcome = "active", methods = { "plain", "clustered" }, cluster = "user_id" },
    columns = { "method", "effect", "ci_low", "ci_high", "p", "true_effect" }, names = { "errors", "effect", "low", "high", "p", "truth" }, as = name }
end
local first, last = reading(week(1), "first week"), reading(week(4), "fourth week")
show.table { first, title = "The first seven days", see = "a clear gain, whichever way the errors are counted" }
show.table { last, title = "Days 21 to 27 of the same users", see = "what is left is the part that lasts; compare the truth with that of the first week" }

chapter "What to do about it" [[
Three habits. Fix the window so that it ends after the novelty: for a daily habit that is weeks, not days. Read the effect by day since exposure and look whether it has settled, and report the settled part. Keep a small holdout for a quarter and book only what the holdout still shows.

The mirror image exists too. Set the share that lasts above one: people have to learn the new thing, the effect grows, and a short test would have killed something good. It has a name in both directions, novelty and primacy, and the same plots show either.
]]
local second, third = reading(week(2), "second week"), reading(week(3), "third week")
show.table { second, title = "The second week", see = "already much less than the first" }
show.table { third, title = "The third week", see = "the truth is close to that of the fourth week: the effect has settled, and the settled part is the number to report" }

expect.above { first, "truth", 0.03, when = effect == 0.08 and lasting == 0.25 and half == 4, because = "the first week is mostly novelty" }
expect.below { last, "truth", 0.025, when = effect == 0.08 and lasting == 0.25 and half == 4, because = "four weeks later only the lasting part is left" }
expect.above { first, "low", 0, when = effect == 0.08 and lasting == 0.25 and half == 4 and users >= 1600, because = "a week's test calls it a win" }

challenge "Find an effect whose fourth week is worth more than its first, with an interval above zero there" {
  goal.above { last, "low", 0 },
  goal.below { first, "truth", 0.02 },
}
