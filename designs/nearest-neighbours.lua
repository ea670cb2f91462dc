design "Nearest neighbours: exact, a graph, or codes" {
  asks = "Search has an embedding for each of ten million posts and twenty milliseconds to answer. Which index do you take, what does each one cost in recall, time and memory, and what do you tune first?",
  covers = { "S07-C05", "S07-C11", "S07-C02" },
  seed = 11,
}

chapter "Look at everything" [[
Four thousand vectors of 64 numbers around forty topics, and two hundred questions. Near means a large cosine: bring all vectors to length 1, take the inner product.

Exact search takes one product with each vector, 256,000 multiplications a question. At a quarter of a nanosecond each that is 64 microseconds, and nothing is missed. With ten million vectors it is 160 milliseconds and 2.4 gigabytes of reading. That is the bill that the other indexes avoid, and exact search stays the truth that they are measured by: *recall@10* is how many of the true ten are found.

Prices stand here instead of a clock, so the figures are the same on every machine. A jump is a read at a place that nobody could foresee. Forty nanoseconds is what it costs when the next reads are fetched ahead; more if not.
]]
local n = slider("vectors", 4000, { 1000, 8000, scale = "log", step = 100, apply = true })
local intrinsic = slider("dimensions that they really vary in", 16, { 2, 64, scale = "log", step = 1, apply = true })
local ns_jump = slider("price of a jump", 40, { 5, 100, step = 5, unit = "ns", apply = true })
local vectors, queries = simulate.vectors { vectors = n, queries = 200, dims = 64, topics = 40, intrinsic = intrinsic, lengths = 0.4, as = "vectors, questions" }
local exact = retrieve.index { vectors, as = "exact in floats" }
local of_exact, truth = retrieve.nearest { exact, queries = queries, ns_jump = ns_jump, as = "exact search, the true ten" }
show.table { data.columns { of_exact, columns = { "series", "multiplications", "jumps", "microseconds", "kilobytes", "bytes" }, names = { "index", "multiplications a question", "jumps", "microseconds", "kilobytes", "bytes a vector" } },
  title = "What a look at everything costs",
  see = "twice the vectors, twice the row: nothing here grows slower than the collection" }

chapter "A graph to walk" [[
HNSW links each vector to some near ones that lie in different directions, at most 2m of them. A few vectors are also on a sparser layer with longer links, and a few of those on the next. A search begins at the top, steps to the nearest neighbour until none is nearer, goes down a layer, and so on. On the lowest layer it keeps the *ef* best in sight and stops when all of them were looked at.

The picture is one such walk. It flattens 64 dimensions to the two of greatest variance, so what lies together here may be far apart; trust the colours and not the distances. Move the question. Then lower ef to 10 and look for a vector that is among the true ten and was not found: the walk saw ten better ones and stopped before it came there.
]]
local m = slider("m: links of a vector", 12, { 2, 32, scale = "log", step = 1, apply = true })
local ef_construction = slider("ef while building", 80, { 10, 200, scale = "log", step = 10, apply = true })
local ef = slider("ef: best that are kept in sight", 40, { 10, 200, scale = "log", step = 1 })
local question = slider("question that is drawn", 7, { 1, 200, step = 1 })
local graph = retrieve.index { vectors, index = "hnsw", m = m, ef_construction = ef_construction, as = "HNSW" }
local picture, hops = retrieve.walk { graph, vectors, queries, query = question, ef = ef, as = "the walk, hops" }
show.scatter { picture, x = "x", y = "y", title = "One walk over the graph", x_title = "first axis", y_title = "second axis",
  see = "a few points on upper layers bring it near; what is compared below is a cloud around the question, and the rest is never touched" }
show.line { hops, y = "best", by = "step", band = false, title = "The best so far, comparison by comparison", x_title = "comparisons", y_title = "cosine with the question",
  see = "the top is reached early; what comes after it only makes sure, and ef says how long" }

