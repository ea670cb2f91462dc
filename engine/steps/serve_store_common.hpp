// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the steps serve.store… share: the parameters of a simulated feature store.
#pragma once

#include "engine/features/store.hpp"
#include "engine/steps/features_common.hpp"

namespace rehearse::steps {

std::vector<plan::Parameter> store_parameters();
Result<features::StoreOptions> store_options(const StepCall& call, std::uint64_t seed);

}  // namespace rehearse::steps
