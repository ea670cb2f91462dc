// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis/policy.hpp"

#include <fmt/format.h>

#include <cmath>

#include "app/analysis/analysis.hpp"
#include "app/analysis/pieces.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::analysis {
namespace {

using recommend::Estimate;
using recommend::LoggedRounds;

constexpr double kTargetTolerance = 1e-3, kFewRounds = 100, kMeanWeightOff = 0.1;

struct PolicyRounds {
  std::vector<double> reward, propensity, target;
  LoggedRounds view() const { return {reward, propensity, target}; }
};

Result<PolicyRounds> rounds_of(const Frame& log, const PolicyColumns& columns) {
  PolicyRounds rounds;
  for (const auto& [name, into] : {std::pair{&columns.reward, &rounds.reward},
                                   std::pair{&columns.propensity, &rounds.propensity},
                                   std::pair{&columns.target, &rounds.target}}) {
    auto numbers = numbers_of(log, *name);
    if (!numbers) return fail(numbers.error());
    *into = std::move(*numbers);
  }
  if (auto fine = recommend::check(rounds.view()); !fine) return fail(fine.error());
  return rounds;
}

Result<void> add_modelled(PolicyEstimates& into, const Frame& log,
                          const recommend::PolicyTable& policy, const PolicyColumns& columns,
                          const LoggedRounds& rounds) {
  if (columns.action.empty() || columns.context.empty())
    return fail(Code::invalid_argument,
                "with a policy, say which columns of the log hold the action and the context");
  auto coded = recommend::coded(log, columns.context, columns.action, policy);
  if (!coded) return fail(coded.error());
  const std::vector<double> target = recommend::target_of(*coded, policy);
  for (std::size_t i = 0; i < target.size(); ++i)
    into.other_target += std::abs(target[i] - rounds.target[i]) > kTargetTolerance;
  const auto rewards =
      recommend::RewardTable(*coded, rounds.reward, policy.contexts().size(), columns.model)
          .rewards(*coded, policy);
  into.dm = recommend::direct_method(rounds, rewards.view());
  into.dr = recommend::doubly_robust(rounds, rewards.view());
  into.never_logged = recommend::never_logged(*coded, policy);
  return {};
}

struct NamedEstimate {
  std::string name;
  const Estimate* estimate;
};

std::vector<NamedEstimate> named(const PolicyEstimates& e) {
  std::vector<NamedEstimate> all = {{"the log's own policy", &e.on_policy},
                                    {"IPS", &e.ips},
                                    {"SNIPS", &e.snips},
                                    {"clipped IPS", &e.clipped_ips}};
  if (e.dm) all.push_back({"direct method", &*e.dm});
  if (e.dr) all.push_back({"doubly robust", &*e.dr});
  return all;
}

Frame estimates_table(const PolicyEstimates& e) {
  std::vector<std::string> names;
  std::vector<double> value, error, low, high;
  for (const NamedEstimate& one : named(e)) {
    names.push_back(one.name), value.push_back(one.estimate->value);
    error.push_back(one.estimate->standard_error);
    low.push_back(one.estimate->interval.low), high.push_back(one.estimate->interval.high);
  }
  Frame::Builder builder;
  builder.add("estimator", names)
      .add("value", std::move(value))
      .add("standard_error", std::move(error))
      .add("low", std::move(low))
      .add("high", std::move(high));
  return std::move(builder).build().value_or(Frame());
}

std::vector<std::string> policy_meanings() {
  return {
      "**IPS** counts each round as often as the other policy would have shown the same thing. It "
      "is right on average, and a few rounds of great weight decide it.",
      "**SNIPS** divides by the weights it met, so it stays within the range of rewards. "
      "**Clipped IPS** cuts great weights off: less noise, and always too low.",
      "The **direct method** asks a model of the reward instead of the log. Its interval is "
      "narrow because it does not know how wrong the model is. **Doubly robust** corrects the "
      "model by the log where the log can: of these, start with it.",
      "The **effective sample size** is how many rounds of the other policy itself would say as "
      "much."};
}

std::vector<std::string> policy_next(const PolicyEstimates& e) {
  std::vector<std::string> next;
  if (std::abs(e.weights.mean - 1) > kMeanWeightOff)
    next.push_back(fmt::format(
        "The weights have a mean of {:.3g}, and 1 is due. Are the propensities those of what was "
        "really shown, after filters and ties? Do log and policy cover the same actions?",
        e.weights.mean));
  if (e.other_target > 0)
    next.push_back(
        fmt::format("In {} rows the target probability is not that of the policy. Which of the two "
                    "is out of date?",
                    e.other_target));
  if (e.never_logged.value_or(0) > 0.01)
    next.push_back(fmt::format(
        "{:.1f}% of the policy falls on pairs that the log never showed. Explore there before you "
        "believe any of these numbers.",
        100 * *e.never_logged));
  if (e.effective_sample_size < kFewRounds)
    next.emplace_back("Move the target policy closer to the log's, or log with more exploration.");
  next.emplace_back(
      "An estimate from a log chooses what is worth a test. It is no replacement for the test: "
      "people who are shown something else come back differently.");
  return next;
}

// At some forty n on a grid, the last one all rounds.
std::vector<PolicyEstimates::Running> running_estimates(const LoggedRounds& rounds) {
  constexpr std::size_t kPoints = 40;
  const std::size_t n = rounds.reward.size();
  std::vector<PolicyEstimates::Running> running;
  double weights = 0, rewards = 0, own = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double w = rounds.target[i] / rounds.behaviour[i];
    weights += w, rewards += w * rounds.reward[i], own += rounds.reward[i];
    const auto seen = static_cast<double>(i + 1);
    if ((i + 1) * kPoints / n > i * kPoints / n)
      running.push_back(
          {seen, own / seen, rewards / seen, weights > 0 ? rewards / weights : std::nan("")});
  }
  return running;
}

