design "Calibrating small slices: perfect on the rows it saw" {
  asks = "The model is calibrated on the whole, yet some communities complain. Somebody fits an isotonic map per community, and the calibration error drops to nothing. Do you ship it? What would you do instead, and how do you know?",
  covers = { "S10-P3", "S10-C01", "S10-C03", "S10-C09", "S12-C10", "S01-C03" },
  seed = 5,
}

chapter "Right on the whole, wrong in the parts" [[
Sixty communities share one click model. It is not told which community an impression belongs to, since new ones open every week. Communities differ all the same: for reasons that no feature carries, one has twice the click rate that the model expects, the next has half.

On the whole the errors cancel. The calibration ratio is near 1, the reliability curve lies on the diagonal, and a dashboard without segments shows green. The table shows the largest communities and what really is their rate.
]]
local spread = slider("how much communities differ", 0.6, { 0.0, 1.2, unit = "log-odds", apply = true })
local log = source("impressions",
  simulate.impressions { users = 4000, days = 28, base_ctr = 0.04, community_spread = spread },
  { "time", "day", "click" })
local past, hold, live = log:split { days = { 14, 21 }, as = "past, hold, live" }
local model = calibrate.platt { train.ftrl { past,
    features = { "position", "media", "topic", "platform", "hour", "post_votes", "affinity", "post_age_hours", "user_activity" },
    as = "trained" }, on = hold, as = "one map for all" }
show.table { measure.segments { model, on = live, by = "community", metrics = { "calibration_ratio" }, most = 12 },
  title = "The twelve largest communities, on the fourth week",
  see = "set mean_prediction against true_mean: film-3 is promised nearly twice what it gets, film-50 four fifths; label_low and label_high say how little a week of clicks pins down" }
show.reliability { model, on = live, bins = 10, truth = true,
  title = "Reliability of all rows together", x_title = "predicted click probability", y_title = "observed click rate",
  see = "the curve of the whole is close to the diagonal, because errors of opposite sign share every bin" }

chapter "How many rows a map needs" [[
Before cutting the data, see what a map costs on uncut data. Here the same uncalibrated scores are mapped by Platt (two numbers) and by isotonic regression (as many steps as the data will bear), fitted on more and more held-out rows and measured on a week that neither saw.

With 300 rows there are about a dozen clicks. Two numbers survive that. A free staircase does not: where its lowest steps happened to hold no click it says zero, and one later click there costs as much as log loss can. It takes ten thousand rows, some 400 clicks, before the two come close, and thirty thousand to meet. Keep that price list in mind when someone proposes a map per community: the average community has 700 rows a week, the small ones far fewer.
]]
local raw = train.ftrl { past, keep_negatives = 0.2,
  features = { "position", "media", "topic", "platform", "hour", "post_votes", "affinity", "post_age_hours", "user_activity" },
  as = "trained on a fifth of the negatives" }
