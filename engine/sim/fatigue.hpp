// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fatigue: what each user saw of each community before, and what that costs (see effects.hpp).
#pragma once

#include "engine/sim/columns.hpp"
#include "engine/sim/sessions.hpp"

namespace rehearse::sim {

// Fills recent_seen (and fatigue_effect where it is asked for) and adds the effect to the log-odds
// in `probability`. A slate's own impressions count from the top down. O(impressions), and a memory
// of all communities a thread.
void tire(Columns& columns, const SiteOptions& options, const Population& people,
          const std::vector<Session>& sessions, unsigned threads);

}  // namespace rehearse::sim
