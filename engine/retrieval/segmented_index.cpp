// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/retrieval/segmented_index.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <unordered_set>

#include "engine/retrieval/top_hits.hpp"

namespace rehearse::retrieval {

Result<SegmentedIndex> SegmentedIndex::with(const SegmentedOptions& options) {
  if (auto fine = check_bm25(options.bm25); !fine) return fail(fine.error());
  return SegmentedIndex(options);
}

Result<void> SegmentedIndex::append(std::span<const DocumentId> numbers,
                                    std::span<const std::string> texts, const Progress& progress) {
  if (numbers.size() != texts.size())
    return fail(Code::invalid_argument, "{} numbers are given for {} texts", numbers.size(),
                texts.size());
  if (numbers.empty()) return {};
  std::unordered_set<DocumentId> fresh;
  for (const DocumentId number : numbers)
    if (holds(number) || !fresh.insert(number).second)
      return fail(Code::invalid_argument,
                  "document {} is in the index; erase it first, and give its new text a new number",
                  number);
  auto built = InvertedIndex::build(texts, {.tokenizer = options_.tokenizer}, progress);
  if (!built) return fail(built.error());
  Segment segment{.index = std::move(*built),
                  .numbers = {numbers.begin(), numbers.end()},
                  .dead = std::vector<std::uint8_t>(numbers.size(), 0)};
  const auto lengths = segment.index.lengths();
  segment.length = std::accumulate(lengths.begin(), lengths.end(), std::uint64_t{0});
  segments_.push_back(std::move(segment));
  number_places(segments_.size() - 1);
  work_.indexed += numbers.size();
  return {};
}

Result<void> SegmentedIndex::extend(std::span<const DocumentId> numbers,
                                    std::span<const std::string> texts, const Progress& progress) {
  const std::size_t before = segments_.size();
  if (auto added = append(numbers, texts, progress); !added) return added;
  if (before == 0 || segments_.size() == before) return {};
  Segment fresh = std::move(segments_.back());
  segments_.pop_back();
  Segment& last = segments_.back();
  const std::vector<IndexPart> parts = {{&last.index, {}}, {&fresh.index, {}}};
  last.index = InvertedIndex::merged(parts);
  last.numbers.insert(last.numbers.end(), fresh.numbers.begin(), fresh.numbers.end());
  last.dead.resize(last.numbers.size(), 0);
  last.length += fresh.length;
  number_places(segments_.size() - 1);
  return {};
}

bool SegmentedIndex::erase(DocumentId number) {
  const auto place = places_.find(number);
  if (place == places_.end()) return false;
  Segment& segment = segments_[place->second.segment];
  segment.dead[place->second.document] = 1;
  ++segment.dead_count;
  segment.dead_length += segment.index.lengths()[place->second.document];
  places_.erase(place);
  return true;
}

void SegmentedIndex::merge(std::size_t first, std::size_t count) {
  assert(first + count <= segments_.size());
  if (count == 0) return;
  std::vector<IndexPart> parts;
  std::vector<DocumentId> numbers;
  for (std::size_t s = first; s < first + count; ++s) {
    const Segment& segment = segments_[s];
    parts.push_back({&segment.index, segment.dead});
    for (std::size_t d = 0; d < segment.numbers.size(); ++d)
      if (!segment.dead[d]) numbers.push_back(segment.numbers[d]);
  }
  Segment merged{.index = InvertedIndex::merged(parts),
                 .numbers = std::move(numbers),
                 .dead = {},
                 .length = 0};
  const auto begin = segments_.begin() + static_cast<std::ptrdiff_t>(first);
  const auto rest = segments_.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
  if (!merged.numbers.empty()) {
    merged.dead.assign(merged.numbers.size(), 0);
    const auto lengths = merged.index.lengths();
    merged.length = std::accumulate(lengths.begin(), lengths.end(), std::uint64_t{0});
    ++work_.merges;
    work_.merged += merged.numbers.size(), work_.merged_bytes += merged.index.bytes();
    segments_.insert(rest, std::move(merged));
  }
  number_places(first);
}

void SegmentedIndex::drop(std::size_t segment) {
  assert(segment < segments_.size());
  for (const DocumentId number : segments_[segment].numbers)
    if (const auto place = places_.find(number);
        place != places_.end() && place->second.segment == segment)
      places_.erase(place);
  segments_.erase(segments_.begin() + static_cast<std::ptrdiff_t>(segment));
  number_places(segment);
}

void SegmentedIndex::number_places(std::size_t from) {
  for (std::size_t s = from; s < segments_.size(); ++s)
    for (std::size_t d = 0; d < segments_[s].numbers.size(); ++d)
      if (!segments_[s].dead[d])
        places_[segments_[s].numbers[d]] = {static_cast<std::uint32_t>(s),
                                            static_cast<std::uint32_t>(d)};
}

std::size_t SegmentedIndex::dead() const {
  return std::accumulate(segments_.begin(), segments_.end(), std::size_t{0},
                         [](std::size_t sum, const Segment& s) { return sum + s.dead_count; });
}

std::size_t SegmentedIndex::bytes() const {
  std::size_t bytes = 0;
  for (const Segment& segment : segments_)
    bytes += segment.index.bytes() + segment.numbers.size() * (sizeof(DocumentId) + 1);
  return bytes;
}

void SegmentedIndex::count_work_of(const IndexWork& other) {
  work_.indexed += other.indexed, work_.merges += other.merges;
  work_.merged += other.merged, work_.merged_bytes += other.merged_bytes;
}

SegmentedIndex::Sums SegmentedIndex::sums_of(const Segment& segment) const {
  const auto documents = static_cast<double>(segment.numbers.size());
  return {documents, static_cast<double>(segment.length) / documents};
}

SegmentedIndex::Sums SegmentedIndex::sums_of_all() const {
  const bool all = options_.statistics == Statistics::with_deleted;
  std::uint64_t documents = 0, length = 0;
  for (const Segment& segment : segments_) {
    documents += segment.numbers.size() - (all ? 0 : segment.dead_count);
    length += segment.length - (all ? 0 : segment.dead_length);
  }
  return {static_cast<double>(documents),
          static_cast<double>(length) / static_cast<double>(documents)};
}

Result<std::vector<SegmentedIndex::AskedTerm>> SegmentedIndex::asked_terms(
    std::string_view text) const {
  auto words = tokenizer_.terms(text);
  if (!words) return fail(words.error());
  std::vector<AskedTerm> asked;
  for (std::string& word : *words) {
    const auto known = std::find_if(asked.begin(), asked.end(),
                                    [&](const AskedTerm& one) { return one.term == word; });
    if (known == asked.end())
      asked.push_back({std::move(word), 1});
    else
      ++known->count;
  }
  return asked;
}

std::vector<PostingList> SegmentedIndex::lists_of(const Segment& segment,
                                                  std::span<const AskedTerm> asked) const {
  std::vector<PostingList> lists;
  for (const AskedTerm& one : asked) {
    const auto id = segment.index.find(one.term);
    lists.push_back(id ? segment.index.postings(*id) : PostingList{});
  }
  return lists;
}

void SegmentedIndex::offer_hits(const Segment& segment, std::span<const WeightedList> lists,
                                double mean_length, TopHits& best) const {
  const auto [k1, b] = options_.bm25;
  const auto lengths = segment.index.lengths();
  std::vector<double> scores(segment.numbers.size(), 0);
  for (const auto& [list, weight] : lists)
    for (std::size_t i = 0; i < list.size(); ++i) {
      const DocumentId d = list.documents[i];
      const double norm = k1 * (1 - b + b * static_cast<double>(lengths[d]) / mean_length);
      const auto tf = static_cast<double>(list.counts[i]);
      scores[d] += weight * (tf / (tf + norm));
    }
  for (std::size_t d = 0; d < scores.size(); ++d)
    if (scores[d] > 0 && !segment.dead[d]) best.offer({segment.numbers[d], scores[d]});
}

Result<std::vector<Hit>> SegmentedIndex::search(std::string_view text, std::size_t k,
                                                SegmentSearchWork* work) const {
  auto asked = asked_terms(text);
  if (!asked) return fail(asked.error());
  const bool shared = options_.statistics == Statistics::shared;
  std::vector<std::vector<PostingList>> lists;  // by segment and term
  std::vector<double> frequencies(asked->size(), 0);
  for (const Segment& segment : segments_) {
    lists.push_back(lists_of(segment, *asked));
    for (std::size_t t = 0; t < asked->size(); ++t) {
      for (const DocumentId document : lists.back()[t].documents)
        frequencies[t] += !shared || !segment.dead[document];
      if (work) work->postings += lists.back()[t].size();
    }
  }
  if (work) work->segments += segments_.size();
  TopHits best(k);
  const bool own = options_.statistics == Statistics::own;
  const Sums all = sums_of_all();
  for (std::size_t s = 0; s < segments_.size(); ++s) {
    const Sums sums = own ? sums_of(segments_[s]) : all;
    std::vector<WeightedList> weighted;
    for (std::size_t t = 0; t < asked->size(); ++t) {
      const double df = own ? static_cast<double>(lists[s][t].size()) : frequencies[t];
      weighted.push_back(
          {lists[s][t], static_cast<double>((*asked)[t].count) * bm25_idf(sums.documents, df)});
    }
    offer_hits(segments_[s], weighted, sums.mean_length, best);
  }
  return std::move(best).take();
}

}  // namespace rehearse::retrieval
