// SPDX-License-Identifier: GPL-3.0-or-later
//
// A quantile sketch of a feature (Karnin, Lang, Liberty 2016, "KLL"): ranks of a stream of any
// numbers in any order, within a stated error, from a few hundred kept values; sketches of shards
// merge into a sketch of the whole. Use it for reference distributions and per-day quantiles of
// features (deciles for PSI need ranks, not values); for latencies log_histogram.hpp bounds the
// value itself.
//
// A stack of levels; a value of level h stands for 2^h of the stream. A level that is full is
// sorted and every second value, from the first or the second by a fair coin, rises one level.
// Capacities shrink by 2/3 for each level below the top, to no less than 8. With 99% probability a
// rank is off by at most 2.296 / k^0.9723 of the count (the constants that Apache DataSketches
// measured for these capacities): 1.3% with k = 200, in about 3k values.
//
// Coins are drawn from a Stream by their number: the same additions give the same sketch.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::monitor {

class QuantileSketch {
 public:
  // Errors: k not in 8 … 65536.
  static Result<QuantileSketch> of(int k = 200, std::uint64_t seed = 1);

  // Not NaN (asserted): missing values are counted apart. Amortised O(log k).
  void add(double x);
  // Sketches of different k: the error becomes that of the smaller.
  void merge(const QuantileSketch& other);

  std::uint64_t count() const { return count_; }
  double minimum() const { return minimum_; }  // exact; NaN while nothing was added
  double maximum() const { return maximum_; }
  // A value whose rank is about ⌈q·count⌉; the exact ends for 0 and 1. q in [0, 1] (asserted); NaN
  // while nothing was added. O(kept log kept).
  double quantile(double q) const;
  std::vector<double> quantiles(const std::vector<double>& qs) const;
  // Share of the values that are at most x.
  double share_at_most(double x) const;
  double rank_error() const;  // of the count, 99%
  std::size_t kept() const;
  std::size_t bytes() const;

 private:
  QuantileSketch(int k, std::uint64_t seed);
  std::size_t capacity(std::size_t level) const;
  void compress();
  void compact(std::size_t level);
  struct Weighted {
    double value;
    std::uint64_t weight;
  };
  std::vector<Weighted> ascending() const;

  int k_;
  std::uint64_t seed_, coins_ = 0, count_ = 0;
  double minimum_, maximum_;
  std::vector<std::vector<double>> levels_;
};

}  // namespace rehearse::monitor
