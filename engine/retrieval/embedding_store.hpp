// SPDX-License-Identifier: GPL-3.0-or-later
//
// Embedding store: the vectors of a corpus that changes, each with the model that made it, and the
// change from one model to the next (embedding_lifecycle.hpp). Brought to a moment, then searched.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/base/stop.hpp"
#include "engine/retrieval/embedding_lifecycle.hpp"
#include "engine/retrieval/text_embedding.hpp"

namespace rehearse::retrieval {

// Views the corpus and the policy, which outlive it.
class EmbeddingStore {
 public:
  // Fits the first model on what stands at `now` and embeds it, uncounted.
  static Result<EmbeddingStore> at(const DatedCorpus& corpus, const EmbeddingPolicy& policy,
                                   double now, const Progress& progress = {});

  // New documents are embedded, `embed_delay_hours` late, and re-embedding goes on. Moments do not
  // go back. Errors: those of TextEmbedding::embed.
  Result<void> advance(double now);
  // A new model, fitted on what stands at `now`, and the change to it begins. One that was under
  // way is given up. Errors: those of TextEmbedding::fit.
  Result<void> begin_change(double now, const Progress& progress = {});
  bool changing() const { return target_ != serving_ || !queue_.empty(); }

  // By the model that embeds questions now.
  const TextEmbedding& model() const { return models_[serving_]; }
  std::size_t models() const { return models_.size(); }
  std::size_t embedded() const { return embedded_; }  // documents, since the first model

  // The k nearest of the documents that stand, whatever model their vector is of, by inner product;
  // those without a vector or at the origin are left out. O(documents · dims).
  std::vector<Hit> search(std::span<const float> point, double now, std::size_t k) const;
  // Of the documents that stand: those without a vector of the model that embeds questions.
  double stale_share(double now) const;

 private:
  static constexpr std::size_t kNoModel = static_cast<std::size_t>(-1);
  struct Vector {
    std::size_t model = kNoModel;
    std::vector<float> point;
  };

  EmbeddingStore(const DatedCorpus& corpus, const EmbeddingPolicy& policy)
      : corpus_(&corpus), policy_(&policy), vectors_(corpus.documents.size()) {}
  Result<TextEmbedding> fitted(double now, const Progress& progress) const;
  Result<void> embed(DocumentId document, std::size_t model, std::vector<Vector>& into);
  Result<void> embed_new(double now);
  Result<void> embed_again(double now);
  void finish_change();

  const DatedCorpus* corpus_;
  const EmbeddingPolicy* policy_;
  std::vector<TextEmbedding> models_;
  std::vector<Vector> vectors_;    // by document, of whichever model
  std::vector<Vector> shadow_;     // of the model that is to serve
  std::size_t serving_ = 0;        // embeds questions
  std::size_t target_ = 0;         // is to serve; the same where nothing changes
  std::vector<DocumentId> queue_;  // to be embedded again, the next at the end
  double began_ = 0;               // the change
  double done_ = 0;                // of the queue, since then
  std::size_t next_new_ = 0;       // document that has no vector yet
  std::size_t embedded_ = 0;
};

}  // namespace rehearse::retrieval
