design "Where candidates come from" {
  asks = "You suggest communities to join. Which sources of candidates would you build first, how many candidates do they hand on to the ranker, and what is lost before the ranker ever sees it?",
  covers = { "S04-C01", "S04-C02" },
  seed = 3,
}

chapter "What a first stage is for" [[
Eight hundred users, three hundred communities, some ten joins known for each. A ranker that looks closely at a pair costs too much for three hundred of them in every request, let alone for a hundred thousand. So a cheap first stage hands on a few dozen, and the ranker sorts those.

What the first stage loses no later stage finds. It is judged by recall at the number of candidates that it hands on, and not by its first ten places.

The chance of every join is known here. The black line orders by it: nobody can do better than that, and it is far from 100%, since most joins are luck.

Have joins or ratings of your own? `run where-candidates-come-from --set "joins are my own=true" --input known=FILE --input held=FILE`, columns user and item, or drop the files here and tick the box: nobody knows the chances of those, so there is no black line.
]]
local own = toggle("joins are my own", false, { apply = true })
local taste = slider("how much taste decides", 5.0, { 0, 6, unit = "log-odds", apply = true })
local popularity = slider("how much communities differ in size", 1.0, { 0, 3, unit = "log-odds", apply = true })
local joins = slider("joins of a user", 15, { 3, 40, step = 1, apply = true })
local factors = slider("factors of ALS", 16, { 2, 64, scale = "log", step = 1, apply = true })
local world = { users = 800, communities = 300, taste = taste, popularity = popularity, joins = joins }
world.as = "joins of the site, its joins held out, chances, users, communities"
local joins_known, joins_held, chances = simulate.subscriptions(world)
local known = source("known", joins_known, { "user", "item" })
local held = source("held", joins_held, { "user", "item" })
local summary, depths = recommend.sources { known, held, chances = not own and chances or nil, methods = { "popularity", "item-knn", "als", "ease" }, factors = factors, as = "sources, recall by depth" }
show.line { depths, y = "recall", by = "depth", log_x = true, band = false, title = "What is still there after n candidates", x_title = "candidates handed on", y_title = "recall",
  see = "the gap to the black line is what learning could still win; the gap to 1 at your n is what no ranker can mend" }

chapter "The sources, one by one" [[
**Popularity** is the same list for everyone. It is the baseline, it is what a new user gets, and where sizes differ much it is hard to beat.

**Item-kNN** says: people who joined this also joined that, by cosine of the two lists of members, doubted where few are in common. It can be explained to anybody and updated by the minute.

**ALS** writes each user and community as a few numbers whose product says how well they fit; what was not joined counts as a weak no. It shares what it learned between communities that few have in common. Too few numbers and tastes run together, too many and ten joins are learned by heart: move the factors and watch the first row.

**EASE** solves one ridge regression for all communities at once, each foretold by all others. No training loop, hard to beat with a few thousand items, and it needs the square of their number in memory.
]]
show.table { data.columns { summary, columns = { "method", "ndcg", "recall", "mrr", "coverage", "popular_share", "kilobytes" }, names = { "source", "nDCG@10", "recall@10", "MRR@10", "coverage", "places of the most popular", "kilobytes" } },
  title = "The first ten places of each",
  see = "coverage is the share of communities that anybody was shown; popularity shows a tenth of them to everyone" }

chapter "Why this one" [[
A factor has no name, and yet ALS can say why. With the communities' factors held still, a user's score is a sum over what they joined: how alike both communities look to this user, times how much a join is believed. The parts below add up to the score of the first place of one user's list.

Two or three joins carry most of it. Others count against it: whoever joined them tends not to join this one.
]]
show.table { data.columns { recommend.explain { known, user = not own and "user 7" or "", factors = factors, as = "why" }, columns = { "recommended", "because_of", "similarity", "contribution", "share" }, names = { "recommended", "because of", "similarity for this user", "part of the score", "share" } },
  title = own and "The first place of your first user, join by join" or "The first place of user 7, join by join",
  see = "the shares add up to 100%; that is the sentence to show under a recommendation" }

chapter "More than one" [[
Sources err in different ways, so they are merged: each in turn gives its next candidate that is not there yet. With few candidates it suffers from its weakest member, which has the first turn. From seventy on it beats each of them.

How many to hand on is a price. At 40 microseconds a pair, sixty candidates are 2.4 milliseconds and three hundred are 12. Set the number below and read both.
]]
local n = choice("candidates handed on", "50", { "10", "20", "30", "50", "70", "100", "200" })
local at_n = data.where { depths, column = "depth", is = n, or_none = own, as = "at " .. n }
show.table { data.columns { at_n, columns = { "series", "depth", "recall" }, names = { "source", "candidates", "recall" } },
  title = "Recall with " .. n .. " candidates: " .. string.format("%.1f", tonumber(n) * 0.04) .. " ms of ranking",
  see = "the best possible row is the ceiling for this number of candidates" }

local function of_source(name) return data.where { at_n, column = "series", is = name, or_none = own, as = name .. " at " .. n } end
local als, merged, popular, best = of_source("als"), of_source("merged"), of_source("popularity"), of_source("best possible")
local als_row = data.where { summary, column = "method", is = "als", as = "ALS" }
local best_row = data.where { summary, column = "method", is = "best possible", or_none = own, as = "the best possible list" }
local popular_row = data.where { summary, column = "method", is = "popularity", as = "popularity" }
local as_told = not own and taste == 5 and popularity == 1 and joins == 15 and factors == 16
expect.above { als_row, "ndcg", 0.15, when = as_told, because = "ten joins a user are enough to learn taste" }
expect.below { popular_row, "ndcg", 0.15, when = as_told, because = "one list for everyone knows no taste" }
expect.above { best_row, "ndcg", 0.28, when = as_told, because = "much of what is left could be won by whoever knew every chance" }
expect.above { merged, "recall", 0.48, when = as_told and n == "50", because = "sources err in different ways" }
expect.below { best, "recall", 0.9, when = as_told and n == "50", because = "most joins are luck" }

challenge "ALS keeps 59% of the joins with at most 50 candidates, in at most 80 kilobytes" {
  goal.above { als, "recall", 0.59 },
  goal.below { als, "depth", 51 },
  goal.below { als_row, "kilobytes", 80 },
}
