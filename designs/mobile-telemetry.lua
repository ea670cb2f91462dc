design "A hundred milliseconds on the phone: what may a client tell you?" {
  asks = "The ranking model moves onto the phone, where a request has 100 ms at the 99th percentile and every byte of logging is paid by the user. A release broke the preprocessing on 2% of devices. How soon do you see it, and from what?",
  covers = { "S06-A", "S06-C09" },
  seed = 1,
}

chapter "What telling costs" [[
A ranking model on the phone answers in 55 ms at the median and 94 ms at the 99th percentile. The budget is 100. A full-context log of one request holds every input, every score and the version of everything: 40 kB, and 60 ms to collect and write on the slowest of threads.

Log every request like that and the budget is gone. Log a sample, chosen by a hash of the request's id so that client and server agree on which, and most users never notice. But a percentile has a cliff. While logged requests are few, they hide in the slowest hundredth that the 99th percentile leaves out. Near one in a hundred they are the 99th percentile. Here the budget breaks at 0.58%.
]]
local logs = slider("requests logged in full", 0.02, { 0.0005, 0.10, scale = "log", unit = "%" })
local devices = slider("devices that the release breaks", 0.02, { 0.0005, 0.2, scale = "log", unit = "%" })
local requests = slider("requests an hour", 3000, { 300, 100000, scale = "log", step = 1 })
local slices = toggle("count each version and device by itself", false)
local channels, tail, summary = monitor.telemetry { devices = devices, log_share = logs, requests_per_hour = requests, slices = slices, log_ms = 60,
  as = "channels, with logging, summary" }
show.line { tail, y = "p99_ms", by = "log_share", guide = 100, log_x = true,
  title = "The 99th percentile against the share that is logged in full", x_title = "share of requests logged in full", y_title = "p99 (ms)",
  see = "nearly flat to a few in a thousand, then steep: the same log costs 3 ms at 0.3% of requests and 22 ms at 2%" }

chapter "Four witnesses" [[
On the broken devices one feature is computed wrongly. Nothing crashes. A fifth of the video starts and of the finished videos on those devices are lost, which is 0.4% of all of them. Four channels could tell.

A checksum of the preprocessed inputs, eight bytes with every request: the server computes the same and compares. On a good release one in a hundred thousand differs; on a broken device all do. A sampled full-context log: recomputed offline, it shows the same mismatch, of far fewer requests, with all that is needed to find the cause. A proxy: did the video start? It is known at once and everybody already sends it. The label: was it finished? It arrives a day later.

The table has the hour at which each first stands four standard deviations off, the median of a hundred simulated releases, beside its closed form. The proxy comes a tenth before its formula: looked at every hour, a lucky streak carries it over the line.
]]
show.table { channels, title = "How soon each channel shows the release",
  see = "the checksum speaks in the first hour, the log within a morning; the proxy needs days and the label never gets there, because 98% of its rows are fine" }
show.table { summary, title = "The same in one row, with the price",
  see = "nearly all bytes are the full logs; the checksum adds eight" }

chapter "Slice, and the proxy wakes up" [[
Now count each app version and kind of device by itself. The broken slice has only 60 requests an hour, a fiftieth of the traffic. But in it the start rate falls from 60% to 48%, not from 60% to 59.8%. Reports needed fall with the square of the effect: fifty times the effect is 2,500 times fewer reports, out of fifty times fewer. The proxy is fifty times faster for it.

That is the general trade of tight clients. Full context is for finding causes, so a little of it is enough. Seeing that something is wrong is the work of compact diagnostics that every request can afford: versions, checksums, a few counters, by slice. Proxies come at once and labels confirm. And what a phone cannot tell you afterwards has to be tested before: replay logged requests through the new build and compare its inputs with those of the old one, bit by bit, before anybody installs it.
]]
local apart, _, apart_summary = monitor.telemetry { devices = devices, log_share = logs, requests_per_hour = requests, slices = true, log_ms = 60,
  as = "by slice, tail by slice, summary by slice" }
show.table { apart, title = "The same release, counted by version and device",
  see = "the proxy comes down to hours and the label to two days, most of which is its own delay" }

expect.below { apart_summary, "proxy_hours", 24, when = devices >= 0.01 and requests >= 2000, because = "in the broken slice alone the loss is a fifth, not a fraction of a percent" }
expect.below { summary, "checksum_hours", 3, when = devices >= 0.01 and requests >= 2000, because = "a checksum that differs is evidence by itself" }
expect.below { summary, "p99_ms", 100, when = logs <= 0.005, because = "half a percent of slow requests still hides behind the 99th percentile" }
expect.above { summary, "p99_ms", 105, when = logs >= 0.01, because = "one percent of slow requests is the 99th percentile" }

challenge "Keep p99 under 100 ms and 300 bytes a request, have the proxy speak within 12 hours, and a full log of the failure within a day and a half" {
  goal.below { summary, "p99_ms", 100 },
  goal.below { summary, "bytes_per_request", 300 },
  goal.below { summary, "proxy_hours", 12 },
  goal.below { summary, "log_hours", 36 },
}
