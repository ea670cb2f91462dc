// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recommend/policy_report.hpp"

#include <cmath>

namespace rehearse::recommend {
namespace {

Result<std::vector<double>> column_of_numbers(const Frame& table, const std::string& name) {
  auto column = table.require(name);
  if (!column) return fail(column.error());
  if (!(*column)->numeric())
    return fail(Code::bad_data, "the column `{}` holds texts; numbers are due", name);
  return (*column)->numbers();
}

struct Truths {
  double policy = std::nan(""), logged = std::nan("");
};

// Σ share π q over the pairs, for the policy and for what logged.
Result<Truths> truths_of(const Frame& pairs, const PolicyTable& policy,
                         const PolicyReportOptions& o) {
  auto contexts = pairs.require(o.context), actions = pairs.require(o.action);
  if (!contexts) return fail(contexts.error());
  if (!actions) return fail(actions.error());
  auto share = column_of_numbers(pairs, "share"), logged = column_of_numbers(pairs, "propensity"),
       rate = column_of_numbers(pairs, "click_probability");
  for (const auto* column : {&share, &logged, &rate})
    if (!*column) return fail(column->error());
  Truths truths{0, 0};
  for (std::size_t row = 0; row < pairs.rows(); ++row) {
    truths.logged += (*share)[row] * (*logged)[row] * (*rate)[row];
    const std::int32_t c = policy.contexts().find((*contexts)->cell(row)),
                       a = policy.actions().find((*actions)->cell(row));
    if (c >= 0 && a >= 0)
      truths.policy += (*share)[row] * (*rate)[row] *
                       policy.probability(static_cast<std::size_t>(c), static_cast<std::size_t>(a));
  }
  return truths;
}

// For each round, π_e of the category of what was shown: Σ over the actions of that category.
Result<std::vector<double>> category_target(const CodedRounds& rounds, const Column& category,
                                            const PolicyTable& policy, const Frame* pairs,
                                            const PolicyReportOptions& o) {
  constexpr std::uint32_t kUnknown = 0xFFFFFFFF;
  Interner categories;
  std::vector<std::uint32_t> of_action(rounds.actions.size(), kUnknown);
  const auto note = [&](std::uint32_t action, std::uint32_t code) -> Result<void> {
    if (of_action[action] != kUnknown && of_action[action] != code)
      return fail(Code::bad_data, "`{}` is of the {} `{}` here and of `{}` there",
                  rounds.actions.texts()[action], o.category, categories.texts()[of_action[action]],
                  categories.texts()[code]);
    of_action[action] = code;
    return {};
  };
  std::vector<std::uint32_t> of_round;
  for (std::size_t i = 0; i < rounds.action.size(); ++i) {
    auto code = code_of(categories, category, i);
    if (!code) return fail(code.error());
    if (auto noted = note(rounds.action[i], *code); !noted) return fail(noted.error());
    of_round.push_back(*code);
  }
  // Actions that the log never showed have a category in the pairs, if anywhere.
  if (const Column* known = pairs ? pairs->find(o.category) : nullptr)
    for (std::size_t row = 0; row < pairs->rows(); ++row)
      if (const std::int32_t a = rounds.actions.find(pairs->find(o.action)->cell(row)); a >= 0)
        if (auto noted = note(static_cast<std::uint32_t>(a),
                              static_cast<std::uint32_t>(categories.code(known->cell(row))));
            !noted)
          return fail(noted.error());
  std::vector<double> mass(policy.contexts().size() * categories.size());
  for (std::size_t c = 0; c < policy.contexts().size(); ++c)
    for (std::size_t a = 0; a < policy.actions().size(); ++a)
      if (of_action[a] != kUnknown)
        mass[c * categories.size() + of_action[a]] += policy.probability(c, a);
  std::vector<double> target;
  for (std::size_t i = 0; i < of_round.size(); ++i)
    target.push_back(std::min(1.0, mass[rounds.context[i] * categories.size() + of_round[i]]));
  return target;
}

struct RoundNumbers {
  std::vector<double> reward, behaviour, target;
  LoggedRounds view() const { return {reward, behaviour, target}; }
};

}  // namespace

Result<PolicyReport> report_on_policy(const Frame& log, const Frame& policy_rows,
                                      const Frame* pairs, const PolicyReportOptions& o) {
  if (!(o.most_weight > 0))
    return fail(Code::invalid_argument, "the greatest weight is {:g}; it lies above 0",
                o.most_weight);
  auto policy = at("policy", PolicyTable::of(policy_rows, "context", "action", "target"));
  if (!policy) return fail(policy.error());
  auto rounds = coded(log, o.context, o.action, *policy);
  if (!rounds) return fail(rounds.error());
  auto reward = column_of_numbers(log, o.reward), behaviour = column_of_numbers(log, o.propensity);
  if (!reward) return fail(reward.error());
  if (!behaviour) return fail(behaviour.error());
  const RoundNumbers numbers{*std::move(reward), *std::move(behaviour),
                             target_of(*rounds, *policy)};
  const LoggedRounds view = numbers.view();
  if (auto fine = check(view); !fine) return fail(fine.error());
  Truths truths;
  if (pairs) {
    auto known = truths_of(*pairs, *policy, o);
    if (!known) return fail(known.error());
    truths = *known;
  }
  PolicyReport report;
  report.truth = truths.policy;
  report.rounds = view.reward.size();
  report.effective_sample_size = effective_sample_size(view);
  report.never_logged = never_logged(*rounds, *policy);
  report.weights = weights_of(view, o.most_weight);
  const auto add = [&](const char* name, const Estimate& estimate) {
    report.estimates.push_back({name, estimate, truths.policy});
  };
  report.estimates.push_back({"logged policy", on_policy(view), truths.logged});
  const std::vector<double> ones(view.reward.size(), 1);
  add("no propensities", snips({view.reward, ones, view.target}));
  add("IPS", ips(view)), add("clipped IPS", clipped_ips(view, o.most_weight));
  add("SNIPS", snips(view));
  const auto rewards = RewardTable(*rounds, view.reward, policy->contexts().size(), o.model)
                           .rewards(*rounds, *policy);
  add("DM", direct_method(view, rewards.view())), add("DR", doubly_robust(view, rewards.view()));
  add("SWITCH-DR", switch_doubly_robust(view, rewards.view(), o.most_weight));
  const Column *category = log.find(o.category), *marginal = log.find(o.category_propensity);
  if (!category || !marginal || !marginal->numeric()) return report;
  auto target = category_target(*rounds, *category, *policy, pairs, o);
  if (!target) return fail(target.error());
  const std::vector<double> shown = marginal->numbers();
  const LoggedRounds by_category{view.reward, shown, *target};
  if (auto fine = check(by_category); !fine)
    return at(o.category, Result<PolicyReport>(fail(fine.error())));
  add("MIPS", ips(by_category));
  return report;
}

}  // namespace rehearse::recommend
