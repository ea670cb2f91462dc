incident "Better offline, worse online" {
  asks = "A ranker with a better offline AUC went out and clicks fell a little. How do you tell a bad model from good numbers computed in two ways?",
  covers = { "S06-C03", "S06-C07", "S06-P3", "S14-C01", "S14-C07", "S14-C10" },
  seed = 8,
  pager = [[PAGE {now}. feed-ranking: CTR {ctr change}, calibration ratio {calibration_ratio} (usual {calibration_ratio usual}). Mean score {score_mean change}. Ranker 90 reached all users {hours} h ago; its offline AUC was 0.6 points better.]],
  diagnoses = { "a training-serving skew", "a bad model deploy", "people changed what they click on", "a feature stopped arriving", "an audience shift", "ordinary noise" },
  variants = {
    { "online code clips, training did not", weight = 1, kind = "skew", magnitude = { 1, 1.5 }, begins = { 5, 14 },
      diagnosis = "a training-serving skew", action = "roll back the ranker and its feature code", near = { "a bad model deploy" },
      settles = { "logs of full requests", "click rate by version" }, useful = { "deploy log", "missing values", "schema log" },
      told = "Ranker 90 came with its own feature code. In training, account age was taken as it is; in serving, somebody had kept an old cap of 30 days. The model had learned from long ages that it never met online, and overrated half of the users.",
      update = [[CTR is {ctr change} on ranker 90 since {began}, about {lost} clicks lost; users still on 89 are at their usual level. Confirmed: account age is capped at 30 days online and not in training, {parity_mismatch} of sampled rows differ. Not yet known: whether other features of the new code differ too. We are rolling back ranker and feature code together, and will replay logged requests through both before the next try. Next update at {next}.]] },
  },
  probes = {
    probe.requests { "logs of full requests", minutes = 8, column = "user_tenure_days", fault = "clipped", affected = 1 },
    probe.groups { "click rate by version", minutes = 5, says = "clicks of the last hours by version of the ranker", by = "version", names = { "ranker 90", "ranker 89 (holdout)" }, shares = { 0.95, 0.05 }, damage = { 1, 0 }, hours = 4 },
    probe.log { "deploy log", minutes = 2, says = "what went out in the last days", entries = { { function(draw) return draw.ago + 0.2 end, "ranker 90 and feature code 14, 95% of users" }, { 47, "web 2.20: lazy loading" } } },
    probe.slices { "missing values", minutes = 5, signal = "null_rate", says = "share of rows whose main feature is missing" },
    probe.log { "schema log", minutes = 3, says = "changes of tables and events upstream", title = "Changes upstream", entries = { { 75, "votes: late events kept for two days" } } },
    probe.slices { "slices by platform", minutes = 4 },
  },
  actions = {
    { "roll back the ranker and its feature code", minutes = 15, leaves = 0, costs = 0.004, why = "Both halves go back together to a pair that agrees. The gain of the new model is lost until it is deployed rightly, and the logs that were kept serve the analysis." },
    { "roll back the ranker only", minutes = 15, leaves = 0.8, costs = 0.004, why = "The old model was trained without the cap too: it gets the same wrong feature." },
    { "retrain on the last day", minutes = 240, leaves = 0.6, costs = 0.01, why = "It learns the capped feature and loses what long ages tell; training and serving still use two codes." },
    { "recalibrate the scores", minutes = 60, leaves = 0.85, costs = 0.002, why = "The sum of predictions is right again. Half of the users still get another order than the model means." },
    { "wait and watch", minutes = 0, why = "Two codes do not come to agree by waiting." },
  },
}
