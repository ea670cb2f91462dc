design "How many users? Power, noise and what they cost" {
  asks = "Onboarding activates a quarter of newcomers, and the new flow should lift that by four points. How many users does the experiment need, what could make it smaller without waiting longer, and how do you know that the formula is right?",
  covers = { "S13-C03", "S13-C05" },
  seed = 7,
}

chapter "The price of an effect" [[
Four numbers decide the size of an experiment. The baseline rate says how noisy one user is. The smallest effect worth shipping says how fine you must measure. Alpha says how often you accept a false alarm, power how often you want to find the effect when it is there.

Per arm that makes (z_alpha/2 + z_power)² · (p₁q₁ + p₂q₂) / d². Everything is linear in it except the effect, which is squared. Ask for half the effect and the bill is four times as high. This is the moment to argue, before the start: which effect would change what we do?

Some users never show an outcome. Divide by the share that stays, before rounding up.
]]
local baseline = slider("baseline activation", 0.25, { 0.05, 0.6, unit = "%" })
local effect = slider("smallest effect worth shipping", 0.04, { 0.005, 0.10, scale = "log", unit = "%" })
local power = slider("power wanted", 0.80, { 0.5, 0.99 })
local lost = slider("users whose outcome is never seen", 0, { 0, 0.5, unit = "%" })
local bill = experiment.power { baseline = baseline, effect = effect, power = power, attrition = lost, per_arm = 2000, as = "the bill" }
show.table { bill,
  title = "What this effect costs, and what 2,000 users per arm would have found",
  see = "per_arm is the bill; power and detectable say what an experiment of 2,000 users per arm could do instead" }
show.line { experiment.power { baseline = baseline, effect = effect, power = power, attrition = lost, over = "effect", from = 0.005, to = 0.1, as = "users per arm" },
  y = "per_arm", by = "effect", log_x = true, log_y = true,
  title = "Users per arm against the effect", x_title = "effect, points of activation (0.04 is four)", y_title = "users per arm",
  see = "a straight line of slope -2 on two log axes: half the effect, four times the users" }
show.line { experiment.power { baseline = baseline, effect = effect, power = power, attrition = lost, over = "units", from = 200, to = 20000, as = "power by the formula" },
  y = "power", by = "units", log_x = true, guide = power,
  title = "Power against users", x_title = "users per arm", y_title = "probability of finding the effect",
  see = "the curve is steepest around a coin's toss: below it every user counts, above 90% they hardly do" }

chapter "Does the formula hold?" [[
A formula is a promise about experiments that nobody has run. Here they are run: 200 times the onboarding of fresh users, half of them treated, with a true effect of exactly four points. Each time the plain two-proportion test is asked.

Count how often p falls below 0.05. That share is the power, and no longer an opinion. Then look at the experiments that claimed something. Their average effect is above the true one, because with little power only the lucky ones pass. An underpowered experiment does not only miss; when it hits, it exaggerates.
]]
local users = slider("users in the experiment, both arms", 2400, { 800, 12000, scale = "log", step = 100, apply = true })
local dealing = choice("how arms are dealt", "hash", { "hash", "blocked", apply = true })
local function repeated(n, deal)
  return scenario.replicate { n = 200, body = function()
    local log = simulate.onboarding { users = n, activation = 0.25, effect = 0.04, dealing = deal, prior_correlation = 0.95, segment_spread = 2,
      columns = { "platform", "country", "source", "prior_activity" } }
    return experiment.compare { log, outcome = "activated", as = "plain" },
      experiment.compare { log, outcome = "activated", methods = { "stratified" }, strata = "source", as = "post-stratified by source" },
      experiment.compare { log, outcome = "activated", methods = { "cuped" }, covariates = { "prior_activity" }, as = "CUPED" },
      experiment.compare { log, outcome = "activated", methods = { "regression" }, covariates = { "prior_activity", "platform", "country", "source" }, as = "regression, all covariates" }
  end }
end
local summary, runs = repeated(users, dealing)
local analysis = choice("the planned analysis", "plain", { "plain", "post-stratified by source", "CUPED", "regression, all covariates" })
show.table { summary,
  title = "Two hundred experiments with a true effect of four points, by way of analysis",
  see = "claimed is the power; exaggeration is how much larger than the truth the claimed effects are" }
