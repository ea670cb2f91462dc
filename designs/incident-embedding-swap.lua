incident "Neighbours that are strangers" {
  asks = "Recommendations became odd after a maintenance that changed no ranker. How do you see that queries and index no longer speak the same language?",
  covers = { "S06-C03", "S06-C07", "S14-C01", "S14-C07", "S14-C10" },
  seed = 15,
  pager = [[PAGE {now}. feed-candidates: coverage {coverage} (usual {coverage usual}). CTR {ctr change}. Errors {error_rate}, latency {latency_p99}: both usual. No ranker was deployed.]],
  diagnoses = { "an embedding model swapped", "people changed what they click on", "a bad model deploy", "a stale feature store", "an experiment leaking into control", "a cold cache" },
  variants = {
    { "two encoders in one index", weight = 1, kind = "embedding_swap", magnitude = { 0.9, 1.3 }, begins = { 3, 9 },
      diagnosis = "an embedding model swapped", action = "pin the old encoder",
      settles = { "cosine to the reference", "encoder registry" }, useful = { "recall on known queries", "deploy log" },
      told = "At {began} the encoder service moved to its next model. Queries were embedded by the new one, the index still held vectors of the old one. Both have 256 dimensions, so nothing failed; their directions have nothing to do with each other.",
      update = [[CTR is {ctr change} since {began}, about {lost} clicks lost. Confirmed: queries are embedded by encoder 5 and the index holds vectors of encoder 4; the mean cosine to the reference fell to {embedding_cosine} (usual {embedding_cosine usual}). Not yet known: whether other indexes are affected. We are pinning encoder 4 for queries, and will rebuild the index with 5 beside it before the next switch. Next update at {next}.]] },
  },
  probes = {
    probe.signal { "cosine to the reference", minutes = 4, says = "mean cosine of embeddings to their reference, and coverage", signals = { "embedding_cosine", "coverage" } },
    probe.sheet { "encoder registry", minutes = 3, says = "which encoder made what", title = "Encoders in use", see = "both sides of a search must have been made by one encoder", head = { "part", "encoder", "dimensions", "since" }, cells = { "queries", "5", "256", "hours ago", "post index", "4", "256", "March", "community index", "4", "256", "March" } },
    probe.sheet { "recall on known queries", minutes = 8, says = "200 labelled queries, what share of their ten true neighbours is found", title = "Recall at 10", see = "the labelled set needs no clicks and no waiting", head = { "when", "recall@10" }, cells = { "yesterday", "0.93", "this hour", "0.06" } },
    probe.log { "deploy log", minutes = 2, says = "what went out in the last days", entries = { { function(draw) return draw.ago + 0.1 end, "encoder service: maintenance, patch level 5.0.0" }, { 28, "ranker 14: weekly retrain" }, { 55, "index: compaction" } }, see = "a major version under the name of a patch" },
    probe.slices { "slices by platform", minutes = 4 },
    probe.log { "experiments", minutes = 6, says = "which experiments run, and since when", title = "Running experiments", entries = { { 90, "diversity re-ranking: 20%" }, { 200, "new-onboarding: 5% of newcomers" } }, see = "what else changes what is shown" },
  },
  actions = {
    { "pin the old encoder", minutes = 15, leaves = 0, costs = 0, why = "Queries and index agree again within minutes, and the new encoder can be rolled out beside an index of its own." },
    { "rebuild the index with the new encoder", minutes = 420, leaves = 0, costs = 0, why = "It is where one wants to be at the end; until it is built everybody searches among strangers." },
    { "retrain the ranker on the last day", minutes = 240, leaves = 0.9, costs = 0.01, why = "The ranker can only order what it is handed, and it is handed noise." },
    { "roll back the ranker", minutes = 15, leaves = 1, costs = 0.015, why = "The ranker was not touched." },
    { "wait and watch", minutes = 0, why = "Two languages do not merge by themselves." },
  },
}
