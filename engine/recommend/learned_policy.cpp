// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/learned_policy.hpp"

#include <algorithm>
#include <cmath>

namespace rehearse::recommend {
namespace {

struct PairedRounds {
  Interner contexts, actions;
  std::vector<std::uint32_t> context, action;
};

Result<PairedRounds> paired(const Frame& log, const std::string& context,
                            const std::string& action) {
  auto contexts = log.require(context), actions = log.require(action);
  if (!contexts) return fail(contexts.error());
  if (!actions) return fail(actions.error());
  PairedRounds rounds;
  for (std::size_t row = 0; row < log.rows(); ++row) {
    auto who = code_of(rounds.contexts, **contexts, row),
         what = code_of(rounds.actions, **actions, row);
    if (!who) return fail(who.error());
    if (!what) return fail(what.error());
    rounds.context.push_back(*who), rounds.action.push_back(*what);
  }
  if (rounds.contexts.size() * rounds.actions.size() > PolicyTable::kMostCells)
    return fail(Code::limit, "{} contexts and {} actions are more than {} pairs",
                rounds.contexts.size(), rounds.actions.size(), PolicyTable::kMostCells);
  return rounds;
}

Result<void> check_learned(const LearnedPolicyOptions& o) {
  if (!(o.shrink >= 0 && o.shrink <= 1e9) || !(o.temperature >= 1e-3 && o.temperature <= 1e3) ||
      !(o.explore >= 0 && o.explore <= 1))
    return fail(Code::invalid_argument,
                "a learned policy needs a shrinkage from 0 to 1e9 rounds, a temperature from 0.001 "
                "to 1000 and an exploration from 0 to 1");
  return {};
}

// Rounds and clicks of pairs, of actions and of all.
struct Counts {
  std::vector<double> rounds, clicks, action_rounds, action_clicks;
  double all_rounds = 0, all_clicks = 0;

  // In log-odds; half a click keeps it finite where there is nothing to shrink with.
  double score(std::size_t cell, std::size_t action, double shrink) const {
    const auto rate = [shrink](double clicks_seen, double seen, double prior) {
      return (clicks_seen + shrink * prior + 0.5 * prior) / (seen + shrink + 0.5);
    };
    const double mean = std::clamp(all_clicks / all_rounds, 1e-6, 1 - 1e-6);
    const double own = rate(action_clicks[action], action_rounds[action], mean);
    const double p = std::clamp(rate(clicks[cell], rounds[cell], own), 1e-9, 1 - 1e-9);
    return std::log(p / (1 - p));
  }
};

Result<Counts> counts_of(const Frame& log, const PairedRounds& rounds, const std::string& reward) {
  auto column = log.require(reward);
  if (!column) return fail(column.error());
  const std::size_t width = rounds.actions.size();
  Counts counts;
  counts.rounds.assign(rounds.contexts.size() * width, 0), counts.clicks = counts.rounds;
  counts.action_rounds.assign(width, 0), counts.action_clicks = counts.action_rounds;
  for (std::size_t row = 0; row < log.rows(); ++row) {
    const double r = (*column)->numeric() ? (*column)->number(row) : std::nan("");
    if (r != 0 && r != 1)
      return fail(Code::bad_data,
                  "row {}: `{}` is `{}`; a policy is learned from clicks, which are 0 or 1",
                  row + 1, reward, (*column)->cell(row));
    const std::size_t a = rounds.action[row], cell = rounds.context[row] * width + a;
    counts.rounds[cell] += 1, counts.action_rounds[a] += 1, counts.all_rounds += 1;
    counts.clicks[cell] += r, counts.action_clicks[a] += r, counts.all_clicks += r;
  }
  if (counts.all_rounds == 0)
    return fail(Code::bad_data, "the log has no rows, so nothing can be learned");
  return counts;
}

}  // namespace

Result<Frame> learn_policy(const Frame& log, const std::string& context, const std::string& action,
                           const std::string& reward, const LearnedPolicyOptions& o) {
  if (auto fine = check_learned(o); !fine) return fail(fine.error());
  auto rounds = paired(log, context, action);
  if (!rounds) return fail(rounds.error());
  auto counts = counts_of(log, *rounds, reward);
  if (!counts) return fail(counts.error());
  const std::size_t width = rounds->actions.size();
  std::vector<std::string> contexts, actions;
  std::vector<double> target, score;
  for (std::size_t c = 0; c < rounds->contexts.size(); ++c) {
    double best = -INFINITY, sum = 0;
    for (std::size_t a = 0; a < width; ++a) {
      contexts.push_back(rounds->contexts.texts()[c]);
      actions.push_back(rounds->actions.texts()[a]);
      score.push_back(counts->score(c * width + a, a, o.shrink));
      best = std::max(best, score.back());
    }
    for (std::size_t a = 0; a < width; ++a) {
      target.push_back(std::exp((score[c * width + a] - best) / o.temperature));
      sum += target.back();
    }
    for (std::size_t a = 0; a < width; ++a) {
      double& p = target[c * width + a];
      p = (1 - o.explore) * p / sum + o.explore / static_cast<double>(width);
    }
  }
  Frame::Builder builder;
  builder.add("context", contexts).add("action", actions);
  builder.add("target", std::move(target)).add("score", std::move(score));
  return std::move(builder).build();
}

Result<std::vector<double>> counted_propensities(const Frame& log, const std::string& context,
                                                 const std::string& action) {
  auto rounds = paired(log, context, action);
  if (!rounds) return fail(rounds.error());
  const std::size_t width = rounds->actions.size();
  std::vector<double> pairs(rounds->contexts.size() * width), all(rounds->contexts.size());
  for (std::size_t i = 0; i < rounds->action.size(); ++i)
    pairs[rounds->context[i] * width + rounds->action[i]] += 1, all[rounds->context[i]] += 1;
  std::vector<double> shares;
  for (std::size_t i = 0; i < rounds->action.size(); ++i)
    shares.push_back(pairs[rounds->context[i] * width + rounds->action[i]] /
                     all[rounds->context[i]]);
  return shares;
}

}  // namespace rehearse::recommend
