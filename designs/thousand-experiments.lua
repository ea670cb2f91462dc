design "The same experiment a thousand times" {
  asks = "Your experiment says plus 2.1 points, p = 0.03. How often would an experiment like this one find the effect, how often would it claim one that is not there, and how far off is the number it reports?",
  covers = { "S13-C10", "S13-C03" },
  seed = 13,
}

chapter "One experiment" [[
Newcomers are dealt into two arms. The new onboarding adds a few points of activation, and here we know how many, because we built the world. An analyst sees one log, one estimate and one interval.

The interval says 95%. That is a promise about a procedure, not about this interval: of all the experiments that one could run this way, 95 in 100 should cover the truth. Nobody can check the promise in real life, since nobody runs the same experiment twice.
]]
local effect = slider("true effect", 0.04, { 0, 0.08, unit = "%", apply = true })
local users = slider("newcomers in the experiment", 2000, { 500, 12000, scale = "log", step = 100, apply = true })
local known = slider("how well the past tells the future", 0.8, { 0, 0.95, apply = true })
local function world(...)
  return simulate.onboarding { users = users, effect = effect, sessions_effect = 4 * effect, prior_correlation = known,
    columns = { "prior_activity", ... }, as = "newcomers" }
end
local log = source("newcomers", world(), { "arm", "activated", "prior_activity" })
local function rows(table, what, who)
  return data.columns { table, columns = { "method", "effect", "ci_low", "ci_high", "p", "true_effect" },
    names = { "analysis", what, "low", "high", "p", "truth" }, as = who }
end
show.table { rows(experiment.compare { log, outcome = "activated", methods = { "plain", "cuped" }, covariates = { "prior_activity" } }, "effect on activation", "one experiment"),
  title = "One experiment: activation within seven days",
  see = "the truth is in the last column; whether this interval holds it is luck, and you only get one draw" }

chapter "The thousand" [[
So run it a thousand times. Each time other people land, the arms are dealt anew, and the same analysis is made. Nothing else differs.

Three columns answer the three questions. Claimed is the share of experiments with p below 0.05: with an effect that is the power, without one it is the rate of false alarms. Coverage is the share of intervals that hold the truth. Exaggeration compares the claimed effects with the true ones: with little power only lucky draws reach significance, so what gets reported is too large. At four points and 2,000 newcomers the test finds the effect about every second time, and what it then reports is a third too high.

Take the true effect to zero and claimed falls to about 5%: the promise kept.
]]
local summary, runs = scenario.replicate { n = 1000, body = function()
  local one = world()
  return experiment.compare { one, outcome = "activated", as = "plain test" },
    experiment.compare { one, outcome = "activated", methods = { "cuped" }, covariates = { "prior_activity" }, as = "with CUPED" }
end, as = "activation, all runs" }
show.table { data.columns { summary, columns = { "series", "effect", "true_effect", "coverage", "claimed", "claimed_low", "claimed_high", "exaggeration" } },
  title = "A thousand experiments on activation",
  see = "coverage stands at 95% for both analyses; claimed is the power, with the interval that a thousand repetitions leave" }
show.line { diagnose.histogram { runs, column = "effect", by = "series", bins = 30 }, y = "y", by = "x", band = false,
  title = "What a thousand experiments would have reported", x_title = "estimated effect on activation", y_title = "share of experiments",
  see = "both humps stand over the truth: no analysis is biased, and most of the width is luck of who landed where" }

chapter "Less noise for nothing" [[
CUPED subtracts what was known before the arms were dealt. A visitor who came twelve times last month would have come back anyway, so take that part out of the outcome and compare what is left.

For a yes-or-no outcome the past explains little, so little is won: a few percent of the width. For sessions, a count that the past foretells well, it is worth as much as half as many users again. The estimate stays unbiased either way, because the covariate was fixed before anybody was treated. A covariate measured after the start would not have that right.
]]
local counts, count_runs = scenario.replicate { n = 200, body = function()
  local one = world("sessions")
  return experiment.compare { one, outcome = "sessions", as = "plain test" },
    experiment.compare { one, outcome = "sessions", methods = { "cuped" }, covariates = { "prior_activity" }, as = "with CUPED" }
end, as = "sessions, session runs" }
show.table { data.columns { counts, columns = { "series", "effect", "true_effect", "sd", "ci_width", "coverage", "claimed" } },
  title = "Two hundred experiments on sessions",
  see = "sd is the noise of the estimate; the coverage of the narrower interval is no worse" }
show.line { diagnose.histogram { count_runs, column = "effect", by = "series", bins = 24 }, y = "y", by = "x", band = false,
  title = "Estimated effect on sessions, with and without CUPED", x_title = "estimated effect (sessions a user)", y_title = "share of experiments",
  see = "the same centre, and the narrower hump is the one that used the past" }

local plain = data.where { summary, column = "series", is = "plain test", as = "plain test" }
local cuped = data.where { counts, column = "series", is = "with CUPED", as = "CUPED on sessions" }
local without = data.where { counts, column = "series", is = "plain test", as = "plain test on sessions" }
local claims = data.where { summary, column = "series", is = "with CUPED", as = "CUPED on activation" }
expect.between { plain, "coverage", { 0.925, 0.975 }, because = "an interval of 95% covers the truth in 95 of 100 experiments" }
expect.between { cuped, "coverage", { 0.915, 0.98 }, because = "taking out the past costs no coverage" }
expect.between { plain, "bias", { -0.003, 0.003 }, because = "a randomized difference is unbiased" }
expect.between { plain, "claimed", { 0.03, 0.075 }, when = effect == 0, because = "without an effect one test in twenty is a false alarm" }
expect.above { plain, "exaggeration", 1.12, when = effect == 0.04 and users == 2000, because = "with half the power only lucky draws are claimed" }

challenge "Find four points in more than nine of ten experiments, with at most 5,400 newcomers" {
  goal.above { claims, "claimed", 0.905 },
  goal.below { claims, "true_effect", 0.0402 },
  goal.below { experiment.srm { log, as = "an arm" }, "units", 2701 },
}
