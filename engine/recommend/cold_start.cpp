// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/cold_start.hpp"

#include <array>
#include <cmath>
#include <limits>

#include "engine/recommend/evaluate.hpp"

namespace rehearse::recommend {
namespace {

// What the moments of one group need.
struct GroupMoments {
  double successes = 0, trials = 0, squares = 0, items = 0, spread = 0;
  double mean() const { return trials > 0 ? successes / trials : 0; }
};

// k of all groups together; infinite where items differ by no more than chance explains.
double worth_of(const std::vector<GroupMoments>& groups) {
  double above = 0, below = 0;
  for (const GroupMoments& g : groups) {
    if (g.items < 2) continue;
    const double v = g.mean() * (1 - g.mean());
    above += g.spread - v * (g.items - 1);
    below += v * (g.trials - g.squares / g.trials - (g.items - 1));
  }
  const double rho = below > 0 ? above / below : 0;
  if (!(rho > 0)) return std::numeric_limits<double>::infinity();
  return rho >= 1 ? 0 : (1 - rho) / rho;
}

std::vector<GroupMoments> moments_of(std::span<const double> successes,
                                     std::span<const double> trials,
                                     std::span<const std::uint32_t> group, std::size_t groups) {
  std::vector<GroupMoments> all(groups);
  for (std::size_t i = 0; i < trials.size(); ++i) {
    if (trials[i] == 0) continue;
    GroupMoments& g = all[group[i]];
    g.successes += successes[i], g.trials += trials[i];
    g.squares += trials[i] * trials[i], g.items += 1;
  }
  for (std::size_t i = 0; i < trials.size(); ++i) {
    if (trials[i] == 0) continue;
    GroupMoments& g = all[group[i]];
    const double off = successes[i] / trials[i] - g.mean();
    g.spread += trials[i] * off * off;
  }
  return all;
}

double trust_of(double trials, double worth) {
  if (trials == 0 || std::isinf(worth)) return 0;
  return trials / (trials + worth);
}

Result<void> check_counts(std::span<const double> successes, std::span<const double> trials,
                          std::span<const std::uint32_t> group, std::size_t groups) {
  if (successes.size() != trials.size() || group.size() != trials.size())
    return fail(Code::invalid_argument,
                "{} successes, {} trials and {} groups: one of each an item", successes.size(),
                trials.size(), group.size());
  double all = 0;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    if (!std::isfinite(trials[i]) || !(successes[i] >= 0 && successes[i] <= trials[i]))
      return fail(Code::bad_data,
                  "item {}: {:g} successes of {:g} trials; successes lie from 0 to the trials",
                  i + 1, successes[i], trials[i]);
    if (group[i] >= groups)
      return fail(Code::invalid_argument, "item {}: there is no group {}", i + 1, group[i]);
    all += trials[i];
  }
  if (all == 0) return fail(Code::bad_data, "nothing was tried, so no rate can be estimated");
  return {};
}

// Sums of one source for one kind of newcomer.
struct NewcomerSums {
  double users = 0, recall = 0, ndcg = 0;
  void add(const ListQuality& quality) { ++users, recall += quality.recall, ndcg += quality.ndcg; }
};

constexpr std::array<const char*, 3> kNewcomers = {"known users", "new users", "new communities"};

}  // namespace

Result<ShrunkenRates> shrink_rates(std::span<const double> successes,
                                   std::span<const double> trials,
                                   std::span<const std::uint32_t> group, std::size_t groups) {
  if (auto fine = check_counts(successes, trials, group, groups); !fine) return fail(fine.error());
  const std::vector<GroupMoments> within = moments_of(successes, trials, group, groups);
  std::vector<double> of_groups, tried;
  for (const GroupMoments& g : within) of_groups.push_back(g.successes), tried.push_back(g.trials);
  const std::vector<std::uint32_t> one(groups, 0);
  const std::vector<GroupMoments> between = moments_of(of_groups, tried, one, 1);
  ShrunkenRates made;
  made.worth = worth_of(within), made.group_worth = worth_of(between);
  made.overall = between.front().mean();
  for (const GroupMoments& g : within) {
    const double trust = trust_of(g.trials, made.group_worth);
    made.group_mean.push_back(trust * g.mean() + (1 - trust) * made.overall);
  }
  for (std::size_t i = 0; i < trials.size(); ++i) {
    const double trust = trust_of(trials[i], made.worth);
    made.trust.push_back(trust);
    made.rate.push_back((trust > 0 ? trust * successes[i] / trials[i] : 0) +
                        (1 - trust) * made.group_mean[group[i]]);
  }
  return made;
}

Result<Frame> newcomer_report(const std::vector<NamedRecommender>& sources,
                              const Interactions& test, std::size_t k, const Progress& progress) {
  if (sources.empty()) return fail(Code::invalid_argument, "no source of candidates is named");
  if (k < 1) return fail(Code::invalid_argument, "k is 0; a list has at least 1 place");
  const Interactions& training = sources.front().model->training();
  if (test.users() != training.users() || test.items() != training.items())
    return fail(Code::invalid_argument,
                "the test has {} users and {} items, training {} and {}: number both together",
                test.users(), test.items(), training.users(), training.items());
  std::vector<std::array<NewcomerSums, 3>> sums(sources.size());
  std::vector<double> scores(test.items());
  for (std::uint32_t user = 0; user < test.users(); ++user) {
    if (!progress.report(user / static_cast<double>(test.users()))) return cancelled();
    std::vector<std::uint32_t> relevant[2];  // with and without training
    for (const std::uint32_t item : test.items_of(user))
      relevant[training.users_of(item).empty()].push_back(item);
    const auto masked = training.items_of(user);
    for (std::size_t s = 0; s < sources.size(); ++s) {
      sources[s].model->score(user, scores);
      if (!relevant[0].empty())
        sums[s][masked.empty() ? 1 : 0].add(
            quality_of(user, ranks_of(scores, masked, relevant[0]), k));
      if (!relevant[1].empty())
        sums[s][2].add(quality_of(user, ranks_of(scores, masked, relevant[1]), k));
    }
  }
  std::vector<std::string> source, who;
  std::vector<double> users, recall, ndcg;
  for (std::size_t w = 0; w < kNewcomers.size(); ++w)
    for (std::size_t s = 0; s < sources.size(); ++s) {
      const NewcomerSums& of = sums[s][w];
      if (of.users == 0) continue;
      source.push_back(sources[s].name), who.emplace_back(kNewcomers[w]);
      users.push_back(of.users), recall.push_back(of.recall / of.users);
      ndcg.push_back(of.ndcg / of.users);
    }
  Frame::Builder b;
  b.add("source", source).add("who", who).add("users", std::move(users));
  b.add("recall", std::move(recall)).add("ndcg", std::move(ndcg));
  return std::move(b).build();
}

}  // namespace rehearse::recommend
