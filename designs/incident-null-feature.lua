incident "Clicks fell in one afternoon" {
  asks = "The click rate is down and nobody deployed a model. Where do you look first, and what do you do before you know everything?",
  covers = { "S06-C01", "S06-C04", "S06-C07", "S06-P3", "S14-C07", "S14-C10" },
  seed = 3,
  pager = [[PAGE {now}. feed-ranking: CTR {ctr} against a usual {ctr usual} ({ctr change}) for two hours running. Score mean {score_mean change}. p99 latency {latency_p99}. No model was deployed today.]],
  diagnoses = { "a feature stopped arriving", "people changed what they click on", "a bad model deploy", "bots in the traffic", "a holiday", "ordinary noise" },
  variants = {
    { "a null feature on android", weight = 3, kind = "null_feature", segment = "android", magnitude = { 1.6, 2.4 }, begins = { 3, 8 },
      diagnosis = "a feature stopped arriving", action = "fall back to the last good values",
      settles = { "slices by platform", "missing values", "deploy log" }, useful = { "logs of full requests" },
      told = "At {began} the android app 8.4 went out with the account age renamed in its payload. The feature became its default for android; the ranker took every android user for a newcomer. Nothing was wrong with the model.",
      update = [[CTR on android is {ctr change android} since {began}, about {lost} clicks lost so far; other platforms are at their usual level. Cause is confirmed: the feature user_tenure_days is missing on android ({null_rate android} of rows, usually {null_rate usual android}). Not yet known: whether older app versions are affected too. We are serving the last good values from the store and the app team is restoring the field. Next update at {next}.]] },
    { "nothing", weight = 1, kind = "nothing", begins = { 2, 4 }, harmless = true,
      diagnosis = "ordinary noise", action = "wait and watch",
      settles = { "slices by platform", "missing values" }, useful = { "deploy log", "logs of full requests" },
      told = "Nothing broke. The page came from a rule with a narrow threshold, and the hour happened to be on the low side of the usual band.",
      update = [[No user impact: CTR is {ctr} against a usual {ctr usual}, inside of its band. We have confirmed that features, scores and latency are at their usual levels on all platforms. Still checking why the rule fired at all. We are watching and will widen the rule if it fires again. Next update at {next}.]] },
  },
  probes = {
    { "slices by platform", minutes = 4, says = "click rate and missing values by platform",
      show = function(seen)
        show.table { oncall.slices { seen, signal = "ctr" }, title = "Click rate by platform", see = "an outage of the whole site moves all rows alike" }
        show.line { oncall.strip { seen, signal = "ctr", segments = true }, title = "Click rate by platform, three days", x_title = "hours since the page", y_title = "clicks per impression", see = "which platform left the band, and when" }
      end },
    { "missing values", minutes = 5, says = "share of rows whose main feature is missing, by platform",
      show = function(seen)
        show.table { oncall.slices { seen, signal = "null_rate" }, title = "Missing values by platform", see = "a percent is usual; anything above that is a feature that became its default" }
      end },
    { "deploy log", minutes = 2, says = "what went out in the last days",
      show = function(seen, draw)
        local hours, what = { 30, 52, 71 }, { "ads-auction 118: new reserve prices", "feed-web 2.19: copy changes", "feature-store: nightly compaction" }
        if draw.variant ~= "nothing" then
          hours[4], what[4] = draw.ago + 0.3, "android app 8.4: payload of sessions cleaned up, 100% of users"
        end
        show.table { oncall.log { at = draw.now, hours = hours, what = what }, title = "Deploys", see = "what changed shortly before the beginning, in any team" }
      end },
    { "logs of full requests", minutes = 10, says = "1% of requests with the feature as served and as computed offline",
      show = function(seen, draw)
        local broken = draw.variant ~= "nothing"
        local lines, summary = oncall.logs { seen, fault = broken and "null" or "none", affected = broken and 0.7 or 0, segment = "android", as = "lines, summary" }
        show.table { lines, title = "Ten requests", see = "whether the online value is there at all" }
        show.table { summary, title = "All logged requests of the hour", see = "where online and offline disagree" }
      end },
    { "experiments", minutes = 6, says = "which experiments run and since when",
      show = function(seen, draw)
        show.table { oncall.log { at = draw.now, hours = { 120, 200 }, what = { "feed-spacing: 10% since five days, no change of ranking", "new-onboarding: 5% of newcomers" } }, title = "Running experiments", see = "a 10% experiment cannot move the whole site by this much" }
      end },
  },
  actions = {
    { "fall back to the last good values", minutes = 20, leaves = { ["nothing"] = 1, 0.1 }, costs = 0.002,
      why = "Yesterday's account age is a day off and nearly as good; it holds while the app team restores the field." },
    { "roll back the model", minutes = 15, leaves = 1, costs = 0.02,
      why = "The model did not change, so rolling it back cures nothing and serves an older one." },
    { "retrain on the last day", minutes = 240, leaves = { ["nothing"] = 1, 0.8 }, costs = { 0.01, nothing = 0.01 },
      why = "It teaches the model that the feature is often missing: it gets used to the fault and has to be trained back once the field is there." },
    { "wait and watch", minutes = 0, leaves = 1,
      why = "Right when nothing is broken; here every hour costs clicks and the cause will not go away by itself." },
  },
  rubric = { diagnosis = 30, action = 30, time = 10, probes = 15, update = 15 },
}
