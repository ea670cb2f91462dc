design "Shadow, canary, ramp: what each would have caught" {
  asks = "You are to replace the ranking model behind 600 requests a minute. How do you roll it out, what makes it roll back by itself, and how large must the canary be?",
  covers = { "S13-C07", "S13-C09", "S14-C06", "S06-C10", "S13-N3" },
  seed = 5,
}

chapter "Eight deploys" [[
A site answers 600 requests a minute. Four in a thousand fail, three in a hundred are slow, one in five ends in a conversion. A new version is deployed again and again, and each time we know what is wrong with it.

A crash adds 3% failures at once, a leak adds them over three hours. Slow adds 6% slow requests; overload does so only once the new version carries 30% of the traffic. Skew feeds the model wrong features and costs a tenth of the conversions, worse is simply a worse model that costs the same. Cohort is a crash for the tenth of the users who have an old app. And some deploys are sound.

First, all at once, and whoever notices, notices after a day. This is what each fault costs then, and what a canary with guardrails leaves of it.
]]
local share = slider("first stage", 0.05, { 0.005, 0.5, scale = "log", unit = "%" })
local minutes = slider("minutes of the first stage", 30, { 5, 240, scale = "log", step = 1, unit = "min" })
local conversion = slider("fall of conversions that rolls back", 0.03, { 0.005, 0.1, scale = "log", unit = "%" })
local window = slider("minutes a rate is taken over", 10, { 2, 60, scale = "log", step = 1, unit = "min" })
local shadow = slider("minutes of shadow before it", 0, { 0, 120, step = 5, unit = "min" })
local sustained = math.max(1, math.floor(window / 3 + 0.5))
local policy = { shares = { share, math.max(share, 0.25), 1 }, minutes = { minutes, 60, 180 }, shadow_minutes = shadow,
  conversion = conversion, sustained = sustained, window = window, least_requests = 200, rollback = 5 }
local by_fault, summary = serve.rollout(with(policy, { as = "by fault, summary" }))
show.table { by_fault, title = "Forty deploys of each fault, with your guardrails",
  see = "begin with the first row: a sound deploy that is rolled back is a false alarm, and six of ten is no guardrail; then requests_hurt against the last column, which is what it saved" }

chapter "One canary, minute by minute" [[
A guardrail is an absolute difference, not a p-value: failures up by one point, slow requests up by three. It compares the canary with the rest of the traffic in the same minutes. Both ride the same weather, so a conversion rate that falls for everybody on a Sunday night moves no guardrail.

Who is in the canary is decided by a hash of the user and a salt. A person in it at 5% is in it at 25%, sees one version and not a flicker of two, and can be named afterwards.

Watch the canary's line jump about. At 5% it has 30 requests a minute, and a window of ten minutes holds 300. Their conversion rate is uncertain by 2.3 points either way, against a threshold of three. Asked every minute for half an hour, such a guardrail finds a fall where there is none: that is how six of ten sound deploys in the table above were sent back.
]]
local fault = choice("fault", "leak", { "none", "crash", "leak", "slow", "overload", "skew", "worse", "cohort" })
local rate = ({ none = "conversion", skew = "conversion", worse = "conversion", slow = "slow", overload = "slow" })[fault] or "failures"
local lines, verdict = serve.canary(with(policy, { fault = fault, show = rate, deploy = 4, as = "minutes, verdict" }))
show.line { lines, y = "value", by = "minute", band = false,
  title = "Canary and control: " .. rate, x_title = "minutes since the first stage began", y_title = "share of requests, last " .. window .. " minutes",
  see = "a rollback comes when the canary has been beyond the threshold for long enough; the ink line is what the new version really does" }
show.table { verdict, title = "What happened", see = "requests_exposed is who met the new version, requests_hurt whom it failed, slowed down or turned away" }

chapter "How large must a canary be?" [[
Ask it the other way round: which change must not get through, and how many requests show it four times in five? Failures that rise from 0.4% by one point need a few hundred requests. That is why crashes are caught in minutes. Conversions that fall by two points of twenty need thousands, so a canary of 1% would be at it all night, and no threshold mends that.

For rare events the textbook formula is wrong where it matters, because nothing is normal about three failures. The solid answer counts: alarm at k or more, the least number of requests at which k is rare before and likely after.
]]
local change = slider("fall of conversions that must show", 0.02, { 0.005, 0.1, scale = "log", unit = "%" })
local rare, rare_curve = serve.canary_size { before = 0.004, change = 0.01, share = share, rate = 600, as = "failures, failures by size" }
local common, common_curve = serve.canary_size { before = 0.2, change = -change, share = share, rate = 600, as = "conversions, conversions by size" }
show.table { rare, title = "Failures, from 0.4% up by one point", see = "alarm_at is the count to alarm at; the formula beside it is off by a fair part" }
show.line { rare_curve, y = "minutes", by = "change", band = false, log_x = true, log_y = true,
  title = "Time until a rise of failures shows", x_title = "rise of the failure rate", y_title = "minutes of this canary",
  see = "half the change takes about three times as long; the exact line is a staircase, because counts are whole" }
