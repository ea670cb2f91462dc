// SPDX-License-Identifier: GPL-3.0-or-later
//
// Drift in a space of embeddings. No single coordinate means anything, so watch what is done with
// the vectors: the cosine of each to the centroid of a reference (a distribution, to be compared
// like any number), the shift of the mean, and the recall of labelled queries, which alone says
// whether search still works. Two models may have the same cosines to their own centroids and
// strangers for neighbours: a swap of models is seen by recall, not by a histogram.
//
//   mean shift   T = n m / (n + m) ‖mean_a - mean_b‖², p by permutation of the pooled rows
//   recall@k     of the relevant items, the share among the k nearest by cosine, mean over queries
//
// Nearest neighbours are exact: O(items · dimensions) a query. For an approximate index see
// retrieval.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::monitor {

// Rows of equal length, one after the other.
struct Vectors {
  std::size_t dimensions = 0;
  std::vector<double> values;
  std::size_t size() const { return dimensions ? values.size() / dimensions : 0; }
  std::span<const double> row(std::size_t i) const {
    return std::span(values).subspan(i * dimensions, dimensions);
  }
};

// NaN where either has no length. Sizes equal (asserted).
double cosine(std::span<const double> a, std::span<const double> b);
// Not empty (asserted).
std::vector<double> centroid(const Vectors& vectors);
std::vector<double> cosines_to(const Vectors& vectors, std::span<const double> direction);

struct MeanShift {
  double statistic = 0, p = 1;
};
// Errors: an empty side, other dimensions, a value that is not finite (the row is named).
Result<MeanShift> mean_shift(const Vectors& reference, const Vectors& current, int permutations,
                             std::uint64_t seed, std::uint64_t replicate = 0);

// Indices of the k nearest by cosine, nearest first, ties by index; fewer where there are fewer.
std::vector<std::uint32_t> nearest(const Vectors& items, std::span<const double> query,
                                   std::size_t k);
// Errors: as many lists as queries are due, an item out of range, dimensions differ, k = 0; a query
// without a relevant item is skipped, and all skipped is an error.
Result<double> recall_at(const Vectors& items, const Vectors& queries,
                         std::span<const std::vector<std::uint32_t>> relevant, std::size_t k);

}  // namespace rehearse::monitor
