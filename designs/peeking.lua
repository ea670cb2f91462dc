design "Significant on Tuesday: what looking early costs" {
  asks = "The dashboard says p = 0.03 on day six of a twenty-day test. The product manager wants to ship. May you stop, and what should you have agreed on before the first user?",
  covers = { "S13-C04", "S14-C11" },
  seed = 4,
}

chapter "One test, watched every morning" [[
Two hundred new people join each arm every day. One in five activates. The new onboarding does nothing at all: in this first plot both arms are the same, and we know it because we built the site.

Each morning somebody computes z, the difference over its standard error. Beyond 1.96 the dashboard turns green. Test number 27 turns green on day ten, with a lift of three points, and stays so for two days. On that day somebody writes to the whole company. On day twenty its z is 0.6. Move the knob and look at others: most never leave the corridor, and about a quarter do.
]]
local days = 20
local which = slider("test number", 27, { 0, 40, step = 1 })
local path, verdicts = experiment.sequential { users_per_day = 200, days = days, looks = 20, lift = 0, replicate = which,
  rules = { "naive", "obrien-fleming" }, as = "z by day, verdicts" }
show.line { path, y = "z", by = "day", guide = 0,
  title = "One test in which nothing works", x_title = "day", y_title = "z = difference / standard error",
  see = "the path wanders like any sum of noise; the flat bound is what a dashboard uses, the falling one was made for being looked at twenty times" }
show.table { verdicts, title = "What each rule says of it",
  see = "day is when the rule stops: twenty where it never does. The estimate of a test that stopped early is the one that made it stop" }

chapter "A thousand tests of nothing" [[
One test proves little, so run a thousand, all with a true lift of zero. A single look at the end is wrong 5% of the time, as promised. The promise was made for one look.

Twenty looks at the same 5% are wrong in about a quarter of the tests. The ink lines are not simulated: they come from an integral over everything that has not stopped yet, worked out in 1969. The simulation falls on them. With five looks the answer is 14.2%, with ten it is 19.3%, and it never stops growing.

Nothing here is fraud. Each look is an honest test. Stopping at the first good one is what breaks it.
]]
local looks_text = choice("looks, evenly spaced", "20", { "1", "2", "4", "5", "10", "20", apply = true })
local looks = ({ ["1"] = 1, ["2"] = 2, ["4"] = 4, ["5"] = 5, ["10"] = 10, ["20"] = 20 })[looks_text]
local nothing, errors = experiment.peeking { lift = 0, days = days, looks = looks,
  rules = { "naive", "pocock", "obrien-fleming" }, as = "tests of nothing, errors" }
show.line { nothing, y = "stopped", by = "day", band = false, guide = 0.05,
  title = "Tests of nothing that have been called a success or a failure", x_title = "day", y_title = "share of tests stopped so far",
  see = "the naive line passes 5% on the second look and climbs; the two designed rules end at 5%, by different roads" }

chapter "Rules that know they will be used often" [[
A rule is a bound on |z| for each look. Choose the bounds so that all looks together are wrong 5% of the time, and look as planned.

Pocock uses one bound for all looks. It is generous early and strict at the end: a z of 2.2 on the last day, good enough for anybody who had not looked, is not enough. O'Brien and Fleming ask for the impossible in the first days and almost nothing extra at the end. Spending functions do the same when looks come at odd times. The always-valid rule does not ask how often you look: it holds for a look after every single user, for ever, and that insurance has a premium. Bonferroni divides 5% by the looks and wastes much of it, because yesterday's z and today's are nearly the same number.

Being Bayesian does not help by itself. With a wide prior, stopping when the posterior passes 97.5% is the dashboard again.
]]
local prior = slider("width of the Bayesian prior", 3, { 0.3, 30, scale = "log", unit = "standard errors" })
local every = { "naive", "bonferroni", "pocock", "obrien-fleming", "ld-obf", "always-valid", "bayesian" }
local bounds = experiment.boundaries { looks = looks, prior = prior,
  rules = { "naive", "pocock", "obrien-fleming", "always-valid" }, as = "bounds" }
show.line { bounds, y = "z", by = "share", band = false,
  title = "How far z must be from 0", x_title = "share of the planned users", y_title = "bound of |z|",
  see = "area is what you pay: a bound that is low at the left must be high at the right" }