show.table { common, title = "Conversions, from 20% down", see = "read minutes against the length of the first stage: what takes longer cannot be promised by it" }

chapter "Before, with nobody watching" [[
A shadow copies requests to the new version and throws its answers away. Nobody is hurt, so it may take its time. It sees failures, slowness, and decisions that differ from those of the version in service by more than the evaluation said. That is how skew is caught, at a price of one more inference for every request copied.

It will never see a worse model: that one agrees perfectly with its own evaluation, and only users can disagree. And it does not carry the load, so it never meets the overload. Neither does the canary. Give the last stage its guardrails too, and know that going back there takes the whole site along.
]]
local _, no_shadow = serve.rollout(with(policy, { shadow_minutes = 0, as = "by fault, without a shadow" }))
local _, hour = serve.rollout(with(policy, { shadow_minutes = 60, as = "by fault, with an hour of shadow" }))
show.table { no_shadow, title = "No shadow", see = "requests_hurt is the mean over the seven faults" }
show.table { hour, title = "An hour of shadow", see = "the faults that a shadow sees hurt nobody now; copied_requests is its price, and hours has grown by one" }

chapter "Compared with what, and how fast back" [[
Two more decisions. The first is what to compare with. Let the weather be rougher, as on a Sunday evening: the conversions of both versions rise and fall by a seventh within hours. A patient guardrail on a canary of 25% hardly minds when it looks at the control. Compared with the hour before the deploy, it takes the tide for the new version and sends sound deploys back.

The second is how long going back takes. Blue and green are two complete installations with a switch before them: a minute, for twice the machines. Deploying the old version again takes half an hour in which the fault goes on, and everybody already knows.
]]
local function patient(more)
  local all = { shares = { 0.25, 0.5 }, minutes = { 60, 60 }, conversion = 0.02, sustained = 10, window = 30, weather = 0.1, faults = { "none", "worse" } }
  for name, value in pairs(more) do all[name] = value end
  return all
end
local _, beside = serve.rollout(patient { against = "control", as = "by fault, beside the control" })
local _, before = serve.rollout(patient { against = "before", as = "by fault, against the hour before" })
show.table { beside, title = "Rough weather, compared with the control", see = "false_rollbacks: both versions stand in the same rain" }
show.table { before, title = "Rough weather, compared with the hour before", see = "nothing is different but the comparison" }
local _, switch = serve.rollout(with(policy, { rollback = 1, as = "by fault, blue and green" }))
local _, again = serve.rollout(with(policy, { rollback = 30, as = "by fault, deployed again" }))
show.table { switch, title = "Back by a switch, one minute", see = "requests_hurt at its least" }
show.table { again, title = "Back by another deploy, thirty minutes", see = "the same alarms at the same minutes; the difference is how long it goes on after the alarm" }

chapter "A policy of your own" [[
Every knob buys one thing with another. A larger canary sees more and hurts more. A longer window is calmer and later. A lower threshold catches a worse model and takes noise for one. An hour of shadow is an hour.

Somebody will say that a rolled-back sound deploy costs nothing. It costs a morning, and after three of them the guardrail is switched off for the fourth, which is the one that was needed.

A tenth of the users on an old app, 3% of whose requests fail, is three in a thousand of all: no guardrail on totals will ever see it. Look at the largest slices, and at the worst.
]]
show.table { summary, title = "Your policy, over seven faults and forty sound deploys", see = "moving one knob moves all four: caught, false rollbacks, harm and hours" }

local sound = data.where { by_fault, column = "fault", is = "none", as = "sound deploys" }
local crash = data.where { by_fault, column = "fault", is = "crash", as = "crashes" }
local overload = data.where { by_fault, column = "fault", is = "overload", as = "overloads" }
expect.above { crash, "rolled_back", 0.97, because = "three points of failures are seen by any canary" }
expect.above { overload, "share_when_caught", 0.9, when = share < 0.25 and window >= 25 and conversion >= 0.03, because = "what needs the load shows where the load is" }
expect.below { sound, "in_shadow", 0.03, because = "a shadow refuses no sound deploy" }
expect.above { before, "false_rollbacks", 0.2, because = "the tide is taken for the new version" }
expect.below { beside, "false_rollbacks", 0.1, because = "the control rides the same tide" }
expect.above { hour, "caught", 0.5, because = "a shadow sees three of the seven faults" }

challenge "At least 85% of the faults caught, at most one sound deploy in ten rolled back, within six hours" {
  goal.above { summary, "caught", 0.85 },
  goal.below { summary, "false_rollbacks", 0.1001 },
  goal.below { summary, "hours", 6.01 },
}
