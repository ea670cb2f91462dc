design "Concept drift: the inputs are quiet and the model is wrong" {
  asks = "No feature has drifted, no pipeline has failed, and the model ranks worse than last week. How would you have noticed, and how early could anybody?",
  covers = { "S06-C04", "S06-C05", "S06-C08", "S06-C03" },
  seed = 23,
}

chapter "The same people, other tastes" [[
Three thousand people, one model, trained on the first week. On the day that you set, tastes move: the same people open the same feeds at the same hours, and what they click on is another matter. The rule from input to click has changed, and no input has.

Set the kind to 'audience' and the opposite happens. New people arrive, the inputs move, and each of them clicks as the rule would have said.
]]
local kind = choice("what changes", "concept", { "none", "audience", "concept", apply = true })
local day = slider("on day", 16, { 10, 22, step = 1, unit = "days", apply = true })
local strength = slider("how much", 0.7, { 0.0, 1.0, apply = true })
local changed = kind ~= "none" and strength > 0
local log = source("impressions",
  simulate.impressions { users = 3000, days = 28, base_ctr = 0.10, click_delay_hours = 6, drift = kind, drift_day = day, drift_strength = strength },
  { "time", "day", "session_id", "click", "click_arrival" })
local week, later = log:split { days = { 7 }, as = "first week, later" }
local psi = monitor.psi_by_day { week, on = later, column = "affinity", drift = changed, drift_day = day, as = "PSI of affinity" }
show.line { psi, y = "psi", by = "day", mark_day = day, mark = changed,
  title = "PSI of the strongest feature, against the first week", x_title = "day", y_title = "PSI",
  see = "after a change of tastes the line stays near its floor, and what rings there are chance would have rung too: a test of inputs cannot see what is not in the inputs" }

chapter "What only labels see" [[
The model's loss needs clicks. It has a level of its own on every day, because some days are harder to predict; the thin line is what the best model would lose on the same day. The gap between the two is the harm.

Nobody has that thin line in production. There the loss is one noisy number a day, and the question is whether it has risen by more than noise. That is the work of a change detector, as in the change-point lab, on a stream that ends a little before now.
]]
local model = train.ftrl { week, lambda1 = 0.1, as = "trained on week one" }
show.line { monitor.daily { model, on = later, metric = "excess_log_loss", as = "frozen model" }, y = "value", by = "day", guide = 0, mark_day = day, mark = changed,
  title = "Loss above the best possible", x_title = "day", y_title = "excess log loss",
  see = "the harm begins on the very day of the change; everything that follows in this story is the delay until somebody knows" }

chapter "Errors, as they become known" [[
A row cannot be judged when it is shown, because a click may be on its way. So every row waits, and then counts with the click that has come by then. The wait is a delay that no detector can win back.

Three detectors read what comes out of the wait. CUSUM and ADWIN read the log loss, in batches of 400 rows. DDM wants errors of 0 or 1, so it gets one for each click: was the post that somebody clicked in the lower half of the model's own order? Half of the clicks there would mean that the model knows nothing.

A short wait is no disaster by itself. It loses the same share of clicks before and after the change, and the baseline has lost it too. It does leave fewer clicks to tell the two apart, so that a wait of one hour can be slower than one of twelve, and it is blind to a change of the delay.
]]
local wait = slider("wait for a click", 24, { 1, 96, scale = "log", step = 1, unit = "hours", apply = true })
local arl = slider("batches to a false alarm", 1000, { 50, 5000, scale = "log", step = 1, unit = "batches", apply = true })
local loss = monitor.errors { model, on = later, of = "log_loss", wait_hours = wait, as = "log loss" }
local missed = monitor.errors { model, on = later, of = "miss", wait_hours = wait, as = "misses" }
local since = 10 + wait / 24  -- three days of rows, as they become known
local cusum = monitor.detect { loss, column = "value", batch = 400, baseline_until = since, detector = "cusum", arl = arl, drift = changed, drift_day = day, as = "cusum on log loss" }
local adwin = monitor.detect { loss, column = "value", batch = 400, baseline_until = since, detector = "adwin", arl = arl, drift = changed, drift_day = day, as = "adwin on log loss" }
local ddm = monitor.detect { missed, column = "value", batch = 40, baseline_until = since, detector = "ddm", arl = arl, drift = changed, drift_day = day, as = "ddm on misses" }
local misses = monitor.detect { missed, column = "value", batch = 40, baseline_until = since, detector = "cusum", arl = arl, drift = changed, drift_day = day, as = "cusum on misses" }
show.line { misses, ddm, cusum, y = "ratio", by = "day", guide = 1, mark_day = day, mark = changed, band = false,
  title = "Evidence as a share of the threshold", x_title = "day on which the labels were in", y_title = "statistic over limit",
  see = "nothing can happen between the mark and the end of the wait; then the lines climb" }
show.table { monitor.detections { cusum, adwin, ddm, misses, as = "detectors" },
  title = "What each found",
  see = "the delay is in days from the change of tastes, the wait included" }

chapter "Which stream to watch" [[
The two streams answer different questions. Log loss asks whether the probabilities fit, and it moves for many reasons: an audience that is harder to predict moves it while the model is as good as ever. The misses ask whether the order is still right, which is what a concept shift destroys, and they need clicks only.

Switch to the audience shift and compare. A detector that alarms there is not wrong, the stream did move. But retraining is the answer to one of the two and not to the other, and the pair of signals tells which: inputs moved and order kept, or inputs quiet and order lost.
]]
local watched = choice("page on", "cusum on log loss", { "cusum on log loss", "cusum on misses", "ddm on misses" })
local pager = ({ ["cusum on log loss"] = cusum, ["cusum on misses"] = misses, ["ddm on misses"] = ddm })[watched]
show.line { pager, y = "value", by = "day", mark_day = day, mark = changed, band = false,
  title = "The stream that pages", x_title = "day on which the labels were in", y_title = "mean of a batch",
  see = "this is all that production has to look at: one noisy line, a baseline, and a ring" }

expect.below { psi, "false_alarm_rate", 0.3, because = "before the change, days above the 95% point are chance" }
expect.below { misses, "first_alarm_delay", 5, when = kind == "concept" and strength >= 0.7 and wait <= 24 and arl <= 1000 and day <= 20,
  because = "clicks fall out of the model's order within days" }
expect.below { misses, "false_alarms", 4, when = arl >= 500, because = "the threshold was chosen for it" }

challenge "Page within two days of the change of tastes, and for nothing less than once in 2000 batches" {
  goal.below { pager, "first_alarm_delay", 2 },
  goal.below { pager, "expected_false_alarms", 0.03 },
}
