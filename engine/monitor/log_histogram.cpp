// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/log_histogram.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace rehearse::monitor {

Result<LogHistogram> LogHistogram::of(const LogHistogramOptions& options) {
  if (options.bits < 1 || options.bits > 12)
    return fail(Code::invalid_argument, "a histogram has 1 to 12 bits, not {}", options.bits);
  if (!(options.least > 0) || !(options.most > options.least) || !std::isfinite(options.most))
    return fail(Code::invalid_argument,
                "a histogram of latencies lies between two positive ends, the lower one first; not "
                "{:g} and {:g}",
                options.least, options.most);
  return LogHistogram(options);
}

LogHistogram::LogHistogram(const LogHistogramOptions& options)
    : options_(options),
      minimum_(std::numeric_limits<double>::quiet_NaN()),
      maximum_(std::numeric_limits<double>::quiet_NaN()) {
  int last = 0;
  std::frexp(options.least, &first_exponent_);
  std::frexp(options.most, &last);
  counts_.assign(static_cast<std::size_t>(last - first_exponent_ + 1) << options.bits, 0);
}

std::size_t LogHistogram::bucket_of(double x) const {
  int exponent = 0;
  const double mantissa = std::frexp(std::clamp(x, options_.least, options_.most), &exponent);
  const auto within = static_cast<std::size_t>(std::ldexp(mantissa - 0.5, options_.bits + 1));
  return (static_cast<std::size_t>(exponent - first_exponent_) << options_.bits) + within;
}

double LogHistogram::middle_of(std::size_t bucket) const {
  const auto within = static_cast<double>(bucket & ((std::size_t{1} << options_.bits) - 1));
  const int exponent = static_cast<int>(bucket >> options_.bits) + first_exponent_;
  return std::ldexp(0.5 + std::ldexp(within + 0.5, -options_.bits - 1), exponent);
}

void LogHistogram::add(double x, std::uint64_t times) {
  assert(x >= 0 && std::isfinite(x));
  if (times == 0) return;
  counts_[bucket_of(x)] += times;
  minimum_ = count_ ? std::min(minimum_, x) : x;
  maximum_ = count_ ? std::max(maximum_, x) : x;
  count_ += times, sum_ += x * static_cast<double>(times);
}

Result<void> LogHistogram::merge(const LogHistogram& other) {
  if (!(options_ == other.options_))
    return fail(Code::invalid_argument,
                "histograms are merged when their bits and ends agree; here {} bits from {:g} to "
                "{:g} meet {} bits from {:g} to {:g}",
                options_.bits, options_.least, options_.most, other.options_.bits,
                other.options_.least, other.options_.most);
  if (other.count_ == 0) return {};
  for (std::size_t b = 0; b < counts_.size(); ++b) counts_[b] += other.counts_[b];
  minimum_ = count_ ? std::min(minimum_, other.minimum_) : other.minimum_;
  maximum_ = count_ ? std::max(maximum_, other.maximum_) : other.maximum_;
  count_ += other.count_, sum_ += other.sum_;
  return {};
}

double LogHistogram::quantile(double q) const {
  assert(q >= 0 && q <= 1);
  if (count_ == 0) return std::numeric_limits<double>::quiet_NaN();
  const auto rank =
      static_cast<std::uint64_t>(std::max(1.0, std::ceil(q * static_cast<double>(count_))));
  std::uint64_t seen = 0;
  for (std::size_t b = 0; b < counts_.size(); ++b)
    if ((seen += counts_[b]) >= rank) return std::clamp(middle_of(b), minimum_, maximum_);
  return maximum_;
}

double LogHistogram::share_at_most(double x) const {
  if (count_ == 0) return std::numeric_limits<double>::quiet_NaN();
  if (x < minimum_) return 0;
  std::uint64_t seen = 0;
  const std::size_t last = bucket_of(x);
  for (std::size_t b = 0; b <= last; ++b) seen += counts_[b];
  return static_cast<double>(seen) / static_cast<double>(count_);
}

double LogHistogram::relative_error() const { return std::ldexp(1.0, -options_.bits - 1); }

}  // namespace rehearse::monitor
