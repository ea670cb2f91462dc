// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/rank_loss.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <numeric>

#include "engine/metrics/probability.hpp"
#include "engine/metrics/ranking.hpp"

namespace rehearse::models {
namespace {

double discount_at(std::size_t place, std::size_t k) {
  return place < k ? 1 / std::log2(static_cast<double>(place) + 2) : 0;
}

double pointwise_gradient(std::span<const double> scores, std::span<const double> relevance,
                          double most, std::span<double> gradient, std::span<double> curvature) {
  const auto n = static_cast<double>(scores.size());
  const double top = most > 0 ? rank_gain(most) : 1;
  double loss = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const double target = rank_gain(relevance[i]) / top, p = metrics::sigmoid(scores[i]);
    loss += metrics::log_loss_of_logit(scores[i], target) / n;
    gradient[i] = (p - target) / n, curvature[i] = p * (1 - p) / n;
  }
  return loss;
}

}  // namespace

Result<RankLoss> parse_rank_loss(std::string_view name) {
  if (name == "pointwise") return RankLoss::pointwise;
  if (name == "pairwise") return RankLoss::pairwise;
  if (name == "lambda") return RankLoss::lambda;
  return fail(Code::invalid_argument,
              "there is no ranking loss `{}`; there are pointwise, pairwise and lambda", name);
}

double rank_gain(double relevance) { return std::exp2(relevance) - 1; }

std::vector<std::size_t> rank_places(std::span<const double> scores) {
  std::vector<std::size_t> order(scores.size()), place(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  for (std::size_t p = 0; p < order.size(); ++p) place[order[p]] = p;
  return place;
}

double best_dcg(std::span<const double> relevance, std::size_t k) {
  std::vector<double> sorted(relevance.begin(), relevance.end());
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  return metrics::dcg(sorted, k);
}

double swap_worth(std::span<const double> relevance, std::span<const std::size_t> place,
                  std::size_t i, std::size_t j, std::size_t k, double best) {
  return std::abs((rank_gain(relevance[i]) - rank_gain(relevance[j])) *
                  (discount_at(place[i], k) - discount_at(place[j], k))) /
         best;
}

double rank_gradient(RankLoss loss, std::span<const double> scores,
                     std::span<const double> relevance, double most, std::size_t k,
                     std::span<double> gradient, std::span<double> curvature) {
  const std::size_t n = scores.size();
  assert(relevance.size() == n && gradient.size() == n && curvature.size() == n);
  if (loss == RankLoss::pointwise)
    return pointwise_gradient(scores, relevance, most, gradient, curvature);
  std::fill(gradient.begin(), gradient.end(), 0.0);
  std::fill(curvature.begin(), curvature.end(), 0.0);
  const bool lambda = loss == RankLoss::lambda;
  const double best = lambda ? best_dcg(relevance, k) : 1;
  if (!(best > 0)) return 0;
  const std::vector<std::size_t> place = lambda ? rank_places(scores) : std::vector<std::size_t>();
  double sum = 0, pairs = 0;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      if (!(relevance[i] > relevance[j])) continue;
      ++pairs;
      const double w = lambda ? swap_worth(relevance, place, i, j, k, best) : 1;
      if (w == 0) continue;
      const double d = scores[i] - scores[j], wrong = metrics::sigmoid(-d);
      sum += w * metrics::softplus(-d);
      gradient[i] -= w * wrong, gradient[j] += w * wrong;
      const double bend = w * wrong * (1 - wrong);
      curvature[i] += bend, curvature[j] += bend;
    }
  if (lambda || pairs == 0) return sum;
  for (std::size_t i = 0; i < n; ++i) gradient[i] /= pairs, curvature[i] /= pairs;
  return sum / pairs;
}

}  // namespace rehearse::models
