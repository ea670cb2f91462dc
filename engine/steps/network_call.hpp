// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the steps that train networks share: parameters, options, inputs.
#pragma once

#include "engine/models/mlp.hpp"
#include "engine/steps/training.hpp"

namespace rehearse::steps {

// hidden, dimension, buckets, learning_rate, epochs, batch, dropout, weight_decay, early_stopping,
// positive_weight, keep_negatives, features, label, allow_leak.
std::vector<plan::Parameter> network_parameters();
Result<models::NetworkOptions> network_options(const StepCall& call, const StepContext& context);
// "topic*media" as two columns. Error: no `*`, or a side is empty.
Result<std::vector<std::pair<std::string, std::string>>> parse_crosses(
    const std::vector<std::string>& texts);

Result<Outputs> trained(const StepCall& call, const StepContext& context,
                        const models::NetworkOptions& options);
std::vector<plan::Port> training_inputs();

}  // namespace rehearse::steps
