// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/monitor/embedding.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "engine/base/random.hpp"

namespace rehearse::monitor {
namespace {

// n m / (n + m) times the squared distance of the means, from the sum of the first side.
double shift_statistic(std::span<const double> first_sum, std::span<const double> total, double n,
                       double m) {
  double squares = 0;
  for (std::size_t d = 0; d < total.size(); ++d) {
    const double gap = first_sum[d] / n - (total[d] - first_sum[d]) / m;
    squares += gap * gap;
  }
  return n * m / (n + m) * squares;
}

Result<void> check(const Vectors& v, const char* side) {
  if (v.size() == 0) return fail(Code::bad_data, "the {} vectors are empty", side);
  for (std::size_t i = 0; i < v.values.size(); ++i)
    if (!std::isfinite(v.values[i]))
      return fail(Code::bad_data, "{} vector {}: a value is not finite", side,
                  i / v.dimensions + 1);
  return {};
}

}  // namespace

double cosine(std::span<const double> a, std::span<const double> b) {
  assert(a.size() == b.size());
  double dot = 0, of_a = 0, of_b = 0;
  for (std::size_t d = 0; d < a.size(); ++d)
    dot += a[d] * b[d], of_a += a[d] * a[d], of_b += b[d] * b[d];
  return of_a > 0 && of_b > 0 ? dot / std::sqrt(of_a * of_b) : std::nan("");
}

std::vector<double> centroid(const Vectors& vectors) {
  assert(vectors.size() > 0);
  std::vector<double> mean(vectors.dimensions, 0);
  for (std::size_t i = 0; i < vectors.values.size(); ++i)
    mean[i % vectors.dimensions] += vectors.values[i] / static_cast<double>(vectors.size());
  return mean;
}

std::vector<double> cosines_to(const Vectors& vectors, std::span<const double> direction) {
  std::vector<double> all;
  for (std::size_t i = 0; i < vectors.size(); ++i) all.push_back(cosine(vectors.row(i), direction));
  return all;
}

Result<MeanShift> mean_shift(const Vectors& reference, const Vectors& current, int permutations,
                             std::uint64_t seed, std::uint64_t replicate) {
  if (auto fine = check(reference, "reference"); !fine) return fail(fine.error());
  if (auto fine = check(current, "current"); !fine) return fail(fine.error());
  if (reference.dimensions != current.dimensions)
    return fail(Code::bad_data, "vectors of {} and of {} dimensions cannot be compared",
                reference.dimensions, current.dimensions);
  const std::size_t n = reference.size(), rows = n + current.size(), dims = reference.dimensions;
  const auto row = [&](std::size_t i) { return i < n ? reference.row(i) : current.row(i - n); };
  std::vector<std::uint32_t> order(rows);
  std::iota(order.begin(), order.end(), 0U);
  std::vector<double> total(dims, 0), first(dims);
  const auto statistic = [&] {
    std::fill(first.begin(), first.end(), 0);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t d = 0; d < dims; ++d) first[d] += row(order[i])[d];
    return shift_statistic(first, total, static_cast<double>(n), static_cast<double>(rows - n));
  };
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t d = 0; d < dims; ++d) total[d] += row(i)[d];
  MeanShift result;
  result.statistic = statistic();
  int as_large = 0;
  for (int turn = 0; turn < permutations; ++turn) {
    Stream stream(seed, "monitor.mean_shift", replicate, static_cast<std::uint64_t>(turn));
    stream.shuffle(std::span<std::uint32_t>(order));
    as_large += statistic() >= result.statistic * (1 - 1e-12);
  }
  result.p = (as_large + 1.0) / (permutations + 1.0);
  return result;
}

std::vector<std::uint32_t> nearest(const Vectors& items, std::span<const double> query,
                                   std::size_t k) {
  const auto cosines = cosines_to(items, query);
  std::vector<std::uint32_t> order(items.size());
  std::iota(order.begin(), order.end(), 0U);
  k = std::min(k, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(k), order.end(),
                    [&](std::uint32_t a, std::uint32_t b) {
                      const double of_a = std::isnan(cosines[a]) ? -2 : cosines[a],
                                   of_b = std::isnan(cosines[b]) ? -2 : cosines[b];
                      return of_a != of_b ? of_a > of_b : a < b;
                    });
  order.resize(k);
  return order;
}

Result<double> recall_at(const Vectors& items, const Vectors& queries,
                         std::span<const std::vector<std::uint32_t>> relevant, std::size_t k) {
  if (k == 0 || relevant.size() != queries.size() || items.dimensions != queries.dimensions)
    return fail(Code::invalid_argument,
                "recall@{} of {} queries with {} lists of relevant items, dimensions {} and {}", k,
                queries.size(), relevant.size(), items.dimensions, queries.dimensions);
  double sum = 0, counted = 0;
  for (std::size_t q = 0; q < queries.size(); ++q) {
    if (relevant[q].empty()) continue;
    const auto found = nearest(items, queries.row(q), k);
    double hits = 0;
    for (const std::uint32_t item : relevant[q]) {
      if (item >= items.size())
        return fail(Code::bad_data, "query {}: item {} of {} items", q + 1, item, items.size());
      hits += std::find(found.begin(), found.end(), item) != found.end();
    }
    sum += hits / static_cast<double>(relevant[q].size()), counted += 1;
  }
  if (counted == 0)
    return fail(Code::bad_data, "no query has a relevant item: recall is undefined");
  return sum / counted;
}

}  // namespace rehearse::monitor
