// SPDX-License-Identifier: GPL-3.0-or-later
//
// BM25: how well a document answers a query, from term counts alone (Robertson, Walker, Jones,
// Hancock-Beaulieu, Gatford 1994), in the form of Lucene 8, without the constant factor k1 + 1:
//
//   score(q, d) = Σ over terms t of q:  count_q(t) · idf(t) · tf / (tf + norm(d))
//   idf(t)  = ln(1 + (N - df + 0.5) / (df + 0.5))
//   norm(d) = k1 · (1 - b + b · length(d) / mean length)
//
// k1 says how soon a repeated term stops counting (0: at once), b how far long documents are held
// back (0: not at all). Use it as the first stage, and as the baseline that anything learned must
// beat: names, identifiers and rare words are its strength. It is blind to synonyms and to order.
//
// `search` gives exactly the ranking of `search_exhaustively`, score for score: the sum is always
// taken in the order of the query's terms. It reads the corpus in windows of documents and skips
// by bounds. The greatest impact of each block of postings bounds what a term can add within a
// window (Ding, Suel 2011; Chakrabarti, Chaudhuri, Ganti 2011); the terms whose bounds together
// cannot reach the k-th best score so far open no new candidates (MaxScore: Turtle, Flood 1995).
//
//   auto bm25 = Bm25::over(index, {.k1 = 1.2, .b = 0.75});
//   for (const Hit& hit : bm25->search(query, 10)) …
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/retrieval/inverted_index.hpp"

namespace rehearse::retrieval {

struct Bm25Parameters {
  double k1 = 0.9;  // in [0, 1000]
  double b = 0.4;   // in [0, 1]
};

// Errors: k1 or b out of range or not a number.
Result<void> check_bm25(const Bm25Parameters& parameters);

// How much a term says that `holding` of so many documents hold.
double bm25_idf(double documents, double holding);

struct Hit {
  DocumentId document = 0;
  double score = 0;
  bool operator==(const Hit&) const = default;
};

// The order of every ranking: score descending, ties by document order.
inline bool before(const Hit& a, const Hit& b) {
  return a.score != b.score ? a.score > b.score : a.document < b.document;
}

// What a search cost, in postings.
struct SearchWork {
  std::size_t postings = 0;    // of the query's terms
  std::size_t scored = 0;      // read in order, to open candidates
  std::size_t looked_up = 0;   // fetched for one candidate
  std::size_t candidates = 0;  // documents whose whole score was needed
};

// One term's part of a score.
struct TermScore {
  std::string term;
  std::uint32_t query_count = 0, document_count = 0;  // of the term
  std::size_t document_frequency = 0;
  double idf = 0;
  double saturation = 0;  // tf / (tf + norm), in [0, 1]
  double score = 0;       // query_count · idf · saturation
};

struct Explanation {
  std::vector<TermScore> terms;  // of the query, in its order; those not held have score 0
  double norm = 0;
  std::uint32_t length = 0;
  double mean_length = 0;
  double score = 0;
};

// Safe to share between threads once made.
class Bm25 {
 public:
  // Errors: k1 or b out of range or not a number. O(postings): nothing of the index is built again,
  // so another k1 or b is another `over` of the same index.
  static Result<Bm25> over(std::shared_ptr<const InvertedIndex> index,
                           const Bm25Parameters& parameters = {});

  const InvertedIndex& index() const { return *index_; }
  const Bm25Parameters& parameters() const { return parameters_; }
  double idf(TermId id) const;

  // The k best documents with a score above 0, best first.
  std::vector<Hit> search(const Query& query, std::size_t k, SearchWork* work = nullptr) const;
  // The same by scoring every posting: the oracle.
  std::vector<Hit> search_exhaustively(const Query& query, std::size_t k) const;

  // Errors: no such document.
  Result<Explanation> explain(const Query& query, DocumentId document) const;

 private:
  friend class WindowedSearch;
  Bm25(std::shared_ptr<const InvertedIndex> index, const Bm25Parameters& parameters);
  double saturation(std::uint32_t count, DocumentId document) const {
    const auto tf = static_cast<double>(count);
    return tf / (tf + norms_[document]);
  }

  std::shared_ptr<const InvertedIndex> index_;
  Bm25Parameters parameters_;
  std::vector<double> norms_;                // by document
  std::vector<double> block_max_;            // greatest saturation of each block, term after term
  std::vector<std::uint64_t> block_begins_;  // of each term
};

}  // namespace rehearse::retrieval
