// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the site may change on a day: other people, other tastes, or a published column that breaks.
// The three leave different traces: inputs move and the rule stays, the rule moves and the inputs
// stay, one column moves and nothing else does.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/error.hpp"

namespace rehearse::sim {

enum class DriftKind {
  none,
  audience,       // other people arrive; the rule of clicking stays
  concept_shift,  // the same people click on other things; the inputs stay
  broken_feature  // one published column goes wrong; world and clicks stay
};
// "none", "audience", "concept", "broken-feature".
const char* drift_name(DriftKind kind);
Result<DriftKind> parse_drift(std::string_view name);

enum class Breakage {
  null,    // the column is missing
  scaled,  // multiplied by 1000: a unit was mistaken
  stale,   // computed as of the moment of the break: the clock of its pipeline stands still
  casing   // the same text in capitals, which every encoder takes for another level
};
// "null", "scaled", "stale", "casing".
const char* breakage_name(Breakage breakage);
Result<Breakage> parse_breakage(std::string_view name);

// From `day` (its first impression) on; days before are the same to the byte as without drift.
struct Drift {
  DriftKind kind = DriftKind::none;
  int day = 17;           // [0, days]
  double strength = 0.7;  // [0, 1]. audience: share of sessions that are newcomers'; concept: how
                          // far tastes move to the new ones; broken feature: share of rows affected
  // broken feature only. null: any feature below. scaled and stale: user_activity,
  // user_tenure_days, post_age_hours, post_votes, affinity (not stale: it does not move with time).
  // casing: platform, country, community, topic, media.
  std::string column = "user_tenure_days";
  Breakage breakage = Breakage::scaled;
};
Result<void> validate(const Drift& drift);
// Whether the column is a number that can break, or be missing.
bool breakable_number(const std::string& column);
// Their names, for messages.
std::string breakable_numbers();

}  // namespace rehearse::sim