Frame running_lines(const std::vector<PolicyEstimates::Running>& running) {
  std::vector<std::string> series;
  std::vector<double> x, y;
  for (const PolicyEstimates::Running& at : running)
    for (const auto& [name, value] : {std::pair{"IPS", at.ips}, std::pair{"SNIPS", at.snips},
                                      std::pair{"the log's own policy", at.on_policy}})
      series.emplace_back(name), x.push_back(at.rounds), y.push_back(value);
  Frame::Builder builder;
  builder.add("style", std::vector<std::string>(series.size(), view_data::kSeries))
      .add("series", series)
      .add("x", std::move(x))
      .add("y", std::move(y));
  return std::move(builder).build().value_or(Frame());
}

PolicyColumns policy_columns(const Question& question) {
  return {question.value("propensity"),
          question.value("reward"),
          question.value("target"),
          question.value("action"),
          question.value("context"),
          question.number("clip"),
          question.value("model") == "cell" ? recommend::RewardTable::By::cell
                                            : recommend::RewardTable::By::action};
}

Result<Document> answer_policy(const Question& question) {
  const PolicyColumns columns = policy_columns(question);
  std::optional<recommend::PolicyTable> policy;
  if (question.other.columns() > 0) {
    auto read = policy_of(question.other_file, question.other);
    if (!read) return fail(read.error());
    policy = *std::move(read);
  }
  auto estimates = estimate_policy(question.table, policy ? &*policy : nullptr, columns);
  if (!estimates) return fail(estimates.error());
  return document_of(question.file, columns, *estimates);
}

const Registration kPolicy{
    {.name = "policy",
     .asks = "What would another policy have earned, from the log of this one?",
     .other = "the other policy: a row for each context and action with its probability, in the "
              "columns context, action, target (only the direct and doubly robust methods need it)",
     .other_optional = true,
     .fields = {{.name = "propensity",
                 .sentence = "the probability with which the log showed what it showed",
                 .guesses = {"propensity", "pscore", "behaviour_probability", "logging_probability",
                             "p_log"},
                 .numeric = true},
                {.name = "reward",
                 .sentence = "what came of it: a click, a dwell time",
                 .guesses = {"reward", "click", "clicked", "value", "y"},
                 .numeric = true},
                {.name = "target",
                 .sentence = "the probability with which the other policy would have shown it",
                 .guesses = {"target", "target_probability", "evaluation_probability", "p_new"},
                 .numeric = true},
                {.name = "action",
                 .sentence = "what was shown",
                 .optional = true,
                 .guesses = {"action", "item", "post", "arm", "item_id"}},
                {.name = "context",
                 .sentence = "to whom: the column by which the policy chooses",
                 .optional = true,
                 .guesses = {"context", "segment", "cohort"}},
                {.name = "clip",
                 .kind = Field::Kind::number,
                 .sentence = "greatest weight of clipped IPS",
                 .initial = "10",
                 .low = 1,
                 .high = 1000000},
                {.name = "model",
                 .kind = Field::Kind::choice,
                 .sentence = "what the reward model averages over: an action, or an action in a "
                             "context",
                 .choices = {"action", "cell"},
                 .initial = "action"}},
     .answer = answer_policy}};

}  // namespace

