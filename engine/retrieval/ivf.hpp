// SPDX-License-Identifier: GPL-3.0-or-later
//
// An inverted file of vectors: the space is cut into cells by k-means, and a search looks only into
// the `probes` cells whose centroids have the greatest product with the query. Within a cell all
// vectors are compared: as they are stored (IVF), or by product quantization of what is left of a
// vector when its centroid is taken away (IVF-PQ: Jégou, Douze, Schmid 2011):
//
//   score(q, x) = q · c(x) + Σ_j table[j][code_j(x - c(x))]
//
// which is the product of q with x as it is decoded. Since scores are products, one table serves
// all cells. The first `rerank` by score may be compared again with the vectors themselves.
//
// Use IVF where the build of a graph is too slow or its links too many bytes; IVF-PQ for tens of
// millions of vectors and more. Recall falls where the nearest lie on both sides of a wall between
// cells: more probes look over it. With all cells probed and no quantization the result is exact.
//
// The same vectors, options and seed give the same index. Immutable, hence safe to share between
// threads, each with a scratch of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/stop.hpp"
#include "engine/retrieval/product_quantizer.hpp"
#include "engine/retrieval/vectors.hpp"

namespace rehearse::retrieval {

struct IvfOptions {
  std::size_t lists = 64;              // cells; fewer where fewer vectors differ
  std::size_t subspaces = 0;           // of product quantization; 0: vectors as they are stored
  Storage storage = Storage::float32;  // of vectors, and of those that re-ranking looks at
  bool keep_vectors = true;            // beside codes, for re-ranking
  std::size_t iterations = 12;         // of each k-means
  std::size_t training = 32'768;       // vectors that k-means sees at most, evenly spread
  std::uint64_t seed = 1;
};

// What searches cost, added up.
struct ProbeWork {
  std::size_t products = 0;  // with centroids, vectors, and those of one table (256 a search)
  std::size_t codes = 0;     // of which subspaces() entries were added up
  std::size_t reranked = 0;  // products with vectors fetched by re-ranking
};

// One cell that a search looked into, in order.
struct Probe {
  std::uint32_t cell = 0;
  float similarity = 0;     // of its centroid and the query
  std::size_t vectors = 0;  // in it
};

class ProbeScratch {
 private:
  friend class Ivf;
  std::vector<float> query_, table_;
  std::vector<std::pair<float, std::uint32_t>> cells_;
  std::vector<Hit> hits_;
};

struct ProbeOptions {
  std::size_t probes = 8;  // at least 1 is used
  std::size_t rerank = 0;  // where vectors are kept beside codes; at least k is used unless 0
  ProbeWork* work = nullptr;
  std::vector<Probe>* trace = nullptr;
};

class Ivf {
 public:
  Ivf() = default;
  // From vectors in floats (asserted). Errors: no vectors but such at the origin, lists is 0, those
  // of kmeans, ProductQuantizer::fit and Vectors::stored_as, cancelled.
  static Result<Ivf> build(const Vectors& vectors, const IvfOptions& options = {},
                           const Progress& progress = {});

  const IvfOptions& options() const { return options_; }
  std::size_t size() const { return ids_.size(); }  // those at the origin are left out
  std::size_t lists() const { return centroids_.size(); }
  std::size_t bytes() const;
  std::size_t list_size(std::uint32_t cell) const { return begins_[cell + 1] - begins_[cell]; }
  std::span<const DocumentId> members(std::uint32_t cell) const {
    return std::span(ids_).subspan(begins_[cell], list_size(cell));
  }
  std::uint32_t cell_of(DocumentId id) const;  // O(size)
  // A vector as scores see it. O(size). It must be there (asserted).
  std::vector<float> decoded(DocumentId id) const;

  // As Hnsw::search. Errors: those of Vectors::prepare; re-ranking without vectors to rank by.
  Result<std::span<const Hit>> search(std::span<const float> query, std::size_t k,
                                      const ProbeOptions& options, ProbeScratch& scratch) const;

 private:
  void fill_cells(std::span<const DocumentId> ids, std::span<const std::uint32_t> cells);
  Result<void> quantize(const Vectors& vectors, std::size_t step, const Progress& progress);
  std::size_t place_of(DocumentId id) const;
  void order_cells(std::size_t probes, ProbeScratch& scratch) const;
  void rerank(std::size_t k, ProbeScratch& scratch) const;

  IvfOptions options_;
  Vectors centroids_;                // compared by inner product
  std::vector<std::size_t> begins_;  // of each cell in ids_
  std::vector<DocumentId> ids_;      // cell after cell
  Vectors vectors_;                  // in the order of ids_; none where not kept
  std::vector<DocumentId> places_;   // of each vector in ids_, for re-ranking
  std::optional<ProductQuantizer> quantizer_;
  std::vector<std::uint8_t> codes_;  // in the order of ids_
};

}  // namespace rehearse::retrieval
