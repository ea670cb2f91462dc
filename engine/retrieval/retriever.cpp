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
  std::optional<Lsa> lsa;
  if (options.method != Method::bm25) {
    LsaOptions bounded = options.lsa;
    bounded.max_bytes = std::min(bounded.max_bytes, options.max_bytes);
    auto fitted = Lsa::fit(*index, bounded, progress);
    if (!fitted) return fail(fitted.error());
    lsa = std::move(*fitted);
  }
  return Retriever(options, std::move(*bm25), std::move(lsa));
}

std::vector<Hit> Retriever::search(const Query& query, std::size_t k, Method by) const {
  if (by == Method::bm25) return bm25_.search(query, k);
  assert(lsa_);
  if (by == Method::dense) return lsa_->search(lsa_->embed(query), k);
  const std::size_t ranks = std::max(k, kFusedRanks);
  const std::array<std::vector<Hit>, 2> lists = {bm25_.search(query, ranks),
                                                 lsa_->search(lsa_->embed(query), ranks)};
  if (options_.fusion == Fusion::reciprocal_rank) return reciprocal_rank_fusion(lists, k);
  const std::array<double, 2> weights = {options_.bm25_weight, 1 - options_.bm25_weight};
  return weighted_sum(lists, weights, k).value_or(std::vector<Hit>());  // the weights were checked
}

}  // namespace rehearse::retrieval
