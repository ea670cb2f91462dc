// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/rerank.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/base/random.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::recommend;

using Places = std::vector<std::size_t>;

struct Candidates {
  std::vector<double> relevance, similarity;
  std::vector<std::uint32_t> group;
};

// Cosines of drawn vectors, hence positive semi-definite.
Candidates drawn(std::uint64_t seed, std::size_t n, std::size_t size = 6) {
  Candidates all;
  Stream stream(seed, "test.rerank");
  std::vector<std::vector<double>> vectors(n, std::vector<double>(size));
  for (auto& v : vectors) {
    for (double& x : v) x = stream.normal();
    const double length = std::sqrt(std::inner_product(v.begin(), v.end(), v.begin(), 0.0));
    for (double& x : v) x /= length;
    all.relevance.push_back(stream.uniform());
    all.group.push_back(static_cast<std::uint32_t>(stream.below(3)));
  }
  for (const auto& a : vectors)
    for (const auto& b : vectors)
      all.similarity.push_back(std::inner_product(a.begin(), a.end(), b.begin(), 0.0));
  return all;
}

double determinant(std::vector<std::vector<double>> a) {
  double product = 1;
  for (std::size_t c = 0; c < a.size(); ++c) {
    for (std::size_t r = c + 1; r < a.size(); ++r)
      for (std::size_t j = a.size(); j-- > c;) a[r][j] -= a[r][c] / a[c][c] * a[c][j];
    product *= a[c][c];
  }
  return product;
}

double determinant_of(const std::vector<double>& kernel, std::size_t n, const Places& chosen) {
  std::vector<std::vector<double>> a;
  for (const std::size_t i : chosen) {
    a.emplace_back();
    for (const std::size_t j : chosen) a.back().push_back(kernel[i * n + j]);
  }
  return determinant(a);
}

bool among(const Places& places, std::size_t i) {
  return std::find(places.begin(), places.end(), i) != places.end();
}

}  // namespace

TEST_CASE("rerank: each step of MMR is the best over everything that is left") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const std::size_t n = 9;
    const Candidates all = drawn(seed, n);
    const double lambda = Stream(seed, "test.lambda").uniform();
    const Places chosen = mmr(all.relevance, all.similarity, 5, lambda).value();
    REQUIRE(chosen.size() == 5);
    Places shown;
    for (const std::size_t next : chosen) {
      std::size_t best = n;
      double most = -std::numeric_limits<double>::infinity();
      for (std::size_t i = 0; i < n; ++i) {
        if (among(shown, i)) continue;
        double nearest = -1;
        for (const std::size_t j : shown) nearest = std::max(nearest, all.similarity[i * n + j]);
        const double gain =
            lambda * all.relevance[i] - (shown.empty() ? 0 : (1 - lambda) * nearest);
        if (gain > most) best = i, most = gain;
      }
      REQUIRE(next == best);
      shown.push_back(next);
    }
  }
}

TEST_CASE("rerank: MMR with lambda 1 is the order of relevance, ties by number") {
  const std::vector<double> relevance = {1, 3, 3, 2}, similarity(16, 0.5);
  CHECK(mmr(relevance, similarity, 9, 1).value() == Places{1, 2, 3, 0});
  CHECK(mmr(relevance, similarity, 0, 1)->empty());
}

TEST_CASE("rerank: each step of the DPP is the greatest determinant of all continuations") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const std::size_t n = 8;
    const Candidates all = drawn(seed, n);
    const auto kernel = dpp_kernel(all.relevance, all.similarity, 1.5).value();
    const Places chosen = greedy_dpp(kernel, n, 5).value();
    REQUIRE(chosen.size() == 5);
    Places shown;
    for (const std::size_t next : chosen) {
      std::size_t best = n;
      double most = -1;
      for (std::size_t i = 0; i < n; ++i) {
        if (among(shown, i)) continue;
        shown.push_back(i);
        if (const double d = determinant_of(kernel, n, shown); d > most) best = i, most = d;
        shown.pop_back();
      }
      REQUIRE(next == best);
      shown.push_back(next);
    }
  }
}

TEST_CASE("rerank: the DPP takes no copy, and stops when the space is full") {
  // Items 0 and 1 are the same; vectors of two dimensions span two.
  const std::vector<double> same = {2, 2, 0, 2, 2, 0, 0, 0, 1};
  CHECK(greedy_dpp(same, 3, 3).value() == Places{0, 2});
  const Candidates flat = drawn(1, 7, 2);
  CHECK(greedy_dpp(flat.similarity, 7, 7)->size() == 2);
}

TEST_CASE("rerank: caps give the greatest sum that the caps allow") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const std::size_t n = 9, k = 4, cap = 1 + seed % 2;
    const Candidates all = drawn(seed, n);
    const Places chosen = capped(all.relevance, all.group, k, cap).value();
    double own = 0, most = 0;
    for (const std::size_t i : chosen) own += all.relevance[i];
    for (unsigned subset = 0; subset < 1u << n; ++subset) {
      std::size_t size = 0, of_group[3] = {0, 0, 0};
      double sum = 0;
      for (std::size_t i = 0; i < n; ++i)
        if (subset >> i & 1) ++size, ++of_group[all.group[i]], sum += all.relevance[i];
      if (size <= k && *std::max_element(of_group, of_group + 3) <= cap) most = std::max(most, sum);
    }
    CHECK(own == Approx(most));
    CHECK(std::is_sorted(chosen.begin(), chosen.end(), [&](std::size_t a, std::size_t b) {
      return all.relevance[a] > all.relevance[b];
    }));
  }
}

TEST_CASE("rerank: what cannot be meant is refused") {
  const std::vector<double> two = {1, 2}, four = {1, 0, 0, 1}, bad = {1, std::nan(""), 0, 1},
                            negative = {-1, 0, 0, 1}, huge = {1e6, 1};
  CHECK_FALSE(mmr(two, two, 2, 0.5));
  CHECK_FALSE(mmr(two, bad, 2, 0.5));
  CHECK_FALSE(mmr(two, four, 2, 1.5));
  CHECK_FALSE(mmr(two, four, 2, std::nan("")));
  CHECK_FALSE(dpp_kernel(two, four, -1));
  CHECK_FALSE(dpp_kernel(huge, four, 1));
  CHECK_FALSE(greedy_dpp(two, 2, 1));
  CHECK_FALSE(greedy_dpp(bad, 2, 1));
  CHECK_FALSE(greedy_dpp(negative, 2, 1));
  const std::vector<std::uint32_t> groups = {0, 1};
  CHECK_FALSE(capped(two, groups, 2, 0));
  CHECK_FALSE(capped(four, groups, 2, 1));
}
