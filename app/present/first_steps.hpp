// SPDX-License-Identifier: GPL-3.0-or-later
//
// First steps: what a newcomer is shown on Today: a drill, a slider, a card, each of two minutes.
// A step is done once the database says so, whichever way it was reached; the steps are gone when
// all are done or they were skipped.
#pragma once

#include <QList>
#include <QString>

#include "app/present/today.hpp"

namespace rehearse::present {

class AppContext;

struct FirstStep {
  Offer offer;
  bool done = false;
};

// Empty: they are over. A step whose drill, design or card is not there is left out.
QList<FirstStep> firstSteps(AppContext& context);

// A knob of a design was moved.
void noteKnobMoved(AppContext& context);
void skipFirstSteps(AppContext& context, bool skipped);

}  // namespace rehearse::present
