design "Exploring the feed" {
  asks = "Your ranker learns from the clicks on what it shows. How much traffic do you give to finding out, how do you hand it out, and how do you know what that cost?",
  covers = { "S04-C12" },
  seed = 8,
}

chapter "What is never shown is never learned" [[
A feed that always shows the best so far decides early. One lucky click in the first hour lifts a post, so it is shown, so it is known, so it stays. Nobody sees the mistake: the click rate is decent, and there is nothing to compare it with.

Here there is. Every post's rate in every segment is known, so each visit can be held against the best post for it. Regret is what was lost against that: clicks per thousand visits, up to and with each day.

The four that learn see the same visitors with the same luck.
]]
local explore = slider("visits that get any post", 0.1, { 0, 1, unit = "%" })
local posts = slider("posts that may be shown", 12, { 4, 24, step = 1 })
local learns = choice("what came of a visit is learned", "at once", { "at once", "daily" })
local confidence = slider("what a doubt is worth to LinUCB", 0.3, { 0, 2, unit = "standard errors" })
local place = { bandits = { "epsilon-greedy", "bucket", "thompson", "lin-ucb" }, days = 21, visits_a_day = 500, posts = posts, explore = explore, learns = learns, confidence = confidence, repeats = 6 }
place.as = "daily, summary"
local daily, summary = scenario.bandit(place)
show.line { daily, y = "regret", by = "day", title = "Clicks lost so far", x_title = "day", y_title = "clicks lost per 1,000 visits",
  see = "everybody starts badly; Thompson goes on falling, since it explores where it still doubts, and epsilon-greedy flattens out at its fixed price" }
show.table { data.columns { summary, columns = { "bandit", "regret", "low", "high", "last_click_rate", "best_click_rate", "random_click_rate" }, names = { "bandit", "lost per 1,000", "low", "high", "rate on the last day", "best possible", "any post" } },
  title = "Three weeks in one table",
  see = "the last two columns are the floor and the ceiling; what lies between is all that ranking can win here" }

chapter "Four ways to hand it out" [[
**Epsilon-greedy** shows any post to one visit in ten and the best so far to all others. Simple, its propensities are known in closed form (0.1/12 for any other post, 0.9 more for the favourite), and it never stops paying.

**A bucket** does the same and learns from those random visits alone. Its data are clean: no feedback in them, good for training the next model and for judging the last one. It learns ten times as slowly.

**Thompson sampling** draws a rate from what it believes of each post and shows the greatest draw. A post with three impressions is drawn high now and then, one with three thousand is not. Exploration ends by itself. Its propensities have no formula: simulate them at serving time and log the share.

**LinUCB** models a rate as the post's part and the segment's liking of its topic, so a new post starts from what its topic is worth. A doubt counts as a bonus. That is worth most where there are many posts and few visits.
]]
show.line { daily, y = "best_share", by = "day", title = "Visits that got the best post of their segment", x_title = "day", y_title = "share of visits", band = false,
  see = "epsilon-greedy cannot pass 91%, whatever it knows: the other nine in a hundred are the price that it goes on paying" }

chapter "The loop that narrows" [[
Set the exploration to zero. Epsilon-greedy becomes the greedy ranker of the first chapter. It shows three topics from the second day on, and it loses about as much as before: on average. Look at the interval, which is now the widest of all. Among six sets of visitors some found the best posts by luck, and some never did, however long they ran.

Narrow is not wrong in itself: the best policy is narrow too, in each segment. It is wrong when the narrowness came from the order in which things were tried. From the outside the two look alike, and the random bucket is what tells them apart: compare the click rate there with the rate elsewhere, post by post.

Learn daily with no exploration, and the greedy ranker does better: it loses 21 clicks and not 32. Its first day was blind, five hundred visits at any post. A blind day is a day of exploration, and one such day was worth more than twenty days of cleverness.
]]
show.line { daily, y = "topics", by = "day", title = "How many topics the feed shows", x_title = "day", y_title = "effective number of topics", band = false,
  see = "the effective number is e to the entropy of what was shown; it falls while a bandit learns, and with no exploration it falls before anything is learned" }

chapter "The price, and what it buys" [[
Exploration is paid in clicks today. Ten visits in a hundred at any post cost (best − any) times a tenth: with the rates above twelve clicks in a thousand visits. It buys rates of posts that nobody knew, training data without feedback, and propensities with which tomorrow's rankers can be judged from today's log.

Say it as a budget: so many clicks a day, on so much of the traffic, in the places where doubt is greatest, never on what may harm. And measure it twice, offline with inverse propensities and online as an arm of an experiment.
]]
local greedy = data.where { summary, column = "bandit", is = "epsilon-greedy", as = "epsilon-greedy" }
local bucket = data.where { summary, column = "bandit", is = "bucket", as = "bucket" }
local thompson = data.where { summary, column = "bandit", is = "thompson", as = "Thompson" }
local lin = data.where { summary, column = "bandit", is = "lin-ucb", as = "LinUCB" }
expect.above { thompson, "last_best_share", 0.5, when = posts == 12, because = "Thompson finds the best posts within three weeks" }
expect.below { greedy, "last_best_share", 0.92, when = explore == 0.1, because = "a tenth of the visits is always given away" }

challenge "Lose at most 32 clicks in a thousand visits with epsilon-greedy, while a ranker that learns from the random bucket alone reaches 14 clicks in a hundred visits" {
  goal.below { greedy, "regret", 32 },
  goal.above { bucket, "click_rate", 0.14 },
}
