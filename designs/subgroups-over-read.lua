design "It hurts in one country: subgroups, corrections and a plan written before" {
  asks = "The new onboarding shows nothing overall, but the deck says minus six points in Great Britain, p = 0.04, and asks to switch it off there. What do you say, what would you have written down before the start, and how do you find a subgroup that is real?",
  covers = { "S13-C08", "S13-C10", "S13-P3" },
  seed = 7,
}

chapter "The slide" [[
Eight countries in one experiment of 6,000 newcomers. Here is the experiment by country. The right-hand columns hold what no real deck can show: the true effect in each of them.

The treatment does nothing. It does nothing in every country. Yet whoever scans the column of p finds Great Britain at 0.04 with six points lost, and the estimate is large because a group of 800 must be far off to look significant. Among eight countries the smallest p is that small every third time, and p_holm, which knows that there were eight, says 0.35.

Change the salt, which deals the same users anew, and another country stands out, or none. Under one of the six salts even the corrected p is below 0.05: a promise of one in twenty is not a promise of never.
]]
local salt = choice("salt of the assignment", "b", { "a", "b", "c", "e", "g", "k" })
local columns = { "platform", "country", "source", "prior_activity" }
local log = source("newcomers", simulate.onboarding { users = 6000, effect = 0, salt = salt, columns = columns }, { "arm", "activated", "country" })
local countries = experiment.segments { log, outcome = "activated", by = "country", as = "by country" }
show.table { countries,
  title = "The effect by country, p as it is and adjusted, and the true effect",
  see = "read p, then p_holm in the same row, then true_effect: whatever wins here is luck" }

chapter "A habit, 150 times" [[
One slide proves nothing about a habit, so run the habit 150 times, each with fresh users and no effect anywhere.

Without a correction a third of these experiments have at least one country to announce: 1 - 0.95⁸ is 34%. Bonferroni multiplies each p by eight. Holm does that to the smallest only, less to the next, and promises as much, so there is no reason to prefer Bonferroni. Both hold the share of experiments with any false claim to 5%.

Benjamini-Hochberg promises something else: that among the claims the false ones are few. With nothing to find that is the same promise; with many true effects it lets more through. Use it for a list of candidates that will be tested again, and Holm where a claim is a launch.
]]
local names = { none = "p as it is", bonferroni = "Bonferroni", holm = "Holm", bh = "Benjamini-Hochberg" }
local function by_correction(world, by)
  return scenario.replicate { n = 150, p = "adjusted_p", body = function()
    local again = simulate.onboarding(world)
    local function with(correction)
      return experiment.segments { again, outcome = "activated", by = by, correction = correction, as = names[correction] }
    end
    return with("none"), with("bonferroni"), with("holm"), with("bh")
  end }
end
local nothing, looks = by_correction({ users = 3000, effect = 0, columns = columns }, "country")
show.table { nothing,
  title = "150 experiments on nothing, eight countries each",
  see = "any_false is the share that announces something untrue: a third without a correction, one in twenty with one" }
show.scatter { data.where { looks, column = "series", is = names.none, as = "a country in one experiment" }, x = "units", y = "effect",
  title = "Small groups make large effects: 1,200 countries without any", x_title = "users in the country", y_title = "estimated effect (0.05 is five points; the truth is 0)",
  see = "the points fan out to the left: whatever tops or closes a ranking of effects is a small group" }

chapter "A subgroup that is real" [[
Now there is one. Newcomers who came through an ad gain eight points, the other three sources nothing. The four sources were named before the start, so this is a question and no expedition.

Two errors pull against each other. Announce a source that gained nothing, and you ship a placebo. Miss the ads, and the one thing that worked goes back on the shelf. The correction buys the first with the second, and users buy both.

Begin with the test of whether the sources differ at all. Then notice what selection does even to a true finding: among experiments that do claim the ads, the average estimate lies above eight points. Measure a winner again before you promise its number.
]]
local users = slider("users", 3000, { 1000, 16000, scale = "log", step = 500, apply = true })
local correction = choice("what decides", "none", { "none", "bonferroni", "holm", "bh" })
local real = { users = users, effect = 0, segment = "source", segment_level = "ads", segment_effect = 0.08, columns = columns }
local sources, runs = by_correction(real, "source")
local one = experiment.segments { simulate.onboarding(real), outcome = "activated", by = "source", correction = correction, as = "one experiment" }
show.table { one,
  title = "One experiment by source",
  see = "heterogeneity_p asks whether the four differ at all; called says what the chosen rule would announce" }
