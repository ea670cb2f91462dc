// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/random.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <thread>

namespace rehearse {
namespace {

using Block = std::array<std::uint32_t, 4>;

// The chance that counts as far from `expected` as these come from the law itself (Pearson).
double chi_square_p(const std::vector<double>& counts, const std::vector<double>& expected) {
  double statistic = 0;
  for (std::size_t i = 0; i < counts.size(); ++i)
    statistic += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
  const boost::math::chi_squared law(static_cast<double>(counts.size() - 1));
  return boost::math::cdf(boost::math::complement(law, statistic));
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const double n = static_cast<double>(x.size());
  const double mx = std::accumulate(x.begin(), x.end(), 0.0) / n,
               my = std::accumulate(y.begin(), y.end(), 0.0) / n;
  double xy = 0, xx = 0, yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mx) * (y[i] - my);
    xx += (x[i] - mx) * (x[i] - mx);
    yy += (y[i] - my) * (y[i] - my);
  }
  return xy / std::sqrt(xx * yy);
}

std::vector<double> uniforms(Stream stream, std::size_t count) {
  std::vector<double> out(count);
  for (double& value : out) value = stream.uniform();
  return out;
}

TEST_CASE("random: Philox4x32-10 gives the known answers of Random123") {
  CHECK(philox4x32({0, 0, 0, 0}, {0, 0}) == Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(philox4x32({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}) ==
        Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
  static_assert(philox4x32({0, 0, 0, 0}, {0, 0})[0] == 0x6627e8d5, "usable at compile time");
}

TEST_CASE("random: a stream hands out the blocks of its counter in order") {
  const StreamKey key{0x0123456789abcdefULL};
  Stream stream(key, 3, (std::uint64_t{5} << 32) | 4);
  for (std::uint32_t block = 0; block < 3; ++block)
    for (std::uint32_t word : philox4x32({block, 3, 4, 5}, {0x89abcdef, 0x01234567}))
      CHECK(stream.next_u32() == word);
}

TEST_CASE("random: the same key gives the same draws") {
  rc::check("", [](std::uint64_t seed, std::uint32_t replicate, std::uint64_t entity) {
    Stream one(seed, "user.interest", replicate, entity),
        two(stream_key(seed, "user.interest"), replicate, entity);
    for (int i = 0; i < 10; ++i) RC_ASSERT(one.next_u64() == two.next_u64());
  });
}

TEST_CASE("random: seed, process, replicate and entity each name another stream") {
  const std::vector<std::vector<double>> streams = {
      uniforms(Stream(1, "click.noise", 0, 0), 4000),
      uniforms(Stream(2, "click.noise", 0, 0), 4000),
      uniforms(Stream(1, "click.delay", 0, 0), 4000),
      uniforms(Stream(1, "click.noise", 1, 0), 4000),
      uniforms(Stream(1, "click.noise", 0, 1), 4000),
      uniforms(Stream(1, "click.noise", 0, std::uint64_t{1} << 40), 4000)};
  for (std::size_t i = 0; i < streams.size(); ++i)
    for (std::size_t j = i + 1; j < streams.size(); ++j)
      CHECK(std::abs(correlation(streams[i], streams[j])) < 4.5 / std::sqrt(4000.0));
}

TEST_CASE(
    "random: first draws of neighbouring entities are as independent as draws of one stream") {
  const StreamKey key = stream_key(11, "post.quality");
  std::vector<double> counts(100, 0.0), values;
  for (std::uint64_t entity = 0; entity < 100'000; ++entity) {
    values.push_back(Stream(key, 0, entity).uniform());
    counts[static_cast<std::size_t>(values.back() * 100)] += 1;
  }
  CHECK(chi_square_p(counts, std::vector<double>(100, 1000.0)) > 1e-4);
  const std::vector<double> left(values.begin(), values.end() - 1),
      right(values.begin() + 1, values.end());
  CHECK(std::abs(correlation(left, right)) < 4.5 / std::sqrt(100'000.0));
}

TEST_CASE("random: a stream opened, or drawn from more, leaves the others alone") {
  const auto draws = [](int extra) {
    Stream interest(7, "user.interest", 0, 17);
    Stream noise(7, "click.noise", 0, 17);
    std::vector<std::uint64_t> seen;
    for (int i = 0; i < 5; ++i) {
      seen.push_back(interest.next_u64());
      for (int k = 0; k < extra; ++k) noise.next_u32();
    }
    return seen;
  };
  CHECK(draws(0) == draws(13));
}

TEST_CASE("random: any number of threads gives the same draws") {
  const StreamKey key = stream_key(5, "impression.click");
  const auto draw_all = [&](unsigned threads) {
    std::vector<double> out(1000);
    std::vector<std::thread> workers;
    for (unsigned t = 0; t < threads; ++t)
      workers.emplace_back([&, t] {
        for (std::size_t entity = t; entity < out.size(); entity += threads) {
          Stream stream(key, 0, entity);
          out[entity] =
              stream.normal() + static_cast<double>(stream.poisson(50)) + stream.gamma(0.5);
        }
      });
    for (std::thread& worker : workers) worker.join();
    return out;
  };
  CHECK(draw_all(1) == draw_all(4));
}

TEST_CASE("random: uniforms lie in [0, 1), open ones never at an end") {
  Stream stream(1, "uniform");
  for (int i = 0; i < 100'000; ++i) {
    const double u = stream.uniform(), open = stream.uniform_open();
    if (!(u >= 0 && u < 1 && open > 0 && open < 1)) FAIL("u = " << u << ", open = " << open);
  }
  // The extreme words, by the same arithmetic.
  CHECK(static_cast<double>(~std::uint64_t{0} >> 11) * 0x1p-53 < 1.0);
  CHECK((static_cast<double>(~std::uint64_t{0} >> 12) + 0.5) * 0x1p-52 < 1.0);
}

TEST_CASE("random: whole numbers below n are equally likely, also where n does not divide 2^64") {
  for (std::uint64_t n : {std::uint64_t{2}, std::uint64_t{7}, std::uint64_t{100}}) {
    Stream stream(n, "below");
    std::vector<double> counts(n, 0.0);
    for (std::size_t i = 0; i < 1000 * n; ++i) counts[stream.below(n)] += 1;
    CHECK(chi_square_p(counts, std::vector<double>(n, 1000.0)) > 1e-4);
  }
  // Without rejection the lower two thirds of the results would be half again as likely.
  const std::uint64_t n = std::uint64_t{3} << 62;
  Stream stream(1, "below.large");
  std::vector<double> thirds(3, 0.0);
  for (int i = 0; i < 30'000; ++i) thirds[stream.below(n) / (n / 3)] += 1;
  CHECK(chi_square_p(thirds, std::vector<double>(3, 10'000.0)) > 1e-4);
  CHECK(stream.below(1) == 0);
}

TEST_CASE("random: between includes both ends, up to the whole range") {
  Stream stream(1, "between");
  std::set<std::int64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(stream.between(-2, 2));
  CHECK(seen == std::set<std::int64_t>{-2, -1, 0, 1, 2});
  CHECK(stream.between(9, 9) == 9);
  constexpr auto kLow = std::numeric_limits<std::int64_t>::min(),
                 kHigh = std::numeric_limits<std::int64_t>::max();
  bool negative = false, positive = false;
  for (int i = 0; i < 100; ++i) (stream.between(kLow, kHigh) < 0 ? negative : positive) = true;
  CHECK((negative && positive));
}

TEST_CASE("random: categorical draws follow the weights, by scan and by alias table") {
  const std::vector<double> weights = {0, 5, 1, 0, 3, 0.5, 0.5, 0};
  const AliasTable table(weights);
  for (bool by_table : {false, true}) {
    Stream stream(3, "categorical");
    std::vector<double> counts(weights.size(), 0.0);
    for (int i = 0; i < 100'000; ++i)
      counts[by_table ? table.draw(stream) : stream.categorical(weights)] += 1;
    CHECK((counts[0] == 0 && counts[3] == 0 && counts[7] == 0));
    CHECK(chi_square_p({counts[1], counts[2], counts[4], counts[5], counts[6]},
                       {50'000, 10'000, 30'000, 5'000, 5'000}) > 1e-4);
  }
}

TEST_CASE("random: an alias table over many uneven weights draws each in proportion") {
  std::vector<double> weights(1000);
  for (std::size_t i = 0; i < weights.size(); ++i)
    weights[i] = 1.0 / static_cast<double>(i + 1);  // Zipf
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  const AliasTable table(weights);
  REQUIRE(table.size() == 1000);
  Stream stream(4, "alias");
  std::vector<double> counts(1000, 0.0), expected;
  for (int i = 0; i < 1'000'000; ++i) counts[table.draw(stream)] += 1;
  for (double weight : weights) expected.push_back(weight / total * 1e6);
  CHECK(chi_square_p(counts, expected) > 1e-4);
}

TEST_CASE("random: a single positive weight is always drawn") {
  const std::vector<double> weights = {0, 0, 1e-300, 0};
  const AliasTable table(weights);
  Stream stream(1, "one");
  for (int i = 0; i < 1000; ++i) {
    REQUIRE(stream.categorical(weights) == 2);
    REQUIRE(table.draw(stream) == 2);
  }
}

TEST_CASE("random: shuffles are permutations, and all of them equally likely") {
  Stream stream(6, "shuffle");
  std::vector<double> counts(24, 0.0);
  for (int i = 0; i < 24'000; ++i) {
    std::array<int, 4> items = {0, 1, 2, 3};
    stream.shuffle(std::span<int>(items));
    std::array<int, 4> order = items;
    std::sort(order.begin(), order.end());
    REQUIRE(order == std::array<int, 4>{0, 1, 2, 3});
    std::size_t rank = 0;
    for (std::size_t k = 0; k < 4; ++k)
      rank = rank * (4 - k) + static_cast<std::size_t>(std::count_if(
                                  items.begin() + static_cast<long>(k) + 1, items.end(),
                                  [&](int other) { return other < items[k]; }));
    counts[rank] += 1;
  }
  CHECK(chi_square_p(counts, std::vector<double>(24, 1000.0)) > 1e-4);
}

}  // namespace
}  // namespace rehearse
