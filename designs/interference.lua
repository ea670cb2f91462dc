design "Neighbours: when the control group is treated too" {
  asks = "Newcomers who get the new onboarding invite friends and liven up the communities they join. Your test by user shows plus two points. What will the launch bring, and how would you have measured it?",
  covers = { "S13-C02" },
  seed = 17,
}

chapter "Nobody is alone" [[
The new onboarding helps whoever sees it by a couple of points. It also helps everybody around: a community with more activated newcomers answers sooner, and the next newcomer is more likely to stay, whichever arm he is in.

So control users profit from the treatment of their neighbours. A comparison of the arms subtracts that profit, for it is in both. The launch would bring the direct effect and the spillover, and the last column adds the two. The test by user can only ever see the first.
]]
local direct = slider("direct effect", 0.02, { 0, 0.06, unit = "%", apply = true })
local spill = slider("spillover with all peers treated", 0.04, { -0.04, 0.08, unit = "%", apply = true })
local size = slider("newcomers in a cluster", 50, { 10, 150, scale = "log", step = 1, apply = true })
local users = 5000
local function world(unit, leak)
  return simulate.onboarding { users = users, communities = math.floor(users / size), unit = unit,
    effect = direct, spillover = spill, leak = leak, community_spread = 0.5, columns = { "community" } }
end
local log = source("newcomers", world("user", 0), { "arm", "activated", "community" })
show.table { data.columns { experiment.compare { log, outcome = "activated" }, columns = { "effect", "ci_low", "ci_high", "p", "true_effect" },
    names = { "effect", "low", "high", "p", "launch brings" }, as = "one test by user" },
  title = "One experiment that deals arms to users",
  see = "the interval is honest about noise, and it is centred on the wrong number" }

chapter "Deal whole communities" [[
If neighbours share an arm, control communities are quiet and treated ones lively, and the difference between them is what a launch would do. The price is noise. The number of independent things is now the number of clusters: users of one community resemble each other, and the variance grows by 1 + (m - 1)ρ, with m users in a cluster and ρ the correlation within.

Three analyses, 150 times each, while communities are closed. By user: precise and wrong. By community, analysed as if users were independent: right on average, with intervals far too narrow. By community, with errors that know of the communities: right, and as wide as it has to be.
]]
local function row(summary, name)
  return data.where { summary, column = "series", is = name, as = name }
end
local function short(summary)
  return data.columns { summary, columns = { "series", "effect", "true_effect", "bias", "sd", "ci_width", "coverage" },
    names = { "experiment", "effect", "launch brings", "bias", "sd", "interval", "coverage" } }
end
local closed, runs = scenario.replicate { n = 150, body = function()
  local by_user, by_community = world("user", 0), world("community", 0)
  return experiment.compare { by_user, outcome = "activated", as = "by user" },
    experiment.compare { by_community, outcome = "activated", as = "by community, counting users" },
    experiment.compare { by_community, outcome = "activated", methods = { "clustered" }, cluster = "community", as = "by community, counting communities" }
end, as = "three ways, all runs" }
show.table { short(closed),
  title = "150 experiments, three ways",
  see = "bias names the first row's fault, coverage the second's; the interval of the third is its price" }
local two_ways = data.where { runs, column = "series", is = "by community, counting users", otherwise = true, as = "two ways" }
show.line { diagnose.histogram { two_ways, column = "effect", by = "series", bins = 16 }, y = "y", by = "x", band = false,
  title = "What these experiments would have reported", x_title = "estimated effect on activation", y_title = "share of experiments",
  see = "the narrow hump stands at the direct effect, the wide one at what the launch brings" }

chapter "When communities leak" [[
Clusters are never closed. People belong to several, and a friend invited from elsewhere carries the treatment along. Let a share of the peers stand outside and control communities are touched again: the bias is that share times the spillover.

Merge communities into larger clusters and fewer ties cross a border, but fewer clusters are left to tell the effect from luck. Here half of the ties cross when a cluster has ten newcomers, and the share falls with the square root of its size. That is the whole craft: cut the graph where few ties cross, and keep enough pieces.

Spillover may also be negative. If treated newcomers take the moderators' time from the others, the test by user shows a gain where the launch brings less, or a loss.
]]
local leak = 0.5 * math.sqrt(10 / size)
local leaking = scenario.replicate { n = 150, body = function()
  return experiment.compare { world("community", leak), outcome = "activated", methods = { "clustered" }, cluster = "community", as = "by cluster, with leaks" }
end, as = "with leaks, leaking runs" }
show.table { short(leaking),
  title = "150 experiments by cluster, with ties that cross",
  see = "the bias is between the test by user and the closed communities: larger clusters shrink it and widen the interval" }

local by_user, naive, fair = row(closed, "by user"), row(closed, "by community, counting users"), row(closed, "by community, counting communities")
expect.between { by_user, "bias", { -spill - 0.006, -spill + 0.006 }, because = "a test by user misses the whole spillover" }
expect.between { fair, "bias", { -0.008, 0.008 }, because = "closed communities hide nothing" }
expect.above { fair, "coverage", 0.88, when = size <= 100, because = "errors by community cover the truth" }
expect.below { naive, "coverage", 0.9, when = size >= 40, because = "users of one community are not independent" }
expect.between { leaking, "bias", { -leak * spill - 0.008, -leak * spill + 0.008 }, because = "what leaks is missed" }

challenge "With ties that cross: miss at most 1.3 points of a launch that brings six, with an interval under 7.6 points" {
  goal.above { leaking, "bias", -0.013 },
  goal.below { leaking, "ci_width", 0.076 },
  goal.above { leaking, "true_effect", 0.0575 },
}