show.table { sources,
  title = "The same 150 times: what each correction announces",
  see = "any_false falls with a correction; exaggeration says how much a claimed effect is inflated" }
local chosen = data.where { runs, column = "series", is = names[correction], as = "the chosen rule" }
local ads = data.where { chosen, column = "segment", is = "ads", as = "the ads by the chosen rule" }
local figures = data.where { sources, column = "series", is = names[correction], as = "what the chosen rule announces" }
show.line { diagnose.ecdf { ads, column = "effect", by = "called" }, y = "y", by = "x",
  title = "Estimates for the ads: announced (1) and missed (0)", x_title = "estimated effect (0.08 is the truth)", y_title = "share of these experiments at or below",
  see = "those announced lie to the right of those missed: the rule selects by luck" }

chapter "A plan written before" [[
The other way to fool yourself has no subgroups. Take one experiment and try the z test, then an adjustment, then another outcome, and report whichever p is smallest. Each of them alone is honest at 5%. The best of them is not.

A plan names one outcome, one test, the covariates and the subgroups, before the data exist. Which test matters less than that there is only one. The z test, the permutation test and the regression on covariates from before the start say nearly the same of one experiment; the regression merely sees a little more.
]]
show.table { experiment.compare { log, outcome = "activated", methods = { "plain", "permutation", "regression" }, covariates = { "prior_activity", "platform" }, splits = 499, as = "three tests" },
  title = "One question, three tests",
  see = "the z test and the permutation test agree; the regression has the smallest standard_error" }
local tried = scenario.replicate { n = 150, pick = "whichever is smallest", body = function()
  local again = simulate.onboarding { users = 1500, effect = 0, columns = { "country", "prior_activity", "messages", "three_sessions", "retained_28" } }
  return experiment.compare { again, outcome = "activated", as = "z test, as planned" },
    experiment.compare { again, outcome = "activated", methods = { "regression" }, covariates = { "prior_activity" }, as = "adjusted for activity" },
    experiment.compare { again, outcome = "activated", methods = { "stratified" }, strata = "country", as = "stratified by country" },
    experiment.compare { again, outcome = "three_sessions", as = "another outcome" },
    experiment.compare { again, outcome = "retained_28", as = "a third outcome" },
    experiment.compare { again, outcome = "messages", as = "a fourth" }
end }
show.table { tried,
  title = "150 experiments on nothing: six analyses, and the best of six",
  see = "every analysis alone claims about one time in twenty, the smallest of six far more often" }

local raw = data.where { nothing, column = "series", is = names.none, as = "no correction" }
local held = data.where { nothing, column = "series", is = names.holm, as = "Holm" }
local best_of = data.where { tried, column = "series", is = "whichever is smallest", as = "the best of six" }
local planned = data.where { tried, column = "series", is = "z test, as planned", as = "the planned test" }
expect.between { raw, "any_false", { 0.22, 0.46 }, because = "eight looks at nothing find something in a third of experiments" }
expect.below { held, "any_false", 0.11, because = "Holm holds that to one in twenty" }
expect.below { planned, "claimed", 0.11, because = "one planned test is honest" }
expect.above { best_of, "claimed", 0.09, because = "the smallest of six p-values is not" }
expect.below { ads, "called", 0.85, when = users == 3000, because = "3,000 users are too few for eight points in one source of four" }

challenge "Find the ads nine times in ten, announce a placebo in fewer than one experiment of twelve, with fewer than 10,000 users" {
  goal.above { ads, "called", 0.9 },
  goal.below { figures, "any_false", 0.083 },
  goal.below { experiment.power { per_arm = users / 2, as = "the experiment" }, "units", 5000 },
}
