design "Forty milliseconds of model: is it worth the wait?" {
  asks = "The bigger ranker gains 4% of activations offline and adds 60 ms at the 99th percentile. Do you ship it, a smaller one, or neither, and how would you know?",
  covers = { "S13-C12" },
  seed = 8,
}

chapter "Two curves that cross" [[
A model of twice the size is a little better and takes twice as long. Quality grows like a logarithm: each doubling adds the same. Waiting is a tax on everybody, and on each request.

On this site a user who waits 100 ms longer activates a little less often. We know by how much. In real life nobody does, and that number decides the size of the model. The plot has the gain of quality alone, which is what an offline evaluation shows, and the ink line, which is what is left of it after the wait.
]]
local elasticity = slider("activations lost for each 100 ms", 0.015, { 0.002, 0.06, scale = "log", unit = "%" })
local ms = slider("milliseconds for each size", 10, { 2, 40, scale = "log", unit = "ms" })
local users = slider("users in each arm of the slowdown", 20000, { 2000, 2000000, scale = "log", step = 1000 })
local delay = slider("delay of the slow arm", 100, { 20, 500, scale = "log", step = 5, unit = "ms" })
local size = slider("size that you ship", 20, { 0, 20, step = 0.5 })
local lines, summary = serve.latency_cost { elasticity = elasticity, ms_per_size = ms, users = users, delay = delay, size = size, as = "net gain, summary" }
show.line { lines, y = "net", by = "ms", band = false, guide = 0,
  title = "What a larger model is worth", x_title = "added p99 latency (ms)", y_title = "relative change of activations",
  see = "the offline line only rises; the ink line has a top, and beyond it every millisecond costs more than it brings" }

chapter "Slow them down on purpose" [[
To learn the price of a wait, sell one. Take the model in service, add a sleep to one arm, change nothing else, and count activations. It feels wrong, it is cheap, and it answers for every later decision: caching, batching, a heavier client, this model.

The estimate has an interval. With 20,000 users an arm a loss of 1.5% of a 20% rate is a third of a point, less than one standard error, and the interval reaches from far below zero to several times the truth. That is no basis for anything. A longer delay makes the effect larger and the interval shorter, at a price: those users really waited.
]]
show.table { summary, title = "What the slowdown experiment found",
  see = "low and high are the interval of the elasticity; best_size_believed follows the estimate, and net_at_believed is what that belief would earn" }

chapter "Many such experiments" [[
One experiment may be lucky. Here are twelve, alike in everything but the users who came. Where they disagree about the best size, the experiment was too small to ask the question.
]]
local sizes = {}
for i = 1, 12 do
  local _, one = serve.latency_cost { elasticity = elasticity, ms_per_size = ms, users = users, delay = delay, size = size, replicate = i, as = "net " .. i .. ", repeat " .. i }
  sizes[#sizes + 1] = one
end
for _, i in ipairs { 1, 2, 3 } do
  show.table { sizes[i], title = "Another experiment, number " .. i, see = "compare elasticity and best_size_believed with the tables above and below" }
end

chapter "Say it in an interview" [[
Quote the 99th percentile and not the mean, because the tail is where people leave. Say what you would pay: break-even is 100 / e × (1 - 1 / (1 + gain)) milliseconds, so a gain of 4% at 1.5% for each 100 ms pays for 256 ms, and one of 1% for 66. Say that the gain was measured without the wait, and that the two belong in one experiment: the arm that gets the model gets its latency too.

Then the exercise: choose how many users to slow down, how much, and a size to ship. Stay within a tenth of a point of the best there is, and drive away fewer than 400 activations to know.
]]
show.table { summary, title = "Your choice", see = "regret_of_chosen is what the truly best size would have earned more; conversions_lost_to_know is the price of the experiment" }

expect.above { summary, "net_at_best", 0, because = "some size is worth its wait" }
challenge "placeholder" {
  goal.below { summary, "regret_of_chosen", 0.001 },
  goal.below { summary, "conversions_lost_to_know", 400 },
}
