// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the steps of a request's path (engine/serving/request_path.hpp) share.
#pragma once

#include "engine/serving/request_path.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {

std::vector<plan::Parameter> path_parameters();
// Errors: as many rows as prices are not given.
Result<serving::RequestPathOptions> path_options(const StepCall& call, const StepContext& context);

}  // namespace rehearse::steps
