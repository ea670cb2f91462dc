// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a step over private tables of pairs does before it judges them: who is counted, what leaves
// the house, and how well two attackers tell who was counted.
#pragma once

#include "engine/privacy/membership.hpp"
#include "engine/recommend/interactions.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {

// mechanism, epsilon, delta, releases, composition, cap, least, left_out.
std::vector<plan::Parameter> release_parameters();

// Who is counted, whom a stranger knows to be like them, and of whom it is asked beside the counted
// whether they are: drawn from the same people, so that the sides differ in nothing else.
struct Crowd {
  std::vector<privacy::Basket> counted, reference, outsiders;
};
Crowd crowd_of(const recommend::Interactions& known, const StepCall& call,
               const StepContext& context);

// The tables that leave the house, the first of them what lists are made of.
struct Released {
  std::vector<privacy::PairTable> tables;
  privacy::Release how;
  privacy::NoisePlan plan;  // where private_by_noise; no sd of devices, whose cells differ in it
  bool private_by_noise = false, attackable = true;
};
// Errors: those of plan_noise; cancelled.
Result<Released> release(const StepCall& call, const StepContext& context, const Crowd& crowd,
                         const privacy::PairTable& exact);

struct Attacks {
  privacy::AttackQuality informed, stranger;
};
// At most 300 people of each side are asked about. Errors: one of the three groups is empty.
Result<Attacks> attacked(const Crowd& crowd, const privacy::PairTable& exact,
                         const Released& released);

}  // namespace rehearse::steps
