// SPDX-License-Identifier: GPL-3.0-or-later
#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "engine/base/random.hpp"
#include "engine/monitor/log_histogram.hpp"
#include "engine/monitor/quantile_sketch.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::monitor;

constexpr double kQuantiles[] = {0, 0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 1};

double exact(const std::vector<double>& ascending, double q) {
  const double rank = std::max(1.0, std::ceil(q * static_cast<double>(ascending.size())));
  return ascending[static_cast<std::size_t>(rank) - 1];
}

// How far the rank of `value` is from the one asked for, as a share of all.
double rank_distance(const std::vector<double>& ascending, double value, double q) {
  const double n = static_cast<double>(ascending.size());
  const auto low = std::lower_bound(ascending.begin(), ascending.end(), value),
             high = std::upper_bound(ascending.begin(), ascending.end(), value);
  const double first = static_cast<double>(low - ascending.begin()) / n,
               last = static_cast<double>(high - ascending.begin()) / n;
  return q < first ? first - q : q > last ? q - last : 0;
}

std::vector<double> latencies(std::size_t n, std::uint64_t replicate) {
  Stream stream(8, "test.latency", replicate);
  std::vector<double> all;
  for (std::size_t i = 0; i < n; ++i) all.push_back(std::exp(stream.normal(2, 1.2)));
  return all;
}

// The orders that hurt: ascending, descending, from both ends inwards, from the middle outwards.
std::vector<double> ordered(std::size_t n, int order) {
  std::vector<double> all(n);
  std::iota(all.begin(), all.end(), 0.0);
  if (order == 1) std::reverse(all.begin(), all.end());
  std::vector<double> zoom;
  for (std::size_t i = 0; i < n; ++i) zoom.push_back(i % 2 ? all[n - 1 - i / 2] : all[i / 2]);
  if (order == 2) return zoom;
  if (order == 3) return {zoom.rbegin(), zoom.rend()};
  return all;
}

}  // namespace

TEST_CASE("log histogram: every quantile is within the stated relative error") {
  for (const int bits : {3, 7, 10}) {
    auto histogram = *LogHistogram::of({bits, 1e-3, 1e6});
    auto values = latencies(20000, 1);
    for (const double x : values) histogram.add(x);
    std::sort(values.begin(), values.end());
    for (const double q : kQuantiles)
      CHECK(std::abs(histogram.quantile(q) / exact(values, q) - 1) <=
            histogram.relative_error() * (1 + 1e-9));
    CHECK(histogram.minimum() == values.front());
    CHECK(histogram.maximum() == values.back());
    CHECK(histogram.count() == values.size());
    CHECK(histogram.sum() ==
          Approx(std::accumulate(values.begin(), values.end(), 0.0)).epsilon(1e-9));
  }
}

TEST_CASE("log histogram: shards merged are the whole, to the last count") {
  REQUIRE(rc::check("merge = whole", [] {
    const auto values = *rc::gen::container<std::vector<double>>(
        rc::gen::map(rc::gen::inRange(0, 2000000), [](int v) { return v / 100.0; }));
    auto whole = *LogHistogram::of(), left = *LogHistogram::of(), right = *LogHistogram::of();
    for (std::size_t i = 0; i < values.size(); ++i) {
      whole.add(values[i]);
      (i % 3 ? left : right).add(values[i]);
    }
    RC_ASSERT(right.merge(left).has_value());
    RC_ASSERT(right.count() == whole.count());
    for (const double q : kQuantiles)
      RC_ASSERT((values.empty() ? std::isnan(right.quantile(q))
                                : right.quantile(q) == whole.quantile(q)));
  }));
}

TEST_CASE("log histogram: memory is fixed; what is out of range counts at the nearer end") {
  auto histogram = *LogHistogram::of({5, 1, 1000});
  const std::size_t before = histogram.bytes();
  for (const double x : {0.0, 1e-300, 5.0, 1e300}) histogram.add(x, 1000);
  CHECK(histogram.bytes() == before);
  CHECK(histogram.count() == 4000);
  CHECK(histogram.maximum() == 1e300);
  CHECK(histogram.share_at_most(1) == 0.5);
  CHECK(histogram.share_at_most(5) == 0.75);
  CHECK(histogram.quantile(0) >= 0);
}

