design "Embeddings grow old" {
  asks = "Search by meaning was good at launch. Weeks later people complain, and the new embedding model that was to help made it worse for days. What do you watch, what triggers a re-index, and how do you change the model without an outage?",
  covers = { "S07-C10", "S07-A" },
  seed = 4,
}

chapter "The model knows the words it was trained on" [[
Six weeks of posts and questions. The embedding (LSA) was fitted on day 0, on the posts that stood then. Every later post is folded in: its words that the model knows are added up, the others have no part.

Things are launched all the time, and a name that nobody had heard on day 0 has no place in the space. A question about it is embedded by what is left of it, "battery", "loud", and lands among the posts of all other things. Nothing fails and nothing is logged. Recall falls from above a half to a third within two weeks.

The third line answers the same questions by BM25, which learns a word in the moment when a post with it is indexed. On this site it also beats the embedding on the first day, as it often does where people ask for names; what matters here is the gap, which opens with time.
]]
local new_things = slider("things launched during the six weeks", 0.4, { 0, 0.8, unit = "%", apply = true })
local dims = slider("dimensions of the embedding", 160, { 16, 256, scale = "log", step = 1, apply = true })
local otherwise_after = slider("questions that use a nickname from day 28", 0.3, { 0, 0.9, unit = "%", apply = true })
local posts, questions, answers = simulate.corpus_days { days = 42, posts_before = 600, posts_a_day = 30, queries_a_day = 30,
  new_things = new_things, worded_otherwise = 0.3, worded_otherwise_after = otherwise_after, mix_day = 28, as = "posts, questions, answers" }
local function served(name, options)
  options[1], options[2], options[3], options.dims = posts, questions, answers, dims
  options.as = "questions " .. name .. ", " .. name .. ", lines " .. name .. ", summary " .. name
  return retrieve.embedding_days(options)
end
local _, aged, lines, aged_all = served("model of day 0", {})
show.line { lines, y = "recall", by = "day", band = false, title = "Recall@10 by day, nothing ever trained again", x_title = "day", y_title = "recall@10",
  see = "the embedding falls away from BM25 in the second week; labelled questions show it, with the noise of twenty a day" }

chapter "What can be watched without labels" [[
Recall needs judged questions. Two numbers come for nothing. The share of a question's words that the model does not know, which is the cause itself; and the cosine of the nearest post, whose distribution is compared with that of the first week by a KS test.

Here is the catch. The cosines hardly move while recall halves: what is left of the question finds a near neighbour all the same, only the wrong one. A quiet KS test does not say that search works. It says that the space looks as it did.
]]
show.line { aged, y = "unknown_words", by = "day", band = false, title = "Words of questions that the model does not know", x_title = "day", y_title = "share",
  see = "it climbs from a fifth within days, as the first launches are asked about" }
show.line { aged, y = "nearest_cosine", by = "day", band = false, title = "Cosine of the nearest post", x_title = "day", y_title = "mean cosine",
  see = "hardly a slope: this is what a dashboard of cosines would have shown during the decay above" }

chapter "The new model" [[
On day 20 a new model is fitted on the posts of that day. Its axes have nothing to do with the old ones. If questions are embedded by it at once while the vectors in the index are still of the old model, their cosines are noise. Vectors are made anew at 100 a day, newest first, so recall comes back over ten days.

Now the KS test screams, on the very day. That is what it is good for: a swap, a broken tokenizer, a wrong normalisation, anything that changes the geometry at once.

In the shadow the new vectors are made beside the old ones, new posts are embedded twice, and questions switch when the last one is there. It costs a second set of vectors and shows nothing. The third way out is a hotfix: give questions to BM25 while more than a tenth of the vectors are stale.
]]
local swap, rate = 20, slider("vectors made anew a day", 100, { 30, 1000, scale = "log", step = 10, apply = true })
local _, in_place, _, in_place_all = served("in place", { swap_day = swap, migration = "in-place", reembed_a_day = rate })
local _, shadow, _, shadow_all = served("in the shadow", { swap_day = swap, reembed_a_day = rate })
local _, hotfix, _, hotfix_all = served("in place with BM25 for stale days", { swap_day = swap, migration = "in-place", reembed_a_day = rate, fallback_above = 0.1 })
show.line { aged, in_place, shadow, hotfix, y = "recall", by = "day", mark_day = swap, mark = true, band = false, title = "Recall@10 through the swap", x_title = "day", y_title = "recall@10",
  see = "in place falls at the mark; the shadow goes on as before; the hotfix rises, since BM25 answers while vectors are stale" }
show.line { in_place, shadow, y = "ks", by = "day", mark_day = swap, mark = true, band = false, title = "KS distance of the nearest cosines to the first week", x_title = "day", y_title = "KS distance",
  see = "it jumps at the swap in place, and comes most of the way back while more than half of the vectors are still stale: the nearest post is soon one with a new vector" }

chapter "When to train again" [[
A trigger wants a number that means harm, so take recall on labelled questions, averaged over some days. With twenty questions a day a mean of three days is uncertain by about five points. A threshold close to what is usual fires for nothing, and every firing embeds the whole corpus again. A low one waits until the harm is old.

After a training the window begins anew, since the days before it belong to another model. Mind the mix of questions too: if more people ask by nicknames from day 28 on, recall changes with the questions and no model is to blame. Compare kind by kind before you pay for an embedding of everything.
]]
local below = slider("train again when recall falls below", 0.25, { 0, 0.6, apply = true })
local window = slider("days averaged", 3, { 1, 10, step = 1, unit = "days", apply = true })
local labelled = slider("questions labelled a day", 20, { 5, 30, step = 1, apply = true })
local _, yours, _, yours_all = served("with your trigger", { retrain_below = below, window_days = window, labelled_a_day = labelled, reembed_a_day = 400 })
show.line { yours, aged, y = "recall", by = "day", band = false, title = "Recall@10 with your trigger and without", x_title = "day", y_title = "recall@10",
  see = "as set the trigger fires in the last days, too late to matter; raise it, and each training lifts the line until the next things are launched" }
show.table { data.columns { yours_all, columns = { "recall", "worst_day_recall", "fresh_recall", "bm25_recall", "models", "embedded" }, names = { "recall@10", "worst day", "fresh", "BM25", "models fitted", "documents embedded" } }, title = "What the trigger bought",
  see = "documents embedded is the bill: with no training at all it is the posts that came, each once" }

local as_told = new_things == 0.4 and dims == 160 and otherwise_after == 0.3
expect.below { aged_all, "recall", 0.4, when = as_told, because = "names that came up after the training have no place in the space" }
expect.above { aged_all, "bm25_recall", 0.45, when = as_told, because = "an inverted index learns a word with the first post that has it" }
expect.between { in_place_all, "first_ks_alarm_day", { 19.5, 20.5 }, when = as_told and rate == 100, because = "questions of one model meet vectors of another on the day of the swap" }
expect.above { hotfix_all, "recall", 0.38, when = as_told and rate == 100, because = "BM25 answers while vectors are stale" }
expect.above { shadow_all, "embedded", 2200, when = as_told and rate == 100, because = "all that stands is embedded again, and new posts twice meanwhile" }

challenge "Recall@10 of 38.5% over the six weeks with at most 5,600 documents embedded" {
  goal.above { yours_all, "recall", 0.385 },
  goal.below { yours_all, "embedded", 5600 },
}
