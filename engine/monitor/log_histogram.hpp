// SPDX-License-Identifier: GPL-3.0-or-later
//
// Log-linear histogram (Tene's HdrHistogram; Gregg): quantiles of latencies with a stated relative
// error, in memory that does not grow, and mergeable without loss: hosts keep one a minute each,
// and the sum of the histograms is the histogram of the sum. Percentiles themselves can never be
// added or averaged.
//
// Each power of two is cut into 2^bits equal buckets. A quantile is the middle of the bucket that
// holds it, so it is at most 2^-(bits+1) of its value off: 0.4% with 7 bits. For features of any
// sign, where ranks matter and not values, see quantile_sketch.hpp.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/error.hpp"

namespace rehearse::monitor {

struct LogHistogramOptions {
  int bits = 7;                     // 1 to 12
  double least = 1e-3, most = 1e6;  // values outside are counted at the end that is nearer
  bool operator==(const LogHistogramOptions&) const = default;
};

class LogHistogram {
 public:
  // Errors: bits out of range, ends that are not 0 < least < most, finite.
  static Result<LogHistogram> of(const LogHistogramOptions& options = {});

  // x ≥ 0, finite (asserted). O(1).
  void add(double x, std::uint64_t times = 1);
  // Errors: histograms of other options.
  Result<void> merge(const LogHistogram& other);

  std::uint64_t count() const { return count_; }
  double sum() const { return sum_; }          // exact, as least and greatest are
  double minimum() const { return minimum_; }  // NaN while nothing was added
  double maximum() const { return maximum_; }
  // The value of rank ⌈q·count⌉ (the least for q = 0), within relative_error() inside [least,
  // most]. q in [0, 1] (asserted); NaN while nothing was added. O(buckets).
  double quantile(double q) const;
  // Share of the values that are at most x, as far as buckets tell.
  double share_at_most(double x) const;
  double relative_error() const;
  std::size_t bytes() const { return sizeof *this + counts_.size() * sizeof counts_[0]; }

 private:
  explicit LogHistogram(const LogHistogramOptions& options);
  std::size_t bucket_of(double x) const;
  double middle_of(std::size_t bucket) const;

  LogHistogramOptions options_;
  int first_exponent_ = 0;
  std::vector<std::uint64_t> counts_;
  std::uint64_t count_ = 0;
  double sum_ = 0, minimum_, maximum_;
};

}  // namespace rehearse::monitor
