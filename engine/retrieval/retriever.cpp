// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/retriever.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace rehearse::retrieval {

Result<Retriever> Retriever::build(std::span<const std::string> texts,
                                   const RetrieverOptions& options, const Progress& progress) {
  if (!(options.bm25_weight >= 0 && options.bm25_weight <= 1))
    return fail(Code::invalid_argument, "the weight of BM25 is {}; it lies in [0, 1]",
                options.bm25_weight);
  auto built = InvertedIndex::build(
      texts, {.tokenizer = options.tokenizer, .max_bytes = options.max_bytes}, progress);
  if (!built) return fail(built.error());
  const auto index = std::make_shared<const InvertedIndex>(std::move(*built));
  auto bm25 = Bm25::over(index, options.bm25);
  if (!bm25) return fail(bm25.error());
  Retriever retriever(options, std::move(*bm25));
  if (options.method == Method::bm25) return retriever;
  if (options.embedding == Embedding::ngrams) {
    HashedNgramsOptions bounded = options.ngrams;
    bounded.max_bytes = std::min(bounded.max_bytes, options.max_bytes);
    auto fitted = HashedNgrams::fit(*index, bounded, progress);
    if (!fitted) return fail(fitted.error());
    retriever.ngrams_ = *std::move(fitted);
    return retriever;
  }
  LsaOptions bounded = options.lsa;
  bounded.max_bytes = std::min(bounded.max_bytes, options.max_bytes);
  auto fitted = Lsa::fit(*index, bounded, progress);
  if (!fitted) return fail(fitted.error());
  retriever.lsa_ = *std::move(fitted);
  return retriever;
}

std::size_t Retriever::dims() const { return lsa_ ? lsa_->dims() : ngrams_ ? ngrams_->dims() : 0; }

std::span<const float> Retriever::point(DocumentId id) const {
  assert(lsa_ || ngrams_);
  return lsa_ ? lsa_->document(id) : ngrams_->document(id);
}

std::vector<float> Retriever::embed(const Query& query) const {
  assert(lsa_ || ngrams_);
  return lsa_ ? lsa_->embed(query) : ngrams_->embed(index(), query);
}

std::size_t Retriever::word_bytes() const {
  if (lsa_) return index().terms() * lsa_->dims() * sizeof(float);
  return ngrams_ ? ngrams_->word_bytes() : 0;
}

std::vector<Hit> Retriever::dense(const Query& query, std::size_t k) const {
  const std::vector<float> point = embed(query);
  return lsa_ ? lsa_->search(point, k) : ngrams_->search(point, k);
}

std::vector<Hit> Retriever::search(const Query& query, std::size_t k, Method by) const {
  if (by == Method::bm25) return bm25_.search(query, k);
  if (by == Method::dense) return dense(query, k);
  const std::size_t ranks = std::max(k, kFusedRanks);
  const std::array<std::vector<Hit>, 2> lists = {bm25_.search(query, ranks), dense(query, ranks)};
  if (options_.fusion == Fusion::reciprocal_rank) return reciprocal_rank_fusion(lists, k);
  const std::array<double, 2> weights = {options_.bm25_weight, 1 - options_.bm25_weight};
  return weighted_sum(lists, weights, k).value_or(std::vector<Hit>());  // the weights were checked
}

}  // namespace rehearse::retrieval
