// SPDX-License-Identifier: GPL-3.0-or-later
//
// HNSW, a hierarchical navigable small world (Malkov, Yashunin 2018): a graph in layers over which
// a search walks from neighbour to nearer neighbour. The upper layers are sparse and take long
// steps; layer 0 holds every vector.
//
//   layer of a vector   ⌊-ln U / ln m⌋, U uniform
//   links               m chosen when a vector comes in, at most m on upper layers and 2m on
//                       layer 0 as others link to it
//   who is chosen       nearest first, and only who is no nearer to one already chosen than to the
//                       new vector: links point in different directions (algorithm 4, none kept of
//                       those discarded)
//   search              on layer 0 the `ef` best seen so far; next is the best of them that was not
//                       looked at yet, until all of them were
//
// Use it for up to some millions of vectors in memory, when recall near 1 is wanted in a small
// fraction of the comparisons of exact.hpp. It needs the vectors and 8m bytes of links each; build
// is the slow part. For less memory see ivf.hpp. Under inner_product with vectors of unequal length
// the graph is built on a similarity that is no distance, and recall is lower for the same ef.
//
// A removed vector stays in the graph and is walked over, never returned: its neighbours would lose
// their way without it. With many removed, build anew.
//
// The same vectors, options and seed give the same graph. Search is const and safe from several
// threads, each with a scratch of its own; `remove` is not.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/stop.hpp"
#include "engine/retrieval/vectors.hpp"

namespace rehearse::retrieval {

struct HnswOptions {
  std::size_t m = 16;                  // [2, 256]
  std::size_t ef_construction = 200;   // [1, 10000]; at least m is used
  Storage storage = Storage::float32;  // of the vectors once the graph stands
  std::uint64_t seed = 1;
};

// What searches cost, added up.
struct WalkWork {
  std::size_t products = 0;  // vectors compared with a query
  std::size_t hops = 0;      // vectors whose links were read
};

// One vector that a search compared, in order.
struct Visit {
  DocumentId node = 0, from = 0;  // `from` is itself for where the search began
  unsigned layer = 0;
  float similarity = 0;
  bool entered = false;  // among the ef best when it was seen
};

// Memory that a search works in; make one and keep it.
class WalkScratch {
 private:
  friend class Hnsw;
  struct Entry {
    float similarity;
    DocumentId id;
    bool expanded, counted;  // not counted: removed or filtered out
  };
  // Forgets what was visited; O(1) but for every 255th time.
  void begin(std::size_t size);
  bool visit(DocumentId id) {
    if (stamps_[id] == stamp_) return false;
    stamps_[id] = stamp_;
    return true;
  }
  std::vector<std::uint8_t> stamps_;
  std::uint8_t stamp_ = 0;
  std::vector<Entry> beam_;        // best first
  std::vector<DocumentId> fresh_;  // neighbours that were not visited yet
  std::vector<float> query_;
  std::vector<Hit> hits_;
};

struct WalkOptions {
  std::size_t ef = 50;                         // at least k is used
  std::span<const std::uint8_t> allowed = {};  // by vector; empty: all are
  WalkWork* work = nullptr;
  std::vector<Visit>* trace = nullptr;
};

class Hnsw {
 public:
  Hnsw() = default;
  // From vectors in floats (asserted). Errors: an option out of its range, more than 2^31 vectors,
  // those of Vectors::stored_as, cancelled. About size · ef_construction · m comparisons.
  static Result<Hnsw> build(Vectors vectors, const HnswOptions& options = {},
                            const Progress& progress = {});

  const Vectors& vectors() const { return vectors_; }
  const HnswOptions& options() const { return options_; }
  std::size_t size() const { return vectors_.size(); }
  // Of vectors and links.
  std::size_t bytes() const;

  // The k nearest of ef that were found, best first, ties in order of vectors; in `scratch`, until
  // its next search. Those at the origin are left out, and a query at the origin finds nothing.
  // Errors: those of Vectors::prepare, `allowed` is not as long as the vectors.
  Result<std::span<const Hit>> search(std::span<const float> query, std::size_t k,
                                      const WalkOptions& options, WalkScratch& scratch) const;

  // Errors: no such vector, removed already.
  Result<void> remove(DocumentId id);
  bool removed(DocumentId id) const { return !removed_.empty() && removed_[id]; }

  // The graph, to look at. A vector at the origin has no links.
  unsigned layers() const { return entered_ ? top_ + 1 : 0; }
  unsigned top_layer(DocumentId id) const { return levels_[id]; }
  std::span<const DocumentId> links(DocumentId id, unsigned layer) const {
    const DocumentId* block =
        layer == 0 ? base_.data() + static_cast<std::size_t>(id) * (2 * options_.m + 1)
                   : upper_.data() + upper_begins_[id] + (layer - 1) * (options_.m + 1);
    return {block + 1, *block};
  }
  // Vectors that cannot be reached on layer 0 from where searches enter it. O(size · m).
  std::size_t unreachable() const;

 private:
  void draw_levels();
  DocumentId* block(DocumentId id, unsigned layer);  // the count, then the links
  std::size_t most_links(unsigned layer) const { return layer == 0 ? 2 * options_.m : options_.m; }
  void insert(DocumentId id, WalkScratch& scratch);
  void link(DocumentId from, DocumentId to, unsigned layer, float similarity);
  void choose(std::vector<WalkScratch::Entry>& candidates, std::size_t most) const;
  WalkScratch::Entry nearest_above(const float* query, unsigned layer, const WalkOptions& options,
                                   WalkScratch& scratch) const;
  template <bool kGated>
  void walk(const float* query, WalkScratch::Entry from, std::size_t ef, unsigned layer,
            const WalkOptions& options, WalkScratch& scratch) const;

  HnswOptions options_;
  Vectors vectors_;
  std::vector<std::uint8_t> levels_;
  std::vector<DocumentId> base_;            // layer 0: a count and 2m places a vector
  std::vector<std::size_t> upper_begins_;   // of each vector in upper_
  std::vector<DocumentId> upper_;           // layers 1 …: a count and m places each
  std::vector<std::uint8_t> removed_;       // empty: none is
  std::vector<WalkScratch::Entry> pruned_;  // while building
  DocumentId entry_ = 0;
  unsigned top_ = 0;
  bool entered_ = false;  // some vector is in the graph
};

}  // namespace rehearse::retrieval