TEST_CASE("log histogram: what makes no sense is refused") {
  CHECK_FALSE(LogHistogram::of({0, 1, 10}));
  CHECK_FALSE(LogHistogram::of({7, 0, 10}));
  CHECK_FALSE(LogHistogram::of({7, 10, 1}));
  auto fine = *LogHistogram::of({7, 1, 10});
  const auto merged = fine.merge(*LogHistogram::of({8, 1, 10}));
  REQUIRE_FALSE(merged);
  CHECK(merged.error().message.find("7 bits") != std::string::npos);
  CHECK(std::isnan(fine.quantile(0.5)));
}

TEST_CASE("quantile sketch: adversarial orders stay within the stated error") {
  for (int order = 0; order < 4; ++order) {
    auto values = ordered(50000, order);
    int asked = 0, beyond = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      auto sketch = *QuantileSketch::of(200, seed);
      for (const double x : values) sketch.add(x);
      for (int percent = 1; percent < 100; ++percent) {
        const double share = sketch.share_at_most(static_cast<double>(percent) * 500 - 1);
        asked += 1, beyond += std::abs(share - percent / 100.0) > sketch.rank_error();
      }
      CHECK(sketch.count() == values.size());
      CHECK(sketch.kept() < 1000);
      CHECK(sketch.bytes() < 32000);  // capacities grow by doubling
    }
    INFO("order " << order);
    CHECK(beyond <= asked / 50);  // 1% is promised
  }
}

TEST_CASE("quantile sketch: shards merged in any grouping have the error of one sketch") {
  auto values = latencies(40000, 2);
  for (const std::size_t shards : {2u, 7u, 40u}) {
    std::vector<QuantileSketch> parts;
    for (std::size_t s = 0; s < shards; ++s) parts.push_back(*QuantileSketch::of(200, s + 1));
    for (std::size_t i = 0; i < values.size(); ++i)
      parts[i * shards / values.size()].add(values[i]);
    while (parts.size() > 1) {  // a tree of merges
      for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
        parts[i].merge(parts[i + 1]);
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i + 1));
      }
    }
    auto ascending = values;
    std::sort(ascending.begin(), ascending.end());
    CHECK(parts[0].count() == values.size());
    CHECK(parts[0].minimum() == ascending.front());
    CHECK(parts[0].maximum() == ascending.back());
    for (const double q : kQuantiles)
      CHECK(rank_distance(ascending, parts[0].quantile(q), q) <= 1.5 * parts[0].rank_error());
  }
}

TEST_CASE("quantile sketch: few values are kept as they are") {
  REQUIRE(rc::check("exact while nothing was compacted", [] {
    auto values = *rc::gen::container<std::vector<double>>(
        rc::gen::map(rc::gen::inRange(-50, 50), [](int v) { return v * 1.5; }));
    if (values.size() > 150) values.resize(150);
    auto sketch = *QuantileSketch::of(200);
    for (const double x : values) sketch.add(x);
    std::sort(values.begin(), values.end());
    for (const double q : kQuantiles)
      RC_ASSERT((values.empty() ? std::isnan(sketch.quantile(q))
                                : sketch.quantile(q) == exact(values, q)));
  }));
}

TEST_CASE("quantile sketch: weights always add up to the count") {
  auto sketch = *QuantileSketch::of(16, 3);
  for (int i = 1; i <= 3000; ++i) {
    sketch.add(i % 17);
    if (i % 100 == 0) CHECK(sketch.share_at_most(17) == 1);
  }
  CHECK(sketch.quantile(0) == 0);
  CHECK(sketch.quantile(1) == 16);
  CHECK_FALSE(QuantileSketch::of(4));
}

TEST_CASE("quantile sketch: the same additions give the same sketch") {
  auto one = *QuantileSketch::of(50, 9), two = *QuantileSketch::of(50, 9);
  for (const double x : latencies(5000, 3)) one.add(x), two.add(x);
  for (const double q : kQuantiles) CHECK(one.quantile(q) == two.quantile(q));
}
