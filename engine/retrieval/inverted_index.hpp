// SPDX-License-Identifier: GPL-3.0-or-later
//
// Inverted index: for each term the documents that hold it, in order, and how often (Zobel, Moffat
// 2006). It holds counts and exact lengths and no score, so that a change of BM25's parameters
// builds nothing again (bm25.hpp).
//
// Postings are two flat arrays, cut by term: document numbers ascending, counts beside them. They
// are read in blocks of `kPostingBlock`; a scorer keeps the greatest impact of each block and skips
// what cannot matter. Not compressed: 8 bytes a posting, which is what a workbench can spare for
// being read at a glance. Positions are not kept, so there are no phrases.
//
// Immutable, hence safe to share between threads.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/stop.hpp"
#include "engine/retrieval/tokenizer.hpp"

namespace rehearse::retrieval {

inline constexpr std::size_t kPostingBlock = 128;

using TermId = std::uint32_t;
using DocumentId = std::uint32_t;  // place in the corpus, from 0

// The documents of one term, ascending, and the count in each: views into the index.
struct PostingList {
  std::span<const DocumentId> documents;
  std::span<const std::uint32_t> counts;
  std::size_t size() const { return documents.size(); }
};

struct IndexOptions {
  TokenizerOptions tokenizer = {};
  // What texts and index together may hold in memory.
  std::size_t max_bytes = std::size_t{2} << 30;
};

class InvertedIndex;

// A part of a merge: an index, and which of its documents are left out (not 0): one a document, or
// none at all where nothing is left out.
struct IndexPart {
  const InvertedIndex* index = nullptr;
  std::span<const std::uint8_t> left_out = {};
};

class InvertedIndex {
 public:
  // One document a text. Errors: no texts, no text has a word, a text that is not UTF-8 (which
  // document, which byte), more memory than `max_bytes`, cancelled. O(bytes of the texts).
  static Result<InvertedIndex> build(std::span<const std::string> texts,
                                     const IndexOptions& options = {},
                                     const Progress& progress = {});

  // One index of what is left of several, in their order, from postings and without texts: the same
  // lists as built from the texts of the documents that stay. Terms that no document holds any more
  // are forgotten. The parts share one tokenizer's options and there is at least one (asserted).
  // O(postings + terms of the parts).
  static InvertedIndex merged(std::span<const IndexPart> parts);

  std::size_t documents() const { return lengths_.size(); }
  std::size_t terms() const { return terms_.size(); }
  std::size_t postings() const { return documents_.size(); }
  const TokenizerOptions& tokenizer() const { return tokenizer_; }

  // Terms of each document, stop words not counted, and their mean over all documents.
  std::span<const std::uint32_t> lengths() const { return lengths_; }
  double mean_length() const { return mean_length_; }
  // Documents of length 0: nothing finds them.
  std::size_t documents_without_words() const;

  // Nothing where no document holds the term.
  std::optional<TermId> find(std::string_view term) const;
  const std::string& term(TermId id) const { return terms_[id]; }
  PostingList postings(TermId id) const;
  // How often the document holds the term. O(log of the list).
  std::uint32_t count(TermId id, DocumentId document) const;

  std::size_t bytes() const;

 private:
  friend class IndexBuilder;
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };

  TokenizerOptions tokenizer_;
  std::vector<std::string> terms_;
  std::unordered_map<std::string, TermId, TextHash, std::equal_to<>> ids_;
  std::vector<std::uint64_t> begins_;  // of each term's postings, and the end
  std::vector<DocumentId> documents_;
  std::vector<std::uint32_t> counts_;
  std::vector<std::uint32_t> lengths_;
  double mean_length_ = 0;
};

// A query's terms in order of first appearance, each with how often it stands in the query. Words
// that no document holds are listed beside, since they score nothing.
struct Query {
  struct Term {
    TermId id = 0;
    std::uint32_t count = 1;
  };
  std::vector<Term> terms;
  std::vector<std::string> unknown;
  bool without_words() const { return terms.empty() && unknown.empty(); }
};

// `tokenizer` must have the options of the index (asserted). Errors: not UTF-8.
Result<Query> query_of(const InvertedIndex& index, const Tokenizer& tokenizer,
                       std::string_view text);

}  // namespace rehearse::retrieval
