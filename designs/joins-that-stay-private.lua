design "Joins that stay private" {
  asks = "The recommender wants to publish which communities are joined by the same people, to every phone and every month anew. Which community a person joined may be nobody's business. What do you publish, what does it cost in quality, and what can you promise?",
  covers = { "S04-C11" },
  seed = 5,
}

chapter "What leaves the house" [[
Eight thousand people, a hundred communities, some thirteen joins known of each. Item-kNN needs nothing but a table: how many people are in both of two communities. The phone gets the table, keeps its owner's joins to itself and makes the list there. That is already a lot: no list of joins has to be asked for at serving time.

But the table was counted from people. Two try to tell from it whether a certain person was counted. One *knows all others*, the worst case that one can plan for. One *knows people like them*: the person's joins, and some other people who were not counted.

Exact counts tell the first one everything. A hundred percent of those who were counted are found, and nobody else is suspected. Hashing the names of people or communities changes nothing in this: the table has no names of people in it, and a community is known by its size.
]]
local kept_weeks = slider("weeks that a join is kept", 12, { 2, 12, step = 1, apply = true })
local all_known, held, chances = simulate.subscriptions { users = 8000, communities = 100, taste = 5, popularity = 1, joins = 18, as = "joins of twelve weeks, joins held out, chances" }
local known = data.sample { all_known, share = kept_weeks / 12, as = "joins that are kept" }
local figures, short = { "method", "ndcg", "coverage", "informed_advantage", "stranger_advantage", "advantage_bound" }, { "table", "nDCG@10", "coverage", "knows all", "knows like", "bound" }
local function private(mechanism, options, as)
  return privacy.item_knn(with({ all_known, held, mechanism = mechanism }, with(options, { as = as .. ", pairs of " .. as .. ", attacks on " .. as })))
end
local exact = private("exact", {}, "exact counts")
local lists = recommend.sources { all_known, held, chances = chances, methods = { "popularity", "item-knn" }, as = "lists without privacy, by depth" }
show.table { data.columns { lists, columns = { "method", "ndcg", "coverage" }, names = { "list", "nDCG@10", "coverage" } },
  title = "What pairs are worth", see = "popularity needs a hundred counts and no pairs; what lies between it and item-kNN is what a private table may lose" }
show.table { data.columns { exact, columns = figures, names = short },
  title = "Publish exact counts", see = "under knows all and knows like: the share found of those who were counted, less the share of others wrongly suspected; 0 is a guess" }

chapter "Small counts held back" [[
The usual rule of thumb: no figure about fewer than k people. Here pairs that fewer than 20 share are not told. The lists lose next to nothing, since rare pairs carried little.

Whoever knows all others loses nothing by it. They need one pair of the person's that at least 20 share, and see that it is 41 and not 40. A threshold is a courtesy to those who look casually. It promises nothing that adds up: two tables that are each safe, a month apart, differ by the one who left.
]]
local behind = private("held-back", { least = 20 }, "counts from 20 on")
show.table { data.columns { data.stack { exact, behind, names = { "exact", "from 20 on" }, column = "method", as = "two tables" }, columns = figures, names = short },
  title = "Publish counts from 20 on", see = "quality and the sure attack stay as they were; differences of five points in the stranger's column are luck" }

chapter "Noise on every count" [[
Differential privacy promises something else: that the table would look nearly the same without you. *Nearly* is ε: no table becomes more than e^ε times as likely by your being in it. So nobody, whatever they know, finds more of those counted than the bound in the plot.

The price follows from how far one person can move the table. Whoever joined eight communities is in eight counts of communities and 28 of pairs: 36 cells. Laplace noise of spread 36/ε goes on each cell, or Gaussian noise by the root of 36, which is 6, with a δ of one in a million. Hence the cap: a person with forty joins would be in 820 cells, so forty are cut to eight, at random.

With ε = 2 that is a standard deviation of 25 for Laplace and 13 for Gaussian, on counts of which the mean is 30. Empty cells get theirs too, since that a pair is empty is news as well. In the picture every count lies beside what is published for it.

Look at the other plot. What is measured stays far below the bound. An attack shows what leaks at least; ε says what leaks at most, whatever anybody thinks of next.
]]
local laplace = private("laplace", { epsilon = 2 }, "Laplace")
local gauss, gauss_pairs, gauss_attacks = private("gaussian", { epsilon = 2 }, "Gaussian")
show.scatter { gauss_pairs, x = "exact", y = "released", title = "Gaussian noise: what is published beside what was counted", x_title = "people who joined both", y_title = "published",
  see = "the cloud is as wide on the left as on the right: large counts survive, small ones drown" }
show.line { gauss_attacks, y = "true_positive_rate", by = "false_positive_rate", band = false, title = "Two attacks on the Gaussian table, and the bound", x_title = "outsiders suspected", y_title = "counted people found",
  see = "the diagonal is a guess; no attack that anybody ever finds can cross the curve of epsilon" }
show.table { data.columns { data.stack { exact, laplace, gauss, names = { "exact", "Laplace", "Gaussian" }, column = "method", as = "three tables" }, columns = figures, names = short },
  title = "The same promise by two kinds of noise", see = "36 cells a person: that is where the root of Gaussian noise pays" }

