// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/bm25.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <map>

#include "tests/engine/retrieval/corpora.hpp"
#include "tests/oracles/oracle.hpp"

using namespace rehearse;
using namespace rehearse::retrieval;

namespace {

Bm25 scorer(const std::shared_ptr<const InvertedIndex>& index, Bm25Parameters parameters = {}) {
  auto bm25 = Bm25::over(index, parameters);
  REQUIRE(bm25);
  return *bm25;
}

std::string drawn_query(std::uint64_t seed, std::uint64_t entity, double vocabulary) {
  Stream stream(seed, "test.query", 0, entity);
  std::string text;
  for (auto words = stream.between(1, 8); words > 0; --words)
    text += drawn_word(stream, vocabulary) + " ";
  return text;
}

}  // namespace

TEST_CASE("bm25: the score is the formula of Lucene 8") {
  const auto index = index_of({"red wine", "red red cheese and red wine", "blue cheese"});
  const Bm25 bm25 = scorer(index, {.k1 = 1.2, .b = 0.75});
  const double mean = 10.0 / 3, idf = std::log(1 + (3 - 2 + 0.5) / (2 + 0.5));
  const auto part = [&](double tf, double length) {
    return idf * (tf / (tf + 1.2 * (1 - 0.75 + 0.75 * length / mean)));
  };
  const auto hits = bm25.search(asked(*index, "red wine red"), 10);
  REQUIRE(hits.size() == 2);
  const double first = 2 * part(1, 2) + part(1, 2), second = 2 * part(3, 6) + part(1, 6);
  CHECK(hits[0].document == (first > second ? 0 : 1));
  CHECK(hits[0].score == Approx(std::max(first, second)).epsilon(1e-14));
  CHECK(hits[1].score == Approx(std::min(first, second)).epsilon(1e-14));
}

TEST_CASE("bm25: ties keep document order, and what holds no term is left out") {
  std::vector<std::string> texts(2500, "same words here");
  texts[7] = "others", texts[1300] = "same same same";
  const auto index = index_of(texts);
  const auto hits = scorer(index).search(asked(*index, "same"), 4);
  REQUIRE(hits.size() == 4);
  CHECK(hits[0].document == 1300);
  CHECK(hits[1].document == 0);
  CHECK(hits[2].document == 1);
  CHECK(hits[3].document == 2);
  CHECK(scorer(index).search(asked(*index, "others"), 10).size() == 1);
  CHECK(scorer(index).search(asked(*index, "absent"), 10).empty());
  CHECK(scorer(index).search(asked(*index, "same"), 0).empty());
}

TEST_CASE("bm25: the pruned search is the exhaustive one, score for score") {
  rc::check("any corpus, query, k and parameters", [] {
    const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1'000'000);
    const auto documents = *rc::gen::inRange<std::size_t>(1, 6000);
    const auto vocabulary = *rc::gen::element(3.0, 30.0, 1000.0);
    const auto k = *rc::gen::element<std::size_t>(1, 2, 10, 100, 1000, 100000);
    const Bm25Parameters parameters{*rc::gen::element(0.0, 0.5, 0.9, 1.2, 20.0),
                                    *rc::gen::element(0.0, 0.4, 0.75, 1.0)};
    const auto texts = drawn_texts(seed, documents, *rc::gen::inRange(1, 20), vocabulary);
    const auto index = std::make_shared<const InvertedIndex>(*InvertedIndex::build(texts));
    const Bm25 bm25 = *Bm25::over(index, parameters);
    const Tokenizer tokenizer;
    for (std::uint64_t i = 0; i < 5; ++i) {
      const Query query = *query_of(*index, tokenizer, drawn_query(seed, i, 1.1 * vocabulary));
      SearchWork work;
      const auto pruned = bm25.search(query, k, &work);
      RC_ASSERT(pruned == bm25.search_exhaustively(query, k));
      RC_ASSERT(work.scored <= work.postings);
    }
  });
}

TEST_CASE("bm25: pruning spares postings where a rare term decides") {
  std::vector<std::string> texts;
  for (int i = 0; i < 20000; ++i)
    texts.push_back(i % 400 == 0 ? "common rare" : i % 2 ? "common words" : "common");
  const auto index = index_of(texts);
  SearchWork work;
  const Query query = asked(*index, "common rare");
  const auto hits = scorer(index).search(query, 10, &work);
  CHECK(hits == scorer(index).search_exhaustively(query, 10));
  CHECK(work.postings == 20000 + 50);
  CHECK(work.scored < work.postings / 4);
}

TEST_CASE("bm25: an explanation adds up to the score, to the last digit") {
  const auto texts = drawn_texts(5, 400, 30, 80);
  const auto index = index_of(texts);
  const Bm25 bm25 = scorer(index);
  const Query query = asked(*index, "w1 w3 w0 w1 w9");
  const auto hits = bm25.search(query, 50);
  REQUIRE(hits.size() == 50);
  for (const Hit& hit : hits) {
    const auto why = bm25.explain(query, hit.document);
    REQUIRE(why);
    CHECK(why->score == hit.score);
    CHECK(why->length == index->lengths()[hit.document]);
    double sum = 0;
    for (const TermScore& term : why->terms) {
      CHECK(term.score == Approx(term.query_count * term.idf * term.saturation));
      CHECK((term.score > 0) == (term.document_count > 0));
      sum += term.score;
    }
    CHECK(sum == hit.score);
  }
  CHECK(bm25.explain(query, 400).error().code == Code::not_found);
}

TEST_CASE("bm25: k1 of 0 counts a term once, b of 0 forgets lengths") {
  const auto index = index_of({"a a a a b b", "a"});
  const Query query = asked(*index, "a");
  const auto once = scorer(index, {.k1 = 0, .b = 0.4}).search(query, 2);
  CHECK(once[0].score == once[1].score);
  const auto flat = scorer(index, {.k1 = 1, .b = 0}).search(query, 2);
  CHECK(flat[0].document == 0);
  CHECK(flat[0].score == Approx(std::log(1 + 0.5 / 2.5) * 4 / 5));
}

TEST_CASE("bm25: parameters that mean nothing are refused") {
  const auto index = index_of({"a"});
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Bm25Parameters& wrong :
       {Bm25Parameters{-0.1, 0.4}, Bm25Parameters{nan, 0.4}, Bm25Parameters{1, 1.1},
        Bm25Parameters{1, -0.1}, Bm25Parameters{1, nan}, Bm25Parameters{1e300, 0.4}}) {
    const auto refused = Bm25::over(index, wrong);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::invalid_argument);
  }
}

TEST_CASE("bm25: scores are those of a dense matrix product in numpy") {
  const Json due = oracle::read("retrieval/retrieval.json").at("bm25");
  const auto index = index_of(due.at("corpus").get<std::vector<std::string>>());
  for (const Json& one : due.at("cases")) {
    const Bm25 bm25 = scorer(index, {one.at("k1").get<double>(), one.at("b").get<double>()});
    for (std::size_t q = 0; q < due.at("queries").size(); ++q) {
      const auto scores = oracle::numbers(one.at("scores").at(q));
      const auto hits =
          bm25.search(asked(*index, due.at("queries").at(q).get<std::string>()), scores.size());
      std::vector<double> ours(scores.size(), 0);
      for (const Hit& hit : hits) ours[hit.document] = hit.score;
      for (std::size_t i = 0; i < scores.size(); ++i)
        CHECK(ours[i] == Approx(scores[i]).epsilon(1e-12).margin(1e-12));
    }
  }
}
