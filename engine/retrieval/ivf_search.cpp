// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <limits>

#include "engine/retrieval/ivf.hpp"
#include "engine/retrieval/top_hits.hpp"

namespace rehearse::retrieval {
namespace {

// The k best that `score(place)` gives to the places of some cells.
template <class Cells, class Score>
void scan_cells(const Cells& cells, std::span<const std::size_t> begins,
                std::span<const DocumentId> ids, Score&& score, TopHits& best) {
  auto threshold = static_cast<float>(best.threshold());
  for (const auto& [similarity, cell] : cells)
    for (std::size_t place = begins[cell]; place < begins[cell + 1]; ++place) {
      const float value = score(place, similarity);
      if (value < threshold) continue;
      best.offer({ids[place], static_cast<double>(value)});
      threshold = static_cast<float>(best.threshold());
    }
}

}  // namespace

// The best cells first, ties by their number.
void Ivf::order_cells(std::size_t probes, ProbeScratch& scratch) const {
  auto& cells = scratch.cells_;
  cells.clear();
  for (std::uint32_t cell = 0; cell < lists(); ++cell)
    cells.emplace_back(centroids_.product(cell, scratch.query_.data()), cell);
  const auto count =
      static_cast<std::ptrdiff_t>(std::min(std::max<std::size_t>(probes, 1), lists()));
  std::partial_sort(cells.begin(), cells.begin() + count, cells.end(),
                    [](const auto& a, const auto& b) {
                      return a.first != b.first ? a.first > b.first : a.second < b.second;
                    });
  cells.resize(static_cast<std::size_t>(count));
}

Result<std::span<const Hit>> Ivf::search(std::span<const float> query, std::size_t k,
                                         const ProbeOptions& options, ProbeScratch& scratch) const {
  if (options.rerank > 0 && quantizer_ && places_.empty())
    return fail(Code::invalid_argument,
                "the index keeps codes alone and has nothing to re-rank by; build it with vectors");
  const bool reranks = options.rerank > 0 && quantizer_;
  scratch.hits_.clear();
  if (auto fine = vectors_.prepare(query, scratch.query_); !fine) return fail(fine.error());
  const float* prepared = scratch.query_.data();
  if (k == 0 || at_origin(query)) return std::span<const Hit>(scratch.hits_);
  order_cells(options.probes, scratch);
  TopHits best(reranks ? std::max(k, options.rerank) : k);
  if (quantizer_) {
    quantizer_->table(prepared, scratch.table_);
    const std::size_t width = quantizer_->subspaces();
    scan_cells(
        scratch.cells_, begins_, ids_,
        [&](std::size_t place, float of_centroid) {
          return of_centroid + quantizer_->product(scratch.table_, codes_.data() + place * width);
        },
        best);
  } else {
    scan_cells(
        scratch.cells_, begins_, ids_,
        [&](std::size_t place, float) {
          return vectors_.product(static_cast<DocumentId>(place), prepared);
        },
        best);
  }
  std::size_t seen = 0;
  for (const auto& [similarity, cell] : scratch.cells_) {
    seen += list_size(cell);
    if (options.trace) options.trace->push_back({cell, similarity, list_size(cell)});
  }
  scratch.hits_ = std::move(best).take();
  if (options.work) {
    options.work->products += lists() + (quantizer_ ? kCodeWords : seen);
    options.work->codes += quantizer_ ? seen : 0;
    options.work->reranked += reranks ? scratch.hits_.size() : 0;
  }
  if (reranks) rerank(k, scratch);
  return std::span<const Hit>(scratch.hits_);
}

void Ivf::rerank(std::size_t k, ProbeScratch& scratch) const {
  std::vector<Hit>& hits = scratch.hits_;
  for (Hit& hit : hits)
    hit.score = static_cast<double>(vectors_.product(places_[hit.document], scratch.query_.data()));
  std::sort(hits.begin(), hits.end(), before);
  if (hits.size() > k) hits.resize(k);
}

}  // namespace rehearse::retrieval
