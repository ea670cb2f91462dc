// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/rank_loss.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/metrics/ranking.hpp"

namespace {

using namespace rehearse;
using namespace rehearse::models;

struct OneList {
  std::vector<double> scores, relevance;
};

OneList drawn_list(std::uint64_t seed, std::size_t n) {
  OneList list;
  Stream stream(seed, "test.list");
  for (std::size_t i = 0; i < n; ++i) {
    list.scores.push_back(stream.normal());
    list.relevance.push_back(static_cast<double>(stream.below(3)));
  }
  list.relevance[0] = 2, list.relevance[1] = 0;
  return list;
}

double ndcg_of(const OneList& list, std::size_t k) {
  const std::vector<std::uint32_t> query(list.scores.size(), 0);
  return metrics::ranking_report(query, list.relevance, list.scores, {.k = k})->ndcg.value;
}

std::vector<double> gradient_of(RankLoss loss, const OneList& list, std::size_t k,
                                double* value = nullptr) {
  std::vector<double> gradient(list.scores.size()), curvature(list.scores.size());
  const double l = rank_gradient(loss, list.scores, list.relevance, 2, k, gradient, curvature);
  if (value) *value = l;
  return gradient;
}

}  // namespace

TEST_CASE("rank loss: what a swap is worth is the change of nDCG when it is computed anew") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const OneList list = drawn_list(seed, 9);
    const auto place = rank_places(list.scores);
    for (const std::size_t k : {1, 4, 20})
      for (std::size_t i = 0; i < 9; ++i)
        for (std::size_t j = 0; j < i; ++j) {
          OneList swapped = list;
          std::swap(swapped.scores[i], swapped.scores[j]);
          CHECK(swap_worth(list.relevance, place, i, j, k, best_dcg(list.relevance, k)) ==
                Approx(std::abs(ndcg_of(swapped, k) - ndcg_of(list, k))).margin(1e-12));
        }
  }
}

TEST_CASE("rank loss: gradients of pointwise and pairwise against finite differences") {
  for (const RankLoss loss : {RankLoss::pointwise, RankLoss::pairwise}) {
    OneList list = drawn_list(3, 12);
    const std::vector<double> gradient = gradient_of(loss, list, 10);
    for (std::size_t i = 0; i < 12; ++i) {
      constexpr double kStep = 1e-5;
      double up = 0, down = 0;
      list.scores[i] += kStep, gradient_of(loss, list, 10, &up);
      list.scores[i] -= 2 * kStep, gradient_of(loss, list, 10, &down);
      list.scores[i] += kStep;
      CHECK(gradient[i] == Approx((up - down) / (2 * kStep)).margin(1e-8));
    }
  }
}

TEST_CASE("rank loss: curvature is the slope of the gradient") {
  // With two candidates the pair's second derivative is all of it.
  OneList list{{0.4, -0.3}, {0, 2}};
  std::vector<double> gradient(2), curvature(2);
  rank_gradient(RankLoss::pairwise, list.scores, list.relevance, 2, 10, gradient, curvature);
  constexpr double kStep = 1e-5;
  for (std::size_t i = 0; i < 2; ++i) {
    OneList up = list, down = list;
    up.scores[i] += kStep, down.scores[i] -= kStep;
    CHECK(curvature[i] == Approx((gradient_of(RankLoss::pairwise, up, 10)[i] -
                                  gradient_of(RankLoss::pairwise, down, 10)[i]) /
                                 (2 * kStep)));
  }
}

TEST_CASE("rank loss: lambdas are the sum over pairs, one by one") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const OneList list = drawn_list(seed, 8);
    for (const std::size_t k : {2, 8}) {
      std::vector<double> brute(8, 0.0);
      for (std::size_t i = 0; i < 8; ++i)
        for (std::size_t j = 0; j < 8; ++j) {
          if (list.relevance[i] <= list.relevance[j]) continue;
          OneList swapped = list;
          std::swap(swapped.scores[i], swapped.scores[j]);
          const double worth = std::abs(ndcg_of(swapped, k) - ndcg_of(list, k));
          const double lambda = worth / (1 + std::exp(list.scores[i] - list.scores[j]));
          brute[i] -= lambda, brute[j] += lambda;
        }
      const std::vector<double> gradient = gradient_of(RankLoss::lambda, list, k);
      for (std::size_t i = 0; i < 8; ++i) CHECK(gradient[i] == Approx(brute[i]).margin(1e-12));
    }
  }
}

TEST_CASE("rank loss: pairs push against each other, whatever the scores") {
  rc::check("gradients of a list add up to 0", [] {
    const auto n = *rc::gen::inRange<std::size_t>(2, 20);
    OneList list;
    for (std::size_t i = 0; i < n; ++i) {
      list.scores.push_back(*rc::gen::inRange(-40, 41) / 8.0);
      list.relevance.push_back(*rc::gen::inRange(0, 4));
    }
    for (const RankLoss loss : {RankLoss::pairwise, RankLoss::lambda}) {
      double sum = 0;
      for (const double g : gradient_of(loss, list, 5)) sum += g;
      RC_ASSERT(std::abs(sum) < 1e-9);
    }
  });
}

TEST_CASE(
    "rank loss: candidates that are all alike say nothing about order, and much about level") {
  const OneList list{{1, 0, -1}, {0, 0, 0}};
  for (const RankLoss loss : {RankLoss::pairwise, RankLoss::lambda})
    CHECK(gradient_of(loss, list, 10) == std::vector<double>{0, 0, 0});
  for (const double g : gradient_of(RankLoss::pointwise, list, 10)) CHECK(g > 0);
}

TEST_CASE("rank loss: huge scores keep everything finite") {
  const OneList list{{1e8, -1e8, 0}, {0, 2, 1}};
  for (const RankLoss loss : {RankLoss::pointwise, RankLoss::pairwise, RankLoss::lambda}) {
    double value = 0;
    for (const double g : gradient_of(loss, list, 10, &value)) CHECK(std::isfinite(g));
    CHECK(std::isfinite(value));
  }
  CHECK(parse_rank_loss("hinge").error().message.find("no ranking loss `hinge`") !=
        std::string::npos);
}
