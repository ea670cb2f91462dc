// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows in order of their score: what AUC, average precision, KS, thresholds, quantile bins and
// isotonic regression all need, made once. A least-significant-digit radix sort over the bits of
// the scores (Knuth 1998, 5.2.5): O(n), several times as fast as a comparison sort from some
// thousand rows on.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/metrics/scored.hpp"

namespace rehearse::metrics {

// Rows by ascending value, ties in row order. No NaN (asserted); -0 ties with 0. Fewer than 2^32
// rows (asserted).
std::vector<std::uint32_t> ascending_order(std::span<const double> values);

// Weights of the positives and negatives that share one score.
struct Tie {
  double score = 0, positive = 0, negative = 0;
};

// Scored rows with their order. Views the data of `data`, which must outlive it.
class OrderedScores {
 public:
  explicit OrderedScores(const Scored& data);
  const Scored& data() const { return data_; }
  std::span<const std::uint32_t> ascending() const { return ascending_; }
  std::span<const Tie> descending_ties() const { return ties_; }  // highest score first

 private:
  Scored data_;
  std::vector<std::uint32_t> ascending_;
  std::vector<Tie> ties_;
};

}  // namespace rehearse::metrics
