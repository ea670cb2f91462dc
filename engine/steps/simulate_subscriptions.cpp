// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/subscriptions.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

Result<Outputs> run_simulate_subscriptions(const StepCall& call, const StepContext& context) {
  sim::SubscriptionOptions o;
  o.users = static_cast<int>(call.integer("users"));
  o.communities = static_cast<int>(call.integer("communities"));
  o.tastes = static_cast<int>(call.integer("tastes"));
  o.joins = call.number("joins"), o.popularity = call.number("popularity");
  o.taste = call.number("taste"), o.held = call.number("held");
  o.new_users = call.number("new_users"), o.new_communities = call.number("new_communities");
  o.seed = context.seed, o.replicate = context.replicate;
  auto made = sim::simulate_subscriptions(o, context.progress);
  if (!made) return fail(made.error());
  Outputs outputs;
  for (Frame* frame :
       {&made->training, &made->test, &made->chances, &made->users, &made->communities})
    outputs.push_back(plan::Artifact::of(std::move(*frame)));
  return outputs;
}

const StepRegistration kSimulateSubscriptions{{
    .name = "simulate.subscriptions",
    .version = 2,
    .sentence = "Simulate who joins which community, from a known chance for every pair.",
    .example = "local known, held, chances = simulate.subscriptions { users = 800 }",
    .outputs = {{.name = "training", .kind = Kind::frame, .sentence = "user, item: joins known"},
                {.name = "test", .kind = Kind::frame, .sentence = "user, item: joins held out"},
                {.name = "chances", .kind = Kind::frame, .sentence = "user, item, chance (truth)"},
                {.name = "users",
                 .kind = Kind::frame,
                 .sentence = "user, topic and topic_2 (picked at sign-up), newcomer"},
                {.name = "communities", .kind = Kind::frame, .sentence = "item, topic, newcomer"}},
    .parameters = {integer_parameter("users", 800, 2, 20000, "users of the site"),
                   integer_parameter("communities", 300, 2, 5000, "communities that can be joined"),
                   integer_parameter("tastes", 8, 1, 64, "dimensions of taste"),
                   number_parameter("joins", 15, 0.1, 2500, "mean joins of a user"),
                   number_parameter("popularity", 1, 0, 4,
                                    "how much communities differ in size, in log-odds"),
                   number_parameter("taste", 3, 0, 10, "how much taste decides, in log-odds"),
                   number_parameter("held", 0.3, 1e-6, 1 - 1e-6, "share of joins held out"),
                   number_parameter("new_users", 0, 0, 0.9, "share of users without a known join"),
                   number_parameter("new_communities", 0, 0, 0.9,
                                    "share of communities without a known join")},
    .run = run_simulate_subscriptions,
}};

}  // namespace
}  // namespace rehearse::steps
