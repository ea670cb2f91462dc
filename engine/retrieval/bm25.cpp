// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/bm25.hpp"

#include <algorithm>
#include <cmath>

#include "engine/retrieval/top_hits.hpp"

namespace rehearse::retrieval {
namespace {

constexpr double kGreatestK1 = 1000;

}  // namespace

Result<void> check_bm25(const Bm25Parameters& parameters) {
  if (!(parameters.k1 >= 0 && parameters.k1 <= kGreatestK1))
    return fail(Code::invalid_argument, "k1 is {}; it lies in [0, {:g}], most often near 1",
                parameters.k1, kGreatestK1);
  if (!(parameters.b >= 0 && parameters.b <= 1))
    return fail(Code::invalid_argument, "b is {}; it lies in [0, 1]", parameters.b);
  return {};
}

Result<Bm25> Bm25::over(std::shared_ptr<const InvertedIndex> index,
                        const Bm25Parameters& parameters) {
  if (auto fine = check_bm25(parameters); !fine) return fail(fine.error());
  return Bm25(std::move(index), parameters);
}

Bm25::Bm25(std::shared_ptr<const InvertedIndex> index, const Bm25Parameters& parameters)
    : index_(std::move(index)), parameters_(parameters) {
  const auto [k1, b] = parameters_;
  norms_.reserve(index_->documents());
  for (const std::uint32_t length : index_->lengths())
    norms_.push_back(k1 * (1 - b + b * static_cast<double>(length) / index_->mean_length()));
  block_begins_.reserve(index_->terms() + 1);
  block_max_.reserve(index_->postings() / kPostingBlock + index_->terms());
  for (TermId id = 0; id < index_->terms(); ++id) {
    block_begins_.push_back(block_max_.size());
    const PostingList list = index_->postings(id);
    for (std::size_t begin = 0; begin < list.size(); begin += kPostingBlock) {
      double greatest = 0;
      const std::size_t end = std::min(begin + kPostingBlock, list.size());
      for (std::size_t i = begin; i < end; ++i)
        greatest = std::max(greatest, saturation(list.counts[i], list.documents[i]));
      block_max_.push_back(greatest);
    }
  }
  block_begins_.push_back(block_max_.size());
}

double bm25_idf(double documents, double holding) {
  return std::log(1 + (documents - holding + 0.5) / (holding + 0.5));
}

double Bm25::idf(TermId id) const {
  return bm25_idf(static_cast<double>(index_->documents()),
                  static_cast<double>(index_->postings(id).size()));
}

std::vector<Hit> Bm25::search_exhaustively(const Query& query, std::size_t k) const {
  std::vector<double> scores(index_->documents(), 0);
  for (const Query::Term& term : query.terms) {
    const double weight = static_cast<double>(term.count) * idf(term.id);
    const PostingList list = index_->postings(term.id);
    for (std::size_t i = 0; i < list.size(); ++i)
      scores[list.documents[i]] += weight * saturation(list.counts[i], list.documents[i]);
  }
  TopHits best(k);
  for (DocumentId document = 0; document < scores.size(); ++document)
    if (scores[document] > 0) best.offer({document, scores[document]});
  return std::move(best).take();
}

Result<Explanation> Bm25::explain(const Query& query, DocumentId document) const {
  if (document >= index_->documents())
    return fail(Code::not_found, "there is no document {}; the index holds {}", document,
                index_->documents());
  Explanation explanation;
  explanation.norm = norms_[document];
  explanation.length = index_->lengths()[document];
  explanation.mean_length = index_->mean_length();
  for (const Query::Term& term : query.terms) {
    TermScore part{.term = index_->term(term.id),
                   .query_count = term.count,
                   .document_count = index_->count(term.id, document),
                   .document_frequency = index_->postings(term.id).size(),
                   .idf = idf(term.id)};
    if (part.document_count > 0) part.saturation = saturation(part.document_count, document);
    part.score = static_cast<double>(term.count) * part.idf * part.saturation;
    explanation.score += part.score;
    explanation.terms.push_back(std::move(part));
  }
  return explanation;
}

}  // namespace rehearse::retrieval
