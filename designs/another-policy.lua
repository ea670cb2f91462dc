design "Would the new feed have been better?" {
  asks = "You have two weeks of logs from the feed that ran. Before anybody tests the new ranker: what would it have earned? When do you believe that number?",
  covers = { "S04-C06", "S04-P2" },
  seed = 21,
}

chapter "A log that says how it chose" [[
One place, the first of the feed. A visitor of some segment comes, the ranker picks one of twelve posts, the visitor clicks or does not. The log keeps four things: who, what, whether, and with which probability this post was picked. That last number is the propensity. It costs eight bytes a row when the choice is made, and no effort brings it back afterwards.

The ranker that ran was sure of itself and only half right. Three visits in ten got any post at all.

From the first week a new ranker is learned: rates by segment and post, shrunk to the post's own. The second week is kept to judge it.
]]
local explore = slider("visits that get any post", 0.3, { 0, 1, unit = "%", apply = true })
local temperature = slider("how unsure the old ranker is", 0.3, { 0.1, 2, scale = "log", unit = "log-odds", apply = true })
local days = slider("days of the judged log", 7, { 1, 14, step = 1, unit = "days", apply = true })
local hidden = slider("what the ranker saw and the log did not", 0, { 0, 2, apply = true })
local site = { visits_a_day = 2000, days = 7 + days, explore = explore, temperature = temperature, knows = 0.4, hidden = hidden }
site.as = "log, pairs"
local log, pairs = simulate.choices(site)
local past, judged = log:split { days = { 7 }, as = "first week, judged log" }
local new = policy.learn { past, temperature = 0.3, as = "new ranker" }
show.heatmap { pairs, x = "post", y = "segment", value = "click_probability",
  title = "What each segment would click", x_title = "post", y_title = "segment",
  see = "the rows differ: a ranker that knows segments has something to win, and only this simulated site can show you the map" }

chapter "Nine answers to one question" [[
The mean of the log answers another question: what the old ranker earned. Averaging the rounds in which the old ranker happened to show what the new one likes sounds better, and is wrong too: those rounds are the ones that the old ranker chose to show often.

Divide by the propensity and the choice is undone. A round that was shown with probability 1% and would be shown with 80% counts eighty times. That is IPS: right on average, whatever the world is like. SNIPS divides by the weights it met. Clipping cuts the great weights and pays with a bias downwards. The direct method (DM) asks a table of mean rewards by post and no weights at all. Doubly robust (DR) starts from that table and corrects it with the log. SWITCH-DR leaves the correction out where weights are great. MIPS weighs topics instead of posts: far less noise, and wrong as soon as posts of one topic differ.
]]
local clip = slider("greatest weight", 10, { 1, 200, scale = "log" })
local report = policy.evaluate { judged, new, pairs = pairs, most_weight = clip, model = "action", as = "report" }
show.table { data.columns { report, columns = { "estimator", "value", "standard_error", "ci_low", "ci_high", "true_value", "error" }, names = { "estimator", "clicks a visit", "standard error", "low", "high", "truth", "error" } },
  title = "What the new ranker earns, by nine estimates",
  see = "compare error with standard error: where it is three times as large, the estimate is wrong and does not know it" }
show.table { data.columns { data.where { report, column = "estimator", is = "IPS", as = "weights" }, columns = { "rounds", "effective_sample_size", "mean_weight", "greatest_weight", "never_logged" }, names = { "rounds", "worth rounds of its own", "mean weight", "greatest weight", "of it never logged" } },
  title = "How much this log knows about the new ranker",
  see = "the second number is how many rounds of the new ranker itself would have told as much; a mean weight away from 1 says that propensities are wrong" }

chapter "A hundred logs" [[
One log is one draw. Run the judged week a hundred times (with weights up to 10) and the estimators show their characters. Bias is how far the mean of the hundred is from the truth, sd how far a single one strays, coverage how many of the hundred intervals held the truth; 95 were promised.

The wide ones are honest. The narrow ones are narrow for one of two reasons: they use the log better (SNIPS, DR), or they do not see their own error (no propensities, clipped IPS, DM, SWITCH-DR).
]]
local function a_log()
  local l, p = simulate.choices(site)
  local first, second = l:split { days = { 7 }, as = "a, b" }
  local r = policy.evaluate { second, policy.learn { first, temperature = 0.3, as = "its ranker" }, pairs = p, most_weight = 10, model = "action", as = "estimates" }
  return data.columns { r, columns = { "estimator", "value", "ci_low", "ci_high", "true_value", "covers_truth" }, names = { "estimator", "effect", "ci_low", "ci_high", "true_effect", "covers_truth" }, as = "one log" }
