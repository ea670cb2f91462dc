design "Read the distributions before the model" {
  asks = "Here is a table: model y from x. What do you ask, what do you plot first, and the two platforms look different: does it matter?",
  covers = { "S12-A", "S12-C04", "S12-C05", "S12-C07", "S11-C12" },
  seed = 7,
}

chapter "What is y?" [[
Ask first what the answer is for. A click is 0 or 1: a bid needs its probability, a feed only its order, a report its rate. Here it is rare, and the ratio of the larger class to the smaller decides which numbers mean anything.

At thirty-three rows without a click for each with one, a model that always says "no" is right 97% of the time. Average precision of a coin is the click rate itself, and a hundred clicks or so are needed to know that rate to within a tenth. Write these down before any model: they are what to beat.
]]
local base = slider("click rate", 0.03, { 0.005, 0.2, scale = "log", unit = "%" })
local tilt = slider("hidden offset by platform", 0.5, { 0, 1.2 })
local log = simulate.impressions { users = 3000, days = 21, base_ctr = base, miscalibration = tilt, miscalibration_by = "platform" }
local past, live = log:split { days = { 14 }, as = "past, live" }
show.table { diagnose.imbalance { past }, title = "The label, before any model",
  see = "accuracy of 'never' looks like a triumph, which is why it is not a metric here" }

chapter "x given y" [[
Look at each input among the rows that were clicked and among those that were not. Each curve is a share of its own group, so that thirty thousand zeros do not bury a thousand ones.

A distance goes with each picture. KS is the widest gap between two distribution functions, for numbers. Cramér's V is its kin for categories, between 0 and 1. The p-value beside it answers another question, whether there is any difference at all. Take more rows and every p becomes tiny, while the distances stay where they are.
]]
local rows = slider("rows looked at", 10000, { 500, 40000, scale = "log", step = 1 })
local sample = data.sample { past, count = rows, as = "a sample" }
local feature = choice("feature", "affinity", { "affinity", "post_votes", "post_age_hours", "position", "user_activity" })
show.line { diagnose.ecdf { sample, column = feature, by = "click" }, y = "y", by = "x",
  title = feature .. " among clicks and among the rest", x_title = feature, y_title = "share of rows at or below",
  see = "the widest vertical gap between the two curves is the KS distance in the table below" }
local by_click = diagnose.compare { sample, by = "click", independent = false, as = "by outcome" }
show.table { by_click, title = "How far each input differs by outcome",
  see = "sort by effect, not by p: with more rows p shrinks for all of them, and the effect does not move" }

chapter "x given the cohort" [[
Now the same between platforms. A difference of inputs between cohorts is no fault: web users are other people, and a model may know that. It matters when the rule differs too, which no plot of inputs can show.

So keep two questions apart. Do the inputs differ (covariate shift: reweight, or add the cohort as a feature)? Does the outcome differ at equal inputs (the rule: another model, or a correction by segment)?
]]
show.table { diagnose.compare { sample, by = "platform", independent = false, columns = { "user_activity", "user_tenure_days", "post_votes", "affinity", "hour", "country", "media" } },
  title = "How far each platform differs from the others",
  see = "effects below a tenth, and p-values that are too small, since one person gives several rows: the platforms' people are much alike" }
show.table { diagnose.shares { sample, column = "media", by = "platform" }, rows = 12,
  title = "Media by platform, shares within each", see = "the intervals overlap: nothing here explains a difference in clicks" }

chapter "Residuals by cohort" [[
Train without the platform, and look at label minus score by cohort. Zero means right on average for these people. The interval counts users and not rows, since the impressions of one person share what the model does not know, and it is widened for the number of cohorts looked at.

The column `true_residual` is the truth: how far the model really is from the mean probability of that cohort. Audit too few rows and nothing is significant. Audit more cohorts and each has fewer rows. An average over all of them hides the lot: the overall calibration is fine.
]]
local audited = slider("live rows audited", 2000, { 500, 20000, scale = "log", step = 1 })
local cohort = choice("cohorts", "country", { "platform", "country", "media", "community", "affinity" })
local knows = toggle("the model knows the platform", false)
local inputs = { "user_activity", "user_tenure_days", "topic", "media", "post_age_hours", "post_votes", "affinity", "position" }
if knows then inputs[#inputs + 1] = "platform" end
local model = train.ftrl { past, features = inputs, as = "the model" }
local audit = data.sample { live, count = audited, as = "the audit" }
local residuals, found = diagnose.residuals { model, on = audit, by = cohort, as = "residuals, the audit's yield" }
show.table { residuals, title = "Residuals by " .. cohort .. ", with intervals",
  see = "a cohort is flagged when its interval leaves 0; compare `residual` with `true_residual`" }
show.table { diagnose.heteroscedasticity { model, on = audit, columns = { "platform", "country", "position", "hour" } },
  title = "Does the spread of the residuals depend on a column?",
  see = "each residual is divided by the spread that its score promises, so a small p says that the promise is broken along that column: the platform, once enough rows are audited" }
show.table { diagnose.shap { model, on = audit, rows = 200 }, title = "What moves the predictions (SHAP, in log-odds)",
  see = "position and affinity lead, as their KS distances had promised; the platform is not among the columns unless the model knows it" }
show.line { diagnose.dependence { model, on = audit, column = "position", individuals = 4 }, y = "y", by = "x",
  title = "Partial dependence on position", x_title = "position", y_title = "click probability",
  see = "the average answer falls as the slate goes down, as the clicks do; single rows keep their own level" }

chapter "What the scores say of the outcomes" [[
Last, turn the picture round: the distribution of the score among clicks, and among the rest. They overlap, and must: whether an impression with a true probability of 5% is clicked is a matter of luck, for the best of models too.

Under imbalance AUC stays where it is when the click rate falls, since it compares one click with one non-click. Average precision falls with it, since it asks how many of the top rows are clicks. Choose by the decision: order within a slate, a short list, or a price.
]]
show.line { diagnose.predicted { model, on = live, points = 40, log = true }, y = "y", by = "x", log_x = true,
  title = "Scores by outcome", x_title = "score", y_title = "share of rows",
  see = "two hills a little apart: most of what decides a single click is not in any column" }
show.table { measure.compare { model, on = live, metrics = { "roc_auc", "average_precision", "log_loss", "calibration_ratio", "excess_log_loss" } },
  title = "The model, and the best possible", see = "move the click rate: average precision follows it, AUC does not" }

expect.above { model, "roc_auc", 0.6, on = live, because = "order survives rarity" }
expect.between { model, "calibration_ratio", { 0.8, 1.2 }, on = live, because = "on the whole the model is calibrated, which hides the cohorts" }
expect.below { found, "flagged", 0.3, when = cohort == "country", because = "the countries are served alike, whatever a few hundred rows seem to show" }
expect.above { found, "flagged", 0.3, when = cohort == "platform" and not knows and tilt >= 0.4 and audited >= 12000 and base >= 0.02, because = "enough audited rows show the platform that the model is wrong for" }

challenge "Find the cohorts that the model is wrong for: more than half of them flagged, with at most 5,000 rows audited" {
  goal.above { found, "flagged", 0.5 },
  goal.below { found, "rows", 5001 },
}
