// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/best_possible.hpp"

#include <cassert>

#include "engine/metrics/order.hpp"

namespace rehearse::metrics {
namespace {

struct WeightsOf {
  std::span<const double> weights;
  double operator()(std::size_t row) const { return weights.empty() ? 1.0 : weights[row]; }
};

// Calls `tie(rows)` for each run of equal scores, highest first.
template <class Visit>
void descending_runs(std::span<const double> scores, const Visit& visit) {
  const auto order = ascending_order(scores);
  for (std::size_t end = order.size(); end > 0;) {
    std::size_t begin = end - 1;
    while (begin > 0 && scores[order[begin - 1]] == scores[order[end - 1]]) --begin;
    visit(std::span<const std::uint32_t>(order).subspan(begin, end - begin));
    end = begin;
  }
}

}  // namespace

double best_brier(std::span<const double> truth, std::span<const double> weights) {
  assert(weights.empty() || weights.size() == truth.size());
  const WeightsOf weight{weights};
  double sum = 0, total = 0;
  for (std::size_t i = 0; i < truth.size(); ++i)
    sum += weight(i) * truth[i] * (1 - truth[i]), total += weight(i);
  return sum / total;
}

double brier_above_best(std::span<const double> scores, std::span<const double> truth,
                        std::span<const double> weights) {
  assert(scores.size() == truth.size() && (weights.empty() || weights.size() == truth.size()));
  const WeightsOf weight{weights};
  double sum = 0, total = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const double d = scores[i] - truth[i];
    sum += weight(i) * d * d, total += weight(i);
  }
  return sum / total;
}

Measure expected_roc_auc(std::span<const double> scores, std::span<const double> truth,
                         std::span<const double> weights) {
  assert(scores.size() == truth.size() && (weights.empty() || weights.size() == truth.size()));
  const WeightsOf weight{weights};
  double right = 0, positive = 0, negative = 0, self = 0;
  descending_runs(scores, [&](std::span<const std::uint32_t> rows) {
    double p = 0, n = 0, own = 0;
    for (const std::uint32_t row : rows) {
      const double w = weight(row);
      p += w * truth[row], n += w * (1 - truth[row]);
      own += w * w * truth[row] * (1 - truth[row]);  // a row is no pair with itself
    }
    right += n * positive + (p * n - own) / 2;
    positive += p, negative += n, self += own;
  });
  const double pairs = positive * negative - self;
  if (!(pairs > 0)) return undefined("the truth leaves only one class, so there is no order");
  return {right / pairs, ""};
}

Measure expected_average_precision(std::span<const double> scores, std::span<const double> truth,
                                   std::span<const double> weights) {
  assert(scores.size() == truth.size() && (weights.empty() || weights.size() == truth.size()));
  const WeightsOf weight{weights};
  double sum = 0, positive = 0, selected = 0;
  descending_runs(scores, [&](std::span<const std::uint32_t> rows) {
    double p = 0, variance = 0;
    for (const std::uint32_t row : rows) {
      const double w = weight(row);
      p += w * truth[row], variance += w * w * truth[row] * (1 - truth[row]), selected += w;
    }
    // E[Y (Y + positives above)], Y the clicks of this tie.
    if (selected > 0) sum += (variance + p * p + p * positive) / selected;
    positive += p;
  });
  if (!(positive > 0)) return undefined("the true probabilities are all 0");
  return {sum / positive, ""};
}

}  // namespace rehearse::metrics
