// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/quantile_sketch.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "engine/base/random.hpp"

namespace rehearse::monitor {
namespace {

constexpr std::size_t kLeastCapacity = 8;
constexpr double kShrink = 2.0 / 3;

}  // namespace

Result<QuantileSketch> QuantileSketch::of(int k, std::uint64_t seed) {
  if (k < 8 || k > 65536)
    return fail(Code::invalid_argument, "a quantile sketch has k from 8 to 65536, not {}", k);
  return QuantileSketch(k, seed);
}

QuantileSketch::QuantileSketch(int k, std::uint64_t seed)
    : k_(k),
      seed_(seed),
      minimum_(std::numeric_limits<double>::quiet_NaN()),
      maximum_(std::numeric_limits<double>::quiet_NaN()),
      levels_(1) {}

std::size_t QuantileSketch::capacity(std::size_t level) const {
  const double below = static_cast<double>(levels_.size() - 1 - level);
  return std::max(kLeastCapacity,
                  static_cast<std::size_t>(std::ceil(k_ * std::pow(kShrink, below))));
}

void QuantileSketch::add(double x) {
  assert(!std::isnan(x));
  minimum_ = count_ ? std::min(minimum_, x) : x;
  maximum_ = count_ ? std::max(maximum_, x) : x;
  ++count_;
  levels_[0].push_back(x);
  if (levels_[0].size() >= capacity(0)) compress();
}

void QuantileSketch::merge(const QuantileSketch& other) {
  if (other.count_ == 0) return;
  minimum_ = count_ ? std::min(minimum_, other.minimum_) : other.minimum_;
  maximum_ = count_ ? std::max(maximum_, other.maximum_) : other.maximum_;
  count_ += other.count_, coins_ += other.coins_;
  k_ = std::min(k_, other.k_);
  if (levels_.size() < other.levels_.size()) levels_.resize(other.levels_.size());
  for (std::size_t level = 0; level < other.levels_.size(); ++level)
    levels_[level].insert(levels_[level].end(), other.levels_[level].begin(),
                          other.levels_[level].end());
  compress();
}

void QuantileSketch::compress() {
  for (std::size_t level = 0; level < levels_.size(); ++level)
    if (levels_[level].size() >= capacity(level)) compact(level);
}

void QuantileSketch::compact(std::size_t level) {
  if (level + 1 == levels_.size()) levels_.emplace_back();
  std::vector<double>& full = levels_[level];
  std::sort(full.begin(), full.end());
  const std::size_t pairs = full.size() / 2,
                    offset = Stream(seed_, "monitor.quantile_sketch", 0, coins_++).next_u32() & 1;
  for (std::size_t i = 0; i < pairs; ++i) levels_[level + 1].push_back(full[2 * i + offset]);
  // Of an odd number the last stays, so that weights still add up to the count.
  full.erase(full.begin(), full.begin() + static_cast<std::ptrdiff_t>(2 * pairs));
}

std::vector<QuantileSketch::Weighted> QuantileSketch::ascending() const {
  std::vector<Weighted> all;
  all.reserve(kept());
  for (std::size_t level = 0; level < levels_.size(); ++level)
    for (const double value : levels_[level]) all.push_back({value, std::uint64_t{1} << level});
  std::sort(all.begin(), all.end(),
            [](const Weighted& a, const Weighted& b) { return a.value < b.value; });
  return all;
}

std::vector<double> QuantileSketch::quantiles(const std::vector<double>& qs) const {
  const auto all = ascending();
  std::vector<double> found;
  for (const double q : qs) {
    assert(q >= 0 && q <= 1);
    if (count_ == 0) {
      found.push_back(std::numeric_limits<double>::quiet_NaN());
      continue;
    }
    if (q == 0 || q == 1) {
      found.push_back(q == 0 ? minimum_ : maximum_);
      continue;
    }
    const double rank = std::max(1.0, std::ceil(q * static_cast<double>(count_)));
    double seen = 0;
    std::size_t i = 0;
    while (i + 1 < all.size() && (seen += static_cast<double>(all[i].weight)) < rank) ++i;
    found.push_back(all[i].value);
  }
  return found;
}

double QuantileSketch::quantile(double q) const { return quantiles({q}).front(); }

double QuantileSketch::share_at_most(double x) const {
  if (count_ == 0) return std::numeric_limits<double>::quiet_NaN();
  std::uint64_t below = 0;
  for (std::size_t level = 0; level < levels_.size(); ++level)
    for (const double value : levels_[level]) below += value <= x ? std::uint64_t{1} << level : 0;
  return static_cast<double>(below) / static_cast<double>(count_);
}

double QuantileSketch::rank_error() const { return 2.296 / std::pow(k_, 0.9723); }

std::size_t QuantileSketch::kept() const {
  std::size_t n = 0;
  for (const auto& level : levels_) n += level.size();
  return n;
}

std::size_t QuantileSketch::bytes() const {
  std::size_t bytes = sizeof *this;
  for (const auto& level : levels_) bytes += sizeof level + level.capacity() * sizeof(double);
  return bytes;
}

}  // namespace rehearse::monitor
