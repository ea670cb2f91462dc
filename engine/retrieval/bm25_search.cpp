// SPDX-License-Identifier: GPL-3.0-or-later
//
// The search of bm25.hpp by windows of documents.
#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <utility>

#include "engine/retrieval/bm25.hpp"
#include "engine/retrieval/top_hits.hpp"

namespace rehearse::retrieval {
namespace {

// Documents scored together: their partial sums stay in the first-level cache.
constexpr std::size_t kWindow = 1024;

// Bounds are summed in another order than scores, so they are widened by more than the rounding of
// any sum of terms: what is skipped is out of reach for certain.
constexpr double kRounding = 1 + 1e-9;

// The first place at or after `from` whose document is `document` or later: gallops, since it is
// most often near.
std::size_t place_of(std::span<const DocumentId> documents, std::size_t from, std::size_t end,
                     DocumentId document) {
  std::size_t step = 1, low = from;
  while (from < end && documents[from] < document) {
    low = from + 1;
    from += step;
    step *= 2;
  }
  const auto begin = documents.begin();
  return static_cast<std::size_t>(
      std::lower_bound(begin + static_cast<std::ptrdiff_t>(low),
                       begin + static_cast<std::ptrdiff_t>(std::min(from, end)), document) -
      begin);
}

}  // namespace

class WindowedSearch {
 public:
  WindowedSearch(const Bm25& bm25, const Query& query, std::size_t k) : bm25_(bm25), best_(k) {
    for (const Query::Term& term : query.terms) {
      const std::uint64_t begin = bm25.block_begins_[term.id];
      const std::size_t blocks = bm25.block_begins_[term.id + 1] - begin;
      cursors_.push_back({.list = bm25.index_->postings(term.id),
                          .block_max = std::span(bm25.block_max_).subspan(begin, blocks),
                          .weight = static_cast<double>(term.count) * bm25.idf(term.id)});
      work_.postings += cursors_.back().list.size();
    }
    by_bound_.resize(cursors_.size());
    std::iota(by_bound_.begin(), by_bound_.end(), std::size_t{0});
  }

  std::vector<Hit> run(SearchWork* work) && {
    while (open_window()) {
      const std::size_t passive = passive_terms();
      if (passive < cursors_.size()) {
        accumulate();
        collect(passive);
      }
      for (Cursor& cursor : cursors_) cursor.at = cursor.end;
    }
    if (work) *work = work_;
    return std::move(best_).take();
  }

 private:
  struct Cursor {
    PostingList list;
    std::span<const double> block_max;
    double weight = 0;
    std::size_t at = 0, end = 0;  // of the window's postings
    std::size_t probe = 0;        // within them, for one candidate after another
    double bound = 0;             // on what the term adds within the window
    bool active = false;          // opens candidates
  };

  // The next window begins at the first document that is left. False where none is.
  bool open_window() {
    bool any = false;
    DocumentId first = 0;
    for (const Cursor& cursor : cursors_) {
      if (cursor.at == cursor.list.size()) continue;
      const DocumentId document = cursor.list.documents[cursor.at];
      first = any ? std::min(first, document) : document;
      any = true;
    }
    if (!any) return false;
    first_ = first;
    for (Cursor& cursor : cursors_) {
      cursor.probe = cursor.at;
      cursor.end = window_end(cursor);
      cursor.bound = 0;
      if (cursor.at == cursor.end) continue;
      const std::size_t from = cursor.at / kPostingBlock, to = (cursor.end - 1) / kPostingBlock;
      for (std::size_t block = from; block <= to; ++block)
        cursor.bound = std::max(cursor.bound, cursor.block_max[block]);
      cursor.bound *= cursor.weight;
    }
    return true;
  }

  std::size_t window_end(const Cursor& cursor) const {
    if (bm25_.index_->documents() - first_ <= kWindow) return cursor.list.size();
    return place_of(cursor.list.documents, cursor.at, cursor.list.size(),
                    first_ + static_cast<DocumentId>(kWindow));
  }