local sizes = { 300, 1000, 3000, 10000, 30000 }
local fits, places, names = {}, {}, {}
for _, kind in ipairs { "platt", "isotonic" } do
  for _, n in ipairs(sizes) do
    fits[#fits + 1] = calibrate[kind] { raw, on = data.sample { hold, count = n }, as = kind .. " on " .. n .. " rows" }
    places[#places + 1] = n
    names[#names + 1] = kind
  end
end
fits.on, fits.metric, fits.x, fits.series = live, "log_loss", places, names
show.line { measure.along(fits), y = "value", by = "x", log_x = true,
  title = "Log loss on the fourth week, by rows the map was fitted on", x_title = "held-out rows", y_title = "log loss",
  see = "Platt is flat from 300 rows on; isotonic regression starts far above it and catches up only at the right end; the ink line is the best possible" }

chapter "A map for each" [[
Now the proposal: a map per community, on the third week. First measure it where it was fitted. The calibration error of the isotonic maps is 0 there, by construction: every step is the mean of its own rows. Even a perfect model would show some (ece_quantile_floor), so an error below that floor is a warning and no success.

Then measure it on the fourth week. What looked like calibration was memory. Switch the knob to Platt: with two numbers for each community there is less to remember with, and it beats one map for all. Then give it a single day of clicks in place of seven, and it no longer does. The lesson is older than calibration: judge on rows that the fit has not seen.
]]
local kind = choice("map for each community", "isotonic", { "isotonic", "platt", "histogram" })
local days = slider("days of held-out clicks", 7, { 1, 7, step = 1, apply = true })
local held = data.where { hold, column = "day", below = 14 + days, as = "held out" }
local apart = calibrate.per_segment { model, on = held, by = "community", method = kind, as = kind .. " for each" }
local figures = { "log_loss", "excess_log_loss", "ece_quantile", "ece_quantile_floor", "true_ece_quantile" }
show.table { measure.compare { model, apart, on = held, metrics = figures },
  title = "Where the maps were fitted",
  see = "the maps for each community have no calibration error and beat even the best possible log loss: whatever beats the truth has seen the answers" }
show.table { measure.compare { model, apart, on = live, metrics = figures },
  title = "A week later",
  see = "the order turns round; excess_log_loss counts what the luck of the week cannot hide" }

chapter "Borrow from the whole" [[
The middle way moves each community by one number, an offset in log-odds, and pulls that number towards zero as if the community had seen some further clicks that agree with the whole. A community with as many clicks as that goes half of its own way, one with ten times as many nearly all of it, a new one nowhere.

The strength is not a matter of taste. Too little and the small ones remember their noise, too much and the large ones cannot say what they know. The best strength is 1 over the variance between communities: at a spread of 0.6 that is about three clicks, at 0.2 it is 25.

There is a second reason to pull. Where a price depends on the score, a community that is moved by 0.7 in log-odds sees its price double or halve within a week. Stability has a value of its own, and you pay for it in log loss.
]]
local shrinkage = slider("shrinkage", 3, { 0.1, 1000, scale = "log", unit = "clicks" })
local borrowed = calibrate.segments { model, on = held, by = "community", shrinkage = shrinkage, as = "offsets, shrunk" }
show.table { measure.compare { model, apart, borrowed, on = live, metrics = { "log_loss", "excess_log_loss", "true_ece_quantile", "greatest_offset" } },
  title = "Three ways, on the fourth week",
  see = "the shrunk offsets have the least excess; greatest_offset is the farthest that any community was moved, in log-odds" }
local swept, strengths, lines = {}, {}, {}
for _, strength in ipairs { 0.1, 1, 3, 10, 30, 100, 1000 } do
  swept[#swept + 1] = calibrate.segments { model, on = held, by = "community", shrinkage = strength, as = "shrinkage " .. strength }
  strengths[#strengths + 1] = strength
  lines[#lines + 1] = "offsets, shrunk"
end
swept.on, swept.metric, swept.x, swept.series = live, "excess_log_loss", strengths, lines
show.line { measure.along(swept), y = "value", by = "x", log_x = true,
  title = "Excess log loss by strength of the pull", x_title = "shrinkage, clicks", y_title = "expected log loss over the best possible, minus 1",
  see = "a valley with a flat floor: within a factor of three of the right strength it makes little difference which you take" }
show.table { measure.segments { model, borrowed, on = live, by = "community", metrics = { "calibration_ratio" }, most = 8 },
  title = "The eight largest, before and after",
  see = "most predictions have moved close to true_mean; where the third week misled, as for cooking-22, the pull kept the harm small" }

expect.between { model, "calibration_ratio", { 0.85, 1.18 }, on = live, because = "on the whole the model is right" }
expect.below { apart, "ece_quantile", 0.003, on = held, when = kind == "isotonic", because = "where it was fitted, a staircase for each has no error to show" }
expect.above { apart, "excess_log_loss", 0.10, on = live, when = kind == "isotonic" and spread <= 0.8, because = "a week later it is worse than one map for all" }
expect.below { borrowed, "excess_log_loss", 0.075, on = live, when = shrinkage >= 1 and shrinkage <= 30 and days >= 5 and spread <= 0.8, because = "shrunk offsets serve every community" }

challenge "Serve within 6% of the best possible log loss while no community is moved by more than 0.7 in log-odds" {
  goal.below { borrowed, "excess_log_loss", 0.06, on = live },
  goal.below { borrowed, "greatest_offset", 0.7 },
}
