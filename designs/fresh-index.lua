design "An index that keeps up" {
  asks = "Search runs over an index that was built last Sunday. Posts arrive by the hour, authors edit and delete. How do you keep the index fresh, what does that cost, and how do you build the whole of it again without an outage?",
  covers = { "S07-C06", "S07-P2" },
  seed = 4,
}

chapter "A corpus that does not stand still" [[
Six weeks of a community site: 600 posts to begin with, then 30 a day. Things are launched, and a new thing is written and asked about many times as much as an old one, so a good part of the answers is a day or two old. Facts are corrected, authors edit their posts, some posts are deleted.

Every question knows which posts answered it at its moment, by the value as it then was. Recall@10 is the share of those among the first ten hits. *Fresh* counts only the answers younger than two days.
]]
local new_things = slider("things launched during the six weeks", 0.4, { 0, 0.8, unit = "%", apply = true })
local burst = slider("how much more a new thing is talked about", 8, { 0, 30, apply = true })
local deleted = slider("posts that are deleted", 0.15, { 0, 0.5, unit = "%", apply = true })
local posts, questions, answers = simulate.corpus_days { days = 42, posts_before = 600, posts_a_day = 30, queries_a_day = 30,
  new_things = new_things, burst = burst, deleted = deleted, as = "posts, questions, answers" }
local function plan(name, options)
  options[1], options[2], options[3], options.name, options.as = posts, questions, answers, name, name .. ", summary of: " .. name
  return retrieve.lifecycle(options)
end

chapter "Last Sunday's index" [[
The design that is drawn first: once a week everything is read again and an index is built. It is right about the corpus of its snapshot and about nothing since. Three and a half days old on average, and a day's posts are in it only once the week is over.

Look at the fresh answers. They are not found less often, they are not found: the two days in which a post is fresh are over before the next build for most of them. And posts that are gone are still served, to people who then click on nothing.

Building more often helps in proportion and costs in proportion: every build reads every post again. To be an hour old this way is to read everything every hour.
]]
local still_days, still = plan("rebuilt weekly", { plan = "rebuild", hot = false, documents_per_hour = 50 })
local hot_days, hot = plan("hot index and weekly merge", { plan = "merge" })
show.line { still_days, hot_days, y = "lag_hours", by = "day", title = "Age of what the index shows", x_title = "day", y_title = "hours",
  see = "a saw of seven days, late by the hours that a build takes, beside a flat line at half an hour" }
show.line { still_days, hot_days, y = "fresh_recall", by = "day", title = "Recall@10 of answers younger than two days", x_title = "day", y_title = "recall@10",
  see = "the weekly index finds a fresh answer only in the day or two after a build" }

chapter "A small index that is written, a large one that is not" [[
New posts go to a second index, small enough to be refreshed every hour: the hot one. A question asks both. A post that is deleted or edited gets a tombstone in whichever holds it, which hides it at once and keeps its postings. Every so often the hot index is merged into the main one, from postings and not from texts, and the merge leaves the dead out.

There are other ways to pay. *Tiered*: each refresh is a small segment, and eight of a size become one of the next; a post is written again a few times in its life, but a question looks into ten segments. *Rotated*: a shard a week, and the oldest is dropped whole. No merge at all, and what was in it cannot be found any more.
]]
local _, tiered = plan("tiered by eights", { plan = "tiered" })
local _, rotated = plan("four weekly shards", { plan = "rotate", shards = 4 })
local shown = { "plan", "recall", "fresh_recall", "gone_share", "lag_hours", "segments", "postings", "kilobytes", "dead_share", "indexed_a_day", "merged_a_day" }
show.table { data.columns { data.stack { still, hot, tiered, rotated, as = "four plans" }, columns = shown }, title = "Four plans over the same six weeks",
  see = "the hot index and the tiers find the same, since statistics are shared; they differ in segments, memory and documents written again. The shards win on fresh answers and lose a quarter of all" }

