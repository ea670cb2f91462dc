design "Sixty milliseconds of model: is it worth the wait?" {
  asks = "The bigger ranker gains 4% of activations offline and adds 60 ms at the 99th percentile. Do you ship it, a smaller one, or neither, and how would you know?",
  covers = { "S13-C12" },
  seed = 8,
}

chapter "Two curves that cross" [[
A model of twice the size is a little better and takes twice as long. Quality grows like a logarithm: each doubling adds the same. Waiting is a tax on everybody, and on each request.

On this site a user who waits 100 ms longer activates a little less often. We know by how much. In real life nobody does, and that number decides the size of the model. The first line below is the gain of quality alone, which is what an offline evaluation shows. The ink line is what is left of it after the wait.
]]
local elasticity = slider("activations lost for each 100 ms", 0.015, { 0.004, 0.05, scale = "log", unit = "%" })
local ms = slider("milliseconds for each size", 10, { 5, 30, scale = "log", unit = "ms" })
local users = slider("users in each arm of the slowdown", 10000, { 2000, 500000, scale = "log", step = 1000 })
local delay = slider("delay of the slow arm", 100, { 20, 500, scale = "log", step = 5, unit = "ms" })
local size = slider("size that you ship", 20, { 0, 20, step = 0.5 })
local lines, slowdown, choice, repeats = serve.latency_cost { elasticity = elasticity, ms_per_size = ms, users = users, delay = delay, size = size,
  as = "net gain, slowdown, choice, repeated slowdowns" }
show.line { lines, y = "net", by = "ms", band = false, guide = 0,
  title = "What a larger model is worth", x_title = "added p99 latency (ms)", y_title = "relative change of activations",
  see = "the offline line only rises; the ink line has a top, and beyond it every millisecond costs more than it brings" }
show.table { choice, title = "The size you ship, the size the experiment would choose, and the best",
  see = "regret_of_chosen is what the best size would earn more; the largest model is not it" }

chapter "Slow them down on purpose" [[
To learn the price of a wait, sell one. Take the model in service, add a sleep to one arm, change nothing else, and count activations. It feels wrong, it is cheap, and it answers for every later decision: caching, batching, a heavier client, this model.

The estimate has an interval. With 10,000 users an arm, a loss of 1.5% of a 20% rate is a third of a point, about half a standard error, and the interval reaches from below zero to several times the truth. That is no basis for anything. More users make it shorter, and so does a longer delay. Both are paid for in people who waited and left.
]]
show.table { slowdown, title = "What the slowdown experiment found",
  see = "low and high are the 95% interval of the elasticity; conversions_lost is the price of knowing, by the truth" }

chapter "Three hundred such experiments" [[
One experiment may be lucky. Here are three hundred, alike in everything but the users who came. Each would ship the size that its own estimate calls best, and the plot shows what that size really earns.

Three in ten of the weak experiments find that waiting costs nothing, or even helps. They ship the largest model there is. Others overstate the cost and ship hardly any. Nobody in those teams made a mistake; the question was asked too quietly.
]]
show.ecdf { repeats, column = "elasticity",
  title = "Elasticity by three hundred slowdowns", x_title = "share of activations lost for each 100 ms", y_title = "share of experiments",
  see = "how far the estimates lie from one another is how little one of them says; the truth is in the table above" }
show.ecdf { repeats, column = "net",
  title = "What acting on it earns", x_title = "relative change of activations", y_title = "share of experiments",
  see = "the right end is the best there is; the long tail to the left is bad luck that a better experiment would not have had" }

chapter "Say it in an interview" [[
Quote the 99th percentile and not the mean, because the tail is where people leave. Say what you would pay: break-even is 100 / e × (1 - 1 / (1 + gain)) milliseconds, so a gain of 4% at 1.5% for each 100 ms pays for 256 ms, and one of 1% for 66. That is where nothing is left. The best size is far before it, where one more millisecond brings what it costs.

Say that the gain was measured without the wait, and that both belong in one experiment: the arm that gets the model gets its latency too.

Then the exercise. Choose how many users to slow down and by how much, so that acting on what you learn costs less than a tenth of a point on average, and fewer than 250 activations are lost to know it.
]]
expect.above { choice, "net_of_best", 0, because = "some size is worth its wait" }
expect.between { repeats, "covered", { 0.9, 0.99 }, because = "the interval of the elasticity keeps its 95%" }
expect.above { choice, "regret_of_chosen", 0.002, when = size == 20 and elasticity >= 0.015 and ms >= 10, because = "the largest model waits away what it gains" }

challenge "Lose less than 0.1 points to ignorance, and fewer than 250 activations to learning" {
  goal.below { repeats, "regret", 0.001 },
  goal.below { slowdown, "conversions_lost", 250 },
}
