// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an on-call sees of the operations world (engine/sim/operations.hpp), and what an action
// would do to it. Use it for incidents; alert rules over months are in engine/monitor.
//
// A signal's usual value at an hour is the mean, on its working scale (log or logit), over the same
// hour of the day and the same kind of day (weekday or weekend) of the first two weeks and more, up
// to four days before the page; its spread is pooled over all hours. Its distance is
//
//   z = (g(value) - usual) / spread
//
// and a signal has left its band when |z| > 4 in two hours running.
//
// Damage of an incident at hour t is the clicks that the same world without it would have had, less
// those that it has; `hurts` replaces that by a share of the clicks where clicks do not show it
// (bots, slow pages). An action that is committed `waited` minutes after the page and takes
// `minutes` more leaves r(t) of the damage, falling from 1 to `leaves` within `heals` hours, and
// costs a share `costs` of the clicks itself while it lasts:
//
//   lost_t = r(t) damage_t + costs · clicks_t
//
// Tables are those of simulate.operations: hours from 0, one row an hour and segment. Errors: a
// table without its columns; hours outside of the world.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/frame.hpp"

namespace rehearse::scenarios {

inline constexpr double kImpressionsPerSession = 10;
inline constexpr double kBandZ = 4;  // beyond it a signal has left its band

// Rows before hour `at`, without the columns of truth.
Result<Frame> seen_until(const Frame& world, double at);

// "Tue 14:00": the hour of a world that begins on a Monday.
std::string clock_of(double hour);

// A table: signal, layer, usual, last hour (with units), change in %, z ("σ from usual"); most
// unusual first. One row a signal.
Result<Frame> signal_levels(const Frame& seen, const std::string& segment = "all");

// A table: segment, usual, last hours, change in %, z, for all and each segment; worst first.
Result<Frame> segment_levels(const Frame& seen, const std::string& signal);

// Long rows for a timeline: hour (relative to the page), signal, layer, unit, value, low and
// high (of the usual band), of the last `hours`. Empty `signals`: all.
Result<Frame> recent_signals(const Frame& seen, int hours, const std::vector<std::string>& signals);

// The same of one signal with a series for all and each segment; the band is that of all.
Result<Frame> signal_strip(const Frame& seen, const std::string& signal, int hours);

// A table: signal, layer, "hours after it began": the first of two hours running outside of the
// band at or after `begin`; only those that left it, earliest first. One row `none` where nothing
// did.
Result<Frame> first_signs(const Frame& seen, double begin);

struct Happening {
  double begin = 0;
  std::string kind = "nothing";
  double hurts = 0;       // > 0: the share of clicks lost while it lasts, in place of the signals'
  bool harmless = false;  // no damage at all
};

// A table: name, text. `ctr`, `ctr usual`, `ctr change` and the same for every signal, also
// `ctr change ios`; `now`, `began`, `hours` (since it began), `lost` and `lost share` (clicks,
// since it began), `next` (an hour from now).
Result<Frame> incident_facts(const Frame& broken, const Frame& clean, double at,
                             const Happening& happening);

struct Response {
  std::string action;
  double waited_min = 0, minutes = 0;
  double leaves = 1, heals_h = 0;
  double costs = 0, costs_h = 0;  // costs_h 0: to the end
  double until_hour = 0;
};

struct ActionResult {
  Frame outcome;  // one row: action, lost, expected, recovered_h (engine/plan/incident.hpp)
  Frame path;     // hour (since the page), kept (clicks in % of the clean world's), series; then
                  // the clean world's own line
};

Result<ActionResult> act(const Frame& broken, const Frame& clean, double at,
                         const Happening& happening, const Response& response);

}  // namespace rehearse::scenarios
