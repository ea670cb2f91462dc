design "Search by words, by meaning, by both" {
  asks = "A community site wants search over its posts. BM25 or embeddings? How would you decide, what does each one miss, and what does the answer cost?",
  covers = { "S07-C04", "S07-C01", "S07-C08" },
  seed = 6,
}

chapter "Posts that say something" [[
Twelve hundred posts of six communities. A post states a fact or two about a thing, a grinder or a headlamp, in one of four wordings, among sentences that state nothing. Half of the posts call the thing by its nickname alone.

Four kinds of questions. *Words* asks in the wording of some post. *Meaning* asks in a wording that no post uses together with the name. *Code* asks for an error code, a word that stands nowhere else. *Typo* is the first kind with a letter of the name wrong.

Which posts answer is known, since the posts were written from the facts: 2 for the fact as it is now, 1 for a value that was corrected since.
]]
local posts_written = slider("posts", 1200, { 400, 3000, scale = "log", step = 100, apply = true })
local nicknames = slider("posts that use the nickname alone", 0.45, { 0, 0.8, unit = "%", apply = true })
local typos = slider("words of posts with a wrong letter", 0.03, { 0, 0.2, unit = "%", apply = true })
local corpus = { posts = posts_written, nicknames = nicknames, typos = typos, both_names = 0.3, queries = 60, as = "posts, questions, answers" }
local posts, questions, answers = simulate.corpus(corpus)
show.table { data.columns { questions, columns = { "kind", "text", "answer" } }, title = "What people ask",
  see = "read the kinds one after another: only the last two look broken, and they are what search is really asked" }

chapter "Judged by kind" [[
BM25 counts words: how rare the word is, how often it stands in the post, how long the post is. An embedding puts each post at a point so that words that keep the same company lie together; here it is LSA, a factorization of the table of posts and words. Hybrid asks both and adds up reciprocal ranks.

The mean over all questions hides the decision. Look at the columns. BM25 has the codes to itself. The embedding finds what was worded otherwise, since a nickname and a name that stood in one post have met. Nobody mends a typo: both know whole words only. The chapter after next has an embedding that knows spelling instead; choose it here when you have read that.

The hybrid is no gift. Reciprocal ranks count a place in a weak list as much as one in a strong list, so on codes it loses what BM25 had. A weighted sum keeps how sure each list was, and wants a weight that somebody has to choose.
]]
local k1 = slider("k1: how soon a repeated word stops counting", 0.9, { 0, 3, apply = true })
local b = slider("b: how far long posts are held back", 0.4, { 0, 1, apply = true })
local stem = choice("words", "stems", { "stems", "as they are", apply = true }) == "stems"
local knows = choice("the embedding knows", "company", { "company", "spelling", apply = true })
local dims = slider("dimensions of the embedding", 160, { 8, 512, scale = "log", step = 1, apply = true })
local fusion = choice("hybrid joins by", "reciprocal-rank", { "reciprocal-rank", "weighted-sum", apply = true })
local weight = slider("weight of BM25 in a weighted sum", 0.5, { 0, 1, apply = true })
local by_query, summary = retrieve.evaluate { posts, questions, answers, k1 = k1, b = b, stem = stem, embedding = knows == "spelling" and "ngrams" or "lsa", dims = dims, fusion = fusion, bm25_weight = weight, as = "by query, by kind" }
show.heatmap { summary, x = "kind", y = "method", value = "ndcg", title = "nDCG@10 by kind of question", x_title = "kind of question", y_title = "method",
  see = "BM25 is bright on codes, the embedding on meaning; the hybrid by reciprocal ranks lies between them, not above" }
show.table { data.columns { data.where { summary, column = "kind", is = "all", as = "over all kinds" }, columns = { "method", "queries", "ndcg", "recall_100", "mrr", "operations", "kilobytes" }, names = { "method", "questions", "nDCG@10", "recall@100", "MRR@10", "operations a query", "kilobytes" } },
  title = "And what it costs",
  see = "operations are postings read and products taken: BM25 reads a few hundred, the embedding compares every post" }

chapter "Why this post" [[
A score of BM25 can be read word by word. The rare word carries it: idf is the logarithm of how few posts have it. A second mention adds less than the first. That is also how its blindness is seen: whatever does not share a word with the question has no part in the sum.

The embedding has no such sum. When it errs, all you can say is that the points lie close.
]]
show.table { data.columns { retrieve.explain { posts, query = "is the prasuwen heavy, total mass", k1 = k1, b = b, stem = stem, top = 3, as = "explained" }, columns = { "rank", "term", "idf", "count", "part", "score", "text" } },
  title = "A question word by word",
  see = "the parts of a post add up to its score; the name alone is worth more than the two words that say what is asked" }

