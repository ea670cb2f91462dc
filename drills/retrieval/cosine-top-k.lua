-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The k nearest vectors by cosine, read once. The drill is about zero vectors, about length that must
-- not count while the sign must, and about memory that follows k and not the collection.

local function random_vector(d, rand)
  local vector = {}
  for j = 1, d do vector[j] = 2 * rand.float() - 1 end
  return vector
end

-- `n` vectors of `d` components. With `repeats` some are equal, doubled, or zero.
local function collection(n, d, repeats, rand)
  local vectors = {}
  for i = 1, n do
    local kind = repeats and i > 1 and rand(1, 5) or 5
    vectors[i] = random_vector(d, rand)
    if kind == 1 then vectors[i] = table.move(vectors[rand(1, i - 1)], 1, d, 1, {}) end
    if kind == 2 then
      for j, x in ipairs(vectors[rand(1, i - 1)]) do vectors[i][j] = 2 * x end
    end
    if kind == 3 then
      for j = 1, d do vectors[i][j] = 0.0 end
    end
  end
  return vectors
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local heap_of_k = [==[
-- A heap of the best k places with the worst of them on top, and their similarities beside it.
function cosine_top_k(vectors, query, k)
  local function length(v)
    local sum = 0.0
    for _, x in ipairs(v) do sum = sum + x * x end
    return math.sqrt(sum)
  end
  local query_length = length(query)
  local heap, similarity = {}, {}
  local function worse(a, b)
    return similarity[a] < similarity[b] or (similarity[a] == similarity[b] and a > b)
  end
  for i, vector in ipairs(vectors) do
    local dot, lengths = 0.0, length(vector) * query_length
    for j, x in ipairs(vector) do dot = dot + x * query[j] end
    similarity[i] = lengths > 0 and dot / lengths or 0.0
    local at
    if #heap < k then
      at = #heap + 1
      while at > 1 and worse(i, heap[at // 2]) do
        heap[at], at = heap[at // 2], at // 2
      end
      heap[at] = i
    elseif worse(heap[1], i) then
      similarity[heap[1]] = nil
      at = 1
      while 2 * at <= k do
        local child = 2 * at
        if child < k and worse(heap[child + 1], heap[child]) then child = child + 1 end
        if not worse(heap[child], i) then break end
        heap[at], at = heap[child], child
      end
      heap[at] = i
    else
      similarity[i] = nil
    end
  end
  table.sort(heap, function(a, b) return worse(b, a) end)
  local result = {}
  for rank, i in ipairs(heap) do result[rank] = { i - 1, similarity[i] } end
  return result
end
]==]

local function reference_with(old, new)
  local first, last = heap_of_k:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return heap_of_k:sub(1, first - 1) .. new .. heap_of_k:sub(last + 1)
end

return drill {
  id = "cosine-top-k",
  title = "The posts that point the same way",
  category = "retrieval",
  level = "medium",
  minutes = 25,
  covers = { "S07-C02", "S02-C04", "S04-C02", "S02-P2" },
  signature = "cosine_top_k(vectors: float[][], query: float[], k: int) -> (int, float)[]",

  statement = [==[
Every post of a community has an embedding, a vector of `d` numbers. For a post that a user is reading,
the `k` most similar posts are wanted. This exact search is the yardstick for an approximate index, and
it runs beside other work, so it has little memory.

Given all `vectors` and the `query` vector, return the `k` vectors with the highest cosine similarity, as
pairs (place, similarity), best first. The cosine similarity of `u` and `v` is
`Σ u_j v_j / (|u| · |v|)`, where `|u| = √(Σ u_j²)`. It lies between -1 and 1.

**Conventions**

- Places are counted from 0. There are `n ≥ 0` vectors; all vectors and the query have the same number
  `d ≥ 1` of components.
- `1 ≤ k ≤ 1000`. If `n` is smaller than `k`, all `n` are returned.
- A vector of zeros has no direction: its similarity to anything is **defined as 0** here. It takes part
  like any other vector. The same holds if the query is zero.
- Equal similarities: the smaller place first, which also decides who is among the `k`. Two similarities
  are either equal, whichever way you round, or at least 10^-9 apart.
- A component is 0 or has an absolute value between 10^-6 and 10^6.
- An error of 10^-9 in a similarity is allowed. Do not change the input.

**Cost.** Time must grow like `n (d + log k)`. Beyond the input memory may grow with `k` and `d`, but not
with `n`.
]==],

  examples = {
    {
      args = { { { 1.0, 0.0 }, { 3.0, 3.0 }, { -2.0, 0.0 }, { 0.0, 0.0 } }, { 5.0, 0.0 }, 3 },
      result = { { 0, 1.0 }, { 1, math.sqrt(0.5) }, { 3, 0.0 } },
      note = "The second vector is longer, but at 45 degrees. The zero vector counts as 0, which is better "
        .. "than the opposite direction with -1.",
    },
    {
      args = { { { 0.0, 1.0 }, { 2.0, 0.0 }, { 4.0, 0.0 } }, { 1.0, 0.0 }, 1 },
      result = { { 1, 1.0 } },
      note = "Places 1 and 2 point the same way. The smaller place is returned.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "1",
    sizes = { 1000, 2000, 4000, 8000 },
    -- Every vector is closer to the query than the one before.
    input = function(n)
      local vectors = {}
      for i = 1, n do
        local angle = 3 * (1 - i / n)
        vectors[i] = { math.cos(angle), math.sin(angle), 0.0, 0.0 }
      end
      return { vectors, { 1.0, 0.0, 0.0, 0.0 }, 8 }
    end,
  },

  cases = function(rand, case)
    case { name = "no vectors", args = { {}, { 1.0, 2.0 }, 3 } }
    case { name = "one vector", args = { { { 3.0, 4.0 } }, { 4.0, 3.0 }, 1 } }
    case { name = "a long vector at an angle", catches = "multiplies without dividing",
           args = { { { 9.0, 9.0 }, { 1.0, 0.125 } }, { 1.0, 0.0 }, 2 } }
    case { name = "the opposite direction", catches = "loses the sign",
           args = { { { -1.0, 0.0 }, { 1.0, 1.0 } }, { 1.0, 0.0 }, 2 } }
    case { name = "equal vectors", catches = "lets the later vector win a tie",
           args = { { { 1.0, 2.0 }, { 2.0, 1.0 }, { 1.0, 2.0 }, { 1.0, 2.0 } }, { 1.0, 3.0 }, 2 } }
    case { name = "twice as long is no closer", catches = "lets the later vector win a tie",
           args = { { { 1.0, 3.0 }, { 2.0, 6.0 }, { 4.0, 12.0 } }, { 1.0, 1.0 }, 2 } }
    case { name = "a zero vector among others", catches = "divides by a length of zero",
           args = { { { 1.0, 0.0 }, { 0.0, 0.0 }, { -1.0, 1.0 } }, { 2.0, 1.0 }, 3 } }
    case { name = "a zero vector is among the best", catches = "skips zero vectors",
           args = { { { -1.0, 0.0 }, { 0.0, 0.0 }, { -1.0, -2.0 } }, { 1.0, 1.0 }, 1 } }
    case { name = "the query is zero", catches = "divides by a length of zero",
           args = { { { 1.0, 2.0 }, { -1.0, 0.0 }, { 0.0, 0.0 } }, { 0.0, 0.0 }, 2 } }
    case { name = "a right angle and a zero vector tie",
           args = { { { -1.0, 1.0 }, { 0.0, 0.0 }, { 1.0, -1.0 } }, { 1.0, 1.0 }, 2 } }
    case { name = "only opposite directions",
           args = { { { -1.0, -2.0 }, { -3.0, 0.0 }, { -1.0, -1.0 } }, { 1.0, 1.0 }, 2 } }
    case { name = "fewer vectors than asked for",
           args = { { { 1.0, 0.0 }, { 0.0, 1.0 } }, { 1.0, 2.0 }, 9 } }
    case { name = "one component", args = { { { -2.0 }, { 0.0 }, { 5.0 }, { 0.5 } }, { 3.0 }, 3 } }
    case { name = "large and small components",
           args = { { { 1e6, 1e6 }, { 1e-6, 0.0 }, { 1e6, 5e5 } }, { 1e-6, 2e-6 }, 3 } }
    for i = 1, 3 do
      case { name = "random " .. i,
             args = { collection(rand(5, 40), 3, false, rand), random_vector(3, rand), rand(1, 12) } }
    end
    for i = 1, 3 do
      case { name = "random, with repeats and zeros " .. i,
             args = { collection(rand(5, 40), 4, true, rand), random_vector(4, rand), rand(1, 12) } }
    end
    case { name = "400 vectors of 16",
           args = { collection(400, 16, false, rand), random_vector(16, rand), 10 } }
    case { name = "600 vectors, half of them wanted",
           args = { collection(600, 6, true, rand), random_vector(6, rand), 300 } }
  end,

  compare = { tolerance = 1e-9 },

  -- By the distance of unit vectors: |u - v|² = 2 - 2 cos. Everything is sorted.
  oracle = function(args)
    local vectors, query, k = args[1], args[2], args[3]
    local function unit(v)
      local longest = 0
      for _, x in ipairs(v) do longest = math.max(longest, math.abs(x)) end
      if longest == 0 then return nil end
      local sum, result = 0, {}
      for _, x in ipairs(v) do sum = sum + (x / longest) ^ 2 end
      for j, x in ipairs(v) do result[j] = x / longest / math.sqrt(sum) end
      return result
    end
    local q, all = unit(query), {}
    for i, vector in ipairs(vectors) do
      local u, distance = unit(vector), 2
      if q and u then
        distance = 0
        for j = 1, #q do distance = distance + (u[j] - q[j]) ^ 2 end
      end
      all[i] = { i - 1, 1 - distance / 2 }
    end
    table.sort(all, function(a, b)
      if math.abs(a[2] - b[2]) > 1e-11 then return a[2] > b[2] end
      return a[1] < b[1]
    end)
    return table.move(all, 1, math.min(k, #all), 1, {})
  end,

  reference = {
    lua = heap_of_k,
    python = [==[
from heapq import nlargest
from math import sqrt


def length(v):
    return sqrt(sum(x * x for x in v))


# nlargest reads the pairs one by one and keeps a heap of k.
def cosine_top_k(vectors, query, k):
    query_length = length(query)

    def similarity(v):
        lengths = length(v) * query_length
        return sum(x * y for x, y in zip(v, query)) / lengths if lengths else 0.0

    best = nlargest(k, ((similarity(v), -i) for i, v in enumerate(vectors)))
    return [(-i, s) for s, i in best]
]==],
  },

  wrong = {
    {
      name = "multiplies without dividing",
      language = "lua",
      verdict = "WA",
      case = "one vector",
      why = "The inner product grows with the length of a vector, so long ones are close to everything. "
        .. "It is the same order only if all vectors have been brought to length 1.",
      code = reference_with("lengths > 0 and dot / lengths or 0.0", "dot"),
    },
    {
      name = "divides by a length of zero",
      language = "lua",
      verdict = "WA",
      case = "a zero vector among others",
      why = "0 / 0 is NaN. It is neither smaller nor larger than anything, so it gets stuck in the heap or "
        .. "breaks the order of a sort. Give zero vectors a similarity before anything is compared.",
      code = reference_with("lengths > 0 and dot / lengths or 0.0", "dot / lengths"),
    },
    {
      name = "skips zero vectors",
      language = "lua",
      verdict = "WA",
      case = "a zero vector among others",
      why = "Zero vectors are left out, so fewer than k may come back, and a vector that points away takes "
        .. "the place of one that counts as 0.",
      code = reference_with("    local at\n    if #heap < k then",
        "    local at\n    if lengths == 0 then\n      similarity[i] = nil\n    elseif #heap < k then"),
    },
    {
      name = "loses the sign",
      language = "lua",
      verdict = "WA",
      case = "the opposite direction",
      why = "Only the size of the cosine counts here, as it does when squares are compared to save the "
        .. "root. The most different vector then comes first. Keep the sign, as in dot · |dot| / |v|².",
      code = reference_with("lengths > 0 and dot / lengths or 0.0",
        "lengths > 0 and math.abs(dot / lengths) or 0.0"),
    },
    {
      name = "lets the later vector win a tie",
      language = "lua",
      verdict = "WA",
      case = "equal vectors",
      why = "Reposts have equal vectors. With >= a later one pushes out an earlier one, and the result is "
        .. "no longer the same on every run over shards.",
      code = reference_with("a > b)", "a < b)"),
    },
    {
      name = "inserts into a sorted list of all",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Every vector finds its place in a list of all vectors so far, and moves those behind it: n². "
        .. "Only k places are ever asked for.",
      code = [==[
function cosine_top_k(vectors, query, k)
  local function length(v)
    local sum = 0.0
    for _, x in ipairs(v) do sum = sum + x * x end
    return math.sqrt(sum)
  end
  local query_length = length(query)
  local places, similarities = {}, {}
  for i, vector in ipairs(vectors) do
    local dot, lengths = 0.0, length(vector) * query_length
    for j, x in ipairs(vector) do dot = dot + x * query[j] end
    local similarity = lengths > 0 and dot / lengths or 0.0
    local low, high = 1, #places + 1
    while low < high do
      local middle = (low + high) // 2
      if similarities[middle] >= similarity then low = middle + 1 else high = middle end
    end
    table.insert(places, low, i)
    table.insert(similarities, low, similarity)
  end
  local result = {}
  for rank = 1, math.min(k, #places) do result[rank] = { places[rank] - 1, similarities[rank] } end
  return result
end
]==],
    },
    {
      name = "sorts everything",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "All n similarities are stored and sorted for the sake of k. A heap of k does with k.",
      code = [==[
function cosine_top_k(vectors, query, k)
  local function length(v)
    local sum = 0.0
    for _, x in ipairs(v) do sum = sum + x * x end
    return math.sqrt(sum)
  end
  local query_length = length(query)
  local all = {}
  for i, vector in ipairs(vectors) do
    local dot, lengths = 0.0, length(vector) * query_length
    for j, x in ipairs(vector) do dot = dot + x * query[j] end
    all[i] = { i - 1, lengths > 0 and dot / lengths or 0.0 }
  end
  table.sort(all, function(a, b)
    if a[2] ~= b[2] then return a[2] > b[2] end
    return a[1] < b[1]
  end)
  return table.move(all, 1, math.min(k, #all), 1, {})
end
]==],
    },
    {
      name = "makes unit vectors of all first",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "A second copy of the whole collection, for one query. Normalising beforehand pays when it is "
        .. "stored in place of the original and used by many queries; here a length is needed once.",
      code = reference_with([==[  for i, vector in ipairs(vectors) do
    local dot, lengths = 0.0, length(vector) * query_length
    for j, x in ipairs(vector) do dot = dot + x * query[j] end]==], [==[
  local units = {}
  for i, vector in ipairs(vectors) do
    local l = length(vector)
    units[i] = { l > 0 }
    for j, x in ipairs(vector) do units[i][j + 1] = l > 0 and x / l or 0.0 end
  end
  for i, unit in ipairs(units) do
    local dot, lengths = 0.0, unit[1] and query_length or 0.0
    for j, x in ipairs(query) do dot = dot + unit[j + 1] * x end]==]),
    },
  },

  hints = {
    { text = "Which lengths are needed once, which once for each vector? What happens to the formula if one "
        .. "of them is 0?", cost_min = 1 },
    { text = "You read vector number i and have kept the best k so far. With which single one of them must "
        .. "it be compared?", cost_min = 2 },
    { text = "Keep a heap of at most k with the worst on top, where worse means lower similarity, or equal "
        .. "similarity and larger place. Replace the top when the new vector is better. Sort the heap at "
        .. "the end.", cost_min = 4 },
  },

  follow_ups = {
    { ask = "Can the query's length be left out?",
      answer = "For the order yes, since it divides all similarities alike. For the returned values no, and "
        .. "a threshold needs the values." },
    { ask = "What would you precompute for many queries?",
      answer = "The lengths, or unit vectors stored in place of the originals; cosine is then an inner "
        .. "product. The vectors go into one block of memory and queries are answered in batches, as a "
        .. "matrix product." },
    { ask = "Ten million vectors of 768 numbers. How long does one query take?",
      answer = "15 · 10^9 operations and 31 GB to read in 32-bit floats. At 20 GB/s that is 1.5 s: memory is "
        .. "the bound, not arithmetic. Use 8-bit codes (a quarter), batches of queries, or an approximate "
        .. "index; this search then gives the ground truth for its recall." },
    { ask = "When is the inner product the better choice?",
      answer = "When the model was trained with it and length carries meaning, such as popularity in matrix "
        .. "factorisation. Use at search time what was used in training." },
    { ask = "How do you get the k best of ten shards?",
      answer = "Each shard returns its k best with global ids, and the lists are merged by (similarity, id). "
        .. "Nothing is lost: whoever is among the k best of all is among the k best of its shard." },
  },

  explain = [==[
**Invariant.** After i vectors the heap holds the best min(i, k) of them and its top is the worst of these.
A new vector belongs to the best k exactly if it is better than the top, which it then replaces. "Better" is
a strict order, higher similarity or equal similarity and smaller place, so the set is unique.

**Zero vectors.** The formula is 0 / 0 for them. Every answer is a convention; what matters is that it is
taken before the first comparison. A NaN compares false with everything: in a heap it is never replaced, in
a sort it makes the order inconsistent, and which results come out depends on chance.

**Cost.** d multiplications for each vector's inner product and d for its length. Most vectors lose against
the top and cost no more; in random order only about k ln(n/k) of them enter. In the worst case, when the
vectors come in rising order, each costs log k.

**Usual mistakes**

- *Inner product for cosine.* Invisible as long as all vectors have length 1, for example in the tests.
- *Squares.* cos² forgets the sign.
- *Sorting n to get k.* Time is the smaller loss; the list of n pairs is the larger.
- *Ties.* Duplicates are common, so without a rule two runs differ and a cache never hits.
- *Distance for similarity.* A heap for the k largest has the smallest on top; it is easy to build the
  other one.
]==],
}
