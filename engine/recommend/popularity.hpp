// SPDX-License-Identifier: GPL-3.0-or-later
//
// Popularity: every user gets the items that most users had. It is the baseline that a recommender
// must beat, the fallback for users nobody knows yet, and a candidate source that never fails. It
// cannot tell two users apart, and what it shows becomes more popular still.
#pragma once

#include "engine/recommend/recommender.hpp"

namespace rehearse::recommend {

// An item's score is the number of its users. O(items).
RecommenderPtr fit_popularity(const Interactions& training);

}  // namespace rehearse::recommend
