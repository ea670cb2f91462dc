// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/segmented_index.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>

#include "tests/engine/retrieval/corpora.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::retrieval;

// A segmented index and, beside it, the segments' texts as a brute force needs them.
struct Twin {
  explicit Twin(Statistics statistics, std::uint64_t seed)
      : index(*SegmentedIndex::with({.bm25 = {1.2, 0.75}, .statistics = statistics})),
        texts(drawn_texts(seed, 120, 12, 40)) {}

  void append(std::size_t count, bool extend = false) {
    std::vector<DocumentId> numbers;
    std::vector<std::string> written;
    for (; count > 0 && next < texts.size(); --count, ++next) {
      texts[next] += " w0";  // so that each batch has a word
      numbers.push_back(static_cast<DocumentId>(next)), written.push_back(texts[next]);
    }
    if (numbers.empty()) return;
    REQUIRE((extend ? index.extend(numbers, written) : index.append(numbers, written)));
    if (extend && !segments.empty())
      segments.back().insert(segments.back().end(), numbers.begin(), numbers.end());
    else
      segments.push_back(numbers);
    standing.insert(standing.end(), numbers.begin(), numbers.end());
  }
  void erase(DocumentId number) {
    const auto found = std::find(standing.begin(), standing.end(), number);
    CHECK(index.erase(number) == (found != standing.end()));
    if (found != standing.end()) standing.erase(found);
  }
  void merge(std::size_t first, std::size_t count) {
    index.merge(first, count);
    std::vector<DocumentId> all;
    for (std::size_t s = first; s < first + count; ++s)
      for (const DocumentId number : segments[s])
        if (stands(number)) all.push_back(number);
    const auto begin = segments.begin() + static_cast<std::ptrdiff_t>(first);
    const auto rest = segments.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
    if (!all.empty()) segments.insert(rest, all);
  }
  bool stands(DocumentId number) const {
    return std::find(standing.begin(), standing.end(), number) != standing.end();
  }

  // Hits of an index of these documents built from scratch, the dead taken out.
  std::vector<Hit> from_scratch(const std::vector<DocumentId>& numbers,
                                const std::string& query) const {
    std::vector<std::string> written;
    for (const DocumentId number : numbers) written.push_back(texts[number]);
    if (written.empty()) return {};
    const auto scratch = index_of(written);
    std::vector<Hit> hits;
    for (Hit hit : Bm25::over(scratch, {1.2, 0.75})
                       ->search_exhaustively(asked(*scratch, query), written.size())) {
      hit.document = numbers[hit.document];
      if (stands(hit.document)) hits.push_back(hit);
    }
    return hits;
  }
  std::vector<Hit> due(Statistics statistics, const std::string& query, std::size_t k) const {
    std::vector<Hit> hits;
    if (statistics == Statistics::shared) hits = from_scratch(standing, query);
    if (statistics == Statistics::with_deleted) {
      std::vector<DocumentId> all;
      for (const auto& segment : segments) all.insert(all.end(), segment.begin(), segment.end());
      hits = from_scratch(all, query);
    }
    if (statistics == Statistics::own)
      for (const auto& segment : segments) {
        const auto of_segment = from_scratch(segment, query);
        hits.insert(hits.end(), of_segment.begin(), of_segment.end());
      }
    std::sort(hits.begin(), hits.end(), before);
    hits.resize(std::min(k, hits.size()));
    return hits;
  }

  SegmentedIndex index;
  std::vector<std::string> texts;
  std::vector<std::vector<DocumentId>> segments;
  std::vector<DocumentId> standing;
  std::size_t next = 0;
};

}  // namespace

TEST_CASE("segments: any history of changes ranks as an index from scratch does, score for score") {
  rc::check("any history, query and statistics", [] {
    const auto statistics =
        *rc::gen::element(Statistics::shared, Statistics::with_deleted, Statistics::own);
    Twin twin(statistics, *rc::gen::inRange<std::uint64_t>(0, 1'000'000));
    twin.append(*rc::gen::inRange<std::size_t>(1, 60));
    for (int step = *rc::gen::inRange(0, 12); step > 0; --step) {
      const int kind = *rc::gen::inRange(0, 5);
      if (kind == 0) twin.append(*rc::gen::inRange<std::size_t>(1, 10));
      if (kind == 1 || kind == 2) twin.erase(*rc::gen::inRange<DocumentId>(0, 60));
      if (kind == 4) twin.append(*rc::gen::inRange<std::size_t>(1, 10), true);
      if (kind == 3 && twin.index.segments() > 0) {
        const auto first = *rc::gen::inRange<std::size_t>(0, twin.index.segments());
        twin.merge(first, *rc::gen::inRange<std::size_t>(1, twin.index.segments() - first + 1));
      }
    }
    RC_ASSERT(twin.index.segments() == twin.segments.size());
    RC_ASSERT(twin.index.documents() == twin.standing.size());
    const auto k = *rc::gen::element<std::size_t>(1, 5, 1000);
    for (const char* query : {"w0", "w1 w5 w1", "w2 w30 unheard"}) {
      const auto hits = twin.index.search(query, k);
      RC_ASSERT(hits.has_value());
      RC_ASSERT(*hits == twin.due(statistics, query, k));
    }
  });
}

