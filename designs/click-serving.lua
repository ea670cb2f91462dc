design "Twenty milliseconds: which model may answer?" {
  asks = "The feed scores 2,000 candidates for every request and must answer within 20 ms at the 99th percentile. Offline the network wins. Would you ship it, and what would you change first?",
  covers = { "S01-A", "S01-C08", "S01-C10" },
  seed = 2,
}

chapter "Loss is half of the story" [[
Three weeks of a feed. Eleven days train, three days stop the training and stand for production traffic, the last week measures. Four models learn from the same rows: logistic regression on hashed features, boosted trees, a network of two hidden layers, and a small student that never sees a click: it learns the large network's probabilities.

The table has what a model loses beside the best possible, in percent of it, and what it weighs. It also has what a row costs by a declared law: 20 ns for each lookup in a large table, 0.5 ns for a multiply-add, a quarter of that in 8 bits, 4 ns for a tree node. The work is counted, the prices are assumed. They make the same figure on your machine and on mine.

A microsecond sounds like nothing. Times 2,000 candidates it is two milliseconds of one core, for every request.
]]
local units = slider("units of the student", 8, { 1, 64, step = 1, scale = "log", apply = true })
local log = source("impressions", simulate.impressions { users = 2000, days = 21, base_ctr = 0.05 }, { "time", "day", "click" })
local past, hold, live = log:split { days = { 11, 14 }, as = "past, hold, live" }
local logistic = train.wide { past, valid = hold, deep = false, epochs = 4, as = "logistic" }
local trees = train.gbdt { past, valid = hold, rounds = 40, depth = 5, as = "trees" }
local network = train.mlp { past, valid = hold, hidden = { 48, 24 }, epochs = 5, as = "network" }
local student = compress.distill { past, teacher = network, student = "network", hidden = { units }, epochs = 5, as = "student of the network" }
show.table { serve.compare { logistic, trees, network, student, on = live, candidates = 2000, rate = 100, overhead_ms = 1.5, requests = 10000 },
  title = "Each model alone on one core, 100 requests a second",
  see = "the models are a few percent apart in loss and several times apart in cost; the network is half the size of the trees and the dearest of all, so bytes are not microseconds" }

chapter "The tail is a queue" [[
One core serves one request at a time. What a user waits is fetching the features, then the line, then the work. The line is the part that surprises: at 50% load it is short, at 90% it is most of the latency, and the 99th percentile bends up long before the mean does.

With equal work for every request and random arrivals the mean is known: half of what the textbook queue with random work would wait, load / (2 (1 - load)) times the service. That is the ink line. No formula is as handy for the tail of fetch, line and work together, and the three percentiles must not be added up. So it is simulated, request by request.
]]
local bits = slider("bits of a weight", 8, { 2, 8, step = 1 })
local packed = compress.quantize { network, sample = past, bits = bits, as = "network in " .. bits .. " bits" }
local served = choice("model served", "network", { "logistic", "trees", "network", "packed", "student" })
local model = ({ logistic = logistic, trees = trees, network = network, packed = packed, student = student })[served]
local batch = slider("requests a batch", 1, { 1, 32, step = 1, scale = "log" })
local cached = slider("features in the cache", 0.90, { 0.5, 0.97, unit = "%" })
show.line { serve.load { model, candidates = 2000, overhead_ms = 1.5, batch = 1, cache_hit = cached, hit_ms = 0.3, miss_ms = 9,
    figures = { "p99", "p50", "mean", "formula" }, name = "one at a time" },
  y = "latency_ms", by = "rate",
  title = "Latency against load, one request at a time", x_title = "requests a second", y_title = "latency (ms)",
  see = "the simulated mean lies on the formula; the 99th percentile starts high because of cache misses and then bends away from both" }

