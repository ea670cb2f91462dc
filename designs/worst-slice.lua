design "The slice that burns: green on the whole, broken for some" {
  asks = "The dashboard is green: click rate, calibration and AUC stand where they stood last week. Support says that video on iPhones has become odd. How would you have found that before support did, without crying wolf over every small segment?",
  covers = { "S06-P2", "S06-C03" },
  seed = 4,
}

chapter "A release of one client" [[
A click model was trained on two weeks and calibrated on a third. On the first day of the fourth week the iOS app ships a release. It no longer sends two features for one kind of post, and the server fills the gap with zero. Nothing fails and nothing is null: a zero is a value like any other.

Only the rows of one platform and one kind of post are hit. The first plot is what most teams watch: predicted over observed clicks, all traffic, day by day.
]]
local media = choice("kind of post that breaks", "video", { "video", "image", "text", apply = true })
local how = choice("what the server reads", "zero", { "zero", "null", apply = true })
local log = source("impressions", simulate.impressions { users = 4000, days = 28, base_ctr = 0.05 }, { "time", "day", "click" })
local past, hold, live = log:split { days = { 14, 21 }, as = "past, hold, live" }
local model = calibrate.platt { train.ftrl { past, as = "trained" }, on = hold, as = "click model" }
local broken = data.corrupt { live, columns = { "post_votes", "affinity" }, where = { "platform", "ios", "media", media }, how = how, as = "week of the release" }
show.line { monitor.signals { broken, model = model }, y = "calibration_ratio", by = "day", guide = 1,
  title = "All traffic: predicted over observed clicks", x_title = "day", y_title = "calibration ratio",
  see = "seven days between 0.97 and 1.11, scattered as in any week: nobody is paged for that, and rightly" }
show.line { monitor.signals { broken, model = model, segment = "platform" }, y = "calibration_ratio", by = "day", guide = 1,
  title = "By platform", x_title = "day", y_title = "calibration ratio",
  see = "three lines that cross each other; iOS is somewhat low on most days, and each line scatters more than that" }

chapter "Listing is not finding" [[
So slice. But how? The usual dashboard lists the largest segments, and the fault is not among them: it sits where two conditions meet. iOS as a whole is 9% off, android 6% the other way, and neither is beyond chance.

The model sees eight columns. Every level of every column, and every pair of levels of two columns, makes hundreds of slices. Sort them by how far observed clicks are from expected and the list is led by small ones, because the smallest slices vary the most. With 600 candidates, some thirty fall below the usual 5% by luck alone.
]]
local since = slider("days since the release", 7, { 1, 7, step = 1, unit = "days" })
local week = data.where { broken, column = "day", below = 21 + since, as = "week of the release" }
local quiet_week = data.where { live, column = "day", below = 21 + since, as = "a quiet week" }
local least = slider("rows that a slice needs", 400, { 20, 3000, scale = "log", step = 1 })
local fdr = slider("false discoveries allowed", 0.05, { 0.001, 0.5, scale = "log", unit = "%" })
local columns = { "platform", "media", "topic", "country", "position", "hour", "user_activity", "post_age_hours" }
local single, listed = monitor.slices { model, on = week, columns = columns, depth = 1, least_rows = least, false_discovery_rate = fdr, most = 6,
  as = "worst of one condition, listed, found by one condition" }
show.table { listed, title = "The largest segments, as a dashboard lists them",
  see = "clicks_over_expected strays by a few percent and every interval holds 0 or nearly does; true_gap, known because the week is simulated, says that none of these is the culprit" }

chapter "A search that pays for searching" [[
Three repairs make a search of it. The test counts owners and not rows: the impressions of one user know each other, so their errors are summed before they are squared. The p-value is adjusted for the number of candidates (Benjamini and Hochberg), so that of the slices called significant at most one in twenty should be chance. And each gap is shrunk towards none by as much as the whole family of slices says is noise.

Then the list is peeled. A broken `ios, video` also drags `ios` and `video` and every other slice that overlaps it. So the worst is taken out, its rows are set aside, and the search goes on in the rest: what was only a parent falls silent.
]]
local worst, _, found = monitor.slices { model, on = week, columns = columns, least_rows = least, false_discovery_rate = fdr, most = 6,
  culprit = "platform = ios, media = " .. media, as = "worst slices, largest, found" }
show.table { worst, title = "The worst slices, peeled one by one",
  see = "one slice stands out with twice the clicks that the model expects of it; the next is far behind and its true gap is a third of what it looks" }
show.table { found, title = "The search in figures",
  see = "candidates is how many were tested: the price of the first line's adjusted p" }

chapter "The same search on a quiet week" [[
A search that finds something in a broken week has shown nothing yet. Run it on the week as it would have been without the release. It should stay silent, whatever sits on top of its list: some slice always is the worst.

Now take days away. After one day the broken pair has some 260 rows and a dozen clicks too many, and sits on top of the list with an adjusted p of 0.9: seen and not believed. On the third day it is beyond doubt. The rows that a slice needs move that by hours. Small slices bring more candidates, and each raises the bar for all. Ask for more rows than the broken slice has and it can no longer be found at all. Where the limit belongs depends on the smallest group of people that you are willing to fail.
]]
local calm, _, calm_found = monitor.slices { model, on = quiet_week, columns = columns, least_rows = least, false_discovery_rate = fdr, most = 6,
  as = "worst slices of a quiet week, largest of a quiet week, found in a quiet week" }
show.table { calm, title = "The same search, had nothing been released",
  see = "gaps of 20% and more at the top, none of them significant, and true gaps a small part of what they seem" }
show.table { calm_found, title = "The quiet week in figures", see = "significant_slices should be 0: each one here is a team sent looking for nothing" }

expect.above { found, "culprit_first", 0.5, when = how == "zero" and media == "video" and least <= 1000 and since >= 6, because = "the broken pair is found before its parents" }
expect.below { calm_found, "significant_slices", 4, when = fdr <= 0.05 and least >= 300, because = "a quiet week stays nearly quiet" }
expect.below { found, "worst_adjusted_p", 0.01, when = how == "zero" and media == "video" and least <= 1000 and least >= 100 and since >= 6, because = "adjusted for every slice that was looked at, it still stands out" }

challenge "Be sure of the broken slice (adjusted p below 1%) within three days, and send nobody after a quiet week" {
  goal.below { found, "worst_adjusted_p", 0.01 },
  goal.above { found, "culprit_first", 0.5 },
  goal.below { week, "day", 22.1 },
  goal.below { calm_found, "significant_slices", 1 },
}
