incident "It is already getting better" {
  asks = "Latency jumped at the top of the hour and has been falling since. When is touching nothing the skilled answer?",
  covers = { "S06-C01", "S06-C06", "S14-C07", "S14-C10" },
  seed = 12,
  pager = [[PAGE {now}. feed-ranking: p99 latency {latency_p99} (usual {latency_p99 usual}). Cache hits {cache_hit_rate} (usual {cache_hit_rate usual}). Queue depth {queue_depth}. CTR {ctr change}.]],
  diagnoses = { "a cold cache", "a slow dependency", "a bad model deploy", "bots in the traffic", "a stale feature store", "ordinary noise" },
  variants = {
    { "a restart emptied the cache", weight = 1, kind = "cold_cache", magnitude = { 1, 1.4 }, begins = { 1, 2 }, hurts = 0.08,
      diagnosis = "a cold cache", action = "let it warm up",
      settles = { "cache", "host log" }, useful = { "latency", "where the time goes" },
      told = "All cache hosts were restarted within a minute for a kernel update. Requests went to the store until the cache had filled again. Two hours later most of it was over, and everything that one could have restarted would have begun it anew.",
      update = [[p99 latency is {latency_p99} (usual {latency_p99 usual}) since {began}, and falling; about {lost} clicks lost. Cause is confirmed: all cache hosts were restarted at once, and hits are climbing by themselves. Not yet known: why the restart was not staggered. We are letting it warm up and stop all deploys until then, because each restart would begin it anew. Next update at {next}.]] },
  },
  probes = {
    probe.signal { "cache", minutes = 3, says = "share of look-ups that the cache answered", signal = "cache_hit_rate", hours = 24 },
    probe.log { "host log", minutes = 3, says = "restarts and reboots", title = "Hosts", see = "what was restarted when the latency rose", entries = { { function(draw) return draw.ago + 0.1 end, "cache hosts 1 to 12: kernel update, rebooted" }, { 90, "ranker host 7: disk replaced" } } },
    probe.signal { "latency", minutes = 2, says = "median and tail", signals = { "latency_p50", "latency_p99" }, hours = 24 },
    probe.sheet { "where the time goes", minutes = 6, says = "spans of slow requests", title = "Spans of requests above p95", see = "in which call a slow request spends its time", head = { "span", "median, ms", "usual, ms" }, cells = { "feature look-up", "110", "9", "follow service", "19", "18", "ranking", "22", "22", "queue", "34", "6" } },
    probe.log { "deploy log", minutes = 2, says = "what the ranking team deployed", entries = { { 3, "ranker 64: weekly retrain" }, { 70, "ranker: new dashboards" } }, see = "a deploy three hours before is tempting, and too early" },
    probe.signal { "scores", minutes = 4, says = "mean score and calibration", signals = { "score_mean", "calibration_ratio" } },
  },
  actions = {
    { "let it warm up", minutes = 0, why = "A cache fills with the requests that it answers; within two hours two thirds of the damage are gone without a hand." },
    { "roll back the ranker", minutes = 15, leaves = 1, costs = 0.04, costs_hours = 4, why = "It restarts every ranker host, each with an empty local cache, to undo a deploy that was innocent." },
    { "restart the cache", minutes = 5, leaves = 1.2, costs = 0.06, costs_hours = 5, why = "It empties what has just been filled." },
    { "add hosts for the ranker", minutes = 30, leaves = 1.1, costs = 0.01, costs_hours = 6, why = "More hosts ask a cache that cannot answer; they cost money and begin cold themselves." },
    { "serve yesterday's feed", minutes = 10, leaves = 0.3, costs = 0.06, costs_hours = 12, why = "It is fast and old. Half a day of stale posts costs more than what is left of the slow hours." },
  },
}
