-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Recall@k, MRR@k and nDCG@k, averaged over queries. The drill is about what stands below the line
-- (all relevant documents, not only those that were found), about queries with nothing to find, and
-- about a top k that needs no sort of everything.

-- `n` documents; about one in `rarity` is relevant, with a grade up to 3. With `steps` scores tie.
local function one_query(n, rarity, steps, rand)
  local scores, relevance = {}, {}
  for i = 1, n do
    relevance[i] = rand(1, rarity) == 1 and rand(1, 3) or 0
    local s = rand.float() + relevance[i] * 0.2
    scores[i] = steps and math.floor(s * steps) / steps or s
  end
  return scores, relevance
end

local function many_queries(queries, longest, rarity, steps, rand)
  local scores, relevance = {}, {}
  for q = 1, queries do
    scores[q], relevance[q] = one_query(rand(0, longest), rarity, steps, rand)
  end
  return scores, relevance
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local heap_of_k = [==[
-- The best k documents: a heap with the worst of them on top, then sorted.
local function best(scores, k)
  local function worse(a, b)
    return scores[a] < scores[b] or (scores[a] == scores[b] and a > b)
  end
  local heap = {}
  for i = 1, #scores do
    local at
    if #heap < k then
      at = #heap + 1
      while at > 1 and worse(i, heap[at // 2]) do
        heap[at] = heap[at // 2]
        at = at // 2
      end
      heap[at] = i
    elseif worse(heap[1], i) then
      at = 1
      while 2 * at <= k do
        local child = 2 * at
        if child < k and worse(heap[child + 1], heap[child]) then child = child + 1 end
        if not worse(heap[child], i) then break end
        heap[at] = heap[child]
        at = child
      end
      heap[at] = i
    end
  end
  table.sort(heap, function(a, b) return worse(b, a) end)
  return heap
end

local function gain(grade, rank)
  return (2.0 ^ grade - 1) / math.log(rank + 1, 2)
end

-- Grades are few, so counting them gives the ideal order without a sort.
local function ideal(count, k)
  local rank, sum = 0, 0
  for grade = 30, 1, -1 do
    for _ = 1, math.min(count[grade], k - rank) do
      rank = rank + 1
      sum = sum + gain(grade, rank)
    end
  end
  return sum
end

function ranking_metrics(scores, relevance, k)
  local recall, reciprocal, ndcg, counted = 0, 0, 0, 0
  for q, grades in ipairs(relevance) do
    local relevant, count = 0, {}
    for grade = 0, 30 do count[grade] = 0 end
    for _, grade in ipairs(grades) do
      count[grade] = count[grade] + 1
      if grade > 0 then relevant = relevant + 1 end
    end
    if relevant > 0 then
      local found, first, dcg = 0, nil, 0
      for rank, i in ipairs(best(scores[q], k)) do
        if grades[i] > 0 then
          found, first = found + 1, first or rank
          dcg = dcg + gain(grades[i], rank)
        end
      end
      counted = counted + 1
      recall = recall + found / relevant
      reciprocal = reciprocal + (first and 1 / first or 0)
      ndcg = ndcg + dcg / ideal(count, k)
    end
  end
  if counted == 0 then return nil end
  return { recall / counted, reciprocal / counted, ndcg / counted, #relevance - counted }
end
]==]

local function reference_with(old, new)
  local first, last = heap_of_k:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return heap_of_k:sub(1, first - 1) .. new .. heap_of_k:sub(last + 1)
end

-- The reference with another way to find the best k.
local function with_best(code)
  local first = heap_of_k:find("local function gain", 1, true)
  return code .. heap_of_k:sub(first)
end

return drill {
  id = "ranking-metrics",
  title = "Three numbers for a result page",
  category = "metrics",
  level = "medium",
  minutes = 30,
  covers = { "S04-C05", "S07-C08", "S01-N1", "S02-C04" },
  signature = "ranking_metrics(scores: float[][], relevance: int[][], k: int) "
    .. "-> (float, float, float, int)?",

  statement = [==[
A community search shows the `k` best documents of a query. For every query judges have graded all
candidates: 0 is irrelevant, higher is better. For query `q`, document `i` has the score
`scores[q][i]` and the grade `relevance[q][i]`.

Documents are ranked by falling score; equal scores keep the order of the input. The first has
rank 1. A document is *relevant* if its grade is above 0. For one query:

- **recall@k**: relevant documents at ranks 1 … k, divided by all relevant documents of the query;
- **reciprocal rank@k**: 1 / (rank of the first relevant document) if that rank is at most k, else 0;
- **nDCG@k**: DCG divided by the ideal DCG. DCG is the sum of `(2^grade - 1) / log2(rank + 1)` over
  ranks 1 … k. The ideal DCG is the same sum for the best order that all documents of the query
  could have.

Return four values: the means of recall, reciprocal rank and nDCG over the queries **that have a
relevant document**, and the number of queries that were skipped since they have none.

**Conventions**

- Both lists have the same shape: `Q ≥ 0` queries, with `n ≥ 0` documents each. Queries may differ in
  length.
- `1 ≤ k ≤ 1000`. A query may have fewer than `k` documents; then all of them are shown.
- Scores are finite. Grades are whole numbers from 0 to 30.
- If every query is skipped, or there is no query, the means are undefined: return nothing (`nil`,
  `None`, an empty optional).
- An error of 10^-9 in a mean is allowed. Do not change the input.

**Cost.** With `n` documents in all, time must grow like `n log k`. Beyond the input memory may
grow with `k`, but not with the number of documents.
]==],

  examples = {
    {
      args = { { { 0.9, 0.5, 0.7 } }, { { 0, 1, 1 } }, 2 },
      result = { 0.5, 0.5, (1 / math.log(3, 2)) / (1 + 1 / math.log(3, 2)), 0 },
      note = "Shown are documents 0 and 2. One of two relevant ones is found, at rank 2. Ideal would "
        .. "be relevant documents at both ranks.",
    },
    {
      args = { { { 0.3, 0.8 }, { 0.6, 0.1 } }, { { 0, 2 }, { 0, 0 } }, 10 },
      result = { 1.0, 1.0, 1.0, 1 },
      note = "The second query has nothing to find. It is left out of the means and counted.",
    },
    {
      args = { { { 0.4, 0.4, 0.4 } }, { { 1, 3, 0 } }, 1 },
      result = { 0.5, 1.0, 1 / 7, 0 },
      note = "Equal scores keep their order, so document 0 is shown. Its gain is 1, the best would "
        .. "have been 2^3 - 1.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "1",
    sizes = { 1000, 2000, 4000, 8000 },
    -- One query with ascending scores: each document is better than all before it.
    input = function(n, rand)
      local scores, relevance = one_query(n, 20, nil, rand)
      table.sort(scores)
      relevance[1] = 1
      return { { scores }, { relevance }, 10 }
    end,
  },

  cases = function(rand, case)
    case { name = "no queries", args = { {}, {}, 5 } }
    case { name = "a query without documents", args = { { {} }, { {} }, 5 } }
    case { name = "nothing to find anywhere",
           args = { { { 0.2, 0.1 }, { 0.3 } }, { { 0, 0 }, { 0 } }, 5 } }
    case { name = "one relevant document on top", catches = "mixes two logarithms",
           args = { { { 0.9, 0.4 } }, { { 1, 0 } }, 1 } }
    case { name = "a grade above one", catches = "takes the grade for the gain",
           args = { { { 0.9, 0.4 } }, { { 1, 3 } }, 2 } }
    case { name = "one query of two has nothing to find", catches = "counts an empty query as zero",
           args = { { { 0.9 }, { 0.9 } }, { { 0 }, { 1 } }, 1 } }
    case { name = "more places than relevant documents", catches = "divides by the places",
           args = { { { 0.9, 0.8, 0.7 } }, { { 1, 0, 0 } }, 3 } }
    case { name = "more relevant documents than places", catches = "divides by what fits",
           args = { { { 0.9, 0.8, 0.7 } }, { { 1, 1, 1 } }, 2 } }
    case { name = "the best document is not shown", catches = "takes the ideal from what is shown",
           args = { { { 0.9, 0.8, 0.1 } }, { { 1, 0, 2 } }, 2 } }
    case { name = "the first relevant document is just below the line",
           catches = "looks below the line",
           args = { { { 0.9, 0.8, 0.7 } }, { { 0, 0, 1 } }, 2 } }
    case { name = "equal scores", catches = "lets the later document win a tie",
           args = { { { 0.5, 0.7, 0.5, 0.5 } }, { { 2, 0, 0, 1 } }, 2 } }
    case { name = "fewer documents than places", args = { { { 0.1, 0.2 } }, { { 2, 1 } }, 10 } }
    case { name = "scores below zero", args = { { { -1.0, -3.0, -2.0 } }, { { 0, 1, 2 } }, 2 } }
    case { name = "the highest grade", args = { { { 0.5, 0.9 } }, { { 30, 29 } }, 2 } }
    case { name = "queries of different lengths",
           args = { { { 0.1 }, {}, { 0.3, 0.2, 0.9, 0.4 } }, { { 1 }, {}, { 0, 1, 0, 3 } }, 3 } }
    for i = 1, 3 do
      local scores, relevance = many_queries(rand(2, 6), 20, 4, nil, rand)
      case { name = "random " .. i, args = { scores, relevance, rand(1, 8) } }
    end
    for i = 1, 3 do
      local scores, relevance = many_queries(rand(2, 6), 20, 3, 5, rand)
      case { name = "random, many ties " .. i, args = { scores, relevance, rand(1, 8) } }
    end
    local scores, relevance = many_queries(200, 30, 6, nil, rand)
    case { name = "200 queries", args = { scores, relevance, 10 } }
    scores, relevance = one_query(2000, 50, 200, rand)
    case { name = "2000 documents, half of them shown", args = { { scores }, { relevance }, 1000 } }
  end,

  compare = { tolerance = 1e-9 },

  -- The definitions, with everything sorted.
  oracle = function(args)
    local scores, relevance, k = args[1], args[2], args[3]
    local function dcg(grades)
      local sum = 0
      for rank = 1, math.min(k, #grades) do
        sum = sum + (2.0 ^ grades[rank] - 1) * math.log(2) / math.log(rank + 1)
      end
      return sum
    end
    local sums, counted = { 0, 0, 0 }, 0
    for q = 1, #scores do
      local rows = {}
      for i, s in ipairs(scores[q]) do rows[i] = { s, i, relevance[q][i] } end
      table.sort(rows, function(a, b)
        if a[1] ~= b[1] then return a[1] > b[1] end
        return a[2] < b[2]
      end)
      local shown, best, relevant, found, first = {}, {}, 0, 0, 0
      for rank, row in ipairs(rows) do
        shown[rank], best[rank] = row[3], row[3]
        if row[3] > 0 then relevant = relevant + 1 end
        if row[3] > 0 and rank <= k then found = found + 1 end
        if row[3] > 0 and rank <= k and first == 0 then first = 1 / rank end
      end
      table.sort(best, function(a, b) return a > b end)
      if relevant > 0 then
        counted = counted + 1
        local one = { found / relevant, first, dcg(shown) / dcg(best) }
        for m = 1, 3 do sums[m] = sums[m] + one[m] end
      end
    end
    if counted == 0 then return nil end
    return { sums[1] / counted, sums[2] / counted, sums[3] / counted, #scores - counted }
  end,

  reference = {
    lua = heap_of_k,
    python = [==[
from heapq import nlargest
from math import log2


def dcg(grades):
    return sum((2.0 ** grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, 1))


# nlargest keeps a heap of k and, like sorted, the order of equal elements.
def ranking_metrics(scores, relevance, k):
    recall = reciprocal = ndcg = 0.0
    counted = 0
    for points, grades in zip(scores, relevance):
        relevant = sum(grade > 0 for grade in grades)
        if relevant == 0:
            continue
        shown = [grades[i] for i in nlargest(k, range(len(points)), key=points.__getitem__)]
        counted += 1
        recall += sum(grade > 0 for grade in shown) / relevant
        reciprocal += next((1 / rank for rank, grade in enumerate(shown, 1) if grade > 0), 0)
        ndcg += dcg(shown) / dcg(nlargest(k, grades))
    if counted == 0:
        return None
    return recall / counted, reciprocal / counted, ndcg / counted, len(scores) - counted
]==],
    cpp = [==[
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace {

// The k greatest, in falling order: a heap with the least of them on top.
template <class T>
class Best {
 public:
  explicit Best(std::size_t k) : k_(k) {}

  void offer(const T& value) {
    if (heap_.size() == k_) {
      if (!(value > heap_.front())) return;
      std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
      heap_.pop_back();
    }
    heap_.push_back(value);
    std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
  }

  std::vector<T> take() {
    std::sort(heap_.begin(), heap_.end(), std::greater<>());
    return std::move(heap_);
  }

 private:
  std::size_t k_;
  std::vector<T> heap_;
};

double gain(long long grade, std::size_t rank) {
  return (std::exp2(static_cast<double>(grade)) - 1) / std::log2(static_cast<double>(rank) + 1);
}

}  // namespace

std::optional<std::tuple<double, double, double, long long>> ranking_metrics(
    const std::vector<std::vector<double>>& scores,
    const std::vector<std::vector<long long>>& relevance, long long k) {
  double recall = 0, reciprocal = 0, ndcg = 0;
  long long counted = 0;
  for (std::size_t q = 0; q < scores.size(); ++q) {
    // Of equal scores the earlier document is the greater, hence the negative place.
    Best<std::pair<double, long long>> shown(static_cast<std::size_t>(k));
    Best<long long> grades(static_cast<std::size_t>(k));
    double relevant = 0, found = 0, first = 0, dcg = 0, ideal = 0;
    for (std::size_t i = 0; i < scores[q].size(); ++i) {
      shown.offer({scores[q][i], -static_cast<long long>(i)});
      grades.offer(relevance[q][i]);
      relevant += relevance[q][i] > 0;
    }
    if (relevant == 0) continue;
    std::size_t rank = 0;
    for (const auto& [score, place] : shown.take()) {
      const long long grade = relevance[q][static_cast<std::size_t>(-place)];
      ++rank;
      if (grade == 0) continue;
      if (first == 0) first = 1 / static_cast<double>(rank);
      ++found;
      dcg += gain(grade, rank);
    }
    rank = 0;
    for (const long long grade : grades.take()) ideal += gain(grade, ++rank);
    ++counted;
    recall += found / relevant, reciprocal += first, ndcg += dcg / ideal;
  }
  if (counted == 0) return std::nullopt;
  const auto n = static_cast<double>(counted);
  return std::tuple(recall / n, reciprocal / n, ndcg / n,
                    static_cast<long long>(scores.size()) - counted);
}
]==],
  },

  wrong = {
    {
      name = "counts an empty query as zero",
      language = "lua",
      verdict = "WA",
      case = "one query of two has nothing to find",
      why = "A query without a relevant document gets 0 on all counts and pulls the means down, "
        .. "although no ranking could have done better. Leave it out and say how many there were.",
      code = reference_with("return { recall / counted, reciprocal / counted, ndcg / counted,",
        "return { recall / #relevance, reciprocal / #relevance, ndcg / #relevance,"),
    },
    {
      name = "mixes two logarithms",
      language = "lua",
      verdict = "WA",
      case = "one relevant document on top",
      why = "Natural logarithms above the line and base 2 below it. With the same base in both places "
        .. "it would cancel; with two, a perfect page gets 1.44.",
      code = reference_with("dcg = dcg + gain(grades[i], rank)",
        "dcg = dcg + (2.0 ^ grades[i] - 1) / math.log(rank + 1)"),
    },
    {
      name = "takes the grade for the gain",
      language = "lua",
      verdict = "WA",
      case = "a grade above one",
      why = "Linear gain: a grade of 3 counts three times as much as a grade of 1. Here it counts "
        .. "seven times as much, 2^3 - 1. Both are in use, so reports must say which.",
      code = reference_with("(2.0 ^ grade - 1)", "grade"),
    },
    {
      name = "takes the ideal from what is shown",
      language = "lua",
      verdict = "WA",
      case = "the best document is not shown",
      why = "The shown documents are put into their best order and taken for the ideal. A page that "
        .. "misses every good document then looks perfect. The ideal is chosen from all documents "
        .. "of the query.",
      code = reference_with("      counted = counted + 1\n", [==[
      for grade = 0, 30 do count[grade] = 0 end
      for _, i in ipairs(best(scores[q], k)) do count[grades[i]] = count[grades[i]] + 1 end
      if first == nil then count[1] = 1 end
      counted = counted + 1
]==]),
    },
    {
      name = "divides by the places",
      language = "lua",
      verdict = "WA",
      case = "more places than relevant documents",
      why = "Found documents over k is precision@k. Recall has all relevant documents below the line.",
      code = reference_with("recall + found / relevant", "recall + found / k"),
    },
    {
      name = "divides by what fits",
      language = "lua",
      verdict = "WA",
      case = "more relevant documents than places",
      why = "Recall is divided by at most k, so that a full page gets 1. That is a capped variant. As "
        .. "defined here, recall@k cannot reach 1 when there are more relevant documents than "
        .. "places.",
      code = reference_with("recall + found / relevant", "recall + found / math.min(relevant, k)"),
    },
    {
      name = "lets the later document win a tie",
      language = "lua",
      verdict = "WA",
      case = "equal scores",
      why = "With >= instead of > a later document of the same score pushes out an earlier one. Equal "
        .. "scores keep the order of the input.",
      code = reference_with("a > b)", "a < b)"),
    },
    {
      name = "keeps everything in order",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each document is inserted into a sorted list of all of them: up to n moves for each. Only "
        .. "k documents can ever be shown, so keep no more than k.",
      code = with_best([==[
local function best(scores, k)
  local order = {}
  for i = 1, #scores do
    local low, high = 1, #order + 1
    while low < high do
      local middle = (low + high) // 2
      if scores[order[middle]] >= scores[i] then low = middle + 1 else high = middle end
    end
    table.insert(order, low, i)
  end
  return table.move(order, 1, math.min(k, #order), 1, {})
end

]==]),
    },
    {
      name = "sorts all documents",
      language = "lua",
      verdict = "MLE",
      reason = "growth",
      why = "A list of all documents is made and sorted to read its first k entries. It is n log n "
        .. "instead of n log k and, worse, needs memory for every candidate.",
      code = with_best([==[
local function best(scores, k)
  local order = {}
  for i = 1, #scores do order[i] = i end
  table.sort(order, function(a, b)
    return scores[a] > scores[b] or (scores[a] == scores[b] and a < b)
  end)
  return table.move(order, 1, math.min(k, #order), 1, {})
end

]==]),
    },
  },

  pitfalls = {
    ["looks below the line"] = "A first relevant document at rank k + 1 is not on the page. The "
      .. "reciprocal rank at k is 0 there, not 1 / (k + 1).",
  },

  hints = {
    { text = "Write down for each of the three numbers what has to be known of the shown documents, "
        .. "and what of all documents.", cost_min = 2 },
    { text = "For the page you need the k best in order. Reading the documents once, which single one "
        .. "of the k kept so far must be known to decide about the next?", cost_min = 3 },
    { text = "Keep a heap of at most k documents with the worst on top (lower score, or equal score "
        .. "and later place). For the ideal order do the same with the grades, or count the grades: "
        .. "there are only 31.", cost_min = 5 },
  },

  follow_ups = {
    { ask = "In which base must the logarithm be?",
      answer = "For nDCG it does not matter: another base multiplies DCG and ideal DCG alike. For a "
        .. "DCG that is reported as it is, it does." },
    { ask = "Only the shown documents were judged. What happens to the three numbers?",
      answer = "Recall and the ideal lose the relevant documents that nobody saw, so both numbers are "
        .. "too high, and a new ranker that shows unjudged documents is punished. Pool the results "
        .. "of several rankers before judging, or report how many shown documents are unjudged." },
    { ask = "Which of the three would you use for a first stage that hands 500 candidates to a "
        .. "reranker?",
      answer = "Recall@500. The order inside does not matter since the reranker makes its own; what is "
        .. "missing is lost. For the final page nDCG, for a single right answer MRR." },
    { ask = "Model B has a mean nDCG that is 0.004 higher on 300 queries. Ship it?",
      answer = "Look at the difference per query, paired: bootstrap or a permutation test over "
        .. "queries. With 300 queries and a usual spread of 0.2 the standard error is 0.01, so this "
        .. "says nothing yet." },
    { ask = "Many scores are equal. Is the order of the input a fair rule?",
      answer = "It is repeatable, not fair: if the file lists relevant documents first it flatters. "
        .. "Average over the orders of the ties, or break them by a hash of the id." },
  },

  explain = [==[
**Two sets.** What is *above* the line comes from the page, the k best by score. What is *below* the
line comes from all documents of the query: the number of relevant ones for recall, the best k
grades for the ideal. Nearly all wrong versions take the second from the first.

**The page.** Invariant of the heap: after i documents it holds the best min(i, k) of them, with the
worst on top. The next document enters only if it beats that one. "Worse" is a strict order: lower
score, or the same score and a later place. So the result is the same as that of a stable sort.

**The ideal.** The discount falls with the rank, so the sum is largest with the highest grades first
(exchange two neighbours that are the wrong way round: the sum does not fall). Grades are small
numbers; counting them replaces a second heap.

**Undefined queries.** Without relevant documents recall and nDCG are 0 / 0. Skipping such queries
changes the population that the mean speaks of, hence the fourth number: a jump in it is a finding.

**Cost.** Each document is compared with the top of the heap and enters in log k steps at most. Memory
is the heap and 31 counters.

**Usual mistakes**

- *An ideal of the page.* Then nDCG measures order only, and an empty harvest divides by 0.
- *Zero for nothing to find.* Or one. Both are made up.
- *precision@k for recall@k*, and recall divided by min(k, relevant).
- *Ranks from 0.* log2(1) is 0 and the first document's discount infinite.
- *One mean over all documents* instead of a mean over queries: long queries drown the others.
]==],
}
