// SPDX-License-Identifier: GPL-3.0-or-later
//
// Incident: what makes a design one that is played. The on-call is paged, asks probes at a price in
// minutes, commits to a diagnosis and an action, and writes an update; the debrief replays the
// truth. It is data beside a Plan, recorded by engine/trace and played by engine/triage; a plan
// without one is an ordinary design.
//
// Everything to be seen is a chapter of the plan: the dashboard, one chapter a probe, the debrief.
// `run` shows them all, a triage only those that were asked for.
//
// Times are hours since the world's first hour; the page comes at `now_h`.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/plan/step.hpp"

namespace rehearse::plan {

// One output of one node.
struct Ref {
  int node = -1;
  int output = 0;
  bool operator==(const Ref&) const = default;
};

struct IncidentProbe {
  std::string name;
  double minutes = 0;  // on the incident clock
  std::string says;    // one sentence: what is looked at
  int chapter = 0;
};

// `outcome` is a table of one row: lost (clicks lost from the page to the end of the world, against
// the same world without an incident), expected (clicks of that span without one), recovered_h
// (hours from the page until clicks are back; missing: not within the world).
struct IncidentAction {
  std::string name;
  double minutes = 0;  // from the commitment until it takes hold
  std::string why;     // why it is right, or what it costs
  Ref outcome;
};

// What was true of one variant, and what a good on-call does about it.
struct IncidentTruth {
  std::string diagnosis, action, told;  // told: what happened, for the debrief
  std::vector<std::string> near;        // diagnoses worth half
  std::vector<std::string> settles;     // probes that together settle the cause
  std::vector<std::string> useful;      // probes that are no waste beside them
  std::string update;                   // a model update
};

struct Incident {
  std::string pager;  // with {placeholders}, names of `facts`
  std::vector<std::string> variants;
  std::string variant;    // the one drawn
  bool begins = true;     // something begins, be it harmless
  bool harmless = false;  // nobody loses by it: there is nothing to mend
  double begin_h = 0, now_h = 0, minutes = 0;
  std::vector<IncidentProbe> probes;
  std::vector<std::string> diagnoses;  // in order of name, and so are the actions
  std::vector<IncidentAction> actions;
  IncidentTruth truth;
  std::map<std::string, double> rubric;  // diagnosis, action, time, probes, update: points
  Ref facts;                             // a table: name, text
  Ref signs;                             // a table: signal, layer, hour: what left its usual band
  int dashboard_chapter = 0, debrief_chapter = 0;
};

// The knobs that every incident has.
inline constexpr const char* kMinutesKnob = "minutes before acting";
inline constexpr const char* kVariantKnob = "what happens";
inline constexpr const char* kDrawn = "drawn from the seed";

}  // namespace rehearse::plan
