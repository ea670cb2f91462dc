// SPDX-License-Identifier: GPL-3.0-or-later
//
// Segmented index: an index that changes while it is searched, made of parts that do not. New
// documents become a new segment at the end; a document that is gone gets a tombstone, which hides
// it and keeps its postings; a merge writes several segments anew as one and leaves the dead out
// (O'Neil, Cheng, Gawlick, O'Neil 1996; Lucene). A segment may also be dropped whole, which is how
// a shard of old posts leaves.
//
// Use it where documents come and go by the hour. A corpus that stands still is served by one
// InvertedIndex: fewer lists to read and bounds to skip by (bm25.hpp).
//
// BM25 needs the number of documents, how many hold a term and the mean length. Whose?
//
//   shared         of all documents that stand, over all segments: exactly the ranking of one index
//                  built from scratch, score for score
//   with_deleted   the same with the dead counted until a merge drops them, as Lucene does: the
//                  ranking of one index of the living and the dead, without the dead
//   own            of each segment alone, its dead included, as shards do that do not talk to each
//                  other: each segment ranks as an index of its own, and the lists are joined by
//                  score. In a small young segment few documents make every word seem common, so
//                  ln(1 + (N - df + .5) / (df + .5)) is small and its posts rank too low
//
// A search reads every posting of its terms. What maintenance costs is counted, not timed.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/retrieval/bm25.hpp"

namespace rehearse::retrieval {

class TopHits;

enum class Statistics { shared, with_deleted, own };

struct SegmentedOptions {
  TokenizerOptions tokenizer = {};
  Bm25Parameters bm25 = {};
  Statistics statistics = Statistics::shared;
};

// What was done to keep the index, since it was made.
struct IndexWork {
  std::size_t indexed = 0;         // documents read as text
  std::size_t merges = 0;          // of segments
  std::size_t merged = 0;          // documents written again
  std::uint64_t merged_bytes = 0;  // of what merges wrote
};

struct SegmentSearchWork {
  std::size_t segments = 0;  // looked into
  std::size_t postings = 0;  // read, those of the dead included
};

// Not thread-safe, because of its tokenizer.
class SegmentedIndex {
 public:
  // Errors: k1 or b out of range.
  static Result<SegmentedIndex> with(const SegmentedOptions& options);

  // A new segment at the end. `numbers` name the documents from then on, in hits and in `erase`; a
  // number stands for one text for ever. Nothing happens where there are none.
  // Errors: as many numbers as texts are due, a number that was given before and still stands,
  // those of InvertedIndex::build.
  Result<void> append(std::span<const DocumentId> numbers, std::span<const std::string> texts,
                      const Progress& progress = {});
  // The same into the last segment, where there is one, as a segment in memory grows at the ends of
  // its lists: nothing counts as written again, and its dead stay. O(the segment).
  Result<void> extend(std::span<const DocumentId> numbers, std::span<const std::string> texts,
                      const Progress& progress = {});
  // A tombstone. False where no such document stands. O(1).
  bool erase(DocumentId number);
  // Writes the segments [first, first + count) as one in their place, without the dead; segments
  // whose documents are all dead vanish. The range lies within segments() (asserted).
  void merge(std::size_t first, std::size_t count);
  // Takes a segment away with all its documents. It is one of segments() (asserted).
  void drop(std::size_t segment);

  std::size_t segments() const { return segments_.size(); }
  std::size_t documents() const { return places_.size(); }  // that stand
  std::size_t documents_of(std::size_t segment) const {
    return segments_[segment].numbers.size() - segments_[segment].dead_count;
  }
  std::size_t dead() const;  // tombstones whose postings are still read
  bool holds(DocumentId number) const { return places_.contains(number); }
  // Of all documents of a segment, the dead included, in order.
  std::span<const DocumentId> numbers_of(std::size_t segment) const {
    return segments_[segment].numbers;
  }
  std::size_t bytes() const;
  const IndexWork& work() const { return work_; }
  void count_work_of(const IndexWork& other);  // of an index that this one replaced

  // The k best documents that stand, with a score above 0, best first, ties by number.
  // Errors: not UTF-8. O(postings of the query's terms + documents).
  Result<std::vector<Hit>> search(std::string_view text, std::size_t k,
                                  SegmentSearchWork* work = nullptr) const;

 private:
  struct Segment {
    InvertedIndex index;
    std::vector<DocumentId> numbers;
    std::vector<std::uint8_t> dead;
    std::size_t dead_count = 0;
    std::uint64_t length = 0, dead_length = 0;  // sums of terms
  };
  struct Place {
    std::uint32_t segment = 0, document = 0;
  };
  struct AskedTerm {
    std::string term;
    std::uint32_t count = 1;
  };
  struct Sums {
    double documents = 0, mean_length = 0;
  };
  struct WeightedList {
    PostingList list;
    double weight = 0;  // how often asked · idf
  };

  explicit SegmentedIndex(const SegmentedOptions& options)
      : options_(options), tokenizer_(options.tokenizer) {}
  Sums sums_of(const Segment& segment) const;
  Sums sums_of_all() const;
  Result<std::vector<AskedTerm>> asked_terms(std::string_view text) const;
  std::vector<PostingList> lists_of(const Segment& segment, std::span<const AskedTerm> asked) const;
  void offer_hits(const Segment& segment, std::span<const WeightedList> lists, double mean_length,
                  TopHits& best) const;
  void number_places(std::size_t from);

  SegmentedOptions options_;
  Tokenizer tokenizer_;
  std::vector<Segment> segments_;
  std::unordered_map<DocumentId, Place> places_;
  IndexWork work_;
};

}  // namespace rehearse::retrieval
