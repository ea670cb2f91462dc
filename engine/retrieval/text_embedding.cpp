// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/text_embedding.hpp"

#include <set>

namespace rehearse::retrieval {

Result<TextEmbedding> TextEmbedding::fit(std::span<const std::string> texts,
                                         const TokenizerOptions& tokenizer,
                                         const LsaOptions& options, const Progress& progress) {
  auto built = InvertedIndex::build(texts, {.tokenizer = tokenizer, .max_bytes = options.max_bytes},
                                    progress);
  if (!built) return fail(built.error());
  auto index = std::make_shared<const InvertedIndex>(std::move(*built));
  auto lsa = Lsa::fit(*index, options, progress);
  if (!lsa) return fail(lsa.error());
  return TextEmbedding(std::move(index), std::move(*lsa), options.dims);
}

Result<EmbeddedText> TextEmbedding::embed(std::string_view text) const {
  auto query = query_of(*index_, tokenizer_, text);
  if (!query) return fail(query.error());
  EmbeddedText embedded;
  embedded.point = lsa_.embed(*query);
  embedded.point.resize(dims_, 0);
  embedded.unknown =
      std::set<std::string_view>(query->unknown.begin(), query->unknown.end()).size();
  embedded.words = query->terms.size() + embedded.unknown;
  return embedded;
}

}  // namespace rehearse::retrieval
