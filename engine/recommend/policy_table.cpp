// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/policy_table.hpp"

#include <cassert>
#include <cmath>

namespace rehearse::recommend {
namespace {

constexpr double kSumTolerance = 1e-6;

Result<void> fits(std::size_t contexts, std::size_t actions) {
  if (contexts == 0 || actions == 0)
    return fail(Code::bad_data, "a policy needs a context and an action at least");
  if (actions > PolicyTable::kMostCells / contexts)
    return fail(Code::limit,
                "{} contexts and {} actions are more than {} pairs; group users or items into "
                "segments and evaluate those",
                contexts, actions, PolicyTable::kMostCells);
  return {};
}

}  // namespace

Result<std::uint32_t> code_of(Interner& names, const Column& column, std::size_t row) {
  if (column.missing(row))
    return fail(Code::bad_data, "row {}: the column `{}` is empty; fill it or leave the row out",
                row + 1, column.name());
  return static_cast<std::uint32_t>(names.code(column.cell(row)));
}

Result<PolicyTable> PolicyTable::of(const Frame& table, const std::string& context,
                                    const std::string& action, const std::string& probability) {
  auto contexts = table.require(context), actions = table.require(action),
       probabilities = table.require(probability);
  for (const auto* column : {&contexts, &actions, &probabilities})
    if (!*column) return fail(column->error());
  if (!(*probabilities)->numeric())
    return fail(Code::bad_data, "the column `{}` holds texts; a policy is probabilities",
                probability);
  PolicyTable policy;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    auto c = code_of(policy.contexts_, **contexts, row),
         a = code_of(policy.actions_, **actions, row);
    if (!c) return fail(c.error());
    if (!a) return fail(a.error());
    pairs.emplace_back(*c, *a);
  }
  if (auto fine = fits(policy.contexts_.size(), policy.actions_.size()); !fine)
    return fail(fine.error());
  const std::size_t width = policy.actions_.size();
  policy.cells_.assign(policy.contexts_.size() * width, std::nan(""));
  for (std::size_t row = 0; row < pairs.size(); ++row) {
    double& cell = policy.cells_[pairs[row].first * width + pairs[row].second];
    if (!std::isnan(cell))
      return fail(Code::bad_data, "row {}: `{}` in `{}` is there a second time", row + 1,
                  policy.actions_.texts()[pairs[row].second],
                  policy.contexts_.texts()[pairs[row].first]);
    cell = (*probabilities)->number(row);
    if (!(cell >= 0 && cell <= 1))
      return fail(Code::bad_data, "row {}: `{}` is {:g}; a probability lies from 0 to 1", row + 1,
                  probability, cell);
  }
  for (double& cell : policy.cells_)
    if (std::isnan(cell)) cell = 0;
  if (auto fine = policy.check_sums(); !fine) return fail(fine.error());
  return policy;
}

Result<void> PolicyTable::check_sums() const {
  for (std::size_t c = 0; c < contexts_.size(); ++c) {
    double sum = 0;
    for (std::size_t a = 0; a < actions_.size(); ++a) sum += probability(c, a);
    if (!(std::abs(sum - 1) <= kSumTolerance))
      return fail(Code::bad_data,
                  "the policy's probabilities in `{}` sum to {:.7g}; they must sum to 1. Is an "
                  "action left out, or is it a table of scores?",
                  contexts_.texts()[c], sum);
  }
  return {};
}

