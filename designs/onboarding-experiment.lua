design "Improve onboarding: from hypothesis to verdict" {
  asks = "Personalized onboarding shall raise activation. How do you define it, how many newcomers do you need, how do you deal the arms, what must not get worse, and when do you stop?",
  covers = { "S13-W", "S13-C01", "S13-C03", "S13-C05", "S13-C07", "S13-C10" },
  seed = 5,
}

chapter "Thirty seconds of questions" [[
Before any formula: what is activation, which platforms and sources take part, what may not get worse, and which gain would change the decision? Here the answers are: a newcomer is activated who joined a community and voted or commented within seven days of landing; everybody who lands takes part; abuse reports and latency may not rise beyond a named amount; two points of activation are worth shipping.

The hypothesis is one sentence: suggesting communities from what a visitor read before signing up raises activation. A stronger push suggests more, and bolder. It activates more people and brings more of those whom others report.
]]
local push = slider("how hard suggestions are pushed", 1.0, { 0, 2 })
local users = slider("newcomers in the experiment", 12000, { 2000, 40000, scale = "log", step = 500 })
local share = slider("share in treatment", 0.5, { 0.05, 0.5, unit = "%" })
local gain, abuse, wait = 0.035 * push - 0.006 * push * push, 0.004 * push * push, 15 * push
local dealing = choice("how arms are dealt", "blocked", { "hash", "blocked" })
local log = source("newcomers", simulate.onboarding { users = users, share = share, dealing = dealing, effect = gain, where = "joined",
  abuse_effect = abuse, added_ms = wait, latency_cost = 0.005, segment_spread = 1.5, prior_correlation = 0.8,
  columns = { "day", "platform", "country", "source", "prior_activity", "stages", "sessions", "messages", "abuse", "latency_ms" } },
  { "arm", "activated", "prior_activity", "abuse", "latency_ms" })
show.funnel { measure.funnel { log }, stage = "stage", count = "users", by = "arm", truth = "truth",
  title = "Newcomers by stage and arm", x_title = "newcomers", y_title = "stage",
  see = "the treatment works where a community is joined; the stages before it are alike in both arms, as they should be" }

chapter "How many, before the start" [[
A quarter of newcomers activate. Two-sided at 5% with 80% power, each arm needs (1.96 + 0.84)² · 2 · 0.25 · 0.75 / d², a little more with the larger variance of the treated: about 7,500 users for two points, and four times that for one. This is where the trade-off is said aloud: with a low baseline, either wait longer, or agree that only a larger gain counts, or test where the effect should be large.

A formula is a promise. Here the planned experiment is rehearsed: a gain of two points, 150 times, with the analysis that will be used. Claimed is the share of rehearsals that found it.
]]
local planned = slider("newcomers planned, both arms", 6000, { 2000, 20000, scale = "log", step = 500, apply = true })
local rehearsed = scenario.replicate { n = 150, body = function()
  return experiment.compare { simulate.onboarding { users = planned, effect = 0.02, columns = { "prior_activity" } }, outcome = "activated", as = "a gain of two points" }
end, as = "rehearsals, all rehearsals" }
show.table { data.columns { rehearsed, columns = { "series", "effect", "claimed", "claimed_low", "claimed_high", "ci_width", "exaggeration" }, names = { "plan", "mean effect", "claimed", "low", "high", "interval", "exaggeration" } },
  title = "150 rehearsals of the planned experiment",
  see = "at 3,000 users in each arm the gain is found less than every second time, and when it is found it looks larger than it is" }

chapter "Deal, and check the deal" [[
The arm is a function of a salt and the user's id: the same on every server, and in next month's analysis. Dealing in blocks of platform, country and source gives each block its planned share to one user.

Then count. If the arms' sizes differ from the plan by more than luck (p below 0.001), something loses users in one arm, and no verdict is read until it is found. Try the lost log lines below: three in a hundred are enough.
]]
local lost = slider("log lines lost in treatment", 0, { 0, 0.2, unit = "%" })
local logged = simulate.onboarding { users = users, share = share, dealing = dealing, effect = gain, where = "joined", lost_treatment = lost, columns = { "platform" }, as = "what was logged" }
local sizes = experiment.srm { logged, weights = { 1 - share, share }, as = "sizes" }
show.table { sizes, title = "Sizes of the arms against the plan",
  see = "blocked is 1 where the sizes cannot be luck; then the difference in outcomes means nothing either" }

chapter "The verdict that was written down" [[
One primary metric, one test, one adjustment, named before the start: activation, two-sided at 5%, regression on what was known before assignment. The plain test stands beside it, and so does the truth.

The adjusted interval is the shorter one, for free. Where both disagree about the verdict, the one that was written down counts. That is the point of writing it down.
]]
local verdict = experiment.compare { log, outcome = "activated", methods = { "plain", "regression" }, covariates = { "prior_activity", "platform", "country", "source" }, weights = { 1 - share, share }, as = "verdict" }
show.table { data.columns { verdict, columns = { "method", "effect", "ci_low", "ci_high", "p", "true_effect", "variance_reduction" }, names = { "analysis", "effect", "low", "high", "p", "truth", "noise removed" } },
  title = "Activation within seven days",
  see = "the second row says the same with less noise; the truth is the gain less what the added latency costs" }

chapter "What must not get worse" [[
Guardrails have thresholds in the units of the harm, set before the start: 0.012 abuse reports more a newcomer, 40 milliseconds more. They are not tests of zero. "No significant change in abuse" from a small experiment says nothing; safe means that the whole interval of the change lies below the threshold.

There are three answers. Past the threshold: roll back, whatever p says. Shown to be safe: go on. Undecided: more users, or a smaller step.
]]
local function rail(column, name)
  return data.columns { experiment.compare { log, outcome = column }, columns = { "control", "effect", "ci_low", "ci_high", "true_effect" },
    names = { "control", "change", "low", "high", "truth" }, as = name }
end
local reports, waits = rail("abuse", "abuse"), rail("latency_ms", "latency")
show.table { reports, title = "Abuse reports a newcomer: at most 0.012 more",
  see = "abuse is rare, so its interval is wide: as long as `high` is above 0.012 nothing is shown to be safe" }
show.table { waits, title = "Latency: at most 40 ms more",
  see = "the whole interval lies below 40 ms: shown to be safe, although the change is plain and real" }

local adjusted = data.where { verdict, column = "method", is = "regression (Lin)", as = "adjusted" }
expect.above { verdict, "true_effect", 0.015, when = push == 1, because = "the push works" }
expect.below { sizes, "blocked", 0.5, when = lost == 0, because = "nothing was lost" }
expect.above { sizes, "blocked", 0.5, when = lost >= 0.1 and users >= 12000 and share >= 0.3, because = "a tenth of an arm cannot vanish by luck" }
expect.between { rehearsed, "claimed", { 0.3, 0.62 }, when = planned == 6000, because = "3,000 in each arm have less than half the power for two points" }
expect.between { verdict, "covers_truth", { 0.5, 1 }, when = push == 1, because = "the interval holds the truth" }

challenge "Show a gain of at least half a point, and show abuse to be safe, with at most 30,000 newcomers" {
  goal.above { adjusted, "ci_low", 0.005 },
  goal.below { reports, "high", 0.012 },
  goal.below { experiment.srm { log, as = "an arm" }, "units", 15001 },
}