chapter "Building it all again" [[
Some changes need every post to be read anew: another tokenizer, a new field, a format. Built in place the index is gone until it is whole. Built in the shadow the old one serves on, and for these hours both are in memory. Then questions switch over in one step, which is also what makes going back one step.

The classic mistake is to forget what happened during the build. The new index knows the corpus as of its beginning; posts and deletions since then have to be applied to it before it serves, or the switch turns the clock back.
]]
local _, place = plan("rebuilt in place", { plan = "rebuild", hot = false, shadow = false, documents_per_hour = 50 })
local _, both = plan("shadow rebuild with a hot index", { plan = "rebuild", documents_per_hour = 50 })
show.table { data.columns { data.stack { still, place, both, as = "three ways to rebuild" }, columns = { "plan", "recall", "fresh_recall", "unavailable_share", "kilobytes", "lag_hours" } }, title = "In place, in the shadow, and with a hot index",
  see = "in place a tenth of all questions find no index; the shadow needs nearly twice the memory, and with a hot index beside it nobody notices the build" }

chapter "Whose counts" [[
BM25 weighs a word by how rare it is. In which collection? If each segment counts for itself, a launch makes its own name common in the hot index: half of the posts of the day have it, so it weighs next to nothing there, and fresh posts rank below old ones. Shared counts rank exactly as one index would. Shards on several machines have to exchange them, or be large and alike enough for it not to matter.
]]
local own_days, own = plan("each segment its own counts", { plan = "merge", statistics = "own" })
show.line { hot_days, own_days, y = "fresh_recall", by = "day", title = "Fresh answers, with shared counts and with own", x_title = "day", y_title = "recall@10",
  see = "the same posts in the same two segments: only the weights of words differ, and fresh answers pay for it on most days" }

chapter "Your plan" [[
Now choose. Refreshing is cheap. Merging often writes everything again, merging seldom leaves the dead in every list and the hot index large. A rotation writes nothing and forgets.
]]
local kind = choice("plan", "rebuild", { "rebuild", "merge", "tiered", "rotate", apply = true })
local every = slider("days between rebuilds, merges or shards", 7, { 1, 42, step = 1, scale = "log", unit = "days", apply = true })
local refresh = slider("hours between refreshes of the hot index", 24, { 1, 48, step = 1, scale = "log", unit = "hours", apply = true })
local mine_days, mine = plan("your plan", { plan = kind, every_days = every, refresh_hours = refresh, shards = 4, documents_per_hour = 50 })
show.table { data.columns { mine, columns = { "plan", "recall", "fresh_recall", "gone_share", "dead_share", "kilobytes", "written_a_day", "segments" } }, title = "What it finds and what it writes",
  see = "written a day counts posts read as text and posts written again by merges; the dead share is that of the worst day" }

local as_told = new_things == 0.4 and burst == 8 and deleted == 0.15
expect.below { still, "fresh_recall", 0.05, when = as_told, because = "a week is longer than a post is fresh" }
expect.above { hot, "fresh_recall", 0.45, when = as_told, because = "the hot index shows a post within the hour" }
expect.above { still, "gone_share", 0.015, when = as_told, because = "without tombstones deleted posts are served until the next build" }
expect.below { own, "fresh_recall", 0.49, when = as_told, because = "a launch makes its own name common in a small index" }
expect.below { rotated, "recall", 0.42, when = as_told, because = "what was in a dropped shard cannot be found" }
expect.above { place, "unavailable_share", 0.05, when = as_told, because = "in place there is no index while it is built" }

challenge "Find 45% of all answers and 46% of the fresh, with at most 130 posts written a day and never more than 9.5% dead" {
  goal.above { mine, "recall", 0.45 },
  goal.above { mine, "fresh_recall", 0.46 },
  goal.below { mine, "written_a_day", 130 },
  goal.below { mine, "dead_share", 0.095 },
}
