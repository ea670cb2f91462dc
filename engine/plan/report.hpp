// SPDX-License-Identifier: GPL-3.0-or-later
//
// A run of a design as a Document: its chapters with their knobs' values and figures, what was
// expected and what held.
#pragma once

#include "engine/base/document.hpp"
#include "engine/plan/executor.hpp"

namespace rehearse::plan {

Document document_of(const Plan& plan, const Run& run);

// "held", "broken", "inactive", "not known for your data".
const char* state_words(Check::State state);

}  // namespace rehearse::plan