Result<CodedRounds> coded(const Frame& log, const std::string& context, const std::string& action,
                          const PolicyTable& policy) {
  auto contexts = log.require(context), actions = log.require(action);
  if (!contexts) return fail(contexts.error());
  if (!actions) return fail(actions.error());
  CodedRounds rounds;
  rounds.actions = policy.actions();
  for (std::size_t row = 0; row < log.rows(); ++row) {
    auto what = code_of(rounds.actions, **actions, row);
    if (!what) return fail(what.error());
    const std::string name = (*contexts)->cell(row);
    const std::int32_t who = (*contexts)->missing(row) ? -1 : policy.contexts().find(name);
    if (who < 0)
      return fail(Code::bad_data,
                  "row {}: the policy does not say what to show to `{}`; give it a row for each "
                  "action it may show there",
                  row + 1, name);
    rounds.context.push_back(static_cast<std::uint32_t>(who)), rounds.action.push_back(*what);
  }
  if (auto fine = fits(policy.contexts().size(), rounds.actions.size()); !fine)
    return fail(fine.error());
  return rounds;
}

std::vector<double> target_of(const CodedRounds& rounds, const PolicyTable& policy) {
  std::vector<double> target;
  target.reserve(rounds.action.size());
  for (std::size_t i = 0; i < rounds.action.size(); ++i)
    target.push_back(policy.probability(rounds.context[i], rounds.action[i]));
  return target;
}

double never_logged(const CodedRounds& rounds, const PolicyTable& policy) {
  const std::size_t width = rounds.actions.size();
  std::vector<std::uint8_t> seen(policy.contexts().size() * width);
  std::vector<double> visits(policy.contexts().size());
  for (std::size_t i = 0; i < rounds.context.size(); ++i) {
    seen[rounds.context[i] * width + rounds.action[i]] = 1;
    visits[rounds.context[i]] += 1;
  }
  double mass = 0;
  for (std::size_t c = 0; c < visits.size(); ++c)
    for (std::size_t a = 0; a < policy.actions().size() && visits[c] > 0; ++a)
      if (!seen[c * width + a]) mass += visits[c] * policy.probability(c, a);
  return rounds.context.empty() ? 0 : mass / static_cast<double>(rounds.context.size());
}

RewardTable::RewardTable(const CodedRounds& rounds, std::span<const double> reward,
                         std::size_t contexts, By by)
    : actions_(rounds.actions.size()), by_(by) {
  assert(!reward.empty() && reward.size() == rounds.action.size());
  const std::size_t rows = by == By::cell ? contexts : 0;
  std::vector<double> counts((rows + 1) * actions_);
  cells_.assign(counts.size(), 0);  // the last row: by action alone
  double total = 0;
  for (std::size_t i = 0; i < reward.size(); ++i) {
    const std::size_t by_action = rows * actions_ + rounds.action[i];
    counts[by_action] += 1, cells_[by_action] += reward[i], total += reward[i];
    if (by == By::action) continue;
    const std::size_t cell = rounds.context[i] * actions_ + rounds.action[i];
    counts[cell] += 1, cells_[cell] += reward[i];
  }
  for (std::size_t a = 0; a < actions_; ++a) {
    double& mean = cells_[rows * actions_ + a];
    const double n = counts[rows * actions_ + a];
    mean = n > 0 ? mean / n : total / static_cast<double>(reward.size());
    for (std::size_t c = 0; c < rows; ++c) {
      const double own = counts[c * actions_ + a];
      cells_[c * actions_ + a] = own > 0 ? cells_[c * actions_ + a] / own : mean;
    }
  }
}

double RewardTable::mean(std::size_t context, std::size_t action) const {
  return cells_[(by_ == By::cell ? context : 0) * actions_ + action];
}

RewardTable::Rewards RewardTable::rewards(const CodedRounds& rounds,
                                          const PolicyTable& policy) const {
  std::vector<double> expected(policy.contexts().size());
  for (std::size_t c = 0; c < expected.size(); ++c)
    for (std::size_t a = 0; a < policy.actions().size(); ++a)
      expected[c] += policy.probability(c, a) * mean(c, a);
  Rewards rewards;
  for (std::size_t i = 0; i < rounds.action.size(); ++i) {
    rewards.shown.push_back(mean(rounds.context[i], rounds.action[i]));
    rewards.expected.push_back(expected[rounds.context[i]]);
  }
  return rewards;
}

}  // namespace rehearse::recommend
