// SPDX-License-Identifier: GPL-3.0-or-later
//
// Grading of an attempt at an incident by stated rules, so that a candidate can dispute them.
//
//   diagnosis  all for the true one, half for one that the author calls near
//   action     all for the one that loses least from this minute on; any other earns half of the
//              share of avoidable loss that it avoids
//   time       all within the minutes that the settling probes cost (and 5 to read the page), none
//              at three times that, linear between; none without any settling probe
//   probes     the share of the settling probes that were asked, less a quarter for each probe
//              beyond two that neither settles nor helps
//   update     a fifth for each of: impact with a number, what is known, what is not, the next
//              step, when the next update comes (engine/triage/update.hpp)
//
// The points of each criterion are the incident's rubric and sum to 100; an attempt passes at 70,
// provided that its action is no worse than doing nothing.
#pragma once

#include <string>
#include <vector>

#include "engine/base/document.hpp"
#include "engine/base/json.hpp"
#include "engine/plan/incident.hpp"
#include "engine/triage/update.hpp"

namespace rehearse::triage {

inline constexpr double kPassMark = 70;

// What an action would have done, committed at the minute of this attempt.
struct ActionOutcome {
  std::string name, why;
  double lost = 0;         // clicks lost from the page to the end of the simulated days
  double lost_share = 0;   // of the clicks of that span without an incident
  double recovered_h = 0;  // from the page until clicks are back; NaN: not within those days
  bool chosen = false, best = false;
};

// A signal that left its usual band.
struct FirstSign {
  std::string signal, layer;
  double hours_after = 0;  // the beginning; NaN: never before the page
};

struct Mark {
  std::string criterion;
  double points = 0, of = 0;
  std::string why;
};

struct Attempt {
  std::string diagnosis, action, update;
  std::vector<std::string> asked;
  double minutes = 0;
};

struct Debrief {
  Attempt attempt;
  std::string variant, told;       // what happened, in words
  bool nothing = false;            // there was nothing to mend
  double began_before_page_h = 0;  // NaN where nothing began
  std::string true_diagnosis, right_action;
  std::vector<std::string> settling;   // probes
  std::vector<FirstSign> signs;        // earliest first
  std::vector<ActionOutcome> actions;  // least loss first
  std::vector<Mark> marks;
  double points = 0;  // of 100
  bool passed = false;
  UpdateReview update;
  std::string model_update;
  std::vector<Figure> figures;  // the truth drawn
};

// Fills marks, points and passed. `outcomes` in the order of the incident's actions.
// The lists must not be empty (asserted).
void grade(const plan::Incident& incident, Debrief& debrief);

Json to_json(const Debrief& debrief);

// The debrief as a document: for a report, a page, or a terminal.
Document document_of(const Debrief& debrief, const std::string& title);

}  // namespace rehearse::triage
