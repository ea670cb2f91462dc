// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small interactions for tests: drawn, dense, and as a matrix.
#pragma once

#include <catch2/catch.hpp>
#include <set>
#include <vector>

#include "engine/base/random.hpp"
#include "engine/recommend/recommender.hpp"

namespace rehearse::recommend {

using Dense = std::vector<std::vector<double>>;  // by row

// Users of two tastes over items of two kinds, with a few repetitions.
inline Interactions small_world(std::size_t users, std::size_t items, std::uint64_t seed,
                                double rate = 0.4) {
  std::vector<std::uint32_t> user, item;
  for (std::uint32_t u = 0; u < users; ++u) {
    Stream stream(seed, "test.interactions", 0, u);
    for (std::uint32_t i = 0; i < items; ++i) {
      const double p = u % 2 == i % 2 ? rate * 1.5 : rate * 0.5;
      while (stream.bernoulli(p) && user.size() < 100000) {
        user.push_back(u), item.push_back(i);
        if (!stream.bernoulli(0.3)) break;
      }
    }
  }
  return Interactions::of(user, item, users, items).value();
}

inline Dense counts_of(const Interactions& all) {
  Dense counts(all.users(), std::vector<double>(all.items(), 0));
  for (std::uint32_t u = 0; u < all.users(); ++u)
    for (std::size_t n = 0; n < all.items_of(u).size(); ++n)
      counts[u][all.items_of(u)[n]] = all.counts_of_user(u)[n];
  return counts;
}

inline std::vector<double> scores_of(const Recommender& model, std::uint32_t user) {
  std::vector<double> scores(model.training().items());
  model.score(user, scores);
  return scores;
}

// Gauss with row exchanges: A x = b.
inline std::vector<double> solved(Dense a, std::vector<double> b) {
  const std::size_t n = b.size();
  for (std::size_t c = 0; c < n; ++c) {
    std::size_t best = c;
    for (std::size_t r = c; r < n; ++r)
      if (std::abs(a[r][c]) > std::abs(a[best][c])) best = r;
    std::swap(a[c], a[best]), std::swap(b[c], b[best]);
    for (std::size_t r = c + 1; r < n; ++r) {
      const double factor = a[r][c] / a[c][c];
      for (std::size_t j = c; j < n; ++j) a[r][j] -= factor * a[c][j];
      b[r] -= factor * b[c];
    }
  }
  for (std::size_t c = n; c-- > 0;) {
    for (std::size_t j = c + 1; j < n; ++j) b[c] -= a[c][j] * b[j];
    b[c] /= a[c][c];
  }
  return b;
}

}  // namespace rehearse::recommend