show.line { experiment.power { baseline = 0.25, effect = 0.04, over = "units", from = 300, to = 6000, as = "power by the formula" },
  y = "power", by = "units", log_x = true,
  title = "What the formula promised for four points at a baseline of 25%", x_title = "users per arm", y_title = "power",
  see = "read it at half of the users above and compare with claimed in the row of the plain test" }

chapter "Noise that you can take out" [[
Some users were always going to activate. What was known of them before the coin was thrown (where they came from, how active they had been) explains part of the outcome, and what is explained is not noise. Taking it out is free.

Blocking deals the arms evenly within every cell of platform, country and source. Then the arms cannot differ in these by luck. But a plain test after blocking does not know that: its interval is as wide as before, and what the blocks have saved it does not claim. Blocking pays when the analysis knows of it, by strata or by regression.

Hashing without blocks and adjusting afterwards gives nearly the same. That is why a large site hashes the user's id with a salt: no table of who got what, the same arm on every server, and the balance is repaired in the analysis.
]]
show.line { diagnose.ecdf { runs, column = "effect", by = "series" }, y = "y", by = "x",
  title = "The estimates of 200 experiments", x_title = "estimated effect, points of activation", y_title = "share of experiments at or below",
  see = "all curves cross one half at the true four points; the steeper one knows more" }
local log = source("newcomers", simulate.onboarding { users = 4000, activation = 0.25, effect = 0.04, prior_correlation = 0.95, segment_spread = 2 }, { "arm", "activated" })
local ways = experiment.compare { log, outcome = "activated", methods = { "plain", "stratified", "cuped", "regression" },
  covariates = { "prior_activity" }, strata = "source", as = "one experiment" }
show.table { ways,
  title = "One experiment of 4,000 users, analysed four ways",
  see = "variance_reduction is the share of the noise that is gone; 20% less noise is worth 25% more users" }

chapter "A deal that everybody can repeat" [[
Assignment is a function: hash(salt, user) to a number in [0, 1), compared with the planned shares. Deal 4,000 users under two salts and the second deal knows nothing of the first. Deal them under the same salt twice and everybody lands where they were, which is what you want from one experiment and the last thing you want from two.

Dealt in blocks, each source of users is split to one user. By hash it is split on average: look at how far the shares of a small source may stray.
]]
local hashed = experiment.assign { log, unit = "user_id", salt = "another-experiment", as = "by hash" }
local blocked = experiment.assign { log, unit = "user_id", salt = "another-experiment", blocks = { "source", "platform" }, as = "in blocks" }
show.table { experiment.srm { hashed, as = "by hash: arms" },
  title = "Arms dealt by hash", see = "close to half, and the check of sizes is content with what a coin would do" }
show.table { experiment.srm { blocked, as = "in blocks: arms" },
  title = "Arms dealt in blocks of source and platform", see = "equal to within a user or two" }

local plain, adjusted = data.where { summary, column = "series", is = "plain", as = "plain test" },
  data.where { summary, column = "series", is = "regression, all covariates", as = "regression" }

local planned = data.where { summary, column = "series", is = analysis, as = "the planned analysis" }
expect.between { plain, "coverage", { 0.90, 1.0 }, because = "a 95% interval covers the truth about 95 times in a hundred" }
expect.between { adjusted, "coverage", { 0.89, 1.0 }, because = "adjusting keeps the promise of the interval" }
expect.between { plain, "claimed", { 0.42, 0.75 }, when = users == 2400 and dealing == "hash", because = "1,200 per arm have about 60% power for four points" }
expect.between { adjusted, "bias", { -0.004, 0.004 }, when = users >= 2000, because = "covariates from before the assignment move nothing" }

challenge "Plan an experiment that finds four points nine times in ten, with fewer than 4,600 users in both arms" {
  goal.above { planned, "claimed", 0.9 },
  goal.below { experiment.power { baseline = 0.25, effect = 0.04, per_arm = users / 2, as = "the experiment" }, "units", 2300 },
}
