design "Pages that mean something: tuning an alert" {
  asks = "The on-call is paged five times a week, mostly for nothing, and has begun to mute the phone. You may change thresholds, windows and what must agree. What do you change first, and what does it cost you?",
  covers = { "S06-P1", "S06-C12", "S14-C04", "S14-C09" },
  seed = 7,
}

chapter "Nine months of a dashboard" [[
Nine signals of a feed, hour by hour for 280 days: latency and errors, null features and parity, scores and their calibration, catalogue coverage, click rate. Each has its daily wave, noise that remembers the hour before, and now and then a spike of one hour that means nothing at all.

About once a week something happens. Some of it harms: a bad deploy, a null feature, an embedding model swapped. Some of it only moves numbers: a holiday, other people arriving, an ordinary day watched closely. Because the months are simulated, the list of what happened is known, and every rule can be scored. No real pager log can do that, since nobody writes down the incidents that were missed.
]]
local rate = slider("incidents a week", 1.0, { 0.2, 3.0, scale = "log", apply = true })
local signals, incidents = simulate.operations { days = 280, incidents_per_week = rate, segments = false, as = "signals, incidents" }
local month = data.where { data.where { signals, column = "day", at_least = 20, as = "month" }, column = "day", below = 48, as = "four weeks" }
show.timeline { month, x = "hour", columns = { "latency_p99", "parity_mismatch", "calibration_ratio", "ctr" }, groups = { "infrastructure", "data", "model", "business" }, broken = "incident",
  title = "Four of the nine signals over four weeks", x_title = "hour", y_title = "signal",
  see = "the shaded spans are what really happened; most wiggles outside them are as large as some of those within" }

chapter "Many signals, one threshold" [[
Each signal is compared with what is usual at that hour of the day, learned from the first two weeks, and counted in standard deviations. Four of them sounds safe: under a normal law, one hour in sixteen thousand. Nine signals of 24 hours a day would then page once in two months.

They page five times a week. Real signals have spikes, PSI is no normal variable, and a spread learned from two weeks is itself uncertain. Tail probabilities multiplied on paper are not a false-alarm budget. Count pages on history instead, as the table does for the rule and for each of its signals.

Noise does not only annoy, it hides. After a page the rule keeps quiet for twelve hours, and one that is already ringing cannot begin to ring. So the nine together catch fewer incidents than the click rate alone: pages about nothing have used up the silence.

A page counts as useful when it falls into an incident that harms. One about a holiday is useless, however significant: everything did move, and nobody should have been woken.
]]
local sigma = slider("threshold", 4.0, { 2.0, 10.0, step = 0.5, unit = "σ" })
local sustain = slider("hours in a row", 1, { 1, 12, step = 1, unit = "hours" })
local agree = slider("signals that must agree", 1, { 1, 4, step = 1 })
local least = slider("smallest change worth a page", 0.0, { 0.0, 0.3, unit = "%" })
local seasonal = toggle("compare with the same hour of day", true)
local watched = { "latency_p99", "error_rate", "null_rate", "feature_psi", "parity_mismatch", "score_mean", "calibration_ratio", "coverage", "ctr" }
local rules, pages, seen, joint = monitor.alerts { signals, incidents, watch = watched, sigma = sigma, sustain = sustain, corroborate = agree,
  least_change = least, seasonal = seasonal, as = "rules, pages, seen, joint" }
show.table { rules, title = "The rule, then each of its signals alone",
  see = "the first row is the rule: nearly five pages a week, more than four of them useless, two thirds of the incidents caught; click rate alone catches more of them with half the pages" }

chapter "What must agree" [[
There are four levers, and they cost different things.

A higher threshold loses faint incidents. A sustained window forgives spikes, and costs its own length in delay, on every incident, for ever. A smallest change worth a page throws out what is significant and does not matter: with enough traffic everything is significant, and a click rate 1% below its usual value is nobody's emergency. Corroboration asks for witnesses, and is the strongest of the four, because a spike strikes one signal and a fault strikes several.

But witnesses must be independent. Calibration ratio is predicted over observed clicks, so a dip in clicks moves both it and the click rate: two voices, one witness. Counting layers and not signals is the stricter question. It also costs more than it looks. A fault of the model that only the model's own signals show, such as an experiment that leaks, has no witness in another layer until people have clicked less for long enough.
]]
local curve = monitor.alert_curve { signals, incidents, watch = watched, sustain = sustain, least_change = least, seasonal = seasonal, as = "curve" }
show.line { curve, y = "recall", by = "useless_a_week",
  title = "Incidents caught against useless pages, one point a threshold", x_title = "useless pages a week", y_title = "share of harmful incidents caught",
  see = "up and left is better: at three useless pages a month or so, one signal and two catch about the same; further left only agreement gets anywhere, and too low a threshold catches less, not more" }
local two, _, _, paired = monitor.alerts { signals, incidents, watch = watched, sigma = 5, corroborate = 2, as = "two, two pages, two seen, two signals at five" }
show.table { paired, title = "For comparison: two signals that agree at five standard deviations",
  see = "a sixth of the useless pages and a third more of the incidents than the rule that this chapter began with" }
show.line { curve, y = "delay_hours", by = "sigma",
  title = "What a threshold costs in time", x_title = "threshold (standard deviations)", y_title = "mean hours until the first page",
  see = "a fault that grows over a day is seen later the more you ask of it; the mean is of those caught, so a rule that misses the slow ones looks quick" }

chapter "Read the pages" [[
A page that nobody can act on is noise even when it is true. The list of signals that spoke, with their signs, is what makes one actionable: error rate up and coverage down within an hour of a release is a rollback; parity up with scores moved and latency flat is an upstream fix; click rate alone is a question for the morning. A runbook is that sentence for each pattern, written in daylight, with the cure beside it. The last table has the cure that each incident really needed. Retraining is right for one kind in sixteen.

What the rule missed is in the second table, and belongs into the review as much as the pages do.
]]
show.table { pages, rows = 14, title = "The first pages",
  see = "a bad deploy speaks with four signals and large deviations; what speaks alone with four point something is nearly always nothing" }
show.table { seen, rows = 50, title = "Every incident, and what the rule made of it",
  see = "missed ones are short or faint, or came while the rule was still quiet from a page about nothing" }
show.table { incidents, rows = 16, title = "What the first of them really were, and what would have ended them",
  see = "read cure beside kind: roll back, mitigate, fix upstream, wait; an alert that cannot be told apart from its neighbours by what it shows cannot have a runbook" }

expect.above { joint, "useless_a_week", 2, when = sigma <= 4 and agree == 1 and sustain == 1 and least == 0 and rate <= 1.5, because = "nine signals at four standard deviations are not a false-alarm budget" }
expect.below { paired, "useless_a_week", 1.6, when = rate <= 1.5, because = "a spike strikes one signal, a fault several" }
expect.above { paired, "recall", 0.7, when = rate <= 1.5, because = "most faults are seen by more than one signal" }

challenge "At most one useless page a month, 85% of the incidents caught, within six hours on average" {
  goal.below { joint, "useless_a_week", 0.25 },
  goal.above { joint, "recall", 0.85 },
  goal.below { joint, "delay_hours", 6 },
}
