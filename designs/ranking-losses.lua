design "What the ranker is taught" {
  asks = "You have lists that were shown, with clicks and reads. Which scorer and which loss do you train the ranker with, how do you know that one is better than another, and what may it cost with a thousand candidates a request?",
  covers = { "S04-C03", "S04-C05", "X12" },
  seed = 7,
}

chapter "Lists, and what came of them" [[
A request asks for a list; twenty candidates are scored. A candidate that is clicked has relevance 1, one that is clicked and read for half a minute has 2. In nDCG that is a gain of 1 and of 3, and a place counts less the further down it stands.

What moves people is partly a sum: liking of the topic, quality, a loud headline. Partly it is not. News ages fast and guides hardly at all, quality counts for more where the topic is liked, and a loud headline works on fresh posts alone. No weighted sum of the columns says that.

All chances are known here, so the best order is known too. Even it scores only two thirds: a list is a handful of coin tosses, and the one that was liked best is not always the one that was clicked.
]]
local requests = slider("requests to learn from", 800, { 100, 3000, scale = "log", step = 50, apply = true })
local interplay = slider("strength of what no sum can say", 1.2, { 0, 2.5, apply = true })
local past, later = simulate.ranked_lists { requests = requests, later = 1200, interplay = interplay, as = "lists learned from, lists after them" }
show.table { data.columns { data.where { past, column = "request", equals = 3, as = "one request" }, columns = { "topic", "affinity", "votes", "headline", "age_hours", "click", "read", "gain_expected" }, names = { "topic", "affinity", "votes", "headline", "age in hours", "clicked", "read", "expected gain (truth)" } },
  title = "One list of twenty",
  see = "the last column is what a ranker should sort by; the clicks are what it is given instead" }

chapter "Three ways to say wrong" [[
**Pointwise** asks of each candidate by itself: how much gain? Logistic loss, one row at a time. Scores mean something afterwards, and the fit is spent on all candidates alike, those at the bottom too.

**Pairwise** (RankNet, BPR) looks at two candidates of a list and asks which was better. Levels drop out. A pair at the bottom counts as much as one at the top, and a click counts nearly as much as a read.

**LambdaRank** weighs each pair by what swapping both would do to nDCG at the present order. No loss has this gradient; it is the gradient itself that is written down.

Read the table with its intervals. Between the three losses of one linear scorer lies less than a hundredth, and their order changes with the seed. It is the scorer that makes the step: a network of sixteen units, or sixty trees.
]]
local linear = train.ranker { past, scorer = "linear", loss = "pointwise", as = "linear, pointwise" }
local linear_pairs = train.ranker { past, scorer = "linear", loss = "pairwise", as = "linear, pairwise" }
local linear_lambda = train.ranker { past, scorer = "linear", loss = "lambda", as = "linear, lambda" }
local network = train.ranker { past, scorer = "network", loss = "pointwise", hidden = 16, as = "network, pointwise" }
local trees = train.ranker { past, scorer = "trees", loss = "lambda", as = "trees, lambda" }
local scorer = choice("your scorer", "linear", { "linear", "network", "trees", apply = true })
local loss = choice("your loss", "pairwise", { "pointwise", "pairwise", "lambda", apply = true })
local hidden = slider("network: hidden units", 64, { 2, 128, scale = "log", step = 1, apply = true })
local rounds = slider("trees: how many", 60, { 5, 200, scale = "log", step = 1, apply = true })
local depth = slider("trees: depth", 3, { 1, 6, step = 1, apply = true })
local yours = train.ranker { past, scorer = scorer, loss = loss, hidden = hidden, rounds = rounds, depth = depth, as = "yours" }
local all = measure.lists { linear, linear_pairs, linear_lambda, network, trees, yours, on = later, candidates = 1000, as = "all lists" }
show.table { data.columns { all, columns = { "model", "ndcg", "low", "high", "lists" }, names = { "ranker", "nDCG@10", "low", "high", "lists" } },
  title = "nDCG on lists after those learned from, with 95% intervals over lists",
  see = "the intervals of nearly all rankers overlap: taken one by one they say nothing about which is better" }