chapter "Three levers" [[
Cache. A miss asks the store and takes 9 ms on average, with a long tail. With one miss in ten, one request in a hundred waits 9 ln(10) = 20.7 ms or longer before anything is scored: the whole budget is gone, whatever the model. At 3% misses the same percentile is 9.9 ms. That is why the first question about a slow tail is the hit rate and never the network.

Batch. Each call to the scorer costs 1.5 ms by itself. Sharing it among eight requests leaves 0.2 ms each and lifts what a core can take, but everyone in a batch waits for the whole batch. Batches rescue an overloaded server and slow down an idle one.

Compression. In 8 bits a multiply-add costs a quarter and the loss hardly moves; at 3 bits the weights no longer know what they knew. A student goes further: it has fewer multiply-adds to begin with. It learns from probabilities, and "3.4%" says more about a row than the click that did not come.
]]
local rate = slider("requests a second", 100, { 20, 500, scale = "log", step = 1 })
local now, requests = serve.queue { model, candidates = 2000, rate = rate, overhead_ms = 1.5, batch = batch, batch_wait_ms = 2,
  cache_hit = cached, hit_ms = 0.3, miss_ms = 9, as = "served, requests" }
local _, warm = serve.queue { model, candidates = 2000, rate = rate, overhead_ms = 1.5, batch = batch, batch_wait_ms = 2,
  cache_hit = 1, hit_ms = 0.3, as = "all cached, if every feature were cached" }
show.ecdf { requests, warm, column = "latency_ms",
  title = "Latency of each request", x_title = "latency (ms)", y_title = "share of requests answered by then",
  see = "read it at 0.99: the gap between the two lines is what cache misses cost; the medians are the same and the tail is made of it" }
show.table { now, title = "The same in figures",
  see = "p99 with its interval, the wait in line alone, and how many shared a batch; a line that only grows has no percentiles, and says why" }

chapter "What bits cost" [[
The same network in 2 to 8 bits, on a sample of the last week. Rounding is harmless as long as it is finer than what the weights disagree about anyway. Then it is not, and nothing warns you except the log loss on fresh traffic: the size shrinks evenly, the loss does not grow evenly.
]]
local sample = data.sample { live, count = 5000, as = "a sample of the last week" }
local curve = {}
for _, b in ipairs { 2, 3, 4, 5, 6, 8 } do
  curve[#curve + 1] = compress.quantize { network, sample = past, bits = b, as = "network, " .. b .. " bits" }
end
show.table { serve.compare { packed, on = live, candidates = 2000, rate = 100, overhead_ms = 1.5, requests = 10000 },
  title = "The packed network beside the first table",
  see = "in 8 bits it weighs a third and costs a third of the network, for a loss that you need five digits to see" }
curve.on, curve.along, curve.metric = sample, "bits", "excess_log_loss"
show.line { measure.against(curve), y = "excess_log_loss", by = "bits",
  title = "Excess log loss against bits", x_title = "bits of a weight and of an activation", y_title = "log loss over the best possible, less 1",
  see = "nearly flat from 8 bits down to 5, then steep; the ink line at 0 is what the true probabilities would lose" }

chapter "Before you promise it" [[
Say the budget out loud: fetch, line, work. Say what happens on a cache miss that takes too long: score with the features that you have, or with the logistic model, and log that you did, because such rows train the next model. Check that the packed model gives the same scores as the one that was evaluated, on live traffic, within the rounding that you measured.

Then the exercise. In the peak hour 400 requests arrive in a second, on one core. Stay within 20 ms at the 99th percentile and give away less than 4% of log loss. The network as it stands does not even keep up.
]]
local peak = serve.queue { model, candidates = 2000, rate = 400, overhead_ms = 1.5, batch = batch, batch_wait_ms = 2,
  cache_hit = cached, hit_ms = 0.3, miss_ms = 9, as = "the peak hour, its requests" }
show.table { peak, title = "The peak hour", see = "utilization first: above 1 nothing else matters, near 1 the line makes the tail" }

expect.below { student, "excess_log_loss", 0.06, on = live, when = units >= 8, because = "a student of a few units keeps most of what its teacher knows" }
expect.below { packed, "excess_log_loss", 0.06, on = live, when = bits == 8, because = "eight bits cost next to nothing" }
expect.above { logistic, "excess_log_loss", 0.04, on = live, because = "a sum over columns misses the interactions" }

challenge "400 requests a second within 20 ms at p99, and less than 4% of log loss given away" {
  goal.below { peak, "p99_ms", 20 },
  goal.below { model, "excess_log_loss", 0.04, on = live },
}