Result<recommend::PolicyTable> policy_of(const std::string& file, const Frame& table) {
  return at(file, recommend::PolicyTable::of(table, "context", "action", "target"));
}

Result<PolicyEstimates> estimate_policy(const Frame& log, const recommend::PolicyTable* policy,
                                        const PolicyColumns& columns) {
  if (!(columns.clip > 0))
    return fail(Code::invalid_argument, "clip is {:g}; a weight above 0 is due", columns.clip);
  auto rounds = rounds_of(log, columns);
  if (!rounds) return fail(rounds.error());
  const LoggedRounds view = rounds->view();
  PolicyEstimates estimates;
  estimates.rows = view.reward.size();
  estimates.effective_sample_size = recommend::effective_sample_size(view);
  estimates.weights = recommend::weights_of(view, columns.clip);
  estimates.on_policy = recommend::on_policy(view);
  estimates.ips = recommend::ips(view);
  estimates.snips = recommend::snips(view);
  estimates.clipped_ips = recommend::clipped_ips(view, columns.clip);
  estimates.running = running_estimates(view);
  if (policy)
    if (auto added = add_modelled(estimates, log, *policy, columns, view); !added)
      return fail(added.error());
  return estimates;
}

std::string reading_of(const PolicyEstimates& e, const PolicyColumns& columns) {
  if (e.effective_sample_size == 0)
    return "The other policy would have shown nothing of what the log shows. The log says nothing "
           "about it.";
  std::string text = fmt::format(
      "{} rounds are worth {:.0f} rounds of the other policy; the greatest weight is {:.3g}, and "
      "the 1% of rounds with the greatest hold {:.0f}% of all weight. {} rounds have a weight "
      "above {:g}.",
      e.rows, e.effective_sample_size, e.weights.greatest, 100 * e.weights.share_of_top,
      e.weights.above_limit, columns.clip);
  if (e.effective_sample_size < kFewRounds)
    text +=
        " That is too few: a handful of rounds decides IPS and SNIPS, and their standard "
        "errors are too small as well.";
  const Estimate& best = e.dr ? *e.dr : e.snips;
  const double change = best.value - e.on_policy.value;
  if (std::isfinite(best.standard_error) && std::isfinite(e.on_policy.standard_error))
    text +=
        fmt::format(" Against the log's own {:.4g}, {} says {:.4g} ({:+.3g}){}.", e.on_policy.value,
                    e.dr ? "the doubly robust estimate" : "SNIPS", best.value, change,
                    e.on_policy.value < best.interval.low || e.on_policy.value > best.interval.high
                        ? ", and the log's own value lies outside of its 95% interval"
                        : ", and its 95% interval holds the log's own value");
  return text;
}

Document document_of(const std::string& file, const PolicyColumns& columns,
                     const PolicyEstimates& e) {
  Document document{"Another policy on " + file,
                    fmt::format("propensity {}, reward {}, target {}", columns.propensity,
                                columns.reward, columns.target),
                    {}};
  const Estimate& best = e.dr ? *e.dr : e.snips;
  document.blocks.push_back(Banner{
      Banner::Tone::neutral,
      std::isnan(best.value)
          ? "Nothing can be said."
          : fmt::format("{:.4g} by the {} estimate; {:.4g} is what the log earned.", best.value,
                        e.dr ? "doubly robust" : "self-normalized", e.on_policy.value),
      reading_of(e, columns)});
  document.blocks.push_back(Figure{"table", "Value of the other policy", "", "",
                                   "estimators that disagree by more than their errors are a "
                                   "warning about the log, not a choice",
                                   Json::object(), estimates_table(e)});
  if (e.rows > 1)
    document.blocks.push_back(
        Figure{"line", "The estimates as the log grows", "rounds of the log", "value per round",
               "a jump is one round of great weight; after an honest log the lines lie still",
               Json::object(), running_lines(e.running)});
  KeyNumbers numbers;
  numbers.add("effective sample size", e.effective_sample_size)
      .add("mean weight", e.weights.mean)
      .add("greatest weight", e.weights.greatest);
  if (e.never_logged) numbers.add("never logged", 100 * *e.never_logged, {}, "%");
  document.blocks.push_back(numbers.figure("How much the log knows", ""));
  append_list(document, "What the numbers mean", policy_meanings());
  append_list(document, "What to look at next", policy_next(e));
  return document;
}

}  // namespace rehearse::analysis