chapter "Better, or lucky" [[
Two rankers are judged on the same lists. Lists differ far more than rankers do, so take the difference list by list and only then its mean and its interval: what the lists have in common drops out.

Move the number of lists. With a hundred, most intervals hold zero, and whoever tries six rankers finds one that looks better. The last column says how many lists it takes to see a difference as large as this one in four of five tries. A difference of 0.02 takes some five hundred lists, one of 0.004 nine thousand: half the difference, four times the lists.

A list in which nothing was clicked says nothing to nDCG and is left out: one in ten here, eight in ten on a site where one candidate in a hundred is clicked.
]]
local judged = slider("lists judged", 1200, { 50, 1200, scale = "log", step = 10 })
local few = data.where { later, column = "request", below = requests + judged, as = judged .. " lists" }
local against = measure.lists { linear, linear_pairs, linear_lambda, network, trees, yours, on = few, candidates = 1000, as = "against the first" }
show.table { data.columns { against, columns = { "model", "lists", "difference", "difference_low", "difference_high", "lists_needed" }, names = { "ranker", "lists", "nDCG above linear, pointwise", "low", "high", "lists to see it" } },
  title = "Against the linear pointwise ranker, on the same lists",
  see = "an interval that holds zero is no result; the last column is what would make it one" }

chapter "One body, several heads" [[
A feed that sorts by clicks sorts by headlines. So a ranker is asked for more than one number: will it be clicked, read, reported? One network can have a hidden layer that all share and a head for each.

Sharing is sold as better. Look at both tables. Clicks are many, and a network of their own serves them best. Reports are one in a hundred, and there the shared layer comes out even in log loss. What sharing surely saves is work: one body is read once.
]]
local labels = { "click", "read", "report" }
local click_shared, read_shared, report_shared = train.tasks { past, labels = labels, epochs = 6, as = "click (shared), read (shared), report (shared)" }
local click_own, read_own, report_own = train.tasks { past, labels = labels, shared = false, epochs = 6, as = "click (own), read (own), report (own)" }
show.table { measure.compare { click_shared, click_own, on = later, metrics = { "log_loss", "roc_auc", "multiply_adds" } }, title = "Clicks",
  see = "the network of its own wins a little; multiply-adds are of all three tasks together" }
show.table { measure.compare { report_shared, report_own, on = later, metrics = { "log_loss", "roc_auc", "multiply_adds" } }, title = "Reports",
  see = "log loss is even, the order better from a network of its own, for nearly three times the work" }

chapter "What it costs at the tail" [[
A request brings a thousand candidates, and the slowest of them all decides when the list is ready. The work is counted, not timed: multiply-adds for sums and networks, nodes for trees, at half a nanosecond and at four, since a tree waits for its memory at every node.

The ranker has 0.25 ms of a p99 that has other things to pay. Sixty trees of depth three need nearly four times that, and trees that fit are too few to be better than a sum. A network of sixteen units needs 0.14 ms, one of sixty-four more than half a millisecond. So the question is never which scorer is best, but which is best among those that fit.
]]
show.table { data.columns { all, columns = { "model", "ndcg", "difference", "work", "milliseconds" }, names = { "ranker", "nDCG@10", "above linear", "work a candidate", "ms a request" } },
  title = "A thousand candidates a request",
  see = "trees and the network reach about the same nDCG; they do not cost the same" }

show.scatter { all, x = "milliseconds", y = "ndcg", by = "model", log_x = true, title = "What quality costs", x_title = "ms for a thousand candidates", y_title = "nDCG@10",
  see = "up and to the left is better; three losses of one sum are one place, and the step up is a step to the right" }

local function row(name) return data.where { all, column = "model", is = name, as = name .. ", all lists" } end
local of_network, of_pairs, of_yours, of_best = row("network, pointwise"), row("linear, pairwise"), row("yours"), row("best possible (truth)")
local as_told = requests == 800 and interplay == 1.2
expect.above { of_network, "difference_low", 0, when = as_told, because = "what no sum can say is a step that intervals see" }
expect.below { of_pairs, "difference", 0.005, when = as_told, because = "pairs alone count a click nearly as a read" }
expect.above { of_best, "difference_low", 0.03, when = as_told, because = "there is room above all of them" }
expect.below { of_best, "ndcg", 0.8, because = "a list is a handful of coin tosses" }

challenge "Surely 0.012 above the linear ranker, at most 0.25 ms a thousand candidates, from at most 900 requests" {
  goal.above { of_yours, "difference_low", 0.012 },
  goal.below { of_yours, "milliseconds", 0.25 },
  goal.below { yours, "lists_trained", 901 },
}
