// SPDX-License-Identifier: GPL-3.0-or-later
//
// Retriever: a corpus that answers queries, by words (BM25), by an embedding (LSA for meaning, or
// hashed n-grams for spelling), or by both fused. One tokenizer reads documents and queries alike.
//
//   auto retriever = Retriever::build(corpus.texts, {.method = Method::hybrid});
//   for (const Hit& hit : retriever->search(*retriever->query("heated wings"), 10)) …
#pragma once

#include <optional>
#include <span>
#include <string>

#include "engine/retrieval/bm25.hpp"
#include "engine/retrieval/fusion.hpp"
#include "engine/retrieval/hashed_ngrams.hpp"
#include "engine/retrieval/lsa.hpp"

namespace rehearse::retrieval {

enum class Method { bm25, dense, hybrid };
enum class Embedding { lsa, ngrams };
enum class Fusion { reciprocal_rank, weighted_sum };

// Of each list that is fused: more cost time, fewer lose what one of them ranks low.
inline constexpr std::size_t kFusedRanks = 1000;

struct RetrieverOptions {
  Method method = Method::bm25;
  TokenizerOptions tokenizer = {};
  Bm25Parameters bm25 = {};
  Embedding embedding = Embedding::lsa;
  LsaOptions lsa = {};
  HashedNgramsOptions ngrams = {};
  Fusion fusion = Fusion::reciprocal_rank;
  double bm25_weight = 0.5;  // of a weighted sum, in [0, 1]; the rest is the embedding's
  std::size_t max_bytes = std::size_t{2} << 30;  // of texts, index and embeddings
};

// Not thread-safe, because of its tokenizer.
class Retriever {
 public:
  // Errors: those of InvertedIndex::build, Bm25::over and, unless BM25 alone is asked for,
  // Lsa::fit or HashedNgrams::fit; a weight outside [0, 1].
  static Result<Retriever> build(std::span<const std::string> texts,
                                 const RetrieverOptions& options = {},
                                 const Progress& progress = {});

  const RetrieverOptions& options() const { return options_; }
  const Bm25& bm25() const { return bm25_; }
  const InvertedIndex& index() const { return bm25_.index(); }
  const Lsa* lsa() const { return lsa_ ? &*lsa_ : nullptr; }

  // Of the embedding: 0 where there is none, and then the next two are not to be asked (asserted).
  std::size_t dims() const;
  std::span<const float> point(DocumentId id) const;
  std::vector<float> embed(const Query& query) const;
  // What the embedding keeps of words to put a query at a point: terms of LSA, idf of n-grams.
  std::size_t word_bytes() const;

  // Errors: not UTF-8.
  Result<Query> query(std::string_view text) const { return query_of(index(), tokenizer_, text); }
  // The k best, best first, ties by document order.
  std::vector<Hit> search(const Query& query, std::size_t k) const {
    return search(query, k, options_.method);
  }
  // By another method than it was built for: a hybrid can do all three. What has no embedding can
  // do BM25 alone (asserted).
  std::vector<Hit> search(const Query& query, std::size_t k, Method by) const;

 private:
  Retriever(const RetrieverOptions& options, Bm25 bm25)
      : options_(options), tokenizer_(options.tokenizer), bm25_(std::move(bm25)) {}
  std::vector<Hit> dense(const Query& query, std::size_t k) const;

  RetrieverOptions options_;
  Tokenizer tokenizer_;
  Bm25 bm25_;
  std::optional<Lsa> lsa_;
  std::optional<HashedNgrams> ngrams_;
};

}  // namespace rehearse::retrieval
