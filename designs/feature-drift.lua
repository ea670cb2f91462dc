design "Feature drift: which day did it begin?" {
  asks = "PSI of a feature reads 0.12 this morning. Is that an incident? When did it begin, does the model care, and what would retraining have bought?",
  covers = { "S06-C04", "S06-C05", "S06-P1", "S06-P3", "S12-C07", "S12-C12", "S10-C11" },
  seed = 11,
}

chapter "A reference week" [[
Drift is a comparison, so first choose what to compare with. Here it is the first week, when nothing has changed yet. Then something may change, on a day that you set: the audience (other people arrive), the concept (the same people click on other things), or a feature (its pipeline breaks).

The three leave different fingerprints. An audience shift moves the inputs and leaves the rule alone. A concept shift moves the rule and leaves the inputs alone, so that no test on inputs can ever see it. A broken feature moves one column and nothing else.
]]
local kind = choice("what changes", "audience", { "none", "audience", "concept", "broken-feature", apply = true })
local day = slider("on day", 17, { 10, 24, step = 1, apply = true })
local strength = slider("how much", 0.7, { 0.0, 1.0, apply = true })
local log = source("impressions",
  simulate.impressions { users = 4000, days = 28, drift = kind, drift_day = day, drift_strength = strength },
  { "time", "day", "click" })
local reference, later = log:split { days = { 7 }, as = "first week, later" }
show.line { log, y = "click", by = "day", truth = "click_probability", mark_day = day, mark = kind ~= "none",
  title = "Click rate by day", x_title = "day", y_title = "clicks per impression",
  see = "the business number moves late and little; by the time it is clear here, days of traffic have been served" }

chapter "PSI, with its noise floor" [[
PSI cuts the reference into ten bins of equal mass and sums (q - p) ln(q / p) over them. It is never zero: two samples of the same distribution differ by chance, and on average PSI is then (B - 1)(1/n + 1/m) with B bins, n reference rows and m rows today.

With 200 rows on each side that average is 0.09, and the folk threshold of 0.1 fires on a third of the days with nothing wrong. With 7,000 reference rows and 1,000 a day it is 0.010, and a PSI of 0.05 is loud. So draw the floor and alarm on its 95% point, never on a fixed 0.1 or 0.25 alone.

One row a session is used: the six impressions of a slate share their user, and counting each would multiply PSI without adding evidence. Then try tenure. It alarms every week although nothing broke, because everybody is a day older each day. True, and no incident.
]]
local feature = choice("feature", "affinity", { "affinity", "user_activity", "post_age_hours", "user_tenure_days" })
local rows = slider("sessions a day, at most", 1000, { 50, 1000, scale = "log", step = 1 })
local psi = monitor.psi_by_day { reference, on = later, column = feature, max_rows = rows, drift_day = day, drift = kind ~= "none",
  as = "PSI of " .. feature }
show.line { psi, y = "psi", by = "day",
  title = "PSI of " .. feature .. " by day, against the first week", x_title = "day", y_title = "PSI",
  see = "inside the band nothing can be said; take the rows down and watch the band swallow the shift" }
show.table { monitor.compare { reference, on = later }, title = "All columns, later weeks against the first",
  see = "read the effect size before the p-value: with this many rows every p-value is tiny, and the PSI and KS columns tell which change is worth your morning" }

chapter "Does the model care?" [[
A shifted input matters only where the model uses it and is wrong there. So watch two more lines: the distribution of the scores, and what the scores turned out to mean.

Scores arrive at once, labels come late. The calibration ratio needs clicks, a day or so behind. Together they separate the cases: inputs move and calibration holds (audience shift, a model that copes), inputs still and calibration slips (concept), one input and the scores jump in the same hour (a broken pipeline, and retraining on broken data would only teach the model to live with it).
]]
local model = calibrate.prior { train.ftrl { reference, as = "trained on week one" }, as = "trained on week one" }
show.line { monitor.daily { model, on = later, metric = "mean_score", truth = true }, y = "value", by = "day",
  mark_day = day, mark = kind ~= "none",
  title = "Mean prediction by day", x_title = "day", y_title = "mean score",
  see = "the ink line is the true mean probability; the gap between the lines is the harm" }
show.line { monitor.daily { model, on = later, metric = "calibration_ratio" }, y = "value", by = "day", guide = 1,
  mark_day = day, mark = kind ~= "none",
  title = "Calibration ratio by day", x_title = "day", y_title = "predicted clicks over clicks",
  see = "this is the line that pages someone: it says the model is wrong, not only that the world is different" }

chapter "What weekly retraining buys" [[
The reflex is to retrain. Here the loop really runs: every week a model is fitted again on the fourteen days before, using only the clicks that had arrived by then, and serves the next week. The frozen model of week one serves beside it, and the ink line is the best any model could do.

After a concept shift retraining wins within a week of labels. After an audience shift it wins little, because the rule had not changed. After a broken feature it looks like a cure and hides the bug.
]]
local weekly = scenario.retraining { log, first_day = 7, every_days = 7, window_days = 14,
  body = function(model, window) return train.ftrl { window } end }
show.line { weekly, y = "excess_log_loss", by = "day", mark_day = day, mark = kind ~= "none",
  title = "Excess log loss by day: frozen against retrained every week", x_title = "day", y_title = "above the best possible",
  see = "the lines part after the change and meet again only where new labels teach a new rule" }

expect.below { psi, "first_alarm_delay", 3, when = kind == "audience" and strength >= 0.5 and feature == "affinity" and rows >= 500,
  because = "a strong shift of a feature it touches is seen within three days" }
expect.below { psi, "false_alarm_rate", 0.25, when = feature == "post_age_hours" or feature == "affinity", because = "before the change, days above the 95% point are chance" }
expect.between { model, "calibration_ratio", { 0.8, 1.25 }, on = reference, because = "the model fits the week it was trained on" }

challenge "See the audience shift within two days on fewer than 200 sessions a day" {
  goal.below { psi, "first_alarm_delay", 2 },
  goal.below { psi, "rows_per_day", 200 },
}