local _, bill = experiment.peeking { lift = 0, days = days, looks = looks, prior = prior, rules = every, as = "paths, tests of nothing by rule" }
show.table { bill, title = "A thousand tests of nothing, by rule",
  see = "called is measured, by_integration is what it must be; only naive peeking and the Bayesian rule with a wide prior break their promise" }

chapter "When it does work" [[
Now let the new flow lift activation by 2.5 points, which a single look on day twenty would find four times in five. Stopping early is worth real days: other tests wait for the traffic, and users of the worse arm wait too.

Read the table as a bill. Pocock ends soonest, after fourteen days of twenty, and finds 63 in a hundred where the fixed test finds 78. O'Brien-Fleming gives up two of those 78 and still saves almost five days. Always valid finds fewer than half within the twenty days: that is the premium, and it buys looks at any time and the right to go on after day twenty.

Then the last column. A test stops early because its estimate is large, so estimates of winners are too large, and most where stopping is easiest. Ship it, but do not put that number into next year's plan.
]]
local lift = slider("true lift", 0.025, { 0.005, 0.06, unit = "%" })
local working, benefit = experiment.peeking { lift = lift, days = days, looks = looks, prior = prior,
  rules = { "fixed", "pocock", "obrien-fleming", "always-valid" }, as = "tests that work, benefit" }
show.line { working, y = "stopped", by = "day", band = false,
  title = "Tests of a real lift that have stopped", x_title = "day", y_title = "share of tests stopped so far",
  see = "Pocock rises first and ends lowest; the fixed test decides everything on the last day" }
show.table { benefit, title = "The bill, with a lift that is real",
  see = "days is the mean length, won the power; times_the_truth is how much too large the winners' estimates are" }

chapter "What to write down first" [[
Four lines, before the first user is assigned. The metric and its direction. The number of users, from baseline, effect and attrition. The looks and the rule. What happens to guardrails, which have absolute thresholds of their own and stop a test for harm on any day without asking this page.

Several metrics are a second kind of peeking. Two metrics at 5% each are wrong in up to one test of ten; name one as primary, and share the 5% among them if you cannot.

Then the exercise. Choose a rule and a number of looks for the site: wrong in at most 5% of tests of nothing, and with a lift of 2.5 points found three times in four, in less than fifteen and a half days on average.
]]
local rule = choice("your rule", "naive", { "naive", "fixed", "bonferroni", "pocock", "obrien-fleming", "ld-obf", "always-valid", "bayesian" })
local _, null = experiment.peeking { lift = 0, days = days, looks = looks, prior = prior, rules = { rule }, as = "null, your rule without an effect" }
local _, real = experiment.peeking { lift = 0.025, days = days, looks = looks, prior = prior, rules = { rule }, as = "real, your rule with 2.5 points" }
show.table { null, title = "Your rule, nothing works", see = "by_integration must not exceed 5%" }
show.table { real, title = "Your rule, a lift of 2.5 points", see = "days is what you save, won is what it costs" }

local naive = data.where { errors, column = "rule", is = "naive peeking", as = "naive peeking" }
local pocock = data.where { errors, column = "rule", is = "Pocock", as = "Pocock" }
local careful = data.where { errors, column = "rule", is = "O'Brien-Fleming", as = "O'Brien-Fleming" }
local fleming = data.where { benefit, column = "rule", is = "O'Brien-Fleming", as = "O'Brien-Fleming, real lift" }
expect.between { naive, "called", { 0.20, 0.30 }, when = looks == 20, because = "twenty looks at 5% are wrong in a quarter of the tests" }
expect.between { naive, "by_integration", { 0.141, 0.143 }, when = looks == 5, because = "the table of 1969 says 14.2%" }
expect.between { pocock, "called", { 0.028, 0.075 }, because = "Pocock's bound keeps 5% over all looks" }
expect.between { careful, "called", { 0.028, 0.075 }, because = "O'Brien and Fleming's bounds keep 5% over all looks" }
expect.below { fleming, "days", 17, when = looks == 20 and lift >= 0.02, because = "a real lift of this size ends the test days early" }
expect.above { fleming, "times_the_truth", 1.02, when = looks == 20 and lift <= 0.03, because = "who stops when it looks good believes in too much" }

challenge "Wrong in at most 5% of tests of nothing; a real lift found 3 times in 4, in less than 15.5 days on average" {
  goal.below { null, "by_integration", 0.0501 },
  goal.below { real, "days_by_integration", 15.5 },
  goal.above { real, "by_integration", 0.75 },
}
