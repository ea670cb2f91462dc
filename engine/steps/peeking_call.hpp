// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parameters of a simulated experiment of two arms that is watched while it runs.
#pragma once

#include "engine/experiment/peeking.hpp"
#include "engine/steps/parameters.hpp"
#include "engine/steps/stopping.hpp"

namespace rehearse::steps {

// baseline, lift, users_per_day, days, looks.
std::vector<plan::Parameter> peeking_parameters();
// Those, and the rules' options where the call has them. Errors: none that the room does not find.
Result<experiment::PeekingOptions> peeking_options(const StepCall& call,
                                                   const StepContext& context);

}  // namespace rehearse::steps
