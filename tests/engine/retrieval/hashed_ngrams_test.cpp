// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/hashed_ngrams.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>

#include "engine/retrieval/retriever.hpp"

using namespace rehearse;
using namespace rehearse::retrieval;

namespace {

const std::vector<std::string>& ngram_texts() {
  static const std::vector<std::string> texts = {"the prasuwen weighs 450 grams",
                                                 "the molekator is loud",
                                                 "prasuwen prasuwen and molekator",
                                                 "a headlamp with a strap",
                                                 "straps of leather",
                                                 "error kx7742 after the update",
                                                 "grams and pounds",
                                                 "nothing of this is loud"};
  return texts;
}

// The cosine of two texts before the projection, by a map of places and signs.
std::map<std::uint32_t, double> sparse_point(const InvertedIndex& index, const Query& query,
                                             const HashedNgramsOptions& options) {
  std::map<std::uint32_t, double> held;  // documents that hold each place
  for (DocumentId document = 0; document < index.documents(); ++document) {
    std::set<std::uint32_t> places;
    for (TermId term = 0; term < index.terms(); ++term)
      if (index.count(term, document) > 0)
        for (const auto& piece : hashed_pieces(index.term(term), options))
          places.insert(piece.place);
    for (const std::uint32_t place : places) ++held[place];
  }
  std::map<std::uint32_t, double> point;
  const auto add = [&](const std::string& word, double count) {
    const auto pieces = hashed_pieces(word, options);
    for (const auto& piece : pieces)
      point[piece.place] +=
          static_cast<double>(piece.sign) * (1 + std::log(count)) *
          (std::log((1.0 + static_cast<double>(index.documents())) / (1 + held[piece.place])) + 1) /
          std::sqrt(static_cast<double>(pieces.size()));
  };
  for (const auto& term : query.terms) add(index.term(term.id), term.count);
  for (const std::string& word : query.unknown) add(word, 1);
  return point;
}

double sparse_cosine(const std::map<std::uint32_t, double>& a,
                     const std::map<std::uint32_t, double>& b) {
  double product = 0, one = 0, other = 0;
  for (const auto& [place, x] : a) {
    one += x * x;
    if (const auto y = b.find(place); y != b.end()) product += x * y->second;
  }
  for (const auto& [place, y] : b) other += y * y;
  return product / std::sqrt(one * other);
}

double dot(std::span<const float> a, std::span<const float> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * b[i];
  return sum;
}

}  // namespace

TEST_CASE("hashed n-grams: the pieces of a word are itself and its runs of 3 to 5 characters") {
  const HashedNgramsOptions options;
  // <cat>: 3 + 2 + 1 runs; <é>: one of 3 characters, though of 4 bytes.
  CHECK(hashed_pieces("cat", options).size() == 7);
  CHECK(hashed_pieces("\xC3\xA9", options).size() == 2);
  std::set<std::uint32_t> cat, cats;
  for (const auto& piece : hashed_pieces("cat", options)) cat.insert(piece.place);
  for (const auto& piece : hashed_pieces("cats", options)) cats.insert(piece.place);
  std::size_t shared = 0;
  for (const std::uint32_t place : cat) shared += cats.count(place);
  CHECK(shared == 3);  // "<ca", "cat", "<cat"
}

TEST_CASE("hashed n-grams: signs are as often plus as minus") {
  double sum = 0, pieces = 0;
  for (int i = 0; i < 2000; ++i)
    for (const auto& piece : hashed_pieces("word" + std::to_string(i * 7919), {}))
      sum += static_cast<double>(piece.sign), ++pieces;
  CHECK(sum / pieces == Approx(0).margin(0.05));
}