  // How many terms, by bound ascending, cannot reach the threshold together. Their bounds summed
  // are left in `passive_bound_`.
  std::size_t passive_terms() {
    std::sort(by_bound_.begin(), by_bound_.end(), [this](std::size_t a, std::size_t b) {
      return cursors_[a].bound < cursors_[b].bound;
    });
    const double threshold = best_.threshold();
    std::size_t passive = 0;
    passive_bound_ = 0;
    for (; passive < by_bound_.size(); ++passive) {
      const double bound = passive_bound_ + cursors_[by_bound_[passive]].bound;
      if (bound * kRounding > threshold) break;
      passive_bound_ = bound;
    }
    for (std::size_t i = 0; i < by_bound_.size(); ++i) cursors_[by_bound_[i]].active = i >= passive;
    return passive;
  }

  // Sums the active terms in the order of the query, so that a document which no passive term holds
  // has its exact score already.
  void accumulate() {
    const double* norms = bm25_.norms_.data();
    for (const Cursor& cursor : cursors_) {
      if (!cursor.active) continue;
      work_.scored += cursor.end - cursor.at;
      for (std::size_t i = cursor.at; i < cursor.end; ++i) {
        const DocumentId document = cursor.list.documents[i];
        const auto tf = static_cast<double>(cursor.list.counts[i]);
        const std::size_t place = document - first_;
        sums_[place] += cursor.weight * (tf / (tf + norms[document]));
        held_[place / 64] |= std::uint64_t{1} << (place % 64);
      }
    }
  }

  void collect(std::size_t passive) {
    for (std::size_t word = 0; word < held_.size(); ++word) {
      std::uint64_t left = std::exchange(held_[word], 0);
      for (; left != 0; left &= left - 1) {
        const std::size_t place = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
        const double sum = std::exchange(sums_[place], 0);
        if ((sum + passive_bound_) * kRounding <= best_.threshold()) continue;
        consider(first_ + static_cast<DocumentId>(place), sum, passive);
      }
    }
  }

  // Looks the document up in the passive terms, the greatest bound first, until it is out of reach.
  void consider(DocumentId document, double sum, std::size_t passive) {
    double left = passive_bound_, reached = sum;
    bool exact = true;
    for (std::size_t i = passive; i-- > 0;) {
      Cursor& cursor = cursors_[by_bound_[i]];
      left -= cursor.bound;
      if (const double part = part_of(cursor, document); part > 0) {
        reached += part;
        exact = false;
      }
      if ((reached + std::max(left, 0.0)) * kRounding <= best_.threshold()) return;
    }
    ++work_.candidates;
    if (!exact) {
      sum = 0;
      for (Cursor& cursor : cursors_) sum += part_of(cursor, document);
    }
    if (sum > 0) best_.offer({document, sum});
  }

  double part_of(Cursor& cursor, DocumentId document) {
    cursor.probe = place_of(cursor.list.documents, cursor.probe, cursor.end, document);
    ++work_.looked_up;
    if (cursor.probe == cursor.end || cursor.list.documents[cursor.probe] != document) return 0;
    return cursor.weight * bm25_.saturation(cursor.list.counts[cursor.probe], document);
  }

  const Bm25& bm25_;
  TopHits best_;
  std::vector<Cursor> cursors_;
  std::vector<std::size_t> by_bound_;
  double passive_bound_ = 0;
  DocumentId first_ = 0;
  std::array<double, kWindow> sums_{};
  std::array<std::uint64_t, kWindow / 64> held_{};
  SearchWork work_;
};

std::vector<Hit> Bm25::search(const Query& query, std::size_t k, SearchWork* work) const {
  if (k == 0) {
    if (work) *work = {};
    return {};
  }
  return WindowedSearch(*this, query, k).run(work);
}

}  // namespace rehearse::retrieval