end
local summary, runs = scenario.replicate { n = 100, by = "estimator", body = a_log, as = "a hundred logs, all logs" }
show.table { data.columns { summary, columns = { "series", "effect", "true_effect", "bias", "sd", "coverage" }, names = { "estimator", "mean", "truth", "bias", "sd", "coverage" } },
  title = "The estimators over a hundred logs",
  see = "IPS, SNIPS and DR cover the truth as promised; what asks no propensities is precise about the wrong number" }
local seen = {}
for _, name in ipairs { "no propensities", "IPS", "DR" } do
  seen[#seen + 1] = data.where { runs, column = "series", is = name, as = name }
end
show.ecdf { seen[1], seen[2], seen[3], column = "effect", title = "A hundred estimates", x_title = "estimated clicks a visit", y_title = "share of logs",
  see = "IPS and DR stand around the truth, DR steeper; the third curve is somewhere else altogether" }

chapter "Nobody logged propensities" [[
Then count: the share of this segment's visits that got this post. That is exact if the ranker looked at the segment and at nothing else. Here it may have looked at one thing more, whether the visitor was in a hurry. The hurried got short posts and clicked less. The log does not know who they were.

Raise what the ranker saw and the log did not. Guessed propensities now blame the short posts for the hurry, and no size of log helps: the error stays and the interval shrinks around it. The logged propensities are right at any setting, because the ranker wrote them down while it knew.

The sentence for an interview: log the probability, the candidates and the version of the policy with every exposure, and keep one visit in a few random for ever.
]]
local guessed = policy.evaluate { policy.propensity { judged, as = "guessed" }, new, pairs = pairs, most_weight = clip, model = "action", category = "", as = "guessed propensities" }
show.table { data.columns { guessed, columns = { "estimator", "value", "ci_low", "ci_high", "true_value", "error" }, names = { "estimator", "clicks a visit", "low", "high", "truth", "error" } },
  title = "The same log with guessed propensities",
  see = "while nothing is hidden the guess serves well; raise what was hidden and every estimate moves away from the truth together" }

local ips = data.where { summary, column = "series", is = "IPS", as = "IPS over logs" }
local dr = data.where { summary, column = "series", is = "DR", as = "DR over logs" }
local naive = data.where { summary, column = "series", is = "no propensities", as = "without propensities" }
local one_dr = data.where { report, column = "estimator", is = "DR", as = "DR of this log" }
local old = data.where { report, column = "estimator", is = "logged policy", as = "the old ranker" }
expect.between { ips, "coverage", { 0.86, 1 }, when = explore == 0.3 and temperature == 0.3 and days == 7 and hidden == 0, because = "weighted by what was logged, intervals keep their promise" }
expect.between { dr, "coverage", { 0.86, 1 }, when = explore == 0.3 and temperature == 0.3 and days == 7 and hidden == 0, because = "doubly robust intervals keep it too" }
expect.below { dr, "sd", 0.0138, when = explore == 0.3 and temperature == 0.3 and days == 7 and hidden == 0, because = "a reward model saves noise" }
expect.below { naive, "coverage", 0.6, when = explore == 0.3 and temperature == 0.3 and days == 7 and hidden == 0, because = "without propensities the interval holds the wrong number" }

expect.above { data.where { guessed, column = "estimator", is = "IPS", as = "IPS with guessed propensities" }, "error", 0.03, when = hidden == 2 and explore == 0.3 and temperature == 0.3 and days == 7, because = "what the ranker saw and the log did not makes the guess wrong" }

challenge "Know the new ranker's value with a standard error of 1.15 points (DR), keep the old feed above 10.35 clicks in a hundred visits, with at most 14,000 judged visits" {
  goal.below { one_dr, "standard_error", 0.0115 },
  goal.above { old, "true_value", 0.1035 },
  goal.below { one_dr, "rounds", 14001 },
}
