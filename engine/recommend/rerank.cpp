// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/rerank.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace rehearse::recommend {
namespace {

constexpr double kSpanned = 1e-10;  // of an item's own L_ii

Result<void> check_finite(std::span<const double> values, const char* what) {
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!std::isfinite(values[i]))
      return fail(Code::bad_data, "{} {} is {:g}; it must be finite", what, i + 1, values[i]);
  return {};
}

Result<void> check_candidates(std::span<const double> relevance,
                              std::span<const double> similarity) {
  if (similarity.size() != relevance.size() * relevance.size())
    return fail(Code::invalid_argument, "{} similarities of {} candidates; {} are due",
                similarity.size(), relevance.size(), relevance.size() * relevance.size());
  if (auto fine = check_finite(relevance, "relevance"); !fine) return fine;
  return check_finite(similarity, "similarity");
}

}  // namespace

Result<std::vector<std::size_t>> mmr(std::span<const double> relevance,
                                     std::span<const double> similarity, std::size_t k,
                                     double lambda) {
  if (auto fine = check_candidates(relevance, similarity); !fine) return fail(fine.error());
  if (!(lambda >= 0 && lambda <= 1))
    return fail(Code::invalid_argument, "lambda of MMR is {:g}; it is from 0 to 1", lambda);
  const std::size_t n = relevance.size();
  std::vector<std::size_t> chosen;
  std::vector<std::uint8_t> shown(n, 0);
  std::vector<double> nearest(n, -std::numeric_limits<double>::infinity());
  while (chosen.size() < std::min(k, n)) {
    std::size_t best = n;
    double most = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (shown[i]) continue;
      const double gain = lambda * relevance[i] - (chosen.empty() ? 0 : (1 - lambda) * nearest[i]);
      if (best == n || gain > most) best = i, most = gain;
    }
    chosen.push_back(best), shown[best] = 1;
    for (std::size_t i = 0; i < n; ++i) nearest[i] = std::max(nearest[i], similarity[best * n + i]);
  }
  return chosen;
}

Result<std::vector<double>> dpp_kernel(std::span<const double> relevance,
                                       std::span<const double> similarity, double strength) {
  if (auto fine = check_candidates(relevance, similarity); !fine) return fail(fine.error());
  if (!(strength >= 0) || std::isinf(strength))
    return fail(Code::invalid_argument, "the strength of relevance is {:g}; it is 0 or more",
                strength);
  const std::size_t n = relevance.size();
  std::vector<double> quality(n), kernel(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    quality[i] = std::exp(strength * relevance[i]);
    if (!(quality[i] < 1e150))
      return fail(
          Code::invalid_argument,
          "candidate {}: the quality exp({:g} · {:g}) is too large; scale relevance, or use "
          "a smaller strength",
          i + 1, strength, relevance[i]);
  }
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      kernel[i * n + j] = quality[i] * similarity[i * n + j] * quality[j];
  return kernel;
}

Result<std::vector<std::size_t>> greedy_dpp(std::span<const double> kernel, std::size_t n,
                                            std::size_t k) {
  if (kernel.size() != n * n)
    return fail(Code::invalid_argument, "a kernel of {} numbers for {} items; {} are due",
                kernel.size(), n, n * n);
  if (auto fine = check_finite(kernel, "kernel value"); !fine) return fail(fine.error());
  std::vector<double> left(n);  // det L_{S+i} / det L_S
  for (std::size_t i = 0; i < n; ++i) {
    left[i] = kernel[i * n + i];
    if (left[i] < 0)
      return fail(Code::bad_data, "item {}: its own kernel value is {:g}; it is 0 or more", i + 1,
                  left[i]);
  }
  std::vector<std::size_t> chosen;
  std::vector<std::uint8_t> shown(n, 0);
  std::vector<std::vector<double>> row(n);  // of the Cholesky factor, for the items chosen
  while (chosen.size() < k) {
    std::size_t best = n;
    for (std::size_t i = 0; i < n; ++i)
      if (!shown[i] && left[i] > kSpanned * kernel[i * n + i] &&
          (best == n || left[i] > left[best]))
        best = i;
    if (best == n) break;
    const double pivot = std::sqrt(left[best]);
    for (std::size_t i = 0; i < n; ++i) {
      if (shown[i] || i == best) continue;
      const double e =
          (kernel[best * n + i] -
           std::inner_product(row[best].begin(), row[best].end(), row[i].begin(), 0.0)) /
          pivot;
      row[i].push_back(e);
      left[i] -= e * e;
    }
    chosen.push_back(best), shown[best] = 1;
  }
  return chosen;
}

Result<std::vector<std::size_t>> capped(std::span<const double> score,
                                        std::span<const std::uint32_t> group, std::size_t k,
                                        std::size_t cap) {
  if (score.size() != group.size())
    return fail(Code::invalid_argument, "{} scores and {} groups: a candidate needs one of each",
                score.size(), group.size());
  if (cap < 1) return fail(Code::invalid_argument, "a cap of 0 leaves nothing to show");
  if (auto fine = check_finite(score, "score"); !fine) return fail(fine.error());
  std::vector<std::size_t> order(score.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return score[a] > score[b]; });
  std::vector<std::size_t> shown;
  std::map<std::uint32_t, std::size_t> of_group;
  for (const std::size_t i : order) {
    if (shown.size() == k) break;
    if (of_group[group[i]] == cap) continue;
    ++of_group[group[i]];
    shown.push_back(i);
  }
  return shown;
}

}  // namespace rehearse::recommend
