design "Change-point lab: five detectors, one rate, one price" {
  asks = "The rate of posts that people hide has gone up, or perhaps it has not. Which detector would you run on it, with which threshold, and how late will it be?",
  covers = { "S06-C05", "S06-C12" },
  seed = 9,
}

chapter "One rate, by the hour" [[
Two impressions in a hundred end with a tap on 'hide'. Every hour about 500 impressions are counted, so the hourly rate jumps around its level by a third of it. On a day that you set, the level rises.

The thin line is the level itself, which only a simulation can show. Find the change in the hourly points by eye, then read on. A rise of 30% is about one standard deviation of an hour: no single hour proves it, and a day of hours does.
]]
local change = slider("rise of the rate", 0.30, { 0.0, 1.0 })
local day = slider("on day", 28, { 20, 38, step = 1, unit = "days" })
local rhythm = slider("daily wave", 0.0, { 0.0, 0.8, apply = true })
local changed = change > 0
local hours = source("hours",
  simulate.rate { days = 42, rate = 0.02, trials = 500, change = change, change_day = day, rhythm = rhythm },
  { "day", "hour", "trials", "rate" })
show.line { hours, y = "rate", by = "day", truth = "rate_true", mark_day = day, mark = changed, band = false,
  title = "Hide rate by the hour", x_title = "day", y_title = "hides per impression",
  see = "the level steps up at the mark and the points hardly seem to notice; an eye needs days where a sum needs hours" }

chapter "The price first" [[
A threshold is never right or wrong by itself. It buys silence with delay. So begin with what a false alarm costs the people who answer it, and say how many hours may pass between two of them on average while nothing is wrong. The threshold follows from that number, and so does the delay.

For CUSUM and EWMA the mean run to an alarm solves an equation, and their delay in the table is exact. Page-Hinkley and ADWIN learn their level from the stream and have to be simulated. Each was told to expect a shift of one deviation, and the delay is in hours after such a shift.

Page-Hinkley pays for not knowing the level: the change creeps into the mean that it compares with. ADWIN looks only every 32 hours, and its bound holds for every distribution, so it is quieter than asked even at a delta of 1, where the bound promises nothing. It was made for streams of millions.

DDM has no row, because it has no run length to speak of. It averages over everything since its last restart, so the longer it has been quiet, the deafer it is. Most of its false alarms come early, and a change that comes late may not be seen at all.
]]
local arl = slider("hours to a false alarm", 700, { 100, 3000, scale = "log", step = 1, unit = "hours", apply = true })
show.table { monitor.run_lengths { arls = { 700 }, detectors = { "cusum", "ewma", "page-hinkley", "adwin" }, as = "at 700 hours" },
  title = "What 700 hours to a false alarm buy",
  see = "read the errors beside the figures; the two charts that know the level need some ten hours, those that learn it need more than a day" }
show.line { monitor.run_lengths { arls = { 100, 300, 1000, 3000 }, detectors = { "cusum", "ewma" }, replicates = 10, as = "charts of a known level" },
  y = "delay", by = "nominal_arl", log_x = true,
  title = "Delay against the price, after a shift of one deviation", x_title = "hours to a false alarm", y_title = "mean delay, hours",
  see = "from 300 hours to 3000, ten times fewer false alarms, costs some five hours: the delay grows with the logarithm of the price, which is why a nervous threshold is rarely worth it" }

chapter "All five on the same hours" [[
The first fourteen days give the level and the deviation. From then on each detector reads the same hours, and its evidence is drawn as a share of its own threshold: an alarm is a line that crosses one. A detector restarts after its alarm, so a lasting change is reported again and again by those that know the old level. Only the first alarm after the mark is news.

The table below the plot has what a dashboard cannot have: which alarms meant something. Compare the false alarms with the number that was paid for.
]]
local season = choice("compare an hour with", "all hours", { "all hours", "the same hour of other days" })
local by_hour = season == "the same hour of other days"
local function watch(name)
  return monitor.detect { hours, column = "rate", trials = "trials", detector = name, arl = arl, baseline_until = 14,
    season = by_hour and "hour" or nil, drift = changed, drift_day = day, as = name }
end
local cusum, ewma, page, ddm, adwin = watch("cusum"), watch("ewma"), watch("page-hinkley"), watch("ddm"), watch("adwin")
show.line { cusum, ewma, page, y = "ratio", by = "day", guide = 1, mark_day = day, mark = changed, band = false,
  title = "Evidence as a share of the threshold", x_title = "day", y_title = "statistic over limit",
  see = "the rings are alarms; the lines climb together after the mark, since all three add up the same hours" }
show.table { monitor.detections { cusum, ewma, page, ddm, adwin, as = "detectors" },
  title = "What each found",
  see = "first_alarm_delay is in days after the change; a detector that never saw it has the days to the end of the log" }

chapter "What all of them assume" [[
Every figure above holds for hours that are independent and have one level. Now give the rate a daily wave of half its size. Nothing is wrong with the site, and two things happen to the charts. The deviation of the baseline now contains the wave, so they have grown blunter. And evenings come in a row, which noise does not, so they alarm several times as often as was paid for.

Raising the threshold until the evenings are quiet is the common answer and the wrong one, since it also silences the change. Compare each hour with the same hour of other days, and the price that was agreed holds again. The same goes for weekends, holidays and launches: what is known beforehand belongs in the level, not in the threshold.
]]
local chosen = choice("on call runs", "cusum", { "cusum", "ewma", "page-hinkley", "ddm", "adwin" })
local running = ({ cusum = cusum, ewma = ewma, ["page-hinkley"] = page, ddm = ddm, adwin = adwin })[chosen]
show.line { running, y = "ratio", by = "day", guide = 1, mark_day = day, mark = changed, band = false,
  title = "The detector that on call runs", x_title = "day", y_title = "statistic over limit",
  see = "with a daily wave and one level for all hours the line swings with the day; with a level for each hour it is flat until the mark" }

expect.below { cusum, "first_alarm_delay", 1.5, when = change >= 0.3 and rhythm == 0 and arl <= 1500,
  because = "a shift of one deviation takes about ten hours to prove" }
expect.below { cusum, "false_alarms", 5, when = rhythm == 0 and arl >= 500, because = "two weeks hold half a false alarm at 700 hours" }
expect.above { adwin, "first_alarm_delay", 1, when = change > 0 and change <= 0.3 and rhythm == 0 and day == 28 and arl >= 500, because = "it looks every 32 hours, and its first look after the change is a day away" }
expect.above { cusum, "false_alarms", 1, when = rhythm >= 0.5 and not by_hour and day >= 26 and arl <= 700, because = "an evening is a change for a chart with one level" }
expect.below { cusum, "false_alarms", 4, when = by_hour and arl >= 500, because = "a wave that is known beforehand is no news" }

challenge "A rise is seen within eight hours, and on call is woken for nothing less than once in six quiet weeks" {
  goal.below { running, "first_alarm_delay", 0.34 },
  goal.below { running, "expected_false_alarms", 0.34 },
}
