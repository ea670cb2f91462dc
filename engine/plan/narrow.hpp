// SPDX-License-Identifier: GPL-3.0-or-later
//
// A plan cut down to one of its views: the nodes that the view needs, and nothing that is checked.
// For a picture of a design that is to cost as little as it can.
#pragma once

#include "engine/plan/plan.hpp"

namespace rehearse::plan {

// `view` < plan.views.size() (asserted). Hashes stay, so that results are shared with the whole.
Plan narrowed(const Plan& plan, std::size_t view);

}  // namespace rehearse::plan
