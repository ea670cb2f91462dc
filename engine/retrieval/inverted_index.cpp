// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/inverted_index.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <new>
#include <numeric>

#include "engine/base/interner.hpp"

namespace rehearse::retrieval {
namespace {

constexpr std::size_t kDocumentsPerReport = 1024;
constexpr std::size_t kMegabyte = 1 << 20;
// A term in the dictionary: two strings, a node of the map, its share of buckets.
constexpr std::size_t kBytesPerTerm = 160;

}  // namespace

// Collects (term, count) document by document, then sorts them by term in one pass: documents come
// in order, so the sort by counting leaves each list ascending.
class IndexBuilder {
 public:
  explicit IndexBuilder(const IndexOptions& options)
      : options_(options), tokenizer_(options.tokenizer) {}

  Result<void> add(std::string_view text) {
    if (const std::size_t at = invalid_utf8_at(text); at != std::string_view::npos)
      return fail(Code::bad_data,
                  "document {}: byte {} is not UTF-8; convert the corpus first (iconv -t utf-8)",
                  lengths_.size() + 1, at + 1);
    std::uint32_t length = 0;
    each_word(text, [&](std::string_view word) {
      const std::int64_t term = term_of(word);
      if (term < 0) return;
      ++length;
      const auto id = static_cast<std::size_t>(term);
      if (counts_[id]++ == 0) seen_.push_back(static_cast<TermId>(id));
    });
    for (const TermId id : seen_) {
      forward_terms_.push_back(id);
      forward_counts_.push_back(counts_[id]);
      counts_[id] = 0;
    }
    forward_ends_.push_back(forward_terms_.size());
    seen_.clear();
    lengths_.push_back(length);
    return {};
  }

  // While the lists are sorted the forward form stands beside them.
  std::size_t bytes() const {
    return 16 * forward_terms_.size() + 16 * lengths_.size() + kBytesPerTerm * words_.size();
  }

  Result<InvertedIndex> build() && {
    const double total = std::accumulate(lengths_.begin(), lengths_.end(), 0.0);
    if (total == 0)
      return fail(Code::bad_data,
                  "none of the {} documents has a word to search for; is this the right column?",
                  lengths_.size());
    InvertedIndex index;
    index.tokenizer_ = options_.tokenizer;
    index.terms_ = options_.tokenizer.stem ? stems_.take() : words_.take();
    sort_by_term(index);
    index.mean_length_ = total / static_cast<double>(lengths_.size());
    index.lengths_ = std::move(lengths_);
    index.ids_.reserve(index.terms_.size());
    for (std::size_t id = 0; id < index.terms_.size(); ++id)
      index.ids_.emplace(index.terms_[id], static_cast<TermId>(id));
    return index;
  }

 private:
  // A word's stem is asked for once. -1: a stop word.
  std::int64_t term_of(std::string_view word) {
    const auto code = static_cast<std::size_t>(words_.code(word));
    if (code == term_of_word_.size()) {
      std::int64_t term = static_cast<std::int64_t>(code);
      if (options_.tokenizer.stem) {
        const auto stem = tokenizer_.term_of(word);
        term = stem ? stems_.code(*stem) : -1;
      }
      term_of_word_.push_back(term);
      if (term >= static_cast<std::int64_t>(counts_.size())) counts_.push_back(0);
    }
    return term_of_word_[code];
  }

  void sort_by_term(InvertedIndex& index) {
    index.begins_.assign(index.terms_.size() + 1, 0);
    for (const TermId id : forward_terms_) ++index.begins_[id + 1];
    std::partial_sum(index.begins_.begin(), index.begins_.end(), index.begins_.begin());
    std::vector<std::uint64_t> next(index.begins_.begin(), index.begins_.end() - 1);
    index.documents_.resize(forward_terms_.size());
    index.counts_.resize(forward_terms_.size());
    std::size_t from = 0;
    for (std::size_t document = 0; document < forward_ends_.size(); ++document)
      for (; from < forward_ends_[document]; ++from) {
        const std::uint64_t to = next[forward_terms_[from]]++;
        index.documents_[to] = static_cast<DocumentId>(document);
        index.counts_[to] = forward_counts_[from];
      }
  }

  IndexOptions options_;
  Tokenizer tokenizer_;
  Interner words_, stems_;
  std::vector<std::int64_t> term_of_word_;
  std::vector<std::uint32_t> counts_;  // of the document at hand, by term
  std::vector<TermId> seen_, forward_terms_;
  std::vector<std::uint32_t> forward_counts_, lengths_;
  std::vector<std::size_t> forward_ends_;
};

Result<InvertedIndex> InvertedIndex::build(std::span<const std::string> texts,
                                           const IndexOptions& options,
                                           const Progress& progress) try {
  if (texts.empty()) return fail(Code::bad_data, "there are no documents to index");
  IndexBuilder builder(options);
  std::size_t text_bytes = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    text_bytes += texts[i].size();
    if (auto added = builder.add(texts[i]); !added) return fail(added.error());
    if (text_bytes + builder.bytes() > options.max_bytes)
      return fail(Code::limit,
                  "the texts and their index need more than {} MB, at document {} of {}; allow "
                  "more memory, or search a part of the corpus",
                  options.max_bytes / kMegabyte, i + 1, texts.size());
    if (i % kDocumentsPerReport == 0 &&
        !progress.report(static_cast<double>(i) / static_cast<double>(texts.size())))
      return cancelled();
  }
  return std::move(builder).build();
} catch (const std::bad_alloc&) {
  return fail(Code::limit,
              "the index of {} documents does not fit into memory; search a part of the corpus",
              texts.size());
}

std::size_t InvertedIndex::documents_without_words() const {
  return static_cast<std::size_t>(std::count(lengths_.begin(), lengths_.end(), 0U));
}

std::optional<TermId> InvertedIndex::find(std::string_view term) const {
  const auto found = ids_.find(term);
  if (found == ids_.end()) return std::nullopt;
  return found->second;
}

PostingList InvertedIndex::postings(TermId id) const {
  const std::size_t begin = begins_[id], size = begins_[id + 1] - begin;
  return {std::span(documents_).subspan(begin, size), std::span(counts_).subspan(begin, size)};
}

std::uint32_t InvertedIndex::count(TermId id, DocumentId document) const {
  const PostingList list = postings(id);
  const auto found = std::lower_bound(list.documents.begin(), list.documents.end(), document);
  if (found == list.documents.end() || *found != document) return 0;
  return list.counts[static_cast<std::size_t>(found - list.documents.begin())];
}

std::size_t InvertedIndex::bytes() const {
  std::size_t bytes = begins_.capacity() * sizeof(std::uint64_t) +
                      documents_.capacity() * sizeof(DocumentId) +
                      (counts_.capacity() + lengths_.capacity()) * sizeof(std::uint32_t);
  return bytes + terms_.size() * kBytesPerTerm;
}

Result<Query> query_of(const InvertedIndex& index, const Tokenizer& tokenizer,
                       std::string_view text) {
  assert(tokenizer.options().stem == index.tokenizer().stem);
  auto terms = tokenizer.terms(text);
  if (!terms) return fail(terms.error());
  Query query;
  std::unordered_map<TermId, std::size_t> places;
  for (std::string& term : *terms) {
    const auto id = index.find(term);
    if (!id) {
      query.unknown.push_back(std::move(term));
      continue;
    }
    const auto [known, fresh] = places.emplace(*id, query.terms.size());
    if (fresh)
      query.terms.push_back({*id, 1});
    else
      ++query.terms[known->second].count;
  }
  return query;
}

}  // namespace rehearse::retrieval
