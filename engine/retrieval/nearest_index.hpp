// SPDX-License-Identifier: GPL-3.0-or-later
//
// NearestIndex: vectors behind any of the four indexes, asked in the same way, with the work of a
// search in one currency, so that they can be compared without a clock.
//
//   exact    every vector is compared
//   hnsw     a graph is walked (hnsw.hpp)
//   ivf      the nearest cells are compared (ivf.hpp)
//   ivf-pq   the same by codes, perhaps ranked again by the vectors
//
// Multiplications are those of inner products, read one vector after the next. A jump is a read at
// a place that could not be foreseen: a vector or a list of links of a graph, a cell, a vector that
// is ranked again. What they cost is for the caller to say; on a machine of today a multiplication
// takes about a quarter of a nanosecond, a look-up one, a jump into memory some tens.
#pragma once

#include <string>
#include <variant>

#include "engine/retrieval/hnsw.hpp"
#include "engine/retrieval/ivf.hpp"

namespace rehearse::retrieval {

enum class IndexKind { exact, hnsw, ivf, ivf_pq };
const char* index_name(IndexKind kind);
Result<IndexKind> parse_index(const std::string& name);
const char* storage_name(Storage storage);

struct NearestOptions {
  IndexKind kind = IndexKind::exact;
  Similarity similarity = Similarity::cosine;
  Storage storage = Storage::float32;
  HnswOptions hnsw = {};  // their storage and seed are those above and below
  IvfOptions ivf = {};
  std::uint64_t seed = 1;
};

struct NearestEffort {
  std::size_t ef = 50, probes = 8, rerank = 0;
};

struct NearestWork {
  double multiplications = 0, jumps = 0, lookups = 0;
};

// What one search looked at, for a picture.
struct NearestTrace {
  std::vector<Visit> visits;  // hnsw
  std::vector<Probe> probes;  // ivf, ivf-pq
};

class NearestIndex {
 public:
  // Vector after vector. Errors: those of the index.
  static Result<NearestIndex> build(std::span<const float> numbers, std::size_t dims,
                                    const NearestOptions& options, const Progress& progress = {});

  const NearestOptions& options() const { return options_; }
  std::size_t size() const { return size_; }
  std::size_t dims() const { return dims_; }
  std::size_t bytes() const;
  const Hnsw* hnsw() const { return std::get_if<Hnsw>(&held_); }
  const Ivf* ivf() const { return std::get_if<Ivf>(&held_); }

  // The k nearest that are found, best first; work is added to `work`. Errors: those of the index.
  // Safe from several threads.
  Result<std::vector<Hit>> search(std::span<const float> query, std::size_t k,
                                  const NearestEffort& effort, NearestWork* work = nullptr,
                                  NearestTrace* trace = nullptr) const;

 private:
  Result<std::vector<Hit>> scan(std::span<const float> query, std::size_t k,
                                NearestWork* work) const;
  NearestOptions options_;
  std::size_t size_ = 0, dims_ = 0;
  std::variant<Vectors, Hnsw, Ivf> held_;
};

}  // namespace rehearse::retrieval
