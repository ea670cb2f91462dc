// SPDX-License-Identifier: GPL-3.0-or-later
//
// IncidentReader: the plain part of an incident's table (texts, numbers, lists), with errors that
// name the field. It reads; what is recorded stands in incident.cpp.
#pragma once

#include <lua.hpp>
#include <optional>

#include "engine/plan/incident.hpp"

namespace rehearse::trace {

// One thing that may happen, as the script declares it.
struct IncidentVariant {
  std::string name;
  double weight = 1;
  std::string kind = "nothing";  // of simulate.operations
  std::string segment = "all";
  double magnitude_low = 1, magnitude_high = 1;
  double begins_low = 1, begins_high = 6;  // hours before the page
  double lasts_h = 0;                      // 0: to the end of the world, unless somebody acts
  bool harmless = false;                   // nobody loses by it
  double hurts = 0;  // clicks lost, as a share, beyond those that the world's signals show
  plan::IncidentTruth truth;
};

// What an action does, for the variant that was drawn.
struct IncidentResponse {
  std::string name, why;
  double minutes = 10;
  double leaves = 1;   // share of the damage that stays
  double heals_h = 0;  // from taking hold to its whole effect
  double costs = 0;    // clicks lost by the action itself, as a share …
  double costs_h = 0;  // … for so long; 0: to the end
};

struct IncidentScript {
  std::string asks, pager;
  std::vector<std::string> covers;
  std::optional<std::int64_t> seed;
  std::vector<IncidentVariant> variants;
  std::vector<std::string> diagnoses;
  std::map<std::string, double> rubric;
};

// The table at the top of the stack. Errors name the field and say what is due.
Result<IncidentScript> read_incident(lua_State* L);

// The list of actions of the table at the top of the stack, where a number may be a table by
// variant: leaves = { ["a holiday"] = 0, 1 } (the positional entry is for all others).
Result<std::vector<IncidentResponse>> read_responses(lua_State* L, const std::string& variant);

// Whether names that refer to each other exist, weights are usable, and the rubric sums to 100.
Result<void> check_incident(const IncidentScript& script,
                            const std::vector<plan::IncidentProbe>& probes,
                            const std::vector<IncidentResponse>& responses);

// Fields of the table at `index`, which must be absolute.
Result<std::string> incident_text(lua_State* L, int index, const char* key, bool needed = false);
Result<double> incident_number(lua_State* L, int index, const char* key, double otherwise,
                               double low, double high);

}  // namespace rehearse::trace
