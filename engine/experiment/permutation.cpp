// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/experiment/permutation.hpp"

#include <cmath>
#include <numeric>
#include <vector>

#include "engine/base/random.hpp"
#include "engine/experiment/contrast.hpp"

namespace rehearse::experiment {
namespace {

// All values with those of the smaller arm first; a split is known by the sum of as many values.
struct Pool {
  std::vector<double> values;
  std::size_t chosen = 0;  // size of the smaller arm
  double total = 0, observed = 0, sign = 1;

  // The difference of means (smaller arm minus the other) of a split with this sum.
  double difference(double sum) const {
    const auto m = static_cast<double>(chosen), n = static_cast<double>(values.size());
    return sum / m - (total - sum) / (n - m);
  }
  double tolerance() const {
    double scale = 0;
    for (const double v : values) scale = std::max(scale, std::abs(v));
    return 1e-12 * scale;
  }
};

Result<Pool> pool_of(std::span<const double> control, std::span<const double> treatment) {
  for (const auto& [arm, name] : {std::pair{control, "control"}, std::pair{treatment, "treatment"}})
    if (auto sample = sample_of(arm); !sample) return at(name, Result<Pool>(fail(sample.error())));
  Pool pool;
  const bool treated_first = treatment.size() <= control.size();
  const auto first = treated_first ? treatment : control,
             rest = treated_first ? control : treatment;
  pool.values.assign(first.begin(), first.end());
  pool.values.insert(pool.values.end(), rest.begin(), rest.end());
  // Centred, so that sums of large values lose nothing.
  const double mean = std::accumulate(pool.values.begin(), pool.values.end(), 0.0) /
                      static_cast<double>(pool.values.size());
  for (double& v : pool.values) v -= mean;
  pool.chosen = first.size();
  pool.total = std::accumulate(pool.values.begin(), pool.values.end(), 0.0);
  pool.sign = treated_first ? 1 : -1;
  pool.observed = pool.difference(std::accumulate(
      pool.values.begin(), pool.values.begin() + static_cast<long>(pool.chosen), 0.0));
  return pool;
}

}  // namespace

std::uint64_t splits_of(std::uint64_t n, std::uint64_t m) {
  if (m > n) return 0;
  m = std::min(m, n - m);
  std::uint64_t count = 1;
  for (std::uint64_t i = 1; i <= m; ++i) {
    count = count * (n - m + i) / i;  // C(n - m + i, i), a whole number
    if (count > kMostSplits) return kMostSplits + 1;
  }
  return count;
}

Result<PermutationTest> permutation_test(std::span<const double> control,
                                         std::span<const double> treatment, std::uint64_t splits,
                                         std::uint64_t seed, const Progress& progress) {
  if (splits == 0) return fail(Code::invalid_argument, "a permutation test needs some splits");
  auto pool = pool_of(control, treatment);
  if (!pool) return fail(pool.error());
  PermutationTest test{pool->sign * pool->observed, 1, 0, splits, false};
  const double least = std::abs(pool->observed) - pool->tolerance();
  const StreamKey key = stream_key(seed, "experiment.permutation");
  std::vector<std::size_t> swapped(pool->chosen);
  for (std::uint64_t split = 0; split < splits; ++split) {
    if (split % 64 == 0 &&
        !progress.report(static_cast<double>(split) / static_cast<double>(splits)))
      return cancelled();
    // The head of a shuffle, undone afterwards: a split must not depend on those before it.
    Stream stream(key, 0, split);
    double sum = 0;
    for (std::size_t i = 0; i < pool->chosen; ++i) {
      swapped[i] = i + stream.below(pool->values.size() - i);
      std::swap(pool->values[i], pool->values[swapped[i]]);
      sum += pool->values[i];
    }
    for (std::size_t i = pool->chosen; i-- > 0;)
      std::swap(pool->values[i], pool->values[swapped[i]]);
    test.at_least += std::abs(pool->difference(sum)) >= least;
  }
  test.p = (static_cast<double>(test.at_least) + 1) / (static_cast<double>(splits) + 1);
  return test;
}

Result<PermutationTest> exact_permutation_test(std::span<const double> control,
                                               std::span<const double> treatment,
                                               const Progress& progress) {
  const auto pool = pool_of(control, treatment);
  if (!pool) return fail(pool.error());
  const std::size_t n = pool->values.size(), m = pool->chosen;
  PermutationTest test{pool->sign * pool->observed, 1, 0, splits_of(n, m), true};
  if (test.splits > kMostSplits)
    return fail(Code::limit, "{} units in arms of {} and {} have more than {} splits; sample them",
                n, m, n - m, kMostSplits);
  const double least = std::abs(pool->observed) - pool->tolerance();
  std::vector<std::size_t> pick(m);
  std::iota(pick.begin(), pick.end(), std::size_t{0});
  for (std::uint64_t split = 0; split < test.splits; ++split) {
    if (split % 4096 == 0 &&
        !progress.report(static_cast<double>(split) / static_cast<double>(test.splits)))
      return cancelled();
    double sum = 0;
    for (const std::size_t i : pick) sum += pool->values[i];
    test.at_least += std::abs(pool->difference(sum)) >= least;
    // The next combination in lexicographic order.
    std::size_t place = m;
    while (place > 0 && pick[place - 1] == n - m + place - 1) --place;
    if (place == 0) break;
    ++pick[place - 1];
    for (std::size_t i = place; i < m; ++i) pick[i] = pick[i - 1] + 1;
  }
  test.p = static_cast<double>(test.at_least) / static_cast<double>(test.splits);
  return test;
}

}  // namespace rehearse::experiment