chapter "Every month anew" [[
One table costs ε. A person who is in twelve of them pays twelve times, unless noise is added for twelve. How much is a matter of bookkeeping. *Added up*, twelve tables of ε/12 each. *Advanced* for Laplace pays only where each ε is small. For Gaussian noise there is better: *zCDP* adds up squares, and *exact* uses that twelve Gaussian tables tell just what one with noise of a twelfth of the variance tells. For fifty-two tables that is a seventh of the noise of adding up, and the same promise.

The cheapest lever is not the choice of a line, it is the lower axis. A table is published every four weeks. Rows that are deleted after eight weeks are in two tables and never in a third. A retention limit is a privacy parameter. It also costs: fewer joins to count.
]]
show.line { privacy.account { epsilon = 2, cap = 8, releases = { 1, 2, 3, 6, 12, 26, 52, 120 }, as = "noise" }, y = "noise_sd", by = "releases", log_x = true, log_y = true, band = false, title = "Noise of each table, for an epsilon of 2 over all", x_title = "tables that a person is in", y_title = "standard deviation of the noise",
  see = "added up, noise grows with the number of tables; by squares, with its root" }

chapter "On the device" [[
All this trusts whoever counts. Without that trust the phone itself makes its answer doubtful: it sends for each community whether it was joined, and turns each bit with a known probability. The server subtracts what it expects by chance.

Eight joins can differ from another eight in sixteen bits, so each gets ε/16. At ε = 2 a bit is the truth 53 times in a hundred. The table is right on average, and its noise is that of eight thousand doubtful answers. The lists are worse than popularity, and stay so until there are hundreds of millions of people, which is who uses this.
]]
local devices = private("devices", { epsilon = 2 }, "devices")
show.table { data.columns { data.stack { gauss, devices, names = { "Gaussian, counted centrally", "randomized on devices" }, column = "method", as = "two kinds of trust" }, columns = { "method", "ndcg", "coverage" }, names = { "table", "nDCG@10", "coverage" } },
  title = "The same epsilon, with and without trust", see = "the same promise to everybody; the difference is whom one has to believe" }

chapter "Your table" [[
Choose. The cap cuts both ways: few joins of each person mean little noise and little to count. Counts below a threshold can be dropped after the noise, which costs no privacy at all, since what is done with a published table tells nothing more about people. Dropped at twice the noise, most of what is left is real; at five times only the largest communities are left, and coverage falls.

Say in an interview: what one person can move, the ε over all that is ever published about them and over what time, who has to be trusted, and what the list lost. And log no more than you count, for what is deleted needs no noise.
]]
local mechanism = choice("what is published", "exact", { "exact", "held-back", "laplace", "gaussian", "devices" })
local epsilon = slider("epsilon over all tables", 6, { 0.1, 20, scale = "log" })
local cap = slider("joins of a person that are counted, at most", 16, { 2, 24, step = 1 })
local least = slider("counts below are dropped", 0, { 0, 120, step = 5 })
local adding = choice("tables add up by", "basic", { "basic", "advanced", "zcdp", "exact" })
local tables = math.ceil(kept_weeks / 4)  -- one every four weeks
local composition = adding
if mechanism ~= "gaussian" and (adding == "zcdp" or adding == "exact") then composition = "basic" end
if mechanism == "gaussian" and adding == "advanced" then composition = "basic" end
local mine = privacy.item_knn { known, held, mechanism = mechanism, epsilon = epsilon, cap = cap, least = least, releases = tables, composition = composition, as = "your table, your pairs, attacks on yours" }
show.table { data.columns { mine, columns = { "ndcg", "coverage", "epsilon", "releases", "epsilon_each", "noise_sd", "mean_pair" }, names = { "nDCG@10", "coverage", "epsilon", "tables", "epsilon of each", "noise", "mean count" } },
  title = "Your table, its releases added up by " .. composition, see = "hold the noise against the mean count; a threshold of two or three times the noise leaves what is real" }
show.table { data.columns { mine, columns = { "informed_advantage", "informed_auc", "stranger_advantage", "stranger_auc", "advantage_bound" }, names = { "knows all others", "its AUC", "knows their like", "AUC of that", "bound" } },
  title = "Attacks on all your tables together", see = "measured on 300 people of each side: differences of five points are luck" }

expect.above { exact, "informed_advantage", 0.999, because = "an exact count is one more with the person than without" }
expect.above { behind, "informed_advantage", 0.9, because = "one pair that enough people share is enough" }
expect.below { gauss, "informed_advantage", 0.45, because = "noise covers 36 cells" }
expect.above { exact, "ndcg", 0.3, because = "pairs of eight thousand people carry taste" }
expect.below { devices, "ndcg", 0.12, because = "everybody's noise drowns eight thousand people" }
expect.below { laplace, "ndcg", 0.27, because = "Laplace pays for 36 cells, Gaussian for the root" }
expect.above { gauss, "ndcg", 0.27, because = "Laplace pays for 36 cells, Gaussian for the root" }

challenge "An epsilon of 3 over all tables, nobody in more than two, nDCG@10 of 0.235 and 90% of the communities shown" {
  goal.below { mine, "epsilon", 3.001 },
  goal.below { mine, "releases", 2.5 },
  goal.above { mine, "ndcg", 0.235 },
  goal.above { mine, "coverage", 0.9 },
}