TEST_CASE("segments: merged lists are those of an index built from the texts that stay") {
  const auto texts = drawn_texts(3, 90, 15, 60);
  const std::vector<std::string> first(texts.begin(), texts.begin() + 50),
      second(texts.begin() + 50, texts.end());
  const auto a = index_of(first), b = index_of(second);
  std::vector<std::uint8_t> out(first.size(), 0);
  std::vector<std::string> left;
  for (std::size_t i = 0; i < first.size(); ++i) {
    out[i] = i % 3 == 1;
    if (!out[i]) left.push_back(first[i]);
  }
  left.insert(left.end(), second.begin(), second.end());
  const std::vector<IndexPart> parts = {{a.get(), out}, {b.get(), {}}};
  const InvertedIndex merged = InvertedIndex::merged(parts);
  const auto scratch = index_of(left);
  CHECK(merged.documents() == scratch->documents());
  CHECK(merged.terms() == scratch->terms());
  CHECK(merged.postings() == scratch->postings());
  CHECK(merged.mean_length() == scratch->mean_length());
  CHECK(std::equal(merged.lengths().begin(), merged.lengths().end(), scratch->lengths().begin()));
  for (TermId term = 0; term < scratch->terms(); ++term) {
    const auto known = merged.find(scratch->term(term));
    REQUIRE(known);
    const PostingList due = scratch->postings(term), got = merged.postings(*known);
    CHECK(std::equal(due.documents.begin(), due.documents.end(), got.documents.begin(),
                     got.documents.end()));
    CHECK(std::equal(due.counts.begin(), due.counts.end(), got.counts.begin(), got.counts.end()));
  }
}

TEST_CASE("segments: a word seems common in a small young segment that keeps its own counts") {
  auto own = *SegmentedIndex::with({.statistics = Statistics::own});
  auto shared = *SegmentedIndex::with({});
  const std::vector<std::string> old(50, "the kettle is quiet"), young = {"the raven is loud"};
  std::vector<DocumentId> numbers(50);
  std::iota(numbers.begin(), numbers.end(), 0U);
  for (SegmentedIndex* index : {&own, &shared}) {
    REQUIRE(index->append(numbers, old));
    REQUIRE(index->append(std::vector<DocumentId>{50}, young));
  }
  const double saturation = 1 / (1 + 0.9);  // once, in a text of mean length
  const double score_own = own.search("raven", 1)->front().score;
  CHECK(score_own == Approx(std::log(1 + 0.5 / 1.5) * saturation));
  CHECK(shared.search("raven", 1)->front().score == Approx(std::log(1 + 50.5 / 1.5) * saturation));
}

TEST_CASE("segments: tombstones are read until a merge, and the work is counted") {
  auto index = *SegmentedIndex::with({});
  REQUIRE(index.append(std::vector<DocumentId>{0, 1, 2},
                       std::vector<std::string>{"red apple", "red pear", "green plum"}));
  REQUIRE(index.append(std::vector<DocumentId>{3}, std::vector<std::string>{"red plum"}));
  CHECK(index.erase(1));
  CHECK_FALSE(index.erase(1));
  CHECK_FALSE(index.erase(9));
  SegmentSearchWork work;
  CHECK(index.search("red", 10, &work)->size() == 2);
  CHECK(work.postings == 3);
  CHECK(work.segments == 2);
  CHECK(index.dead() == 1);
  const std::size_t bytes = index.bytes();
  index.merge(0, 2);
  work = {};
  CHECK(index.search("red", 10, &work)->size() == 2);
  CHECK(work.postings == 2);
  CHECK(index.dead() == 0);
  CHECK(index.bytes() < bytes);
  CHECK(index.work().indexed == 4);
  CHECK(index.work().merged == 3);
  CHECK(index.work().merged_bytes > 0);
  index.drop(0);
  CHECK(index.documents() == 0);
  CHECK(index.search("red", 10)->empty());
  REQUIRE(index.append(std::vector<DocumentId>{4}, std::vector<std::string>{"red"}));
  CHECK(index.erase(4));
  index.merge(0, 1);  // of the dead alone
  CHECK(index.segments() == 0);
}

TEST_CASE("segments: a wrong call is told") {
  CHECK(SegmentedIndex::with({.bm25 = {-1, 0.4}}).error().message.find("k1 is -1") == 0);
  auto index = *SegmentedIndex::with({});
  REQUIRE(index.append(std::vector<DocumentId>{7}, std::vector<std::string>{"a"}));
  const auto error = [&](std::vector<DocumentId> numbers, std::vector<std::string> texts) {
    const auto done = index.append(numbers, texts);
    REQUIRE_FALSE(done);
    return done.error().message;
  };
  CHECK(error({7}, {"b"}).find("document 7 is in the index; erase it first") == 0);
  CHECK(error({8, 8}, {"b", "c"}).find("document 8 is in the index") == 0);
  CHECK(error({8}, {"b", "c"}).find("1 numbers are given for 2 texts") == 0);
  CHECK(error({8}, {"\xff"}).find("document 1: byte 1 is not UTF-8") == 0);
  CHECK(error({8}, {"..."}).find("none of the 1 documents has a word") == 0);
  CHECK(index.documents() == 1);
  CHECK_FALSE(index.search("\xff", 1));
}
