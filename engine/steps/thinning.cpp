// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/thinning.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/random.hpp"

namespace rehearse::steps {
namespace {

std::vector<std::uint32_t> path_with_gap(std::span<const double> x, std::span<const double> y,
                                         double gap) {
  std::vector<std::uint32_t> kept;
  const auto keep = [&kept](std::size_t i) {
    if (kept.empty() || kept.back() != i) kept.push_back(static_cast<std::uint32_t>(i));
  };
  keep(0);
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    const std::size_t from = kept.back();
    if (std::abs(x[i + 1] - x[from]) + std::abs(y[i + 1] - y[from]) > gap) keep(i);
    if (kept.back() == i && std::abs(x[i + 1] - x[i]) + std::abs(y[i + 1] - y[i]) > gap)
      keep(i + 1);
  }
  keep(x.size() - 1);
  return kept;
}

}  // namespace

std::vector<std::uint32_t> thinned_path(std::span<const double> x, std::span<const double> y,
                                        std::size_t most) {
  std::vector<std::uint32_t> kept(x.size());
  std::iota(kept.begin(), kept.end(), 0U);
  if (x.size() <= most) return kept;
  for (double gap = 1.0 / static_cast<double>(most); kept.size() > most; gap *= 2)
    kept = path_with_gap(x, y, gap);
  return kept;
}

std::vector<std::uint32_t> stable_sample(std::size_t rows, std::size_t most, std::uint64_t seed) {
  std::vector<std::uint32_t> order(rows);
  std::iota(order.begin(), order.end(), 0U);
  if (rows <= most) return order;
  std::vector<double> draw(rows);
  const StreamKey key = stream_key(seed, "view.sample");
  for (std::size_t row = 0; row < rows; ++row) draw[row] = Stream(key, 0, row).uniform();
  const auto cut = order.begin() + static_cast<std::ptrdiff_t>(most);
  std::nth_element(order.begin(), cut, order.end(), [&draw](std::uint32_t a, std::uint32_t b) {
    return draw[a] != draw[b] ? draw[a] < draw[b] : a < b;
  });
  order.erase(cut, order.end());
  std::sort(order.begin(), order.end());
  return order;
}

}  // namespace rehearse::steps
