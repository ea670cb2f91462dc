design "Labels on their way: how much of yesterday do you know?" {
  asks = "The click rate of the last two days is down on the dashboard. Before you page anybody: how many of those clicks have arrived, how many rows is that worth, and how would you tell a slow pipeline from people losing interest?",
  covers = { "S06-C08" },
  seed = 6,
}

chapter "The droop at the end of every chart" [[
Each impression is logged at once. Its click is logged when it arrives: most within hours, some after days. It is midnight before day 21. The first plot is the click rate by day as the log shows it now, and it droops towards the right, as it did yesterday and will tomorrow, because the youngest days still miss clicks. Yesterday reads 2.1% where the truth is 5.3%.

The second line divides by something else: not by impressions but by impressions that have been heard from. Let F be the share of clicks that arrive within an age, learned from days old enough to be complete. A row of age a then counts F(a) rows. Their sum is the day's effective sample size, and clicks over it do not droop. The price is the band, which widens as effective rows run out.
]]
local delay = slider("mean delay of a click", 36, { 2, 120, scale = "log", unit = "hours", apply = true })
local mature = slider("age at which a day counts as complete", 8, { 1, 14, step = 1, unit = "days" })
local window = slider("days in the window", 1, { 1, 12, step = 1, unit = "days" })
local skip = slider("youngest days left out", 0, { 0, 10, step = 1, unit = "days" })
local log = source("impressions", simulate.impressions { users = 3000, days = 22, base_ctr = 0.05, click_delay_hours = delay }, { "time", "day", "click", "click_arrival" })
local days, rates, law, seen = monitor.labels { log, day = 21, mature_days = mature, window_days = window, skip_days = skip, as = "days, rates, clicks of mature days, window" }
show.line { rates, y = "rate", by = "day",
  title = "Click rate by day, as known at midnight before day 21", x_title = "day of the impression", y_title = "clicks per impression",
  see = "the naive line falls off a cliff in the last three days; the corrected line stays with the truth, inside a band that grows from 13% to 21% of the rate" }
show.line { law, y = "share", by = "age_hours",
  title = "Share of clicks that have arrived, by age", x_title = "hours since the impression", y_title = "share of clicks",
  see = "half are in after half a day, nine in ten after three and a half, and the last percent takes more than nine days: a mean of 36 hours hides a long tail" }

chapter "What a day is worth" [[
Read the last rows of the table. Yesterday has 4,398 impressions and is worth 1,973: that is how many complete rows would pin the rate down as well as what has arrived of it. An evaluation on yesterday's log believes it has twice the data that it has.

The law of the delay is itself an estimate, and the knob for complete days shows its trap. Call days complete after one day and the slow clicks have never been seen. F then reads too high for every age, the corrected rate of yesterday comes out another 3% too low, and nothing on the screen says so.
]]
show.table { data.where { days, column = "day", at_least = 12, as = "days" }, title = "The last nine days",
  see = "share is estimated from delays, true_share is what turned out; effective_rows shrink faster than rows, and half_width is what you may say about each day" }

chapter "Fresh, sharp, complete: choose two" [[
Most dashboards cannot correct. They can only choose a window: how many days, and how many of the youngest to leave out. Three things are wanted of it. It should have heard most of its clicks, or it is biased. It should hold enough of them, or it is noise: an interval of plus or minus 6% takes about a thousand clicks. And it should be young, or the incident is over before the chart moves.

No window has all three. The default, yesterday alone, is half a day old on average and reads 60% too low.
]]
show.table { seen, title = "The window in figures",
  see = "naive_error is what the dashboard shows against the truth; corrected_error is the same window divided by effective rows; mean_age_days is how late you would learn of anything" }

chapter "A slow pipeline is not a change of heart" [[
Now the incident question. Twice the click rate on the dashboard falls at hour 432. Once the event pipeline lags, and a third of the clicks that used to arrive within the hour do not. Once people really lose interest.

Click rate falls in both. So does every number that divides by clicks: the calibration ratio jumps and points at the model, wrongly in the first case. What tells them apart is the delay itself. Plot the share of clicks that have arrived by a fixed age, as its own signal, with its own alert. If it moved, hold the model page and wake the pipeline's owner. Above all do not retrain: a model fitted on the lagging hours would learn that people click less.
]]
local function last_days(kind, name)
  local signals = simulate.operations { days = 24, incidents_per_week = 0, segments = false, plant = kind, plant_hour = 432, plant_lasts = 48, as = name .. ", incidents of " .. name }
  return data.where { signals, column = "hour", at_least = 384, as = name }
end
local strips = { "labels_arrived", "calibration_ratio", "ctr", "true_ctr" }
show.timeline { last_days("label_delay", "a slow pipeline"), x = "hour", columns = strips, groups = { "data", "model", "business", "truth" }, broken = "incident",
  title = "A slow pipeline", x_title = "hour", y_title = "signal",
  see = "arrived labels fall, the click rate with them, calibration jumps; the true rate, which no real log has, does not stir" }
show.timeline { last_days("concept_shift", "a change of heart"), x = "hour", columns = strips, groups = { "data", "model", "business", "truth" }, broken = "incident",
  title = "People losing interest", x_title = "hour", y_title = "signal",
  see = "the same click rate and the same calibration; arrived labels do not stir, and the true rate falls" }

expect.below { seen, "naive_error", -0.4, when = window == 1 and skip == 0 and delay >= 24, because = "more than half of yesterday's clicks are still on their way" }
expect.between { seen, "corrected_error", { -0.3, 0.3 }, when = mature >= 6 and delay <= 60, because = "dividing by effective rows takes the droop out, up to the noise of a hundred clicks" }
expect.between { seen, "share_heard", { 0.3, 0.6 }, when = window == 1 and skip == 0 and delay >= 24 and delay <= 60 and mature >= 6, because = "yesterday has been heard from by about half" }

challenge "A window that has heard 95% of its clicks, is known to 6%, and is less than a week old on average" {
  goal.above { seen, "share_heard", 0.95 },
  goal.below { seen, "half_width", 0.06 },
  goal.below { seen, "mean_age_days", 7 },
}
