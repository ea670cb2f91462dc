// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/lsa.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/retrieval/retriever.hpp"
#include "tests/engine/retrieval/corpora.hpp"
#include "tests/oracles/oracle.hpp"

using namespace rehearse;
using namespace rehearse::retrieval;

TEST_CASE("lsa: singular values and cosines are those of numpy's full decomposition") {
  const Json due = oracle::read("retrieval/retrieval.json");
  const auto index = index_of(due.at("bm25").at("corpus").get<std::vector<std::string>>());
  const auto values = oracle::numbers(due.at("lsa").at("singular_values"));
  const auto lsa = Lsa::fit(*index, {.dims = values.size(), .power_iterations = 60});
  REQUIRE(lsa);
  REQUIRE(lsa->dims() == values.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    CHECK(lsa->singular_values()[i] == Approx(values[i]).epsilon(1e-6));
  const Json& queries = due.at("bm25").at("queries");
  for (std::size_t q = 0; q < queries.size(); ++q) {
    const auto cosines = oracle::numbers(due.at("lsa").at("cosines").at(q));
    const auto hits = lsa->search(lsa->embed(asked(*index, queries.at(q).get<std::string>())), 80);
    REQUIRE(hits.size() == cosines.size());
    for (const Hit& hit : hits) CHECK(hit.score == Approx(cosines[hit.document]).margin(2e-5));
  }
}

TEST_CASE("lsa: the search ranks as one cosine after another does") {
  const auto texts = drawn_texts(11, 300, 25, 200);
  const auto index = index_of(texts);
  const auto lsa = Lsa::fit(*index, {.dims = 20});
  REQUIRE(lsa);
  for (const char* text : {"w0 w3", "w7 w20 w20", "w150"}) {
    const auto query = lsa->embed(asked(*index, text));
    std::vector<Hit> due;
    for (DocumentId id = 0; id < texts.size(); ++id) {
      double cosine = 0;
      for (std::size_t i = 0; i < lsa->dims(); ++i)
        cosine += static_cast<double>(query[i]) * static_cast<double>(lsa->document(id)[i]);
      if (index->lengths()[id] > 0) due.push_back({id, cosine});
    }
    std::sort(due.begin(), due.end(), before);
    const auto all = lsa->search(query, texts.size());
    REQUIRE(all.size() == due.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      CHECK(all[i].score == Approx(due[i].score).margin(1e-6));
      if (i > 0) CHECK(before(all[i - 1], all[i]));
    }
    const auto ten = lsa->search(query, 10);
    CHECK(ten == std::vector<Hit>(all.begin(), all.begin() + 10));
  }
}

TEST_CASE("lsa: words that keep the same company meet, though they never stand together") {
  std::vector<std::string> texts;
  for (int i = 0; i < 30; ++i) {
    texts.push_back(i % 2 ? "car road wheel engine" : "automobile road wheel engine");
    texts.push_back(i % 2 ? "flour oven bread" : "yeast oven bread");
  }
  const auto index = index_of(texts);
  const auto lsa = Lsa::fit(*index, {.dims = 2});
  REQUIRE(lsa);
  const auto hits = lsa->search(lsa->embed(asked(*index, "automobile")), 60);
  REQUIRE(hits.size() == 60);
  for (std::size_t i = 0; i < 30; ++i) CHECK(hits[i].document % 2 == 0);  // cars of either word
  CHECK(hits[29].score > 0.99);
  CHECK(hits[30].score < 0.01);
}

TEST_CASE(
    "lsa: the same seed gives the same space, and dimensions that are not there are left out") {
  const auto index = index_of({"a b", "a b", "a b", "c d", "c d"});
  const auto one = Lsa::fit(*index, {.dims = 4, .seed = 3}),
             again = Lsa::fit(*index, {.dims = 4, .seed = 3});
  REQUIRE(one);
  CHECK(one->dims() == 2);
  const Query query = asked(*index, "a");
  CHECK(one->embed(query) == again->embed(query));
  CHECK(one->search(one->embed(query), 5) == again->search(again->embed(query), 5));
}

TEST_CASE("lsa: what lies at the origin is not found and finds nothing") {
  const auto index = index_of({"a b", "", "b c", "c d"});
  const auto lsa = Lsa::fit(*index, {.dims = 2});
  REQUIRE(lsa);
  CHECK(lsa->search(lsa->embed(asked(*index, "z")), 10).empty());
  CHECK(lsa->search(lsa->embed(asked(*index, "b")), 10).size() == 3);
}

TEST_CASE("lsa: a handful of documents has as many dimensions as it can, whatever is asked") {
  const auto index = index_of({"a b", "b c", "c d"});
  const auto most = Lsa::fit(*index, {.dims = 3}), asked_more = Lsa::fit(*index, {.dims = 128});
  REQUIRE(asked_more);
  CHECK(asked_more->dims() == 3);
  const Query query = asked(*index, "b");
  CHECK(asked_more->search(asked_more->embed(query), 3) == most->search(most->embed(query), 3));
}

TEST_CASE("lsa: what cannot be is refused with the reason") {
  const auto index = index_of({"a b", "b c", "c d"});
  CHECK(Lsa::fit(*index, {.dims = 0}).error().message.find("0 dimensions") == 0);
  CHECK(Lsa::fit(*index, {.dims = 2, .max_bytes = 100}).error().code == Code::limit);
  std::stop_source stop;
  stop.request_stop();
  const auto stopped = Lsa::fit(*index, {.dims = 2}, Progress(stop.get_token(), [](double) {}));
  CHECK(stopped.error().code == Code::cancelled);
}

TEST_CASE("fusion: reciprocal ranks add up, ties keep document order") {
  const std::vector<std::vector<Hit>> lists{
      {{4, 9.0}, {2, 8.0}, {7, 1.0}}, {{2, 0.5}, {4, 0.4}}, {}};
  const auto fused = reciprocal_rank_fusion(lists, 10);
  REQUIRE(fused.size() == 3);
  CHECK(fused[0] == Hit{2, 1.0 / 62 + 1.0 / 61});
  CHECK(fused[1].document == 4);
  CHECK(fused[0].score == Approx(fused[1].score));
  CHECK(fused[2] == Hit{7, 1.0 / 63});
  CHECK(reciprocal_rank_fusion(lists, 1).size() == 1);
}

TEST_CASE("fusion: a weighted sum is that of scores brought to [0, 1]") {
  const std::vector<std::vector<Hit>> lists{{{1, 10.0}, {2, 5.0}, {3, 0.0}}, {{3, 0.9}, {2, 0.1}}};
  const auto fused = weighted_sum(lists, std::vector<double>{0.75, 0.25}, 10);
  REQUIRE(fused);
  CHECK(*fused == std::vector<Hit>{{1, 0.75}, {2, 0.375}, {3, 0.25}});
  const std::vector<std::vector<Hit>> flat{{{5, 2.0}, {6, 2.0}}};
  CHECK(*weighted_sum(flat, std::vector<double>{0.5}, 10) == std::vector<Hit>{{5, 0.5}, {6, 0.5}});
  CHECK_FALSE(weighted_sum(lists, std::vector<double>{1.0}, 10));
  CHECK_FALSE(weighted_sum(lists, std::vector<double>{1.0, -1.0}, 10));
  CHECK_FALSE(weighted_sum(lists, std::vector<double>{1.0, std::nan("")}, 10));
}

TEST_CASE("retriever: each method is what its parts give") {
  const auto texts = drawn_texts(12, 200, 25, 100);
  const auto built = [&](Method method, Fusion fusion = Fusion::reciprocal_rank) {
    auto retriever = Retriever::build(
        texts, {.method = method, .lsa = {.dims = 10}, .fusion = fusion, .bm25_weight = 0.3});
    REQUIRE(retriever);
    return std::move(*retriever);
  };
  const Retriever words = built(Method::bm25), points = built(Method::dense),
                  ranks = built(Method::hybrid), sum = built(Method::hybrid, Fusion::weighted_sum);
  CHECK_FALSE(words.lsa());
  const Query query = *words.query("w1 w9 w30");
  const std::vector<std::vector<Hit>> lists{words.search(query, 1000), points.search(query, 1000)};
  CHECK(lists[0] == words.bm25().search_exhaustively(query, 1000));
  CHECK(lists[1] == points.lsa()->search(points.lsa()->embed(query), 1000));
  CHECK(ranks.search(query, 10) == reciprocal_rank_fusion(lists, 10));
  CHECK(sum.search(query, 10) == *weighted_sum(lists, std::vector<double>{0.3, 0.7}, 10));
  CHECK_FALSE(Retriever::build(texts, {.bm25_weight = 1.5}));
}
