// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/embedding_store.hpp"

#include <Eigen/Dense>

#include <algorithm>

#include "engine/retrieval/top_hits.hpp"

namespace rehearse::retrieval {

Result<EmbeddingStore> EmbeddingStore::at(const DatedCorpus& corpus, const EmbeddingPolicy& policy,
                                          double now, const Progress& progress) {
  EmbeddingStore store(corpus, policy);
  auto model = store.fitted(now, progress);
  if (!model) return fail(model.error());
  store.models_.push_back(std::move(*model));
  const auto& documents = corpus.documents;
  for (; store.next_new_ < documents.size() && documents[store.next_new_].from <= now;
       ++store.next_new_) {
    if (!documents[store.next_new_].stands(now)) continue;
    const auto document = static_cast<DocumentId>(store.next_new_);
    if (auto done = store.embed(document, 0, store.vectors_); !done) return fail(done.error());
  }
  store.embedded_ = 0;
  return store;
}

Result<TextEmbedding> EmbeddingStore::fitted(double now, const Progress& progress) const {
  std::vector<std::string> texts;
  for (const DatedDocument& document : corpus_->documents)
    if (document.stands(now)) texts.push_back(document.text);
  LsaOptions options = policy_->lsa;
  options.seed += models_.size();  // another model, another training
  return TextEmbedding::fit(texts, policy_->tokenizer, options, progress);
}

Result<void> EmbeddingStore::embed(DocumentId document, std::size_t model,
                                   std::vector<Vector>& into) {
  auto embedded = models_[model].embed(corpus_->documents[document].text);
  if (!embedded) return fail(embedded.error());
  into[document] = {model, std::move(embedded->point)};
  ++embedded_;
  return {};
}

Result<void> EmbeddingStore::advance(double now) {
  if (auto done = embed_new(now); !done) return done;
  return embed_again(now);
}

Result<void> EmbeddingStore::embed_new(double now) {
  const auto& documents = corpus_->documents;
  const double begun = now - policy_->embed_delay_hours / 24;
  for (; next_new_ < documents.size() && documents[next_new_].from <= begun; ++next_new_) {
    if (!documents[next_new_].stands(now)) continue;
    const auto document = static_cast<DocumentId>(next_new_);
    if (auto done = embed(document, serving_, vectors_); !done) return done;
    if (target_ == serving_) continue;
    if (auto done = embed(document, target_, shadow_); !done) return done;
  }
  return {};
}

Result<void> EmbeddingStore::begin_change(double now, const Progress& progress) {
  auto model = fitted(now, progress);
  if (!model) return fail(model.error());
  models_.push_back(std::move(*model));
  target_ = models_.size() - 1;
  queue_.clear();
  for (std::size_t d = 0; d < next_new_; ++d)
    if (vectors_[d].model != kNoModel && corpus_->documents[d].stands(now))
      queue_.push_back(static_cast<DocumentId>(d));
  began_ = now, done_ = 0;
  if (policy_->migration == Migration::in_place)
    serving_ = target_;
  else
    shadow_.assign(vectors_.size(), {});
  return {};
}

Result<void> EmbeddingStore::embed_again(double now) {
  if (!changing()) return {};
  const double due = (now - began_) * policy_->reembed_a_day;
  std::vector<Vector>& into = target_ == serving_ ? vectors_ : shadow_;
  while (!queue_.empty() && done_ + 1 <= due) {
    const DocumentId document = queue_.back();
    queue_.pop_back();
    if (!corpus_->documents[document].stands(now)) continue;
    if (auto done = embed(document, target_, into); !done) return done;
    ++done_;
  }
  if (queue_.empty()) finish_change();
  return {};
}

void EmbeddingStore::finish_change() {
  if (target_ == serving_) return;
  vectors_ = std::move(shadow_);
  shadow_.clear();
  serving_ = target_;
}

std::vector<Hit> EmbeddingStore::search(std::span<const float> point, double now,
                                        std::size_t k) const {
  const auto dims = static_cast<Eigen::Index>(point.size());
  const Eigen::Map<const Eigen::VectorXf> query(point.data(), dims);
  if (query.squaredNorm() == 0) return {};
  TopHits best(k);
  for (std::size_t d = 0; d < next_new_; ++d) {
    const Vector& vector = vectors_[d];
    if (vector.model == kNoModel || !corpus_->documents[d].stands(now)) continue;
    const Eigen::Map<const Eigen::VectorXf> document(vector.point.data(), dims);
    const float cosine = query.dot(document);
    if (cosine == 0) continue;  // at the origin
    best.offer({static_cast<DocumentId>(d), static_cast<double>(cosine)});
  }
  return std::move(best).take();
}

double EmbeddingStore::stale_share(double now) const {
  double standing = 0, stale = 0;
  for (std::size_t d = 0; d < corpus_->documents.size(); ++d) {
    if (!corpus_->documents[d].stands(now)) continue;
    ++standing;
    stale += vectors_[d].model != serving_;
  }
  return standing > 0 ? stale / standing : 0;
}

}  // namespace rehearse::retrieval
