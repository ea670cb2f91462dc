// SPDX-License-Identifier: GPL-3.0-or-later
#include <cassert>
#include <limits>
#include <numeric>

#include "engine/retrieval/inverted_index.hpp"

namespace rehearse::retrieval {
namespace {

constexpr DocumentId kLeftOut = std::numeric_limits<DocumentId>::max();

bool remains(const IndexPart& part, std::size_t document) {
  return part.left_out.empty() || part.left_out[document] == 0;
}

// The place of each document in the merged index.
std::vector<std::vector<DocumentId>> places_after(std::span<const IndexPart> parts) {
  std::vector<std::vector<DocumentId>> places;
  DocumentId next = 0;
  for (const IndexPart& part : parts) {
    assert(part.left_out.empty() || part.left_out.size() == part.index->documents());
    std::vector<DocumentId>& of_part = places.emplace_back(part.index->documents(), kLeftOut);
    for (std::size_t document = 0; document < of_part.size(); ++document)
      if (remains(part, document)) of_part[document] = next++;
  }
  return places;
}

}  // namespace

InvertedIndex InvertedIndex::merged(std::span<const IndexPart> parts) {
  assert(!parts.empty());
  const auto places = places_after(parts);
  InvertedIndex all;
  all.tokenizer_ = parts.front().index->tokenizer_;
  std::vector<std::uint64_t> sizes;                      // of each list
  std::vector<std::vector<TermId>> names(parts.size());  // of each part's terms in the whole
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const InvertedIndex& part = *parts[p].index;
    assert(part.tokenizer_.stem == all.tokenizer_.stem);
    names[p].assign(part.terms(), 0);
    for (TermId term = 0; term < part.terms(); ++term) {
      std::uint64_t staying = 0;
      for (const DocumentId document : part.postings(term).documents)
        staying += places[p][document] != kLeftOut;
      if (staying == 0) continue;
      const auto [known, fresh] =
          all.ids_.try_emplace(part.terms_[term], static_cast<TermId>(all.terms_.size()));
      if (fresh) all.terms_.push_back(part.terms_[term]), sizes.push_back(0);
      names[p][term] = known->second;
      sizes[known->second] += staying;
    }
  }
  all.begins_.assign(1, 0);
  for (const std::uint64_t size : sizes) all.begins_.push_back(all.begins_.back() + size);
  all.documents_.resize(all.begins_.back());
  all.counts_.resize(all.begins_.back());
  std::vector<std::uint64_t> next(all.begins_.begin(), all.begins_.end() - 1);
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const InvertedIndex& part = *parts[p].index;
    for (TermId term = 0; term < part.terms(); ++term) {
      const PostingList list = part.postings(term);
      for (std::size_t i = 0; i < list.size(); ++i) {
        const DocumentId place = places[p][list.documents[i]];
        if (place == kLeftOut) continue;
        const std::uint64_t to = next[names[p][term]]++;
        all.documents_[to] = place, all.counts_[to] = list.counts[i];
      }
    }
    for (std::size_t document = 0; document < part.documents(); ++document)
      if (places[p][document] != kLeftOut) all.lengths_.push_back(part.lengths_[document]);
  }
  if (!all.lengths_.empty())
    all.mean_length_ = std::accumulate(all.lengths_.begin(), all.lengths_.end(), 0.0) /
                       static_cast<double>(all.lengths_.size());
  return all;
}

}  // namespace rehearse::retrieval