chapter "Cells and codes" [[
IVF cuts the space into cells with k-means. A search compares the centroids, then looks into the nearest few cells. There are no links to keep and the build is fast; but the neighbours of a question near a wall lie on both sides of it, so it takes several *probes*.

IVF-PQ also gives up the vectors. The numbers are cut into pieces, and each piece, once the centroid is taken away, is written as the nearest of 256 words: a byte. A question's products with all words make a table, and a vector's score is one look-up a piece. Eight bytes are a thirty-second of 64 floats.

At this size IVF wins the plot: a cell is read in one sweep, a walk jumps at every comparison. But with a hundred times the vectors its cells hold a hundred times as many, or there are ten times as many of both; the walk takes a few more hops. With 8,000 vectors your settings cost nearly the same, 20 and 18 microseconds; with jumps at 5 nanoseconds the graph needs 7.

What the code rounds away, no number of probes brings back. *Re-ranking* takes the first of the list by code and compares the vectors themselves, if they are kept somewhere. In one machine's memory that is the whole bill again; in practice they lie on disk.
]]
local lists = slider("cells", 64, { 8, 256, scale = "log", step = 1, apply = true })
local pieces = choice("bytes of a code", "8", { "4", "8", "16", "32", apply = true })
local keep = toggle("keep vectors beside the codes", true, { apply = true })
local storage = choice("vectors are kept as", "float32", { "float32", "float16", "int8", apply = true })
local probes = slider("probes", 8, { 1, 64, scale = "log", step = 1 })
local rerank = slider("first by code that are ranked again", 0, { 0, 200, step = 10 })
local again = keep and rerank or 0
local stored = retrieve.index { vectors, index = "hnsw", m = m, ef_construction = ef_construction, storage = storage, as = "HNSW" }
local cells = retrieve.index { vectors, index = "ivf", lists = lists, storage = storage, as = "IVF" }
local codes = retrieve.index { vectors, index = "ivf-pq", lists = lists, subspaces = tonumber(pieces), keep_vectors = keep, storage = storage, as = "IVF-PQ" }
local by_ef = retrieve.nearest { stored, queries = queries, truth = truth, sweep = { 10, 14, 20, 28, 40, 80, 160 }, ns_jump = ns_jump, as = "HNSW, its last list" }
local by_probes = retrieve.nearest { cells, codes, queries = queries, truth = truth, rerank = again, sweep = { 1, 2, 4, 8, 16, 32 }, ns_jump = ns_jump, as = "cells, their last list" }
show.line { by_ef, by_probes, y = "recall", by = "microseconds", band = false, log_x = true,
  title = "Recall against the price of a question", x_title = "microseconds, by the prices above", y_title = "recall@10",
  see = "up and to the left is better; codes level off at two thirds, where rounding and not probing is what loses, and ranking again lifts the whole curve" }

chapter "What each one weighs" [[
The column to remember is bytes a vector. Floats take 4 for each number. Halves take 2 and lose nothing that you would see. Bytes with a scale for each vector take 1, and change places only where two cosines were nearly equal. Links cost 8m bytes on the lowest layer and do not shrink with the vectors: the smaller these are, the more of an HNSW index is graph.

At 768 numbers in floats, a hundred million vectors are 307 gigabytes before any index. As codes of 64 bytes they are 6.4, and fit one machine. Which of the two you can afford decides the family, and only then do ef and probes matter.
]]
local halves = retrieve.index { vectors, storage = "float16", as = "exact in halves" }
local bytes = retrieve.index { vectors, storage = "int8", as = "exact in bytes" }
local columns, names = { "series", "recall", "bytes", "kilobytes", "microseconds" }, { "index", "recall@10", "bytes a vector", "kilobytes", "microseconds" }
local smaller = retrieve.nearest { exact, halves, bytes, queries = queries, truth = truth, ns_jump = ns_jump, as = "smaller numbers, their last list" }
show.table { data.columns { smaller, columns = columns, names = names }, title = "The same search with smaller numbers",
  see = "half the memory for nothing that you would notice, a quarter of it for a few places in a hundred" }
