// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/inverted_index.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "tests/engine/retrieval/corpora.hpp"

using namespace rehearse;
using namespace rehearse::retrieval;

TEST_CASE("index: postings are the counts of a plain count, in document order") {
  for (const bool stem : {false, true}) {
    const auto texts = drawn_texts(1, 300, 40, 60);
    const auto index = index_of(texts, stem);
    std::map<std::string, std::map<DocumentId, std::uint32_t>> due;
    const Tokenizer tokenizer({.stem = stem});
    double total = 0;
    for (DocumentId i = 0; i < texts.size(); ++i) {
      const auto terms = tokenizer.terms(texts[i]).value();
      CHECK(index->lengths()[i] == terms.size());
      total += static_cast<double>(terms.size());
      for (const std::string& term : terms) ++due[term][i];
    }
    CHECK(index->mean_length() == total / 300);
    REQUIRE(index->terms() == due.size());
    std::size_t postings = 0;
    for (const auto& [term, counts] : due) {
      const auto id = index->find(term);
      REQUIRE(id);
      CHECK(index->term(*id) == term);
      const PostingList list = index->postings(*id);
      REQUIRE(list.size() == counts.size());
      std::size_t at = 0;
      for (const auto& [document, count] : counts) {
        CHECK(list.documents[at] == document);
        CHECK(list.counts[at++] == count);
        CHECK(index->count(*id, document) == count);
      }
      postings += counts.size();
    }
    CHECK(index->postings() == postings);
  }
}

TEST_CASE("index: a word that no document holds is not there") {
  const auto index = index_of({"red wine", "blue cheese"});
  CHECK_FALSE(index->find("green"));
  const auto wine = index->find("wine");
  REQUIRE(wine);
  CHECK(index->count(*wine, 1) == 0);
}

TEST_CASE("index: documents without words are kept and counted") {
  const auto index = index_of({"red wine", "", " … ", "the"}, true);
  CHECK(index->documents() == 4);
  CHECK(index->documents_without_words() == 3);
  CHECK(index->mean_length() == 0.5);
}

TEST_CASE("index: what cannot be indexed is refused with the reason") {
  CHECK_FALSE(InvertedIndex::build({}));
  const std::vector<std::string> wordless{"", "…"}, latin{"fine", "caf\xE9"};
  const auto empty = InvertedIndex::build(wordless);
  REQUIRE_FALSE(empty);
  CHECK(empty.error().message.find("none of the 2 documents has a word") == 0);
  const auto wrong = InvertedIndex::build(latin);
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message.find("document 2: byte 4") == 0);
}

TEST_CASE("index: a corpus past the memory that is allowed is told, with the document") {
  const auto texts = drawn_texts(2, 2000, 50, 5000);
  const auto refused = InvertedIndex::build(texts, {.max_bytes = 200'000});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::limit);
  CHECK(refused.error().message.find("of 2000") != std::string::npos);
  CHECK(InvertedIndex::build(texts, {.max_bytes = 20'000'000}));
}

TEST_CASE("index: building stops when it is told") {
  std::stop_source stop;
  stop.request_stop();
  const auto texts = drawn_texts(3, 10, 5, 10);
  const auto stopped = InvertedIndex::build(texts, {}, Progress(stop.get_token(), [](double) {}));
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == Code::cancelled);
}

TEST_CASE("query: terms come in order of first appearance, each with its count") {
  const auto index = index_of({"red wine", "blue cheese"});
  const Query query = asked(*index, "Cheese, wine; cheese & green CHEESE");
  REQUIRE(query.terms.size() == 2);
  CHECK(index->term(query.terms[0].id) == "cheese");
  CHECK(query.terms[0].count == 3);
  CHECK(index->term(query.terms[1].id) == "wine");
  CHECK(query.terms[1].count == 1);
  CHECK(query.unknown == std::vector<std::string>{"green"});
  CHECK_FALSE(query.without_words());
  CHECK(asked(*index, " ?! ").without_words());
}
