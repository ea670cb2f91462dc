design "A better suggestion or a shorter form" {
  asks = "Two teams want the onboarding: one with a model that suggests communities, one that drops two steps of the form. You can run both. How do the two experiments differ, and which numbers do you trust?",
  covers = { "S13-A", "S13-P2", "S13-C06" },
  seed = 12,
}

chapter "Two experiments, two funnels" [[
The model works late in the funnel, where somebody has to like what he is offered. It helps those about whom something is known and does little for people who come from an ad, and it makes each of them wait. The shorter form works at the top, for everybody alike, at once, and adds no latency. Half of those it gains go no further.

Look at the stages and not only at the end. For the form the intermediate steps are the experiment. For the model they are the control: they should not move.
]]
local users = slider("newcomers in each experiment", 8000, { 2000, 16000, scale = "log", step = 500 })
local model = slider("gain of the model where it knows the user", 0.04, { 0, 0.08, unit = "%" })
local form = slider("sign-ups gained by the shorter form", 0.06, { 0, 0.12, unit = "%" })
local fault = slider("users served a wrong feature", 0.3, { 0, 1, unit = "%" })
local wait = slider("latency that the model adds", 60, { 0, 300, unit = "ms" })
local columns = { "source", "platform", "stages", "prior_activity", "latency_ms", "online_feature", "exposed" }
local function personal(wrong, name)
  return simulate.onboarding { users = users, salt = "model", effect = model, where = "joined", segment = "source", segment_level = "ads", segment_effect = -model,
    added_ms = wait, latency_cost = 0.008, parity_fault = wrong, columns = columns, as = name }
end
local suggested = source("model", personal(fault, "with the model"), { "arm", "activated", "source" })
local shorter = source("form", simulate.onboarding { users = users, salt = "form", effect = 0.12 * form, where = "signed_up", signed_up_effect = form / 2, columns = columns, as = "shorter form" }, { "arm", "activated", "source" })
show.funnel { measure.funnel { suggested }, stage = "stage", count = "users", by = "arm", truth = "truth",
  title = "The model, stage by stage", x_title = "newcomers", y_title = "stage",
  see = "nothing happens before a community is joined; there the arms part" }
show.funnel { measure.funnel { shorter }, stage = "stage", count = "users", by = "arm", truth = "truth",
  title = "The shorter form, stage by stage", x_title = "newcomers", y_title = "stage",
  see = "a wide gap at the first step that narrows with every step below" }

chapter "Large and early, small and late" [[
The form's effect on sign-ups is several points and plain after a day. The same users measured at the end show a fraction of it, and activation is what counts. The model's effect is one or two points on a rate of 25%: the size of the interval.

So the two need different patience. For the form a few thousand users do, and the risk is to celebrate the wrong stage. For the model the risk is to stop before the noise has.
]]
local function reading(log, column, name)
  return data.columns { experiment.compare { log, outcome = column }, columns = { "effect", "ci_low", "ci_high", "p", "true_effect" }, names = { "effect", "low", "high", "p", "truth" }, as = name }
end
local form_top, form_end = reading(shorter, "signed_up", "form, sign-ups"), reading(shorter, "activated", "form, activation")
local model_end = reading(suggested, "activated", "model, activation")
show.table { form_top, title = "The form: signed up", see = "large and certain, and not yet the goal" }
show.table { form_end, title = "The form: activated", see = "the gain that is left at the end of the funnel" }
show.table { model_end, title = "The model: activated", see = "the interval holds the truth, and zero may well lie inside it" }

chapter "The feature that was zero online" [[
Offline, the model was replayed on complete logs and promised its full gain. Online, for some users one feature arrives as zero: another pipeline computes it, and it does not know visitors who are not signed in yet. For these the suggestion is noise and the wait is the same.

Nothing crashes and no alert fires. The experiment measures the broken version, honestly, and the model gets the blame. Two checks would have found it before the start: log the features as served beside those recomputed offline under the same keys, and serve in the shadow first. The first table counts both, and the second is what the experiment would have shown without the fault.
]]
local sound = personal(0, "without the fault")
local sound_end = reading(sound, "activated", "without the fault")
show.table { measure.funnel { suggested, stages = { "feature_offline", "feature_online" }, by = "", top = "users in the experiment" },
  title = "Users whose feature is not zero, recomputed offline and as served",
  see = "offline nearly everybody has it; online the share that you set above has not, and only this comparison says so" }
show.table { sound_end, title = "The same experiment with the feature right",
  see = "the same users and the same luck; what differs from the table above is the fault" }

chapter "Noisy cohorts" [[
By source the model differs: for ads it does nothing at all. That was known before, so the plan may name it: ads and the rest, two groups, corrected for two looks. Everything beyond that is a hint for the next experiment.

The groups are small, so their estimates scatter widely. Rank the sources by estimate and the order is mostly luck at this size. Four looks at p below 0.05 also mean four chances to be fooled: ask for 0.0125 each.
]]
for _, who in ipairs { "ads", "search", "organic", "invite" } do
  show.table { reading(data.where { suggested, column = "source", is = who }, "activated", "from " .. who),
    title = "The model, newcomers from " .. who,
    see = who == "ads" and "the truth is a small loss, the price of the wait; the estimate need not say so" or "the truth is the same for all sources but ads; the estimates are not" }
end

expect.above { form_top, "low", 0, when = form >= 0.05 and users >= 8000, because = "the top of the funnel shows a shorter form at once" }
expect.below { form_end, "truth", 0.5 * form, when = form > 0, because = "only a part of the sign-ups is left at the end" }
expect.below { model_end, "truth", 0.03, when = model <= 0.04, because = "ads, the wait and the wrong feature take their part" }
expect.above { sound_end, "truth", 0.01, when = model == 0.04 and wait == 60, because = "with its feature right the model is worth a point and more" }

challenge "Get the model's gain above zero for certain, without touching how good it is, on at most 12,000 newcomers" {
  goal.above { model_end, "low", 0.004 },
  goal.below { experiment.srm { suggested, as = "an arm" }, "units", 6001 },
  goal.below { model_end, "truth", 0.033 },
}
