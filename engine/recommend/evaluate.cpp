// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/evaluate.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace rehearse::recommend {
namespace {

// 1/log2(rank + 1)
double discount(std::size_t rank) { return 1 / std::log2(static_cast<double>(rank) + 1); }

metrics::Measure mean_of(const std::vector<ListQuality>& users, double ListQuality::*value) {
  if (users.empty()) return metrics::undefined("no user of the test has training to go by");
  double sum = 0;
  for (const ListQuality& user : users) sum += user.*value;
  return {sum / static_cast<double>(users.size()), {}};
}

Result<void> check_test(const Interactions& training, const Interactions& test, std::size_t k) {
  if (k < 1) return fail(Code::invalid_argument, "k is 0; a list has at least 1 place");
  if (test.users() != training.users() || test.items() != training.items())
    return fail(Code::invalid_argument,
                "the test has {} users and {} items, training {} and {}: number both together",
                test.users(), test.items(), training.users(), training.items());
  for (std::uint32_t user = 0; user < test.users(); ++user)
    for (const std::uint32_t item : test.items_of(user))
      if (training.has(user, item))
        return fail(Code::bad_data,
                    "user {} and item {} are in the test and in training: leave the pair out of "
                    "one of them",
                    user, item);
  return {};
}

}  // namespace

ListQuality quality_of(std::uint32_t user, const std::vector<std::size_t>& ranks, std::size_t k) {
  assert(!ranks.empty());
  ListQuality quality;
  quality.user = user, quality.relevant = ranks.size();
  double gained = 0, best = 0;
  for (std::size_t hit = 0; hit < ranks.size(); ++hit) {
    quality.average_precision += static_cast<double>(hit + 1) / static_cast<double>(ranks[hit]);
    if (hit < k) best += discount(hit + 1);
    if (ranks[hit] > k) continue;
    ++quality.hits;
    gained += discount(ranks[hit]);
  }
  const auto relevant = static_cast<double>(ranks.size());
  quality.ndcg = gained / best;
  quality.recall = static_cast<double>(quality.hits) / relevant;
  quality.average_precision /= relevant;
  quality.reciprocal_rank = ranks.front() <= k ? 1 / static_cast<double>(ranks.front()) : 0;
  return quality;
}

std::vector<std::size_t> ranks_of(std::span<const double> scores,
                                  std::span<const std::uint32_t> masked,
                                  std::span<const std::uint32_t> relevant) {
  std::vector<std::uint32_t> order(relevant.begin(), relevant.end());
  const auto better = [&](std::uint32_t a, std::uint32_t b) {
    return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
  };
  std::sort(order.begin(), order.end(), better);
  // ahead[n]: candidates that stand before order[n] and not before order[n - 1].
  std::vector<std::size_t> ahead(order.size() + 1, 0);
  std::size_t at = 0;
  for (std::uint32_t item = 0; item < scores.size(); ++item) {
    while (at < masked.size() && masked[at] < item) ++at;
    if (at < masked.size() && masked[at] == item) continue;
    ++ahead[static_cast<std::size_t>(std::upper_bound(order.begin(), order.end(), item, better) -
                                     order.begin())];
  }
  std::vector<std::size_t> ranks;
  std::size_t before = 0;
  for (std::size_t n = 0; n < order.size(); ++n) {
    before += ahead[n];  // order[n] itself is counted in ahead[n + 1]
    ranks.push_back(before + 1);
  }
  return ranks;
}

Result<Evaluation> evaluate(const Recommender& model, const Interactions& test, std::size_t k,
                            const Progress& progress) {
  const Interactions& training = model.training();
  if (auto fine = check_test(training, test, k); !fine) return fail(fine.error());
  Evaluation evaluation;
  evaluation.k = k;
  evaluation.listed.assign(test.items(), 0);
  evaluation.hit = evaluation.relevant = evaluation.listed;
  std::vector<double> scores(test.items());
  for (std::uint32_t user = 0; user < test.users(); ++user) {
    if (!progress.report(user / static_cast<double>(test.users()))) return cancelled();
    const auto relevant = test.items_of(user), masked = training.items_of(user);
    if (relevant.empty()) continue;
    if (masked.empty()) {
      ++evaluation.unknown_users;
      continue;
    }
    model.score(user, scores);
    evaluation.users.push_back(quality_of(user, ranks_of(scores, masked, relevant), k));
    for (const std::uint32_t item : relevant) ++evaluation.relevant[item];
    for (const Recommended& listed : top_k(scores, masked, k)) {
      ++evaluation.listed[listed.item];
      evaluation.hit[listed.item] +=
          std::binary_search(relevant.begin(), relevant.end(), listed.item);
    }
  }
  evaluation.ndcg = mean_of(evaluation.users, &ListQuality::ndcg);
  evaluation.recall = mean_of(evaluation.users, &ListQuality::recall);
  evaluation.map = mean_of(evaluation.users, &ListQuality::average_precision);
  evaluation.mrr = mean_of(evaluation.users, &ListQuality::reciprocal_rank);
  return evaluation;
}

Result<PairedDifference> ndcg_difference(const Evaluation& one, const Evaluation& other) {
  const auto same = [](const ListQuality& a, const ListQuality& b) { return a.user == b.user; };
  if (!std::equal(one.users.begin(), one.users.end(), other.users.begin(), other.users.end(), same))
    return fail(Code::invalid_argument, "two evaluations of different users cannot be paired");
  if (one.users.empty())
    return fail(Code::bad_data, "no user was measured, so there is no difference to speak of");
  const auto n = static_cast<double>(one.users.size());
  PairedDifference difference;
  for (std::size_t i = 0; i < one.users.size(); ++i)
    difference.mean += (one.users[i].ndcg - other.users[i].ndcg) / n;
  if (one.users.size() < 2) {
    difference.standard_error = metrics::undefined("one user alone has no spread");
    return difference;
  }
  double squares = 0;
  for (std::size_t i = 0; i < one.users.size(); ++i) {
    const double off = one.users[i].ndcg - other.users[i].ndcg - difference.mean;
    squares += off * off;
  }
  difference.standard_error = {std::sqrt(squares / (n - 1) / n), {}};
  return difference;
}

}  // namespace rehearse::recommend
