// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a seed makes of an incident's script: which variant happens, when it began, when the page
// came and how strong it is. The streams are keyed by the incident's title, so that one seed is
// another story in the next file.
#pragma once

#include <lua.hpp>

#include "engine/trace/incident_reader.hpp"

namespace rehearse::trace {

struct IncidentDraw {
  const IncidentVariant* variant = nullptr;  // of the script that was given
  double begin_h = 0, now_h = 0, magnitude = 1;
  double minutes = 0;  // from the page until somebody acts
};

// `wanted` names a variant that shall happen, or is plan::kDrawn.
IncidentDraw draw_incident(const IncidentScript& script, std::uint64_t seed,
                           const std::string& title, const std::string& wanted);

// The table that the script's functions are handed: variant, kind, segment, begin, now, ago,
// until_hour, magnitude, minutes, lasts, hurts, harmless, right.
void push_draw(lua_State* L, const IncidentDraw& draw);

}  // namespace rehearse::trace
