// SPDX-License-Identifier: GPL-3.0-or-later
//
// Exact search among points: the k of the greatest inner product with a query, which for points of
// length 1 is the cosine, found by looking at every one.
//
// It is the truth that approximate indexes are measured by, and the thing to use until it is too
// slow: 10,000 points of 64 numbers take about a tenth of a millisecond, and the time grows with
// points × dimensions. Numbers are kept as float, 4 bytes each.
//
// Immutable, hence safe to share between threads.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/retrieval/bm25.hpp"

namespace rehearse::retrieval {

class ExactIndex {
 public:
  ExactIndex() = default;
  // Point after point. Errors: dims is 0, the numbers are no whole points, one is not finite.
  static Result<ExactIndex> over(std::vector<float> points, std::size_t dims);

  std::size_t size() const { return dims_ == 0 ? 0 : points_.size() / dims_; }
  std::size_t dims() const { return dims_; }
  std::span<const float> point(DocumentId id) const {
    return std::span(points_).subspan(id * dims_, dims_);
  }

  // Best first, ties in order of points. Points at the origin are left out, and a query at the
  // origin finds nothing. The query has dims() numbers (asserted). O(size · dims).
  std::vector<Hit> search(std::span<const float> query, std::size_t k) const;

 private:
  std::size_t dims_ = 0;
  std::vector<float> points_;
  std::vector<std::uint8_t> at_origin_;
};

}  // namespace rehearse::retrieval
