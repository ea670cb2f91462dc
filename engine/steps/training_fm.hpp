// SPDX-License-Identifier: GPL-3.0-or-later
//
// What train.fm and train.ffm share: they differ in whether a feature's factors depend on the
// column of its partner.
#pragma once

#include "engine/steps/training.hpp"

namespace rehearse::steps {

std::vector<plan::Parameter> fm_parameters(std::int64_t factors);
Result<Outputs> run_train_fm(const StepCall& call, const StepContext& context, bool field_aware);

}  // namespace rehearse::steps
