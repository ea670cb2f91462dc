// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/steps/privacy_call.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {
namespace {

using privacy::Basket;
using privacy::PairTable;

constexpr std::size_t kMostAttacked = 300;  // people of each side that an attacker is asked about

Result<Released> released_by_noise(const StepCall& call, const StepContext& context,
                                   const PairTable& exact, const std::string& mechanism) {
  auto noise = privacy::parse_noise(mechanism);
  auto composition = privacy::parse_composition(call.text("composition"));
  if (!noise) return fail(noise.error());
  if (!composition) return fail(composition.error());
  const double cells = privacy::cells_of_person(static_cast<std::size_t>(call.integer("cap")));
  const auto releases = static_cast<std::size_t>(call.integer("releases"));
  auto plan = privacy::plan_noise(*noise, *composition,
                                  *noise == privacy::Noise::laplace ? cells : std::sqrt(cells),
                                  {call.number("epsilon"), call.number("delta")}, releases);
  if (!plan) return fail(plan.error());
  Released released;
  for (std::size_t r = 0; r < releases; ++r) {
    if (!context.progress.report(static_cast<double>(r) / static_cast<double>(releases)))
      return cancelled();
    released.tables.push_back(privacy::with_noise(exact, *noise, plan->scale, context.seed, r));
  }
  released.how = {*noise, plan->scale, 0}, released.plan = *plan, released.private_by_noise = true;
  return released;
}

void add_to_cells(PairTable& table, const Basket& person, double change) {
  for (const std::uint32_t a : person)
    for (const std::uint32_t b : person)
      if (a <= b) table.set(a, b, table.at(a, b) + change);
}

}  // namespace

std::vector<plan::Parameter> release_parameters() {
  return {
      choice_parameter("mechanism", "exact",
                       {"exact", "held-back", "laplace", "gaussian", "devices"},
                       "how the table of pairs is made private; devices: each sends its things as "
                       "randomized bits"),
      number_parameter("epsilon", 2, 1e-3, 1e4, "what all releases together may tell of a person"),
      number_parameter("delta", 1e-6, 1e-15, 0.1, "chance that more is told; not of devices"),
      integer_parameter("releases", 1, 1, 400, "tables that a person is in"),
      choice_parameter("composition", "basic", {"basic", "advanced", "zcdp", "exact"},
                       "how releases add up: advanced is of Laplace, zcdp and exact of Gaussian"),
      integer_parameter("cap", 8, 2, 200, "things of a person that are counted, at most"),
      number_parameter("least", 0, 0, 1e9, "counts below it are taken as none"),
      number_parameter("left_out", 0.3, 0.02, 0.9,
                       "share of people who are not counted; attackers are asked about half of "
                       "them and know the other half")};
}

Crowd crowd_of(const recommend::Interactions& known, const StepCall& call,
               const StepContext& context) {
  std::vector<Basket> all(known.users());
  for (std::uint32_t user = 0; user < known.users(); ++user) {
    const auto items = known.items_of(user);
    all[user].assign(items.begin(), items.end());
  }
  all = privacy::capped_baskets(all, static_cast<std::size_t>(call.integer("cap")), context.seed);
  Crowd crowd;
  const StreamKey key = stream_key(context.seed, "privacy.counted");
  for (std::size_t user = 0; user < all.size(); ++user) {
    if (all[user].empty()) continue;
    const double draw = Stream(key, context.replicate, user).uniform();
    const double apart = call.number("left_out");
    auto& side = draw >= apart      ? crowd.counted
                 : draw < apart / 2 ? crowd.reference
                                    : crowd.outsiders;
    side.push_back(std::move(all[user]));
  }
  return crowd;
}

Result<Released> release(const StepCall& call, const StepContext& context, const Crowd& crowd,
                         const PairTable& exact) {
  const std::string& mechanism = call.text("mechanism");
  Released released;
  if (mechanism == "laplace" || mechanism == "gaussian")
    return released_by_noise(call, context, exact, mechanism);
  if (mechanism == "devices") {
    released.tables.push_back(privacy::counted_from_devices(
        crowd.counted, exact.items(), static_cast<std::size_t>(call.integer("cap")),
        call.number("epsilon"), context.seed));
    const privacy::Budget budget{call.number("epsilon"), 0};
    released.plan = {.sd = std::nan(""), .each = budget, .total = budget};
    released.private_by_noise = true, released.attackable = false;
    return released;
  }
  released.how.least = mechanism == "held-back" ? call.number("least") : 0;
  released.tables.push_back(mechanism == "held-back" ? privacy::held_back(exact, released.how.least)
                                                     : exact);
  return released;
}

Result<Attacks> attacked(const Crowd& crowd, const PairTable& exact, const Released& released) {
  if (crowd.reference.empty() || crowd.outsiders.empty() || crowd.counted.empty())
    return fail(Code::bad_data,
                "{} people are counted, {} known to a stranger and {} outsiders; all three are "
                "needed: raise left_out or the people",
                crowd.counted.size(), crowd.reference.size(), crowd.outsiders.size());
  const PairTable expected =
      privacy::expected_counts(crowd.reference, exact.items(), crowd.counted.size());
  PairTable others = exact;
  std::vector<double> informed[2], stranger[2];
  for (const bool in : {true, false}) {
    const std::vector<Basket>& people = in ? crowd.counted : crowd.outsiders;
    for (std::size_t i = 0; i < std::min(kMostAttacked, people.size()); ++i) {
      if (in) add_to_cells(others, people[i], -1);
      informed[in].push_back(
          privacy::informed_score(people[i], others, released.tables, released.how));
      if (in) add_to_cells(others, people[i], 1);
      stranger[in].push_back(
          privacy::stranger_score(people[i], expected, released.tables, released.how));
    }
  }
  auto one = privacy::judge_attack(informed[1], informed[0]);
  auto other = privacy::judge_attack(stranger[1], stranger[0]);
  if (!one) return fail(one.error());
  if (!other) return fail(other.error());
  return Attacks{*std::move(one), *std::move(other)};
}

}  // namespace rehearse::steps
