// SPDX-License-Identifier: GPL-3.0-or-later
//
// Many weights over the same users, posts, moods and errors of prediction: differences between rows
// are those of the weights and no luck.
#include <map>
#include <type_traits>

#include "engine/steps/feed_call.hpp"

namespace rehearse::steps {
namespace {

constexpr std::size_t kMostPolicies = 400;

// One thing that a sweep may vary: how it is set and read.
struct SweptWeight {
  const char* name;
  double low, high;
  void (*set)(sim::FeedPolicy&, double);
  double (*get)(const sim::FeedPolicy&);
};

template <auto Field>
SweptWeight swept(const char* name, double high, double low = 0) {
  return {name, low, high,
          [](sim::FeedPolicy& p, double value) {
            p.*Field = static_cast<std::decay_t<decltype(p.*Field)>>(value);
          },
          [](const sim::FeedPolicy& p) { return static_cast<double>(p.*Field); }};
}

const std::vector<SweptWeight>& swept_weights() {
  using sim::FeedPolicy;
  static const std::vector<SweptWeight> all = {
      swept<&FeedPolicy::dwell>("dwell", 1000),
      swept<&FeedPolicy::report>("report", 1000),
      swept<&FeedPolicy::fresh>("fresh", 1000),
      swept<&FeedPolicy::diversity>("diversity", 1000),
      swept<&FeedPolicy::explore>("explore", 1),
      swept<&FeedPolicy::noise>("noise", 5),
      swept<&FeedPolicy::candidates>("candidates", 2000, 1),
      swept<&FeedPolicy::pool_hours>("pool_hours", 48),
      swept<&FeedPolicy::list_hours>("list_hours", 48),
      swept<&FeedPolicy::signal_minutes>("signal_minutes", 1e6)};
  return all;
}

// All combinations of the values that were given.
std::vector<sim::FeedPolicy> combinations(const StepCall& call, const sim::FeedPolicy& base) {
  std::vector<sim::FeedPolicy> policies = {base};
  for (const SweptWeight& weight : swept_weights()) {
    const std::vector<double> values = call.numbers(std::string(weight.name) + "_values");
    if (values.empty()) continue;
    std::vector<sim::FeedPolicy> more;
    for (const sim::FeedPolicy& policy : policies)
      for (const double value : values) {
        if (more.size() > kMostPolicies) return more;
        more.push_back(policy);
        weight.set(more.back(), value);
      }
    policies = std::move(more);
  }
  return policies;
}

Result<Outputs> run_feed_sweep(const StepCall& call, const StepContext& context) {
  auto base = feed_policy(call);
  if (!base) return fail(base.error());
  const std::vector<sim::FeedPolicy> policies = combinations(call, *base);
  if (policies.size() > kMostPolicies)
    return fail(Code::limit, "more than {} combinations of weights; give fewer values of one",
                kMostPolicies);
  const Progress inner(context.progress.token(), {});
  auto world = sim::feed_world(feed_options(call, context), inner);
  if (!world) return fail(world.error());
  FeedSummary summary;
  std::map<std::string, std::vector<double>> weights;
  for (std::size_t i = 0; i < policies.size(); ++i) {
    if (!context.progress.report(static_cast<double>(i) / static_cast<double>(policies.size())))
      return cancelled();
    auto outcome = sim::expect_feed(**world, policies[i], inner);
    if (!outcome) return fail(outcome.error());
    summary.add(policies[i], *outcome);
    for (const SweptWeight& w : swept_weights()) weights[w.name].push_back(w.get(policies[i]));
  }
  Frame::Builder b = std::move(summary).build();
  for (const SweptWeight& w : swept_weights()) b.add(w.name, std::move(weights[w.name]));
  return one(std::move(b).build());
}

std::vector<plan::Parameter> swept_values() {
  std::vector<plan::Parameter> all;
  for (const SweptWeight& weight : swept_weights())
    all.push_back(
        {.name = std::string(weight.name) + "_values",
         .type = ParameterType::numbers,
         .initial = std::vector<double>{},
         .low = weight.low,
         .high = weight.high,
         .sentence = "values of " + std::string(weight.name) + " to try; none: the one given"});
  return all;
}

const StepRegistration kSimulateFeedSweep{{
    .name = "simulate.feed_sweep",
    .sentence = "Weeks of the same feed under every combination of some weights: what each brings "
                "in the first week and in the month.",
    .example = "simulate.feed_sweep { dwell_values = { 0, 1, 3 }, report_values = { 0, 30 } }",
    .inputs = {served_port()},
    .outputs = {{.name = "table",
                 .kind = Kind::frame,
                 .sentence = "a row a combination: the columns of simulate.feed's summary, and its "
                             "weights"}},
    .parameters = joined_parameters(
        swept_values(), joined_parameters(feed_policy_parameters(), feed_world_parameters())),
    .run = run_feed_sweep,
}};

}  // namespace
}  // namespace rehearse::steps
