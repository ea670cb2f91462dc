// SPDX-License-Identifier: GPL-3.0-or-later
//
// The user's own table in place of a simulated source: columns take the roles that the simulated
// ones have, and `day` is made from `time` where it is missing.
#pragma once

#include "engine/plan/plan.hpp"

namespace rehearse::plan {

// Errors: a column of the source's schema is missing, a label that is not 0 or 1.
Result<Frame> adopt(const Frame& table, const Source& source);

}  // namespace rehearse::plan
