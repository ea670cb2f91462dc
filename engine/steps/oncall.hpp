// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the steps of an on-call share: the parameters that say what is happening, and a table of one
// output.
#pragma once

#include "engine/scenarios/oncall.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {

// at, begin, kind, hurts, harmless.
std::vector<plan::Parameter> happening_parameters();
scenarios::Happening happening_given(const StepCall& call);

plan::Port operations_table(const char* name, const char* sentence);

}  // namespace rehearse::steps
