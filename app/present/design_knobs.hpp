// SPDX-License-Identifier: GPL-3.0-or-later
//
// Knobs in words: a value as its label shows it, and what tells one run from others.
#pragma once

#include <QString>
#include <vector>

#include "engine/plan/plan.hpp"

namespace rehearse::present {

// "3.0%", "0.0042", "17 days": a slider's value.
QString knobText(const plan::Knob& knob, double value);
// The same for a value of any knob: "isotonic", "on".
QString knobText(const plan::Knob& knob, const plan::Value& value);

// With what a run was made.
struct RunKnobs {
  std::vector<plan::Knob> knobs;
  quint64 seed = 0;
};

// "base click rate 2%, isotonic, seed 9": the knobs of `run`, and its seed, that are not the same
// in all of `others`. A choice is told by its value, a toggle as "late" or "no late". Empty: all
// agree.
// `brief`: sliders by their value alone, for where there is little room.
QString whatDiffers(const RunKnobs& run, const std::vector<const RunKnobs*>& others,
                    bool brief = false);

}  // namespace rehearse::present
