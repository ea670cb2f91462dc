design "Vectors at serving time" {
  asks = "Search by embeddings has to answer eighteen hundred questions a second. Which vectors do you make beforehand and which when the question comes, what do batches and a cache change, and what does it cost to forget that vectors have lengths?",
  covers = { "S07-C09" },
  seed = 4,
}

chapter "Beforehand, or with the question" [[
A question has to be embedded when it is asked. A document need not: its vector can be made when it is written and looked up ever after.

Why would anybody do it late? There is nothing to store, nothing to make again when the encoder changes, and a post is searchable the second it is written. So some systems find twenty posts by words and embed those twenty with the question.

Then a question is twenty-one texts in place of one. An encoder here takes 6 ms for each call and 1 ms for each text. At 100 questions a second the late way asks for 2.7 encoders, the early way for 0.7. Memory is the other side: 20 million vectors of 384 floats are 28.6 gigabytes, and when the encoder is replaced all of them are made anew.
]]
local site = { questions = 36000, zipf = 0.9, dims = 384, documents = 20000000, encode_ms = 1, overhead_ms = 6, search_ms = 5, hit_ms = 0.5 }
local function quiet(late, as)
  return serve.embeddings(with(site, { rate = 100, batch = 1, encoders = 4, documents_online = late, requests = 8000, as = as .. ", its hits" }))
end
local early, late = quiet(0, "documents beforehand"), quiet(20, "20 documents with the question")
show.table { data.columns { data.stack { early, late, names = { "beforehand", "20 with the question" }, column = "documents", as = "both ways" },
    columns = { "documents", "utilization", "p50_ms", "p99_ms", "document_megabytes", "reembed_hours" },
    names = { "embedded", "encoders' share", "p50 (ms)", "p99 (ms)", "megabytes", "hours to redo" } },
  title = "100 questions a second on four encoders",
  see = "late costs four times the encoders and nothing in memory; early has a bill that comes due when the encoder changes" }

chapter "In batches" [[
Six of the seven milliseconds are the call and not the text. An encoder that takes one text a call answers 143 questions a second. With up to eight a call it answers 571, with up to thirty-two 842.

A batch is also a wait. Whoever comes while a batch of eight is being worked on waits up to 14 ms for it, and up to 38 ms for one of thirty-two, and then for its own. While it is quiet nobody pays that, for a batch takes what is there and does not wait to be full: at 57 questions a second the 99th percentile is 15 ms in eights and 27 ms one at a time. That is worth saying in an interview: batches without a wait cost nothing.

A wait for company is another matter. In the second plot an encoder waits 5 ms for a fuller batch. While it is quiet half of all questions pay 5 ms for company that does not come. When it is busy the line fills the batches by itself, and the wait buys nothing. It pays only where the encoders themselves are what is dear, and a batch that is half empty costs as much as a full one.
]]
local function load(figure, batch, wait, as)
  return serve.load { service_ms = 1, law = "deterministic", batch = batch, batch_wait_ms = wait, overhead_ms = 6, servers = 1, points = 9, highest = 0.93, figures = { figure }, requests = 5000, name = as, as = as .. ", " .. figure }
end
show.line { load("p99", 1, 0, "one at a time"), load("p99", 8, 0, "up to 8"), load("p99", 32, 0, "up to 32"), y = "latency_ms", by = "rate", log_x = true, band = false,
  title = "One encoder: 99th percentile against load", x_title = "questions a second", y_title = "latency (ms)",
  see = "each line turns up where its batches are full: 143, 571 and 842 questions a second" }
local waits_not, waits = load("p50", 8, 0, "takes what is there"), load("p50", 8, 5, "waits 5 ms")
show.line { waits_not, waits, y = "latency_ms", by = "rate", log_x = true, band = false,
  title = "Waiting for company: the median", x_title = "questions a second", y_title = "latency (ms)",
  see = "on the left the whole wait is paid for nothing; on the right both lines are one" }

chapter "Kept from before" [[
People ask the same things. Here the second most frequent question comes half as often as the first, nearly, and so on (Zipf, exponent 0.9). A cache that keeps two thousand vectors of 36,000, those asked for last, answers half of all questions without an encoder.

What a cache does to percentiles surprises people. With half of the questions answered in 5.5 ms, the median is 5.5 ms. The 99th percentile of all is the 98th of those that went to the encoder: the tail is theirs. It falls too, but for another reason, because there is less of a line.

Each search process keeps a cache of its own, so it has to be small. The key decides what fits. People type capitals, blanks and question marks; 36,000 questions come in 60,000 spellings. A cache keyed by what was typed keeps the same vector several times. And the version of the encoder belongs into the key, or else a replaced encoder meets vectors of the old one.
]]
local clean = toggle("the key is the cleaned text", false)
local keep = slider("vectors of questions kept", 0, { 0, 20000, step = 250 })
local asked = with(site, { questions = clean and 36000 or 60000 })
local encoders = slider("encoders", 3, { 1, 8, step = 1 })
local batch = slider("questions encoded together at most", 1, { 1, 64, scale = "log", step = 1 })
local wait = slider("wait for company", 0, { 0, 20, step = 1, unit = "ms" })
local storage = choice("vectors are kept as", "float32", { "float32", "float16", "int8" })
local bytes = ({ float32 = 4, float16 = 2, int8 = 1 })[storage]
local report, hits = serve.embeddings(with(asked, { rate = 1800, cache = keep, batch = batch, batch_wait_ms = wait, encoders = encoders, bytes = bytes, as = "your system, hits" }))
show.line { hits, y = "hit_rate", by = "entries", log_x = true, band = false, title = "What a cache answers", x_title = "vectors kept", y_title = "share of questions",
  see = "three times the cache, some twelve points more; the most popular for ever would do better, and nobody knows them beforehand" }

