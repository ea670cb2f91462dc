// SPDX-License-Identifier: GPL-3.0-or-later
//
// Latent semantic analysis: documents and queries as points in a space of few dimensions, where
// words that keep the same company lie together (Deerwester, Dumais, Furnas, Landauer, Harshman
// 1990). It finds documents that share no word with the query.
//
//   A[d, t] = (1 + ln tf) · (ln((1 + N) / (1 + df)) + 1), each row of length 1
//   A ≈ U S Vᵀ, the greatest `dims` singular values; a text x lies at Vᵀ x, scaled to length 1
//   score(q, d) = their inner product, the cosine
//
// The decomposition is randomized: a sketch of A's range by Gaussian directions, sharpened by power
// iterations (Halko, Martinsson, Tropp 2011). The same seed gives the same space.
//
// Use it beside BM25 (fusion.hpp), where queries are worded unlike their answers and there is no
// click or label to train an encoder on. Alone it forgets rare words: an identifier has no company.
// Documents are compared with a query one by one (exact.hpp).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/stop.hpp"
#include "engine/retrieval/exact.hpp"

namespace rehearse::retrieval {

struct LsaOptions {
  std::size_t dims = 128;
  std::size_t oversampling = 10;  // directions sketched past `dims`
  std::size_t power_iterations = 4;
  std::uint64_t seed = 1;
  std::size_t max_bytes = std::size_t{2} << 30;  // of the matrices while they are decomposed
};

// Safe to share between threads once fitted.
class Lsa {
 public:
  // Errors: dims is 0, more memory than `max_bytes`, cancelled. Dimensions that the corpus does not
  // have (it is small, or repeats itself) are left out: dims() may be less than asked.
  // O((postings + (documents + terms) · dims) · dims · power_iterations).
  static Result<Lsa> fit(const InvertedIndex& index, const LsaOptions& options = {},
                         const Progress& progress = {});

  std::size_t dims() const { return singular_values_.size(); }
  std::span<const double> singular_values() const { return singular_values_; }  // descending

  // Of length 1, or all 0 where no word of the query is known.
  std::vector<float> embed(const Query& query) const;
  // Of length 1, or all 0 for a document without words.
  std::span<const float> document(DocumentId id) const { return documents_.point(id); }

  // The k documents of the greatest cosine, best first, ties by document order; those at the origin
  // are left out, and a query at the origin finds nothing.
  std::vector<Hit> search(std::span<const float> query, std::size_t k) const {
    return documents_.search(query, k);
  }

 private:
  std::vector<double> singular_values_;
  std::vector<double> idf_;
  std::vector<float> terms_;  // dims() numbers each
  ExactIndex documents_;
};

}  // namespace rehearse::retrieval
