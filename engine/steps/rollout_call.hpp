// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parameters of a rollout: its stages, its guardrails and the site it runs on.
#pragma once

#include "engine/serving/rollout.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {

std::vector<plan::Parameter> rollout_parameters();
// Errors: as many minutes as shares are needed, or one for all.
Result<serving::RolloutPolicy> rollout_policy(const StepCall& call);
serving::Site rollout_site(const StepCall& call);

}  // namespace rehearse::steps
