-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Reciprocal-rank fusion of several rankings. The drill is about ranks that begin at 1, about documents
-- that a ranking does not have, and about ties that any machine must break alike.

-- `lists` rankings of up to `longest` out of `pool` documents.
local function rankings_of(lists, longest, pool, rand)
  local ids = {}
  for i = 1, pool do ids[i] = "post-" .. i end
  local rankings = {}
  for l = 1, lists do
    rand.shuffle(ids)
    rankings[l] = table.move(ids, 1, math.min(pool, rand(0, longest)), 1, {})
  end
  return rankings
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local one_map = [==[
-- One pass over the lists adds into a map, and the documents met are sorted.
function fuse_rankings(rankings, offset, limit)
  local score, ids = {}, {}
  for _, ranking in ipairs(rankings) do
    for rank, id in ipairs(ranking) do
      if not score[id] then
        score[id] = 0.0
        ids[#ids + 1] = id
      end
      score[id] = score[id] + 1 / (offset + rank)
    end
  end
  table.sort(ids, function(a, b)
    if score[a] ~= score[b] then return score[a] > score[b] end
    return a < b
  end)
  local fused = {}
  for place = 1, math.min(limit, #ids) do fused[place] = { ids[place], score[ids[place]] } end
  return fused
end
]==]

local function reference_with(old, new)
  local first, last = one_map:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return one_map:sub(1, first - 1) .. new .. one_map:sub(last + 1)
end

return drill {
  id = "reciprocal-rank-fusion",
  title = "One page from several searches",
  category = "retrieval",
  level = "easy",
  minutes = 15,
  covers = { "S07-C04", "S04-C02", "S03-C04" },
  signature = "fuse_rankings(rankings: string[][], offset: int, limit: int) -> (string, float)[]",

  statement = [==[
A community runs each query through several searches: one by words, one by embeddings, one over recent
posts. Their scores cannot be compared, but their orders can. The page is made from the orders alone.

In each ranking the first document has rank 1, the second rank 2, and so on. The score of a document is the
sum of `1 / (offset + rank)` over the rankings in which it stands. A ranking that does not have the document
adds nothing.

Return the `limit` documents with the highest scores, as pairs (id, score), best first.

**Conventions**

- There are `R ≥ 0` rankings; each may be empty. Within one ranking no id occurs twice.
- An id is an ASCII text. `0 ≤ offset ≤ 1000` and `1 ≤ limit ≤ 100000`.
- If fewer than `limit` different documents occur, all of them are returned.
- Equal scores: the smaller id first, by comparing bytes. This also decides who is among the `limit`.
- Scores are sums of 64-bit floats, added in the order in which the rankings are given. Two scores are
  equal if these sums are.
- An error of 10^-9 in a returned score is allowed. Do not change the input.

**Cost.** With `n` entries in all rankings together, time must grow like `n log n`, taking an access to a
hash map as constant. Memory may grow like `n`.
]==],

  examples = {
    {
      args = { { { "tea", "cat", "map" }, { "cat", "art" } }, 60, 3 },
      result = { { "cat", 1 / 62 + 1 / 61 }, { "tea", 1 / 61 }, { "art", 1 / 62 } },
      note = "`cat` stands in both rankings, at ranks 2 and 1. `map` with 1/63 does not fit.",
    },
    {
      args = { { { "b", "a" }, { "a", "b" } }, 0, 5 },
      result = { { "a", 1.5 }, { "b", 1.5 } },
      note = "Both have 1 + 1/2. The smaller id comes first.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n log n",
    memory = "n",
    sizes = { 2000, 4000, 8000, 16000 },
    -- Two rankings of the same documents, the second in the opposite order.
    input = function(n, rand)
      local one, two = {}, {}
      for i = 1, n // 2 do one[i] = "post-" .. i end
      rand.shuffle(one)
      for i = 1, #one do two[i] = one[#one + 1 - i] end
      return { { one, two }, 60, 10 }
    end,
  },

  cases = function(rand, case)
    case { name = "no rankings", args = { {}, 60, 3 } }
    case { name = "only empty rankings", args = { { {}, {} }, 60, 3 } }
    case { name = "one ranking", catches = "counts ranks from 0",
           args = { { { "b", "c", "a" } }, 60, 3 } }
    case { name = "rank 1 without an offset", catches = "counts ranks from 0",
           args = { { { "a" } }, 0, 1 } }
    case { name = "both have the same documents", catches = "takes the mean of what is there",
           args = { { { "a", "b", "c" }, { "a", "b", "c" } }, 10, 3 } }
    case { name = "missing in one ranking", catches = "gives the missing a last rank",
           args = { { { "a", "b" }, { "b" } }, 60, 3 } }
    case { name = "twice in the middle beats once on top", catches = "takes the best rank only",
           args = { { { "a", "b" }, { "c", "b" } }, 60, 1 } }
    case { name = "in a single ranking only", catches = "wants every ranking to agree",
           args = { { { "a", "b", "c" }, { "a", "b" }, { "a" } }, 60, 3 } }
    case { name = "equal scores, met in falling order", catches = "leaves ties as they were met",
           args = { { { "d", "x" }, { "c", "y" }, { "b", "z" }, { "a", "w" } }, 5, 3 } }
    case { name = "capital letters and prefixes", catches = "orders ids in its own way",
           args = { { { "ab" }, { "a" }, { "b" }, { "B" }, { "" } }, 1, 5 } }
    case { name = "sums that differ in the last bit", catches = "takes near scores for equal",
           args = { { { "a", "b", "c" }, { "c", "a", "b" }, { "b", "c", "a" } }, 2, 3 } }
    case { name = "fewer documents than asked for", args = { { { "a", "b" }, { "b", "a" } }, 60, 100 } }
    case { name = "one empty ranking among others", args = { { {}, { "a", "b" }, {}, { "b" } }, 7, 2 } }
    case { name = "a small offset trusts the top",
           args = { { { "a", "b", "c" }, { "c", "b", "a" } }, 1, 3 } }
    case { name = "a large offset counts votes",
           args = { { { "a", "b", "c", "d" }, { "b", "e" }, { "e", "d" } }, 1000, 5 } }
    for i = 1, 3 do
      case { name = "random, two rankings " .. i,
             args = { rankings_of(2, 25, 30, rand), rand(0, 60), rand(1, 20) } }
    end
    for i = 1, 3 do
      case { name = "random, many rankings " .. i,
             args = { rankings_of(rand(3, 6), 15, 20, rand), 60, rand(1, 20) } }
    end
    case { name = "two rankings of up to 1000",
           args = { { rankings_of(1, 1000, 1000, rand)[1], rankings_of(1, 1000, 1000, rand)[1] }, 60, 100 } }
    case { name = "twenty rankings of up to 100", args = { rankings_of(20, 100, 150, rand), 60, 50 } }
  end,

  compare = { tolerance = 1e-9 },
  pitfalls = {
    ["orders ids in its own way"] = "Equal scores are ordered by bytes: capital letters come before "
      .. "small ones, and length decides only where one id begins with the other.",
    ["takes near scores for equal"] = "Scores are equal if their sums are, added in the order of the "
      .. "rankings. Rounding them, or adding in another order, makes ties that are none.",
  },

  -- Each document looks itself up in every ranking; then the best one left is taken, again and again.
  oracle = function(args)
    local rankings, offset, limit = args[1], args[2], args[3]
    local score = {}
    for _, ranking in ipairs(rankings) do
      for _, id in ipairs(ranking) do
        local sum = 0.0
        for _, other in ipairs(rankings) do
          for rank = 1, #other do
            if other[rank] == id then sum = sum + 1 / (offset + rank) end
          end
        end
        score[id] = sum
      end
    end
    local fused = {}
    while #fused < limit and next(score) do
      local best
      for id, sum in pairs(score) do
        if not best or sum > score[best] or (sum == score[best] and id < best) then best = id end
      end
      fused[#fused + 1] = { best, score[best] }
      score[best] = nil
    end
    return fused
  end,

  reference = {
    lua = one_map,
    python = [==[
from collections import defaultdict


def fuse_rankings(rankings, offset, limit):
    scores = defaultdict(float)
    for ranking in rankings:
        for rank, doc in enumerate(ranking, 1):
            scores[doc] += 1 / (offset + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]
]==],
    cpp = [==[
#include <algorithm>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

std::vector<std::pair<std::string, double>> fuse_rankings(
    const std::vector<std::vector<std::string>>& rankings, long long offset, long long limit) {
  std::unordered_map<std::string, double> scores;
  for (const auto& ranking : rankings)
    for (std::size_t i = 0; i < ranking.size(); ++i)
      scores[ranking[i]] += 1 / static_cast<double>(offset + static_cast<long long>(i) + 1);
  std::vector<std::pair<std::string, double>> best(
      std::min(scores.size(), static_cast<std::size_t>(limit)));
  std::partial_sort_copy(scores.begin(), scores.end(), best.begin(), best.end(),
                         [](const auto& a, const auto& b) {
                           if (a.second != b.second) return a.second > b.second;
                           return a.first < b.first;
                         });
  return best;
}
]==],
  },

  wrong = {
    {
      name = "counts ranks from 0",
      language = "lua",
      verdict = "WA",
      case = "one ranking",
      why = "The place in the array is taken for the rank. The first document gets 1 / offset, which is "
        .. "infinite for an offset of 0, and all scores differ from those of another system.",
      code = reference_with("1 / (offset + rank)", "1 / (offset + rank - 1)"),
    },
    {
      name = "gives the missing a last rank",
      language = "lua",
      verdict = "WA",
      case = "missing in one ranking",
      why = "A document that a ranking lacks is put behind its last one. A short ranking then gives points "
        .. "to everything that it did not find. Not found adds nothing.",
      code = reference_with("  table.sort(ids,", [==[
  for _, ranking in ipairs(rankings) do
    local has = {}
    for _, id in ipairs(ranking) do has[id] = true end
    for _, id in ipairs(ids) do
      if #ranking > 0 and not has[id] then score[id] = score[id] + 1 / (offset + #ranking + 1) end
    end
  end
  table.sort(ids,]==]),
    },
    {
      name = "takes the mean of what is there",
      language = "lua",
      verdict = "WA",
      case = "both have the same documents",
      why = "Dividing by the number of rankings that have the document takes away the reward for being "
        .. "found by several searches, which is the point of fusing.",
      code = [==[
function fuse_rankings(rankings, offset, limit)
  local score, count, ids = {}, {}, {}
  for _, ranking in ipairs(rankings) do
    for rank, id in ipairs(ranking) do
      if not score[id] then
        score[id], count[id] = 0.0, 0
        ids[#ids + 1] = id
      end
      score[id], count[id] = score[id] + 1 / (offset + rank), count[id] + 1
    end
  end
  for _, id in ipairs(ids) do score[id] = score[id] / count[id] end
  table.sort(ids, function(a, b)
    if score[a] ~= score[b] then return score[a] > score[b] end
    return a < b
  end)
  local fused = {}
  for place = 1, math.min(limit, #ids) do fused[place] = { ids[place], score[ids[place]] } end
  return fused
end
]==],
    },
    {
      name = "takes the best rank only",
      language = "lua",
      verdict = "WA",
      case = "both have the same documents",
      why = "The best rank of a document decides, as when lists are interleaved. Agreement between the "
        .. "searches counts for nothing then.",
      code = reference_with("score[id] = score[id] + 1 / (offset + rank)",
        "score[id] = math.max(score[id], 1 / (offset + rank))"),
    },
    {
      name = "wants every ranking to agree",
      language = "lua",
      verdict = "WA",
      case = "missing in one ranking",
      why = "Only documents that all rankings have are kept. The searches were chosen since they find "
        .. "different things; most good documents are in one of them.",
      code = reference_with("  table.sort(ids,", [==[
  local kept = {}
  for _, id in ipairs(ids) do
    local seen = 0
    for _, ranking in ipairs(rankings) do
      for _, other in ipairs(ranking) do
        if other == id then seen = seen + 1 end
      end
    end
    if seen == #rankings then kept[#kept + 1] = id end
  end
  ids = kept
  table.sort(ids,]==]),
    },
    {
      name = "leaves ties as they were met",
      language = "lua",
      verdict = "WA",
      case = "equal scores, met in falling order",
      why = "Equal scores are common, since every first place of a single ranking has the same. Which of "
        .. "them is shown then depends on the order in which the searches answered.",
      code = reference_with([==[  table.sort(ids, function(a, b)
    if score[a] ~= score[b] then return score[a] > score[b] end
    return a < b
  end)]==], [==[  local met = {}
  for place, id in ipairs(ids) do met[id] = place end
  table.sort(ids, function(a, b)
    if score[a] ~= score[b] then return score[a] > score[b] end
    return met[a] < met[b]
  end)]==]),
    },
    {
      name = "looks each document up in each ranking",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "For every document its place is searched in every list: n². Go through the lists once and let "
        .. "each entry add to its document.",
      code = reference_with([==[  for _, ranking in ipairs(rankings) do
    for rank, id in ipairs(ranking) do
      if not score[id] then
        score[id] = 0.0
        ids[#ids + 1] = id
      end
      score[id] = score[id] + 1 / (offset + rank)
    end
  end]==], [==[  local function rank_in(ranking, id)
    for rank, other in ipairs(ranking) do
      if other == id then return rank end
    end
  end
  for _, ranking in ipairs(rankings) do
    for _, id in ipairs(ranking) do
      if not score[id] then
        score[id] = 0.0
        ids[#ids + 1] = id
        for _, other in ipairs(rankings) do
          local rank = rank_in(other, id)
          if rank then score[id] = score[id] + 1 / (offset + rank) end
        end
      end
    end
  end]==]),
    },
  },

  hints = {
    { text = "Does a document have to know in which rankings it stands? Or can each entry speak for itself?",
      cost_min = 1 },
    { text = "A map from id to score. Each entry of each list adds 1 / (offset + rank), with the first rank "
        .. "being 1.", cost_min = 2 },
    { text = "Sort the ids by falling score, then by id, and cut at limit. With a small limit a heap of that "
        .. "size is enough.", cost_min = 2 },
  },

  follow_ups = {
    { ask = "What does the offset do?",
      answer = "It flattens the top. With 0 the first place is worth twice the second; with 60, the usual "
        .. "choice, they differ by 1.6 %, and a document that two searches have among their first sixty "
        .. "beats every document that only one of them has." },
    { ask = "Why not add the scores?",
      answer = "BM25 has no upper bound and depends on the query, cosine lies between -1 and 1. Normalising "
        .. "each list by its minimum and maximum is at the mercy of a single outlier. Ranks need no "
        .. "calibration, but they forget how large a lead is." },
    { ask = "The embedding search is much better than the word search. How do you say so?",
      answer = "Weights in front of the fractions, tuned on judged queries; or a learned reranker that gets "
        .. "both scores and both ranks as features, once there are labels." },
    { ask = "Three rankings give ranks (1, 2, 3) to one document and (3, 2, 1) to another. Is that a tie?",
      answer = "On paper yes, in floats not always, since sums depend on their order. Sort each document's "
        .. "ranks before adding, or compare with a common denominator, if such ties must be exact." },
    { ask = "How deep should each list be?",
      answer = "A document at rank 100 adds 1/160, so depth matters for those that both searches find late. "
        .. "Take a few times the page, measure recall at that depth, and remember that unequal depths favour "
        .. "the longer list." },
  },

  explain = [==[
**Swapping the sums.** The score of a document is a sum over rankings. Going through the rankings instead and
letting each entry add its fraction to its document makes the same sums, in the same order. Documents that a
ranking lacks are not met there, and so add nothing, without any test.

**Order.** Falling score, then rising id: no two documents are equal in it, so the answer is unique and the
cut at `limit` is well defined.

**Cost.** n additions to a map, and a sort of the different documents; with a heap of `limit` it would be
n log limit.

**Usual mistakes**

- *Ranks from 0.* Arrays count from 0, ranks from 1. With an offset of 60 the page looks the same, and the
  scores do not match those of any other system.
- *Something for the missing.* A last rank, or the rank `limit + 1`, rewards not being found.
- *Intersection.* It throws away what only one search can find.
- *Ties by arrival.* Two answers to the same query then differ, with the same index.
- *An id twice in one ranking.* It would be counted twice. The statement excludes it; real lists of chunks
  do not, so fold chunks into documents first.
]==],
}
