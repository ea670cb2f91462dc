// SPDX-License-Identifier: GPL-3.0-or-later
//
// Judging an expectation from the frame that was measured for it.
#pragma once

#include "engine/plan/executor.hpp"

namespace rehearse::plan {

// `measured`: one row with `value` and `why`; null where the run did not reach it.
Check judge(const Expectation& expectation, const ArtifactPtr& measured);

}  // namespace rehearse::plan