chapter "A letter wrong" [[
A word with a letter wrong is another word. But it is written with mostly the same pieces: *prasuwne* has five of the eight runs of three letters of *prasuwen*, ends included. So take as features of a word itself and all its runs of three to five letters, hash each to one of 65,536 places with a sign, and add them up, rare ones more.

That is a vector of 65,536 numbers. Multiply it by a table of plus and minus ones, drawn once and never trained, and 512 numbers are left whose products are nearly the same. Nothing was learned but how rare a piece is, so a word that nobody wrote before is no stranger to it.

With 512 numbers typos are found five times as well as by BM25, nDCG 0.27 for 0.05, and codes nearly as well. Wordings that differ gain little: a nickname is spelt like anything but the name, and there the company that words keep is worth more.

The projection is what it is paid with. Its error is one over the root of the dimensions, for near and far alike. With 160 of them a stray post comes out at 0.25 as easily as the right one.
]]
local of_spelling = {}
for _, d in ipairs { 160, 512 } do
  local _, of_size = retrieve.evaluate { posts, questions, answers, methods = { "dense" }, embedding = "ngrams", dims = d, stem = stem, as = "q, spelling in " .. d .. " dimensions" }
  of_spelling[#of_spelling + 1] = of_size
end
local _, of_company = retrieve.evaluate { posts, questions, answers, methods = { "bm25", "dense" }, k1 = k1, b = b, dims = 160, stem = stem, as = "q, words and company" }
local function of_method(name) return data.where { of_company, column = "method", is = name, as = name } end
local three = data.stack { of_method("bm25"), of_method("dense"), of_spelling[1], of_spelling[2], names = { "BM25", "company, 160", "spelling, 160", "spelling, 512" }, column = "method", as = "four ways" }
show.heatmap { three, x = "kind", y = "method", value = "ndcg", title = "What each way of knowing a word finds", x_title = "kind of question", y_title = "nDCG@10 by what is known",
  see = "on typos only spelling in 512 numbers finds much; on meaning, company finds most" }

chapter "What it weighs" [[
An embedding of 64 dimensions in four bytes each is 256 bytes a post. At 768, a usual size, it is three kilobytes: a hundred million posts are 300 gigabytes before any index is built over them, against some 20 gigabytes of postings. That is why vectors are stored in two bytes or one, why product quantization exists, and why the number of dimensions is worth a plot.

Few dimensions forget. Many remember the words themselves and lose what made them useful. Look for the bend, on your own questions, kind by kind.
]]
local sizes = {}
for _, d in ipairs { 16, 64, 200 } do
  local _, of_size = retrieve.evaluate { posts, questions, answers, methods = { "dense" }, dims = d, stem = stem, as = "q, " .. d .. " dimensions" }
  sizes[#sizes + 1] = of_size
end
for i, d in ipairs { 16, 64, 200 } do
  show.table { data.columns { sizes[i], columns = { "kind", "ndcg", "recall_100", "mrr", "kilobytes" } }, title = "The embedding alone with " .. d .. " dimensions",
    see = i == 1 and "too few: the things of one community lie on top of each other" or i == 2 and "enough for the wordings, too few for forty-eight names" or "names are told apart and codes come back, and so does the memory" }
end

local function cell(method, kind, as)
  return data.where { data.where { summary, column = "method", is = method, as = method }, column = "kind", is = kind, as = as }
end
local bm25_code, dense_code = cell("bm25", "code", "BM25 on codes"), cell("dense", "code", "the embedding on codes")
local bm25_meaning, dense_meaning = cell("bm25", "meaning", "BM25 on meaning"), cell("dense", "meaning", "the embedding on meaning")
local hybrid, hybrid_meaning = cell("hybrid", "all", "the hybrid"), cell("hybrid", "meaning", "the hybrid on meaning")
local as_written = posts_written == 1200 and nicknames == 0.45 and typos == 0.03 and stem
local as_told = as_written and knows == "company" and dims == 160 and k1 == 0.9 and b == 0.4
expect.above { bm25_code, "ndcg", 0.8, when = as_told, because = "a code is the rarest word there is" }
expect.below { dense_code, "ndcg", 0.7, when = as_told, because = "a code keeps no company that an embedding could learn from" }
expect.above { dense_meaning, "ndcg", 0.22, when = as_told, because = "a nickname and a name that stood in one post have met" }
expect.below { bm25_meaning, "ndcg", 0.22, when = as_told, because = "words that are not shared have no part in a sum over shared words" }
expect.below { cell("hybrid", "code", "the hybrid on codes"), "ndcg", 0.75, when = as_told and fusion == "reciprocal-rank", because = "a weak list counts as much as a strong one" }

local function typo_of(table, as) return data.where { table, column = "kind", is = "typo", as = as } end
expect.above { typo_of(of_spelling[2], "spelling on typos"), "ndcg", 0.2, when = as_written, because = "most pieces of a name survive a wrong letter" }
expect.below { typo_of(of_method("dense"), "company on typos"), "ndcg", 0.1, when = as_written, because = "a word that was never seen keeps no company" }

challenge "A hybrid with nDCG@10 of 0.412 over all questions and 0.197 on those worded otherwise, in at most 1,150 kilobytes" {
  goal.above { hybrid, "ndcg", 0.412 },
  goal.above { hybrid_meaning, "ndcg", 0.197 },
  goal.below { hybrid, "kilobytes", 1150 },
}