local all = retrieve.nearest { exact, stored, cells, codes, queries = queries, truth = truth, ef = ef, probes = probes, rerank = again, ns_jump = ns_jump, as = "all four, their last list" }
show.table { data.columns { all, columns = columns, names = names }, title = "All four with your settings",
  see = "no row is best in every column; that is why there are four" }

chapter "What near means" [[
The vectors here have different lengths, as those of many encoders do. A cosine does not see that. An inner product does: a long vector comes out near to every question, whatever it is about. If the encoder was trained with inner products, length says something, often how sure or how popular; if it was trained with cosines, length is noise, and forgetting to normalise is a silent error.

The first table asks by inner product and is judged by cosines. It is exact search, nothing is approximate, and still it finds only 15% of the ten: the rest went to longer vectors.

In the second table inner products are the truth as well. The graph finds nearly all of them again, and pays for it: 25 microseconds where the walk by cosine paid 19, at the same m and ef. An inner product is no distance, links run to the same few long vectors, and their neighbours are compared in every walk. Normalise when you index, and search is the same product without that trouble.
]]
local by_product = retrieve.index { vectors, similarity = "inner-product", as = "exact by inner product" }
local product_graph = retrieve.index { vectors, index = "hnsw", similarity = "inner-product", m = m, ef_construction = ef_construction, as = "HNSW by inner product" }
local unlike, product_truth = retrieve.nearest { by_product, queries = queries, truth = truth, ns_jump = ns_jump, as = "judged by cosines, the ten of inner products" }
local alike = retrieve.nearest { by_product, product_graph, queries = queries, truth = product_truth, ef = ef, ns_jump = ns_jump, as = "judged by inner products, its last list" }
show.table { data.columns { unlike, columns = { "series", "recall", "microseconds" }, names = { "index", "recall@10 by cosines", "microseconds" } },
  title = "An inner product where a cosine was meant",
  see = "no approximation anywhere: the share of the ten that is lost is lost to lengths" }
show.table { data.columns { alike, columns = { "series", "recall", "microseconds" }, names = { "index", "recall@10 by inner products", "microseconds" } },
  title = "The graph on a product that is no distance",
  see = "beside HNSW by cosine in the table above: the same m and ef, a third more to pay" }

local kind = choice("your index", "HNSW", { "exact in floats", "HNSW", "IVF", "IVF-PQ" })
local mine = data.where { all, column = "series", is = kind, as = "your index" }
local function one(of, series) return data.where { of, column = "series", is = series, as = series } end
local as_told = n == 4000 and intrinsic == 16 and m == 12 and ef_construction == 80 and ef == 40 and storage == "float32" and lists == 64 and pieces == "8" and probes == 8 and again == 0
expect.above { one(all, "HNSW"), "recall", 0.98, when = as_told, because = "a walk that keeps forty in sight finds ten" }
expect.above { one(all, "IVF"), "recall", 0.95, when = as_told, because = "eight cells of sixty-four hold nearly all neighbours" }
expect.below { one(all, "IVF-PQ"), "recall", 0.8, when = as_told, because = "eight bytes round away the order among near ones" }
expect.above { one(smaller, "exact in halves"), "recall", 0.99, when = n == 4000 and intrinsic == 16, because = "a half keeps three digits of a cosine" }
expect.below { unlike, "recall", 0.4, when = n == 4000 and intrinsic == 16, because = "long vectors come out near to every question" }

challenge "Your index: 96.5% of the true ten for at most 8 microseconds a question, in at most 350 kilobytes" {
  goal.above { mine, "recall", 0.965 },
  goal.below { mine, "microseconds", 8 },
  goal.below { mine, "kilobytes", 350 },
}