chapter "Of length one" [[
Both sides must agree on what near means. If the index takes inner products, and the encoder was trained by cosines, then vectors have to be brought to length 1 when they are stored. Of the question it does not matter: its length multiplies every score alike. That is why the mistake lives long: somebody normalises the questions, tests pass, and long documents come up everywhere.

Lengths here vary by a factor of 1.5 up and down. The truth is exact search by cosines over floats. Halves change one place in a thousand or none. A byte for each number, with a scale for each vector, changes six to nine in a thousand, and takes a quarter of the memory.
]]
local normalised = toggle("documents are brought to length 1", false)
local vectors, queries = simulate.vectors { vectors = 2000, queries = 150, dims = 64, topics = 40, intrinsic = 16, lengths = 0.4, as = "vectors, questions" }
local exact = retrieve.index { vectors, as = "cosines in floats" }
local _, truth = retrieve.nearest { exact, queries = queries, as = "exact search, the true ten" }
local stored = retrieve.index { vectors, similarity = normalised and "cosine" or "inner-product", storage = storage, as = "yours" }
local other = retrieve.index { vectors, similarity = normalised and "inner-product" or "cosine", storage = storage, as = normalised and "with lengths" or "of length 1" }
local quality = retrieve.nearest { stored, other, queries = queries, truth = truth, as = "judged, its last list" }
local mine = data.where { quality, column = "series", is = "yours", as = "your vectors" }
show.table { data.columns { quality, columns = { "series", "recall", "bytes" }, names = { "vectors", "recall@10 by cosines", "bytes a vector of 64" } },
  title = "What is found",
  see = "no approximation anywhere; where lengths count, five of six true neighbours give way to longer vectors" }

chapter "Your system at 1,800 questions a second" [[
An encoder is $400 a month, a gigabyte of memory $10. Begin with what cannot be argued with: the share of the encoders' time that is asked for. One at a time, 1,800 questions are 12.6 encoders; in eights they are 3.2; with two thirds of them kept, one.

Then the tail. Read p99 and not p50: a cache that answers two thirds has a median of 5.5 ms whatever the encoders do.

Then the bill. 20 million vectors in floats are $286 a month, in halves $143, in bytes $72; an encoder more is $400. So the exercise: the money of two encoders and half the memory, a cache that fits beside the search process, and almost nothing lost in what is found.
]]
show.table { data.columns { report, columns = { "utilization", "hit_rate", "hit_rate_by_formula", "batch", "p50_ms", "p95_ms", "p99_ms" },
    names = { "encoders' share", "kept", "by formula", "a batch", "p50 (ms)", "p95 (ms)", "p99 (ms)" } },
  title = "Your system: time", see = "at a share of 1 and beyond there are no percentiles: the line grows for ever" }
show.table { data.columns { report, columns = { "cache_megabytes", "document_megabytes", "reembed_hours", "cost_per_month" },
    names = { "cache (MB)", "documents (MB)", "hours to redo", "$ a month" } },
  title = "Your system: memory and money", see = "see which part of the price is encoders and which is memory before you move either" }

local as_told = not clean and keep == 0 and encoders == 3 and batch == 1 and wait == 0 and storage == "float32" and not normalised
expect.above { late, "utilization", 0.6, because = "21 texts a question are 27 ms of an encoder" }
expect.below { early, "utilization", 0.2, because = "one text a question is 7 ms" }
expect.above { report, "utilization", 4, when = as_told, because = "1,800 questions of 7 ms are 12.6 encoders" }
expect.between { report, "hit_rate", { 0.66, 0.74 }, when = clean and keep == 7500, because = "Che's formula says 0.70" }
expect.below { mine, "recall", 0.3, when = not normalised, because = "long vectors come out near to every question" }
expect.above { mine, "recall", 0.997, when = normalised and storage ~= "int8", because = "a half keeps three digits of a cosine" }

challenge "1,800 questions a second: p99 within 25.3 ms, $960 a month, a cache of 6 MB, 99.7% of the true neighbours" {
  goal.below { report, "p99_ms", 25.3 },
  goal.below { report, "cost_per_month", 960 },
  goal.below { report, "cache_megabytes", 6 },
  goal.above { mine, "recall", 0.997 },
}
