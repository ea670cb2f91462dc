-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- BM25 over an inverted index. The drill is about touching only documents that contain a word of the
-- query, and about the small print: empty documents, repeated words, ties, and which idf.

-- `n` posts of up to `longest` words. Word k of the vocabulary is drawn about 1/k as often as the first.
local function posts(n, longest, vocabulary, rand)
  local documents = {}
  for i = 1, n do
    local words = {}
    for k = 1, rand(0, longest) do
      words[k] = "w" .. math.floor(vocabulary ^ rand.float())
    end
    documents[i] = words
  end
  return documents
end

-- Queries of one or two different words, some of them repeated, some of them unknown.
local function searches(count, vocabulary, k, rand)
  local calls = {}
  for i = 1, count do
    local one, two = "w" .. rand(1, vocabulary), "w" .. rand(1, vocabulary + 2)
    calls[i] = { "search", rand.pick { { one }, { one, two }, { one, two, one }, { two, two } },
                 rand(1, k) }
  end
  return calls
end

-- The reference. Some of the wrong answers are this text with one thing changed.
local postings_and_heap = [==[
-- For each word the documents that contain it. A search adds up scores over the postings of its words
-- only, and keeps the best k of the documents that it met in a heap with the worst on top.
Bm25 = {}
Bm25.__index = Bm25

function Bm25.new(documents, k1, b)
  local postings, total = {}, 0
  for i, words in ipairs(documents) do
    total = total + #words
    for _, word in ipairs(words) do
      local list = postings[word]
      if not list then
        list = {}
        postings[word] = list
      end
      local last = list[#list]
      if last and last.document == i then
        last.tf = last.tf + 1
      else
        list[#list + 1] = { document = i, tf = 1 }
      end
    end
  end
  local norm = {}
  for i, words in ipairs(documents) do norm[i] = k1 * (1 - b + b * #words * #documents / total) end
  return setmetatable({ postings = postings, norm = norm, size = #documents }, Bm25)
end

function Bm25:scores(query)
  local score, met = {}, {}
  for _, word in ipairs(query) do
    local list = self.postings[word] or {}
    local idf = math.log(1 + (self.size - #list + 0.5) / (#list + 0.5))
    for _, posting in ipairs(list) do
      local document, tf = posting.document, posting.tf
      if not score[document] then
        score[document] = 0
        met[#met + 1] = document
      end
      score[document] = score[document] + idf * tf / (tf + self.norm[document])
    end
  end
  return score, met
end

function Bm25:search(query, k)
  local score, met = self:scores(query)
  local function worse(a, b)
    return score[a] < score[b] or (score[a] == score[b] and a > b)
  end
  local heap = {}
  for _, document in ipairs(met) do
    local at
    if #heap < k then
      at = #heap + 1
      while at > 1 and worse(document, heap[at // 2]) do
        heap[at], at = heap[at // 2], at // 2
      end
      heap[at] = document
    elseif worse(heap[1], document) then
      at = 1
      while 2 * at <= k do
        local child = 2 * at
        if child < k and worse(heap[child + 1], heap[child]) then child = child + 1 end
        if not worse(heap[child], document) then break end
        heap[at], at = heap[child], child
      end
      heap[at] = document
    end
  end
  table.sort(heap, function(a, b) return worse(b, a) end)
  local result = {}
  for rank, document in ipairs(heap) do result[rank] = { document - 1, score[document] } end
  return result
end
]==]

local function reference_with(old, new)
  local first, last = postings_and_heap:find(old, 1, true)
  assert(first, "the reference no longer contains: " .. old)
  return postings_and_heap:sub(1, first - 1) .. new .. postings_and_heap:sub(last + 1)
end

-- Scores of all documents, by reading them; what follows them is up to `search`.
local function reads_documents(search)
  return [==[
Bm25 = {}
Bm25.__index = Bm25

function Bm25.new(documents, k1, b)
  local frequency, count, total = {}, {}, 0
  for i, words in ipairs(documents) do
    count[i] = {}
    total = total + #words
    for _, word in ipairs(words) do
      count[i][word] = (count[i][word] or 0) + 1
      if count[i][word] == 1 then frequency[word] = (frequency[word] or 0) + 1 end
    end
  end
  return setmetatable({ documents = documents, frequency = frequency, count = count,
                        average = total / #documents, k1 = k1, b = b }, Bm25)
end

function Bm25:score(i, query)
  local sum, n = 0.0, #self.documents
  for _, word in ipairs(query) do
    local tf, df = self.count[i][word], self.frequency[word]
    if tf then
      local norm = self.k1 * (1 - self.b + self.b * #self.documents[i] / self.average)
      sum = sum + math.log(1 + (n - df + 0.5) / (df + 0.5)) * tf / (tf + norm)
    end
  end
  return sum
end

]==] .. search
end

return drill {
  id = "bm25-top-k",
  title = "Search the community without reading it",
  category = "retrieval",
  level = "medium",
  minutes = 35,
  covers = { "S07-C04", "S02-C04", "S04-C02" },
  signature = [[
    class Bm25(documents: string[][], k1: float, b: float)
      search(query: string[], k: int) -> (int, float)[]
  ]],

  statement = [==[
A community wants a search over its posts that is explainable and needs no training. Posts do not change
once the index is built; searches are many.

Write `Bm25(documents, k1, b)`, where each document is a list of words, with

- `search(query, k)`: the `k` documents with the highest scores for the words of `query`, as pairs
  (document, score), best first.

The score of a document is a sum over the words of the query. A word that occurs several times in the
query is counted as often. A word that occurs `tf > 0` times in the document adds

`idf · tf / (tf + k1 · (1 - b + b · dl / avgdl))`, with `idf = ln(1 + (N - df + 0.5) / (df + 0.5))`.

Here `N` is the number of all documents, `df` the number of documents that contain the word, `dl` the
number of words in the document (repetitions included), and `avgdl` the mean of `dl` over all documents.
Words that the document does not contain add nothing.

**Conventions**

- Documents are numbered from 0. There may be none. A document may be empty; it counts in `N` and in
  `avgdl` with length 0.
- Only documents that contain a word of the query are returned, so there may be fewer than `k`, or none.
- Equal scores: the smaller document number first, which also decides who is among the `k`.
- A query may be empty and may contain words that occur nowhere.
- Words are compared as they stand. `k1 ≥ 0`, `0 ≤ b ≤ 1`, `1 ≤ k ≤ 1000`.
- An error of 10^-9 in a score is allowed. Two scores of one search are either equal or at least that
  far apart.
- Do not change the input.

**Cost.** Building takes time and memory that grow like the total number of words. With `p` pairs of a
query word and a document that contains it, a search takes time that grows like `p log k`, whatever the
number of documents.
]==],

  examples = {
    {
      new = { { { "cat", "dog" }, { "dog", "dog", "tea" }, { "tea" } }, 0.9, 0.4 },
      calls = { { "search", { "dog" }, 2 }, { "search", { "cat", "mouse" }, 5 } },
      result = {
        { { 1, math.log(1.6) * 2 / (2 + 0.9 * (0.6 + 0.4 * 1.5)) }, { 0, math.log(1.6) / 1.9 } },
        { { 0, math.log(1 + 2.5 / 1.5) / 1.9 } },
      },
      note = "The mean length is 2. `dog` is in two of three documents: idf = ln(1 + 1.5 / 2.5). Nothing "
        .. "contains `mouse`, and one document contains `cat`.",
    },
    {
      new = { { { "tea" }, {}, { "tea" } }, 1.2, 0.75 },
      calls = { { "search", { "tea" }, 1 }, { "search", {}, 3 } },
      result = { { { 0, math.log(1.6) / (1 + 1.2 * (0.25 + 0.75 * 1.5)) } }, {} },
      note = "Documents 0 and 2 have equal scores. The empty document lowers the mean length to 2/3.",
    },
  },

  limits = { time_ms = 1000, memory_mb = 64 },
  growth = {
    time = "n",
    memory = "n",
    sizes = { 500, 1000, 2000, 4000 },
    -- As many searches as posts, each for a word of two posts.
    input = function(n)
      local documents, calls = {}, {}
      for i = 1, n do
        documents[i] = { "all", "pair" .. i // 2, "own" .. i }
        calls[i] = { "search", { "pair" .. i // 2 }, 3 }
      end
      return { new = { documents, 0.9, 0.4 }, calls = calls }
    end,
  },

  cases = function(rand, case)
    local tiny = { { "go", "tea" }, { "art", "tea", "pot" }, { "art", "art", "chess", "tea" }, { "map" } }
    case { name = "no documents", catches = "divides by no documents",
           new = { {}, 0.9, 0.4 }, calls = { { "search", { "go" }, 3 } } }
    case { name = "only empty documents", catches = "fills up with zeros",
           new = { { {}, {} }, 0.9, 0.4 }, calls = { { "search", { "go" }, 3 } } }
    case { name = "a query without words", catches = "fills up with zeros", new = { tiny, 0.9, 0.4 },
           calls = { { "search", {}, 2 } } }
    case { name = "a word that occurs nowhere", new = { tiny, 0.9, 0.4 },
           calls = { { "search", { "zebra" }, 2 } } }
    case { name = "k1 is zero", catches = "an idf that can be negative", new = { tiny, 0.0, 0.4 },
           calls = { { "search", { "go" }, 1 } } }
    case { name = "one hit", catches = "multiplies by k1 + 1", new = { tiny, 0.9, 0.4 },
           calls = { { "search", { "go" }, 1 } } }
    case { name = "a word in most documents", catches = "an idf that can be negative",
           new = { tiny, 0.9, 0.4 }, calls = { { "search", { "tea" }, 3 } } }
    case { name = "a word twice in one document", catches = "counts occurrences for documents",
           new = { tiny, 0.9, 0.4 }, calls = { { "search", { "art" }, 2 } } }
    case { name = "a word twice in the query", catches = "takes each query word once",
           new = { tiny, 0.9, 0.4 }, calls = { { "search", { "go", "go", "art" }, 3 } } }
    case { name = "equal scores", catches = "lets the later document win a tie",
           new = { { { "go" }, { "tea" }, { "go" }, { "go" } }, 0.9, 0.4 },
           calls = { { "search", { "go" }, 2 } } }
    case { name = "capital letters and spaces", catches = "tidies the words up",
           new = { { { "Go" }, { "go ", "tea" }, { "go", "art", "map" } }, 0.9, 0.4 },
           calls = { { "search", { "go" }, 3 }, { "search", { "GO", "Go" }, 3 } } }
    case { name = "empty documents count", catches = "leaves empty documents out",
           new = { { { "go", "tea", "art" }, {}, { "go" }, {}, {} }, 0.9, 0.4 },
           calls = { { "search", { "go" }, 2 } } }
    case { name = "lengths do not count", new = { tiny, 1.2, 0.0 },
           calls = { { "search", { "art", "tea" }, 4 } } }
    case { name = "lengths count in full", new = { tiny, 1.2, 1.0 },
           calls = { { "search", { "art", "tea" }, 4 } } }
    case { name = "fewer hits than asked for", new = { tiny, 0.9, 0.4 },
           calls = { { "search", { "map", "chess" }, 10 } } }
    case { name = "the same search twice", new = { tiny, 0.9, 0.4 },
           calls = { { "search", { "art" }, 1 }, { "search", { "tea", "art" }, 1 },
                     { "search", { "art" }, 1 } } }
    for i = 1, 5 do
      case { name = "random " .. i, new = { posts(rand(3, 25), 7, 8, rand), 0.9, 0.4 },
             calls = searches(8, 8, 6, rand) }
    end
    case { name = "400 posts, 100 searches", new = { posts(400, 12, 150, rand), 1.2, 0.75 },
           calls = searches(100, 150, 10, rand) }
    case { name = "1000 posts, 20 searches for many", new = { posts(1000, 6, 60, rand), 0.9, 0.4 },
           calls = searches(20, 10, 400, rand) }
  end,

  compare = { tolerance = 1e-9 },
  pitfalls = {
    ["tidies the words up"] = "Words are compared as they stand. Small letters and cut spaces are the "
      .. "business of whoever splits the text into words, once for posts and queries.",
    ["divides by no documents"] = "Without documents there is no mean length, and nobody will need it. "
      .. "Do not compute it, or guard the division.",
  },

  -- The definition for each document, without any index, and a sort of those that match.
  oracle = function(case)
    local documents, k1, b = table.unpack(case.new)
    local function occurrences(word, words)
      local count = 0
      for _, other in ipairs(words) do
        if other == word then count = count + 1 end
      end
      return count
    end
    local total, result = 0, {}
    for _, words in ipairs(documents) do total = total + #words end
    for c, call in ipairs(case.calls) do
      local hits = {}
      for i, words in ipairs(documents) do
        local score, matches = 0, false
        for _, word in ipairs(call[2]) do
          local tf, df = occurrences(word, words), 0
          for _, other in ipairs(documents) do
            if occurrences(word, other) > 0 then df = df + 1 end
          end
          if tf > 0 then
            matches = true
            local length = 1 - b + b * #words / (total / #documents)
            score = score + math.log((#documents + 1) / (df + 0.5)) / (1 + k1 * length / tf)
          end
        end
        if matches then hits[#hits + 1] = { i - 1, score } end
      end
      table.sort(hits, function(x, y)
        if math.abs(x[2] - y[2]) > 1e-11 then return x[2] > y[2] end
        return x[1] < y[1]
      end)
      result[c] = table.move(hits, 1, math.min(call[3], #hits), 1, {})
    end
    return result
  end,

  reference = {
    lua = postings_and_heap,
    python = [==[
from collections import Counter, defaultdict
from heapq import nlargest
from math import log


# For each word the documents that contain it. A search touches the postings of its words only.
class Bm25:
    def __init__(self, documents, k1, b):
        self.size = len(documents)
        self.postings = defaultdict(list)
        for i, words in enumerate(documents):
            for word, tf in Counter(words).items():
                self.postings[word].append((i, tf))
        average = sum(map(len, documents)) / max(self.size, 1)
        self.norm = [k1 * (1 - b + b * len(words) / average) if words else 0.0 for words in documents]

    def search(self, query, k):
        scores = defaultdict(float)
        for word in query:
            postings = self.postings.get(word, ())
            idf = log(1 + (self.size - len(postings) + 0.5) / (len(postings) + 0.5))
            for i, tf in postings:
                scores[i] += idf * tf / (tf + self.norm[i])
        return nlargest(k, scores.items(), key=lambda hit: (hit[1], -hit[0]))
]==],
    cpp = [==[
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

// For each word the documents that contain it. A search touches the postings of its words only.
class Bm25 {
 public:
  Bm25(const std::vector<std::vector<std::string>>& documents, double k1, double b)
      : size_(static_cast<double>(documents.size())) {
    double total = 0;
    for (std::size_t i = 0; i < documents.size(); ++i) {
      total += static_cast<double>(documents[i].size());
      for (const std::string& word : documents[i]) {
        auto& list = postings_[word];
        if (list.empty() || list.back().first != i) list.emplace_back(i, 0.0);
        ++list.back().second;
      }
    }
    for (const auto& words : documents)
      norm_.push_back(k1 * (1 - b + b * static_cast<double>(words.size()) * size_ / total));
  }

  std::vector<std::pair<long long, double>> search(const std::vector<std::string>& query,
                                                   long long k) const {
    std::unordered_map<std::size_t, double> scores;
    for (const std::string& word : query) {
      const auto found = postings_.find(word);
      if (found == postings_.end()) continue;
      const auto df = static_cast<double>(found->second.size());
      const double idf = std::log(1 + (size_ - df + 0.5) / (df + 0.5));
      for (const auto& [i, tf] : found->second) scores[i] += idf * tf / (tf + norm_[i]);
    }
    std::vector<std::pair<long long, double>> best(
        std::min(scores.size(), static_cast<std::size_t>(k)));
    std::partial_sort_copy(scores.begin(), scores.end(), best.begin(), best.end(),
                           [](const auto& a, const auto& b) {
                             if (a.second != b.second) return a.second > b.second;
                             return a.first < b.first;
                           });
    return best;
  }

 private:
  double size_;
  std::unordered_map<std::string, std::vector<std::pair<std::size_t, double>>> postings_;
  std::vector<double> norm_;
};
]==],
  },

  wrong = {
    {
      name = "an idf that can be negative",
      language = "lua",
      verdict = "WA",
      case = "k1 is zero",
      why = "Without the 1 under the logarithm a word in more than half of the documents gets a negative "
        .. "weight: a match then makes a document worse. The form asked for is always positive.",
      code = reference_with("math.log(1 + (self.size - #list + 0.5) / (#list + 0.5))",
        "math.log((self.size - #list + 0.5) / (#list + 0.5))"),
    },
    {
      name = "multiplies by k1 + 1",
      language = "lua",
      verdict = "WA",
      case = "one hit",
      why = "The older form has a factor of k1 + 1 above the line. It changes no order, only the numbers; "
        .. "but thresholds and weighted sums with other scores see the numbers.",
      code = (reference_with("idf * tf / (tf + self.norm[document])",
        "idf * tf * (self.k1 + 1) / (tf + self.norm[document])")
        :gsub("size = #documents }, Bm25%)", "size = #documents, k1 = k1 }, Bm25)")),
    },
    {
      name = "counts occurrences for documents",
      language = "lua",
      verdict = "WA",
      case = "a word twice in one document",
      why = "df is the number of documents with the word. Counting every occurrence makes a word that one "
        .. "author repeats look common.",
      code = reference_with("    local idf = math.log(1 + (self.size - #list + 0.5) / (#list + 0.5))", [==[
    local df = 0
    for _, posting in ipairs(list) do df = df + posting.tf end
    local idf = math.log(1 + math.max(self.size - df + 0.5, 0) / (df + 0.5))]==]),
    },
    {
      name = "takes each query word once",
      language = "lua",
      verdict = "WA",
      case = "a word twice in the query",
      why = "The query is made a set first. A word that the user wrote twice counts twice.",
      code = reference_with("  for _, word in ipairs(query) do\n    local list = self.postings[word] or {}", [==[
  local done = {}
  for _, word in ipairs(query) do
    local list = not done[word] and self.postings[word] or {}
    done[word] = true]==]),
    },
    {
      name = "leaves empty documents out",
      language = "lua",
      verdict = "WA",
      case = "empty documents count",
      why = "Documents without words are dropped when lengths are averaged. They are documents of length "
        .. "0: the mean is the number of words over the number of all documents.",
      code = reference_with("  local norm = {}\n  for i, words in ipairs(documents) do norm[i] = "
        .. "k1 * (1 - b + b * #words * #documents / total) end", [==[
  local norm, filled = {}, 0
  for _, words in ipairs(documents) do
    if #words > 0 then filled = filled + 1 end
  end
  for i, words in ipairs(documents) do norm[i] = k1 * (1 - b + b * #words * filled / total) end]==]),
    },
    {
      name = "lets the later document win a tie",
      language = "lua",
      verdict = "WA",
      case = "equal scores",
      why = "Short posts have equal scores all the time. Without a rule for ties, or with the wrong one, "
        .. "who is shown depends on the heap's inner order.",
      code = reference_with("a > b)", "a < b)"),
    },
    {
      name = "fills up with zeros",
      language = "lua",
      verdict = "WA",
      case = "only empty documents",
      why = "Every document takes part, and those without a match fill the page with a score of 0. A page "
        .. "of unrelated posts is worse than an empty one.",
      code = reads_documents([==[
function Bm25:search(query, k)
  local hits = {}
  for i = 1, #self.documents do hits[i] = { i - 1, self:score(i, query) } end
  table.sort(hits, function(x, y)
    if x[2] ~= y[2] then return x[2] > y[2] end
    return x[1] < y[1]
  end)
  return table.move(hits, 1, math.min(k, #hits), 1, {})
end
]==]),
    },
    {
      name = "scores every document and sorts",
      language = "lua",
      verdict = "TLE",
      reason = "growth",
      why = "Each search looks at every document, most of which do not contain a word of the query, and "
        .. "sorts what it finds. Turn the table around: from a word to its documents.",
      code = reads_documents([==[
function Bm25:search(query, k)
  local hits = {}
  for i = 1, #self.documents do
    local score = self:score(i, query)
    if score > 0 then hits[#hits + 1] = { i - 1, score } end
  end
  table.sort(hits, function(x, y)
    if x[2] ~= y[2] then return x[2] > y[2] end
    return x[1] < y[1]
  end)
  return table.move(hits, 1, math.min(k, #hits), 1, {})
end
]==]),
    },
  },

  hints = {
    { text = "Nearly all documents contain no word of the query and get nothing. How can a search avoid "
        .. "meeting them at all?", cost_min = 2 },
    { text = "What of the formula can be computed while building? What is left for a pair of query word and "
        .. "document?", cost_min = 3 },
    { text = "Build word → list of (document, tf), and per document k1 (1 - b + b dl / avgdl). A search "
        .. "walks the lists of its words, adds into a map document → score, and keeps a heap of k with "
        .. "the worst on top: lower score, or equal score and larger number.", cost_min = 6 },
  },

  follow_ups = {
    { ask = "The query is \"the best tea\". What does `the` cost?",
      answer = "Its list is nearly all documents, for a weight close to 0. Dropping stop words is the crude "
        .. "way. Better: bound each word's greatest possible score; once the heap is full, documents that "
        .. "have only words whose bounds add up to less than the worst kept score can be skipped "
        .. "(WAND and its kin)." },
    { ask = "What do k1 and b do?",
      answer = "k1 says how soon repetition stops to help: at 0 only presence counts. b says how much a "
        .. "long document is discounted: 0 not at all, 1 in proportion. Posts of similar length want a "
        .. "small b; tune both on judged queries." },
    { ask = "A post is deleted. What has to change?",
      answer = "Its postings, N, df of its words and avgdl. Usually it is only marked and skipped, and "
        .. "the statistics drift a little until the segment is merged." },
    { ask = "The index is split over ten machines. Are the scores still right?",
      answer = "Each shard has its own N, df and avgdl, so scores from different shards are not quite "
        .. "comparable. With random sharding and large shards it hardly matters; otherwise share global "
        .. "statistics, then merge ten sorted lists of k." },
    { ask = "When does BM25 lose to embeddings, and when does it win?",
      answer = "It loses where query and post use different words for the same thing. It wins on names, "
        .. "error codes and rare words, and on topics that the encoder never saw. So take both and fuse "
        .. "the two rankings." },
  },

  explain = [==[
**Turning the table around.** A document that contains no word of the query has the score 0 and is not
returned. So it is enough to visit, for each query word, the documents that contain it. The sum over words
and then documents has the same terms as the sum over documents and then words.

**What is known beforehand.** df is the length of a word's list, as each document stands in it once. The
factor k1 (1 - b + b dl / avgdl) depends on the document alone. For a pair there remains
idf · tf / (tf + norm): it rises with tf from idf / (1 + norm) towards idf, so repetition helps less and
less.

**The best k.** A heap with the worst of the k on top. A document enters if it beats that one. The order
(score, then smaller number) has no ties, so the result does not depend on the order of visits.

**Cost.** Building reads each word once. A search costs its postings, times log k at most for the heap.

**Usual mistakes**

- *Scoring all documents.* Right, and proportional to the community instead of to the query.
- *Which idf, and k1 + 1.* Several forms carry the name. Thresholds do not carry over between them.
- *df and collection frequency.* Append to a list only when the last entry is another document.
- *Empty documents.* All of them empty makes avgdl 0; then there is no posting either, and nothing may be
  divided beforehand in a language where that is an error.
- *The query as a set.*
- *Ties.* They are common, since short posts share tf and length.
]==],
}
