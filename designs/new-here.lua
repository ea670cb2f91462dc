design "New here: users, communities and posts that nobody knows" {
  asks = "A user signs up, a community opens, a post is a minute old. What do you recommend, to whom, and how much do you let a newcomer's first numbers count?",
  covers = { "S04-C02", "S11-C08", "S12-C11" },
  seed = 3,
}

chapter "Nobody knows them yet" [[
Six hundred users and two hundred and forty communities. One user in seven came today: no join of theirs is known, only the two topics that they picked at sign-up. One community in seven opened today: its topic is known and nobody has joined.

What they will join is held out, and the chance of every join is known. A mean over everybody would hide the newcomers, so each kind has a row of its own below.
]]
local new_users = slider("users who came today", 0.15, { 0.02, 0.5, unit = "%", apply = true })
local new_communities = slider("communities that opened today", 0.15, { 0.02, 0.5, unit = "%", apply = true })
local taste = slider("how much taste decides", 5.0, { 0, 8, unit = "log-odds", apply = true })
local known, held, chances, users, communities = simulate.subscriptions { users = 600, communities = 240, new_users = new_users, new_communities = new_communities, taste = taste,
  as = "known joins, joins held out, chances, users, communities" }
show.table { data.where { users, column = "newcomer", equals = 1, as = "users who came today" }, title = "All that is known of newcomers",
  see = "two topics each, and they are what the user said, not what the user does" }

chapter "By history, by content, by both" [[
**ALS** knows users by what they joined. Whoever joined nothing gets factors of nothing, and the list is noise.

**Popularity** serves every new user alike, not badly. It can never show a new community: nobody has joined it yet, so nobody will.

**Two towers** turn bags of features into vectors. With ids as the only features they are a factorization like any other. With content alone (topics picked, topic of the community) they serve newcomers on the first day, and know nothing that the words do not say. With both they should do both.

They do not, at first. Ids explain nearly everything of those who are known, popularity too, and content is left with nothing to learn. A new community then looks like one that nobody wants. The mend is to leave out ids now and then while learning, so that content has to stand alone. Move it to a quarter and watch the last column: from nothing to more than half of what content alone finds, for next to nothing of the known users. Leave out half and more, and new communities sink again.
]]
local dropout = slider("examples shown without their id", 0, { 0, 0.9, unit = "%", apply = true })
local epochs = slider("passes over the joins", 15, { 2, 40, scale = "log", step = 1, apply = true })
local factors = slider("dimensions", 16, { 2, 64, scale = "log", step = 1, apply = true })
local log_q = toggle("mend for popular negatives", true, { apply = true })
local who = recommend.newcomers { known, held, chances = chances, users = users, communities = communities, methods = { "popularity", "als", "two-tower by id", "two-tower by content", "two-tower" },
  id_dropout = dropout, tower_epochs = epochs, factors = factors, log_q = log_q, as = "by kind of newcomer" }
show.heatmap { who, x = "who", y = "source", value = "recall", title = "Recall of ten places, by kind of newcomer", x_title = "who", y_title = "source",
  see = "ALS is bright on the left and dark on the right, content the other way round; the bottom two rows are what you can have and what there is" }
show.table { data.columns { who, columns = { "who", "source", "users", "recall", "ndcg" }, names = { "who", "source", "users", "recall@10", "nDCG@10" } }, title = "The same in numbers",
  see = "for new communities recall counts their future members; the best possible row is the luck that nobody can plan" }

chapter "Negatives that come for free" [[
A tower learns from batches: the other items of the batch are the negatives. Popular items stand in many batches, so they are negatives most often, and are pushed down for being popular. Subtracting the logarithm of an item's share from its score in the loss takes that back.

Switch it off above and look at the known users: recall falls by half, far below the plain list of the most popular, since the model has learned to avoid what everybody joins.
]]

chapter "Rates: borrow from those alike" [[
A community was shown thirty times and clicked three times. Its rate is not 10%. The communities of its topic have 6%, and they differ among themselves by so much; from that follows how many showings the topic's mean is worth, here some forty. With n showings of its own it is trusted n / (n + 40).

Communities that were hardly shown get their topic's rate, those shown hundreds of times their own. In between neither alone is right, and the mixture is better than both. One that opens today has n = 0 and starts at its topic's mean: there is no branch for newcomers in the code.

A post lives for a day and is shown a handful of times, so it never gets to be its own. It borrows from its community nearly all it has.
]]
local spread = slider("how much communities differ", 0.7, { 0, 1.5, apply = true })
local log = simulate.impressions { users = 900, days = 7, base_ctr = 0.06, communities = 150, community_spread = spread, new_communities_per_day = 0.03, as = "impressions" }
local names = { "times shown", "how many", "own rate", "rate of those alike", "site's rate", "shrunk" }
local shown = { "tried", "items", "own", "group", "overall", "shrunk" }
local rates, errors = recommend.shrink { log, by = "community", within = "topic", label = "click", as = "communities, errors of communities" }
local _, post_errors = recommend.shrink { log, by = "post_id", within = "community", label = "click", as = "posts, errors of posts" }
show.table { data.columns { errors, columns = shown, names = names },
  title = "Communities, shrunk to their topic: root mean squared error of the rate",
  see = "own rates are bad above and good below, the topic's the other way round; shrunk rates keep to the better of both, and in the middle they beat both" }
show.table { data.columns { post_errors, columns = shown, names = names },
  title = "Posts, shrunk to their community",
  see = "no post is shown often enough: own rates are bad on every line, and the shrunk one is the community's with a little of its own" }
show.scatter { rates, x = "own", y = "rate", title = "Each community: its own rate and the shrunk one", x_title = "own rate", y_title = "shrunk rate",
  see = "on the diagonal stand communities with many showings; the fewer there are, the flatter the cloud lies" }

local function of(source, kind) return data.where { data.where { who, column = "source", is = source, as = source }, column = "who", is = kind, as = source .. ", " .. kind } end
local towers_known, towers_users, towers_new = of("two-tower", "known users"), of("two-tower", "new users"), of("two-tower", "new communities")
local popular_new, als_users, content_new = of("popularity", "new communities"), of("als", "new users"), of("two-tower by content", "new communities")
local as_told = new_users == 0.15 and new_communities == 0.15 and taste == 5 and dropout == 0 and epochs == 15 and factors == 16 and log_q
expect.below { popular_new, "recall", 0.001, because = "what nobody has joined is never the most popular" }
expect.below { als_users, "recall", 0.08, when = as_told, because = "without a join ALS has nothing to say" }
expect.above { towers_users, "recall", 0.18, when = as_told, because = "two topics say a good deal" }
expect.below { towers_new, "recall", 0.03, when = as_told, because = "ids leave content nothing to learn" }
expect.above { content_new, "recall", 0.05, when = as_told, because = "a topic is enough to be found" }

challenge "Known users at 20%, new users at 20%, and new communities found by 3.5% of those who will join them" {
  goal.above { towers_known, "recall", 0.20 },
  goal.above { towers_users, "recall", 0.20 },
  goal.above { towers_new, "recall", 0.035 },
}
