design "Who dropped out: intention to treat, per protocol and an instrument" {
  asks = "Only part of the treated users ever opened the new onboarding, and a tenth of all outcomes is missing. A colleague compares those who opened it with those who did not and finds ten points. What is the effect, on whom, and what would you report?",
  covers = { "S13-C11", "S13-N1" },
  seed = 7,
}

chapter "Offered is not taken" [[
Half of the newcomers are offered a new onboarding that lifts activation by five points for whoever goes through it. Not everybody does: of the average user six in ten, of the engaged more, of the idle fewer. A few in control get it anyway.

Three tempting comparisons. By assignment: everybody who was offered it against everybody who was not. Per protocol: only those who did as they were told. As treated: whoever used it against whoever did not, never mind the assignment.

Only the first keeps what the coin gave you. The other two compare the engaged with the idle and call the difference an effect. And the first answers a question that the others do not even ask: what happens if we offer this to everybody, with all its unopened screens?
]]
local compliance = slider("share of average users who take it", 0.6, { 0.05, 1.0, unit = "%", apply = true })
local tilt = slider("how much more the engaged take it", 1.0, { 0, 3, unit = "log-odds", apply = true })
local users = slider("users", 6000, { 1000, 20000, scale = "log", step = 500, apply = true })
local function offered(n)
  return { users = n, activation = 0.25, effect = 0.05, compliance = compliance, compliance_tilt = tilt, contamination = 0.05,
    columns = { "platform", "prior_activity", "exposed" } }
end
local log = source("newcomers", simulate.onboarding(offered(users)), { "arm", "activated", "exposed" })
local function four_ways(rows, name)
  return experiment.instrument { rows, outcome = "activated", taken = "exposed", compliers = "complier", taking_effect = "activated_exposure_effect", as = name }
end
show.table { four_ways(log, "one experiment"),
  title = "One experiment: who is compared with whom",
  see = "compare effect with true_effect in each row: the offered and the compliers have different true effects, and two rows estimate neither" }

chapter "Two hundred times" [[
Is it bias or bad luck? Run it 200 times. The interval of an honest method holds its truth 95 times in a hundred.

Per protocol and as treated miss it nearly always, and more users make it worse: the interval shrinks around the wrong number. Turn the tilt to 0, so that taking it is a coin of its own, and the bias goes away. You do not own that knob outside a simulator.
]]
local summary, runs = scenario.replicate { n = 200, by = "method", body = function()
  return four_ways(simulate.onboarding(offered(users)), "all ways")
end }
local function row(method, name) return data.where { runs, column = "method", is = method, as = name } end
local itt, protocol, treated = row("intention to treat", "intention to treat"), row("per protocol", "per protocol"), row("as treated", "as treated")
local instrument, rubin = row("instrument (compliers)", "instrument"), row("instrument, Anderson-Rubin", "Anderson-Rubin")
show.table { summary,
  title = "Two hundred experiments, by way of comparing",
  see = "bias is how far the mean estimate is from what that row is after; coverage should be 95%" }
show.line { diagnose.ecdf { runs, column = "effect", by = "method" }, y = "y", by = "x",
  title = "The estimates of 200 experiments, by method", x_title = "estimate (0.05 is five points)", y_title = "share of experiments at or below",
  see = "the instrument crosses one half at the true five points, the offer at what is left of them, the two others far to the right" }

chapter "An instrument" [[
The assignment was random and acts only through the taking. That makes it an instrument. Offering moved activation by so much, and moved the taking by so much; divide the one by the other and you have the effect on compliers, those who take it when offered and not otherwise.

The price is noise. With six in ten complying the interval is wider by the same factor, and with few compliers the division is by something that is itself uncertain. Move compliance down to 5%: the first stage F falls below 10, and the usual interval is no longer to be trusted. The interval of Anderson and Rubin is, because it inverts a test and divides by nothing; its honest answer may be the whole line.
]]
show.table { data.where { four_ways(log, "one experiment"), column = "method", is = "instrument, Anderson-Rubin" },
  title = "The instrument when it is strong, and when it is not",
  see = "first_stage_f above 10 is comfortable; ci_low and ci_high become infinite where the data cannot bound the effect" }

local report = choice("what is reported as the effect of taking it", "as treated", { "intention to treat", "per protocol", "as treated", "instrument (compliers)" })
local reported = row(report, "what is reported")

chapter "Outcomes that nobody saw" [[
Another experiment, everybody complies, the true effect is five points. This time outcomes are lost: some users cannot be followed, the less engaged more often, and the treatment drives more of them away.

Test that first: do the arms lose different shares? If they do, the users left in the two arms are no longer alike, and their difference is nobody's effect. Counting a missing outcome as not activated is right if missing means gone, and wrong if it means that the log broke.

Without such knowledge, say how far it could matter. The worst case puts every missing outcome at whichever end hurts. Lee's bounds assume that the treatment drives people one way only, and trim the fuller arm until both have lost the same. Bounds that do not exclude zero are an answer too: the data do not say.
]]
local lost = slider("outcomes missing in control", 0.08, { 0, 0.4, unit = "%" })
local more = slider("more of them in treatment", 0.06, { 0, 0.3, unit = "%" })
local holes = simulate.onboarding { users = 6000, activation = 0.25, effect = 0.05, attrition = lost, attrition_effect = more, attrition_tilt = 1.5,
  columns = { "platform", "prior_activity" }, as = "with holes" }
local bounds = experiment.attrition { holes, outcome = "activated", as = "bounds" }
show.table { bounds,
  title = "The shares that were seen, and what is left of the effect",
  see = "the first row is the test for differential loss; below it the naive estimate and how far the truth may be from it" }
local worst = data.where { bounds, column = "method", is = "worst case bounds", as = "worst case" }
local seen = data.where { bounds, column = "method", is = "share that was seen", as = "loss" }

expect.above { itt, "covers_truth", 0.88, because = "the comparison by assignment is honest" }
expect.above { instrument, "covers_truth", 0.88, when = compliance >= 0.3, because = "so is the instrument while its first stage is strong" }
expect.above { rubin, "covers_truth", 0.88, because = "Anderson-Rubin is honest also where it is weak" }
expect.below { treated, "covers_truth", 0.5, when = tilt >= 0.8 and compliance >= 0.3 and compliance <= 0.9 and users >= 4000, because = "whoever takes it is different, and more users do not help" }
expect.above { worst, "covers_truth", 0.5, because = "worst case bounds hold the truth, up to sampling error" }
expect.below { seen, "p", 0.01, when = more >= 0.05, because = "losses that differ show in the test" }

challenge "Report the effect of taking it: within half a point on average, a standard error below 1.8 points, honest 9 times in 10, from fewer than 10,000 users" {
  goal.between { reported, "effect", { 0.045, 0.055 } },
  goal.above { reported, "covers_truth", 0.9 },
  goal.below { reported, "standard_error", 0.018 },
  goal.below { experiment.power { per_arm = users / 2, as = "the experiment" }, "units", 5000 },
}
