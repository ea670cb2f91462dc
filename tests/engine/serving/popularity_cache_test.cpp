// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serving/popularity_cache.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "engine/base/random.hpp"

using namespace rehearse;
using namespace rehearse::serving;

namespace {

double simulated_hits(std::span<const double> popularity, std::size_t capacity, int requests) {
  const AliasTable table(popularity);
  Stream stream(5, "test.requests");
  LruCache cache(capacity);
  for (int i = 0; i < requests / 4; ++i) cache.ask(table.draw(stream));
  int hits = 0;
  for (int i = 0; i < requests; ++i) hits += cache.ask(table.draw(stream));
  return static_cast<double>(hits) / requests;
}

}  // namespace

TEST_CASE("popularity: Zipf's law by hand") {
  const auto half = zipf_popularity(3, 1);
  REQUIRE(half);
  CHECK((*half)[0] == Approx(6.0 / 11));
  CHECK((*half)[2] == Approx(2.0 / 11));
  CHECK((*zipf_popularity(4, 0))[3] == Approx(0.25));
  CHECK(zipf_popularity(0, 1).error().message.find("0 things are asked for") == 0);
  CHECK(zipf_popularity(5, std::nan("")).error().message.find("the exponent is nan") == 0);
}

TEST_CASE("cache: the last asked for are kept, as in a list that is searched") {
  LruCache cache(3);
  std::vector<std::uint64_t> list;
  Stream stream(2, "test.lru");
  for (int i = 0; i < 3000; ++i) {
    const std::uint64_t key = stream.below(6);
    const auto found = std::find(list.begin(), list.end(), key);
    const bool there = found != list.end();
    if (there) list.erase(found);
    list.insert(list.begin(), key);
    if (list.size() > 3) list.pop_back();
    REQUIRE(cache.ask(key) == there);
    REQUIRE(cache.size() == list.size());
  }
  LruCache none(0);
  CHECK_FALSE(none.ask(1));
  CHECK_FALSE(none.ask(1));
}

TEST_CASE("cache: hit rates are those of the closed forms") {
  const auto popularity = *zipf_popularity(50, 0.9);
  double one = 0, two = 0;  // exact for LRU of one place and of two (King 1971)
  for (const double p : popularity) one += p * p;
  for (std::size_t i = 0; i < popularity.size(); ++i)
    for (std::size_t j = 0; j < popularity.size(); ++j)
      if (i != j)
        two +=
            popularity[i] * popularity[j] / (1 - popularity[i]) * (popularity[i] + popularity[j]);
  CHECK(simulated_hits(popularity, 1, 200000) == Approx(one).margin(0.004));
  CHECK(simulated_hits(popularity, 2, 200000) == Approx(two).margin(0.004));
  // Where all are asked for alike, each is kept with the chance capacity / n.
  CHECK(che_hit_rate(*zipf_popularity(40, 0), 10) == Approx(0.25));
  const auto many = *zipf_popularity(5000, 1.0);
  for (const std::size_t capacity : {20, 200, 2000}) {
    const double che = che_hit_rate(many, capacity);
    CHECK(simulated_hits(many, capacity, 200000) == Approx(che).margin(0.01));
    CHECK(che < best_hit_rate(many, capacity));
  }
  CHECK(che_hit_rate(many, 0) == 0);
  CHECK(che_hit_rate(many, 5000) == 1);
  CHECK(best_hit_rate(many, 9999) == Approx(1));
  CHECK(best_hit_rate(*zipf_popularity(3, 1), 1) == Approx(6.0 / 11));
}
