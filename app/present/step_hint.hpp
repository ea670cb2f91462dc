// SPDX-License-Identifier: GPL-3.0-or-later
//
// What may be typed next in a design's script, and what is being typed, from the registry of steps:
// names of steps, of the parameters and named inputs of the call around the cursor, and the choices
// of a parameter; with the sentence of the step or parameter.
#pragma once

#include <QString>
#include <QStringList>

namespace rehearse::present {

struct StepHint {
  int typed = 0;      // letters before the cursor that the words complete
  QStringList words;  // in order of the alphabet; empty: nothing fits
  QString tip;        // "keep_negatives: number, 0.01 to 1, default 1. The rate …"; may be empty
};

// `before`: the script up to the cursor. Strings and comments get neither words nor tips, but for
// the choices of a parameter. O(length).
StepHint stepHint(const QString& before);

}  // namespace rehearse::present
