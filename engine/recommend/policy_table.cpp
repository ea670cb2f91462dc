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

std::uint32_t Codes::code(const std::string& name) {
  const auto [found, fresh] = codes_.emplace(name, static_cast<std::uint32_t>(names_.size()));
  if (fresh) names_.push_back(name);
  return found->second;
}

Result<std::uint32_t> Codes::code(const Column& column, std::size_t row) {
  if (column.missing(row))
    return fail(Code::bad_data, "row {}: the column `{}` is empty; fill it or leave the row out",
                row + 1, column.name());
  return code(column.cell(row));
}

const std::uint32_t* Codes::find(const std::string& name) const {
  const auto found = codes_.find(name);
  return found == codes_.end() ? nullptr : &found->second;
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
  Codes context_codes, action_codes;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    auto c = context_codes.code(**contexts, row), a = action_codes.code(**actions, row);
    if (!c) return fail(c.error());
    if (!a) return fail(a.error());
    pairs.emplace_back(*c, *a);
  }
  if (auto fine = fits(context_codes.size(), action_codes.size()); !fine) return fail(fine.error());
  const std::size_t width = action_codes.size();
  std::vector<double> cells(context_codes.size() * width, std::nan(""));
  for (std::size_t row = 0; row < pairs.size(); ++row) {
    double& cell = cells[pairs[row].first * width + pairs[row].second];
    if (!std::isnan(cell))
      return fail(Code::bad_data, "row {}: `{}` in `{}` is there a second time", row + 1,
                  action_codes.names()[pairs[row].second], context_codes.names()[pairs[row].first]);
    cell = (*probabilities)->number(row);
    if (!(cell >= 0 && cell <= 1))
      return fail(Code::bad_data, "row {}: `{}` is {:g}; a probability lies from 0 to 1", row + 1,
                  probability, cell);
  }
  for (double& cell : cells)
    if (std::isnan(cell)) cell = 0;
  return of(std::move(context_codes), std::move(action_codes), std::move(cells));
}

Result<PolicyTable> PolicyTable::of(Codes contexts, Codes actions,
                                    std::vector<double> probabilities) {
  if (auto fine = fits(contexts.size(), actions.size()); !fine) return fail(fine.error());
  assert(probabilities.size() == contexts.size() * actions.size());
  for (std::size_t c = 0; c < contexts.size(); ++c) {
    double sum = 0;
    for (std::size_t a = 0; a < actions.size(); ++a) sum += probabilities[c * actions.size() + a];
    if (!(std::abs(sum - 1) <= kSumTolerance))
      return fail(Code::bad_data,
                  "the policy's probabilities in `{}` sum to {:.7g}; they must sum to 1. Is an "
                  "action left out, or is it a table of scores?",
                  contexts.names()[c], sum);
  }
  PolicyTable policy;
  policy.contexts_ = std::move(contexts), policy.actions_ = std::move(actions);
  policy.cells_ = std::move(probabilities);
  return policy;
}

Result<CodedRounds> coded(const Frame& log, const std::string& context, const std::string& action,
                          const PolicyTable& policy) {
  auto contexts = log.require(context), actions = log.require(action);
  if (!contexts) return fail(contexts.error());
  if (!actions) return fail(actions.error());
  CodedRounds rounds;
  rounds.actions = policy.actions();
  Codes logged;
  for (std::size_t row = 0; row < log.rows(); ++row) {
    auto who = logged.code(**contexts, row), what = rounds.actions.code(**actions, row);
    if (!who) return fail(who.error());
    if (!what) return fail(what.error());
    const std::uint32_t* code = policy.contexts().find(logged.names()[*who]);
    if (!code)
      return fail(Code::bad_data,
                  "row {}: the policy does not say what to show to `{}`; give it a row for each "
                  "action it may show there",
                  row + 1, logged.names()[*who]);
    rounds.context.push_back(*code), rounds.action.push_back(*what);
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