TEST_CASE(
    "hashed n-grams: projected products are those of the sparse points, within 1/sqrt(dims)") {
  const auto& texts = ngram_texts();
  const auto retriever = Retriever::build(
      texts, {.method = Method::dense, .embedding = Embedding::ngrams, .ngrams = {.dims = 4096}});
  REQUIRE(retriever);
  CHECK(retriever->dims() == 4096);
  HashedNgramsOptions options;
  options.dims = 4096;
  std::vector<std::map<std::uint32_t, double>> exact;
  for (const std::string& text : texts)
    exact.push_back(sparse_point(retriever->index(), retriever->query(text).value(), options));
  double squares = 0, pairs = 0;
  for (DocumentId a = 0; a < texts.size(); ++a) {
    CHECK(dot(retriever->point(a), retriever->point(a)) == Approx(1));
    for (DocumentId b = a + 1; b < texts.size(); ++b) {
      const double error =
          dot(retriever->point(a), retriever->point(b)) - sparse_cosine(exact[a], exact[b]);
      REQUIRE(std::abs(error) < 5.0 / 64);
      squares += error * error, ++pairs;
    }
  }
  CHECK(std::sqrt(squares / pairs) < 1.5 / 64);
  CHECK(std::sqrt(squares / pairs) > 0.3 / 64);
}

TEST_CASE("hashed n-grams: a name with a letter wrong finds the right one; whole words do not") {
  const auto& texts = ngram_texts();
  const auto by = [&](Embedding embedding) {
    return Retriever::build(texts, {.method = Method::dense,
                                    .embedding = embedding,
                                    .lsa = {.dims = 6},
                                    .ngrams = {.dims = 1024}})
        .value();
  };
  const Retriever pieces = by(Embedding::ngrams), words = by(Embedding::lsa);
  for (const char* typo : {"prasuwne", "prasuven", "praswuen"}) {
    const auto found = pieces.search(pieces.query(typo).value(), 2);
    REQUIRE(found.size() == 2);
    CHECK((found[0].document == 0 || found[0].document == 2));
    CHECK(words.search(words.query(typo).value(), 2).empty());
  }
  // A code is a word as any other.
  CHECK(pieces.search(pieces.query("kx7724").value(), 1).front().document == 5);
  CHECK(pieces.search(pieces.query("").value(), 3).empty());
}

TEST_CASE("hashed n-grams: fused with BM25 as any embedding; the same seed is the same space") {
  const auto& texts = ngram_texts();
  const RetrieverOptions options{.method = Method::hybrid, .embedding = Embedding::ngrams};
  const auto one = Retriever::build(texts, options).value(),
             other = Retriever::build(texts, options).value();
  const Query query = one.query("loud molekator").value();
  CHECK(one.search(query, 5) == other.search(query, 5));
  CHECK(one.search(query, 1).front().document == 1);
  CHECK(one.word_bytes() == 4 * 65536);
  RetrieverOptions seeded = options;
  seeded.ngrams.seed = 2;
  const auto third = Retriever::build(texts, seeded).value();
  CHECK(third.embed(query) != one.embed(query));
}

TEST_CASE("hashed n-grams: options out of their range are told") {
  const auto error = [](HashedNgramsOptions ngrams) {
    return Retriever::build(
               ngram_texts(),
               {.method = Method::dense, .embedding = Embedding::ngrams, .ngrams = ngrams})
        .error()
        .message;
  };
  CHECK(error({.dims = 0}).find("0 dimensions") != std::string::npos);
  CHECK(error({.bits = 30}).find("2^30") != std::string::npos);
  CHECK(error({.shortest = 6, .longest = 5}).find("6 to 5") != std::string::npos);
}

TEST_CASE(
    "hashed n-grams: what does not fit into the memory allowed is refused, whoever allows it") {
  const RetrieverOptions small{
      .method = Method::dense, .embedding = Embedding::ngrams, .ngrams = {.max_bytes = 100000}};
  CHECK(Retriever::build(ngram_texts(), small).error().code == Code::limit);
  const RetrieverOptions few{
      .method = Method::dense, .embedding = Embedding::ngrams, .max_bytes = 100000};
  CHECK(Retriever::build(ngram_texts(), few).error().message.find("2^16 places") !=
        std::string::npos);
}
