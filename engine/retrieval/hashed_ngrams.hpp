// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hashed n-grams: a text as a point by the pieces that its words are written with, so that a word
// with a letter wrong still lies near the right one, and a word that nobody wrote before is no
// stranger.
//
//   pieces of w    w itself and the n-grams of "<w>", n from 3 to 5 (Bojanowski, Grave, Joulin,
//                  Mikolov 2017); of characters, not of bytes
//   hashing        piece g adds s(g) · weight to place h(g) of 2^bits: the sign makes what collides
//                  cancel on average (Weinberger et al. 2009)
//   weight         (1 + ln tf) · idf(h(g)) / √pieces of w, idf = ln((1 + N) / (1 + df)) + 1
//   projection     place b becomes a row of ±1/√dims drawn by its number (Achlioptas 2003): inner
//                  products are kept within about 1/√dims (Johnson, Lindenstrauss 1984)
//
// Nothing is trained but the idf, and there is no vocabulary: it costs one pass over the texts, and
// it does not age as new words come up. It knows spelling and nothing of meaning: synonyms are as
// far apart as any two words. Use it where names are misspelt, beside BM25; lsa.hpp is for wordings
// that differ. Fewer than some 200 dimensions blur everything, since the projection's error is the
// same for near and for far.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/stop.hpp"
#include "engine/retrieval/exact.hpp"

namespace rehearse::retrieval {

struct HashedNgramsOptions {
  std::size_t dims = 256;                        // [1, 4096]
  std::size_t bits = 16;                         // [4, 24]
  std::size_t shortest = 3, longest = 5;         // pieces, 1 ≤ shortest ≤ longest ≤ 16
  std::uint64_t seed = 1;                        // of the projection
  std::size_t max_bytes = std::size_t{2} << 30;  // of points and places
};

// One piece of a word: its place among 2^bits, and its sign.
struct HashedPiece {
  std::uint32_t place = 0;
  float sign = 1;
};
// The word is well-formed UTF-8 and not empty; the word itself comes first.
std::vector<HashedPiece> hashed_pieces(std::string_view word, const HashedNgramsOptions& options);

// Safe to share between threads once fitted.
class HashedNgrams {
 public:
  // Of the words of an index, stemmed where its are. Errors: an option out of its range, more
  // memory than `max_bytes`, cancelled.
  // O(postings · dims + pieces · dims).
  static Result<HashedNgrams> fit(const InvertedIndex& index,
                                  const HashedNgramsOptions& options = {},
                                  const Progress& progress = {});

  std::size_t dims() const { return options_.dims; }
  // What is kept of words: the idf. The projection is drawn again when it is needed.
  std::size_t word_bytes() const { return idf_.size() * sizeof(float); }

  // Of length 1, also of words that no document holds; all 0 for a query without words. The query
  // is one of the index that it was fitted on.
  std::vector<float> embed(const InvertedIndex& index, const Query& query) const;
  std::span<const float> document(DocumentId id) const { return documents_.point(id); }
  // As of Lsa.
  std::vector<Hit> search(std::span<const float> query, std::size_t k) const {
    return documents_.search(query, k);
  }

 private:
  explicit HashedNgrams(const HashedNgramsOptions& options) : options_(options) {}
  void add_word(std::string_view word, float weight, std::span<float> point) const;

  HashedNgramsOptions options_;
  std::vector<float> idf_;  // by place
  ExactIndex documents_;
};

}  // namespace rehearse::retrieval
